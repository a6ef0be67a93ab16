"""A large file's columns are judged as a held file's: money, decimal marks and dates, and identifiers that are personal data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from large_support import COLUMNS, HEADER, ROWS, outcome, same, text

from kohtaamo_utils.intake.large import beginning, chunks

if TYPE_CHECKING:
    from pathlib import Path

EAN = "6410405082657"


@pytest.mark.parametrize("sign", ["", "-"])
@pytest.mark.parametrize("column", ["Summa", "Kate"])
@pytest.mark.parametrize("doubt", [False, True])
def test_more_money_than_a_line_can_be_of(tmp_path: Path, column: str, sign: str, doubt: bool) -> None:
    """A bar code that is read as money is a problem of its row and column, however the file is read, the most that may be is none."""
    place = HEADER.index(column)
    odd = [
        (*ROWS[0][:place], value, *ROWS[0][place + 1 :])
        for value in (f"{sign}{EAN}", f"{sign}100000000000", f"{sign}100000000000.01")
    ]
    rows = [*ROWS, *odd, *([("1", "C1", "2024-01-05", "1 000", "", "")] if doubt else [])]
    found = same(tmp_path, text(rows))
    assert [(kind, row, name, value) for kind, row, name, value, _ in found] == [  # type: ignore[misc]
        ("too_large", len(ROWS) + 2, column, f"{sign}{EAN}"),
        ("too_large", len(ROWS) + 4, column, f"{sign}100000000000.01"),
    ]


@pytest.mark.parametrize("column", ["Summa", "Kate"])
@pytest.mark.parametrize("doubt", [False, True])
def test_lines_of_one_order_that_sum_up_to_too_much(tmp_path: Path, column: str, doubt: bool) -> None:
    """An order of more money than is counted is a problem that tells its day; no figure is left out in silence."""
    place = HEADER.index(column)
    line = (*ROWS[0][:place], "90000000000", *ROWS[0][place + 1 :])
    rows = [("1", "C9", "2024-01-05", "1 000" if doubt else "1000", "", ""), *ROWS[2:], *[line] * 12]
    ((kind, row, _, _, message),) = same(tmp_path, text(rows))  # type: ignore[misc]
    assert (kind, row) == ("too_large", 0)
    assert message == "The lines of an order of 2024-01-05 sum up to more money than is counted."


def test_orders_of_two_files_that_sum_up_to_too_much(tmp_path: Path) -> None:
    """An order whose lines lie in several files is summed over all of them, and too much is told whichever way they are read."""
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(text([("1001", "C1", "2024-01-05", "90000000000", "", name)] * 7))
    source = {"file": ["a.csv", "b.csv"], "columns": COLUMNS}
    held, large = outcome(tmp_path, source, large=False), outcome(tmp_path, source, large=True)
    assert held == large
    assert [(kind, message) for kind, _, _, _, message in held] == [  # type: ignore[misc]
        ("too_large", "The lines of an order of 2024-01-05 sum up to more money than is counted.")
    ]


EITHER = [(*row[:3], f"{place}0,50", f"1.{place}00", row[5]) for place, row in enumerate(ROWS, start=1)]
CUSTOMERLESS = ("1009", "", "2024-03-02", "9,5", "1.5", "")
NUMBER_RULE = {"exclude": [{"column": "Kate", "at_least": 1150}]}


@pytest.mark.parametrize(
    ("rows", "source"),
    [
        (EITHER, {}),
        ([*EITHER, ("1009", "C9", "2024-03-02", "9,5", "1.5", "")], {}),
        ([*EITHER, CUSTOMERLESS], {}),
        ([*EITHER, CUSTOMERLESS], {"columns": {**COLUMNS, "margin": {"product": ["Kate", 2]}}}),
        (EITHER, {"columns": {**COLUMNS, "margin": {"product": ["Kate", "Summa"]}}}),
        (EITHER, NUMBER_RULE),
        ([*EITHER, CUSTOMERLESS], NUMBER_RULE),
        ([*EITHER, ("1009", "C9", "2024-03-02", "9,5", "2.500,5", "")], NUMBER_RULE),
        (EITHER, {"exclude": [{"column": "Nimi", "equals": "vesi"}], "missing": {"margin": ["1.100"]}}),
        (
            [*EITHER, ("1009", "C9", "2024-03-02", "9,5", "1.5", "pois")],
            {"exclude": [{"column": "Nimi", "equals": "pois"}]},
        ),
        (
            [*EITHER, ("1009", "C9", "2024-03-02", "9,5", "2.500,5", "")],
            {
                "columns": {**COLUMNS, "margin": "Kate"},
                "exclude": [{"column": "Kate", "at_least": 2000}, {"column": "Summa", "at_most": 40}],
            },
        ),
        ([(*row[:2], "4/7/2024", *row[3:]) for row in EITHER], {}),
        ([(*row[:2], f"{place} Jan 2024", *row[3:]) for place, row in enumerate(ROWS, start=1)], {}),
        ([(*row[:2], f"{place}/1/24 9:30", *row[3:]) for place, row in enumerate(ROWS, start=11)], {}),
    ],
)
def test_each_column_is_decided_by_its_own_rows(
    tmp_path: Path, rows: list[tuple[str, ...]], source: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A decimal mark, and an order of dates, is decided by the cells of its own column that are used, and refused by them."""
    monkeypatch.setattr(chunks, "SIZE", 2)
    same(tmp_path, text(rows, ";"), **source)


