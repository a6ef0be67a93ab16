"""A workbook as it is written: protected sheets, named cells, texts that stay texts, the same bytes each time."""

from __future__ import annotations

import datetime as dt
import io
import re
import textwrap
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from kohtaamo_utils.presentation.spreadsheet_text import plain_text
from kohtaamo_utils.presentation.workbook.formats import STYLES, book_look, number_format
from kohtaamo_utils.visible import in_one_line, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kohtaamo_utils.brand import Brand
    from kohtaamo_utils.presentation.numbers import Numbers

A4 = 9
LONGEST_FOOTER = 255
LINE_HEIGHT = 15.0
"""Points of a line of text."""
LETTERS_A_WIDTH = 1.05
"""Letters that fit into one unit of a column's width."""
_SHEET_NAME = re.compile(r"(?!')[^\[\]:*?/\\]{1,31}(?<!')")
_SETTINGS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
NO_DATE = dt.date(2000, 1, 1)
"""Date of making that stands in a file when the settings give none; the clock is never asked."""


@dataclass(frozen=True)
class Place:
    """One cell: row and column, counted from 0."""

    row: int
    column: int

    def __str__(self) -> str:
        """Return the cell as a formula on its own sheet names it."""
        return str(xl_rowcol_to_cell(self.row, self.column))


class Book:
    """A workbook in the making; add sheets, write them, take the bytes.

    Parameters
    ----------
    numbers
        Language and currency of the number formats.
    title
        Title in the file's properties; there is nothing else of a person or computer in them.
    made_on
        Date in the properties.
    footer
        Text at the foot of each printed page, beside its number.
    brand
        Brand whose colours and name the sheets bear.

    Examples
    --------
    >>> from kohtaamo_utils.presentation.numbers import Numbers
    >>> book = Book(Numbers("fi"), "Title", None, "Client")
    >>> book.sheet("First").text(Place(0, 0), "=1+1", "text")
    >>> book.content()[:2]
    b'PK'
    """

    def __init__(
        self, numbers: Numbers, title: str, made_on: dt.date | None, footer: str, brand: Brand | None = None
    ) -> None:
        self.numbers = numbers
        self.look = book_look(brand)
        self._header = brand.name if brand else ""
        self._footer = footer
        self._buffer = io.BytesIO()
        self._book: Any = xlsxwriter.Workbook(self._buffer, _SETTINGS)
        day = made_on or NO_DATE
        self._book.set_properties(
            {
                "title": in_one_line(visible(title)),
                "author": "Kohtaamo",
                "created": dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC),
            }
        )
        self._formats: dict[tuple[str, str | None, int | None], Any] = {}
        self._names: set[str] = set()
        self._sheets: list[Sheet] = []

    def sheet(self, name: str) -> Sheet:
        """Add a sheet.

        Raises
        ------
        ValueError
            Excel does not take the name.
        """
        if not _SHEET_NAME.fullmatch(name):
            raise ValueError(f"{name!r} cannot name a sheet; use 1 to 31 characters, none of []:*?/\\")
        made = self._book.add_worksheet(name)
        made.hide_gridlines(2)
        made.set_landscape()
        made.set_paper(A4)
        made.fit_to_pages(1, 0)
        made.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        made.set_footer(_footer(self._footer, name))
        if self._header:
            made.set_header(_fitted("&R", self._header))
        made.protect("", {"format_columns": True, "format_rows": True})
        self._sheets.append(Sheet(self, made, name))
        return self._sheets[-1]

    def format(self, style: str, unit: str | None = None, decimals: int | None = None) -> Any:
        """Return a style with the number format of a unit; the same one each time."""
        key = (style, unit, decimals)
        if key not in self._formats:
            code = {} if unit is None else {"num_format": number_format(self.numbers, unit, decimals)}
            self._formats[key] = self._book.add_format({**self.look.styled(style), **code})
        return self._formats[key]

    def define(self, name: str, sheet: str, place: Place) -> None:
        """Name a cell.

        Raises
        ------
        ValueError
            The name is taken, or Excel does not take it.
        """
        target = f"='{sheet.replace(chr(39), chr(39) * 2)}'!{xl_rowcol_to_cell(place.row, place.column, True, True)}"
        if name.casefold() in self._names or self._book.define_name(name, target) != 0:
            raise ValueError(f"{name!r} cannot name a cell: it is taken, or Excel does not take it")
        self._names.add(name.casefold())

    def chart(self, kind: dict[str, str]) -> Any:
        """Return a new chart of a kind."""
        return self._book.add_chart(kind)

    def content(self) -> bytes:
        """Close the workbook and return its bytes."""
        for sheet in self._sheets:
            sheet.set_heights()
        self._book.close()
        return self._buffer.getvalue()


