"""Typeform's export: one header row from ``#`` to the network's id, times in UTC."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.tools.layout import Layout, LeftOut, leave, plain, texts_of
from kohtaamo_utils.intake.values.cells import Record, as_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kohtaamo_utils.intake.sheets.sheet import Sheet

FIRST_COLUMN = "#"
SIGNS = {"submit date (utc)", "network id"}
UNFINISHED = {"partial", "started"}


def _recognises(records: list[Record]) -> bool:
    names = [as_text(cell).casefold() for cell in records[0]] if records else []
    return bool(names) and names[0] == FIRST_COLUMN and bool(SIGNS & set(names))


def _left_out(sheet: Sheet) -> Iterator[LeftOut]:
    """Leave out what the export says is partial; in older exports, what has no time of submission."""
    kinds = texts_of(sheet, "Response Type")
    if kinds is not None:
        yield from leave("incomplete", say("Response Type is partial"), [kind in UNFINISHED for kind in kinds])
        return
    times = texts_of(sheet, "Submit Date (UTC)")
    if times and any(times):
        yield from leave("incomplete", say("Submit Date (UTC) is empty"), [not time for time in times])


LAYOUT = Layout("typeform", _recognises, plain, _left_out)
"""Typeform."""
