"""Scores that say what they are out of: 4/5, 4 out of 5, and stars."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kohtaamo_utils.intake.values.cells import Cell, as_text

if TYPE_CHECKING:
    from collections.abc import Iterable

_FRACTION = re.compile(r"([0-9]{1,2})\s*(?:/|(?:out )?of|av)\s*([0-9]{1,2})", re.IGNORECASE)
_STARS = re.compile("([\u2605\u2b50]*)(\u2606*)")


class OutOf(NamedTuple):
    """A score and the most that it could have been."""

    number: int
    most: int


def out_of(cells: Iterable[Cell]) -> dict[Cell, OutOf]:
    """Return the scores that say what they are out of; full stars alone are out of as many as the longest row of them has.

    Examples
    --------
    >>> out_of(["4/5", "3 out of 5", "kiitos"])
    {'4/5': OutOf(number=4, most=5), '3 out of 5': OutOf(number=3, most=5)}
    >>> out_of(["\u2605\u2605\u2606", "\u2605"])["\u2605\u2605\u2606"]
    OutOf(number=2, most=3)
    """
    found: dict[Cell, OutOf] = {}
    for cell in cells:
        text = as_text(cell).replace("\ufe0f", "") if isinstance(cell, str) else ""
        if match := _FRACTION.fullmatch(text):
            found[cell] = OutOf(int(match[1]), int(match[2]))
        elif text and (match := _STARS.fullmatch(text)):
            found[cell] = OutOf(len(match[1]), len(text) if match[2] else 0)
    longest = max((max(score) for score in found.values()), default=0)
    return {cell: OutOf(score.number, score.most or longest) for cell, score in found.items()}
