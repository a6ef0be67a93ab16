"""Order lines whose amount is the order's total, which would be counted more than once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from large_support import COLUMNS, outcome, same, text

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = {name: label for name, label in COLUMNS.items() if name != "margin"}


def lines(orders: list[list[float]]) -> str:
    """Return orders of these amounts; a last one of a line of its own ends the file."""
    rows = [
        (str(1000 + order), f"C{order % 9}", f"2024-01-{order % 28 + 1:02d}", f"{amount:.2f}", "", "a")
        for order, amounts in enumerate([*orders, [1]])
        for amount in amounts
    ]
    return text(rows)


def with_total(order: int) -> list[float]:
    own = [round(1.1 * order + place, 2) for place in range(1, order % 3 + 3)]
    return [round(sum(own), 2), *own]


REPEATED: list[list[float]] = [[10.5 + order] * (order % 3 + 1) for order in range(24)]
TOTALS = [with_total(order) for order in range(12)]


@pytest.mark.parametrize(
    ("orders", "words"),
    [
        (REPEATED, "the same on all rows of nearly every order"),
        (TOTALS, "a row whose amount is the sum of its other rows"),
        ([[order + 1.0, order + 1.0] if order % 2 else with_total(order) for order in range(24)], "the sum of its other rows"),
    ],
)  # fmt: skip
def test_totals_among_order_lines_are_refused(tmp_path: Path, orders: list[list[float]], words: str) -> None:
    """A total on each line, or on a row of its own, is a problem in a file of any size; a product with 1 takes the amounts as they are."""
    ((kind, _, column, _, message),) = same(tmp_path, lines(orders), columns=PLAIN)  # type: ignore[misc]
    assert (kind, column) == ("order_totals", "Summa")
    assert words in message
    ledger, _ = outcome(
        tmp_path, {"file": "a.csv", "columns": {**PLAIN, "amount": {"product": ["Summa", 1]}}}, large=False
    )
    assert float(ledger[0].revenue) == pytest.approx(sum(map(sum, orders)) + 1)  # type: ignore[index]


@pytest.mark.parametrize(
    "orders",
    [
        [[9.9] * (order % 3 + 1) for order in range(24)],  # everything has one price
        REPEATED[:12],  # too few orders of several lines
        [amounts[1:] for amounts in TOTALS],
        [*REPEATED, *([order + 1.0, order + 2.0] for order in range(8))],
        [[order + 5.0, -order - 5.0] for order in range(24)],  # bought and brought back
    ],
)
def test_plain_order_lines_are_taken(tmp_path: Path, orders: list[list[float]]) -> None:
    """Lines that cost the same by chance, that are few, that differ, or that take each other back are order lines."""
    ledger, _ = same(tmp_path, lines(orders), columns=PLAIN)
    assert float(ledger[0].revenue) == pytest.approx(sum(map(sum, orders)) + 1)  # type: ignore[index]


def test_lines_without_an_order_s_number_by_the_settings_have_no_total(tmp_path: Path) -> None:
    """A number of orders that the settings declare to be none tells no order in a file of any size, and its amounts are lines."""
    rows = [
        ("0", f"C{order}", f"2024-01-{order + 1:02d}", f"{amount}", "", "a")
        for order, amounts in enumerate(REPEATED)
        for amount in amounts
    ]
    ledger, _ = same(tmp_path, text(rows), columns=PLAIN, missing={"order_id": [0]})
    assert float(ledger[0].revenue) == sum(map(sum, REPEATED))  # type: ignore[index]
