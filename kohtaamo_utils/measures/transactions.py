"""What customers buy and whether they come back: baskets, frequency, retention and revenue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pandas as pd

from kohtaamo_utils.ledger import Ledger, Window, ledger_of
from kohtaamo_utils.measures.durations import MONTHS_PER_YEAR, annual_rate, months_between
from kohtaamo_utils.measures.estimate import LEVEL, Estimate
from kohtaamo_utils.measures.means import mean_of_sums
from kohtaamo_utils.measures.proportions import share_of

__all__ = [
    "BasketFigures",
    "annual_rate",
    "basket",
    "cohort_retention",
    "customers_in",
    "last_year_revenue",
    "last_year_window",
    "margin_per_customer",
    "months_between",
    "retention",
]

Sales = Ledger | pd.DataFrame
"""A ledger, or canonical ``transactions`` that one is made of."""


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


def basket(sales: Sales, level: float = LEVEL) -> BasketFigures:
    """Measure baskets and buying frequency over all the data.

    Parameters
    ----------
    sales
        A ledger, or canonical ``transactions``.
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
    found = ledger_of(sales).totals()
    return BasketFigures(
        customers=found.customers,
        orders=found.orders,
        revenue=float(found.revenue),
        orders_per_customer=found.orders / found.customers if found.customers else None,
        basket_size=mean_of_sums(found.orders, found.bought, found.squares, level=level, unit="money"),
        repeat_rate=share_of(found.repeating, found.customers, level=level),
    )


def retention(sales: Sales, baseline: Window, follow_up: Window, level: float = LEVEL) -> Estimate:
    """Estimate the share of the baseline's customers who bought again in the follow-up.

    Parameters
    ----------
    sales
        A ledger, or canonical ``transactions``.
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
    >>> from datetime import date
    >>> lines = pd.DataFrame({"customer_id": ["a", "b", "a"], "amount": [10.0, 20.0, 30.0],
    ...                       "ordered_on": pd.to_datetime(["2023-05-01", "2023-06-01", "2024-01-03"])})
    >>> retention(lines, (date(2023, 1, 1), date(2023, 12, 31)), (date(2024, 1, 1), date(2024, 12, 31))).value
    0.5
    """
    found = ledger_of(sales).retained(baseline, follow_up)
    return share_of(found.kept, found.before, level=level)


def customers_in(sales: Sales, window: Window) -> int:
    """Count the customers with an order in a window, both its ends inside.

    Examples
    --------
    >>> from datetime import date
    >>> lines = pd.DataFrame({"customer_id": ["a", "b"], "amount": [10.0, -20.0],
    ...                       "ordered_on": pd.to_datetime(["2025-01-01", "2025-01-02"])})
    >>> customers_in(lines, (date(2025, 1, 1), date(2025, 1, 31)))
    1
    """
    return ledger_of(sales).customers_in(window)


def last_year_window(sales: Sales) -> Window | None:
    """Return the last twelve months of the data: the year that ends with its last row, order or return.

    With a last row on 30 June 1998 they run from 1 July 1997 to 30 June 1998. None without rows.

    Examples
    --------
    >>> one = pd.DataFrame({"customer_id": ["a"], "amount": [1.0], "ordered_on": pd.to_datetime(["1998-06-30"])})
    >>> last_year_window(one)
    (datetime.date(1997, 7, 1), datetime.date(1998, 6, 30))
    """
    last = ledger_of(sales).last_day()
    if last is None:
        return None
    return (pd.Timestamp(last) - pd.DateOffset(years=1)).date() + timedelta(days=1), last


def last_year_revenue(sales: Sales) -> float:
    """Return the revenue of the last twelve months of the data, returns taken off.

    Parameters
    ----------
    sales
        A ledger, or canonical ``transactions``.

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
    ledger = ledger_of(sales)
    window = last_year_window(ledger)
    return 0.0 if window is None else float(ledger.money_in(window).revenue)


def margin_per_customer(sales: Sales, window: Window) -> float | None:
    """Return the yearly margin per customer who bought in a window.

    Parameters
    ----------
    sales
        A ledger, or canonical ``transactions``; ``margin`` is money per row.
    window
        First and last day, both inside. A window of another length than a year is scaled to twelve months.

    Returns
    -------
    float or None
        In money per customer and year, the margin of returns taken off; None without a ``margin`` column, without a
        margin in the window, or without customers.

    Examples
    --------
    >>> from datetime import date
    >>> lines = pd.DataFrame({"customer_id": ["a", "b"], "amount": [10.0, 20.0], "margin": [3.0, 5.0],
    ...                       "ordered_on": pd.to_datetime(["2025-01-01", "2025-02-02"])})
    >>> margin_per_customer(lines, (date(2025, 1, 1), date(2025, 12, 31)))
    4.0
    """
    ledger = ledger_of(sales)
    buyers, margin = ledger.customers_in(window), ledger.money_in(window).margin
    if margin is None or not buyers:
        return None
    months = months_between(window[0], window[1] + timedelta(days=1))
    return float(margin) / buyers * MONTHS_PER_YEAR / months


def cohort_retention(sales: Sales, level: float = LEVEL) -> pd.DataFrame:
    """Estimate, for each month's new customers, the share that ordered again in each later month.

    Parameters
    ----------
    sales
        A ledger, or canonical ``transactions``.
    level
        Confidence level of Wilson's intervals.

    Returns
    -------
    DataFrame
        cohort (first day of the month of the first order), age (whole months since, from 1), customers (the cohort's),
        kept, and the share with its limits: share, low, high. Months in which nobody ordered have a share of 0; months
        after the last of the data are not there.

    Examples
    --------
    >>> lines = pd.DataFrame({"customer_id": ["a", "b", "a"], "amount": [10.0, 20.0, 30.0],
    ...                       "ordered_on": pd.to_datetime(["2025-01-01", "2025-01-03", "2025-02-05"])})
    >>> cohort_retention(lines)[["age", "customers", "kept", "share"]].values.tolist()
    [[1.0, 2.0, 1.0, 0.5]]
    """
    found = ledger_of(sales).cohorts()
    if not found:
        return pd.DataFrame(columns=["cohort", "age", "customers", "kept", "share", "low", "high"])
    counts = {(pd.Period(cohort, "M"), age): kept for cohort, age, kept in found}
    last = max(cohort + age for cohort, age in counts)
    rows = []
    for cohort, size in [(cohort, kept) for (cohort, age), kept in counts.items() if age == 0]:
        for age in range(1, 1 + (last - cohort).n):
            kept = counts.get((cohort, age), 0)
            one = share_of(kept, size, level=level)
            rows.append((cohort.to_timestamp(), age, size, kept, one.value, one.low, one.high))
    return pd.DataFrame(rows, columns=["cohort", "age", "customers", "kept", "share", "low", "high"])
