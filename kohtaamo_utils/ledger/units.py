"""What the units sold that purchases belong to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kohtaamo_utils.ledger.codes import SEVERAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from decimal import Decimal

    from kohtaamo_utils.ledger.store import Store

ORDER = "amount >= 0"
"""A purchase whose sum is negative is a return and no order; a sum of zero is an order."""
SQUARES = "coalesce(sum(amount::DECIMAL(38, 4) * amount::DECIMAL(38, 4)), 0)"
"""Sum of the squares of amounts, each rounded to a ten-thousandth; exact, for a decimal of 38 digits holds it."""


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
