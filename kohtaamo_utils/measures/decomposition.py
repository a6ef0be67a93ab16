"""A change of revenue divided exactly among what revenue is a product of: customers, frequency, basket, prices."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import DataError, say
from kohtaamo_utils.ledger import Ledger, ledger_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import pandas as pd

Factors = dict[str, float]
"""What multiplies up to the revenue, by name."""


def lmdi(before: Mapping[str, float], after: Mapping[str, float]) -> Factors:
    """Divide the change of a product among its factors by logarithmic means (LMDI-I; Ang, 2004).

    Factor x gets L(R1, R0) · ln(x1 / x0), with L(a, b) = (a - b) / ln(a / b). The parts add up to the change, without
    a remainder.

    Parameters
    ----------
    before, after
        The factors by name, all above zero.

    Raises
    ------
    DataError
        A factor is zero or negative, or the two have other factors.

    Examples
    --------
    >>> parts = lmdi({"customers": 1000, "frequency": 4.0, "basket": 50}, {"customers": 1040, "frequency": 4.1, "basket": 52})
    >>> {name: round(part, 4) for name, part in parts.items()}
    {'customers': 8262.9136, 'frequency': 5202.1727, 'basket': 8262.9136}
    """
    _check(before, after)
    first, last = math.prod(before.values()), math.prod(after.values())
    growth = math.log(last / first)
    mean = first if abs(growth) < 1e-9 else (last - first) / growth
    return {name: mean * math.log(after[name] / before[name]) for name in before}


def shapley(before: Mapping[str, float], after: Mapping[str, float]) -> Factors:
    """Divide the change of a product among its factors by Shapley: the mean over all orders in which they change.

    Parameters
    ----------
    before, after
        The factors by name, all above zero.

    Raises
    ------
    DataError
        A factor is zero or negative, or the two have other factors.

    Examples
    --------
    >>> parts = shapley({"customers": 1000, "frequency": 4.0, "basket": 50}, {"customers": 1040, "frequency": 4.1, "basket": 52})
    >>> {name: round(part, 4) for name, part in parts.items()}
    {'customers': 8262.6667, 'frequency': 5202.6667, 'basket': 8262.6667}
    """
    _check(before, after)
    sums = dict.fromkeys(before, 0.0)
    ways = list(permutations(before))
    for way in ways:
        now = dict(before)
        for name in way:
            value = math.prod(now.values())
            now[name] = after[name]
            sums[name] += math.prod(now.values()) - value
    return {name: total / len(ways) for name, total in sums.items()}


def _check(before: Mapping[str, float], after: Mapping[str, float]) -> None:
    if set(before) != set(after):
        raise DataError(
            say(
                "The factors {before} and {after} came. Expected: the same before and after.",
                before=str(sorted(before)),
                after=str(sorted(after)),
            )
        )
    low = {name: value for side in (before, after) for name, value in side.items() if not value > 0}
    if low:
        raise DataError(
            say(
                "Factors of {factors} came. A change is divided among factors above zero: look at the windows.",
                factors=str(low),
            )
        )


@dataclass(frozen=True)
class Sales:
    """What was sold in a window.

    Parameters
    ----------
    start, end
        First and last day, both inside.
    customers
        Customers with at least one order.
    orders
        Orders; returns are none.
    revenue
        Money of orders and returns.
    """

    start: date
    end: date
    customers: int
    orders: int
    revenue: float

    def factors(self, price_level: float = 1.0) -> Factors:
        """Return customers, orders per customer, revenue per order at base prices, and the price level.

        Parameters
        ----------
        price_level
            Prices of the window by those of the base, VAT included where the amounts include it.
        """
        return {
            "customers": float(self.customers),
            "frequency": self.orders / self.customers,
            "basket": self.revenue / self.orders / price_level,
            "price": price_level,
        }

    @property
    def can_be_divided(self) -> bool:
        """Whether there is something to divide."""
        return self.orders > 0 and self.revenue > 0


def sales_in(sales: Ledger | pd.DataFrame, start: date, end: date) -> Sales:
    """Count what was sold in a window.

    Parameters
    ----------
    sales
        A ledger, or canonical ``transactions``.
    start, end
        First and last day, both inside.

    Examples
    --------
    >>> import pandas as pd
    >>> from datetime import date
    >>> lines = pd.DataFrame({"customer_id": ["a", "a", "b"], "amount": [10.0, -4.0, 30.0],
    ...                       "ordered_on": pd.to_datetime(["2025-01-01", "2025-02-01", "2026-01-03"])})
    >>> found = sales_in(lines, date(2025, 1, 1), date(2025, 12, 31))
    >>> found.customers, found.orders, found.revenue
    (1, 1, 6.0)
    """
    ledger = ledger_of(sales)
    orders, customers = ledger.orders_in((start, end))
    return Sales(start, end, customers, orders, float(ledger.money_in((start, end)).revenue))
