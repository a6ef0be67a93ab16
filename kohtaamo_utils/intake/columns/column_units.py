"""The unit that each canonical column is in, and what makes of another one the column's own."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.columns.heading_units import Stated, stated_units
from kohtaamo_utils.intake.values.unit_words import (
    CENT,
    DAY,
    HOUR,
    LENGTHS,
    MASS,
    MILLION,
    MONTH,
    PERCENT,
    PIECE,
    PRICES,
    QUARTER,
    RATES,
    SHARES,
    SIZES,
    THOUSAND,
    TIMES,
    VOLUME,
    WEEK,
    YEAR,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

IN_LENGTHS = {"tenure_months": MONTH}
"""Columns that hold a length of time, and its unit."""
IN_MONEY = {"amount": None, "margin": None, "annual_value": YEAR, "monthly_salary": MONTH}
"""Columns that hold money, and of what time; None where it is of no time."""
PLAIN = ("weight",)
"""Columns of plain numbers, which a body's weight is none of."""
EXACT = {("tenure_months", YEAR): 12.0, ("tenure_months", QUARTER): 3.0}
"""Numbers by which one unit becomes the column's, whatever is measured."""
DAYS_A_YEAR = 365.25
USUAL = {
    ("tenure_months", DAY): 12 / DAYS_A_YEAR,
    ("tenure_months", WEEK): 7 * 12 / DAYS_A_YEAR,
    ("monthly_salary", YEAR): 1 / 12,
    ("annual_value", MONTH): 12.0,
    ("annual_value", QUARTER): 4.0,
}
"""Numbers that are right on the average, or if nothing else is in the amount: a person must choose them."""
NAMES = {
    HOUR: say("hour"),
    DAY: say("day"),
    WEEK: say("week"),
    MONTH: say("month"),
    QUARTER: say("quarter"),
    YEAR: say("year"),
    PERCENT: say("per cent"),
    PIECE: say("piece"),
    MASS: say("kilogram or gram"),
    VOLUME: say("litre"),
    CENT: say("cent"),
    THOUSAND: say("thousand"),
    MILLION: say("million"),
}
"""Each unit, as a message says it."""


@dataclass(frozen=True)
class OtherUnit:
    """A unit in a heading that is not the column's.

    Parameters
    ----------
    unit
        A key of `NAMES`; "" where the currency is another.
    said
        The unit as a message says it.
    own
        The column's, as a message says it.
    number
        What the numbers must be multiplied by; None where no number does it.
    exact
        Whether that number is right in any case.
    """

    unit: str
    said: str
    own: str
    number: float | None = None
    exact: bool = False


def has_unit(name: str) -> bool:
    """Tell whether a canonical column has a unit that a heading may contradict."""
    return name in IN_LENGTHS or name in IN_MONEY or name in PLAIN


def plain_number(number: float) -> float:
    """Return a number as a person writes it: 12 rather than 12.0."""
    return int(number) if number.is_integer() else number


def other_unit(name: str, headings: Iterable[str], currency: str) -> OtherUnit | None:
    """Return the unit that a heading states and that is not the column's; None where it states none, or the same.

    Parameters
    ----------
    name
        Canonical column.
    headings
        What the file calls its column.
    currency
        The engagement's.

    Examples
    --------
    >>> other_unit("tenure_months", ["Tenure (years)"], "EUR").number, other_unit("amount", ["Myynti (t€)"], "EUR").number
    (12.0, 1000.0)
    >>> other_unit("monthly_salary", ["Palkka €/kk"], "EUR") is None, other_unit("amount", ["Amount EUR"], "EUR") is None
    (True, True)
    """
    if not has_unit(name):
        return None
    found = (_other(name, stated_units(heading), currency) for heading in headings)
    return next((other for other in found if other is not None), None)


def _other(name: str, stated: Stated, currency: str) -> OtherUnit | None:
    if name in IN_LENGTHS:
        return _other_length(name, stated)
    if name in IN_MONEY:
        return _other_money(name, stated, currency)
    return OtherUnit(MASS, NAMES[MASS], say("a plain number")) if MASS in stated.units else None


def _other_length(name: str, stated: Stated) -> OtherUnit | None:
    times = stated.among(TIMES, LENGTHS)
    others = [unit for unit in times if unit != IN_LENGTHS[name]]
    if not others:
        return None
    unit, own = others[0], NAMES[IN_LENGTHS[name]]
    if len(times) > 1:
        return OtherUnit(unit, NAMES[unit], own)
    exact = EXACT.get((name, unit))
    return OtherUnit(unit, NAMES[unit], own, exact or USUAL.get((name, unit)), exact is not None)


def _other_money(name: str, stated: Stated, currency: str) -> OtherUnit | None:
    own = own_money(name, currency)
    if stated.currencies and currency not in stated.currencies:
        return OtherUnit("", stated.money.upper() if len(stated.currencies) == 1 else stated.money, own)
    none_of_money = (
        *stated.among({PERCENT}, SHARES),
        *stated.among({PIECE, MASS, VOLUME, *(() if IN_MONEY[name] else (HOUR,))}, PRICES),
    )
    if none_of_money:
        return OtherUnit(none_of_money[0], NAMES[none_of_money[0]], own)
    times = stated.among(TIMES, RATES) if IN_MONEY[name] else ()
    sizes = [unit for unit in stated.units if unit in SIZES]
    size = prod(SIZES[unit] for unit in sizes)
    if times and IN_MONEY[name] not in times:
        number = USUAL.get((name, times[0]))
        return OtherUnit(times[0], NAMES[times[0]], own, None if number is None else number * size)
    return OtherUnit(sizes[0], NAMES[sizes[0]], own, float(size), exact=True) if size != 1 else None


def own_money(name: str, currency: str) -> str:
    """Return the unit of a column of money, as a message says it."""
    if IN_MONEY.get(name) == MONTH:
        return say("{currency} a month", currency=currency)
    return say("{currency} a year", currency=currency) if IN_MONEY.get(name) == YEAR else currency


def price_number(headings: Iterable[str], currency: str) -> float | None:
    """Return what makes a price the engagement's currency: 0.01 of cents; None where its heading names another.

    Examples
    --------
    >>> price_number(["Hinta (snt)"], "EUR"), price_number(["Price USD"], "EUR"), price_number(["Kpl"], "EUR")
    (0.01, None, 1.0)
    """
    stated = [stated_units(heading) for heading in headings]
    if any(each.currencies and currency not in each.currencies for each in stated):
        return None
    return float(prod(SIZES[unit] for each in stated[:1] for unit in each.units if unit in SIZES))
