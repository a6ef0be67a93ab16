"""Damage that the fuzz test found to be read wrongly, each in its smallest form."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from intake_support import CUSTOMERS, problems, survey

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("end", ["3;7", "3;10;", "3"])
def test_file_cut_within_a_row(tmp_path: Path, end: str) -> None:
    """A last row that is shorter than all others, and has no line end, is cut off and not read."""
    text = f"id;nps;csat;comment\n1;9;5;\n2;8;4;hyvä\n{end}"
    (problem,) = problems(tmp_path, text, constants=CUSTOMERS)
    assert (problem.kind, problem.row) == ("torn_row", 4)


def test_line_break_within_a_cell(tmp_path: Path) -> None:
    """What follows a line break that no quotation marks protect is no row of its own."""
    text = "id;nps;csat;comment\n1;9;5;\n2;8;4;hyvä\nmutta kallis\n3;7;3;\n"
    (problem,) = problems(tmp_path, text, constants=CUSTOMERS)
    assert (problem.kind, problem.row, problem.value) == ("torn_row", 4, "mutta kallis")


def test_rows_without_their_last_cells_are_whole(tmp_path: Path) -> None:
    """Where rows of several lengths lack trailing cells, the program left out empty ones."""
    text = "id;nps;csat;comment\n1;9;5;\n2;8;4;hyvä\n3;7;3\n4;6\n5;9;5;\n"
    found = survey(tmp_path, text, columns={"comment": "comment"})
    assert found.tables["survey"]["nps"].tolist() == [9, 8, 7, 6, 9]


def test_two_encodings(tmp_path: Path) -> None:
    """One letter of another encoding does not turn every other letter into signs."""
    text = "nps,unit\n9,Myymälä\n8,".encode() + "Jyväskylä\n".encode("cp1252")
    (problem,) = problems(tmp_path, text, constants=CUSTOMERS)
    assert (problem.kind, problem.row) == ("encoding", 3)
    assert problem.message.startswith("The text is UTF-8 but for a part of it (byte 27)")


def test_file_cut_within_quotation_marks(tmp_path: Path) -> None:
    """A file that ends within a quoted cell lacks rows, even if the piece is as wide as the header."""
    (problem,) = problems(tmp_path, 'nps;csat;comment\n9;5;ok\n8;4;"hyvä\n', constants=CUSTOMERS)
    assert (problem.kind, problem.row) == ("quotes", 3)


def test_lone_mark_leaves_quoted_cells_as_they_were(tmp_path: Path) -> None:
    """A mark without a pair in one row does not put marks into the quoted cells of the others."""
    found = survey(tmp_path, 'nps,unit,comment\n9,"Turku",ok\n8,"Tu"rku,ok\n7,"Oulu",ok\n').tables["survey"]
    assert found["unit"].tolist() == ["Turku", '"Tu"rku', "Oulu"]


def test_three_marks(tmp_path: Path) -> None:
    """However many byte order marks a file has, its first column is found."""
    assert survey(tmp_path, b"\xef\xbb\xbf" * 3 + b'"nps",csat\n9,5\n').tables["survey"]["nps"].tolist() == [9]


@pytest.mark.parametrize("number", ["1e999", "9" * 400])
def test_number_beyond_numbers(tmp_path: Path, number: str) -> None:
    """A number that no computer number holds is none: it is not read as infinite."""
    text = f"customer_id,ordered_on,amount\n1,2025-01-01,{number}\n2,2025-01-02,5\n"
    (problem,) = problems(tmp_path, text, "transactions")
    assert (problem.kind, problem.row) == ("not_a_number", 2)


def test_long_cell_is_cut_in_the_problem(tmp_path: Path) -> None:
    """A problem can be read, however long the cell that it is about."""
    (problem,) = problems(tmp_path, f"nps,csat\n{'9' * 300},5\n8,4\n", constants=CUSTOMERS)
    assert problem.value == "9" * 200 + "…"
    (problem,) = problems(tmp_path, f"nps,csat\n{'x' * 1_000_000},5\n8,4\n", constants=CUSTOMERS)
    assert len(str(problem)) < 3_000


def test_long_blanks_in_an_answer(tmp_path: Path) -> None:
    """A score's cell of a hundred thousand blanks is refused at once: it is not searched for a label and a number."""
    start = time.monotonic()
    (problem,) = problems(tmp_path, f"nps,csat\na{' ' * 100_000}b,5\n8,4\n", constants=CUSTOMERS)
    assert problem.kind == "not_a_number"
    assert time.monotonic() - start < 10


def test_field_beyond_the_limit(tmp_path: Path) -> None:
    """A cell longer than any table has is a problem, not a crash."""
    (problem,) = problems(tmp_path, f"nps,comment\n9,{'x' * 10_000_001}\n", constants=CUSTOMERS)
    assert (problem.kind, problem.row) == ("too_long", 2)


@pytest.mark.parametrize("named", ["auto", "webropol", "surveymonkey", "qualtrics", "limesurvey", "ms_forms"])
@pytest.mark.parametrize("first", ["id", "V1", "Respondent ID", "#"])
def test_blank_row_under_the_header(tmp_path: Path, named: str, first: str) -> None:
    """A blank row under the header is no error, whatever tool the file is taken for."""
    content = f"{first},nps\n\n1,9\n2,8\n"
    found = problems(tmp_path, content, constants=CUSTOMERS, format=named)
    assert not found or {problem.kind for problem in found} <= {"missing_column", "no_rows"}


def test_blank_row_under_a_plain_header(tmp_path: Path) -> None:
    """Rows under a blank one are read."""
    assert survey(tmp_path, "id,nps\n\n1,9\n").tables["survey"]["nps"].tolist() == [9]


@pytest.mark.parametrize(("one", "other", "wrong"), [("nps", "csat", {"10", "0"}), ("nps", "ces", {"9", "10", "0"})])
def test_headers_exchanged(tmp_path: Path, one: str, other: str, wrong: set[str]) -> None:
    """Headers that stand above each other's columns show in the answers outside the scale."""
    values = {"nps": (9, 10, 0, 3), "csat": (5, 4, 1, 3), "ces": (7, 6, 1, 2)}
    rows = zip(values[one], values[other], strict=True)
    text = f"{other},{one}\n" + "".join(f"{first},{second}\n" for first, second in rows)
    found = problems(tmp_path, text, constants=CUSTOMERS)
    assert {problem.kind for problem in found} == {"out_of_range"}
    assert wrong <= {problem.value for problem in found}
