"""Baskets, frequency, retention and revenue."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from kohtaamo_utils.errors import DataError
from kohtaamo_utils.measures.proportions import wilson
from kohtaamo_utils.measures.transactions import (
    annual_rate,
    basket,
    cohort_retention,
    customers_in,
    last_year_revenue,
    last_year_window,
    margin_per_customer,
    months_between,
    retention,
)

if TYPE_CHECKING:
    from pathlib import Path

Y2023, Y2024 = (date(2023, 1, 1), date(2023, 12, 31)), (date(2024, 1, 1), date(2024, 12, 31))


def log(*rows: tuple[str, str, float]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=["customer_id", "ordered_on", "amount"])
    return frame.assign(ordered_on=pd.to_datetime(frame["ordered_on"], format="ISO8601"))


@pytest.fixture
def two_years() -> pd.DataFrame:
    return log(
        ("a", "2023-01-01", 10.0),
        ("b", "2023-12-31 23:59", 20.0),
        ("c", "2023-06-01", 30.0),
        ("d", "2024-01-01", 40.0),
        ("a", "2024-12-31 12:00", 50.0),
        ("b", "2024-05-05", -20.0),
    )


def test_windows_hold_both_their_ends(two_years: pd.DataFrame) -> None:
    """Buying on the first day, or late on the last, is inside."""
    found = retention(two_years, Y2023, Y2024)
    assert (found.value, found.n) == (pytest.approx(1 / 3), 3)
    assert (found.low, found.high) == pytest.approx(wilson(1, 3))


def test_a_return_is_no_purchase(two_years: pd.DataFrame) -> None:
    """B only brought something back in 2024, and so did not stay."""
    assert customers_in(two_years, Y2024) == 2


def test_a_baseline_without_customers_has_no_retention(two_years: pd.DataFrame) -> None:
    """Nobody to stay means no rate, not a rate of zero."""
    found = retention(two_years, (date(2020, 1, 1), date(2020, 12, 31)), Y2024)
    assert (found.value, found.n) == (None, 0)


def test_a_window_that_ends_before_it_starts_is_refused(two_years: pd.DataFrame) -> None:
    """The settings' start and end must come in their order."""
    with pytest.raises(DataError, match="A window from 2024-12-31 to 2024-01-01 came"):
        customers_in(two_years, (date(2024, 12, 31), date(2024, 1, 1)))


def test_returns_lower_revenue_and_not_the_basket(two_years: pd.DataFrame) -> None:
    """Five orders of 150 in all, less a return of 20."""
    found = basket(two_years)
    assert (found.customers, found.orders, found.revenue) == (4, 5, 130.0)
    assert (found.orders_per_customer, found.basket_size.value, found.basket_size.unit) == (1.25, 30.0, "money")
    assert (found.repeat_rate.value, found.repeat_rate.n) == (0.25, 4)


def test_who_only_returned_is_no_customer() -> None:
    """A customer has at least one order; the money of the return still counts."""
    found = basket(log(("a", "2025-01-01", 10.0), ("b", "2025-01-01", -4.0)))
    assert (found.customers, found.orders, found.revenue) == (1, 1, 6.0)


def test_an_empty_log_has_no_figures() -> None:
    """Without rows the counts are zero and the estimates unknown."""
    empty = log(("a", "2025-01-01", 10.0)).iloc[:0]
    found = basket(empty)
    assert (found.customers, found.orders_per_customer, found.basket_size.value) == (0, None, None)
    assert (last_year_revenue(empty), last_year_window(empty)) == (0.0, None)


@pytest.mark.parametrize(
    ("last", "first"),
    [("1998-06-30", date(1997, 7, 1)), ("2024-02-29", date(2023, 3, 1)), ("2025-02-28 18:00", date(2024, 2, 29))],
)
def test_the_last_year_ends_with_the_last_row(last: str, first: date) -> None:
    """Twelve months back to the day, leap years too."""
    window = last_year_window(log(("a", last, 1.0), ("a", "1990-01-01", 1.0)))
    assert window == (first, pd.Timestamp(last).date())


def test_last_years_revenue_is_net_of_returns(two_years: pd.DataFrame) -> None:
    """2024's orders of 90 less the return of 20."""
    assert last_year_revenue(two_years) == 70.0


@pytest.mark.parametrize(
    ("d1", "d2", "months"),
    [
        (date(2023, 1, 1), date(2024, 1, 1), 12.0),
        (date(2023, 1, 1), date(2023, 7, 1), 6.0),
        (date(2024, 2, 29), date(2024, 3, 29), 1.0),
        (date(2024, 1, 1), date(2023, 1, 1), -12.0),
    ],
)
def test_months_between_starts_are_whole(d1: date, d2: date, months: float) -> None:
    """From a day to the same day of another month there is a whole number of months."""
    assert months_between(d1, d2) == months


def test_a_rate_becomes_yearly() -> None:
    """Half left over half a year is a quarter left over a year; a year's rate stays as it is."""
    assert (annual_rate(0.5, 6), annual_rate(0.8, 12)) == (0.25, pytest.approx(0.8))


def test_a_rate_over_no_time_is_refused() -> None:
    """A follow-up that starts with its baseline has no yearly rate."""
    with pytest.raises(DataError, match="The follow-up window must start after the baseline"):
        annual_rate(0.5, 0)


def test_margin_is_per_customer_and_year(two_years: pd.DataFrame) -> None:
    """Half a year's margin of 30 from 2 customers is 30 a year each."""
    table = two_years.assign(margin=[10.0, 0.0, 20.0, 0.0, 0.0, 0.0])
    half = (date(2023, 1, 1), date(2023, 6, 30))
    assert margin_per_customer(table, half) == pytest.approx(30.0)
    assert margin_per_customer(table, Y2023) == pytest.approx(10.0)


