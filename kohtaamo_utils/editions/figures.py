"""The figures of two editions, one by one: changed, come, gone, hidden, shown again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Entry: TypeAlias = "Mapping[str, Any]"
"""A figure, or what is hidden, as ``results.json`` has it."""
Id: TypeAlias = tuple[str, tuple[tuple[str, str | int], ...]]
How = Literal["changed", "came", "went", "hidden", "shown"]
COMPARED = ("value", "low", "high", "level", "n", "unit", "method")


@dataclass(frozen=True)
class FigureChange:
    """One figure that is not the same in two editions.

    Parameters
    ----------
    how
        ``changed``; ``came`` or ``went``; ``hidden``, which the newer edition may not show; ``shown``, which the older might not.
    old, new
        Its entries; None where an edition does not have it. Of what is hidden the entry has a reason and no value.
    """

    how: How
    old: Entry | None
    new: Entry | None

    @property
    def entry(self) -> Entry:
        """The entry of the newer edition, else of the older."""
        found = self.new if self.new is not None else self.old
        return found or {}

    @property
    def name(self) -> str:
        """The figure's name."""
        return str(self.entry["name"])

    @property
    def scope(self) -> dict[str, str | int]:
        """What it speaks of."""
        return dict(self.entry["scope"])

    @property
    def change(self) -> float | None:
        """By how much the value has grown; None where one of the two has none."""
        old, new = (None if entry is None else entry.get("value") for entry in (self.old, self.new))
        return None if old is None or new is None else new - old


def figure_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[FigureChange, ...]:
    """Return what differs between the figures of two editions, in the newer one's order, then what is gone.

    Parameters
    ----------
    old, new
        Contents of two ``results.json``.

    Examples
    --------
    >>> one = {"figures": [{"name": "nps", "scope": {}, "value": 25.0}], "hidden": []}
    >>> two = {"figures": [{"name": "nps", "scope": {}, "value": 31.5}], "hidden": []}
    >>> [(each.how, each.name, each.change) for each in figure_changes(one, two)]
    [('changed', 'nps', 6.5)]
    """
    return tuple(_changes(_by_id(old["figures"]), _by_id(new["figures"]), _by_id(old["hidden"]), _by_id(new["hidden"])))


def _changes(
    old: dict[Id, Entry], new: dict[Id, Entry], hidden_then: dict[Id, Entry], hidden_now: dict[Id, Entry]
) -> Iterator[FigureChange]:
    for key, entry in new.items():
        if key not in old:
            yield FigureChange("shown" if key in hidden_then else "came", hidden_then.get(key), entry)
        elif _differ(old[key], entry):
            yield FigureChange("changed", old[key], entry)
    for key, entry in hidden_now.items():
        if key not in hidden_then:
            yield FigureChange("hidden", old.get(key), entry)
    for key, entry in old.items():
        if key not in new and key not in hidden_now:
            yield FigureChange("went", entry, None)


def _by_id(entries: Iterable[Entry]) -> dict[Id, Entry]:
    return {(str(entry["name"]), tuple(sorted(entry["scope"].items()))): entry for entry in entries}


def _differ(old: Entry, new: Entry) -> bool:
    return any(old.get(name) != new.get(name) for name in COMPARED)
