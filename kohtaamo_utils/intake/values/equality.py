"""Whether a raw cell is the value that the settings name."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from kohtaamo_utils.intake.values.cells import Cell, as_text
from kohtaamo_utils.intake.values.one_date import parse_date
from kohtaamo_utils.intake.values.parse_numbers import numbers_equal

if TYPE_CHECKING:
    from kohtaamo_utils.engagement.settings import Scalar


def equal(cells: list[Cell], value: Scalar) -> list[bool]:
    """Tell which cells are this value: trimmed, case apart; numbers by their amount, dates by their day.

    Examples
    --------
    >>> equal(["11", "11.0", " Blank ", 11], 11)
    [True, True, False, True]
    >>> equal(["11", " Blank ", "blank"], "Blank")
    [False, True, True]
    """
    if isinstance(value, dt.date):
        return [parse_date(as_text(cell)) == value for cell in cells]
    wanted = str(value).strip().casefold()
    same = [as_text(cell).casefold() == wanted for cell in cells]
    number = _number(value)
    if number is None:
        return same
    return [one or other for one, other in zip(same, numbers_equal(cells, number), strict=True)]


def _number(value: Scalar) -> float | None:
    if isinstance(value, bool):
        return None
    try:
        return float(value)  # type: ignore[arg-type]
    except ValueError:
        return None
