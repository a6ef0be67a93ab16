"""What the blocks under ``roi`` in ``engagement.yaml`` are made of: windows, ranges with their source, drivers."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from kohtaamo_utils.errors import say

if TYPE_CHECKING:
    from collections.abc import Callable

NEEDS_OVERRIDE = ("C", "D", "E")
"""Grades of evidence that may not feed the model unless somebody says so in writing."""


def within(least: float, most: float) -> Callable[[float], float]:
    """Return what refuses a share that is outside its bounds, most often a percentage written as a whole number.

    Parameters
    ----------
    least, most
        The bounds, both allowed.
    """

    def checked(value: float) -> float:
        if not least <= value <= most:
            raise ValueError(
                say(
                    "This is a share and should be from {least} to {most}: 10 % is written 0.10.",
                    least=f"{least:g}",
                    most=f"{most:g}",
                )
            )
        return value

    return checked


Share = Annotated[float, AfterValidator(within(0, 1))]
Change = Annotated[float, AfterValidator(within(-1, 1))]
"""A change as a share: of what was there (``relative``), or added to a share (``points``). Nothing more than doubles or ends."""
Amount = Annotated[float, Field(ge=0)]
Shape = Literal["triangular", "pert"]


class Block(BaseModel):
    """Base of the ROI blocks: unknown keys refused, frozen, every number finite."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, str_strip_whitespace=True, defer_build=True, allow_inf_nan=False
    )


class Window(Block):
    """First and last day, both included."""

    start: dt.date
    end: dt.date

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.end < self.start:
            raise ValueError(say("`end` {end} is before `start` {start}.", end=str(self.end), start=str(self.start)))
        return self


class Spread(Block):
    """A range around a value that the settings or the data give, and how it is drawn from."""

    low: float
    high: float
    shape: Shape = "triangular"

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.high < self.low:
            raise ValueError(say("`high` {high} is below `low` {low}.", high=str(self.high), low=str(self.low)))
        return self


class Effect(Block):
    """What the programme is assumed to change: a range, its source and how good the evidence is.

    A positive effect is an improvement. ``points`` are added (0.02 = two percentage points), ``relative`` multiplies (0.10 = 10 %).
    ``triangular`` and ``pert`` are the shapes of the range; PERT trusts the likely value more and the ends less.
    ``evidence`` names a claim of the evidence register that the effect rests on; its grade must then be the register's.
    """

    low: Change
    likely: Change
    high: Change
    unit: Literal["points", "relative"]
    shape: Shape = "triangular"
    source: str = Field(min_length=1)
    grade: str = Field(pattern="^[A-E][+-]?$")
    evidence: str | None = None
    override: str | None = Field(default=None, min_length=1)

    @model_validator(mode="after")
    def _is_usable(self) -> Self:
        if not self.low <= self.likely <= self.high:
            raise ValueError(
                say(
                    "`low` {low}, `likely` {likely}, `high` {high} must not decrease.",
                    low=str(self.low),
                    likely=str(self.likely),
                    high=str(self.high),
                )
            )
        if self.grade[0] in NEEDS_OVERRIDE and self.override is None:
            raise ValueError(
                say(
                    "This assumption (source: {source}) has evidence grade {grade}; grades C, D and E do not feed the model. Use a better source, or write in `override` who agreed to it and when: the report prints it.",
                    source=self.source,
                    grade=self.grade,
                )
            )
        return self


class DriverBlock(Block):
    """What every benefit driver is told: its effect, how fast it comes, and how much of it is the programme's.

    ``ramp`` is the share of the full effect in years 1, 2, …; its last value goes on. ``attribution`` is the share of the
    change that the programme brings, ``confidence`` how sure that estimate is; both lower the benefit (Phillips).
    """

    effect: Effect
    ramp: tuple[Share, ...] = Field(default=(1.0,), min_length=1)
    attribution: Share = 1.0
    confidence: Share = 1.0

    def ramp_in(self, year: int) -> float:
        """Return the share of the full effect in a year, from 1.

        Examples
        --------
        >>> effect = {"low": 0, "likely": 0.1, "high": 0.2, "unit": "relative", "source": "trial", "grade": "A"}
        >>> [DriverBlock(effect=effect, ramp=(0.5, 1)).ramp_in(year) for year in (1, 2, 3)]
        [0.5, 1.0, 1.0]
        """
        return self.ramp[min(year, len(self.ramp)) - 1]
