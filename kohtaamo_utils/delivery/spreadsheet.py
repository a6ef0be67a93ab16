"""CSV that a spreadsheet opens rightly, and computes nothing of."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.spreadsheet_text import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MARK = "\ufeff"
"""Tells spreadsheets that a text file is UTF-8."""


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
        writer.writerow([plain_text(cell) if isinstance(cell, str) else cell for cell in row])
    return MARK + stream.getvalue()
