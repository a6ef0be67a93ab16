"""The smallest binary workbooks, written as the formats' documents say ([MS-XLS], [MS-XLSB], [MS-CFB])."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

SECTOR = 512
END, IS_TABLE, FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
ERRORS = {"#DIV/0!": 0x07, "#REF!": 0x17, "#N/A": 0x2A}
Rows = "Sequence[Sequence[object]]"
"""Texts, numbers, errors; an error behind an equals sign is a formula's."""


def _cells(rows: Sequence[Sequence[object]]) -> Iterator[tuple[int, int, object]]:
    for row, cells in enumerate(rows):
        yield from ((row, place, cell) for place, cell in enumerate(cells) if cell is not None)


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _cell(row: int, place: int, cell: object) -> bytes:
    at = struct.pack("<HHH", row, place, 0)
    if isinstance(cell, float | int):
        return _record(0x0203, at + struct.pack("<d", cell))
    text = str(cell)
    if text in ERRORS:
        return _record(0x0205, at + struct.pack("<BB", ERRORS[text], 1))
    if text.removeprefix("=") in ERRORS:
        code = ERRORS[text[1:]]
        value = struct.pack("<BBBBBBH", 2, 0, code, 0, 0, 0, 0xFFFF)
        return _record(0x0006, at + value + struct.pack("<HIH", 0, 0, 2) + bytes([0x1C, code]))
    return _record(0x0204, at + struct.pack("<HB", len(text), 1) + text.encode("utf-16-le"))


def _begin(sort: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, sort, 0x0DBB, 0x07CC, 0, 6))


def xls(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """Return a workbook of Excel 97: its stream in a compound file of its own."""
    bodies = [
        _begin(0x10) + b"".join(_cell(*cell) for cell in _cells(rows)) + _record(0x0A, b"") for rows in sheets.values()
    ]
    names = [name.encode("utf-16-le") for name in sheets]
    head = len(_begin(5)) + sum(4 + 8 + len(name) for name in names) + 4
    book, place = _begin(5), head
    for name, body in zip(names, bodies, strict=True):
        book += _record(0x85, struct.pack("<IBBBB", place, 0, 0, len(name) // 2, 1) + name)
        place += len(body)
    return _compound("Workbook", book + _record(0x0A, b"") + b"".join(bodies))


def _compound(name: str, content: bytes) -> bytes:
    """Return a compound file of one stream: a sector of the table, one of the directory, and the stream's."""
    count = max(8, -(-len(content) // SECTOR))
    table = [IS_TABLE, END, *range(3, count + 2), END]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += (
        struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0)
        + struct.pack("<I", 0)
        + struct.pack("<I", FREE) * 108
    )
    entries = _entry("Root Entry", 5, END, 0, child=1) + _entry(name, 2, 2, count * SECTOR, child=FREE) + bytes(256)
    numbers = struct.pack(f"<{SECTOR // 4}I", *table, *[FREE] * (SECTOR // 4 - len(table)))
    return head + numbers + entries + content.ljust(count * SECTOR, b"\0")


def _entry(name: str, sort: int, first: int, size: int, child: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<HBBIII", len(text), sort, 1, FREE, FREE, child)
    return text.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", first, size)


def _part(kind: int, body: bytes = b"") -> bytes:
    number = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, size = b"", len(body)
    while size > 0x7F:
        length, size = length + bytes([size & 0x7F | 0x80]), size >> 7
    return number + length + bytes([size]) + body


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _sheet(rows: Sequence[Sequence[object]]) -> bytes:
    found = _part(129) + _part(148, struct.pack("<IIII", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)) + _part(145)
    for row, cells in enumerate(rows):
        found += _part(0, struct.pack("<I", row) + bytes(21))
        for place, cell in enumerate(cells):
            at, text = struct.pack("<II", place, 0), str(cell)
            if isinstance(cell, float | int):
                found += _part(5, at + struct.pack("<d", cell))
            elif text in ERRORS:
                found += _part(3, at + bytes([ERRORS[text]]))
            elif text.removeprefix("=") in ERRORS:
                found += _part(
                    11, at + bytes([ERRORS[text[1:]], 0, 0]) + struct.pack("<I", 2) + bytes([0x1C, ERRORS[text[1:]]])
                )
            elif cell is not None:
                found += _part(6, at + _text(text))
    return found + _part(146) + _part(130)


def xlsb(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """Return a binary workbook of Excel 2007."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as book:
        links = "".join(
            f'<Relationship Id="rId{number}" Target="worksheets/sheet{number}.bin"'
            ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/>'
            for number, _ in enumerate(sheets, start=1)
        )
        book.writestr("xl/_rels/workbook.bin.rels", f"<Relationships>{links}</Relationships>")
        names = b"".join(
            _part(156, struct.pack("<II", 0, number) + _text(f"rId{number}") + _text(name))
            for number, name in enumerate(sheets, start=1)
        )
        book.writestr("xl/workbook.bin", _part(131) + _part(143) + names + _part(144) + _part(132))
        for number, rows in enumerate(sheets.values(), start=1):
            book.writestr(f"xl/worksheets/sheet{number}.bin", _sheet(rows))
    return stream.getvalue()
