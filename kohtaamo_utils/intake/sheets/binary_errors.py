"""Errors in the cells of binary workbooks (.xls, .xlsb), which their reader gives as empty ones."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

from kohtaamo_utils.intake.sheets.compound import DAMAGED, stream

if TYPE_CHECKING:
    from collections.abc import Iterator

BOOKS = ("Workbook", "Book")
"""Streams that hold the sheets, of Excel 97 and later, and of Excel 5 and 95."""
CODES = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
"""Each error as Excel shows it."""
UNKNOWN = "#VALUE!"
"""Stands for an error that we do not know: no value either."""
_BEGIN, _END, _SHEET, _FORMULA, _ERROR = 0x0809, 0x000A, 0x0085, 0x0006, 0x0205
_LATER, _NO_NUMBER = 0x0600, 0xFFFF
_B_ROW, _B_ERROR, _B_FORMULA, _B_SHEET = 0, 3, 11, 156
"""Records of the parts of .xlsb: a row, an error, a formula whose value is an error, a sheet's name."""


class Valueless(NamedTuple):
    """A cell without a value: its row and column, counted from 0, and what stands for it."""

    row: int
    place: int
    text: str


def failed_in_xls(data: bytes, sheet: str) -> list[Valueless]:
    """Return the cells of a sheet of .xls that hold an error; [] for any other file.

    Parameters
    ----------
    data
        The whole file.
    sheet
        The sheet's name.
    """
    book = stream(data, BOOKS)
    try:
        begin = next((place for name, place in _sheets(book) if name == sheet), None)
        return [] if begin is None else list(_failed(book, begin))
    except DAMAGED:
        return []


def _records(book: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    while place + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, place)
        yield kind, book[place + 4 : place + 4 + length]
        place += 4 + length


def _sheets(book: bytes) -> Iterator[tuple[str, int]]:
    """Yield the sheets' names, and where in the stream each begins."""
    later = True
    for kind, body in _records(book, 0):
        if kind == _BEGIN:
            later = struct.unpack_from("<H", body)[0] >= _LATER
        elif kind == _SHEET:
            length, wide = body[6], later and body[7] & 1
            text = body[8 if later else 7 :][: length * 2 if wide else length]
            yield text.decode("utf-16-le" if wide else "latin-1"), struct.unpack_from("<I", body)[0]
        elif kind == _END:
            return


def _failed(book: bytes, begin: int) -> Iterator[Valueless]:
    depth = 0  # a chart within the sheet has a beginning and an end of its own
    for kind, body in _records(book, begin):
        depth += (kind == _BEGIN) - (kind == _END)
        if depth == 0:
            return
        code = _code(kind, body) if depth == 1 else None
        if code is not None:
            row, place = struct.unpack_from("<HH", body)
            yield Valueless(row, place, CODES.get(code, UNKNOWN))


def _code(kind: int, body: bytes) -> int | None:
    """Return the code of a cell's error; None for any other record."""
    if kind == _ERROR:
        code, is_error = struct.unpack_from("<BB", body, 6)
        return int(code) if is_error else None
    if kind == _FORMULA:
        sort, code, no_number = struct.unpack_from("<BxBxxxH", body, 6)
        return int(code) if no_number == _NO_NUMBER and sort == 2 else None
    return None


def sheets_in_xlsb(book: bytes) -> dict[str, str]:
    """Return the key of each sheet's part by the sheet's name, from the part workbook.bin."""
    found: dict[str, str] = {}
    for kind, body in _parts(book):
        if kind == _B_SHEET:
            key, rest = _wide(body[8:])
            found[_wide(rest)[0]] = key
    return found


def failed_in_xlsb(part: bytes) -> Iterator[Valueless]:
    """Yield the cells of a sheet's part of .xlsb that hold an error."""
    row = 0
    for kind, body in _parts(part):
        if kind == _B_ROW:
            (row,) = struct.unpack_from("<I", body)
        elif kind in {_B_ERROR, _B_FORMULA}:
            place, code = struct.unpack_from("<I4xB", body)
            yield Valueless(row, place, CODES.get(code, UNKNOWN))


def _parts(data: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place < len(data):
        kind, place = _packed(data, place, 2)
        length, place = _packed(data, place, 4)
        yield kind, data[place : place + length]
        place += length


def _packed(data: bytes, place: int, most: int) -> tuple[int, int]:
    """Return a number whose bytes say by their highest bit whether another follows, and the place behind it."""
    number = 0
    for step in range(most):
        byte = data[place]
        place += 1
        number |= (byte & 0x7F) << (7 * step)
        if byte < 0x80:
            break
    return number, place


def _wide(data: bytes) -> tuple[str, bytes]:
    """Return a text that its length stands before, and what follows it."""
    (length,) = struct.unpack_from("<I", data)
    return data[4 : 4 + 2 * length].decode("utf-16-le"), data[4 + 2 * length :]