def _footer(left: str, middle: str) -> str:
    """Return the foot of a printed page."""
    return _fitted("&L", left, f"&C{middle.replace('&', '&&')}&R&P / &N")


def _fitted(code: str, text: str, rest: str = "") -> str:
    """Return a text for head or foot, cut where needed: Excel takes 255 characters, and ``&`` for the beginning of a code."""
    words, room = in_one_line(visible(text)), LONGEST_FOOTER - len(code) - len(rest)
    fitting = next(words[:length] for length in range(len(words), -1, -1) if length + words[:length].count("&") <= room)
    return f"{code}{fitting.replace('&', '&&')}{rest}"


class Sheet:
    """One sheet; every text goes through `plain_text`, and only `formula` writes a formula."""

    def __init__(self, book: Book, made: Any, name: str) -> None:
        self.book = book
        self.made = made
        self.name = name
        self._widths: dict[int, float] = {}
        self._heights: dict[int, float] = defaultdict(lambda: LINE_HEIGHT)

    def text(self, place: Place, text: str, style: str) -> None:
        """Write a text."""
        self.made.write_string(place.row, place.column, plain_text(text), self.book.format(style))
        self._need(place.row, text, style, self._widths.get(place.column, 0))

    def number(
        self, place: Place, value: float, style: str, unit: str, decimals: int | None = None, name: str | None = None
    ) -> None:
        """Write a number in the way of its unit; with a name, the cell gets it."""
        self.made.write_number(place.row, place.column, value, self.book.format(style, unit, decimals))
        if name:
            self.book.define(name, self.name, place)

    def formula(
        self,
        place: Place,
        formula: str,
        value: float | str,
        style: str,
        unit: str,
        decimals: int | None = None,
        name: str | None = None,
    ) -> None:
        """Write a formula with the value that it gives, so that a program that does not calculate shows it too."""
        look = self.book.format(style, unit, decimals)
        self.made.write_formula(place.row, place.column, f"={formula}", look, value)
        if name:
            self.book.define(name, self.name, place)

    def row(self, place: Place, texts: Sequence[str], style: str) -> None:
        """Write texts side by side."""
        for offset, text in enumerate(texts):
            self.text(Place(place.row, place.column + offset), text, style)

    def merged(self, place: Place, last_column: int, text: str, style: str) -> None:
        """Write a text over several columns."""
        look = self.book.format(style)
        self.made.merge_range(place.row, place.column, place.row, last_column, "", look)
        self.made.write_string(place.row, place.column, plain_text(text), look)
        self._need(place.row, text, style, sum(self._widths.get(c, 0) for c in range(place.column, last_column + 1)))

    def _need(self, row: int, text: str, style: str, width: float) -> None:
        """Keep in mind how high a row must be for a text; not every program finds out by itself."""
        look = STYLES[style]
        lines = len(textwrap.wrap(text, max(1, int(width * LETTERS_A_WIDTH)))) if look.get("text_wrap") and width else 1
        self.height(row, max(1, lines) * LINE_HEIGHT * max(1.0, look.get("font_size", 11) / 11))

    def height(self, row: int, points: float) -> None:
        """Make a row at least so high."""
        self._heights[row] = max(self._heights[row], points)

    def set_heights(self) -> None:
        """Give each row the height that it needs."""
        for row, points in self._heights.items():
            self.made.set_row(row, points)

    def widths(self, *widths: float) -> None:
        """Set the columns' widths, in characters, from the first on; before any text is written."""
        for column, width in enumerate(widths):
            self._widths[column] = width
            self.made.set_column(column, column, width)

    def head(self, row: int) -> None:
        """Keep the rows down to this one, and the first column, in sight; print this row on each page."""
        self.made.freeze_panes(row + 1, 1)
        self.made.repeat_rows(row)

    def print_on_one_page(self) -> None:
        """Print the whole sheet on one page."""
        self.made.fit_to_pages(1, 1)

    def keep_first_column(self) -> None:
        """Keep the first column in sight."""
        self.made.freeze_panes(0, 1)

    def limits(
        self, place: Place, low: float | str, high: float | str, title: str, text: str, strict: bool = True
    ) -> None:
        """Let a cell take numbers between two limits (numbers or cells) only; not strict: ask before taking another."""
        self.made.data_validation(
            place.row,
            place.column,
            place.row,
            place.column,
            {
                "validate": "decimal",
                "criteria": "between",
                "minimum": low,
                "maximum": high,
                "error_title": title[:32],
                "error_message": text[:255],
                "error_type": "stop" if strict else "warning",
            },
        )


def column_name(column: int) -> str:
    """Return a column's letters.

    Examples
    --------
    >>> column_name(27)
    'AB'
    """
    return str(xl_col_to_name(column))
