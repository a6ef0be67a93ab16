"""Excel's own chart of money in, money out and where it has come to, drawn from cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kohtaamo_utils.presentation.spreadsheet_text import plain_text
from kohtaamo_utils.presentation.workbook.formats import INK, LINE, number_format

if TYPE_CHECKING:
    from kohtaamo_utils.presentation.workbook.book import Place, Sheet

SIZE = {"width": 860, "height": 330}


def insert_chart(
    sheet: Sheet, place: Place, head: int, columns: tuple[int, int], bars: list[int], line: int, *, title: str, alt: str
) -> None:
    """Put the chart into a sheet: bars stacked (the last of them costs, below zero), and a line over them.

    Parameters
    ----------
    sheet, place
        Where its upper left corner is.
    head
        Row with the years.
    columns
        First and last column of the years.
    bars, line
        Rows with the amounts; their names stand in the sheet's first column.
    title, alt
        Title, and what a reader hears who does not see the chart.
    """
    book = sheet.book
    chart, over = book.chart({"type": "column", "subtype": "stacked"}), book.chart({"type": "line"})
    own = book.look.fills
    fills = [*(own[number % len(own)] for number in range(len(bars) - 1)), book.look.costs]
    for row, fill in zip(bars, fills, strict=True):
        chart.add_series({**_series(sheet.name, head, columns, row), "fill": {"color": fill}, "gap": 60})
    look = {"line": {"color": INK, "width": 2.25}, "marker": {"type": "circle", "size": 6, "fill": {"color": INK}}}
    over.add_series({**_series(sheet.name, head, columns, line), **look})
    chart.combine(over)
    chart.set_title({"name": plain_text(title), "name_font": {"size": 12, "color": INK}})
    chart.set_legend({"position": "bottom"})
    chart.set_x_axis({"label_position": "low", "line": {"color": INK}})
    grid = {"visible": True, "line": {"color": LINE}}
    chart.set_y_axis({"num_format": number_format(book.numbers, "money"), "major_gridlines": grid})
    chart.set_size(SIZE)
    sheet.made.insert_chart(place.row, place.column, chart, {"description": plain_text(alt), "object_position": 2})


def _series(sheet: str, head: int, columns: tuple[int, int], row: int) -> dict[str, Any]:
    first, last = columns
    return {
        "name": [sheet, row, 0],
        "categories": [sheet, head, first, head, last],
        "values": [sheet, row, first, row, last],
    }
