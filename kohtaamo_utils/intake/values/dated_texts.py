"""Groups that a spreadsheet has turned into dates: 6-12 became the sixth of December, or was saved as 6.joulu."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.values.cells import Cell, as_text
from kohtaamo_utils.intake.values.month_names import NUMBERS, in_figures
from kohtaamo_utils.intake.values.one_date import parse_date
from kohtaamo_utils.intake.values.parsed import Wrong

if TYPE_CHECKING:
    import datetime as dt

GROUPS = frozenset({"segment", "unit", "touchpoint", "channel"})
"""Columns that name groups; a day is none, while a round (`wave`) or a `period` may be called by one."""
SHOWN = 5
"""How many of the dates a message names."""
YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
"""Only a date with its whole year is taken for one: 01.11.10 may be the code of a line of business."""
_DAY_AND_MONTH = re.compile(r"[0-9]{1,2}(?:\. ?|[ -])(?P<month>[^\W\d_]{3,12})\.?")
_MONTH_AND_YEAR = re.compile(r"[0-9]{1,2}\.[0-9]{4}")
_RANGE = re.compile(r"[0-9]{1,3} ?[-–—/] ?[0-9]{1,3}|[0-9]{1,3} ?\+|[<>≤≥] ?[0-9]{1,3}")


def turned(name: str, cells: list[Cell]) -> Wrong | None:
    """Return why a column of groups cannot be read, some of which are dates; None for any other column.

    A month with its year, such as *joulu.24*, may be a group; beside a range, such as 13-20, it was one too.

    Parameters
    ----------
    name
        Canonical column.
    cells
        Its distinct cells.

    Examples
    --------
    >>> turned("segment.age", ["2024-12-06 00:00:00", "13-20"]).message
    'A spreadsheet has turned texts into dates (2024-12-06): the first may have been 6-12 or 12-6.'
    >>> turned("segment.age", ["6-12", "13-20"]) is turned("comment", ["2024-12-06"]) is None
    True
    """
    if name.partition(".")[0] not in GROUPS:
        return None
    texts = [text for cell in cells if (text := as_text(cell))]
    ranges = any(map(_RANGE.fullmatch, texts))
    dates = [text for text in texts if _is_date(text) or (ranges and _is_month(text))]
    if not dates:
        return None
    return Wrong("turned_into_date", _message(dates), _ADVICE)


def _is_date(text: str) -> bool:
    match = _DAY_AND_MONTH.fullmatch(text)
    return _day(text) is not None or (match is not None and match["month"].casefold() in NUMBERS)


def _day(text: str) -> dt.date | None:
    return parse_date(text) or parse_date(text, "mdy") if YEAR.search(in_figures(text)) else None


def _is_month(text: str) -> bool:
    return text != in_figures(text) and _MONTH_AND_YEAR.fullmatch(in_figures(text)) is not None


def _message(dates: list[str]) -> str:
    day = _day(dates[0])
    names = ", ".join(text.removesuffix(" 00:00:00") for text in dates[:SHOWN])
    if day is None:
        return say("A spreadsheet has turned texts into dates: {names}.", names=names)
    return say(
        "A spreadsheet has turned texts into dates ({names}): the first may have been {one} or {other}.",
        names=names,
        one=f"{day.day}-{day.month}",
        other=f"{day.month}-{day.day}",
    )


_ADVICE = say(
    "Format the column as text in the spreadsheet and write the groups again, or take the file anew from where it came. "
    "If days are meant, they are no group: leave the column out, or read it as a date."
)
