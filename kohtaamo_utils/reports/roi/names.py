"""What a reader calls the model's inputs and steps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.roi.case import DRIVER_LABELS
from kohtaamo_utils.roi.steps import Step

if TYPE_CHECKING:
    from kohtaamo_utils.presentation.wording import Wording
    from kohtaamo_utils.roi.steps import Input

LABELS = {
    "discount_rate": N_("Discount rate"),
    "cost_initial": N_("Costs at the start"),
    "cost_per_year": N_("Costs a year"),
    "hours_initial": N_("Own hours at the start"),
    "hours_per_year": N_("Own hours a year"),
    "hourly_cost": N_("Cost of an own hour"),
    "retention_rate": N_("Retention brought to a year"),
    "customers": N_("Customers in the calculation"),
    "margin_per_customer": N_("Yearly margin of a customer"),
    "headcount": N_("Headcount in the calculation"),
    "turnover_rate": N_("Outgoing turnover in a year"),
    "monthly_salary": N_("Monthly salary"),
    "months_per_year": N_("Months of pay in a year"),
    "side_cost_rate": N_("Side costs of pay"),
    "separation": N_("Administration of leaving"),
    "vacancy_months": N_("Months that a post stands empty"),
    "vacancy_share": N_("Share of pay lost while it stands empty"),
    "recruiting": N_("Recruiting"),
    "onboarding": N_("Onboarding"),
    "ramp_up_months": N_("Months of learning"),
    "ramp_up_share": N_("Share of pay not yet earned while learning"),
    "revenue": N_("Revenue of the last twelve months"),
    "margin_rate": N_("Margin of revenue"),
    "retention_after": N_("Retention with the programme"),
    "extra_customers": N_("Customers kept"),
    "monthly_loaded_pay": N_("Monthly pay with side costs"),
    "vacancy_cost": N_("Vacancy"),
    "ramp_up_cost": N_("Lower output while learning"),
    "turnover_cost_per_leaver": N_("Cost of one leaver"),
    "leavers_avoided": N_("Leavers avoided"),
    "basket_gain": N_("Margin gained"),
    "benefit": N_("Benefits"),
    "cost": N_("Costs"),
    "net": N_("Net"),
    "cumulative": N_("Net, cumulative"),
    "discount_factor": N_("Discount factor"),
    "pv_benefits": N_("Present value of benefits"),
    "pv_costs": N_("Present value of costs"),
    "npv": N_("Net present value"),
    "roi": N_("Return on investment"),
    "payback_years": N_("Payback, years"),
}
"""Names of the parts that do not bring their own; a yearly step's is without its year."""

SHORT = {
    "customers": N_("Customers"),
    "retention_rate": N_("Retention"),
    "retention_after": N_("New retention"),
    "margin_per_customer": N_("Margin of a customer"),
    "headcount": N_("Headcount"),
    "turnover_rate": N_("Outgoing turnover"),
    "revenue": N_("Revenue of twelve months"),
    "vacancy_months": N_("Months empty"),
    "vacancy_share": N_("Share lost"),
    "ramp_up_share": N_("Share not yet earned"),
}
"""Shorter names, for a formula that has to fit on a line."""


@dataclass(frozen=True)
class Names:
    """Names in a reader's language.

    Parameters
    ----------
    t
        The reader's wording.

    Examples
    --------
    >>> from kohtaamo_utils.presentation.wording import Wording
    >>> from kohtaamo_utils.roi.steps import Input, symbol
    >>> names = Names(Wording("en"))
    >>> names.of(Step("net_2", "money", symbol("a"), 2)), names.of(Input("parking_fees", "money"))
    ('Net', 'Parking fees')
    """

    t: Wording

    def driver(self, driver: str) -> str:
        """Return a driver's whole name."""
        return self.t(DRIVER_LABELS[driver]) if driver in DRIVER_LABELS else _plain(driver)

    def driver_short(self, driver: str) -> str:
        """Return a driver's name without what stands behind a colon or in brackets."""
        return re.split(r":| \(", self.driver(driver))[0]

    def short(self, part: Input | Step, within: str | None = None) -> str:
        """Return the name of an input or a step as a formula shows it; within its driver's steps an effect is just that."""
        base = _base(part)
        if within is not None and base == f"effect_{within}":
            return self.t("Effect")
        return self.t(SHORT[base]) if base in SHORT else self.of(part)

    def of(self, part: Input | Step) -> str:
        """Return the name of an input or a step, a yearly step's without the year."""
        base = _base(part)
        if part.label or base in LABELS:
            return self.t(part.label or LABELS[base])
        if base.startswith("effect_"):
            return self.t("Effect on: {driver}", driver=self.driver_short(base.removeprefix("effect_")))
        if isinstance(part, Step) and part.driver and base == f"benefit_{part.driver}":
            return self.t("Benefit: {driver}", driver=self.driver_short(part.driver))
        return _plain(base)


def _base(part: Input | Step) -> str:
    return part.name.removesuffix(f"_{part.year}") if isinstance(part, Step) and part.year is not None else part.name


def _plain(name: str) -> str:
    return name.replace("_", " ").capitalize()
