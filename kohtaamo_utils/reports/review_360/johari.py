"""Where one's own view and the others' meet: known and hidden strengths, blind spots, known development areas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from kohtaamo_utils.disclosure.pooling import OTHERS, SELF
from kohtaamo_utils.disclosure.publication import Band, Shown
from kohtaamo_utils.engagement.johari import Johari
from kohtaamo_utils.presentation.wording import N_

if TYPE_CHECKING:
    from kohtaamo_utils.disclosure.publication import ReviewPublication
    from kohtaamo_utils.engagement.settings import Review360Settings

Quadrant = Literal["known_strength", "hidden_strength", "blind_spot", "known_development_area"]
QUADRANT_LABELS: dict[Quadrant, str] = {
    "known_strength": N_("Known strengths"),
    "hidden_strength": N_("Hidden strengths"),
    "blind_spot": N_("Blind spots"),
    "known_development_area": N_("Known development areas"),
}


def quadrant(
    own: Shown, others: Shown, scale: tuple[int, int], rule: Johari | None = None, gap: float | None = None
) -> Quadrant | None:
    """Place a competency by its printed values; None where one's own value is not a number.

    A gap of the rule's size or more upwards is a blind spot; downwards it is a hidden strength if the others' mean is
    high. The rest are known strengths or known development areas by the others' mean (after Luft & Ingham's window, 1955).
    Of a band only its limit is known.

    Parameters
    ----------
    own, others
        Published means.
    scale
        Lowest and highest score.
    rule
        Smallest gap and lowest high mean; the usual ones where not given.
    gap
        The printed gap; by default the difference of the printed means.

    Examples
    --------
    >>> quadrant(Shown(5.0, 1), Shown(3.6, 8), (1, 5))
    'blind_spot'
    >>> quadrant(Shown(3.0, 1), Shown(Band("high", 4.5), 6), (1, 5))
    'hidden_strength'
    >>> quadrant(Shown(2.0, 1), Shown(2.8, 6), (1, 5))
    'known_development_area'
    """
    if own.number is None:
        return None
    rule = rule or Johari()
    level = others.value.limit if isinstance(others.value, Band) else others.value
    distance = round(own.number - level, 1) if gap is None else gap
    end = others.value.end if isinstance(others.value, Band) else None
    high = end == "high" or (end is None and level >= rule.cut(scale))
    if distance >= rule.gap and end != "high":
        return "blind_spot"
    if distance <= -rule.gap and high:
        return "hidden_strength"
    return "known_strength" if high else "known_development_area"


def place(review: ReviewPublication, competency: str, settings: Review360Settings) -> Quadrant | None:
    """Return the quadrant of a competency in a reviewee's report; None where it has none.

    Parameters
    ----------
    review
        What is published of the reviewee: only printed values count.
    competency
        The competency.
    settings
        The scale and the rule of the quadrants.
    """
    own, others = (review.competency_means.get((competency, group)) for group in (SELF, OTHERS))
    if not isinstance(own, Shown) or not isinstance(others, Shown):
        return None
    gap = review.gaps.get(competency)
    printed = gap.number if isinstance(gap, Shown) else None
    return quadrant(own, others, settings.scale, settings.johari, printed)
