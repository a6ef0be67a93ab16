"""Dates and months with the month's name in Finnish, Swedish or English, as figures: 4 Jul 2025, tammi.25, 2025M01."""

from __future__ import annotations

import re

NAMES = (
    "tammikuu tammikuuta tammi januari january jan",
    "helmikuu helmikuuta helmi februari february feb",
    "maaliskuu maaliskuuta maalis mars march mar",
    "huhtikuu huhtikuuta huhti april apr",
    "toukokuu toukokuuta touko maj may",
    "kesäkuu kesäkuuta kesä juni june jun",
    "heinäkuu heinäkuuta heinä juli july jul",
    "elokuu elokuuta elo augusti august aug",
    "syyskuu syyskuuta syys september sept sep",
    "lokakuu lokakuuta loka oktober october okt oct",
    "marraskuu marraskuuta marras november nov",
    "joulukuu joulukuuta joulu december dec",
)
"""Each month's names and what spreadsheets shorten them to; none stands for two months."""
NUMBERS = {name: number for number, names in enumerate(NAMES, start=1) for name in names.split()}

_NAME = r"(?P<m>[^\W\d_]{3,12})"
_ORDINAL = r"(?:st|nd|rd|th)?"
_DAYS = (
    re.compile(
        rf"(?P<d>[0-9]{{1,2}}){_ORDINAL}(?:\. ?|[ -]){_NAME}\.?,?[ -](?P<y>[0-9]{{4}}|[0-9]{{2}})(?P<rest>[ ,T].*)?"
    ),
    re.compile(rf"{_NAME}\.? (?P<d>[0-9]{{1,2}}){_ORDINAL},? (?P<y>[0-9]{{4}})(?P<rest>[ ,T].*)?"),
)
_MONTHS = (
    re.compile(rf"{_NAME}(?:\. ?|[ /-])(?P<y>[0-9]{{4}}|[0-9]{{2}})"),
    re.compile(rf"(?P<y>[0-9]{{4}})[ -]{_NAME}"),
    re.compile(r"(?P<y>[0-9]{4}) ?M(?P<n>[0-9]{1,2})"),
)
_WEEKDAYS = (
    "ma ti ke to pe la su maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai"
    " mån tis ons tors tor fre lör sön måndag tisdag onsdag torsdag fredag lördag söndag"
    " mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday"
)
_WEEKDAY = re.compile(rf"(?:{'|'.join(_WEEKDAYS.split())})(?:na)?[.,]?\s+(?=\w)", re.IGNORECASE)
"""ke 26.11.2025: the day of the week before a date, which says nothing that the date does not."""
LONGEST = 40
"""A longer text is no date."""
_ZONE = re.compile(r"(GMT[+-][0-9]{4}) \([^()]{1,60}\)$")
"""The time zone's name, which browsers write behind its hours: GMT+0300 (Eastern European Summer Time)."""


def in_figures(text: str) -> str:
    """Return a date or month that names its month as one in figures; any other text as it is.

    Examples
    --------
    >>> in_figures("4 Jul 2025"), in_figures("Jul 4, 2025 9:15"), in_figures("4. heinäkuuta 2025"), in_figures("04-Jul-25")
    ('4.7.2025', '4.7.2025 9:15', '4.7.2025', '04.7.25')
    >>> in_figures("tammi.25"), in_figures("Mar-25"), in_figures("2025M01"), in_figures("kassa 2025")
    ('1.2025', '3.2025', '01.2025', 'kassa 2025')
    >>> in_figures("Fri Jul 04 2025 12:30:11 GMT+0300 (Eastern European Summer Time)")
    '04.7.2025 12:30:11 GMT+0300'
    >>> in_figures("ke 26.11.2025 klo 12.30"), in_figures("Friday, July 4, 2025"), in_figures("su nro 3")
    ('26.11.2025 klo 12.30', '4.7.2025', 'su nro 3')
    """
    text = _ZONE.sub(r"\1", text)
    if len(text) > LONGEST or not any(sign.isalpha() for sign in text):
        return text
    text, whole = _without_weekday(text), text
    for pattern in _DAYS:
        match = pattern.fullmatch(text)
        number = NUMBERS.get(match["m"].casefold()) if match else None
        if match and number:
            return f"{match['d']}.{number}.{match['y']}{match['rest'] or ''}"
    for pattern in _MONTHS:
        match = pattern.fullmatch(text)
        if match:
            month = match["n"] if "n" in match.groupdict() else NUMBERS.get(match["m"].casefold())
            year = match["y"] if len(match["y"]) == len("2025") else f"20{match['y']}"
            return f"{month}.{year}" if month else text
    return text if text[0].isdigit() else whole


def _without_weekday(text: str) -> str:
    match = _WEEKDAY.match(text)
    return text[match.end() :] if match else text
