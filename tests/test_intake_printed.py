"""Lists as SAP prints them: upright lines between cells, lines of dashes, page heads, minus signs behind numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from intake_support import dataset, problems
from large_support import same
from map_files import proposed, sources

if TYPE_CHECKING:
    from pathlib import Path

TITLE = "21.11.2025                Dynamic List Display                 {page}\n"
RULE = "-" * 50 + "\n"
HEAD = "|  Asiakas |Pvm       |      Summa |Tuote       |\n"
ROWS = (
    "|  10001   |21.11.2025|   1.234,50 |kahvi       |\n",
    "|  10002   |22.11.2025|      12,50-|pulla       |\n",
    "|  10003   |23.11.2025|       2,00 |mehu        |\n",
)
SUMS = "|*         |          |   1.224,00 |            |\n"
COLUMNS = {"customer_id": "Asiakas", "ordered_on": "Pvm", "amount": "Summa"}


def page(number: int, *rows: str) -> str:
    """Return a page of the list."""
    return TITLE.format(page=number) + RULE + HEAD + RULE + "".join(rows) + RULE


def test_a_printed_list_is_a_table(tmp_path: Path) -> None:
    """Cells lose their blanks, page heads and rows of sums are passed over and counted, and a large file is read as a small one."""
    text = page(1, *ROWS[:2]) + page(2, ROWS[2], SUMS)
    ledger, counts = same(tmp_path, text, columns=COLUMNS)
    assert "revenue=Decimal('1224.000000')" in str(ledger)
    found = {key[2]: count for key, count in counts.items() if key[2] in {"ruled", "page_header", "sums", "rows_out"}}  # type: ignore[attr-defined]
    assert found == {"ruled": 1, "page_header": 1, "sums": 1, "rows_out": 3}


def test_rows_of_a_printed_list_are_counted_as_lines(tmp_path: Path) -> None:
    """A problem names the line of the file; an upright line within a cell is none where all others stand under the header's."""
    text = page(1, *ROWS[:2]) + page(2, "|  10004   |x         |       2,00 |a|b         |\n")
    (problem,) = problems(tmp_path, text, "transactions", columns=COLUMNS)
    assert (problem.row, problem.column, problem.value) == (12, "Pvm", "x")


@pytest.mark.parametrize(
    "text",
    [
        page(1, *ROWS) + "Yhteensä 1.224,00\n",
        page(1, *ROWS, "| 10005 |1.1.2025| 5,00 |a | b | c|\n"),
        page(1, *ROWS[:1], "Asiakas 10002 puuttuu\n", *ROWS[1:]),
    ],
    ids=["a line below", "a row of other cells", "a line between"],
)
def test_a_list_whose_shape_is_not_certain_is_not_read(tmp_path: Path, text: str) -> None:
    """Where a line is neither a row nor a rule nor a page's head, the file is not taken for a list."""
    assert problems(tmp_path, text, "transactions", columns=COLUMNS)


def test_a_printed_list_is_proposed(tmp_path: Path) -> None:
    """`kohtaamo map` reads the list as `check` does; its small tables (|---|---|) are read too."""
    found = sources(proposed(tmp_path, {"myynti.txt": page(1, *ROWS)}))["transactions"]["columns"]
    assert found == COLUMNS
    table = "| month | measure | value |\n|---|---|---:|\n| 2025-01 | odotus | 5 |\n| 2025-02 | odotus | 7 |\n"
    assert dataset(tmp_path, table, "operations").tables["operations"]["value"].tolist() == [5, 7]
