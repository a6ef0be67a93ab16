"""Text in files that a spreadsheet opens: it stays text, and is never taken for a formula."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a formula, or a command hidden in one, may begin with; full-width forms too."""
MARK = "\ufeff"
"""Tells spreadsheets that a text file is UTF-8."""


def inert(text: str) -> str:
    """Return a text that a spreadsheet shows rather than computes: with an apostrophe before it where it needs one.

    For text only: a negative number is to be written as a number.

    Examples
    --------
    >>> inert("=1+1"), inert("-5 %"), inert("Turku")
    ("'=1+1", "'-5 %", 'Turku')
    """
    return f"'{text}" if text.startswith(FORMULA_SIGNS) or text.lstrip(" ").startswith(FORMULA_SIGNS) else text


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[str | int]]) -> str:
    r"""Return a table as CSV that Excel opens rightly in Finland and Sweden: semicolons, UTF-8 with its mark.

    Every text is quoted: a carriage return in a bare one would begin a row, and a formula with it.

    Examples
    --------
    >>> csv_text(["file", "count"], [["=a.csv", 3]])
    '\ufeff"file";"count"\n"\'=a.csv";3\n'
    """
    stream = StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    for row in (columns, *rows):
        writer.writerow([inert(cell) if isinstance(cell, str) else cell for cell in row])
    return MARK + stream.getvalue()
