"""Where two workbooks differ: which cells of which sheets."""

from __future__ import annotations

import io
import re
import zipfile
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_CELL = re.compile(r'<c r="([A-Z]+\d+)"[^>]*?(?:/>|>(.*?)</c>)', re.DOTALL)
_TEXT = re.compile(r"<si>(.*?)</si>", re.DOTALL)
_SHARED = re.compile(r'(<c [^>]*t="s"[^>]*>)<v>(\d+)</v>')
_SHEET = re.compile(r'<sheet name="([^"]*)"')
_LARGEST = 50_000_000
"""Bytes that a workbook may unpack to: ours take a hundredth."""


def cell_differences(left: bytes, right: bytes) -> tuple[str, ...] | None:
    """Return the cells in which two workbooks of the kit differ, as ``Sheet!B3``; None where one cannot be read.

    A workbook that another program has saved is written otherwise throughout; then every cell may differ.
    """
    try:
        return tuple(_differences(_sheets(left), _sheets(right)))
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError, NotImplementedError, IndexError):
        return None


def _differences(left: dict[str, dict[str, str]], right: dict[str, dict[str, str]]) -> Iterator[str]:
    for name in [*right, *(name for name in left if name not in right)]:
        ours, theirs = left.get(name, {}), right.get(name, {})
        for cell in [*theirs, *(cell for cell in ours if cell not in theirs)]:
            if ours.get(cell) != theirs.get(cell):
                yield f"{name}!{cell}"


def _sheets(content: bytes) -> dict[str, dict[str, str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        if sum(part.file_size for part in book.infolist()) > _LARGEST:
            raise ValueError("too large")
        parts = {name: book.read(name).decode() for name in book.namelist() if name.endswith(".xml")}
    shared = _TEXT.findall(parts.get("xl/sharedStrings.xml", ""))
    names = _SHEET.findall(parts["xl/workbook.xml"])
    files = sorted((name for name in parts if name.startswith("xl/worksheets/sheet")), key=_number)
    return {name or file: _cells(parts[file], shared) for name, file in zip_longest(names, files, fillvalue="") if file}


def _number(name: str) -> int:
    return int("".join(filter(str.isdigit, name)) or 0)


def _cells(sheet: str, shared: list[str]) -> dict[str, str]:
    """Return what stands in each cell: formula, value, or text."""
    whole = _SHARED.sub(lambda found: f"{found[1]}<t>{shared[int(found[2])]}</t>", sheet)
    return {place: content for place, content in _CELL.findall(whole) if content}
