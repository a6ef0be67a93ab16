"""Web pages, and Excel's old XML under a workbook's name, read as the tables that they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.sheets.decoding import decode
from kohtaamo_utils.intake.sheets.disguised import HEAD, OLD_XML, is_markup
from kohtaamo_utils.intake.sheets.html_table import one_table
from kohtaamo_utils.intake.sheets.old_xml import old_workbook

if TYPE_CHECKING:
    from collections.abc import Callable

    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.sheets.grid import Grid
    from kohtaamo_utils.intake.values.cells import Record

FEWEST_ROWS = 60
"""Rows that a sheet is chosen by."""
MOST_BYTES = 100_000_000
"""A larger page is not held."""
_CHARSET = re.compile(rb"""<meta[^>]{1,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_-]{1,40})""", re.IGNORECASE)


def read_markup(
    data: bytes,
    findings: Findings,
    sheet: str | int | None,
    encoding: str | None,
    lacks: Callable[[list[Record]], list[str]],
    *,
    noted: bool = True,
) -> Grid | None:
    """Return the table of a page or an old XML workbook; None for any other file, or where not exactly one table is sure.

    Parameters
    ----------
    data
        The whole file.
    findings
        Takes what the file was taken for.
    sheet, lacks
        As in `workbook.read_workbook`.
    encoding
        What the settings say.
    noted
        Whether its name promises a workbook, which is then told.
    """
    if not is_markup(data) or len(data) > MOST_BYTES:
        return None
    if OLD_XML in data[:HEAD]:
        grid = old_workbook(data, sheet, lambda sheets: _with_columns(sheets, lacks))
        kind = say("Excel's old XML")
    else:
        grid, kind = (
            None if sheet not in {None, 1} else one_table(_text(data, findings, encoding)),
            say("a web page (HTML)"),
        )
    if grid is not None and noted:
        findings.note("inferred", "markup", 1, say("The file is called a workbook, but is {kind}.", kind=kind))
    return grid


def _with_columns(sheets: dict[str, list[Record]], lacks: Callable[[list[Record]], list[str]]) -> str | None:
    """Return the one sheet that holds the columns."""
    whole = [name for name, records in sheets.items() if not lacks(records[:FEWEST_ROWS])]
    return whole[0] if len(whole) == 1 else None


def _text(data: bytes, findings: Findings, encoding: str | None) -> str:
    """Return a page as text, in the encoding that the settings say, or it says itself, or that is found by rule."""
    said = _CHARSET.search(data[:HEAD])
    name = said[1].decode("ascii") if said else None
    marked = data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))
    if encoding is None and name is not None and not marked:
        try:
            return data.decode(name)
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data, findings, encoding)
