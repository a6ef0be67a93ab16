"""Cells of a workbook that have no value to read: errors, and formulas that no program has calculated.

The reader of workbooks gives an empty cell for both, as if nothing stood there. Workbooks of XML (.xlsx, .xlsm, .ods)
tell of both, binary ones (.xls, .xlsb) of errors: a formula without a value is a number 0 or an empty text in them.
"""

from __future__ import annotations

import html
import io
import posixpath
import re
import zipfile
from typing import TYPE_CHECKING

from kohtaamo_utils.intake.sheets.binary_errors import Valueless, failed_in_xls, failed_in_xlsb, sheets_in_xlsb
from kohtaamo_utils.intake.sheets.broken_cells import UNCALCULATED
from kohtaamo_utils.intake.sheets.compound import DAMAGED

if TYPE_CHECKING:
    from collections.abc import Iterator

BOOK, LINKS, OPEN_DOCUMENT = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "content.xml"
BINARY, BINARY_LINKS = "xl/workbook.bin", "xl/_rels/workbook.bin.rels"
_ATTRIBUTE = re.compile(r"""(?:\w+:)?([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_SHEET = re.compile(r"<(?:\w+:)?sheet\b([^>]*)>")
_LINK = re.compile(r"<(?:\w+:)?Relationship\b([^>]*)>")
_ROW_OR_CELL = re.compile(r"<(?:\w+:)?(?:(row)\b([^>]*)>|c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>))", re.DOTALL)
_VALUE = re.compile(r"<(?:\w+:)?v\b[^>]*>([^<]*)<")
_FORMULA = re.compile(r"<(?:\w+:)?f\b")
_FAILED = re.compile(r"""\bt\s*=\s*["']e["']""")
_TABLE = re.compile(r"<table:table\b([^>]*)>(.*?)</table:table>", re.DOTALL)
_ROW_OR_FIELD = re.compile(
    r"<table:(?:(table-row)\b([^>]*)>|(?:covered-)?table-cell\b([^>]*?)(?:/>|>(.*?)</table:(?:covered-)?table-cell>))",
    re.DOTALL,
)
_PARAGRAPH = re.compile(r"<text:p\b[^>]*>([^<]*)<")


def valueless(data: bytes, sheet: str) -> list[Valueless]:
    """Return the cells of a sheet that hold an error, or a formula whose value the file does not have.

    Parameters
    ----------
    data
        The whole file.
    sheet
        The sheet's name.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            parts = set(book.namelist())
            if OPEN_DOCUMENT in parts:
                return list(_of_open_document(_text(book, OPEN_DOCUMENT), sheet))
            if BINARY in parts:
                return list(_of_binary(book, sheet, parts))
            part = _part(book, sheet) if {BOOK, LINKS} <= parts else ""
            return list(_of_excel(_text(book, part))) if part in parts else []
    except (zipfile.BadZipFile, NotImplementedError, EOFError):  # a workbook of the older, binary kind
        return failed_in_xls(data, sheet)


def _of_binary(book: zipfile.ZipFile, sheet: str, parts: set[str]) -> Iterator[Valueless]:
    """Yield the errors of a sheet of .xlsb."""
    try:
        key = sheets_in_xlsb(book.read(BINARY)).get(sheet)
        part = _target(book, BINARY_LINKS, key) if BINARY_LINKS in parts else ""
        yield from failed_in_xlsb(book.read(part)) if part in parts else ()
    except DAMAGED:
        return


def _text(book: zipfile.ZipFile, part: str) -> str:
    return book.read(part).decode("utf-8", "replace")


def _attributes(text: str) -> dict[str, str]:
    return {name: html.unescape(one or other) for name, one, other in _ATTRIBUTE.findall(text)}


def _part(book: zipfile.ZipFile, sheet: str) -> str:
    """Return the name of the part that a sheet stands in; "" where none is named."""
    sheets = [_attributes(found) for found in _SHEET.findall(_text(book, BOOK))]
    key = next((found.get("id") for found in sheets if found.get("name") == sheet), None)
    return _target(book, LINKS, key)


def _target(book: zipfile.ZipFile, links_part: str, key: str | None) -> str:
    """Return the name of the part that a link stands for; "" where it stands for none."""
    links = [_attributes(found) for found in _LINK.findall(_text(book, links_part))]
    target = next((found.get("Target", "") for found in links if found.get("Id") == key), "")
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/") if target else ""


def _of_excel(text: str) -> Iterator[Valueless]:
    if not (_FORMULA.search(text) or _FAILED.search(text)):
        return
    row, place = -1, -1
    for is_row, of_row, of_cell, content in _ROW_OR_CELL.findall(text):
        if is_row:
            number = _attributes(of_row).get("r", "")
            row, place = int(number) - 1 if number.isdecimal() else row + 1, -1
            continue
        said = _attributes(of_cell)
        place = _column(said["r"]) if "r" in said else place + 1
        shown = _shown(said.get("t", ""), content)
        if shown:
            yield Valueless(row, place, shown)


def _column(cell: str) -> int:
    """Return the place of a cell's column, counted from 0.

    Examples
    --------
    >>> _column("A1"), _column("Z9"), _column("AB12")
    (0, 25, 27)
    """
    number = 0
    for letter in cell.rstrip("0123456789"):
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _shown(kind: str, content: str) -> str:
    """Return what stands for a cell without a value; "" for one that has one, an empty text too."""
    value = _VALUE.search(content)
    said = html.unescape(value[1]).strip() if value else ""
    if kind == "e":
        return said or UNCALCULATED
    return UNCALCULATED if not said and kind != "str" and _FORMULA.search(content) else ""


def _of_open_document(text: str, sheet: str) -> Iterator[Valueless]:
    row, place, rows = -1, -1, 1
    for is_row, of_row, of_cell, content in _ROW_OR_FIELD.findall(_table(text, sheet)):
        if is_row:
            row, place, rows = row + rows, -1, _repeated(of_row, "rows")
            continue
        said = _attributes(of_cell)
        if said.get("value-type") == "error":
            found = _PARAGRAPH.search(content)
            yield Valueless(row, place + 1, html.unescape(found[1]) if found else UNCALCULATED)
        elif "formula" in said and "value-type" not in said:
            yield Valueless(row, place + 1, UNCALCULATED)
        place += _repeated(of_cell, "columns")


def _repeated(attributes: str, what: str) -> int:
    return int(_attributes(attributes).get(f"number-{what}-repeated", 1))


def _table(text: str, sheet: str) -> str:
    """Return a sheet's rows."""
    return next((rows for said, rows in _TABLE.findall(text) if _attributes(said).get("name") == sheet), "")
