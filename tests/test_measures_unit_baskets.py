"""Mean baskets by unit, of order lines that are held."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from scipy import stats

from kohtaamo_utils.errors import DataError
from kohtaamo_utils.measures.unit_baskets import unit_baskets

YEAR = (date(2025, 1, 1), date(2025, 12, 31))


def lines(*rows: tuple[str, object, str, float, object]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=["customer_id", "order_id", "ordered_on", "amount", "unit"])
    return frame.assign(ordered_on=pd.to_datetime(frame["ordered_on"]))


def test_a_unit_s_basket_is_the_mean_of_its_orders() -> None:
    """Lines are summed to orders first; value and limits are those of scipy's t interval over the orders' sums."""
    found = unit_baskets(
        lines(
            ("a", 1, "2025-01-01", 10.0, "Turku"), ("a", 1, "2025-01-01", 5.5, "Turku"), ("a", 2, "2025-02-01", 0.0, "Turku"),
            ("b", 3, "2025-12-31", 20.25, "Turku"), ("b", 4, "2026-01-01", 99.0, "Turku"), ("b", 5, "2025-03-01", -7.0, "Turku"),
            ("c", 6, "2025-03-01", 8.0, "Espoo"),
        ),
        YEAR,
    )  # fmt: skip
    assert found is not None
    orders = [15.5, 0.0, 20.25]
    low, high = stats.t.interval(0.95, 2, sum(orders) / 3, stats.sem(orders))
    turku = found.baskets["Turku"]
    assert (turku.value, turku.low, turku.high) == pytest.approx((35.75 / 3, low, high), rel=1e-12)
    assert (turku.n, turku.unit, turku.method) == (3, "money", "t")
    espoo = found.baskets["Espoo"]
    assert (espoo.value, espoo.low, espoo.n) == (8.0, None, 1)
    assert dict(found.customers) == {"Espoo": 1, "Turku": 2}


def test_large_amounts_that_are_alike_keep_their_spread() -> None:
    """Sums are exact: orders of hundreds of millions that differ by cents have the interval of the cents."""
    amounts = [300_000_000.01, 300_000_000.02, 300_000_000.03]
    found = unit_baskets(
        lines(*(("a", place, "2025-01-01", amount, "Turku") for place, amount in enumerate(amounts))), YEAR
    )
    assert found is not None
    turku = found.baskets["Turku"]
    assert turku.high is not None
    assert turku.low is not None
    assert turku.high - turku.low == pytest.approx(2 * stats.t.ppf(0.975, 2) * 0.01 / 3**0.5, rel=1e-4)


def test_orders_of_two_units_and_of_none_are_counted_apart() -> None:
    """Two names make an order nobody's; a line without a name takes nothing from its order."""
    found = unit_baskets(
        lines(
            ("a", 1, "2025-01-01", 10.0, "Turku"), ("a", 1, "2025-01-01", 5.0, "Espoo"),
            ("a", 2, "2025-01-01", 10.0, "Turku"), ("a", 2, "2025-01-01", 5.0, None),
            ("a", 3, "2025-01-01", 4.0, None),
        ),
        YEAR,
    )  # fmt: skip
    assert found is not None
    assert {unit: basket.value for unit, basket in found.baskets.items()} == {"Turku": 15.0}
    assert (found.several, found.nowhere) == (1, 1)


def test_sales_without_units_have_no_baskets_by_unit() -> None:
    """Where no column says units there is nothing; where it names none, there is no unit."""
    named = lines(("a", 1, "2025-01-01", 10.0, None))
    assert unit_baskets(named.drop(columns="unit"), YEAR) is None
    found = unit_baskets(named.astype({"unit": "str"}), YEAR)
    assert found is not None
    assert (dict(found.baskets), found.nowhere) == ({}, 1)


def test_a_window_is_from_its_first_day_to_its_last() -> None:
    """As of every question to a ledger, a window that ends before it starts is refused."""
    with pytest.raises(DataError, match="A window from 2025-12-31 to 2025-01-01 came"):
        unit_baskets(lines(("a", 1, "2025-01-01", 10.0, "Turku")), (YEAR[1], YEAR[0]))
