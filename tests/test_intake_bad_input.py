"""Bad input: every problem is found, placed by file, row, column and value, and says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from intake_support import CUSTOMERS, engagement, problems, put

from kohtaamo_utils.errors import DataError
from kohtaamo_utils.intake import check, read
from kohtaamo_utils.intake.large import read as large_files

if TYPE_CHECKING:
    from pathlib import Path


def test_missing_file_names_its_neighbours(tmp_path: Path) -> None:
    """A file that is not there is named with the nearest file that is."""
    put(tmp_path, "kysely_2025.csv", "nps\n5\n")
    found, _ = check(engagement(tmp_path, {"survey": {"file": "kysely_2026.csv", "constants": CUSTOMERS}}))
    assert [problem.kind for problem in found] == ["missing_file"]
    assert found[0].file == "kysely_2026.csv"
    assert found[0].message == "There is no such file."
    assert found[0].advice == 'Did you mean "kysely_2025.csv"?'


def test_missing_folder_is_said(tmp_path: Path) -> None:
    """A file in a folder that is not there is told with the folder."""
    found, _ = check(engagement(tmp_path, {"survey": {"file": "data/a.csv", "constants": CUSTOMERS}}))
    assert found[0].expected == "a file in the folder data, which is not there"


def test_missing_column_names_nearest_and_all(tmp_path: Path) -> None:
    """A mapped column that is not there is told with the nearest one and with what the file has."""
    (problem,) = problems(tmp_path, "Suosittelu,Paikka\n9,Kassa\n", columns={"nps": "Suositelu"}, constants=CUSTOMERS)
    assert (problem.kind, problem.file, problem.column) == ("missing_column", "data.csv", "Suositelu")
    assert problem.message == 'The file has no column "Suositelu".'
    assert problem.expected == "one of the file's columns: Suosittelu, Paikka"
    assert problem.advice == 'Did you mean "Suosittelu"?'


def test_missing_column_lists_at_most_twenty(tmp_path: Path) -> None:
    """A wide file's columns are listed to the twentieth."""
    header = ",".join(f"k{number}" for number in range(25))
    (problem,) = problems(tmp_path, f"{header}\n{','.join('5' * 25)}\n", columns={"nps": "zzz"}, constants=CUSTOMERS)
    assert "k19 and 5 more" in problem.expected
    assert "k20" not in problem.expected


def test_required_column_that_nothing_names(tmp_path: Path) -> None:
    """A required canonical column that neither file nor settings give is a problem."""
    (problem,) = problems(tmp_path, "nps\n9\n")
    assert (problem.kind, problem.column) == ("missing_column", "respondent_group")
    assert problem.message == "The table survey needs `respondent_group`, and nothing says where it is."


def test_survey_without_a_measure(tmp_path: Path) -> None:
    """A survey needs at least one measure."""
    (problem,) = problems(tmp_path, "comment\nHyvä\n", constants=CUSTOMERS)
    assert problem.kind == "missing_column"
    assert "`nps`, or `enps`" in problem.message


@pytest.mark.parametrize(
    ("column", "value", "kind", "expected"),
    [
        ("nps", "11", "out_of_range", "a whole number from 0 to 10"),
        ("csat", "0", "out_of_range", "a whole number from 1 to 5"),
        ("ces", "8", "out_of_range", "a whole number from 1 to 7"),
        ("nps", "7,5", "not_whole", "a whole number from 0 to 10"),
        ("nps", "hyvä", "not_a_number", "a whole number from 0 to 10"),
        ("nps", "90 %", "percent", "a whole number from 0 to 10"),
        ("answered_on", "31.2.2025", "not_a_date", "a date"),
        ("answered_on", "2025-13-01", "not_a_date", "a date"),
        ("answered_on", "eilen", "not_a_date", "a date"),
        ("phase", "myöhemmin", "not_a_choice", "one of before, during, after"),
    ],
)
def test_bad_cell_is_placed(tmp_path: Path, column: str, value: str, kind: str, expected: str) -> None:
    """A cell that breaks its column's rule is placed by file, row, the file's own column name and value."""
    text = f"Sarake;ces\n;5\n{value};5\n" if column != "ces" else f"Sarake;nps\n;5\n{value};5\n"
    (problem,) = problems(tmp_path, text, columns={column: "Sarake"}, constants=CUSTOMERS)
    assert (problem.file, problem.row, problem.column, problem.value) == ("data.csv", 3, "Sarake", value)
    assert (problem.kind, problem.expected, problem.table) == (kind, expected, "survey")


