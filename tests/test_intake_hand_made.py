"""Sheets that people have worked on: merged cells, sums and notes under the data, dates that a spreadsheet has turned."""

from __future__ import annotations

import datetime as dt
import io
import os
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from intake_support import CUSTOMERS, engagement, problems, put, survey

from kohtaamo_utils.intake import check, read
from kohtaamo_utils.intake.sheets.hidden_rows import hidden_rows
from kohtaamo_utils.intake.values.parse_dates import parse_dates

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.intake import Dataset


def book(folder: Path, rows: list[list[Any]], *merged: str) -> str:
    """Write a workbook with merged cells."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    workbook.save(folder / "data.xlsx")
    return "data.xlsx"


STORES: list[list[Any]] = [
    ["Palaute 2025", None, None],
    ["Myymälä", "csat", "comment"],
    ["Espoo", 5, None],
    [None, 4, None],
    [None, 4, "hyvä"],
    ["Oulu", 1, None],
    [None, 2, None],
]


def stores(folder: Path, *merged: str, **more: Any) -> Dataset:
    """Read the stores' answers with merged cells."""
    source = {"file": book(folder, STORES, *merged), "columns": {"unit": "Myymälä"}, "constants": CUSTOMERS, **more}
    return read(engagement(folder, {"survey": source}))


def test_a_merged_cell_is_each_rows(tmp_path: Path) -> None:
    """The value of a cell that is merged over rows stands in each of them, before rules look at it; titles are left alone."""
    found = stores(tmp_path, "A1:C1", "A3:A5", "A6:A7")
    assert found.tables["survey"]["unit"].tolist() == ["Espoo"] * 3 + ["Oulu"] * 2
    assert [entry.count for entry in found.log.of("survey", "inferred") if entry.rule == "merged_cells"] == [3]
    without = stores(tmp_path, "A3:A5", "A6:A7", exclude=[{"column": "Myymälä", "equals": "Oulu"}])
    assert without.tables["survey"]["csat"].tolist() == [5, 4, 4]


@pytest.mark.parametrize(
    ("cells", "row", "label", "value"), [("B3:B5", 3, "csat", "5"), ("C5:C7", 5, "comment", "hyvä")]
)
def test_a_merged_number_is_asked_about(tmp_path: Path, cells: str, row: int, label: str, value: str) -> None:
    """A score or a comment over several rows would be counted for each: it is a problem at its first row."""
    source = {"file": book(tmp_path, STORES, cells), "constants": CUSTOMERS}
    found = check(engagement(tmp_path, {"survey": source}))[0]
    assert [(one.kind, one.row, one.column, one.value) for one in found] == [("merged_cells", row, label, value)]


def test_sums_under_the_data(tmp_path: Path) -> None:
    """Rows at the end that begin with a sum's name are problems, though nothing reads the column; notes are no answers."""
    text = "Nro,nps,csat\n1,9,5\n2,10,4\nKeskiarvo,9,5\nKeskihajonta,1,1\nVastaajia,2,2\n,,\nLähde: kysely 2025,,\n"
    found = problems(tmp_path, text, constants=CUSTOMERS)
    assert [(one.kind, one.row, one.column, one.value) for one in found] == [
        ("total_row", 4, "Nro", "Keskiarvo"),
        ("total_row", 5, "Nro", "Keskihajonta"),
        ("total_row", 6, "Nro", "Vastaajia"),
    ]
    rules = [{"column": "Nro", "equals": word} for word in ("Keskiarvo", "Keskihajonta", "Vastaajia")]
    source = {"file": put(tmp_path, "data.csv", text), "constants": CUSTOMERS, "exclude": rules}
    read_rows = read(engagement(tmp_path, {"survey": source}))
    assert read_rows.tables["survey"]["nps"].tolist() == [9, 10]
    assert [(entry.rule, entry.count) for entry in read_rows.log.of("survey", "incomplete")] == [("silent", 1)]


