"""Writing files as a Finnish client sends them, and so that the same content gives the same bytes."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, TypeAlias
from xml.etree.ElementTree import canonicalize
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from pathlib import Path

Cell: TypeAlias = str | int | float | date | None
Row: TypeAlias = Mapping[str, Cell]

STAMP = datetime(2026, 1, 15, 8, 0, 0)  # noqa: DTZ001 -- an Excel file's own stamp has no zone
XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def finnish_date(day: date) -> str:
    """Write a date as Finnish Excel does.

    Examples
    --------
    >>> finnish_date(date(2025, 7, 4))
    '4.7.2025'
    """
    return f"{day.day}.{day.month}.{day.year}"


def decimal_comma(value: float, decimals: int = 2) -> str:
    r"""Write a number with a decimal comma and, from a thousand on, a no-break space between thousands.

    Examples
    --------
    >>> decimal_comma(1234.5).replace("\xa0", "_")
    '1_234,50'
    """
    return f"{value:,.{decimals}f}".replace(",", "\xa0").replace(".", ",")


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    return finnish_date(cell) if isinstance(cell, date) else str(cell)


def write_csv(path: Path, rows: Iterable[Row], columns: Sequence[str], encoding: str = "utf-8-sig") -> None:
    """Write rows as a semicolon-separated file with LF line ends.

    Parameters
    ----------
    path
        File to write; its folder is made if needed.
    rows
        Cells by column; dates are written d.m.yyyy, None as an empty cell.
    columns
        Header, in order.
    encoding
        ``utf-8-sig`` (with BOM) is what Finnish Excel calls "CSV UTF-8"; ``cp1252`` is its plain "CSV".
    """
    buffer = StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_text(row[column]) for column in columns] for row in rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(buffer.getvalue().encode(encoding))


def _steady(name: str, content: bytes) -> bytes:
    """Free one part of a workbook from the clock and from the XML library that wrote it."""
    if not name.endswith((".xml", ".rels")):
        return content
    text = content.decode("utf-8")
    if name == "docProps/core.xml":
        text = re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", f"{STAMP:%Y-%m-%dT%H:%M:%SZ}", text)
    return (XML_HEAD + canonicalize(text)).encode("utf-8")


def _repack(content: bytes) -> bytes:
    """Zip the parts again, uncompressed (zlib builds differ) and with one fixed date."""
    target = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(target, "w", ZIP_STORED) as zipped:
        for name in source.namelist():
            part = ZipInfo(name, date_time=STAMP.timetuple()[:6])
            part.create_system = 0  # otherwise the operating system shows in the bytes
            zipped.writestr(part, _steady(name, source.read(name)))
    return target.getvalue()


def write_workbook(path: Path, sheets: Mapping[str, tuple[Sequence[str], Iterable[Row]]]) -> None:
    """Write a workbook with real Excel dates whose bytes repeat.

    Parameters
    ----------
    path
        File to write; its folder is made if needed.
    sheets
        Header and rows by sheet name.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "Mallikauppa Oy"
    book.properties.created = STAMP
    for title, (columns, rows) in sheets.items():
        sheet = book.create_sheet(title)
        sheet.append(list(columns))
        for row in rows:
            sheet.append([row[column] for column in columns])
        for number, column in enumerate(columns, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = max(12, len(column) + 2)
        for cells in sheet.iter_rows(min_row=2):
            for cell in cells:
                if isinstance(cell.value, date):
                    cell.number_format = "d.m.yyyy"
        sheet.freeze_panes = "A2"
    buffer = BytesIO()
    book.save(buffer)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_repack(buffer.getvalue()))