def test_scale_message_says_what_to_do(tmp_path: Path) -> None:
    """A score outside its scale is told with the way to declare it as no answer."""
    (problem,) = problems(tmp_path, "nps\n9\n11\n", constants=CUSTOMERS)
    assert str(problem) == (
        'data.csv, row 3, column "nps", value "11": 11 is outside the scale. Expected: a whole number from 0 to 10.'
        " Correct it, or, if it means no answer, add it to `missing: {nps: [11]}`."
    )


def test_impossible_date_message(tmp_path: Path) -> None:
    """A day that the calendar lacks is said to be so, with the order it was read in."""
    (problem,) = problems(tmp_path, "nps;answered_on\n9;31.2.2025\n", constants=CUSTOMERS)
    assert problem.message == "There is no such day in the calendar (read as day, month, year)."


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", b" \r\n;;\r\n"])
def test_empty_file(tmp_path: Path, content: bytes) -> None:
    """A file without any text is empty, whatever blank lines it has."""
    (problem,) = problems(tmp_path, content, constants=CUSTOMERS)
    assert (problem.kind, problem.file, problem.message) == ("empty_file", "data.csv", "The file is empty.")


def test_header_only(tmp_path: Path) -> None:
    """A file with a header and nothing under it has no usable row."""
    (problem,) = problems(tmp_path, "nps\n", constants=CUSTOMERS)
    assert (problem.kind, problem.message) == ("no_rows", "There is a header, but no row under it.")


def test_everything_excluded(tmp_path: Path) -> None:
    """A source whose rows are all left out says by which rule."""
    rule = {"column": "tila", "equals": "testi"}
    (problem,) = problems(tmp_path, "nps,tila\n9,testi\n8,testi\n", constants=CUSTOMERS, exclude=[rule])
    assert problem.kind == "no_rows"
    assert problem.message == "None of the 2 rows can be used: 2 left out (tila equals testi)."


def test_no_row_says_anything(tmp_path: Path) -> None:
    """A survey in which nobody answered has no usable row."""
    (problem,) = problems(tmp_path, "nps,comment\nEOS,Hei\n,Hei\n", constants=CUSTOMERS)
    assert problem.kind == "no_rows"
    assert problem.message.startswith("None of the 2 rows has a value for nps")


def test_duplicate_ids_name_both_rows(tmp_path: Path) -> None:
    """A repeated key is told at its last row, with the row that had it first."""
    (problem,) = problems(tmp_path, "Id,nps\n1,9\n2,8\n1,7\n", columns={"response_id": "Id"}, constants=CUSTOMERS)
    assert (problem.kind, problem.file, problem.row) == ("duplicate_key", "data.csv", 4)
    assert (problem.column, problem.value) == ("Id", "1")
    assert problem.message == "Row 2 already has the same value."
    assert problem.advice == "The rows differ: keep one."


