"""Rows that a workbook does not show, being filtered out or hidden by hand: they are data all the same, and it is told."""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say_plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.sheets.sheet import Sheet

WORKBOOK, SHEETS = "xl/workbook.xml", "xl/"
RELATIONS = "xl/_rels/workbook.xml.rels"
LARGEST_PART = 8 * 2**20
"""Bytes of the parts that say which sheet is where; in a true workbook they are some thousand."""
PIECE = 2**20
"""Bytes of a sheet that are looked at together, so that a large one never lies in memory."""
_TAG = re.compile(rb"<(?:\w+:)?(?:sheet|Relationship)\s([^>]*)>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ROW = re.compile(rb"<(?:\w+:)?row(?=[\s/>])([^>]*)>")
_NUMBER = re.compile(rb"""(?:^|\s)r\s*=\s*["'](\d{1,7})["']""")
_HIDDEN = re.compile(rb"""(?:^|\s)hidden\s*=\s*["'](?:1|true)["']""")
_DAMAGED = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, OSError, EOFError, NotImplementedError, RuntimeError)


def hidden_rows(data: bytes, sheet: str) -> list[int]:
    """Return the numbers of the rows of a sheet that are not shown; [] for other workbooks than .xlsx and .xlsm.

    The library that reads workbooks does not tell, so the sheet's own text is searched, without being parsed: no
    entity in it is ever expanded.

    Parameters
    ----------
    data
        The whole file, which has been read already.
    sheet
        The sheet's name.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            part = _part_of(archive, sheet)
            return [] if part is None else list(_hidden(archive, part))
    except _DAMAGED:
        return []


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """Return where in the file a sheet is."""
    names = {each.get("name"): each.get("r:id", "") for each in _tags(archive, WORKBOOK)}
    targets = {each.get("Id"): each.get("Target", "") for each in _tags(archive, RELATIONS)}
    target = targets.get(names.get(sheet))
    return None if target is None else target.lstrip("/") if target.startswith("/") else SHEETS + target


def _tags(archive: zipfile.ZipFile, part: str) -> list[dict[str, str]]:
    with archive.open(part) as stream:
        text = stream.read(LARGEST_PART)
    found = (_ATTRIBUTE.findall(match[1].decode("utf-8", errors="replace")) for match in _TAG.finditer(text))
    return [{name: html.unescape(one or other) for name, one, other in pairs} for pairs in found]


def _hidden(archive: zipfile.ZipFile, part: str) -> Iterator[int]:
    """Yield the numbers of a sheet's hidden rows; a row without a number follows the one before."""
    number = 0
    for piece in _pieces(archive, part):
        if b"hidden" not in piece and _NUMBER.search(piece):  # most of a large workbook: only the last row counts
            continue
        for match in _ROW.finditer(piece):
            given = _NUMBER.search(match[1])
            number = int(given[1]) if given else number + 1
            if _HIDDEN.search(match[1]):
                yield number


def _pieces(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """Yield a part piece by piece, no tag divided."""
    left = b""
    with archive.open(part) as stream:
        while more := stream.read(PIECE):
            whole, bracket, left = (left + more).rpartition(b">")
            yield whole + bracket
            if len(left) > LARGEST_PART:
                return  # no tag is as long: this is no sheet


def note_hidden(sheet: Sheet, hidden: Sequence[int], name: str, findings: Findings) -> None:
    """Log how many of a sheet's rows are hidden in the workbook; titles, headers and blank rows do not count.

    Parameters
    ----------
    sheet
        The file, laid out.
    hidden
        Its hidden rows.
    name
        What the sheet is called.
    findings
        Takes the entry.
    """
    count = int(sheet.cells.index.isin(hidden).sum())
    if count:
        detail = say_plural(
            "{n} row is hidden in the workbook (sheet {sheet}), by a filter or otherwise: it is read as the others",
            "{n} rows are hidden in the workbook (sheet {sheet}), by a filter or otherwise: they are read as the others",
            count,
            sheet=name,
        )
        findings.note("unsettled", "hidden_rows", count, detail, value=name)
