"""Purchases and what can be counted of them: sums are exact, so that the same sales give the same figures to the last digit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from kohtaamo_utils.errors import DataError, say
from kohtaamo_utils.ledger.codes import codes_of
from kohtaamo_utils.ledger.lines import gather, held, names_in, plain_lines
from kohtaamo_utils.ledger.store import Store
from kohtaamo_utils.ledger.units import ORDER, SQUARES, ByUnit, customers_outside, sales_by_unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

Window: TypeAlias = tuple[date, date]
"""First and last day, both inside."""
BITS = 60
"""Months whose orders are marked in one whole number."""


@dataclass(frozen=True)
class Totals:
    """All orders, summed.

    Parameters
    ----------
    customers
        Customers with at least one order.
    repeating
        Of them, those with two or more.
    orders
        Orders, returns left out.
    bought
        Sum of the orders, in money.
    squares
        Sum of the squares of the orders' amounts, each rounded to a ten-thousandth.
    revenue
        Money of all purchases, returns taken off.
    """

    customers: int
    repeating: int
    orders: int
    bought: Decimal
    squares: Decimal
    revenue: Decimal


@dataclass(frozen=True)
class Money:
    """What came in within a window: revenue and margin, returns taken off; no margin is None."""

    revenue: Decimal
    margin: Decimal | None


class Month(NamedTuple):
    """A calendar month by its first day: its orders, and the mean amount of one in money."""

    month: date
    orders: int
    basket: float


class Cohort(NamedTuple):
    """Of the customers whose first order was in a month, those who ordered so many months later (0 is the month itself)."""

    cohort: date
    age: int
    customers: int


@dataclass(frozen=True)
class Retained:
    """Customers of a first window, and how many of them bought in a second."""

    before: int
    kept: int


class Ledger:
    """Every purchase of a client's customers: an order's lines summed, dated by the first of them.

    What belongs together is a customer's order_id; where a line has none, the customer's lines of that day without
    one. Nothing is dropped as a repeat. Make one with `ledger_of` or, from files of any size, with `intake.read`.

    Parameters
    ----------
    store
        Database with a table ``purchases``: customer (its code), ordered_on, amount and margin, and unit if there are units.
    units
        Name of each code of a unit; None where no source says units.
    """

    def __init__(self, store: Store, units: Mapping[int, str] | None = None) -> None:
        self._store = store
        self._units = units

    @property
    def empty(self) -> bool:
        """Whether there is not a single purchase."""
        return self.last_day() is None

    def totals(self) -> Totals:
        """Return all orders summed."""
        customers, repeating = self._store.row(
            f"""SELECT count(*), count(*) FILTER (orders >= 2)
            FROM (SELECT count(*) AS orders FROM purchases WHERE {ORDER} GROUP BY customer)"""
        )
        orders, bought, squares, revenue = self._store.row(
            f"SELECT count(*), sum(amount), {SQUARES}, (SELECT sum(amount) FROM purchases) FROM purchases WHERE {ORDER}"
        )
        return Totals(customers, repeating, orders, _money(bought), squares, _money(revenue))

    def days(self) -> Window | None:
        """Return the days of the first and the last purchase, order or return; None without any."""
        first, last = self._store.row("SELECT min(ordered_on), max(ordered_on) FROM purchases")
        return None if first is None else (first, last)

    def last_day(self) -> date | None:
        """Return the day of the last purchase, order or return; None without any."""
        days = self.days()
        return None if days is None else days[1]

    def customers_in(self, window: Window) -> int:
        """Count the customers with an order in a window."""
        return self.orders_in(window)[1]

    def orders_in(self, window: Window) -> tuple[int, int]:
        """Count the orders in a window, and the customers who placed them."""
        inside = f"{ORDER} AND ordered_on BETWEEN ? AND ?"
        orders, customers = self._store.row(
            f"SELECT count(*), count(DISTINCT customer) FROM purchases WHERE {inside}", [*_ordered(window)]
        )
        return orders, customers

    def retained(self, baseline: Window, follow_up: Window) -> Retained:
        """Count the customers with an order in one window, and those of them with an order in another."""
        values = [*_ordered(baseline), *_ordered(follow_up)]
        before, kept = self._store.row(
            f"""SELECT count(*) FILTER (before), count(*) FILTER (before AND after)
            FROM (SELECT bool_or(ordered_on BETWEEN $1 AND $2) AS before, bool_or(ordered_on BETWEEN $3 AND $4) AS after
                  FROM purchases WHERE {ORDER} GROUP BY customer)""",
            values,
        )
        return Retained(before, kept)

    def money_in(self, window: Window) -> Money:
        """Sum revenue and margin of a window, returns taken off."""
        revenue, margin = self._store.row(
            "SELECT sum(amount), sum(margin) FROM purchases WHERE ordered_on BETWEEN ? AND ?", [*_ordered(window)]
        )
        return Money(_money(revenue), None if margin is None else _money(margin))

    def by_unit(self, window: Window) -> ByUnit | None:
        """Sum a window's orders by the unit that their lines name; None where no source says units."""
        return None if self._units is None else sales_by_unit(self._store, self._units, _ordered(window))

    def customers_outside(self, window: Window, units: Iterable[str]) -> int:
        """Count the customers with an order in a window that belongs to none of these units."""
        if self._units is None:
            return self.customers_in(window)
        wanted = set(units)
        codes = [code for code, name in self._units.items() if name in wanted]
        return customers_outside(self._store, codes, _ordered(window))

    def months(self) -> list[Month]:
        """Return orders and the mean basket by calendar month, in order; months without an order are not there."""
        found = self._store.rows(
            f"""SELECT date_trunc('month', ordered_on)::DATE, count(*), sum(amount)
            FROM purchases WHERE {ORDER} GROUP BY ALL ORDER BY ALL"""
        )
        return [Month(month, orders, float(sold / orders)) for month, orders, sold in found]

    def cohorts(self) -> list[Cohort]:
        """Return how many of the customers who first bought in a month ordered again, month by month, in order.

        Notes
        -----
        Each customer's months are kept as bits of whole numbers, sixty months in each, and counted bit by bit: that needs one pass and no join.
        """
        start, last = self._store.row(
            f"SELECT date_trunc('month', min(ordered_on))::DATE, date_diff('month', min(ordered_on), max(ordered_on)) FROM purchases WHERE {ORDER}"
        )
        if start is None:
            return []
        blocks = range(last // BITS + 1)
        bits = [
            f"bit_or(CASE WHEN m // {BITS} = {block} THEN 1::BIGINT << (m % {BITS}) ELSE 0 END)::BIGINT AS bits_{block}"
            for block in blocks
        ]
        counts = [f"sum((bits_{month // BITS} >> {month % BITS}) & 1)::BIGINT" for month in range(last + 1)]
        found = self._store.rows(
            f"""SELECT ($1 + to_months(first::INT))::DATE, first, [{", ".join(counts)}]
            FROM (SELECT min(m) AS first, {", ".join(bits)}
                  FROM (SELECT customer, date_diff('month', $1, ordered_on)::INT AS m FROM purchases WHERE {ORDER})
                  GROUP BY customer)
            GROUP BY first ORDER BY first""",
            [start],
        )
        return [
            Cohort(began, month - first, customers)
            for began, first, by_month in found
            for month, customers in enumerate(by_month)
            if customers
        ]

    def close(self) -> None:
        """Let go of the database; the ledger cannot be asked any more."""
        self._store.close()


def ledger_of(lines: Ledger | pd.DataFrame) -> Ledger:
    """Return order lines as a ledger; a ledger is returned as it is.

    Parameters
    ----------
    lines
        Canonical ``transactions``: customer_id, ordered_on, amount; order_id, margin and unit if there are any. Lines
        without customer, date or amount are left out.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"customer_id": ["a", "a", "b"], "amount": [10.0, 20.0, 30.0],
    ...                       "ordered_on": pd.to_datetime(["2025-01-01", "2025-02-01", "2025-01-03"])})
    >>> ledger_of(frame).totals().repeating
    1
    """
    if isinstance(lines, Ledger):
        return lines
    store, plain, units = Store(), plain_lines(lines), "unit" in lines
    store.register("frame", plain)
    gather(store, [held("frame", plain)], units=units)
    store.unregister("frame")
    return Ledger(store, {code: name for name, code in codes_of(store, names_in(plain)).items()} if units else None)


def _ordered(window: Window) -> Window:
    first, last = window
    if last < first:
        raise DataError(
            say(
                "A window from {first} to {last} came. A window must not end before it starts.",
                first=str(first),
                last=str(last),
            )
        )
    return window


def _money(total: object) -> Decimal:
    return total if isinstance(total, Decimal) else Decimal(0)
