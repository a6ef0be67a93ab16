"""What the model's inputs and steps are called for a reader, and what they are counted in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.roi.drivers import DRIVERS

if TYPE_CHECKING:
    from kohtaamo_utils.presentation.numbers import Numbers
    from kohtaamo_utils.presentation.wording import Wording
    from kohtaamo_utils.roi.steps import Input, Step

UNIT_LABELS = {
    "count": N_("number"),
    "months": N_("months"),
    "hours": N_("hours"),
    "years": N_("years"),
}
_OF_DRIVERS = {
    "effect": N_("Effect. {driver}"),
    "gross": N_("Benefit of the full effect. {driver}"),
    "benefit": N_("Benefit. {driver}"),
}
_PREFIXED = re.compile(r"(effect|benefit|gross)_(.+)")


def year_of(part: Input | Step) -> int | None:
    """Return the year that an input or a step holds for; None where it is not yearly."""
    return part.year


def family(part: Input | Step) -> str:
    """Return a name without its year: what all the years of a step have in common.

    Examples
    --------
    >>> import sympy
    >>> from kohtaamo_utils.roi.steps import Step
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
    >>> inputs = Input("effect_retention", "share"), Input("rate", "share", "Discount rate"), Input("unheard_of", "share")
    >>> [label(Wording("en"), part) for part in inputs]
    ['Effect. Retention: customers who stay', 'Discount rate', 'Unheard of']
    """
    name = family(part)
    found = _PREFIXED.fullmatch(name)
    if found is not None and found[2] in DRIVERS:
        return t(_OF_DRIVERS[found[1]], driver=driver_label(t, found[2]))
    return t(part.label) if part.label else _words(name)


def full_label(t: Wording, f: Numbers, part: Input | Step) -> str:
    """Return what an input or a step is called, with its year if it has one."""
    year = year_of(part)
    return label(t, part) if year is None else t("{step}, year {n}", step=label(t, part), n=f.integer(year))


def driver_label(t: Wording, driver: str) -> str:
    """Return what a driver is called."""
    return t(DRIVERS[driver].label) if driver in DRIVERS else _words(driver)


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