@pytest.mark.parametrize(
    ("table", "text", "advice"),
    [
        ("employees", "employee_id;started_on\n1;1.1.2020\n1;1.7.2020\n", "the last one's end"),
        ("customers", "customer_id;started_on\n1;1.1.2020\n1;1.7.2020\n", "the last one's end"),
        ("operations", "month;measure;value\n1.1.2025;a;5\n2.1.2025;a;6\n", "their sum or their mean"),
        ("pilot", "unit;period;treated;after;outcome\nA;2025-01;1;0;5\nA;2025-01;1;0;6\n", "their sum or their mean"),
    ],
)
def test_parts_of_what_is_one_row(tmp_path: Path, table: str, text: str, advice: str) -> None:
    """Contracts of one person, or days of one month, are not to be thrown away but made one row of: the advice says of what."""
    (problem,) = [problem for problem in problems(tmp_path, text, table) if problem.kind == "duplicate_key"]
    assert problem.advice.startswith("The rows differ: keep one.")
    assert advice in problem.advice


def test_duplicate_over_two_files(tmp_path: Path) -> None:
    """Files that are read as one share their keys."""
    files = [put(tmp_path, "a.csv", "response_id,nps\n1,9\n"), put(tmp_path, "b.csv", "response_id,nps\n1,9\n2,9\n")]
    found, _ = check(engagement(tmp_path, {"survey": {"file": files, "constants": CUSTOMERS}}))
    assert [(problem.file, problem.row) for problem in found] == [("b.csv", 2)]
    assert found[0].message == "Row 2 of a.csv already has the same value."
    assert "drop_exact" in found[0].advice


def test_required_cell_is_empty(tmp_path: Path) -> None:
    """An empty cell in a required column is a problem with its row."""
    (problem,) = problems(tmp_path, "customer_id,ordered_on,amount\n7,2025-01-01,\n8,2025-01-01,3\n", "transactions")
    assert (problem.kind, problem.row, problem.column) == ("missing_value", 2, "amount")


def test_end_before_start(tmp_path: Path) -> None:
    """A stay that ends before it starts is a problem."""
    text = "employee_id,started_on,ended_on\n1,2025-02-01,2025-01-31\n2,2025-02-01,2025-02-01\n"
    (problem,) = problems(tmp_path, text, "employees")
    assert (problem.kind, problem.row, problem.value) == ("date_order", 2, "2025-01-31")
    assert problem.message == "The end is before the start, 2025-02-01."


def test_stay_without_start(tmp_path: Path) -> None:
    """Each employment needs a start, or a length and whether it ended."""
    (problem,) = problems(tmp_path, "employee_id,started_on\n1,2025-02-01\n2,\n", "employees")
    assert (problem.kind, problem.row, problem.column) == ("missing_value", 3, "started_on")


def test_too_many_fields(tmp_path: Path) -> None:
    """Each row that is wider than the header is named."""
    found = problems(tmp_path, "nps,comment\n9,hyvä\n8,hyvä, paitsi\n7,ok,,\n6,a,b\n", constants=CUSTOMERS)
    assert [(problem.kind, problem.row, problem.value) for problem in found] == [
        ("too_many_fields", 3, "paitsi"),
        ("too_many_fields", 5, "b"),
    ]


def test_nul_characters(tmp_path: Path) -> None:
    """A file with NUL characters is refused clearly."""
    (problem,) = problems(tmp_path, b"nps\n9\n\x00\n", constants=CUSTOMERS)
    assert (problem.kind, problem.row) == ("nul", 3)
    assert "NUL" in problem.message


def test_unpaired_quotation_mark(tmp_path: Path) -> None:
    """A quotation mark without its pair is not allowed to swallow the rest of the file."""
    (problem,) = problems(tmp_path, 'nps,comment\n9,ok\n8,"auki\n7,ok, hyvä\n', constants=CUSTOMERS)
    assert (problem.kind, problem.row) == ("quotes", 3)


def test_wrong_encoding_setting(tmp_path: Path) -> None:
    """Text that does not fit the named encoding is refused at its row, not read with replacement characters."""
    (problem,) = problems(tmp_path, "nps,comment\n9,hyvä\n".encode("cp1252"), constants=CUSTOMERS, encoding="utf-8")
    assert (problem.kind, problem.row) == ("encoding", 2)


