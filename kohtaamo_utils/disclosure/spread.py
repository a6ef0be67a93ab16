"""For which means the spread may be shown as well: interval, deviation, agreement and distribution.

A mean and a spread of few answers give every answer. The spread of the others less the spreads of the groups is a
spread of the groups that are left, so it is shown only when every group shows its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.pooling import MANAGER, OTHERS
from kohtaamo_utils.disclosure.question import Rules, is_number
from kohtaamo_utils.measures.ratings import SELF, ReviewScores, Score

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kohtaamo_utils.disclosure.publication import Cell

SPREAD_MINIMUM = 5
Pair = tuple[str, str]


def with_spread(
    scores: ReviewScores, cells: Mapping[Pair, Cell], display: Callable[[str], str], rules: Rules
) -> frozenset[Pair]:
    """Return the (competency, group) whose spread may be shown.

    A protected group needs five raters (or the threshold, if higher) on the competency and each of its items, a mean
    that is printed as a number, and no item to which all gave the same answer.
    """
    allowed: set[Pair] = set()
    for competency in scores.competencies:
        questions = [scores.competency_scores(competency), *map(scores.item_scores, scores.items_of(competency))]
        groups = {display(score.group) for score in questions[0]} - {SELF, MANAGER}
        shown = {group for group in groups if _may(group, questions, display, cells.get((competency, group)), rules)}
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


def _may(
    group: str, questions: list[tuple[Score, ...]], display: Callable[[str], str], cell: Cell | None, rules: Rules
) -> bool:
    if not is_number(cell):
        return False
    its = [[score for score in scores if display(score.group) == group] for scores in questions]
    enough = max(SPREAD_MINIMUM, rules.minimum)
    return all(
        len({score.rater_id for score in scores}) >= enough and len({score.value for score in scores}) > 1
        for scores in its
    )
