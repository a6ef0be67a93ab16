"""Staff who stay: what leavers cost, by component, and how many fewer leave."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Self

from pydantic import model_validator

from kohtaamo_utils.errors import MissingDataError, SettingsError, say
from kohtaamo_utils.roi.blocks import DriverBlock
from kohtaamo_utils.roi.drivers.driver import PERIOD, Driver, DriverBaseline, has_values, needed_table
from kohtaamo_utils.roi.leaver_cost import COST_INPUTS, LeaverCost, TurnoverCost, leaver_cost_steps
from kohtaamo_utils.roi.steps import Input, Step, symbol
from kohtaamo_utils.roi.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from kohtaamo_utils.measures.estimate import Estimate
    from kohtaamo_utils.measures.turnover import Turnover
    from kohtaamo_utils.roi.drivers.driver import Situation
    from kohtaamo_utils.roi.parameters import Parameter, Parameters

KEY = "roi.turnover"
FURTHEST = -1e6
"""Smallest effect in which a break-even is looked for; the benefit is linear, so a far bound costs nothing."""


class TurnoverDriver(DriverBlock):
    """Staff who leave."""

    cost: TurnoverCost

    @model_validator(mode="after")
    def _relative(self) -> Self:
        if self.effect.unit != "relative":
            raise ValueError(say("Turnover takes a relative effect (turnover is multiplied by 1 - effect)."))
        return self


@dataclass(frozen=True)
class TurnoverBaseline(DriverBaseline):
    """Where turnover stands.

    Parameters
    ----------
    headcount
        Mean of the period's opening and closing headcount; without dates, those who have not left.
    annual_rate
        Leavers a year per head: the period's outgoing turnover brought to a year; without dates, exits per
        person-year.
    cost
        What one leaver costs.
    rate_from
        Which of the two the yearly rate is.
    figures
        The period's turnover; None without dates of employment.
    leaver_share, exits_per_person_year
        What stands in its place without dates.
    """

    headcount: float
    annual_rate: float
    cost: LeaverCost
    rate_from: Literal["turnover_out", "exits_per_person_year"] = "turnover_out"
    figures: Turnover | None = None
    leaver_share: Estimate | None = None
    exits_per_person_year: Estimate | None = None

    def inputs(self) -> dict[str, float]:
        """Return the model's inputs by name."""
        return {"headcount": self.headcount, "turnover_rate": self.annual_rate, **self.cost.inputs()}

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Dated parameters that price a leaver where the settings do not say."""
        return self.cost.parameters


def measure(block: TurnoverDriver, situation: Situation) -> TurnoverBaseline:
    """Measure turnover and what a leaver costs from the employments.

    Parameters
    ----------
    block
        The ``roi.turnover`` block.
    situation
        The engagement's tables, its period, which employments with dates need, and the dated parameters.

    Raises
    ------
    MissingDataError
        There are no employments, or the salary is needed and missing.
    SettingsError
        The employments have dates and there is no period.
    """
    from kohtaamo_utils.measures import durations
    from kohtaamo_utils.measures import turnover as staff

    frame, period = needed_table(situation.tables, "employees", KEY), situation.period
    if not has_values(frame, "started_on"):
        return _without_dates(block.cost, frame, situation.parameters)
    if period is None:
        raise SettingsError(
            say(
                "`{key}` counts who left during the period, and there is no `period`. Add `{example}`.",
                key=KEY,
                example=PERIOD,
            )
        )
    figures = staff.turnover(frame, period.start, period.end)
    months = durations.months_between(period.start, period.end + dt.timedelta(days=1))
    return TurnoverBaseline(
        headcount=figures.headcount_mean,
        annual_rate=_existing(figures.turnover_out) * durations.MONTHS_PER_YEAR / months,
        cost=LeaverCost.priced(
            block.cost,
            _salary(block.cost, frame, frame[staff.leaving_in(frame, period.start, period.end)]),
            situation.parameters,
        ),
        figures=figures,
    )


def _without_dates(cost: TurnoverCost, frame: pd.DataFrame, parameters: Parameters) -> TurnoverBaseline:
    from kohtaamo_utils.measures import turnover as staff

    exits = staff.exits_per_person_year(frame)
    ended = frame["ended"].astype("boolean").fillna(value=False)
    return TurnoverBaseline(
        headcount=float((~ended).sum()),
        annual_rate=_existing(exits.value),
        cost=LeaverCost.priced(cost, _salary(cost, frame, frame[ended]), parameters),
        rate_from="exits_per_person_year",
        leaver_share=staff.leaver_share(frame),
        exits_per_person_year=exits,
    )


def _existing(rate: float | None) -> float:
    if rate is None:
        raise MissingDataError(
            say(
                "`{key}` found nobody employed, so there is no turnover. Expected: employments that reach into the period. Check `period` against the data.",
                key=KEY,
            )
        )
    return rate


def _salary(cost: TurnoverCost, everyone: pd.DataFrame, leavers: pd.DataFrame) -> float:
    """Return the stated salary, else the mean of the leavers', else of everyone's; 0 where none is needed."""
    if cost.monthly_salary is not None:
        return cost.monthly_salary
    for frame in (leavers, everyone):
        if has_values(frame, "monthly_salary"):
            return float(frame["monthly_salary"].mean())
    if cost.vacancy.months * cost.vacancy.share or cost.ramp_up.months * cost.ramp_up.share:
        raise MissingDataError(
            say(
                "`{key}.cost` prices vacancy or ramp-up with a salary, and `employees` has no `monthly_salary`. Map `monthly_salary`, or write `{key}.cost.monthly_salary`.",
                key=KEY,
            )
        )
    return 0.0


def steps(horizon: int) -> tuple[Step, ...]:
    """Return the driver's steps: the same number of leavers avoided each year, at the cost of a leaver.

    Parameters
    ----------
    horizon
        Number of years.

    Examples
    --------
    >>> steps(1)[-2].expression
    effect_turnover*headcount*turnover_rate
    """
    avoided = symbol("headcount") * symbol("turnover_rate") * symbol("effect_turnover")
    benefit = symbol("leavers_avoided") * symbol("turnover_cost_per_leaver")
    years = range(1, horizon + 1)
    return (
        *leaver_cost_steps(),
        Step("leavers_avoided", "count", avoided, driver="turnover", label=N_("Leavers avoided")),
        *(Step(f"gross_turnover_{year}", "money", benefit, year, "turnover") for year in years),
    )


def _bracket(_: Mapping[str, float]) -> tuple[float, float]:
    return FURTHEST, 1.0


DRIVER = Driver(
    name="turnover",
    order=20,
    label=N_("Turnover: staff who stay"),
    formula=N_("Turnover: mean headcount × outgoing turnover × effect × cost of one leaver, each year."),
    base="cost of the leavers who stay",
    block=TurnoverDriver,
    effect_unit="relative",
    inputs=(
        Input("headcount", "count", N_("Headcount in the calculation"), "turnover"),
        Input("turnover_rate", "share", N_("Outgoing turnover in a year"), "turnover"),
        *COST_INPUTS,
    ),
    steps=steps,
    measure=measure,
    bracket=_bracket,
)
"""The turnover driver: what the employer does not spend on leavers; no customer's money is in it."""
