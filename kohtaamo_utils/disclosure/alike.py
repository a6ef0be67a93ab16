"""Answers so much alike that a figure of them tells what each person answered, however many they are.

A mean of 5.0 on a scale of 1–5 says that everybody gave 5, and a mean of 4.9 of ten people that nine of them did or
nearly so. So a protected figure is not shown where it lies near an end of its scale and fewer people than the minimum can
have answered anything else: those few, who answered otherwise, are then the only ones of whom nothing is told. As the zone
is wider than unanimity and has two ends, a missing figure does not say that all answered alike, nor what.

Away from the ends a mean alone tells nobody's answer, but with its interval it may: all gave 3, or nearly so. The interval
is left out wherever the mean is an answer that everybody could have given, whether they did or not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from kohtaamo_utils.disclosure.bands import Scale

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import ArrayLike

Alike: TypeAlias = Callable[[frozenset[int]], bool]
"""Tells of some rows whether their figure would tell what each person answered."""
END_SHARE = float(Scale(1, 5).end_share)
"""How much of a scale lies near one of its ends: what prints as within half a point of the end of 1–5, as in a 360 review."""
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Scored:
    """Answers as points of a scale.

    Parameters
    ----------
    points
        By row; missing ones do not count.
    low, high
        Ends of the scale.
    step
        The least by which an answer can differ from an end.
    """

    points: pd.Series
    low: float
    high: float
    step: float = 1.0


def nobody(rows: frozenset[int]) -> bool:
    """Tell that no rows are too much alike: for answers that need no such protection."""
    del rows
    return False


def too_alike(points: ArrayLike, low: float, high: float, step: float, minimum: int) -> bool:
    """Tell whether answers lie near an end of their scale, and fewer than the minimum can have answered otherwise.

    Parameters
    ----------
    points
        The answers.
    low, high, step
        As of `Scored`.
    minimum
        Smallest number of people that is shown.

    Examples
    --------
    Of eight, one gave 4 and the others 5; of sixty, six gave 4:

    >>> too_alike([5] * 7 + [4], 1, 5, 1, 5), too_alike([5] * 54 + [4] * 6, 1, 5, 1, 5)
    (True, False)
    """
    values = np.asarray(points, dtype=float)
    room = END_SHARE * len(values) * (high - low)
    return any(
        distance <= room + _ROUNDING and distance / step < minimum - _ROUNDING
        for distance in ((high - values).sum(), (values - low).sum())
    ) and bool(len(values))


def alike_in(scales: Sequence[Scored], minimum: int, *, weighted: bool = False) -> Alike:
    """Return what tells whether rows are too much alike on any of some scales.

    Parameters
    ----------
    scales
        The answers behind a figure; of an index those of each of its questions as well, for index and questions together
        tell of the one that is left out.
    minimum
        Smallest number of people that is shown.
    weighted
        Whether the figure is weighted: a weighted mean is hardly ever a single answer unless everybody gave it.

    Examples
    --------
    >>> import pandas as pd
    >>> alike = alike_in([Scored(pd.Series([5, 5, 5, 5, 5, 1, 2, 3]), 1, 5)], 5)
    >>> alike(frozenset(range(5))), alike(frozenset(range(8)))
    (True, False)
    """

    def alike(rows: frozenset[int]) -> bool:
        for one in scales:
            points = one.points.reindex(sorted(rows)).dropna().to_numpy(dtype=float)
            if too_alike(points, one.low, one.high, one.step, minimum):
                return True
            if weighted and len(points) and np.ptp(points) == 0:
                return True
        return False

    return alike


def could_be_common(mean: float, low: float, step: float) -> bool:
    """Tell whether everybody could have given the mean as his answer.

    Examples
    --------
    >>> could_be_common(3.0, 1, 1), could_be_common(3.2, 1, 1), could_be_common(10 / 3, 1, 1 / 3)
    (True, False, True)
    """
    steps = (mean - low) / step
    return abs(steps - round(steps)) < _ROUNDING * max(1.0, abs(steps))
