"""Months and days whose year, month and day stand in columns of their own: *Vuosi* 2025, *Kuukausi* maaliskuu."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kohtaamo_utils.intake.values.cells import as_text, is_blank
from kohtaamo_utils.intake.values.month_names import NUMBERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kohtaamo_utils.intake.values.cells import Cell

NOTHING = "?"
"""Stands for a part that is empty beside others, so that what is left is no date of another sort."""
_YEAR = re.compile(r"(?:19|20)[0-9]{2}|2100")
_NUMBERED = re.compile(r"([0-9]{1,2})\.?(?:[ .-]+([^\W\d_]+)\.?)?")
MONTHS, DAYS = 12, 31


def year_in(cell: Cell) -> str | None:
    """Return a year of four digits as text; None for any other cell."""
    text = as_text(cell)
    return text if _YEAR.fullmatch(text) else None


def month_in(cell: Cell) -> int | None:
    """Return the month that a cell numbers, names, or both; None for any other cell.

    Examples
    --------
    >>> month_in("03"), month_in(3.0), month_in("Maaliskuu"), month_in("mars"), month_in("03 - maalis"), month_in("3. touko")
    (3, 3, 3, 3, 3, None)
    """
    text = as_text(cell).casefold()
    match = _NUMBERED.fullmatch(text)
    if match is None:
        return NUMBERS.get(text.removesuffix("."))
    number = int(match[1])
    return number if 1 <= number <= MONTHS and match[2] in {None, *_names(number)} else None


def day_in(cell: Cell) -> int | None:
    """Return the day of a month that a cell numbers; None for any other cell."""
    text = as_text(cell).removesuffix(".")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 2 and 1 <= int(text) <= DAYS else None


def date_of(parts: Sequence[Cell]) -> str:
    """Return a year, a month and a day, if there is one, as one text; what is none of them is left for the reader to tell.

    Examples
    --------
    >>> date_of([2025.0, "maaliskuu"]), date_of(["2025", "3", "7"]), date_of(["2025", "Q1"]), date_of(["2025", ""])
    ('2025-03', '2025-03-07', '2025 Q1', '2025 ?')
    >>> date_of(["", ""]), date_of(["25", "3"])
    ('', '25 3')
    """
    if all(map(is_blank, parts)):
        return ""
    year, month, days = year_in(parts[0]), month_in(parts[1]), [day_in(part) for part in parts[2:]]
    if year is None or month is None or None in days:
        return " ".join(as_text(part) or NOTHING for part in parts)
    return "-".join([year, f"{month:02d}", *(f"{day:02d}" for day in days)])


def _names(number: int) -> set[str]:
    return {name for name, its in NUMBERS.items() if its == number}
