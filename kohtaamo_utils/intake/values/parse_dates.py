"""A column of dates; which of 4/7 is the month is decided for the column, never by a guess."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.values.cells import Cell, as_text
from kohtaamo_utils.intake.values.month_names import in_figures
from kohtaamo_utils.intake.values.one_date import (
    COMPACT,
    EARLIEST,
    LATEST,
    LATEST_SHORT,
    ORDERS,
    SHORT,
    YEAR_FIRST,
    YEAR_LAST,
    Order,
    parse_date,
    parse_month,
)
from kohtaamo_utils.intake.values.parsed import Parsed, Wrong

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_DAY_NUMBER = re.compile(r"([0-9]{5})(?:[.,][0-9]+)?")
DAY_ZERO = dt.date(1899, 12, 30)
"""From here Excel, Google Sheets and LibreOffice count the days of their dates."""
FIRST_DAY_NUMBERED = 1950
"""A smaller number is likelier something else, such as a postal code."""
FIRST_UNSURE = 30
"""From this one to `LATEST_SHORT` spreadsheets take two-digit years for the 1900s: the file must say."""
MONTHS = 12
ADVICE = say("Correct it, or list it under `missing` if it means no date.")


def parse_dates(
    cells: list[Cell], order: str = "auto", elsewhere: Sequence[str] = (), *, months: bool = False
) -> Parsed[dt.date]:
    """Read distinct cells as dates; a time of day and its zone are dropped.

    Parameters
    ----------
    cells
        Distinct cells.
    order
        What ``dates:`` in the settings says; ``auto`` decides by the column: dotted dates are d.m.y, and dates
        with slashes or dashes are whatever order all of them allow. If both orders do and differ, the column is
        unclear.
    elsewhere
        Other texts of the same column, which decide with these.
    months
        Whether a month without a day is allowed too; it is read as the month's first day.

    Examples
    --------
    >>> parse_dates(["4.7.2025", "2025-07-05", "31.2.2025"]).found
    [datetime.date(2025, 7, 4), datetime.date(2025, 7, 5), None]
    >>> parse_dates(["4/7/2025"]).unclear.kind
    'ambiguous_dates'
    >>> parse_dates(["4.7.2999"]).wrong[0].kind
    'implausible_date'
    """
    texts = [in_figures(as_text(cell)) for cell in cells]
    every = [*map(in_figures, elsewhere), *texts]
    chosen, unclear = _order_of(every, order)
    if unclear is not None:
        return Parsed([None] * len(cells), unclear=unclear)
    values = [parse_date(text, chosen) or (parse_month(text) if months else None) for text in texts]
    wrong = {
        place: _wrong(text, chosen)
        for place, (text, value) in enumerate(zip(texts, values, strict=True))
        if text and value is None
    }
    doubtful = {place: _doubt(texts[place], value) for place, value in enumerate(values) if value is not None}
    wrong |= {place: doubt for place, doubt in doubtful.items() if doubt is not None}
    sure = [None if place in wrong else value for place, value in enumerate(values)]
    as_written = [*elsewhere, *map(as_text, cells)]  # a month in letters needs no order
    return Parsed(sure, wrong, inferred=_said(as_written, chosen) if order == "auto" else "")


def by_day(texts: Iterable[str]) -> dict[tuple[str, ...], str]:
    """Return the first text of each day in whose date the month has to be found, whatever the time: these decide how a column is read.

    Examples
    --------
    >>> list(by_day(["4.7.2025 9:30", "4.7.2025 12:00", "2025-07-05", "5/7/25"]).values())
    ['4.7.2025 9:30', '5/7/25']
    """
    found: dict[tuple[str, ...], str] = {}
    for text in texts:
        plain = in_figures(text)
        if SHORT.fullmatch(plain):
            found.setdefault((plain,), text)
        elif match := YEAR_LAST.fullmatch(plain):
            found.setdefault(match.groups(), text)
    return found


def _order_of(texts: list[str], order: str) -> tuple[Order, Wrong | None]:
    """Return the order of a column's dates: what the settings say or the dates show, and why it is unclear if it is."""
    given = ORDERS.get(order)
    if given is not None:
        return given, None
    dashed = [text for text in texts if SHORT.fullmatch(text) and "-" in text]
    if dashed:
        return _order_of_short(dashed)
    slashed = [match for text in texts if (match := YEAR_LAST.fullmatch(text)) and match[2] != "."]
    firsts, seconds = [int(match[1]) for match in slashed], [int(match[3]) for match in slashed]
    pairs = list(zip(firsts, seconds, strict=True))
    day_first = [place for place, (first, second) in enumerate(pairs) if first > MONTHS >= second]
    month_first = [place for place, (first, second) in enumerate(pairs) if second > MONTHS >= first]
    if day_first and month_first:
        return "dmy", _mixed(slashed[day_first[0]][0], slashed[month_first[0]][0])
    if not day_first and not month_first:
        either = next(
            (match[0] for match, (one, two) in zip(slashed, pairs, strict=True) if one != two <= MONTHS), None
        )
        return "dmy", None if either is None else _unclear(either)
    if month_first and len(month_first) == len(slashed) and (turned := _turned(texts)):
        return "mdy", _mixed_by_a_spreadsheet(slashed[0][0], turned)
    return ("mdy" if month_first else "dmy"), None