def test_answers_that_are_words_of_sums(tmp_path: Path) -> None:
    """What several rows begin with is an answer, and so is what stands above others; who ticks "cannot say" has answered."""
    text = "Kanava,nps\nKaikki,9\nVerkko,8\nKaikki,EOS\n"
    found = survey(tmp_path, text, columns={"touchpoint": "Kanava"})
    assert found.tables["survey"]["touchpoint"].tolist() == ["Kaikki", "Verkko", "Kaikki"]
    silent = survey(tmp_path, "nps,x\nEOS,1\n,2\n9,3\n")
    assert silent.tables["survey"]["nps"].count() == 1
    assert (silent.log.rows_out("survey"), silent.log.count("survey", "incomplete")) == (2, 1)


def test_an_average_is_no_missing_value(tmp_path: Path) -> None:
    """Who finds a number with decimals among scores is not told to list it as no answer."""
    (problem,) = problems(tmp_path, "nps\n9\n9.5\n10\n", constants=CUSTOMERS)
    assert (problem.kind, problem.advice) == (
        "not_whole",
        "Correct it, or leave the row out with an `exclude` rule if it sums up the others.",
    )


@pytest.mark.parametrize("turned", [["2025-01-03", "2025-12-03 00:00:00"], ["3.1.2025", "3.12.2025"]])
def test_dates_that_a_spreadsheet_has_turned(turned: list[str]) -> None:
    """Where months stand first in all texts with slashes, of days after the 12th only, the other dates are in doubt."""
    found = parse_dates([*turned, "3/13/2025", "3/31/2025"])
    assert found.unclear is not None
    assert "a spreadsheet seems to have taken the months of those for days" in found.unclear.message
    assert parse_dates([*turned, "2025-01-13", "3/13/2025"]).unclear is None
    assert parse_dates([*turned, "3/12/2025", "3/13/2025"]).unclear is None
    assert parse_dates([*turned, "3/13/2025"], "mdy").unclear is None


@pytest.mark.parametrize(
    "time",
    [
        "2025/05/22 4:42:36 ip. UTC+3",
        "2025/05/22 4:42:36 ap. EEST",
        "2025/05/22 4:42:36 em CEST",
        "2025/05/22 4:42:36 fm",
    ],
)
def test_times_of_day_in_finnish_and_swedish(time: str) -> None:
    """The halves of the day have Finnish and Swedish names too, and Central Europe its zones."""
    assert [str(day) for day in parse_dates([time]).found] == ["2025-05-22"]


def test_contact_details_in_a_problem_are_masked(tmp_path: Path) -> None:
    """A cell that cannot be read is shown without the contact details and codes of people in it."""
    (problem,) = problems(tmp_path, 'nps\n"Matti, 131052-308T, matti@x.fi, 040 123 4567"\n', constants=CUSTOMERS)
    assert problem.value == "Matti, […], […], […]"
    assert "308T" not in str(problem)


def test_respondents_in_two_languages(tmp_path: Path) -> None:
    """Answers in Finnish and Swedish are one column; two wordings of one language are none."""
    both = (
        'heard\nTäysin samaa mieltä\nHelt av samma åsikt\nDelvis av annan åsikt\n"Eri mieltä / Delvis av annan åsikt"\n'
    )
    assert survey(tmp_path, both).tables["survey"]["heard"].tolist() == [5, 5, 2, 2]
    (problem,) = problems(
        tmp_path, "heard\nTäysin samaa mieltä\nSamaa mieltä\nJokseenkin samaa mieltä\n", constants=CUSTOMERS
    )
    assert (problem.kind, problem.value) == ("not_in_scale", "Jokseenkin samaa mieltä")


def test_a_hidden_sheet_is_read_only_by_its_name(tmp_path: Path) -> None:
    """Of sheets that hold the columns, the one that is not hidden is meant; a hidden one is read where it is named."""
    workbook = openpyxl.Workbook()
    for number, state in ((10, "visible"), (0, "hidden"), (1, "veryHidden")):
        sheet = workbook.create_sheet(f"S{number}")
        sheet.append(["nps"])
        sheet.append([number])
        sheet.sheet_state = state
    del workbook["Sheet"]
    workbook.save(tmp_path / "data.xlsx")
    source = {"file": "data.xlsx", "constants": CUSTOMERS}
    assert read(engagement(tmp_path, {"survey": source})).tables["survey"]["nps"].tolist() == [10]
    named = {**source, "sheet": "S0"}
    assert read(engagement(tmp_path, {"survey": named})).tables["survey"]["nps"].tolist() == [0]


