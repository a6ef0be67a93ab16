"""Periods as people write them (1/2024, tammi 24, Q1 2024, vko 2/2024, 7), in one form whose order is that of time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.values.cells import as_text
from kohtaamo_utils.intake.values.month_names import NUMBERS
from kohtaamo_utils.intake.values.one_date import parse_month
from kohtaamo_utils.intake.values.parse_dates import parse_dates
from kohtaamo_utils.intake.values.parsed import Parsed, Wrong

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kohtaamo_utils.intake.values.cells import Cell

_PARTS = {
    "Q": (4, "q kv kvartaali kvartal neljännes vuosineljännes quarter qtr"),
    "W": (53, "w v vk vko viikko vecka week wk"),
    "T": (3, "t tertiaali tertial"),
    "H": (2, "h puolivuosi vuosipuolisko halvår half"),
}
"""Parts of a year by their sign: the number of the last one, and what people call them."""
_SIGNS = {word: sign for sign, (_, words) in _PARTS.items() for word in words.split()}
_AROUND = {
    word: str(place)
    for place, words in enumerate(("ennen före before pre lähtötaso utgångsläge baseline", "jälkeen efter after post"))
    for word in words.split()
}
"""What the two periods of a pilot that has no more are called."""
_WORD, _YEAR, _APART = r"(?P<w>[^\W\d_]+)\.?", r"(?P<y>[0-9]{4})", r"[-/., ]*"
_OF_YEAR = (
    re.compile(rf"{_YEAR}{_APART}{_WORD} ?-?(?P<n>[0-9]{{1,2}})"),
    re.compile(rf"{_WORD} ?-?(?P<n>[0-9]{{1,2}})[-/., ]+{_YEAR}"),
    re.compile(rf"(?P<n>[0-9]{{1,2}})\.? ?{_WORD}{_APART}{_YEAR}"),
)
_PAIR = re.compile(r"(?P<n>[0-9]{1,2})[/-](?P<y>[0-9]{4})|(?P<y2>[0-9]{4})[/-](?P<n2>[0-9]{1,2})")
_NUMBER = re.compile(r"(?P<sign>[-+\u2212]?)(?P<n>[0-9]{1,4})")
_COUNTED = re.compile(rf"{_WORD}[- ]?(?P<n>[0-9]{{1,4}})|(?P<n2>[0-9]{{1,4}})\.? (?P<w2>[^\W\d_]+)")
MONTHS = 12


class _Period(NamedTuple):
    """A period: what sort it is of, and in a form whose order is that of time among others of its sort."""

    sort: str
    text: str


def parse_periods(cells: list[Cell], order: str = "auto", elsewhere: Sequence[str] = ()) -> Parsed[str]:
    """Read distinct cells as periods of one sort.

    Parameters
    ----------
    cells
        Distinct cells.
    order
        What ``dates:`` in the settings says, for periods that are days.
    elsewhere
        Other texts of the same column, which decide with these.

    Returns
    -------
    Parsed
        Months as ``2024-01``, weeks ``2024-W02``, quarters ``2024-Q1``, thirds and halves of a year ``2024-T1`` and ``2024-H1``, days
        ``2024-01-31``, and whole numbers (years, or periods that are counted) as ``7``. The column is unclear where its periods are of
        several sorts.

    Examples
    --------
    >>> parse_periods(["10/2024", "tammi 24", "2024M02"]).found, parse_periods(["Q1 2024", "2024/q2"]).found
    (['2024-10', '2024-01', '2024-02'], ['2024-Q1', '2024-Q2'])
    >>> parse_periods(["vko 2/2024", "2024-W10"]).found, parse_periods(["Jakso 2", "jakso 10"]).found
    (['2024-W02', '2024-W10'], ['2', '10'])
    >>> parse_periods(["viikko 2"]).wrong[0].kind, parse_periods(["1/2024", "Q1 2024"]).unclear.kind
    ('not_a_period', 'mixed_periods')
    """
    texts = [as_text(cell) for cell in cells]
    weeks = any(_names_week(text) for text in (*elsewhere, *texts))
    found = [_period(text, weeks=weeks) for text in texts]
    days = [place for place, (text, period) in enumerate(zip(texts, found, strict=True)) if text and period is None]
    dates = parse_dates([texts[place] for place in days], order, elsewhere if days else ())
    if dates.unclear is not None:
        return Parsed([None] * len(cells), unclear=dates.unclear)
    wrong = {days[place]: fault for place, fault in dates.wrong.items()}
    for place, day in zip(days, dates.found, strict=True):
        found[place] = None if day is None else _Period("day", day.isoformat())
    first: dict[str, str] = {}
    for text, period in zip(texts, found, strict=True):
        if period is not None:
            first.setdefault(period.sort, text)
    if len(first) > 1:
        one, other, *_ = first.values()
        return Parsed([None] * len(cells), unclear=_mixed(one, other))
    wrong = {place: _wrong(texts[place], fault) for place, fault in wrong.items()}
    said = say("numbers with a year as weeks") if weeks and "W" in first else dates.inferred
    return Parsed([None if period is None else period.text for period in found], wrong, inferred=said)


def _period(text: str, *, weeks: bool) -> _Period | None:
    """Return a period that is no day; None for another text."""
    plain = " ".join(text.split())
    if weeks and (match := _PAIR.fullmatch(plain)):
        return _part("W", match["y"] or match["y2"], match["n"] or match["n2"])
    month = parse_month(plain)
    if month is not None:
        return _Period("month", f"{month:%Y-%m}")
    if match := _NUMBER.fullmatch(plain):
        number = int(match["n"])
        return _Period("number", str(number if match["sign"] in {"", "+"} else -number))
    for pattern in _OF_YEAR:
        if (match := pattern.fullmatch(plain)) and (sign := _SIGNS.get(match["w"].casefold())):
            return _part(sign, match["y"], match["n"])
    if plain.casefold() in _AROUND:
        return _Period("around", _AROUND[plain.casefold()])
    return _counted(plain)


def _part(sign: str, year: str, number: str) -> _Period | None:
    last, _ = _PARTS[sign]
    written = f"{int(number):02d}" if sign == "W" else str(int(number))
    return _Period(sign, f"{year}-{sign}{written}") if 1 <= int(number) <= last else None


def _counted(text: str) -> _Period | None:
    """Return a period that is counted under some name; what begins again each year has no order without the year."""
    match = _COUNTED.fullmatch(text)
    word = "" if match is None else (match["w"] or match["w2"]).casefold()
    if match is None or _yearly(word):
        return None
    return _Period(f"number {word}", str(int(match["n"] or match["n2"])))


def _yearly(word: str) -> bool:
    """Tell whether a word is a month's or a part of the year's; T1 alone is a point in time as often as a third of a year."""
    return word in NUMBERS or (word in _SIGNS and word != "t")


def _names_week(text: str) -> bool:
    """Tell whether a number with its year is more than a month can have: then the column's pairs are weeks."""
    match = _PAIR.fullmatch(" ".join(text.split()))
    return match is not None and MONTHS < int(match["n"] or match["n2"]) <= _PARTS["W"][0]


def _wrong(text: str, fault: Wrong) -> Wrong:
    """Return why a text is no period; what is wrong with a day is told as it is of any."""
    if fault.message != str(say("This is not a date.")):
        return fault
    advice = say("Write months as 2024-01, weeks as 2024-W02, quarters as 2024-Q1, or number the periods 1, 2, 3.")
    match = _COUNTED.fullmatch(text)
    word = text.casefold() if match is None else (match["w"] or match["w2"]).casefold()
    if _yearly(word):
        return Wrong("not_a_period", say("Without its year a period's place among the others is not sure."), advice)
    return Wrong("not_a_period", say("This is not a period whose place in time can be told."), advice)


def _mixed(one: str, other: str) -> Wrong:
    message = say("{one} and {other} are periods of different sorts, whose order is not sure.", one=one, other=other)
    return Wrong("mixed_periods", message, say("Write all periods of the column in one way, such as 2024-01."))
