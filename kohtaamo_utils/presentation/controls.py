"""The live what-if of a page: what its reader can move, and the page's one script that follows."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from kohtaamo_utils.visible import printed

_PARTS = ("engine", "numbers", "charts", "panel")


@dataclass(frozen=True)
class Control:
    """One assumption that can be moved by a slider and by a number field.

    Parameters
    ----------
    name
        The model's input.
    label, unit
        What is assumed, and what the field counts in.
    note
        What the report assumes, on what source, and how far one can go.
    value, low, high
        Start and ends, as the model has them.
    scale
        What the field shows is the model's value times this: 100 for per cents.
    step
        What an arrow key moves, as the field counts.
    decimals
        Decimals that are shown.
    """

    name: str
    label: str
    unit: str
    note: str
    value: float
    low: float
    high: float
    scale: float = 1
    step: float = 1
    decimals: int = 0

    def data(self) -> dict[str, Any]:
        """Return what the script needs."""
        needed = ("name", "label", "unit", "value", "low", "high", "scale", "step", "decimals")
        return {name: getattr(self, name) for name in needed}

    def shown(self, value: float) -> float:
        """Return a model's value as the slider counts."""
        return round(value * self.scale, 9)


@dataclass(frozen=True)
class ControlGroup:
    """Assumptions that belong together; all but the first groups are folded."""

    title: str
    controls: tuple[Control, ...]
    opened: bool = False


@dataclass(frozen=True)
class Live:
    """What the script of a what-if computes with and says.

    Parameters
    ----------
    groups
        The assumptions.
    scenarios
        Name and inputs that differ from the start, of each scenario that can be chosen.
    model
        ``steps``, ``drivers``, ``years``, ``style`` of numbers: plain data, see ``page/what_if``.
    words
        Texts by the script's own names, places to fill in braces.
    labels
        Texts of the panel that the script does not touch: see ``page/what_if.html.j2``.
    """

    groups: tuple[ControlGroup, ...]
    scenarios: tuple[tuple[str, dict[str, float]], ...]
    model: dict[str, Any] = field(default_factory=dict)
    words: dict[str, Any] = field(default_factory=dict)
    labels: dict[str, Any] = field(default_factory=dict)

    def data(self) -> dict[str, Any]:
        """Return all that the page carries for the script."""
        inputs = [control.data() for group in self.groups for control in group.controls]
        scenarios = [values for _, values in self.scenarios]
        carried: dict[str, Any] = _printed(
            {**self.model, "inputs": inputs, "scenarios": scenarios, "words": self.words}
        )
        return carried


def _printed(value: Any) -> Any:
    """Return data with each text as it goes to a page."""
    if isinstance(value, str):
        return printed(value)
    if isinstance(value, dict):
        return {_printed(name): _printed(part) for name, part in value.items()}
    return [_printed(part) for part in value] if isinstance(value, list | tuple) else value


@cache
def script() -> str:
    """Return the page's only script; it is the same in every report, and the page names it by its hash.

    Examples
    --------
    >>> len(script().encode()) < 20_000
    True
    """
    folder = resources.files("kohtaamo_utils.presentation").joinpath("page/what_if")
    whole = "\n".join(folder.joinpath(f"{part}.js").read_text(encoding="utf-8") for part in _PARTS)
    lines = (line.strip() for line in whole.splitlines())
    code = "\n".join(line for line in lines if line and not line.startswith("//"))
    return f'(() => {{\n"use strict";\n{code}\n}})();'


def script_hash() -> str:
    """Return the script's hash as a content security policy names it.

    Examples
    --------
    >>> script_hash()[:7]
    'sha256-'
    """
    digest = hashlib.sha256(script().encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