def test_ambiguous_dates_ask(tmp_path: Path) -> None:
    """Dates that read both ways are a problem that asks for the order."""
    (problem,) = problems(tmp_path, "nps,answered_on\n9,4/7/2025\n8,5/7/2025\n", constants=CUSTOMERS)
    assert (problem.kind, problem.column) == ("ambiguous_dates", "answered_on")
    assert problem.message == "4/7/2025 may be day/month or month/day, and no other date in the column decides."
    assert "`dates: dmy` or `dates: mdy`" in problem.advice


def test_constant_and_column(tmp_path: Path) -> None:
    """A canonical column cannot come both from a column and from a constant."""
    found = problems(
        tmp_path, "nps,k\n9,Kassa\n", columns={"channel": "k"}, constants={**CUSTOMERS, "channel": "Verkko"}
    )
    assert [(problem.kind, problem.file) for problem in found] == [("constant_and_column", "engagement.yaml")]


def test_bad_constant_is_told_once(tmp_path: Path) -> None:
    """A constant that breaks its column's rule is one problem in the settings, not one a row."""
    (problem,) = problems(tmp_path, "nps\n9\n8\n", constants={"respondent_group": "robotti"})
    assert (problem.file, problem.column) == ("engagement.yaml", "sources.survey.constants.respondent_group")


def test_unknown_canonical_name(tmp_path: Path) -> None:
    """A canonical name that the table lacks is told with the nearest one."""
    (problem,) = problems(tmp_path, "nps,k\n9,1\n", columns={"chanel": "k"}, constants=CUSTOMERS)
    assert (problem.kind, problem.advice) == ("unknown_column", "Did you mean `channel`?")


def test_review_scale_is_the_engagements(tmp_path: Path) -> None:
    """A 360 rating is checked against the engagement's own scale."""
    text = "reviewee_id,rater_id,rater_group,item,score\nA,1,itse,Kuuntelee,7\nA,2,kollega,Kuuntelee,8\n"
    sources = {"ratings_360": {"file": put(tmp_path, "a.csv", text)}}
    found, _ = check(engagement(tmp_path, sources, review_360={"scale": [1, 7]}))
    assert [(problem.row, problem.value, problem.expected) for problem in found] == [(3, "8", "a number from 1 to 7")]


def test_score_above_its_maximum(tmp_path: Path) -> None:
    """A criterion's score cannot be more than its maximum."""
    (problem,) = problems(tmp_path, "visit_id,criterion,score,maximum\n1,Tervehti,3,2\n", "mystery_shopping")
    assert problem.message == "3 is more than the criterion's maximum, 2."


def test_all_sources_are_checked(tmp_path: Path) -> None:
    """Problems of all sources are listed together, and read raises them all."""
    sources = {
        "survey": {"file": put(tmp_path, "a.csv", "nps\n12\nx\n"), "constants": CUSTOMERS},
        "employees": {"file": "puuttuu.csv"},
    }
    with pytest.raises(DataError, match=r"cannot be read as they are \(3 problems\)") as raised:
        read(engagement(tmp_path, sources))
    assert {problem.kind for problem in raised.value.problems} == {"out_of_range", "not_a_number", "missing_file"}


def test_not_a_workbook(tmp_path: Path) -> None:
    """A workbook that cannot be opened is a problem, not a traceback."""
    found, _ = check(engagement(tmp_path, {"survey": {"file": put(tmp_path, "a.xlsx", "hei"), "constants": CUSTOMERS}}))
    assert [problem.kind for problem in found] == ["unreadable"]


