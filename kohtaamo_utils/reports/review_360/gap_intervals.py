"""How firm a gap between one's own view and the others' is: the interval of the others' mean, where it may be shown."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.bands import printed
from kohtaamo_utils.disclosure.publication import Shown
from kohtaamo_utils.measures import means, ratings
from kohtaamo_utils.reports.review_360.profile import OTHERS, SELF

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kohtaamo_utils.reports.review_360.profile import Profile


def gap_interval(profile: Profile, competency: str) -> tuple[float, float] | None:
    """Return the 95 % limits of a gap as printed, or None where no interval may be shown.

    The gap's interval is one's own score less Student's interval of the others' mean, x̄ ± t(n-1)·s/√n over the raters'
    scores, cut at the scale's ends. Where every group weighs the same, raters are weighted and Kish's effective number
    stands for n (`kohtaamo_utils.measures.means.mean`). One's own score is taken as it is.
    """
    gap = profile.publication.gaps.get(competency)
    if (competency, OTHERS) not in profile.spreads or not isinstance(gap, Shown) or gap.number is None:
        return None
    scores = profile.scores.competency_scores(competency)
    own = ratings.mean(score for score in scores if score.group == SELF)
    others = [score for score in scores if score.group != SELF]
    found = means.mean([float(score.value) for score in others], _weights(profile, others))
    if own is None or found.low is None or found.high is None:
        return None
    low, high = profile.scale
    return printed(own - Fraction(min(found.high, high))), printed(own - Fraction(max(found.low, low)))


def stands_out(profile: Profile, competency: str) -> bool:
    """Tell whether one's own score lies outside the others' interval, by the limits as they are printed."""
    limits = gap_interval(profile, competency)
    return limits is not None and not limits[0] <= 0 <= limits[1]


def _weights(profile: Profile, others: Sequence[ratings.Score]) -> list[float] | None:
    """Return each rater's weight where every group weighs the same, a pool being one group; else None."""
    if profile.settings.others == "raters":
        return None
    names = [profile.display(score.group) for score in others]
    sizes = Counter(names)
    return [1 / (len(sizes) * sizes[name]) for name in names]
