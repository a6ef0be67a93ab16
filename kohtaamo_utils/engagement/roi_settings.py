"""The ``roi`` block of ``engagement.yaml``: assumptions as ranges, each with its source and grade."""

from __future__ import annotations

import datetime as dt
from typing import Literal, Self

from pydantic import Field, model_validator

from kohtaamo_utils.engagement.strict import Strict
from kohtaamo_utils.errors import say

NEEDS_OVERRIDE = ("C", "D", "E")
"""Grades of evidence that may not feed the model unless somebody says so in writing."""


class Window(Strict):
    """First and last day, both included."""

    start: dt.date
    end: dt.date

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.end < self.start:
            raise ValueError(
                say("The end, {end}, is before the start, {start}.", end=str(self.end), start=str(self.start))
            )
        return self


class Effect(Strict):
    """What the programme is assumed to change: a range, its source and how good the evidence is.

    A positive effect is an improvement. ``points`` are added (0.02 = two percentage points), ``relative`` multiplies.
    """

    low: float
    likely: float
    high: float
    unit: Literal["points", "relative"]
    source: str = Field(min_length=1)
    grade: str = Field(pattern="^[A-E][+-]?$")
    override: str | None = Field(default=None, min_length=1)

    @model_validator(mode="after")
    def _is_usable(self) -> Self:
        if not self.low <= self.likely <= self.high:
            raise ValueError(
                say(
                    "The values low {low}, likely {likely}, high {high} must not decrease.",
                    low=str(self.low),
                    likely=str(self.likely),
                    high=str(self.high),
                )
            )
        if self.grade[0] in NEEDS_OVERRIDE and self.override is None:
            raise ValueError(
                say(
                    "This assumption (source: {source}) has evidence grade {grade}; grades C, D and E do not feed the model. "
                    "Use a better source, or write in `override` who agreed to it and when: the report prints it.",
                    source=self.source,
                    grade=self.grade,
                )
            )
        return self


class InternalHours(Strict):
    """Own staff's hours that the programme takes."""

    initial: float = Field(default=0, ge=0)
    per_year: float = Field(default=0, ge=0)


class Costs(Strict):
    """Full costs of the programme, in the engagement's currency."""

    initial: float = Field(default=0, ge=0)
    per_year: float = Field(default=0, ge=0)
    internal_hours: InternalHours = InternalHours()
    hourly_cost: float = Field(default=0, ge=0)


class RetentionDriver(Strict):
    """Customers who stay."""

    source: Literal["transactions", "customers"] = "transactions"
    baseline: Window | None = None
    follow_up: Window | None = None
    margin_per_customer: float | None = Field(default=None, gt=0)
    effect: Effect

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.effect.unit != "points":
            raise ValueError(say("`retention` takes an effect in `points` (added to the retention rate)."))
        if self.source == "transactions" and (self.baseline is None or self.follow_up is None):
            raise ValueError(
                say("`retention` from `transactions` needs `baseline` and `follow_up`, each with `start` and `end`.")
            )
        if self.baseline and self.follow_up and self.follow_up.start <= self.baseline.start:
            raise ValueError(say("`follow_up` must start after `baseline` starts."))
        return self


class Vacancy(Strict):
    """Months that a post stands empty, and the share of its loaded pay that is lost then."""

    months: float = Field(default=0, ge=0)
    share: float = Field(default=0, ge=0)


class TurnoverCost(Strict):
    """What one leaver costs, by component, in money unless said."""

    separation: float = Field(default=0, ge=0)
    vacancy: Vacancy = Vacancy()
    recruiting: float = Field(default=0, ge=0)
    onboarding: float = Field(default=0, ge=0)
    ramp_up: Vacancy = Vacancy()
    side_cost_rate: float = Field(default=0, ge=0)
    months_per_year: float = Field(default=12.5, gt=0)
    monthly_salary: float | None = Field(default=None, gt=0)


class TurnoverDriver(Strict):
    """Staff who leave."""

    cost: TurnoverCost
    effect: Effect

    @model_validator(mode="after")
    def _relative(self) -> Self:
        if self.effect.unit != "relative":
            raise ValueError(say("`turnover` takes a `relative` effect (turnover is multiplied by 1 - effect)."))
        return self


class BasketDriver(Strict):
    """What a customer buys at a time."""

    margin_rate: float = Field(gt=0, le=1)
    effect: Effect

    @model_validator(mode="after")
    def _relative(self) -> Self:
        if self.effect.unit != "relative":
            raise ValueError(say("`basket` takes a `relative` effect (the basket is multiplied by 1 + effect)."))
        return self


class RoiSettings(Strict):
    """The business case: horizon, discounting, costs and up to three benefit drivers."""

    horizon_years: int = Field(default=3, ge=1, le=20)
    discount_rate: float = Field(default=0.10, gt=-1, le=1)
    costs: Costs = Costs()
    retention: RetentionDriver | None = None
    turnover: TurnoverDriver | None = None
    basket: BasketDriver | None = None
    simulations: int = Field(default=100_000, ge=1_000, le=5_000_000)
    seed: int = 20260101

    @model_validator(mode="after")
    def _has_a_driver(self) -> Self:
        if not (self.retention or self.turnover or self.basket):
            raise ValueError(say("Give at least one of `retention`, `turnover`, `basket`."))
        return self
