"""What customers buy and whether they come back: baskets, frequency, retention and revenue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeAlias

import pandas as pd

from kohtaamo_utils.errors import DataError, say
from kohtaamo_utils.measures.durations import MONTHS_PER_YEAR, annual_rate, months_between
from kohtaamo_utils.measures.estimate import LEVEL, Estimate
from kohtaamo_utils.measures.means import mean
from kohtaamo_utils.measures.orders import known_rows, orders
from kohtaamo_utils.measures.proportions import share

if TYPE_CHECKING:
    from collections.abc import Hashable

__all__ = [
    "BasketFigures",
    "annual_rate",
    "basket",
    "customers_in",
    "last_year_revenue",
    "last_year_window",
    "margin_per_customer",
    "months_between",
    "orders",
    "retention",
]

Window: TypeAlias = tuple[date, date]
"""First and last day, both inside."""


@dataclass(frozen=True, kw_only=True)
class BasketFigures:
    """What the customers of a transaction log bought in all.

    Parameters
    ----------
    customers
        Customers with at least one order.
    orders
        Orders, returns left out.
    revenue
        Money of all rows with a customer, returns taken off.
    orders_per_customer
        Orders / customers; None without customers.
    basket_size
        Mean amount of an order, in money. Returns are no orders and do not lower it: times ``orders`` it gives the
        revenue before returns.
    repeat_rate
        Share of customers with two or more orders.
    """

    customers: int
    orders: int
    revenue: float
    orders_per_customer: float | None
    basket_size: Estimate
    repeat_rate: Estimate


def basket(frame: pd.DataFrame, level: float = LEVEL) -> BasketFigures:
    """Measure baskets and buying frequency over all the data.

    Parameters
    ----------
    frame
        Canonical ``transactions``.
    level
        Confidence level: Student's t for the basket, Wilson's interval for the repeat rate.

    Returns
    -------
    BasketFigures
        Counts, money and estimates.

    Examples
    --------
    >>> lines = pd.DataFrame({"customer_id": ["a", "a", "b"], "amount": [10.0, 20.0, 30.0],
    ...                       "ordered_on": pd.to_datetime(["2025-01-01", "2025-02-01", "2025-01-03"])})
    >>> basket(lines).basket_size.value, basket(lines).repeat_rate.value
    (20.0, 0.5)
    """
    table = orders(frame)
    per_customer = table.groupby("customer_id", observed=True).size()
    return BasketFigures(
        customers=len(per_customer),
        orders=len(table),
        revenue=float(known_rows(frame)["amount"].sum()),
        orders_per_customer=len(table) / len(per_customer) if len(per_customer) else None,
        basket_size=mean(table["amount"], level=level, unit="money"),
        repeat_rate=share(per_customer >= 2, level=level),
    )


def retention(frame: pd.DataFrame, baseline: Window, follow_up: Window, level: float = LEVEL) -> Estimate:
    """Estimate the share of the baseline's customers who bought again in the follow-up.

    Parameters
    ----------
    frame
        Canonical ``transactions``.
    baseline, follow_up
        First and last day of each window, both inside.
    level
        Confidence level.

    Returns
    -------
    Estimate
        A share 0-1 as measured, not yet yearly; ``n`` is the baseline's customers. Buying means an order, not a return.

    Raises
    ------
    DataError
        A window ends before it starts.

    Examples
    --------
    >>> lines = pd.DataFrame({"customer_id": ["a", "b", "a"], "amount": [10.0, 20.0, 30.0],
    ...                       "ordered_on": pd.to_datetime(["2023-05-01", "2023-06-01", "2024-01-03"])})
    >>> retention(lines, (date(2023, 1, 1), date(2023, 12, 31)), (date(2024, 1, 1), date(2024, 12, 31))).value
    0.5
    """
    table = orders(frame)
    before, after = _buyers(table, baseline), _buyers(table, follow_up)
    return share([customer in after for customer in before], level=level)


def customers_in(frame: pd.DataFrame, window: Window) -> int:
    """Count the customers with an order in a window, both its ends inside.

    Examples
    --------
    >>> lines = pd.DataFrame({"customer_id": ["a", "b"], "amount": [10.0, -20.0],
    ...                       "ordered_on": pd.to_datetime(["2025-01-01", "2025-01-02"])})
    >>> customers_in(lines, (date(2025, 1, 1), date(2025, 1, 31)))
    1
    """
    return len(_buyers(orders(frame), window))


def last_year_window(frame: pd.DataFrame) -> Window | None:
    """Return the last twelve months of the data: the year that ends with its last row, order or return.

    With a last row on 30 June 1998 they run from 1 July 1997 to 30 June 1998. None without rows.

    Examples
    --------
    >>> one = pd.DataFrame({"customer_id": ["a"], "amount": [1.0], "ordered_on": pd.to_datetime(["1998-06-30"])})
    >>> last_year_window(one)
    (datetime.date(1997, 7, 1), datetime.date(1998, 6, 30))
    """
    days = known_rows(frame)["ordered_on"]
    if days.empty:
        return None
    last = days.max()
    return (last - pd.DateOffset(years=1)).date() + timedelta(days=1), last.date()


def last_year_revenue(frame: pd.DataFrame) -> float:
    """Return the revenue of the last twelve months of the data, returns taken off.

    Parameters
    ----------
    frame
        Canonical ``transactions``.

    Returns
    -------
    float
        In money; 0 without rows. The months are those of ``last_year_window``; with less than a year of data it is
        the revenue of what there is, not scaled up.

    Examples
    --------
    >>> lines = pd.DataFrame({"customer_id": ["a", "a", "a"], "amount": [10.0, 5.0, -2.0],
    ...                       "ordered_on": pd.to_datetime(["2024-01-31", "2024-02-01", "2025-01-31"])})
    >>> last_year_revenue(lines)
    3.0
    """
    window = last_year_window(frame)
    return 0.0 if window is None else float(_within(known_rows(frame), window)["amount"].sum())


def margin_per_customer(frame: pd.DataFrame, window: Window) -> float | None:
    """Return the yearly margin per customer who bought in a window.

    Parameters
    ----------
    frame
        Canonical ``transactions``; ``margin`` is money per row.
    window
        First and last day, both inside. A window of another length than a year is scaled to twelve months.

    Returns
    -------
    float or None
        In money per customer and year, the margin of returns taken off; None without a ``margin`` column, without a
        margin in the window, or without customers.

    Examples
    --------
    >>> lines = pd.DataFrame({"customer_id": ["a", "b"], "amount": [10.0, 20.0], "margin": [3.0, 5.0],
    ...                       "ordered_on": pd.to_datetime(["2025-01-01", "2025-02-02"])})
    >>> margin_per_customer(lines, (date(2025, 1, 1), date(2025, 12, 31)))
    4.0
    """
    buyers = customers_in(frame, window)
    if "margin" not in frame or not buyers:
        return None
    margins = _within(known_rows(frame), window)["margin"].dropna()
    months = months_between(window[0], window[1] + timedelta(days=1))
    return float(margins.sum()) / buyers * MONTHS_PER_YEAR / months if len(margins) else None


def _buyers(table: pd.DataFrame, window: Window) -> set[Hashable]:
    return set(_within(table, window)["customer_id"])


def _within(rows: pd.DataFrame, window: Window) -> pd.DataFrame:
    first, last = window
    if last < first:
        raise DataError(
            say(
                "A window from {first} to {last} came. A window must not end before it starts.",
                first=str(first),
                last=str(last),
            )
        )
    after_last = pd.Timestamp(last) + pd.Timedelta(days=1)
    return rows[(rows["ordered_on"] >= pd.Timestamp(first)) & (rows["ordered_on"] < after_last)]
