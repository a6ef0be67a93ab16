"""Lengths of time as programs write them: 00:03:25, and 3:25, which may be minutes and seconds or hours and minutes."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from kohtaamo_utils.intake.values.cells import Cell, as_text

Form = Literal["h:mm", "m:ss"]
"""What the two parts of a length are."""

_FIRST, _NEXT, _LAST = "([0-9]{1,7})", "([0-5][0-9])", r"([0-5][0-9](?:[.,][0-9]+)?)"
_THREE = re.compile(f"{_FIRST}:{_NEXT}:{_LAST}")
_TWO = re.compile(f"{_FIRST}:{_LAST}")
_DAY_ONE = re.compile(rf"1900-01-([0-9]{{2}}) {_NEXT}:{_NEXT}:{_LAST}")
"""How Excel's reader gives a length of a day and more that is shown as a time of day: its days begin with 1900."""
_OF_HOURS = re.compile(r"(?<![\w:])(?:hh?|tt?|tim):(?:mm|min)(?::ss)?(?![\w:])", re.IGNORECASE)
_OF_MINUTES = re.compile(r"(?<![\w:])(?:mm?|min):(?:ss?|sek|sec)(?![\w:])", re.IGNORECASE)
MINUTE, HOUR, DAY = 60, 3600, 86_400


class Length(NamedTuple):
    """A length of time.

    Parameters
    ----------
    seconds
        How long it is; None where its two parts may be either.
    whole
        Whether its last part, of three, is nothing.
    """

    seconds: float | None
    whole: bool = False


def length_of(cell: Cell, form: Form | None = None) -> Length | None:
    """Return the length of time that a cell holds; None for any other cell.

    Parameters
    ----------
    cell
        A raw cell.
    form
        What two parts are, where the file says.

    Examples
    --------
    >>> length_of("00:03:25"), length_of("3:25"), length_of("3:25", "m:ss").seconds, length_of("3:25", "h:mm").seconds
    (Length(seconds=205.0, whole=False), Length(seconds=None, whole=False), 205.0, 12300.0)
    >>> length_of("3.25") is length_of("24:99") is None
    True
    """
    text = as_text(cell) if isinstance(cell, str) else ""
    if ":" not in text:
        return None
    if match := _DAY_ONE.fullmatch(text):
        days, hours, minutes, seconds = map(_number, match.groups())
        return Length(days * DAY + hours * HOUR + minutes * MINUTE + seconds, seconds == 0)
    if match := _THREE.fullmatch(text):
        hours, minutes, seconds = map(_number, match.groups())
        return Length(hours * HOUR + minutes * MINUTE + seconds, seconds == 0)
    match = _TWO.fullmatch(text)
    if match is None or form is None:
        return None if match is None else Length(None)
    first, second = map(_number, match.groups())
    return Length(first * HOUR + second * MINUTE if form == "h:mm" else first * MINUTE + second)


def form_in(text: str) -> Form | None:
    """Return what two parts are by a heading that says so.

    Examples
    --------
    >>> form_in("Vastausaika (mm:ss)"), form_in("Käsittelyaika h:mm"), form_in("Vastausaika")
    ('m:ss', 'h:mm', None)
    """
    return "h:mm" if _OF_HOURS.search(text) else "m:ss" if _OF_MINUTES.search(text) else None


def without_form(text: str) -> str:
    """Return a heading without what says the form of its lengths: the h of *h:mm* is no unit of the numbers."""
    return _OF_MINUTES.sub(" ", _OF_HOURS.sub(" ", text))


def _number(part: str) -> float:
    return float(part.replace(",", "."))
