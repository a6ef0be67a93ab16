"""One date as tools and people write it: in figures or with the month's name, with or without a time of day."""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal

from kohtaamo_utils.intake.values.month_names import in_figures

Order = Literal["dmy", "mdy", "ymd"]
ORDERS: dict[str, Order] = {"dmy": "dmy", "mdy": "mdy", "ymd": "ymd"}
"""What `dates:` in the settings may say."""

_TIME = (
    r"(?:(?:T|,? +)(?:klo |kl\.? )?[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2}(?:[.,][0-9]+)?)?(?: ?(?:[AaPp]\.?[Mm]|[AaIi]p|[FfEe]\.?m)\.?)?"
    r"(?: ?(?:Z|(?:GMT|UTC)?[+-][0-9]{1,2}(?::?[0-9]{2})?|GMT|UTC|WES?T|BST|CES?T|MES?T|EES?T))?)?"
)
_TIME_BEHIND = re.compile(rf"(?<=[0-9]){_TIME}\Z")
YEAR_FIRST = re.compile(rf"([0-9]{{4}})([-/.])([0-9]{{1,2}})\2([0-9]{{1,2}}){_TIME}")
COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
YEAR_LAST = re.compile(rf"([0-9]{{1,2}})([-/.])([0-9]{{1,2}})\2([0-9]{{4}}|[0-9]{{2}}){_TIME}")
SHORT = re.compile(r"([0-9]{2})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_MONTHS = (
    re.compile(r"(?P<y>[0-9]{4})[-/.](?P<m>[0-9]{1,2})"),
    re.compile(r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})"),
    re.compile(r"(?P<m>[0-9]{1,2})[-/._ ](?P<y>[0-9]{4})"),
)
LATEST_SHORT = 69
"""Two-digit years to this one are of the 2000s, as in the POSIX standard."""
EARLIEST, LATEST = 1901, 2100
"""Years that a date may have. Programs write the first day of 1900, and days of the years 1 and 9999, where there is none."""


def parse_date(text: str, order: Order = "dmy") -> dt.date | None:
    """Return one date, or None if this is none.

    Examples
    --------
    >>> parse_date("20250704"), parse_date("7/4/25 11:00:22", "mdy"), parse_date("2025-02-30")
    (datetime.date(2025, 7, 4), datetime.date(2025, 7, 4), None)
    >>> parse_date("4 Jul 2025")
    datetime.date(2025, 7, 4)
    """
    text = in_figures(text)
    if match := YEAR_FIRST.fullmatch(text):
        return _date(match[1], match[3], match[4])
    if match := COMPACT.fullmatch(text):
        return _date(*match.groups())
    if order == "ymd" and (match := SHORT.fullmatch(text)):
        return _date(match[1], match[3], match[4])
    if order != "ymd" and (match := YEAR_LAST.fullmatch(text)):
        day, month = (match[1], match[3]) if order == "dmy" or match[2] == "." else (match[3], match[1])
        return _date(match[4], month, day)
    return None


def _date(year: str, month: str, day: str) -> dt.date | None:
    number = int(year)
    if len(year) == 2:
        number += 2000 if number <= LATEST_SHORT else 1900
    try:
        return dt.date(number, int(month), int(day))
    except ValueError:
        return None


def without_time(text: str) -> str:
    """Return a date in figures and without its time of day, so that texts of one day are the same.

    Examples
    --------
    >>> without_time("4 Jul 2025 klo 9.30"), without_time("2025-07-04T09:30:00Z"), without_time("ti 4.7.2025"), without_time("")
    ('4.7.2025', '2025-07-04', '4.7.2025', '')
    """
    return _TIME_BEHIND.sub("", in_figures(text))


def parse_month(text: str) -> dt.date | None:
    """Return the first day of a month that is written without a day, or None if this is none.

    Examples
    --------
    >>> parse_month("10/2024"), parse_month("tammi 24"), parse_month("13/2024")
    (datetime.date(2024, 10, 1), datetime.date(2024, 1, 1), None)
    """
    text = in_figures(text)
    for pattern in _MONTHS:
        if match := pattern.fullmatch(text):
            return _date(match["y"], match["m"], "1")
    return None