@pytest.mark.parametrize(
    ("name", "data", "told", "todo"),
    [
        ("a.xls", b"<html><body><table><tr><th>nps</th></tr></table></body></html>", "is a web page (HTML)", "save it again as .xlsx"),
        ("a.xls", b'\xef\xbb\xbf<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>', "is Excel's old XML", "save it again as .xlsx"),
        ("a.xlsx", b"nps;unit\n9;Turku\n", "is text", "`format: csv`"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600), "has a password", "take the password off"),
        ("a.xlsx", b"PK\x03\x04" + bytes(60), "cannot be opened (", "save it again as .xlsx"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_workbook_is_told_what_it_is(tmp_path, name, data, told, todo):
    """A page, text or a locked workbook under a workbook's name is told as what it is, with what to do about it."""
    put(tmp_path, name, data)
    with pytest.raises(DataError) as caught:
        read(engagement(tmp_path, {"survey": {"file": name, "constants": {"respondent_group": "customer"}}}))
    (problem,) = caught.value.problems
    assert told in problem.message
    assert todo in problem.advice


def test_locked_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that another program holds is a problem that says so, not a traceback."""
    name = put(tmp_path, "a.csv", "nps\n9\n")

    def refuse(_: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    found, _ = check(engagement(tmp_path, {"survey": {"file": name, "constants": CUSTOMERS}}))
    assert [problem.message for problem in found] == ["The file cannot be opened (Permission denied)."]
    assert "Excel" in found[0].advice


SALES = "customer_id;order_id;ordered_on;amount\n12;1;2024-01-05;10\n12;2;2024-01-06;20\n"
ANSWERS = "response_id,nps\n1,9\n2,8\n"


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize(
    ("table", "content", "other", "block"),
    [
        ("transactions", SALES, SALES.replace("12;", "13;"), {}),
        ("survey", ANSWERS, "response_id,nps\n3,9\n", {"constants": CUSTOMERS}),
    ],
)
def test_a_copy_of_a_file_is_told(
    tmp_path: Path,
    table: str,
    content: str,
    other: str,
    block: dict[str, Any],
    large: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two files of a source with the same bytes, or one that is named twice, are a problem: their rows would count twice."""
    monkeypatch.setattr(large_files, "LARGE_TEXT", 1 if large else 10**12)
    for name, text in (("b.csv", content), ("a.csv", content), ("c.csv", other)):
        put(tmp_path, name, text)
    found, _ = check(engagement(tmp_path, {table: {"file": ["b.csv", "c.csv", "a.csv"], **block}}))
    assert [(problem.kind, problem.file, problem.message) for problem in found] == [
        ("copy", "a.csv", "The file has the same bytes as b.csv: all its rows would be counted twice.")
    ]
    found, _ = check(engagement(tmp_path, {table: {"file": ["a.csv", "c.csv", "a.csv"], **block}}))
    assert [(problem.kind, problem.file, problem.message) for problem in found] == [
        ("copy", "a.csv", "The file is named twice: all its rows would be counted twice.")
    ]


def test_several_sources_may_read_one_file(tmp_path: Path) -> None:
    """Two sources that read one file, each by its own rules, are no copy of each other."""
    put(tmp_path, "a.csv", "response_id,nps,who\n1,9,c\n2,8,x\n")
    rules = [{"column": "who", "equals": "x"}], [{"column": "who", "equals": "c"}]
    sources = [{"file": "a.csv", "constants": CUSTOMERS, "exclude": rule} for rule in rules]
    assert check(engagement(tmp_path, {"survey": sources}))[0] == ()


@pytest.mark.parametrize("large", [False, True])
def test_repeats_are_not_dropped_where_there_is_no_key(
    tmp_path: Path, large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`drop_exact` for a table whose rows are never compared would do nothing, and is refused."""
    monkeypatch.setattr(large_files, "LARGE_TEXT", 1 if large else 10**12)
    (found,) = problems(tmp_path, SALES, "transactions", duplicates="drop_exact")
    assert (found.kind, found.file, found.column) == ("no_key", "engagement.yaml", "sources.transactions.duplicates")
    assert found.message == "Rows of transactions are never compared with each other, so that `drop_exact` drops none."
