"""One reviewee in the group report: the means that the own report prints, and who gave them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.pooling import MANAGER, OTHERS, PROTECTED, SELF
from kohtaamo_utils.disclosure.publication import Band, ReviewPublication, Shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kohtaamo_utils.disclosure.question import Rules
    from kohtaamo_utils.disclosure.spread import Pair
    from kohtaamo_utils.measures.ratings import ReviewScores, Score

GROUPS = (SELF, MANAGER, *PROTECTED, OTHERS)


@dataclass(frozen=True)
class Value:
    """A mean that a single report prints: unrounded, or the middle of its band."""

    exact: Fraction
    banded: bool = False


@dataclass(frozen=True)
class Entry:
    """One reviewee's scores and what is published of them.

    Parameters
    ----------
    scores, publication
        Of the same review.
    rules
        By which it was published.
    """

    scores: ReviewScores
    publication: ReviewPublication
    rules: Rules

    @property
    def reviewee(self) -> str:
        """Return whose review it is."""
        return self.publication.reviewee_id

    @cached_property
    def values(self) -> Mapping[Pair, Value]:
        """Published means by (competency, rater group); pools are not among them."""
        cells = self.publication.competency_means.items()
        return {pair: self._value(pair, cell) for pair, cell in cells if pair[1] in GROUPS and isinstance(cell, Shown)}

    def answers(self, competency: str, group: str) -> list[Score]:
        """Return the raters' scores that a group's mean is of."""
        scores = self.scores.competency_scores(competency)
        return [score for score in scores if score.group == group or (group == OTHERS and score.group != SELF)]

    def sizes(self, competency: str) -> dict[str, int]:
        """Return how many of the others gave the competency a score, by rater group."""
        found: dict[str, int] = {}
        for score in self.answers(competency, OTHERS):
            found[score.group] = found.get(score.group, 0) + 1
        return found

    def _value(self, pair: Pair, cell: Shown) -> Value:
        if isinstance(cell.value, Band):
            return Value(self.rules.scale.middle(cell.value), banded=True)
        if pair[1] == OTHERS and self.rules.others == "groups":
            return Value(Fraction(str(cell.value)))  # its weights depend on the pooling
        answers = [score.value for score in self.answers(*pair)]
        return Value(sum(answers, Fraction(0)) / len(answers))
