"""Months and days that a file gives as a column of years, one of months, and one of days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.columns.date_parts import day_in, month_in, year_in
from kohtaamo_utils.intake.columns.mapping import DATED
from kohtaamo_utils.intake.proposing.match import Match
from kohtaamo_utils.intake.proposing.names import WHOLE, date_words, factor_fit
from kohtaamo_utils.intake.proposing.reading import LOOKED_AT
from kohtaamo_utils.intake.values.cells import is_blank

if TYPE_CHECKING:
    from collections.abc import Collection

    from kohtaamo_utils.intake.sheets.sheet import Sheet
    from kohtaamo_utils.tables import Table

SURE = 0.9
"""How sure a year and a month beside each other make where a table needs one month; of several dates a table may have any could be meant."""
READERS = (year_in, month_in, day_in)


def dates_in_parts(sheet: Sheet, table: Table, taken: Collection[str] = (), used: Collection[int] = ()) -> list[Match]:
    """Return the column of a table that a file gives as a year, a month and perhaps a day, each in a column of its own.

    Only a table with one date, month or period can be meant.

    Parameters
    ----------
    sheet, table, taken, used
        As in `matching.matches`.
    """
    dated = [name for name, rule in table.columns.items() if rule.kind in DATED]
    if len(dated) != 1 or dated[0] in taken:
        return []
    year, month, day = (_place(sheet, part, used) for part in range(len(READERS)))
    places = [year, month, day] if table.columns[dated[0]].kind == "date" else [year, month]
    found = [place for place in places if place is not None]
    if len(found) < len(places):
        return []
    reason = say("a year and a month in columns of their own")
    return [Match(dated[0], found[1], SURE, reason, tuple(sheet.names[place] for place in found), "date")]


def _place(sheet: Sheet, part: int, used: Collection[int]) -> int | None:
    """Return the one column whose heading and values are all years, months or days; None where none or several are."""
    words, read = date_words()[part], READERS[part]
    found = [
        place
        for place, heading in enumerate(sheet.names)
        if place not in used
        and sheet.names.count(heading) == 1
        and factor_fit(words, heading).confidence >= WHOLE
        and all(read(cell) is not None for cell in sheet.first(place, LOOKED_AT) if not is_blank(cell))
        and not all(map(is_blank, sheet.first(place, LOOKED_AT)))
    ]
    return found[0] if len(found) == 1 else None
