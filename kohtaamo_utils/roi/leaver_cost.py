"""What one leaver costs the employer, by component, as named steps."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kohtaamo_utils.roi.steps import Input, Model, Step, symbol, total

if TYPE_CHECKING:
    from kohtaamo_utils.engagement.roi_settings import TurnoverCost

COMPONENTS = ("separation", "vacancy_cost", "recruiting", "onboarding", "ramp_up_cost")
"""Inputs and steps that add up to the cost of a leaver, in the order in which they arise."""

COST_INPUTS = (
    Input("monthly_salary", "money"),
    Input("months_per_year", "months"),
    Input("side_cost_rate", "share"),
    Input("separation", "money"),
    Input("vacancy_months", "months"),
    Input("vacancy_share", "share"),
    Input("recruiting", "money"),
    Input("onboarding", "money"),
    Input("ramp_up_months", "months"),
    Input("ramp_up_share", "share"),
)

_LOADED_PAY = symbol("monthly_salary") * symbol("months_per_year") / 12 * (1 + symbol("side_cost_rate"))

COST_STEPS = tuple(
    Step(name, "money", expression, driver="turnover")
    for name, expression in (
        ("monthly_loaded_pay", _LOADED_PAY),
        ("vacancy_cost", symbol("vacancy_months") * symbol("vacancy_share") * symbol("monthly_loaded_pay")),
        ("ramp_up_cost", symbol("ramp_up_months") * symbol("ramp_up_share") * symbol("monthly_loaded_pay")),
        ("turnover_cost_per_leaver", total([symbol(name) for name in COMPONENTS])),
    )
)
"""Loaded monthly pay = salary x months a year / 12 x (1 + side costs); vacancy and ramp-up are months x share of it."""


@dataclass(frozen=True)
class LeaverCost:
    """The settings' cost components and the salary that they are priced with.

    Parameters
    ----------
    settings
        The ``roi.turnover.cost`` block.
    monthly_salary
        Gross monthly salary, stated or measured; money. 0 when no component needs it.

    Examples
    --------
    >>> from kohtaamo_utils.engagement.roi_settings import TurnoverCost
    >>> LeaverCost(TurnoverCost(recruiting=2700, onboarding=1900), 3000).total
    4600.0
    """

    settings: TurnoverCost
    monthly_salary: float

    def inputs(self) -> dict[str, float]:
        """Return the model's inputs by name."""
        cost = self.settings
        return {
            "monthly_salary": self.monthly_salary,
            "months_per_year": cost.months_per_year,
            "side_cost_rate": cost.side_cost_rate,
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

    @cached_property
    def _steps(self) -> dict[str, float]:
        values = Model(COST_INPUTS, COST_STEPS).values(self.inputs())
        return {name: float(value) for name, value in values.items()}
