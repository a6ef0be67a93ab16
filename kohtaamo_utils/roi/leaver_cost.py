"""What one leaver costs the employer, by component, as named steps."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING

from pydantic import Field

from kohtaamo_utils.roi.blocks import Amount, Block, Share
from kohtaamo_utils.roi.steps import Input, Model, Step, symbol, total
from kohtaamo_utils.roi.words import N_

if TYPE_CHECKING:
    from kohtaamo_utils.roi.parameters import Parameter, Parameters

COMPONENTS = {
    "separation": N_("Administration of leaving"),
    "vacancy_cost": N_("Vacancy"),
    "recruiting": N_("Recruiting"),
    "onboarding": N_("Onboarding"),
    "ramp_up_cost": N_("Lower output while learning"),
}
"""Inputs and steps that add up to the cost of a leaver, in the order in which they arise, with their names."""

COST_INPUTS = (
    Input("monthly_salary", "money", N_("Monthly salary"), "turnover"),
    Input("months_per_year", "months", N_("Months of pay in a year"), "turnover"),
    Input("side_cost_rate", "share", N_("Side costs of pay"), "turnover"),
    Input("separation", "money", COMPONENTS["separation"], "turnover"),
    Input("vacancy_months", "months", N_("Months that a post stands empty"), "turnover"),
    Input("vacancy_share", "share", N_("Share of pay lost while it stands empty"), "turnover"),
    Input("recruiting", "money", COMPONENTS["recruiting"], "turnover"),
    Input("onboarding", "money", COMPONENTS["onboarding"], "turnover"),
    Input("ramp_up_months", "months", N_("Months of learning"), "turnover"),
    Input("ramp_up_share", "share", N_("Share of pay not yet earned while learning"), "turnover"),
)


class Vacancy(Block):
    """Months that a post stands empty, and the share of its loaded pay that is lost then."""

    months: Amount = 0
    share: Share = 0


class TurnoverCost(Block):
    """What one leaver costs, by component, in money unless said. Null: as the dated parameters say."""

    separation: Amount = 0
    vacancy: Vacancy = Vacancy()
    recruiting: Amount = 0
    onboarding: Amount = 0
    ramp_up: Vacancy = Vacancy()
    side_cost_rate: Share | None = None
    months_per_year: float | None = Field(default=None, gt=0)
    monthly_salary: float | None = Field(default=None, gt=0)


@cache
def leaver_cost_steps() -> tuple[Step, ...]:
    """Return the steps to the cost of a leaver.

    Loaded monthly pay = salary x months a year / 12 x (1 + side costs); vacancy and ramp-up are months x share of it.

    Examples
    --------
    >>> leaver_cost_steps()[1].expression
    monthly_loaded_pay*vacancy_months*vacancy_share
    """
    loaded = symbol("monthly_salary") * symbol("months_per_year") / 12 * (1 + symbol("side_cost_rate"))
    pay = symbol("monthly_loaded_pay")
    steps = (
        ("monthly_loaded_pay", loaded, N_("Monthly pay with side costs")),
        ("vacancy_cost", symbol("vacancy_months") * symbol("vacancy_share") * pay, COMPONENTS["vacancy_cost"]),
        ("ramp_up_cost", symbol("ramp_up_months") * symbol("ramp_up_share") * pay, COMPONENTS["ramp_up_cost"]),
        ("turnover_cost_per_leaver", total([symbol(name) for name in COMPONENTS]), N_("Cost of one leaver")),
    )
    return tuple(Step(name, "money", formula, driver="turnover", label=label) for name, formula, label in steps)


@dataclass(frozen=True)
class LeaverCost:
    """The settings' cost components and the salary that they are priced with.

    Parameters
    ----------
    settings
        The ``roi.turnover.cost`` block.
    monthly_salary
        Gross monthly salary, stated or measured; money. 0 when no component needs it.
    side_cost_rate, months_per_year
        Side costs as a share of pay, and months of pay a year.
    parameters
        Dated parameters that the last two come from, where the settings leave them out.

    Examples
    --------
    >>> LeaverCost(TurnoverCost(recruiting=2700, onboarding=1900), 3000, 0.21, 12.5).total
    4600.0
    """

    settings: TurnoverCost
    monthly_salary: float
    side_cost_rate: float
    months_per_year: float
    parameters: tuple[Parameter, ...] = field(default=())

    @classmethod
    def priced(cls, settings: TurnoverCost, monthly_salary: float, parameters: Parameters) -> LeaverCost:
        """Return the cost with the dated parameters in place of what the settings leave out."""
        named = {"side_cost_rate": settings.side_cost_rate, "months_per_year": settings.months_per_year}
        taken = {name: parameters.get(name) for name, stated in named.items() if stated is None}
        rate, months = (taken[name].value if stated is None else stated for name, stated in named.items())
        return cls(settings, monthly_salary, rate, months, tuple(taken.values()))

    def inputs(self) -> dict[str, float]:
        """Return the model's inputs by name."""
        cost = self.settings
        return {
            "monthly_salary": self.monthly_salary,
            "months_per_year": self.months_per_year,
            "side_cost_rate": self.side_cost_rate,
            "separation": cost.separation,
            "vacancy_months": cost.vacancy.months,
            "vacancy_share": cost.vacancy.share,
            "recruiting": cost.recruiting,
            "onboarding": cost.onboarding,
            "ramp_up_months": cost.ramp_up.months,
            "ramp_up_share": cost.ramp_up.share,
        }

    @property
    def monthly_loaded_pay(self) -> float:
        """Monthly pay with holiday pay and side costs; money."""
        return self._steps["monthly_loaded_pay"]

    @property
    def components(self) -> dict[str, float]:
        """Cost by component, in the order of `COMPONENTS`; money."""
        return {name: self._steps[name] for name in COMPONENTS}

    @property
    def total(self) -> float:
        """Cost of one leaver; money."""
        return self._steps["turnover_cost_per_leaver"]

    @property
    def share_of_annual_pay(self) -> float | None:
        """Cost of one leaver by a year's gross pay, without side costs; None without a salary."""
        annual = self.monthly_salary * self.months_per_year
        return self.total / annual if annual else None

    @cached_property
    def _steps(self) -> dict[str, float]:
        values = Model(COST_INPUTS, leaver_cost_steps()).values(self.inputs())
        return {name: float(value) for name, value in values.items()}
