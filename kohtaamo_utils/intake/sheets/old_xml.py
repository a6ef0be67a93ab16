"""Excel's XML of 2003 (SpreadsheetML): a workbook as one XML file, which programs still write and call .xls."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from kohtaamo_utils.intake.sheets.broken_cells import UNCALCULATED
from kohtaamo_utils.intake.sheets.grid import Grid
from kohtaamo_utils.intake.sheets.merged_cells import Merged
from kohtaamo_utils.intake.values.cells import cell_of, composed, is_blank

if TYPE_CHECKING:
    from collections.abc import Callable

    from kohtaamo_utils.intake.values.cells import Cell, Record

SPACE = "urn:schemas-microsoft-com:office:spreadsheet"
EXCEL = "urn:schemas-microsoft-com:office:excel"
_S, _X = f"{{{SPACE}}}", f"{{{EXCEL}}}"
MOST_CELLS = 2_000_000
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
_TIME_ONLY = re.compile(r"1899-12-3[01]T")


class UnfitError(Exception):
    """The file names cells that no sheet has, or too many."""


def old_workbook(
    data: bytes, sheet: str | int | None, chosen: Callable[[dict[str, list[Record]]], str | None]
) -> Grid | None:
    """Return a sheet of a workbook in Excel's old XML; None where it cannot be read so, or nothing says which sheet.

    Parameters
    ----------
    data
        The whole file. One that declares a document type or entities is not read.
    sheet
        The sheet's name, or its number counted from 1; None is the one that holds something.
    chosen
        Chooses one of several sheets by their records.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: ET.Element = fromstring(data, forbid_dtd=True)
        found = {each.get(f"{_S}Name", ""): each for each in root.iter(f"{_S}Worksheet")}
        name = _named(list(found), sheet) if sheet is not None else _only(found, chosen)
        return None if name is None else _grid(found[name], name)
    except (DefusedXmlException, ET.ParseError, ValueError, LookupError, RecursionError, UnfitError):
        return None


def _named(names: list[str], sheet: str | int) -> str | None:
    if isinstance(sheet, int):
        return names[sheet - 1] if 1 <= sheet <= len(names) else None
    wanted = composed(sheet).strip().casefold()
    return next((name for name in names if composed(name).strip().casefold() == wanted), None)


def _only(sheets: dict[str, ET.Element], chosen: Callable[[dict[str, list[Record]]], str | None]) -> str | None:
    """Return the one sheet that is shown and not empty, or that the settings' columns are in."""
    shown = {name: _grid(each, name).records for name, each in sheets.items() if not _is_hidden(each)}
    filled = {
        name: records for name, records in shown.items() if any(not is_blank(cell) for row in records for cell in row)
    }
    return next(iter(filled)) if len(filled) == 1 else chosen(filled) if filled else None


def _is_hidden(sheet: ET.Element) -> bool:
    return (sheet.findtext(f"{_X}WorksheetOptions/{_X}Visible") or "") in {"SheetHidden", "SheetVeryHidden"}


def _grid(sheet: ET.Element, name: str) -> Grid:
    records: list[Record] = []
    merged: list[Merged] = []
    hidden: list[int] = []
    cells = 0
    for row in sheet.iterfind(f"{_S}Table/{_S}Row"):
        number = _place(row, len(records) + 1, MOST_ROWS)
        record, its = _record(row, number)
        cells += len(record) + number - len(records)
        if cells > MOST_CELLS:
            raise UnfitError
        records.extend([] for _ in range(number - 1 - len(records)))
        records.append(record)
        merged += its
        hidden += [number] if row.get(f"{_S}Hidden") == "1" else []
    return Grid(records, tuple(merged), tuple(hidden), name)


def _place(element: ET.Element, next_one: int, most: int) -> int:
    """Return a row's or cell's number, which is said where others are passed over."""
    said = element.get(f"{_S}Index")
    number = next_one if said is None else int(said)
    if not next_one <= number <= most:
        raise UnfitError
    return number


def _record(row: ET.Element, number: int) -> tuple[Record, list[Merged]]:
    record: Record = []
    merged: list[Merged] = []
    for cell in row.iterfind(f"{_S}Cell"):
        place = _place(cell, len(record) + 1, MOST_COLUMNS)
        across, down = (int(cell.get(f"{_S}Merge{way}", "0")) for way in ("Across", "Down"))
        if not (0 <= across <= MOST_COLUMNS - place and 0 <= down <= MOST_ROWS - number):
            raise UnfitError
        record.extend("" for _ in range(place - 1 - len(record)))
        record.extend([_value(cell), *[""] * across])
        merged += [Merged(number, number + down, place - 1)] if down else []
    return record, merged


def _value(cell: ET.Element) -> Cell:
    """Return what a cell holds: a number, a text, a date as ISO text, or an error as Excel shows it."""
    data = cell.find(f"{_S}Data")
    kind = "" if data is None else data.get(f"{_S}Type", "String")
    text = "" if data is None else composed("".join(data.itertext()))
    if not text.strip():
        return UNCALCULATED if kind != "String" and cell.get(f"{_S}Formula") else ""
    if kind == "Number":
        return cell_of(float(text))
    if kind == "Boolean":
        return "TRUE" if text.strip() == "1" else "FALSE"
    if kind == "DateTime":
        plain = text.strip().removesuffix(".000")
        return _TIME_ONLY.sub("", plain).replace("T", " ")
    return text
