"""What a reader who holds every single report but one can find out about the missing one from the group's figures.

A mean over n reviewees less the n - 1 that he knows is the one that he does not know, but for the rounding: a mean that is
printed to a tenth leaves him n tenths of a point. Figures that hang together leave him less: a gap, a mean of the others
beside the means of the groups that it is made of, a standard deviation. Here it is computed how much, on the worst
assumption that he knows all the other reviewees' means unrounded and how many raters the missing one had. With two or more
reports missing he knows less of each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    FloatArray = npt.NDArray[np.float64]

ROOM = 0.25
"""Fewest scale points that must be left open of a reviewee's mean. A group mean of five reviewees leaves half a point, and
with a gap beside it at least half of that."""
_HAIR = 1e-9


@dataclass(frozen=True)
class Range:
    """What is possible, one entry a reviewee: lowest and highest, infinite where nothing is known."""

    low: FloatArray
    high: FloatArray

    def meet(self, other: Range) -> Range:
        """Return what is possible by both."""
        return self.within(other.low, other.high)

    def within(self, low: FloatArray | float, high: FloatArray | float) -> Range:
        """Return what is possible between two bounds."""
        return Range(np.maximum(self.low, low), np.minimum(self.high, high))

    @property
    def width(self) -> FloatArray:
        """How much is left open."""
        return self.high - self.low


def nothing_known(n: int) -> Range:
    """Return that nothing is known of n reviewees."""
    return Range(np.full(n, -np.inf), np.full(n, np.inf))


def from_mean(values: FloatArray, low: float, high: float) -> Range:
    """Return what a mean over reviewees leaves open of each, all others being known.

    Parameters
    ----------
    values
        The reviewees' values, shape (reviewees,); NaN for those who are not in the mean.
    low, high
        Between what the mean lies, as it is printed.

    Examples
    --------
    Of five reviewees and a mean that is printed as 3.0, half a point is left:

    >>> from_mean(np.array([3.0, 2.0, 4.0, 3.5, 2.5]), 2.95, 3.05).width.round(2).tolist()
    [0.5, 0.5, 0.5, 0.5, 0.5]
    """
    there = ~np.isnan(values)
    n, mean = int(there.sum()), float(np.nanmean(values))
    return Range(
        np.where(there, values - n * (mean - low), -np.inf), np.where(there, values + n * (high - mean), np.inf)
    )


def from_deviation(values: FloatArray, low: float, high: float) -> Range:
    """Return what a standard deviation over reviewees leaves open of each on its own side of the others' mean.

    With V the others' sum of squares around their mean μ, (n-1)·s² = V + (n-1)/n·(x-μ)².

    Parameters
    ----------
    values
        As for `from_mean`.
    low, high
        Between what the standard deviation lies, as it is printed.
    """
    there = ~np.isnan(values)
    n, total = int(there.sum()), float(np.nansum(values))
    mean = total / n
    squares = float(np.nansum((values - mean) ** 2))
    rest = (total - values) / (n - 1)
    around = squares - n / (n - 1) * (values - mean) ** 2
    near, far = (np.sqrt(np.maximum(0.0, n / (n - 1) * ((n - 1) * s**2 - around))) for s in (low, high))
    above = values >= rest
    lowest = np.where(above, np.where(near > 0, rest + near, rest - far), rest - far)
    highest = np.where(above, rest + far, np.where(near > 0, rest - near, rest + far))
    return Range(np.where(there, lowest, -np.inf), np.where(there, highest, np.inf))


def together(
    known: Mapping[str, Range], gap: Range | None, weights: Mapping[str, FloatArray], own: str, others: str
) -> dict[str, Range]:
    """Return what is left when figures that hang together are put together.

    Own less others is the gap, and the others' mean is the weighted mean of its groups. The two make a tree, so going up to
    the others' mean and down again gives all that follows.

    Parameters
    ----------
    known
        What is possible of each rater group's mean by itself, ``own`` and ``others`` among them.
    gap
        What is possible of the gap; None where it is not published.
    weights
        Rater group to its weight in the others' mean, one a reviewee; NaN where the relation is not known.
    own, others
        Names of the two.
    """
    groups = list(weights)
    whole = known[others]
    total = sum((weights[group] for group in groups), np.zeros(len(whole.low)))
    related = np.isfinite(total) & (total > 0)
    ends = {group: _weighted(known[group], weights[group]) for group in groups}
    least = sum((ends[group].low for group in groups), np.zeros(len(whole.low)))
    most = sum((ends[group].high for group in groups), np.zeros(len(whole.low)))
    whole = whole.within(np.where(related, least, -np.inf), np.where(related, most, np.inf))
    if gap is not None:
        whole = whole.within(known[own].low - gap.high, known[own].high - gap.low)
    found = dict(known) | {others: whole}
    for group in groups:
        part = related & (weights[group] > 0)
        weight = np.where(part, weights[group], 1.0)
        low = (whole.low - (most - ends[group].high)) / weight
        high = (whole.high - (least - ends[group].low)) / weight
        found[group] = known[group].within(np.where(part, low, -np.inf), np.where(part, high, np.inf))
    if gap is not None:
        found[own] = known[own].within(whole.low + gap.low, whole.high + gap.high)
    return found


def is_left(found: Range, whose: npt.NDArray[np.bool_]) -> bool:
    """Tell whether enough is left open of each of some reviewees.

    Examples
    --------
    >>> is_left(Range(np.array([3.0, 3.0]), np.array([3.2, 3.5])), np.array([False, True]))
    True
    """
    return bool((found.width[whose] >= ROOM - _HAIR).all())


def _weighted(found: Range, weight: FloatArray) -> Range:
    part = np.where(weight > 0, weight, 0.0)
    with np.errstate(invalid="ignore"):
        low, high = found.low * part, found.high * part
    return Range(np.where(part > 0, low, 0.0), np.where(part > 0, high, 0.0))
