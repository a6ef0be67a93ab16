"""Employments and contracts that a column which nothing reads calls ended, on rows that have no day of it: they count as going on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.rows.unread_columns import MOST_WORDS, listed, texts_of, unread
from kohtaamo_utils.intake.values.cells import as_text
from kohtaamo_utils.intake.values.flag_words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kohtaamo_utils.intake.columns.part import Part
    from kohtaamo_utils.intake.sheets.sheet import Sheet

ENDED, DAY = "ended", "ended_on"


def check_unread_ends(part: Part, sheet: Sheet, used: Iterable[str]) -> None:
    """Log each column of states that calls rows without an end ended, if no column is read as `ended`.

    Parameters
    ----------
    part
        Typed rows.
    sheet
        The file, laid out.
    used
        Names of the columns that are read.
    """
    if DAY not in part.bound or part.bound[DAY].constant or ENDED in part.bound:
        return
    given = part.bound[DAY].cells.map(as_text)
    open_rows = part.frame.index[(part.frame[DAY].isna() & (given == "")).to_numpy(dtype=bool)]
    for place, name in unread(sheet, used).items():
        states = {text: WORDS[ENDED].get(text.casefold()) for text in texts_of(sheet.column(place))}
        if len(states) > MOST_WORDS or not {True, False} <= set(states.values()):
            continue
        ended = sheet.column(place).reindex(open_rows).map(as_text)
        words = [text for text in dict.fromkeys(ended) if states.get(text)]
        if words:
            detail = say(
                "{name} is not read, and calls rows without an end {words} ({rows}): they count as going on; give each its day, or name the column "
                "as `ended` to be told every one",
                name=name,
                rows=int(ended.isin(words).sum()),
                words=listed(words),
            )
            part.findings.note("unsettled", "status", 1, detail, column=name, value=words[0])
