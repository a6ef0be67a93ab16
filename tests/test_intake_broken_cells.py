"""Cells of a spreadsheet that hold an error, or a formula that was never calculated: they are told, and are no missing values."""

from __future__ import annotations

import struct
import tracemalloc
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from binary_workbooks import END, SECTOR, xls, xlsb
from intake_support import CUSTOMERS, engagement, problems, put, survey

from kohtaamo_utils.intake import check, read
from kohtaamo_utils.intake.sheets.formulas import valueless

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kohtaamo_utils.errors import Problem

PARTS = {
    "xl/workbook.xml": '<workbook xmlns:r="x"><sheets><sheet name="Vanha" sheetId="1" r:id="a"/>'
    '<sheet name="T&amp;K" sheetId="2" r:id="b"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="a" Target="worksheets/sheet1.xml"/>'
    '<Relationship Target="/xl/worksheets/other.xml" Id="b"/></Relationships>',
    "xl/worksheets/sheet1.xml": "<worksheet><sheetData/></worksheet>",
}


def told(folder: Path, rows: list[list[Any]], table: str = "survey", **source: Any) -> tuple[Problem, ...]:
    """Return what is wrong in a workbook; texts that begin with = are formulas without a value, those with # are errors."""
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(folder / "data.xlsx")
    return check(engagement(folder, {table: {"file": "data.xlsx", **source}}))[0]


def test_a_formula_without_a_value_is_no_missing_answer(tmp_path: Path) -> None:
    """A formula that no program calculated is a problem of its row: half of the scores would be missing in silence."""
    rows = [["nps", "csat"], [9, 5], [8, "=VLOOKUP(A3,X:Y,2,0)"], [7, 4], [6, "=1+1"]]
    found = told(tmp_path, rows, constants=CUSTOMERS)
    assert [(problem.kind, problem.row, problem.column) for problem in found] == [
        ("not_calculated", 3, "csat"),
        ("not_calculated", 5, "csat"),
    ]
    assert "calculate" in found[0].advice


@pytest.mark.parametrize("error", ["#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!"])
@pytest.mark.parametrize("column", ["csat", "unit", "answered_on", "response_id"])
def test_an_error_is_a_problem_of_its_row(tmp_path: Path, error: str, column: str) -> None:
    """An error in a column that is read is told once with row and value, whatever the column holds."""
    (problem,) = told(tmp_path, [["nps", column], [9, None], [8, error]], constants=CUSTOMERS)
    assert (problem.kind, problem.row, problem.column, problem.value) == ("cell_error", 3, column, error)


def test_an_error_in_a_required_column_is_told_once(tmp_path: Path) -> None:
    """A cell that is broken is not told as empty too."""
    rows = [
        ["customer_id", "ordered_on", "amount"],
        [1, "2025-01-02", 5],
        [2, "2025-01-03", "#REF!"],
        [3, "2025-01-03", "=A1"],
    ]
    assert [problem.kind for problem in told(tmp_path, rows, "transactions")] == ["cell_error", "not_calculated"]


def test_a_column_that_is_not_read_may_hold_anything(tmp_path: Path) -> None:
    """Errors in other columns, and those of formulas that were drawn further than the data, are left alone."""
    rows = [["nps", "Apu"], [9, "#DIV/0!"], [8, "=A3*2"], [None, "#DIV/0!"], [None, "#DIV/0!"]]
    assert told(tmp_path, rows, constants=CUSTOMERS) == ()
    assert (
        len(read(engagement(tmp_path, {"survey": {"file": "data.xlsx", "constants": CUSTOMERS}})).tables["survey"]) == 2
    )


def test_not_available_is_no_answer_and_is_counted(tmp_path: Path) -> None:
    """#N/A means no value in scores and in texts; the log counts it."""
    assert told(tmp_path, [["nps", "unit"], [9, "#N/A"], ["#N/A", "Turku"]], constants=CUSTOMERS) == ()
    found = read(engagement(tmp_path, {"survey": {"file": "data.xlsx", "constants": CUSTOMERS}}))
    assert found.tables["survey"]["nps"].tolist()[0] == 9
    assert found.tables["survey"]["unit"].isna().tolist() == [True, False]
    counted = [(entry.column, entry.count) for entry in found.log.of("survey", "inferred") if entry.rule == "no_answer"]
    assert sorted(counted) == [("nps", 1), ("unit", 1)]


def test_an_error_in_a_text_file_is_no_name(tmp_path: Path) -> None:
    """An error that a spreadsheet saved as text is not a unit called so, in any of the three languages."""
    found = problems(tmp_path, "nps,unit\n9,#REF!\n8,#VIITTAUS!\n7,#REFERENS!\n6,#1\n", constants=CUSTOMERS)
    assert [(problem.kind, problem.row) for problem in found] == [("cell_error", row) for row in (2, 3, 4)]


def test_an_error_that_means_no_value_can_be_listed(tmp_path: Path) -> None:
    """What the settings list under `missing` is no error any more."""
    found = survey(tmp_path, "nps,csat\n9,#DIV/0!\n8,4\n", missing={"csat": ["#DIV/0!"]})
    assert found.tables["survey"]["csat"].isna().tolist() == [True, False]


