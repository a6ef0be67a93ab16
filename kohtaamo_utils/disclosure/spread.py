"""For which means the spread may be shown as well: interval, deviation, agreement and distribution.

A mean and a spread of few answers give every answer. The spread of the others less the spreads of the groups is a
spread of the groups that are left, so it is shown only when every group shows its own.

Where all gave the same answer the spread would tell it, and so would its absence, if it were missing for no other reason.
So a spread is left out wherever all *could* have given the same answer: where an item's mean is a whole number, or the
competency's a score that everybody can have. That depends on the means alone, and a reader learns no more from it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.pooling import MANAGER, OTHERS
from kohtaamo_utils.disclosure.question import Rules, is_number
from kohtaamo_utils.measures.ratings import SELF, ReviewScores, Score

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kohtaamo_utils.disclosure.publication import Cell

SPREAD_MINIMUM = 5
Pair = tuple[str, str]


def with_spread(
    scores: ReviewScores,
    cells: Mapping[Pair, Cell],
    item_cells: Mapping[Pair, Cell],
    display: Callable[[str], str],
    rules: Rules,
) -> frozenset[Pair]:
    """Return the (competency, group) whose spread may be shown.

    A protected group needs five raters (or the threshold, if higher) on the competency and each of its items, means that
    are printed as numbers, and none of them one that all could have given.
    """
    allowed: set[Pair] = set()
    enough = max(SPREAD_MINIMUM, rules.minimum)
    for competency in scores.competencies:
        items = scores.items_of(competency)
        groups = {display(score.group) for score in scores.competency_scores(competency)} - {SELF, MANAGER}
        shown = {
            group
            for group in groups
            if is_number(cells.get((competency, group)))
            and all(is_number(item_cells.get((item, group))) for item in items)
            and _tells_no_answer(scores, competency, items, group, display, enough)
        }
        allowed |= {(competency, group) for group in shown}
        if groups and shown == groups and is_number(cells.get((competency, OTHERS))):
            allowed.add((competency, OTHERS))
    return frozenset(allowed)


def with_item_spread(scores: ReviewScores, spread: frozenset[Pair], item_cells: Mapping[Pair, Cell]) -> frozenset[Pair]:
    """Return the (item, group) whose distribution may be shown: the competency's spread and the item's number are."""
    return frozenset(
        (item, group)
        for competency, group in spread
        for item in scores.items_of(competency)
        if is_number(item_cells.get((item, group)))
    )


def _tells_no_answer(
    scores: ReviewScores, competency: str, items: Sequence[str], group: str, display: Callable[[str], str], enough: int
) -> bool:
    """Whether the group is large enough everywhere, and no mean of it is one that all could have given."""
    its = [score for score in scores.competency_scores(competency) if display(score.group) == group]
    answered = {(sheet.group, sheet.rater_id): sum(item in sheet.answers for item in items) for sheet in scores.sheets}
    counts = {answered[score.group, score.rater_id] for score in its}
    by_item = [[score for score in scores.item_scores(item) if display(score.group) == group] for item in items]
    return all(len({score.rater_id for score in question}) >= enough for question in (its, *by_item)) and not (
        _could_be_common(its, counts) or any(_could_be_common(question, {1}) for question in by_item)
    )


def _could_be_common(scores: Sequence[Score], answers: Iterable[int]) -> bool:
    """Whether everybody could have the mean as his score, each score being a mean of so many whole answers."""
    mean = sum((score.value for score in scores), Fraction(0)) / len(scores)
    return all((mean * count).denominator == 1 for count in answers)
