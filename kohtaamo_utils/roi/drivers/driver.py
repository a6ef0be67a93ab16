"""What a benefit driver is, and what it measures its start from."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

from kohtaamo_utils.errors import MissingDataError, say
from kohtaamo_utils.roi.steps import Input

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    import pandas as pd

    from kohtaamo_utils.ledger import Ledger
    from kohtaamo_utils.roi.blocks import DriverBlock
    from kohtaamo_utils.roi.parameters import Parameter, Parameters
    from kohtaamo_utils.roi.steps import Step

PERIOD = "period: {start: ..., end: ...}"
"""How a period is written in the settings."""


class Days(Protocol):
    """A first and a last day, both included."""

    @property
    def start(self) -> dt.date:
        """First day."""

    @property
    def end(self) -> dt.date:
        """Last day."""


@dataclass(frozen=True)
class Situation:
    """What a driver's baseline is measured in.

    Parameters
    ----------
    tables
        Canonical tables that the engagement has, by name.
    period
        The engagement's period, if it has one.
    parameters
        The dated parameters as they stood on the case's day.
    ledger
        The sales, if the engagement has any.
    """

    tables: Mapping[str, pd.DataFrame]
    period: Days | None
    parameters: Parameters
    ledger: Ledger | None = None

    def sales(self, key: str) -> Ledger:
        """Return the sales, which a driver cannot do without.

        Parameters
        ----------
        key
            Key of the settings that wants them.

        Raises
        ------
        MissingDataError
            The engagement has none.
        """
        if self.ledger is None or self.ledger.empty:
            raise _missing(self.tables, "transactions", key)
        return self.ledger


class DriverBaseline(ABC):
    """Where a driver starts from: measured in the client's data, or stated in the settings."""

    @abstractmethod
    def inputs(self) -> dict[str, float]:
        """Return the model's inputs by name; all of the driver's but its effect and its credit."""

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Dated parameters that stand in for what the settings leave out."""
        return ()


@dataclass(frozen=True, kw_only=True)
class Driver:
    """One way in which better encounters bring money: all that the kit needs to know of it.

    A module of `kohtaamo_utils.roi.drivers` with a ``DRIVER`` is found by itself; nothing else names it.

    Parameters
    ----------
    name
        Key under ``roi`` in ``engagement.yaml``.
    order
        Where reports show it among the others; ascending.
    label, formula
        What it is and how its benefit is computed, as messages of the catalogs.
    base
        The money that its benefit is counted on. Two drivers of one base would count a euro twice and are refused.
    block
        What the settings say of it.
    effect_unit
        ``points`` are added, ``relative`` multiplies.
    inputs
        What its steps need beside its effect.
    steps
        From a horizon in years to its steps; they must give ``gross_<name>_<year>`` for each year from 1: the benefit of
        the full effect. Ramp, attribution and confidence are taken off by the model.
    measure
        From the block and the situation to where it starts from.
    bracket
        From the inputs to the smallest and the largest effect in which a break-even is looked for. Arithmetic alone:
        the page's what-if calls it with symbols, and follows when its reader moves an input.
    multiplies
        Drivers whose benefit would grow by this one's effect as well; that product is shown and not counted.
    """

    name: str
    order: int
    label: str
    formula: str
    base: str
    block: type[DriverBlock]
    effect_unit: Literal["points", "relative"]
    inputs: tuple[Input, ...]
    steps: Callable[[int], tuple[Step, ...]]
    measure: Callable[[Any, Situation], DriverBaseline]
    bracket: Callable[[Mapping[str, float]], tuple[float, float]]
    multiplies: tuple[str, ...] = field(default=())

    @property
    def effect_name(self) -> str:
        """Name of the effect in the formulas."""
        return f"effect_{self.name}"

    @property
    def effect_input(self) -> Input:
        """The effect as the model's input."""
        return Input(self.effect_name, "share", self.label, self.name)


def needed_table(tables: Mapping[str, pd.DataFrame], name: str, key: str) -> pd.DataFrame:
    """Return a canonical table that a driver cannot do without.

    Parameters
    ----------
    tables
        Canonical tables that the engagement has.
    name
        Table wanted.
    key
        Key of the settings that wants it.

    Raises
    ------
    MissingDataError
        The engagement does not have the table, or it is empty.
    """
    frame = tables.get(name)
    if frame is None or frame.empty:
        raise _missing(tables, name, key)
    return frame


def _missing(tables: Mapping[str, pd.DataFrame], name: str, key: str) -> MissingDataError:
    had = ", ".join(sorted(tables)) or say("none")
    return MissingDataError(
        say(
            "`{key}` needs the table `{table}`, which has no rows. Tables that are there: {names}. Add `{table}` under `sources`, or take `{key}` out of the settings.",
            key=key,
            table=name,
            names=had,
        )
    )


def has_values(frame: pd.DataFrame, column: str) -> bool:
    """Tell whether a table has the column with at least one value in it."""
    return column in frame.columns and bool(frame[column].notna().any())