@pytest.mark.parametrize(
    "identifier", ["Aino@esimerkki.fi", "aino@host.n2", "131052-308T", "010190-9090", "10.0.0.12", "+358401234567"]
)
@pytest.mark.parametrize("column", ["Asiakas", "Tilaus"])
def test_a_personal_identifier_far_behind_the_beginning_is_a_pseudonym(
    tmp_path: Path, column: str, identifier: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One address among plain codes becomes a pseudonym in a large file too, whether case and blanks differ or not."""
    monkeypatch.setattr(beginning, "LENGTH", 200)
    monkeypatch.setattr(chunks, "SIZE", 3)
    place = HEADER.index(column)
    odd = [
        (*row[:place], spelt, *row[place + 1 :])
        for row, spelt in zip(ROWS, (identifier, identifier.upper()), strict=False)
    ]
    _, counts = same(tmp_path, text([*ROWS, *ROWS, *odd]))
    assert sum(count for (_, kind, *_), count in counts.items() if kind == "pseudonymised") == 2  # type: ignore[attr-defined]


@pytest.mark.parametrize("heading", ["E-mail", "Asiakkaan nimi", "Puhelin", "Name", "Hetu"])
def test_a_heading_makes_all_its_identifiers_pseudonyms(tmp_path: Path, heading: str) -> None:
    """Where the heading says that a column names people, each cell is replaced, case apart, in a large file too."""
    rows = [(*row[:1], row[1].lower() if place % 2 else row[1], *row[2:]) for place, row in enumerate(ROWS)]
    header = (HEADER[0], heading, *HEADER[2:])
    _, counts = same(tmp_path, text(rows, header=header), columns={**COLUMNS, "customer_id": heading})
    assert sum(count for (_, kind, *_), count in counts.items() if kind == "pseudonymised") == 7  # type: ignore[attr-defined]


def test_the_same_customer_in_a_large_and_a_small_file(tmp_path: Path) -> None:
    """A customer that is an e-mail address is one customer, in whichever size of file it buys."""
    (tmp_path / "a.csv").write_text(text([(f"{n}", "Aino@esimerkki.fi", "2024-01-05", "1", "", "") for n in range(9)]))
    (tmp_path / "b.csv").write_text(text([("99", "aino@esimerkki.fi", "2025-01-05", "1", "", "")]))
    source = {"file": ["a.csv", "b.csv"], "columns": COLUMNS}
    held = outcome(tmp_path, source, large=False)
    assert outcome(tmp_path, source, large=200) == held
    totals = held[0][0]  # type: ignore[index]
    assert (totals.customers, totals.orders) == (1, 10)