def test_a_lock_file_is_never_offered(tmp_path: Path) -> None:
    """What a spreadsheet program keeps beside an open workbook is no file of the client's."""
    put(tmp_path, "~$henkilosto.xlsx", "x")
    put(tmp_path, "muu.csv", "nps\n9\n")
    (problem,) = check(engagement(tmp_path, {"survey": {"file": "henkilosto.xlsx", "constants": CUSTOMERS}}))[0]
    assert problem.expected == "one of the files in .: muu.csv"
    assert problem.advice == "Copy the file there or correct `file`."


@pytest.mark.skipif(os.sep == "\\", reason="on Windows a backslash parts folders")
def test_a_backslash_between_folders(tmp_path: Path) -> None:
    """Who writes Windows' backslash on another computer is told which sign every computer reads."""
    (problem,) = check(engagement(tmp_path, {"survey": {"file": "data\\kysely.csv", "constants": CUSTOMERS}}))[0]
    assert problem.message == "There is no such file: this computer parts folders with / and not with \\."
    assert problem.advice == 'Write "data/kysely.csv".'


def hidden(folder: Path, rows: list[list[Any]], *numbers: int, title: str = "Vastaukset") -> str:
    """Write a workbook with hidden rows beside a sheet that has others."""
    workbook = openpyxl.Workbook()
    other, sheet = workbook.active, workbook.create_sheet(title)
    assert other is not None
    other.append(["ohje"])
    other.row_dimensions[1].hidden = True
    for row in rows:
        sheet.append(row)
    for number in numbers:
        sheet.row_dimensions[number].hidden = True
    workbook.save(folder / "data.xlsx")
    return "data.xlsx"


ANSWERS: list[list[Any]] = [["Palaute 2025", None], ["id", "nps"], [1, 9], [2, 0], [3, 10], [4, 3]]


def told_hidden(folder: Path, file: str) -> tuple[list[float], list[tuple[int, str]]]:
    """Return the answers, and what is told of hidden rows: how many, in which sheet."""
    found = read(engagement(folder, {"survey": {"file": file, "constants": CUSTOMERS}}))
    told = [(entry.count, entry.value) for entry in found.log.of("survey", "unsettled") if entry.rule == "hidden_rows"]
    return found.tables["survey"]["nps"].tolist(), told


def test_hidden_rows_are_read_and_told(tmp_path: Path) -> None:
    """Rows that a workbook hides are read as the others, and counted in the import log with their sheet; titles are no rows."""
    answers, told = told_hidden(tmp_path, hidden(tmp_path, ANSWERS, 1, 4, 6, title='Kysely & "muut" <1>'))
    assert (answers, told) == ([9, 0, 10, 3], [(2, 'Kysely & "muut" <1>')])
    assert told_hidden(tmp_path, hidden(tmp_path, ANSWERS)) == ([9, 0, 10, 3], [])


def test_rows_that_a_filter_hides(tmp_path: Path) -> None:
    """Where many rows are filtered out, each of them counts, wherever in the sheet's text it stands."""
    rows = [["id", "nps", "comment"], *([number, number % 11, "hyvä palvelu " * 9] for number in range(20_000))]
    answers, told = told_hidden(tmp_path, hidden(tmp_path, rows, *range(3, 20_002, 3)))
    assert (len(answers), told) == (20_000, [(6667, "Vastaukset")])


