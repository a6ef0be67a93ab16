"""Which unit a purchase belongs to, and what the units sold.

A unit is kept as the hash of its name: eight bytes, whatever the name's length. Two names with one hash are less likely than
a fault of the computer's memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from decimal import Decimal

    from kohtaamo_utils.ledger.store import Store

ORDER = "amount >= 0"
"""A purchase whose sum is negative is a return and no order; a sum of zero is an order."""
SQUARES = "coalesce(sum(amount::DECIMAL(38, 4) * amount::DECIMAL(38, 4)), 0)"
"""Sum of the squares of amounts, each rounded to a ten-thousandth; exact, for a decimal of 38 digits holds it."""
SEVERAL = 0
"""Code of a purchase whose lines name more than one unit; no name has it."""


class UnitSales(NamedTuple):
    """A unit's orders: how many, of how many customers, and their sums as in `Totals`."""

    unit: str
    customers: int
    orders: int
    bought: Decimal
    squares: Decimal


@dataclass(frozen=True)
class ByUnit:
    """The orders of a window by the unit that their lines name.

    Parameters
    ----------
    units
        Those with an order, by name.
    several
        Orders whose lines name more than one unit: they belong to none, for nobody can say which share is whose encounter.
    nowhere
        Orders of which no line names a unit.
    """

    units: tuple[UnitSales, ...]
    several: int
    nowhere: int


def code(text: str) -> str:
    """Return the expression of a name's code.

    Parameters
    ----------
    text
        Expression of the name; NULL for none.
    """
    return f"CASE WHEN {text} IS NOT NULL THEN hash({text}) END"


def one_of(codes: str) -> str:
    """Return the expression of an order's unit: the one that its lines name, lines without a name apart.

    Parameters
    ----------
    codes
        Expression of a line's code, or of a part of an order that was summed before.
    """
    return f"CASE WHEN min({codes}) = max({codes}) THEN min({codes}) WHEN min({codes}) IS NOT NULL THEN {SEVERAL} END"


def renamed(codes: str, new: Mapping[int, int]) -> str:
    """Return the expression of codes of which some stand for others, as two spellings do for one unit."""
    if not new:
        return codes
    cases = " ".join(f"WHEN {old}::UBIGINT THEN {best}::UBIGINT" for old, best in sorted(new.items()))
    return f"CASE {codes} {cases} ELSE {codes} END"


def codes_of(store: Store, names: Iterable[str]) -> dict[str, int]:
    """Return the code of each name.

    Examples
    --------
    >>> from kohtaamo_utils.ledger import Store
    >>> with Store() as store:
    ...     len(codes_of(store, ["Turku", "Turku", "Helsinki"]))
    2
    """
    texts = list(dict.fromkeys(names))
    return dict(store.rows(f"SELECT x, {code('x')} FROM (SELECT unnest(?::VARCHAR[]) AS x)", [texts]))


def sales_by_unit(store: Store, names: Mapping[int, str], window: tuple[date, date]) -> ByUnit:
    """Sum the orders of a window by unit.

    Parameters
    ----------
    store
        Database with ``purchases`` that have a unit.
    names
        Name of each code.
    window
        First and last day.
    """
    found = store.rows(
        f"""SELECT unit, count(DISTINCT customer), count(*), sum(amount), {SQUARES}
        FROM purchases WHERE {ORDER} AND ordered_on BETWEEN ? AND ? GROUP BY unit""",
        [*window],
    )
    orders = {unit: count for unit, _, count, _, _ in found}
    units = [
        UnitSales(names[unit], customers, count, bought, squares)
        for unit, customers, count, bought, squares in found
        if unit in names
    ]
    return ByUnit(tuple(sorted(units)), orders.get(SEVERAL, 0), orders.get(None, 0))


def customers_outside(store: Store, inside: Iterable[int], window: tuple[date, date]) -> int:
    """Count the customers with an order in a window that belongs to none of these units.

    Parameters
    ----------
    store
        As of `sales_by_unit`.
    inside
        The units' codes.
    window
        First and last day.
    """
    listed = ", ".join(f"{each}::UBIGINT" for each in inside)
    outside = f" AND (unit IS NULL OR unit NOT IN ({listed}))" if listed else ""
    (count,) = store.row(
        f"SELECT count(DISTINCT customer) FROM purchases WHERE {ORDER} AND ordered_on BETWEEN ? AND ?{outside}",
        [*window],
    )
    return int(count)
