"""Orders whose customer stands on some of their lines only: used for all of them, in files of any size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest
from intake_support import dataset
from large_support import COLUMNS, HEADER, outcome, same, text

from kohtaamo_utils.intake.large import chunks

if TYPE_CHECKING:
    from pathlib import Path

Rows = list[tuple[str, ...]]
FIRST_LINE_ONLY: Rows = [
    ("1001", "C1", "2024-01-05", "10", "2", "a"),
    ("1001", "", "2024-01-05", "20", "3", "b"),
    ("1002", "", "2024-01-06", "5", "1", "a"),
    ("1002", "C2", "2024-01-06", "6", "1", "b"),
    ("1002", "", "2024-01-06", "7", "1", "c"),
    ("1003", "C1", "2024-02-01", "8", "1", "a"),
    ("1004", "", "2024-02-02", "100", "9", "nobody"),
    ("", "", "2024-02-02", "200", "9", "no order"),
]


def told(counts: object) -> dict[str, int]:
    """Return the counts of what is told of lines without a customer."""
    assert isinstance(counts, dict)
    return {key[2]: count for key, count in counts.items() if key[2] in {"order_customer", "no_customer"}}


def test_lines_have_the_customer_of_their_order(tmp_path: Path) -> None:
    """Three lines get their order's customer: 56 euros in three orders of two customers, and two lines have none."""
    ledger, counts = same(tmp_path, text(FIRST_LINE_ONLY))
    assert isinstance(ledger, tuple)
    totals = ledger[0]
    assert (totals.customers, totals.orders, float(totals.revenue)) == (2, 3, 56.0)
    assert told(counts) == {"order_customer": 3, "no_customer": 2}


@pytest.mark.parametrize(
    "others",
    [
        [("1001", "C1", "2024-01-05", "1", "1", "a"), ("1001", "C9", "2024-01-05", "1", "1", "a"), ("1001", "", "2024-01-05", "1", "1", "a")],
        [("1001", "C1", "2024-01-05", "1", "1", "a"), ("1001", "", "2024-01-06", "1", "1", "another day")],
        [("", "C1", "2024-01-05", "1", "1", "a"), ("", "", "2024-01-05", "1", "1", "no number")],
    ],
)  # fmt: skip
def test_an_order_without_one_customer_has_none(others: Rows, tmp_path: Path) -> None:
    """Two customers, another day's order of that number, or no number: the line stays without a customer."""
    _, counts = same(tmp_path, text(others))
    assert told(counts) == {"no_customer": 1}


@pytest.mark.parametrize(
    ("day", "later"),
    [
        ("4 Jul 2024", "4 Aug 2024"),
        ("Ti 2.7.2024 klo 9.30", "Ti 9.7.2024 klo 9.30"),
        ("Jul 4, 2024 9:30 AM", "Jul 11, 2024 9:30 AM"),
    ],
)
def test_an_order_is_of_its_whole_day(day: str, later: str, tmp_path: Path) -> None:
    """However a day is written, an order of that number on another day names nobody's customer, and a time of day parts no order."""
    rows = [
        ("1", "C1", day, "10", "2", "a"),
        ("1", "", later, "20", "3", "b"),
        ("1", "", day.replace("9:30", "8:45").replace("9.30", "8.45"), "5", "1", "c"),
    ]
    _, counts = same(tmp_path, text(rows))
    assert told(counts) == {"order_customer": 1, "no_customer": 1}


def test_tills_that_share_numbers(tmp_path: Path) -> None:
    """Where the file says units, an order is its unit's: a cash sale of another shop is nobody's."""
    rows = [(*row, "Turku") for row in FIRST_LINE_ONLY]
    rows[1] = (*rows[1][:-1], "Espoo")
    header, columns = (*HEADER, "Yksikkö"), {**COLUMNS, "unit": "Yksikkö"}
    ledger, counts = same(tmp_path, text(rows, header=header), columns=columns)
    assert told(counts) == {"order_customer": 2, "no_customer": 3}
    assert isinstance(ledger, tuple)
    assert float(ledger[0].revenue) == 36.0


