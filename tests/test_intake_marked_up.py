"""Web pages and Excel's old XML that are called workbooks: read where they hold one table, told what they are otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from intake_support import check, engagement, put, read
from map_files import proposed, sources

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1252"><title>Myynti</title>
<style>td {color: red}</style></head><body><table><tr><td>Raportti 2025</td></tr></table>
<script>document.write("<table><tr><td>x<td>y<tr><td>1<td>2</table>")</script>
<table border=1><thead><tr><th colspan="2">Asiakas<th>Pvm<th>Summa &euro;</tr></thead>
<tr><td rowspan=2>Ääni &amp; Co<td>a<td>1.2.2025<td>1&nbsp;234,50</tr>
<tr style="display: none"><td>b<td>2.2.2025<td>-2,00<br></tr>
<tr><td>&lt;Nimi&gt;<td>c<td>3.2.2025<td>3
</table></body></html>"""
XML = """<?xml version="1.0" encoding="windows-1252"?>{doctype}
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel">{sheets}</Workbook>"""
SHEET = """<Worksheet ss:Name="{name}"><Table><Row><Cell><Data ss:Type="String">id</Data></Cell>
<Cell><Data ss:Type="String">Päivä</Data></Cell><Cell ss:Index="4"><Data ss:Type="String">Summa</Data></Cell></Row>
<Row ss:Index="3"><Cell><Data ss:Type="String">Ä1</Data></Cell><Cell><Data ss:Type="DateTime">2025-02-01T00:00:00.000</Data></Cell>
<Cell ss:Index="4"><Data ss:Type="{kind}">{value}</Data></Cell></Row></Table>{more}</Worksheet>"""
HIDDEN = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>"
SALES = {"customer_id": "Asiakas", "ordered_on": "Pvm", "amount": "Summa €"}
ROWS = {"customer_id": "id", "ordered_on": "Päivä", "amount": "Summa"}


def sheet(name: str = "Myynti", kind: str = "Number", value: str = "12.5", more: str = "") -> str:
    """Return a sheet of one order."""
    return SHEET.format(name=name, kind=kind, value=value, more=more)


def block(folder: Path, data: str, columns: dict[str, str], **source: Any) -> dict[str, Any]:
    """Write a file called a workbook; return the source that reads it."""
    return {"file": put(folder, "a.xls", data.encode("cp1252")), "columns": columns, **source}


def test_the_one_table_of_a_page(tmp_path: Path) -> None:
    """Of a page its one table of data is read: entities, spans and the page's encoding understood, scripts and layout passed over."""
    found = read(engagement(tmp_path, {"transactions": block(tmp_path, PAGE, SALES)}))
    assert found.ledger is not None
    totals = found.ledger.totals()
    assert (totals.customers, float(totals.revenue)) == (2, 1235.5)
    rules = {entry.rule: entry.count for entry in found.log.entries}
    assert (rules["markup"], rules["merged_cells"], rules["hidden_rows"], rules["rows_out"]) == (1, 1, 1, 3)


@pytest.mark.parametrize(
    "page",
    [
        PAGE.replace("<td>c", "<td><table><tr><td>c</table>"),
        PAGE.replace("</body>", "<table><tr><td>a<td>b<tr><td>1<td>2</table></body>"),
        PAGE.replace("<table border=1>", "<p>"),
        "<table><tr>" + "<td rowspan=60000 colspan=1000>x" * 30 + "<tr><td>y" * 3000 + "</table>",
        "<table><tr><td>a<td>b" + "<!--" * 200_000,
    ],
    ids=["nested", "two", "none", "more cells than can be", "comments without an end"],
)
def test_a_page_without_one_table(tmp_path: Path, page: str) -> None:
    """A page of several tables of data, one within another, or none, is told as what it is."""
    (problem,) = check(engagement(tmp_path, {"transactions": block(tmp_path, page, SALES)}))[0]
    assert problem.message == "The file is called a workbook, but is a web page (HTML)."


def test_a_page_under_its_own_name(tmp_path: Path) -> None:
    """A list saved from the browser is read as what it is called; one of several tables of data is told with what to do."""
    found = sources(proposed(tmp_path, {"tilaukset.html": PAGE.encode("cp1252")}))
    assert found["transactions"]["columns"]["amount"] == "Summa €"
    source = {"file": "data/tilaukset.html", "columns": SALES}
    ledger = read(engagement(tmp_path, {"transactions": source})).ledger
    assert ledger is not None
    assert float(ledger.totals().revenue) == 1235.5
    put(tmp_path / "data", "tilaukset.html", PAGE.replace("</body>", "<table><tr><td>a<td>b<tr><td>1<td>2</table>"))
    (problem,) = check(engagement(tmp_path, {"transactions": source}))[0]
    assert (problem.kind, problem.message) == (
        "no_one_table",
        "The web page does not hold exactly one table of data.",
    )


@pytest.mark.parametrize(
    ("sheets", "source"),
    [
        (sheet(), {}),
        (sheet() + sheet("Vanha", value="99", more=HIDDEN) + '<Worksheet ss:Name="Tyhjä"/>', {}),
        (sheet() + sheet("Muu", value="99").replace("Summa", "Muu"), {}),
        (sheet("Muu", value="99") + sheet(), {"sheet": "myynti"}),
        (sheet("Muu", value="99") + sheet(), {"sheet": 2}),
    ],
    ids=["one", "hidden and empty", "by its columns", "named", "numbered"],
)
def test_excels_old_xml(tmp_path: Path, sheets: str, source: dict[str, Any]) -> None:
    """A sheet of Excel's old XML is read as that of another workbook: numbers, days, places that it says, hidden sheets."""
    data = XML.format(doctype="", sheets=sheets)
    found = read(engagement(tmp_path, {"transactions": block(tmp_path, data, ROWS, **source)}))
    assert found.ledger is not None
    assert (float(found.ledger.totals().revenue), str(found.ledger.last_day())) == (12.5, "2025-02-01")


@pytest.mark.parametrize(
    ("data", "kind", "row"),
    [
        (XML.format(doctype="", sheets=sheet(kind="Error", value="#DIV/0!")), "cell_error", 3),
        (XML.format(doctype="", sheets=sheet() + sheet("Muu")), "unreadable", None),
        (XML.format(doctype='<!DOCTYPE a [<!ENTITY b "12.5">]>', sheets=sheet(value="&b;")), "unreadable", None),
        (XML.format(doctype="", sheets=sheet().replace('Index="4"', 'Index="99999"')), "unreadable", None),
        (XML.format(doctype="", sheets=sheet())[:-9], "unreadable", None),
    ],
    ids=["an error", "two that fit", "an entity", "no such column", "cut off"],
)
def test_old_xml_that_is_not_read(tmp_path: Path, data: str, kind: str, row: int | None) -> None:
    """An error is told with its row; a file that declares entities, is damaged, or whose sheet is not clear, as what it is."""
    (problem,) = check(engagement(tmp_path, {"transactions": block(tmp_path, data, ROWS)}))[0]
    assert (problem.kind, problem.row) == (kind, row)
    assert kind != "unreadable" or problem.message == "The file is called a workbook, but is Excel's old XML."


def test_pages_are_proposed(tmp_path: Path) -> None:
    """`kohtaamo map` reads both as `check` does."""
    page = PAGE.replace("Asiakas<th>Pvm", "Asiakas<th>Pvm<th>Tilaus").replace("2025<td>", "2025<td>t<td>")
    files: dict[str, str | bytes] = {"a.xls": page.encode("cp1252")}
    assert sources(proposed(tmp_path, files))["transactions"]["columns"]["ordered_on"] == "Pvm"