def _turned(texts: list[str]) -> str:
    """Return a date beside month-first ones that a spreadsheet set to d.m.y may have made of m/d/y; "" where there is none.

    Such a spreadsheet takes 3/4 for the third of April and leaves 3/13 a text: then no text has a day to twelve, and no date a later one.
    """
    others = [match for text in texts if (match := YEAR_FIRST.fullmatch(text))]
    dotted = [match for text in texts if (match := YEAR_LAST.fullmatch(text)) and match[2] == "."]
    days = [(int(match[4]), match[0]) for match in others] + [(int(match[1]), match[0]) for match in dotted]
    return days[0][1] if days and all(day <= MONTHS for day, _ in days) else ""


def _order_of_short(texts: list[str]) -> tuple[Order, Wrong | None]:
    """Decide 25-07-04, which may begin with the day, the month or, as in Sweden, the year."""
    orders: tuple[Order, ...] = ("dmy", "mdy", "ymd")
    fits = [order for order in orders if all(parse_date(text, order) is not None for text in texts)]
    readings = {tuple(parse_date(text, order) for text in texts) for order in fits}
    if len(readings) < 2:
        return (fits or ["dmy"])[0], None
    return "dmy", Wrong(
        "ambiguous_dates",
        say(
            "{text} may begin with the day, the month or the year, and no other date in the column decides.",
            text=texts[0],
        ),
        say("Say which with `dates: dmy`, `dates: mdy` or `dates: ymd` in the source's block."),
    )


def _said(texts: list[str], order: Order) -> str:
    """Say the order that was decided, if any of the dates needed one."""
    matches = [match for text in texts if (match := YEAR_LAST.fullmatch(text))]
    if not matches:
        return ""
    if order == "ymd":
        return say("dates {form}", form=say("yy-mm-dd"))
    mark = matches[0][2]
    form = say("d{mark}m{mark}yyyy", mark=mark) if order == "dmy" else say("m{mark}d{mark}yyyy", mark=mark)
    return say("dates {form}", form=form)


def _wrong(text: str, order: Order) -> Wrong:
    day = _spreadsheet_day(text)
    if day is not None:
        message = say(
            "This is not a date, but looks like a spreadsheet's number for the day {day}.", day=day.isoformat()
        )
        return Wrong("not_a_date", message, say("Format the column as dates in the spreadsheet, and save it again."))
    looks = any(pattern.fullmatch(text) for pattern in (YEAR_FIRST, COMPACT, YEAR_LAST))
    if not looks:
        return Wrong("not_a_date", say("This is not a date."), ADVICE)
    if YEAR_FIRST.fullmatch(text) or COMPACT.fullmatch(text):
        return Wrong("not_a_date", say("There is no such day in the calendar."), ADVICE)
    read = {"dmy": say("day, month, year"), "mdy": say("month, day, year"), "ymd": say("year, month, day")}[order]
    return Wrong("not_a_date", say("There is no such day in the calendar (read as {order}).", order=read), ADVICE)


def _spreadsheet_day(text: str) -> dt.date | None:
    """Return the day that a number stands for in a spreadsheet's cell that is not shown as a date; None for other texts.

    Examples
    --------
    >>> _spreadsheet_day("45296"), _spreadsheet_day("45296,75"), _spreadsheet_day("12345"), _spreadsheet_day("20240105")
    (datetime.date(2024, 1, 5), datetime.date(2024, 1, 5), None, None)
    """
    match = _DAY_NUMBER.fullmatch(text)
    day = None if match is None else DAY_ZERO + dt.timedelta(days=int(match[1]))
    return day if day is not None and FIRST_DAY_NUMBERED <= day.year <= LATEST else None


def _doubt(text: str, value: dt.date) -> Wrong | None:
    """Say why a day of the calendar cannot be meant, or may be another; None where it can."""
    if not EARLIEST <= value.year <= LATEST:
        message = say(
            "The year {year} cannot be meant: programs write such a day where there is none, and people by a slip.",
            year=str(value.year),
        )
        return Wrong("implausible_date", message, ADVICE)
    match = YEAR_LAST.fullmatch(text)
    two_digits = len(match[4]) == 2 if match else SHORT.fullmatch(text) is not None
    short = value.year % 100
    if two_digits and FIRST_UNSURE <= short <= LATEST_SHORT:
        message = say("The year may be {one} or {other}.", one=f"19{short}", other=f"20{short}")
        return Wrong("short_year", message, say("Write the year with four digits."))
    return None


def _unclear(text: str) -> Wrong:
    return Wrong(
        "ambiguous_dates",
        say("{text} may be day/month or month/day, and no other date in the column decides.", text=text),
        say("Say which with `dates: dmy` or `dates: mdy` in the source's block."),
    )


def _mixed_by_a_spreadsheet(month_first: str, turned: str) -> Wrong:
    return Wrong(
        "ambiguous_dates",
        say(
            "{month_first} begins with the month, and dates such as {turned} have no day after the 12th: a spreadsheet seems to have taken the months of those for days.",
            month_first=month_first,
            turned=turned,
        ),
        say(
            "Export the file again and do not save it in a spreadsheet; or, if all is right, say `dates: mdy` in the source's block."
        ),
    )


def _mixed(day_first: str, month_first: str) -> Wrong:
    return Wrong(
        "ambiguous_dates",
        say(
            "{day_first} begins with the day, but {month_first} in the same column with the month.",
            day_first=day_first,
            month_first=month_first,
        ),
        say(
            "Export the column in one order (2025-07-04 is the safest), and if it needs telling use `dates: dmy` or `mdy`."
        ),
    )
