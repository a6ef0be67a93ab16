"""Orders out of order lines."""

from __future__ import annotations

import pandas as pd
import pytest

from kohtaamo_utils.measures.orders import orders, purchases


def lines(*rows: tuple[object, ...], columns: str = "customer_id order_id ordered_on amount") -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=columns.split())
    return frame.assign(ordered_on=pd.to_datetime(frame["ordered_on"], format="ISO8601"))


def test_lines_of_one_order_are_summed_even_over_days() -> None:
    """An order is a customer's order_id; its date is that of its first line."""
    found = orders(lines(("a", 1, "2025-01-02", 5.0), ("a", 1, "2025-01-01", 10.0)))
    assert found[["amount", "lines"]].to_numpy().tolist() == [[15.0, 2]]
    assert found["ordered_on"].tolist() == [pd.Timestamp("2025-01-01")]


def test_an_order_number_is_the_customers_own() -> None:
    """Two customers with one order_id have an order each."""
    assert len(orders(lines(("a", 1, "2025-01-01", 5.0), ("b", 1, "2025-01-01", 5.0)))) == 2


def test_without_order_numbers_a_customers_day_is_an_order() -> None:
    """Rows of one day belong together, whatever their hour."""
    found = orders(
        lines(
            ("a", "2025-01-01 09:00", 5.0),
            ("a", "2025-01-01 18:00", 6.0),
            ("a", "2025-01-02", 7.0),
            columns="customer_id ordered_on amount",
        )
    )
    assert found["amount"].tolist() == [11.0, 7.0]


def test_rows_without_an_order_number_fall_back_on_the_day() -> None:
    """Where only some rows have an order_id, the others of a day are one order beside them."""
    found = orders(lines(("a", 1, "2025-01-01", 5.0), ("a", None, "2025-01-01", 6.0), ("a", None, "2025-01-01", 1.0)))
    assert sorted(found["amount"]) == [5.0, 7.0]


def test_rows_without_a_customer_are_left_out() -> None:
    """Money of nobody is not an order."""
    assert orders(lines((None, 1, "2025-01-01", 5.0))).empty


def test_a_negative_sum_is_a_return() -> None:
    """A cancelled line inside an order lowers it; a negative sum is no order."""
    table = lines(("a", 1, "2025-01-01", 10.0), ("a", 1, "2025-01-01", -4.0), ("a", 2, "2025-01-05", -6.0))
    assert orders(table)["amount"].tolist() == [6.0]
    assert purchases(table)["is_return"].tolist() == [False, True]


def test_a_zero_sum_is_an_order() -> None:
    """An order that was paid with a voucher, or cancelled within itself, counts, rounding hairs or not."""
    found = orders(lines(("a", 1, "2025-01-01", 0.0), ("b", 2, "2025-01-01", 0.1 + 0.2), ("b", 2, "2025-01-01", -0.3)))
    assert len(found) == 2
    hair = orders(lines(("a", 1, "2025-01-01", 0.3), ("a", 1, "2025-01-01", -(0.1 + 0.2))))
    assert hair["amount"].tolist() == [0.0]


def test_repeated_lines_are_kept() -> None:
    """Two equal lines are two items, never a duplicate."""
    assert orders(lines(("a", 1, "2025-01-01", 5.0), ("a", 1, "2025-01-01", 5.0)))["amount"].tolist() == [10.0]


def test_margin_unit_and_segment_come_along() -> None:
    """Margins are summed; the unit is the first line's."""
    table = lines(("a", 1, "2025-01-01", 5.0), ("a", 1, "2025-01-01", 6.0)).assign(
        margin=[1.0, 2.0], unit=["Oulu", "Oulu"]
    )
    found = orders(table)
    assert (found["margin"].tolist(), found["unit"].tolist()) == ([3.0], ["Oulu"])


@pytest.mark.parametrize("kind", ["str", "int64", "category"])
def test_identities_may_be_of_any_type(kind: str) -> None:
    """Customers as words, numbers or categories give the same orders."""
    table = lines(("1", 1, "2025-01-01", 5.0), ("2", 2, "2025-01-01", 6.0))
    found = orders(table.assign(customer_id=table["customer_id"].astype(kind)))
    assert found["amount"].tolist() == [5.0, 6.0]


def test_no_rows_give_no_orders() -> None:
    """An empty log has the columns and no rows."""
    found = orders(lines(("a", 1, "2025-01-01", 5.0)).iloc[:0])
    assert len(found) == 0
    assert {"customer_id", "order_id", "ordered_on", "amount", "lines"} <= set(found.columns)
