"""What the model's inputs and steps are called for a reader, and what they are counted in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.roi.case import DRIVER_LABELS
from kohtaamo_utils.roi.steps import Step

if TYPE_CHECKING:
    from kohtaamo_utils.presentation.numbers import Numbers
    from kohtaamo_utils.presentation.wording import Wording
    from kohtaamo_utils.roi.steps import Input

PART_LABELS = {
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
    "turnover_rate": N_("Leavers in a year, share of the headcount"),
    "monthly_salary": N_("Monthly salary"),
    "months_per_year": N_("Months of pay in a year"),
    "side_cost_rate": N_("Side costs, share of pay"),
    "separation": N_("Administration of leaving"),
    "vacancy_months": N_("Vacancy: months"),
    "vacancy_share": N_("Vacancy: share of pay that is lost"),
    "recruiting": N_("Recruiting"),
    "onboarding": N_("Onboarding"),
    "ramp_up_months": N_("Learning the work: months"),
    "ramp_up_share": N_("Learning the work: share of pay that is lost"),
    "revenue": N_("Revenue of the last twelve months"),
    "margin_rate": N_("Margin of revenue"),
    "retention_after": N_("Retention with the programme"),
    "extra_customers": N_("Customers kept by the programme"),
    "monthly_loaded_pay": N_("Monthly pay with holiday pay and side costs"),
    "vacancy_cost": N_("Vacancy"),
    "ramp_up_cost": N_("Lower output while learning"),
    "turnover_cost_per_leaver": N_("Cost of one leaver"),
    "leavers_avoided": N_("Leavers avoided in a year"),
    "basket_gain": N_("Margin from bigger baskets in a year"),
    "benefit": N_("Benefits in all"),
    "cost": N_("Costs"),
    "net": N_("Net"),
    "discount_factor": N_("Discount factor"),
    "pv_benefits": N_("Present value of benefits"),
    "pv_costs": N_("Present value of costs"),
    "npv": N_("Net present value"),
    "roi": N_("Return on investment"),
    "cumulative": N_("Net, cumulative"),
    "payback_years": N_("Payback"),
}
"""Label by name; a yearly step's name is without its year."""
UNIT_LABELS = {
    "count": N_("number"),
    "months": N_("months"),
    "hours": N_("hours"),
    "years": N_("years"),
}
_PREFIXED = re.compile(r"(effect|benefit)_(.+)")


def year_of(part: Input | Step) -> int | None:
    """Return the year that an input or a step holds for; None where it is not yearly."""
    return part.year if isinstance(part, Step) else None


def family(part: Input | Step) -> str:
    """Return a name without its year: what all the years of a step have in common.

    Examples
    --------
    >>> import sympy
    >>> family(Step("net_2", "money", sympy.Integer(0), 2))
    'net'
    """
    return part.name if year_of(part) is None else part.name.removesuffix(f"_{year_of(part)}")


def label(t: Wording, part: Input | Step) -> str:
    """Return what an input or a step is called, without its year; one that nobody has put into words is shown as words.

    Parameters
    ----------
    t
        The reader's language.
    part
        Input or step.

    Examples
    --------
    >>> from kohtaamo_utils.presentation.wording import Wording
    >>> from kohtaamo_utils.roi.steps import Input
    >>> [label(Wording("en"), Input(name, "share")) for name in ("effect_retention", "unheard_of")]
    ['Effect. Retention: customers who stay', 'Unheard of']
    """
    name = family(part)
    if name in PART_LABELS:
        return t(PART_LABELS[name])
    found = _PREFIXED.fullmatch(name)
    if found is None:
        return _words(name)
    driver = driver_label(t, found[2])
    return t("Effect. {driver}", driver=driver) if found[1] == "effect" else t("Benefit. {driver}", driver=driver)


def full_label(t: Wording, f: Numbers, part: Input | Step) -> str:
    """Return what an input or a step is called, with its year if it has one."""
    year = year_of(part)
    return label(t, part) if year is None else t("{step}, year {n}", step=label(t, part), n=f.integer(year))


def driver_label(t: Wording, driver: str) -> str:
    """Return what a driver is called."""
    return t(DRIVER_LABELS[driver]) if driver in DRIVER_LABELS else _words(driver)


def unit_label(t: Wording, f: Numbers, part: Input | Step) -> str:
    """Return what a number is counted in."""
    if part.unit == "money":
        return f.currency_symbol
    if part.unit == "share":
        return "%"
    if part.unit == "money_per_hour":
        return t("{currency} an hour", currency=f.currency_symbol)
    return t(UNIT_LABELS[part.unit]) if part.unit in UNIT_LABELS else ""


def _words(name: str) -> str:
    text = name.replace("_", " ")
    return text[:1].upper() + text[1:]