def test_rules_come_first(tmp_path: Path) -> None:
    """A line that a rule leaves out names no customer for its order, and gets none."""
    rows = [
        *FIRST_LINE_ONLY[:2],
        ("1005", "C5", "2024-03-01", "1", "1", "x"),
        ("1005", "", "2024-03-01", "2", "1", "a"),
    ]
    _, counts = same(tmp_path, text(rows), exclude=[{"column": "Nimi", "equals": "x"}])
    assert told(counts) == {"order_customer": 1, "no_customer": 1}


@pytest.mark.parametrize("numbers", [False, True])
def test_parquet_too(numbers: bool, tmp_path: Path) -> None:
    """In Parquet, with texts or with whole numbers for customers, the figures are those of the file that is held."""
    frame = pd.DataFrame(FIRST_LINE_ONLY, columns=list(HEADER)).replace("", None)
    frame = frame.astype({"Summa": float, "Kate": float}).assign(Pvm=pd.to_datetime(frame["Pvm"]))
    if numbers:
        frame["Asiakas"] = frame["Asiakas"].str.removeprefix("C").astype("Int64")
    frame.to_parquet(tmp_path / "a.parquet")
    source = {"file": "a.parquet", "columns": COLUMNS}
    held, large = (outcome(tmp_path, source, large=size) for size in (False, True))
    assert held[0] == large[0]
    assert told(held[1]) == told(large[1]) == {"order_customer": 3, "no_customer": 2}


def test_a_large_file_read_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where an order lies in several pieces of a large file, its lines have their customer as in one that is held."""
    monkeypatch.setattr(chunks, "SIZE", 2)
    rows = [
        *FIRST_LINE_ONLY,
        ("1001", "", "2024-01-05", "1.5", "1", "far behind"),
        ("1003", "Vieras", "2024-02-01", "3", "1", "b"),
    ]
    missing = {"customer_id": ["Vieras"], "margin": [9]}
    ledger, counts = same(tmp_path, text(rows), missing=missing)
    assert isinstance(ledger, tuple)
    assert float(ledger[0].revenue) == 60.5
    assert told(counts) == {"order_customer": 5, "no_customer": 2}


def test_what_a_filled_line_says_decides_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that has its customer from its order decides how its column's numbers are read, in pieces as well."""
    monkeypatch.setattr(chunks, "SIZE", 2)
    rows = [
        ("1", "C1", "2024-01-05", "1,234", "1", "a"),
        ("2", "C1", "2024-01-06", "2", "1", "a"),
        ("1", "", "2024-01-05", "3,5", "1", "b"),
    ]
    ledger, _ = same(tmp_path, text(rows), missing={"customer_id": ["Vieras"]})
    assert isinstance(ledger, tuple)
    assert float(ledger[0].revenue) == pytest.approx(6.734)


def test_what_is_told(tmp_path: Path) -> None:
    """The import log says how many rows were given a customer, and the rows are used."""
    found = dataset(tmp_path, text(FIRST_LINE_ONLY), "transactions", columns=COLUMNS)
    (entry,) = [entry for entry in found.log.entries if entry.rule == "order_customer"]
    assert entry.detail == "3 rows without a customer have the one that the other rows of their order name"
    assert (found.log.rows_in("transactions"), found.log.rows_out("transactions")) == (8, 6)


SHARED: Rows = [
    ("1", "C1", "2024-01-05", "10", "2", "till A"),
    ("1", "", "2024-01-05", "20", "3", "till B"),
    ("2", "C2", "2024-01-05", "5", "1", "till A"),
    ("2", "C3", "2024-01-05", "6", "1", "till B"),
    ("3", "", "2024-01-05", "7", "1", "till A"),
]