@pytest.mark.parametrize("numbered", [True, False])
def test_hidden_rows_of_other_programs(numbered: bool) -> None:
    """Rows without numbers, other quotes, a name space's prefix and an absolute address in the file are understood too."""
    cells = "".join(
        f"<x:row{' r=' + repr(str(row)) if numbered else ''}{hide}><x:c t='inlineStr'><x:is><x:t>{text}</x:t></x:is></x:c></x:row>"
        for row, (text, hide) in enumerate(
            [("nps", ""), ("9", " hidden='true'"), ("8", " hidden='0'"), ("7", " hidden='1'")], 1
        )
    )
    space = "xmlns:x='http://schemas.openxmlformats.org/spreadsheetml/2006/main'"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "xl/workbook.xml": f"<x:workbook {space} xmlns:r='{relation}'><x:sheets><x:sheet name='S' sheetId='1' r:id='rId1'/></x:sheets></x:workbook>",
        "xl/_rels/workbook.xml.rels": "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
        f"<Relationship Id='rId1' Type='{relation}/worksheet' Target='/xl/worksheets/s.xml'/></Relationships>",
        "xl/worksheets/s.xml": f"<x:worksheet {space}><x:sheetData>{cells}</x:sheetData></x:worksheet>",
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, f"<?xml version='1.0' encoding='UTF-8'?>{text}")
    assert hidden_rows(stream.getvalue(), "S") == [2, 4]
    assert hidden_rows(stream.getvalue(), "T") == []
    assert hidden_rows(b"PK no workbook", "S") == []


TURNED = "turned_into_date"


@pytest.mark.parametrize("name", ["segment.koko", "segment", "unit", "touchpoint", "channel"])
@pytest.mark.parametrize("others", [["13-20"], []])
def test_groups_that_a_workbook_has_turned_into_dates(tmp_path: Path, name: str, others: list[str]) -> None:
    """A group that Excel has made a date of is one problem of its column, with what it may have been and how to mend it."""
    days = [dt.datetime(2024, 12, 6), dt.datetime(2024, 5, 1), dt.datetime(2024, 12, 6)]  # noqa: DTZ001 - a cell's date has no zone
    rows: list[list[Any]] = [["nps", name], *([9, group] for group in (*days, *others))]
    source = {"file": book(tmp_path, rows), "constants": CUSTOMERS}
    (found,), _ = check(engagement(tmp_path, {"survey": source}))
    assert (found.kind, found.column) == (TURNED, name)
    assert found.message == (
        "A spreadsheet has turned texts into dates (2024-12-06, 2024-05-01): the first may have been 6-12 or 12-6."
    )
    assert "Format the column as text" in found.advice


@pytest.mark.parametrize(
    "texts",
    [
        ["6.12.2024", "1.5.2024"],
        ["6/12/2024", "13-20"],
        ["6.joulu", "1.touko", "13-20"],
        ["06-Dec", "01-May"],
        ["06-dec", "01-maj", "yli 20"],
        ["joulu.24", "25-50"],
        ["Dec-24", "25+"],
    ],
)
def test_groups_that_a_saved_text_file_has_as_dates(tmp_path: Path, texts: list[str]) -> None:
    """Dates as Finnish, Swedish and English spreadsheets save them are no groups either."""
    content = "nps;segment.koko\n" + "".join(f"9;{text}\n" for text in texts)
    (found,) = problems(tmp_path, content, constants=CUSTOMERS)
    assert (found.kind, found.column) == (TURNED, "segment.koko")


@pytest.mark.parametrize(
    "texts",
    [
        ["6-12", "13-20", "yli 20"],
        ["joulu.24", "tammi.25"],
        ["2024", "2025"],
        ["01.11.10", "47.11.01"],
        ["20110101", "20120202"],
        ["12-kerros", "6. linja", "Maj Britt", "5-may be"],
        ["Kassa 6.12.2024 saakka", "Myynti"],
    ],
)
def test_groups_that_are_no_dates(tmp_path: Path, texts: list[str]) -> None:
    """Ranges, months, years, codes and names are groups as they stand."""
    content = "nps;segment.koko\n" + "".join(f"9;{text}\n" for text in texts)
    assert survey(tmp_path, content).tables["survey"]["segment.koko"].tolist() == texts


def test_a_round_may_be_called_by_its_day(tmp_path: Path) -> None:
    """A round of a 360 review, and people's own words, may be dates."""
    head = "reviewee_id;rater_id;rater_group;item;score;wave;comment\n"
    text = head + "a;b;peer;x;4;2025-03-01;6.12.2024\na;c;peer;x;5;2025-03-01;\n"
    assert not problems(tmp_path, text, "ratings_360")
