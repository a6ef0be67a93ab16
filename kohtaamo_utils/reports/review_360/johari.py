"""Where one's own view and the others' meet: known and hidden strengths, blind spots, known development areas."""

from __future__ import annotations

from typing import Literal

from kohtaamo_utils.disclosure.publication import Band, Shown
from kohtaamo_utils.presentation.wording import N_

Quadrant = Literal["known_strength", "hidden_strength", "blind_spot", "known_development_area"]
GAP = 0.5
"""Smallest gap, in scale points, that is called a blind spot or a hidden strength."""
QUADRANT_LABELS: dict[Quadrant, str] = {
    "known_strength": N_("Known strengths"),
    "hidden_strength": N_("Hidden strengths"),
    "blind_spot": N_("Blind spots"),
    "known_development_area": N_("Known development areas"),
}


def cut(scale: tuple[int, int]) -> float:
    """Return the lowest mean that counts as high: half a point above the scale's middle.

    Examples
    --------
    >>> cut((1, 5))
    3.5
    """
    return (scale[0] + scale[1]) / 2 + 0.5


def quadrant(own: Shown, others: Shown, scale: tuple[int, int]) -> Quadrant | None:
    """Place a competency by its printed values; None where one's own value is not a number.

    Self at least half a point above the others is a blind spot, at least half a point below a hidden strength; the
    rest are known strengths or known development areas by the others' mean. Of a band only its limit is known.

    Parameters
    ----------
    own, others
        Published means.
    scale
        Lowest and highest score.

    Examples
    --------
    >>> quadrant(Shown(5.0, 1), Shown(3.6, 8), (1, 5))
    'blind_spot'
    >>> quadrant(Shown(3.0, 1), Shown(Band("high", 4.5), 6), (1, 5))
    'hidden_strength'
    """
    if own.number is None:
        return None
    level = others.value.limit if isinstance(others.value, Band) else others.value
    gap = round(own.number - level, 1)
    above = gap >= GAP and not (isinstance(others.value, Band) and others.value.end == "high")
    below = gap <= -GAP and not (isinstance(others.value, Band) and others.value.end == "low")
    if above:
        return "blind_spot"
    if below:
        return "hidden_strength"
    return "known_strength" if level >= cut(scale) else "known_development_area"