@pytest.mark.parametrize("in_pieces", [False, True])
def test_tills_that_share_numbers_without_units(in_pieces: bool, tmp_path: Path) -> None:
    """Where a number of a day names two customers, tills share numbers: a cash sale is not given to another till's customer."""
    missing = {"missing": {"customer_id": ["Vieras"]}} if in_pieces else {}
    ((kind, *_, message),) = same(tmp_path, text(SHARED), **missing)  # type: ignore[misc]
    assert kind == "shared_numbers"
    assert "the same order number has several customers on one day (1 times)" in message
    rows = [(*row, row[-1]) for row in SHARED]
    header = (*HEADER, "Kassa")
    _, counts = same(tmp_path, text(rows, header=header), columns={**COLUMNS, "unit": "Kassa"}, **missing)
    assert told(counts) == {"no_customer": 2}
    without = {name: label for name, label in COLUMNS.items() if name != "order_id"}
    ledger, counts = same(tmp_path, text(SHARED), columns=without, **missing)
    assert isinstance(ledger, tuple)
    assert (told(counts), ledger[0].orders, float(ledger[0].revenue)) == ({"no_customer": 2}, 3, 21.0)


@pytest.mark.parametrize("in_pieces", [False, True])
def test_a_rare_order_of_two_customers_is_no_shared_number(in_pieces: bool, tmp_path: Path) -> None:
    """One order of two customers among 101 whose first line names theirs stops nothing, and its own third line stays nobody's."""
    rows: Rows = [
        (str(order), customer, "2024-01-05", "1", "1", "a") for order in range(101) for customer in (f"C{order}", "")
    ]
    rows += [("999", customer, "2024-01-05", "1", "1", "a") for customer in ("C1", "C2", "")]
    missing = {"missing": {"customer_id": ["Vieras"]}} if in_pieces else {}
    _, counts = same(tmp_path, text(rows), **missing)
    assert told(counts) == {"order_customer": 101, "no_customer": 1}


def outline(orders: int, *, numbered: bool) -> Rows:
    """Return orders of two lines that name customer and day on the first only, and a line of a cash sale."""
    rows: Rows = []
    for order in range(orders):
        number = str(order) if numbered else ""
        rows += [(number, f"C{order}", "2024-01-05", "1.5", "", "a"), (number, "", "", "2", "", "b")]
    return [*rows, ("", "", "2024-01-06", "5", "", "cash")]


@pytest.mark.parametrize("numbered", [False, True])
def test_rows_that_go_on_from_the_row_above(tmp_path: Path, numbered: bool) -> None:
    """Rows with an amount and neither customer nor day are asked after where there are many, and left out by the rule that is told."""
    columns = {name: label for name, label in COLUMNS.items() if name != "margin"}
    ((kind, _, column, _, message),) = same(tmp_path, text(outline(4, numbered=numbered)), columns=columns)  # type: ignore[misc]
    assert (kind, column) == ("continued_rows", "Asiakas")
    assert message.startswith("4 rows have an amount, but neither customer nor day")
    rule = [{"column": "Asiakas", "empty": True}]
    ledger, _ = same(tmp_path, text(outline(4, numbered=numbered)), columns=columns, exclude=rule)
    assert float(ledger[0].revenue) == 6.0  # type: ignore[index]
    _, counts = same(tmp_path, text(outline(2, numbered=numbered)), columns=columns)
    assert told(counts) == {"no_customer": 3}


def test_cells_without_a_value_by_the_settings_go_on_too(tmp_path: Path) -> None:
    """A word that the settings declare to be no value is as an empty cell where rows go on from the one above, in files of any size."""
    columns = {name: label for name, label in COLUMNS.items() if name != "margin"}
    rows = [
        tuple("ks. yllä" if place in {1, 2} and not cell else cell for place, cell in enumerate(row))
        for row in outline(4, numbered=False)
    ]
    missing = {"customer_id": ["Ks. yllä"], "ordered_on": ["ks. yllä"]}
    ((kind, _, _, _, message),) = same(tmp_path, text(rows), columns=columns, missing=missing)  # type: ignore[misc]
    assert (kind, message.partition(",")[0]) == ("continued_rows", "4 rows have an amount")
