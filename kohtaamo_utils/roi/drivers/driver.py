"""What a benefit driver is, and what it measures its start from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from kohtaamo_utils.errors import MissingDataError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

    from kohtaamo_utils.engagement.roi_settings import Effect, RoiSettings
    from kohtaamo_utils.roi.steps import Input, Step


class DriverBaseline(Protocol):
    """Where a driver starts from: measured in the client's data, or stated in the settings."""

    def inputs(self) -> dict[str, float]:
        """Return the model's inputs by name; all of the driver's but its effect."""


@dataclass(frozen=True)
class Driver:
    """One way in which better encounters bring money.

    Parameters
    ----------
    name
        Key under ``roi`` in ``engagement.yaml``.
    inputs
        What its steps need beside its effect.
    steps
        From a horizon in years to its steps; they must give ``benefit_<name>_<year>`` for each year from 1.
    effect
        From the settings to the assumed effect; None when the driver is not used.
    bracket
        From the inputs to the smallest and the largest effect in which a break-even is looked for. Arithmetic alone:
        the page's what-if calls it with symbols, and follows when its reader moves an input.
    """

    name: str
    inputs: tuple[Input, ...]
    steps: Callable[[int], tuple[Step, ...]]
    effect: Callable[[RoiSettings], Effect | None]
    bracket: Callable[[Mapping[str, float]], tuple[float, float]]

    @property
    def effect_name(self) -> str:
        """Name of the effect in the formulas."""
        return f"effect_{self.name}"


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
        had = ", ".join(sorted(tables)) or "none"
        raise MissingDataError(
            f"`{key}` needs the table `{name}`, which has no rows. Tables that are there: {had}. "
            f"Add `{name}` under `sources`, or take `{key}` out of the settings."
        )
    return frame


def has_values(frame: pd.DataFrame, column: str) -> bool:
    """Tell whether a table has the column with at least one value in it."""
    return column in frame.columns and bool(frame[column].notna().any())
