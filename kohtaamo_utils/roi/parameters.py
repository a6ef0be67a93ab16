"""Finnish figures that stand in for what the settings leave out: each with its source and the days on which it holds.

**Which day counts.** A parameter is compared with the day of the business case, never with today's clock: the same
input must give the same report, byte for byte, whenever it is run. The day is ``roi.as_of`` where the settings state
it, else the last day of the engagement's period. Without either nothing can be compared; then the newest values are
used and the report says that their validity was not checked.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, Literal, Self

from pydantic import Field, model_validator

from kohtaamo_utils.errors import DataError, say
from kohtaamo_utils.registers import Entry, Texts, read_register
from kohtaamo_utils.resources import bundled

if TYPE_CHECKING:
    from pathlib import Path

FILE = "data/parameters_fi.yaml"


class Parameter(Entry):
    """One figure; several entries of one id are its values in the course of time.

    `valid_until` is the last day on which it holds, None while no end is known. `verify` marks figures whose source has
    not been checked against the original yet: the report says so wherever one is used.
    """

    id: str = Field(pattern="^[a-z0-9_]+$")
    name: Texts
    value: float
    unit: Literal["share", "months", "money", "years", "days"]
    source: str = Field(min_length=1)
    valid_from: dt.date
    valid_until: dt.date | None
    verify: bool

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.valid_until is not None and self.valid_until < self.valid_from:
            raise ValueError(f"{self.id}: valid_until {self.valid_until} is before valid_from {self.valid_from}")
        return self

    def holds_on(self, day: dt.date) -> bool:
        """Tell whether the figure holds on a day."""
        return self.valid_from <= day <= (self.valid_until or dt.date.max)


class Parameters(Entry):
    """All figures; `on` is the day that they are looked up for, None for the newest."""

    reviewed_on: dt.date
    parameters: tuple[Parameter, ...]
    on: dt.date | None = None

    @model_validator(mode="after")
    def _do_not_overlap(self) -> Self:
        for one, other in combinations(self.parameters, 2):
            later = max(one.valid_from, other.valid_from)
            if one.id == other.id and one.holds_on(later) and other.holds_on(later):
                raise ValueError(f"{one.id} has two values on {later}")
        return self

    def get(self, name: str) -> Parameter:
        """Return a figure as it stood on the day; the nearest one where none holds then.

        Raises
        ------
        DataError
            There is no such figure.

        Examples
        --------
        >>> load(dt.date(2026, 3, 1)).get("months_per_year").value
        12.5
        """
        values = sorted((entry for entry in self.parameters if entry.id == name), key=lambda entry: entry.valid_from)
        if not values:
            known = ", ".join(sorted({entry.id for entry in self.parameters}))
            raise DataError(
                say(
                    "There is no dated parameter {name}. Expected: one of {names}. Correct the name.",
                    name=name,
                    names=known,
                )
            )
        if self.on is None:
            return values[-1]
        begun = [entry for entry in values if entry.valid_from <= self.on]
        return begun[-1] if begun else values[0]

    def state(self, parameter: Parameter) -> Literal["valid", "expired", "not_yet", "unchecked"]:
        """Tell whether a figure holds on the day."""
        if self.on is None:
            return "unchecked"
        if self.on < parameter.valid_from:
            return "not_yet"
        return "valid" if parameter.holds_on(self.on) else "expired"


def load(on: dt.date | None = None, path: Path | None = None) -> Parameters:
    """Read the figures.

    Parameters
    ----------
    on
        The day that they are looked up for; None for the newest.
    path
        Another file than the bundled one.

    Raises
    ------
    DataError
        The file says something that cannot be.

    Examples
    --------
    >>> found = load(dt.date(2030, 1, 1))
    >>> found.state(found.get("side_cost_rate"))
    'expired'
    """
    return _read(path or bundled(FILE)).model_copy(update={"on": on})


@cache
def _read(path: Path) -> Parameters:
    return read_register(path, Parameters, say("register of parameters"))