def test_which_cells_of_a_workbook_have_no_value(tmp_path: Path) -> None:
    """Cells are found without their references and with prefixes; an empty text that a formula gave is a value."""
    cells = (
        '<x:row r="2"><x:c r="A2" t="e"><x:v>#N/A</x:v></x:c><x:c t="str"><x:f>""</x:f><x:v></x:v></x:c><x:c/>'
        '<x:c r="D2"><x:f>IF(A2>"1",2,3)</x:f><x:v>3</x:v></x:c><x:c><x:f>1+1</x:f></x:c></x:row>'
        "<x:row><x:c t='e'><x:v>#REF!</x:v></x:c><x:c r='AA3'><x:f>1</x:f><x:v/></x:c></x:row>"
    )
    parts = {
        **PARTS,
        "xl/worksheets/other.xml": f"<x:worksheet><x:cols/><x:sheetData>{cells}</x:sheetData></x:worksheet>",
    }
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    data = (tmp_path / "a.xlsx").read_bytes()
    found = [tuple(cell) for cell in valueless(data, "T&K")]
    assert found == [(1, 0, "#N/A"), (1, 4, "=\u2026"), (2, 0, "#REF!"), (2, 26, "=\u2026")]
    assert valueless(data, "Vanha") == []


def test_which_cells_of_an_open_document_have_no_value(tmp_path: Path) -> None:
    """OpenDocument counts repeated rows and cells, and marks its errors."""
    content = (
        '<table:table table:name="Eka"><table:table-column/><table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
        '<table:table-row><table:table-cell table:number-columns-repeated="3"/><table:table-cell table:formula="of:=1/0" '
        'office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
        '<table:covered-table-cell/><table:table-cell table:formula="of:=1"/></table:table-row></table:table>'
    )
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as book:
        book.writestr("content.xml", content)
    found = [tuple(cell) for cell in valueless((tmp_path / "a.ods").read_bytes(), "Eka")]
    assert found == [(2, 3, "#DIV/0!"), (2, 5, "=\u2026")]


@pytest.mark.parametrize(("name", "made"), [("a.xls", xls), ("a.xlsb", xlsb)])
def test_errors_in_binary_workbooks(tmp_path: Path, name: str, made: Callable[..., bytes]) -> None:
    """Errors and formulas that failed are told in binary workbooks as in others; #N/A is no value, and counted."""
    rows = [
        ["nps", "csat", "unit"],
        [9, 5, "A"],
        [8, "#DIV/0!", "B"],
        [7, "=#REF!", "A"],
        [6, "#N/A", "B"],
        [5, 4, "=#N/A"],
    ]
    source = {
        "file": put(tmp_path, name, made({"Muu": [["x", "y"], ["#REF!", 1]], "Kesä ☺": rows})),
        "constants": CUSTOMERS,
    }
    found = check(engagement(tmp_path, {"survey": {**source, "sheet": "Kesä ☺"}}))[0]
    assert [(problem.kind, problem.row, problem.column, problem.value) for problem in found] == [
        ("cell_error", 3, "csat", "#DIV/0!"),
        ("cell_error", 4, "csat", "#REF!"),
    ]
    good = [row for row in rows if row[1] not in {"#DIV/0!", "=#REF!"}]
    put(tmp_path, name, made({"Kesä": good}))
    answers = read(engagement(tmp_path, {"survey": source})).tables["survey"]
    assert answers["csat"].isna().tolist() == [False, True, False]
    assert answers["unit"].isna().tolist() == [False, False, True]


@pytest.mark.parametrize("made", [xls, xlsb])
def test_damaged_binary_workbooks_are_not_asked(made: Callable[..., bytes]) -> None:
    """Bytes that are cut off, changed or of another kind give nothing, or less, and never an exception."""
    data = made({"Eka": [["nps"], ["#REF!"]]})
    assert [cell.text for cell in valueless(data, "Eka")] == ["#REF!"]
    assert valueless(data, "Toka") == valueless(b"\xd0\xcf\x11\xe0", "Eka") == []
    for place in range(0, len(data), 37):
        valueless(data[:place], "Eka")
        if made is xls:
            valueless(data[:place] + b"\xff\x00\xfe" + data[place + 3 :], "Eka")


def test_a_table_that_is_named_again_and_again_is_read_once() -> None:
    """A small .xls whose table of sectors names one sector thousands of times takes no more memory than it is large."""
    data = xls({"Eka": [["nps"], ["#REF!"]]})
    first, count = len(data) // SECTOR - 1, 100
    names = [struct.pack("<128I", *[0] * 127, first + place if place < count else END) for place in range(1, count + 1)]
    data = data[:68] + struct.pack("<II", first, count) + data[76:] + b"".join(names)
    tracemalloc.start()
    try:
        assert [cell.text for cell in valueless(data, "Eka")] == ["#REF!"]
        assert tracemalloc.get_traced_memory()[1] < 20 * len(data)
    finally:
        tracemalloc.stop()
