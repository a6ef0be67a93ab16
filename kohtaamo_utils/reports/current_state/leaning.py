"""To which side of zero a figure lies: a sentence about it goes as far as the interval does."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kohtaamo_utils.measures.differences import Difference
    from kohtaamo_utils.measures.estimate import Estimate


class Leaning(Enum):
    """Above zero, below it, or neither beyond chance."""

    UP = "up"
    DOWN = "down"
    UNKNOWN = "unknown"


def leaning(figure: Estimate | Difference) -> Leaning | None:
    """Return to which side of zero a figure lies with its whole interval; None where it has no interval.

    Examples
    --------
    >>> from kohtaamo_utils.measures.estimate import Estimate
    >>> [leaning(Estimate(value=10.0, n=30, unit="points", low=low, high=20.0)).name for low in (1.0, -1.0)]
    ['UP', 'UNKNOWN']
    """
    if figure.value is None or figure.low is None or figure.high is None:
        return None
    if figure.low > 0:
        return Leaning.UP
    return Leaning.DOWN if figure.high < 0 else Leaning.UNKNOWN