def test_without_margins_there_is_no_margin(two_years: pd.DataFrame) -> None:
    """A missing or empty column, or a window without customers, gives None and not zero."""
    assert margin_per_customer(two_years, Y2023) is None
    assert margin_per_customer(two_years.assign(margin=float("nan")), Y2023) is None
    assert margin_per_customer(two_years.assign(margin=1.0), (date(2020, 1, 1), date(2020, 2, 1))) is None


@pytest.fixture(scope="module")
def cdnow(shared_data: Path) -> tuple[pd.DataFrame, dict[str, Any]]:
    folder = shared_data / "cdnow"
    table = pd.read_csv(folder / "CDNOW_master.txt", sep=r"\s+", dtype={"customer_id": str})
    table = table.rename(columns={"date": "ordered_on", "dollar_value": "amount"})
    table["ordered_on"] = pd.to_datetime(table["ordered_on"].astype(str), format="%Y%m%d")
    return table, json.loads((folder / "expected.json").read_text())


def assert_figures(table: pd.DataFrame, expected: dict[str, Any]) -> None:
    found = basket(table)
    assert (found.customers, found.orders) == (expected["customers"], expected["orders"])
    assert found.revenue == pytest.approx(expected["revenue"], abs=0.005)
    assert found.basket_size.value == pytest.approx(expected["aov_mean"], abs=1e-6)
    assert found.orders_per_customer == pytest.approx(expected["orders_per_customer_mean"], abs=1e-6)
    assert found.repeat_rate.value == pytest.approx(expected["repeat_rate"], abs=1e-6)


def test_cdnow_by_customer_and_day(cdnow: tuple[pd.DataFrame, dict[str, Any]]) -> None:
    """Without order ids: 67 591 orders of 23 570 customers, 48.86 % of whom came back."""
    assert_figures(cdnow[0], cdnow[1]["A_customer_day"])


def test_cdnow_by_row(cdnow: tuple[pd.DataFrame, dict[str, Any]]) -> None:
    """With an id on each row: 69 659 orders, 49.48 % of customers with two or more."""
    assert_figures(cdnow[0].assign(order_id=range(len(cdnow[0]))), cdnow[1]["B_rows"])


def test_cdnow_cohort_and_month_retention(cdnow: tuple[pd.DataFrame, dict[str, Any]]) -> None:
    """Of January 1997's buyers 14.7464 % bought in February, and the last year sums its twelve months."""
    table, expected = cdnow[0], cdnow[1]["A_customer_day"]
    found = retention(table, (date(1997, 1, 1), date(1997, 1, 31)), (date(1997, 2, 1), date(1997, 2, 28)))
    assert found.value == pytest.approx(expected["month_to_month_retention"]["1997-02"], abs=1e-6)
    kept = cohort_retention(table).set_index(["cohort", "age"]).loc[(pd.Timestamp("1997-01-01"), 1)]
    assert (kept["customers"], kept["share"]) == (7846, pytest.approx(found.value))
    months = [figures["revenue"] for month, figures in expected["monthly"].items() if month >= "1997-07"]
    assert last_year_revenue(table) == pytest.approx(sum(months), abs=0.005)


@pytest.fixture(scope="module")
def nordic(shared_data: Path) -> tuple[pd.DataFrame, dict[str, Any]]:
    folder = shared_data / "online_retail_nordic"
    table = pd.read_csv(folder / "online_retail_nordic.csv", dtype={"InvoiceNo": str, "CustomerID": str})
    table = table.rename(columns={"CustomerID": "customer_id", "InvoiceNo": "order_id", "Country": "segment"})
    table = table.assign(ordered_on=pd.to_datetime(table["InvoiceDate"]), amount=table["Quantity"] * table["UnitPrice"])
    return table, json.loads((folder / "expected.json").read_text())


def sales_of(table: pd.DataFrame) -> pd.DataFrame:
    return table[~table["order_id"].str.startswith("C") & (table["Quantity"] > 0) & (table["UnitPrice"] > 0)]


def test_nordic_sales_by_invoice(nordic: tuple[pd.DataFrame, dict[str, Any]]) -> None:
    """With cancellations excluded: 131 orders of 39 customers, 116 045.19 in all, repeated lines kept."""
    sales = sales_of(nordic[0])
    assert_figures(sales, nordic[1]["sales"])
    assert str(sales["ordered_on"].min()) == nordic[1]["sales"]["first"]


@pytest.mark.parametrize("country", ["Denmark", "Finland", "Norway", "Sweden"])
def test_nordic_sales_by_country(nordic: tuple[pd.DataFrame, dict[str, Any]], country: str) -> None:
    """Each country's orders and baskets."""
    sales, expected = sales_of(nordic[0]), nordic[1]["by_country"][country]
    found = basket(sales[sales["segment"] == country])
    assert (found.customers, found.orders) == (expected["customers"], expected["orders"])
    assert found.basket_size.value == pytest.approx(expected["aov"], abs=1e-6)


def test_nordic_cancellations_are_returns(nordic: tuple[pd.DataFrame, dict[str, Any]]) -> None:
    """With nothing excluded the 24 cancelled invoices are no orders, and revenue is 112 854.25 net of them."""
    found = basket(nordic[0])
    assert found.revenue == pytest.approx(nordic[1]["raw"]["net_revenue_all_rows"], abs=0.005)
    assert (found.customers, found.orders) == (
        nordic[1]["sales"]["customers"],
        nordic[1]["raw"]["invoices_distinct"] - 24,
    )
