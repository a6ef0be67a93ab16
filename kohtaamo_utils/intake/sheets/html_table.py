"""The one table of a web page: web shops and bookkeeping programs save such pages under a workbook's name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from kohtaamo_utils.intake.sheets.grid import Grid
from kohtaamo_utils.intake.sheets.merged_cells import Merged
from kohtaamo_utils.intake.values.cells import composed, is_blank

if TYPE_CHECKING:
    from kohtaamo_utils.intake.values.cells import Record

UNREAD = frozenset(
    {"script", "style", "template", "noscript", "title", "object", "iframe", "svg", "select", "textarea"}
)
"""Elements whose text nobody sees, or that is no value of a cell."""
NAME = "HTML"
"""What the log calls the sheet that a page is."""
MOST_CELLS = 2_000_000
MOST_SPAN = {"colspan": 1_000, "rowspan": 65_534}
"""More than that no browser takes of a span."""
FEWEST = 2
"""So many rows, and filled columns, make a table of data; a smaller one is a page's layout."""
_HIDDEN = re.compile(r"(?:^|;)\s*display\s*:\s*none\b", re.IGNORECASE)


class NotOneTableError(Exception):
    """The page has a table within a table, or more cells than can be meant."""


@dataclass
class _Table:
    """A table while it is read: its cells, those of rows above that reach into the next ones, and what is merged or hidden."""

    records: list[Record] = field(default_factory=list)
    reaching: dict[int, int] = field(default_factory=dict)
    merged: list[Merged] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)

    @property
    def of_data(self) -> bool:
        """Whether it has rows and columns enough."""
        filled = [[not is_blank(cell) for cell in record] for record in self.records]
        rows = [row for row in filled if any(row)]
        return len(rows) >= FEWEST and max(map(sum, rows)) >= FEWEST


class _Reader(HTMLParser):
    """Collects the tables of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._cells = 0
        self._within = False
        self._unread: list[str] = []
        self._text: list[str] | None = None
        self._span = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._unread or tag in UNREAD:
            self._unread += [tag] if tag in UNREAD else []
        elif tag == "table":
            if self._within:
                raise NotOneTableError
            self._within = True
            self.tables.append(_Table())
        elif self._within and tag == "tr":
            self._begin_row(dict(attrs))
        elif self._within and tag in {"td", "th"}:
            self._begin_cell(dict(attrs))
        elif tag in {"br", "p", "div", "li"} and self._text is not None:
            self._text.append(" ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in UNREAD:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._unread:
            if tag == self._unread[-1]:
                self._unread.pop()
        elif tag in {"td", "th", "tr", "table"}:
            self._end_cell()
            self._within = self._within and tag != "table"

    def handle_data(self, data: str) -> None:
        if self._text is not None and not self._unread:
            self._text.append(data)

    def unknown_decl(self, data: str) -> None:
        """Pass over what Excel writes for its own eyes: <![if supportMisalignedColumns]>."""

    def _begin_row(self, said: dict[str, str | None]) -> None:
        self._end_cell()
        table = self.tables[-1]
        table.records.append([])
        self._count(1)
        if _HIDDEN.search(said.get("style") or "") or "hidden" in said:
            table.hidden.append(len(table.records))

    def _begin_cell(self, said: dict[str, str | None]) -> None:
        self._end_cell()
        if not self.tables[-1].records:
            self._begin_row({})
        self._text = []
        self._span = (_span(said, "colspan"), _span(said, "rowspan"))

    def _end_cell(self) -> None:
        """Put a cell under its column: beside it the blanks that it covers, and those that cells above reach down to."""
        if self._text is None:
            return
        table, (columns, rows) = self.tables[-1], self._span
        record, text = table.records[-1], composed(" ".join("".join(self._text).split()))
        self._text = None
        row = len(table.records)
        while table.reaching.get(len(record), 0) >= row:
            record.append("")
            self._count(1)
        place = len(record)
        self._count(columns)
        record.extend([text, *[""] * (columns - 1)])
        if rows > 1:
            table.reaching |= dict.fromkeys(range(place, place + columns), row + rows - 1)
            table.merged.append(Merged(row, row + rows - 1, place))

    def _count(self, cells: int) -> None:
        self._cells += cells
        if self._cells > MOST_CELLS:
            raise NotOneTableError


def _without_comments(text: str) -> str:
    """Return a page without its comments, of which the parser would search each unended one to the end anew."""
    parts: list[str] = []
    place = 0
    while (begin := text.find("<!--", place)) >= 0:
        parts.append(text[place:begin])
        end = text.find("-->", begin)
        if end < 0:
            return "".join(parts)
        place = end + len("-->")
    return "".join([*parts, text[place:]])


def _span(said: dict[str, str | None], name: str) -> int:
    """Return over how many columns or rows a cell goes; a span that is none, or 0 for all the rest, is 1."""
    value = (said.get(name) or "").strip()
    return min(max(int(value), 1), MOST_SPAN[name]) if value.isascii() and value.isdecimal() and len(value) < 9 else 1


def one_table(text: str) -> Grid | None:
    """Return the table of a page that has exactly one of data; None for any other page.

    Parameters
    ----------
    text
        The page. Nothing of it is run, fetched or expanded but the names of characters.

    Examples
    --------
    >>> one_table("<table><tr><th>id<th>Ikä &amp; aika<tr><td>1<td>9</table>").records
    [['id', 'Ikä & aika'], ['1', '9']]
    """
    reader = _Reader()
    try:
        reader.feed(_without_comments(text))
        reader.close()
    except (NotOneTableError, AssertionError):  # the parser asserts what it takes for granted of declarations
        return None
    tables = [table for table in reader.tables if table.of_data]
    if len(tables) != 1:
        return None
    (table,) = tables
    width = max(map(len, table.records))
    if width * len(table.records) > MOST_CELLS:
        return None
    records: list[Record] = [[*record, *[""] * (width - len(record))] for record in table.records]
    return Grid(records, tuple(table.merged), tuple(table.hidden), NAME)
