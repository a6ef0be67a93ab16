"""What a development plan is about: chosen from printed figures by one rule, the same for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kohtaamo_utils.disclosure.publication import Band
from kohtaamo_utils.reports.review_360.cells import level
from kohtaamo_utils.reports.review_360.profile import OTHERS, SELF

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kohtaamo_utils.disclosure.publication import Shown
    from kohtaamo_utils.reports.review_360.johari import Quadrant
    from kohtaamo_utils.reports.review_360.profile import Profile

MOST = 3
"""How many competencies a plan takes up."""
View = Literal["others", "manager", "self"]
VIEWS: tuple[View, ...] = ("others", "manager", "self")
"""Whose means a plan rests on: the first that has any."""


@dataclass(frozen=True)
class Choice:
    """What to develop, what to build on, and whose means that was read from.

    Parameters
    ----------
    view
        ``others``, or ``manager`` or ``self`` where nothing of the others is printed; None where nothing at all is.
    develop
        Competencies, in the order in which they were chosen.
    blind
        Those of them that are blind spots.
    strength
        A known or hidden strength to build on, with its quadrant; None where there is none.
    """

    view: View | None
    develop: tuple[str, ...] = ()
    blind: frozenset[str] = frozenset()
    strength: tuple[str, Quadrant] | None = None


def choose(profile: Profile) -> Choice:
    """Choose up to three competencies to develop and a strength to build on.

    Blind spots first, the widest gap first; then the lowest printed means, of those that are no strength to build on
    and not printed as a band at the scale's upper end. Of equal ones the first of the questionnaire. The strength is
    the one whose mean of the others is highest; of equal ones a hidden strength before a known one.
    """
    means = {view: _means(profile, view) for view in VIEWS}
    view = next((view for view in VIEWS if means[view]), None)
    if view is None:
        return Choice(None)
    found = profile.quadrants()
    strength = _strength(found, means["others"], profile.high_from)
    taken = None if strength is None else strength[0]
    blind = sorted(found["blind_spot"], key=lambda name: -_gap(profile, name))
    low = sorted(
        (name for name in means[view] if _may_grow(means[view][name])), key=lambda name: level(means[view][name])
    )
    develop = [name for name in dict.fromkeys((*blind, *low)) if name != taken][:MOST]
    return Choice(view, tuple(develop), frozenset(blind) & frozenset(develop), strength)


def _means(profile: Profile, view: View) -> dict[str, Shown]:
    """Return the printed means of a view by competency, in the order of the questionnaire."""
    return {name: cell for name in profile.competencies if (cell := profile.shown(name, view)) is not None}


def _gap(profile: Profile, competency: str) -> float:
    """Return by how much one's own printed mean is above the others'; of a band its limit counts."""
    own, others = profile.shown(competency, SELF), profile.shown(competency, OTHERS)
    return 0.0 if own is None or others is None else round(level(own) - level(others), 1)


def _may_grow(cell: Shown) -> bool:
    return not (isinstance(cell.value, Band) and cell.value.end == "high")


def _strength(
    found: Mapping[Quadrant, list[str]], others: Mapping[str, Shown], lowest: float
) -> tuple[str, Quadrant] | None:
    strengths: list[tuple[str, Quadrant]] = [(name, "hidden_strength") for name in found["hidden_strength"]]
    strengths += [(name, "known_strength") for name in found["known_strength"]]
    high = [one for one in strengths if one[0] in others and level(others[one[0]]) >= lowest]
    return max(high, key=lambda one: level(others[one[0]]), default=None)
