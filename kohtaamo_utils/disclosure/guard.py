"""The last look at one reviewee's publication: whether all that is printed, taken together, speaks of too few raters.

Each question has been decided with its own rules by now. Here nothing is known of them: every printed number of a
competency and its items, of the groups and of the others, is a row over the raters' answers. If some combination of the
rows speaks of fewer raters than the minimum, numbers are taken away, in a stated order, until none does. Competencies have
no answers in common, so each is looked at by itself.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from kohtaamo_utils.disclosure.pooling import MANAGER, OTHERS
from kohtaamo_utils.disclosure.publication import Hidden
from kohtaamo_utils.disclosure.question import Rules, is_number
from kohtaamo_utils.measures.ratings import SELF, ReviewScores, Sheet, others_weights

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from kohtaamo_utils.disclosure.publication import Cell

SEARCH_LIMIT = 5000
"""Sets of raters that are looked at. Where raters with different gaps make more of them, the rules of each question stand."""
NOTHING = 1e-7
Cells = dict[tuple[str, str], "Cell"]
_HIDDEN = Hidden("complementary")
_Number = tuple[str | None, str]
"""A printed number: the item, or None for the competency, and the group."""


def guarded(
    scores: ReviewScores, means: Cells, item_means: Cells, display: Callable[[str], str], rules: Rules
) -> tuple[Cells, Cells]:
    """Return competency and item means without those that together would tell of too few raters.

    Taken away are, in this order: the others' items; the groups' items, from the smallest group on; the others'
    competency mean; the groups' competency means, from the smallest on. All items of a competency go at once.

    Parameters
    ----------
    scores
        The reviewee's scores.
    means, item_means
        What is to be published, by (competency or item, group as shown).
    display
        The name under which a rater group is shown.
    rules
        The threshold, and what the mean of the others is.
    """
    means, item_means = dict(means), dict(item_means)
    topics: list[tuple[str | None, tuple[str, ...]]] = [(name, scores.items_of(name)) for name in scores.competencies]
    for competency, items in (*topics, *((None, (item,)) for item in scores.loose_items)):
        topic = _Topic(scores, competency, items, display, rules)
        printed: set[_Number] = {(None, g) for (c, g), cell in means.items() if c == competency and is_number(cell)}
        printed |= {(i, g) for (i, g), cell in item_means.items() if i in items and is_number(cell)}
        for numbers in topic.order(printed):
            if not topic.exposes_few(printed):
                break
            printed -= numbers
            means |= {
                (competency, group): _HIDDEN for item, group in numbers if item is None and competency is not None
            }
            item_means |= {(item, group): _HIDDEN for item, group in numbers if item is not None}
    return means, item_means


class _Topic:
    """A competency and its items, or an item by itself (None), as rows over the answers of protected raters."""

    def __init__(
        self,
        scores: ReviewScores,
        competency: str | None,
        items: Sequence[str],
        display: Callable[[str], str],
        rules: Rules,
    ) -> None:
        self.scores, self.items, self.display, self.rules = scores, items, display, rules
        self.own = () if competency is None else scores.competency_scores(competency)
        self.answers = [
            (sheet, item)
            for sheet in scores.sheets
            if sheet.group not in (SELF, MANAGER)
            for item in items
            if item in sheet.answers
        ]
        self.counting = {(score.group, score.rater_id) for score in self.own}

    def order(self, printed: set[_Number]) -> Iterator[set[_Number]]:
        """Yield what is taken away, one step after the other."""
        people: dict[str, set[str]] = {}
        for sheet, _ in self.answers:
            people.setdefault(self.display(sheet.group), set()).add(sheet.rater_id)
        groups = sorted(people, key=lambda name: (len(people[name]), name))
        questions: tuple[Sequence[str | None], ...] = (self.items, (None,))
        for its in questions:
            for name in (OTHERS, *groups):
                yield {(question, name) for question in its} & printed

    def exposes_few(self, printed: set[_Number]) -> bool:
        """Tell whether some combination of the printed numbers speaks of fewer raters than the minimum.

        The answers that leave every number as it is form a space. A combination speaks of some raters alone exactly
        when the projection of their answers onto that space is singular. Answers that weigh the same everywhere are
        one, spoken of by all their raters.
        """
        rows = [self._row(*number) for number in printed if number[1] not in (SELF, MANAGER)]
        if not rows:
            return False
        columns, kinds = np.unique(np.array(rows).round(12).T, axis=0, return_inverse=True)
        owners: list[set[str]] = [set() for _ in columns]
        for (sheet, _), kind in zip(self.answers, kinds.reshape(-1), strict=True):
            owners[kind].add(sheet.rater_id)
        _, sizes, directions = np.linalg.svd(columns.T)
        free = directions[(sizes > NOTHING).sum() :]
        projection = free.T @ free
        spoken_of = [bool(column.any()) for column in columns]
        fragile = [kind for kind, people in enumerate(owners) if spoken_of[kind] and len(people) < self.rules.minimum]
        return any(
            np.linalg.eigvalsh(projection[np.ix_(inside, inside)])[0] < NOTHING
            for inside in _corners([owners[kind] for kind in fragile], fragile, self.rules.minimum)
        )

    def _row(self, item: str | None, name: str) -> NDArray[np.float64]:
        """Return what each answer weighs in a number, but for a factor."""
        scores = self.own if item is None else self.scores.item_scores(item)
        sizes = Counter(self.display(score.group) for score in scores if score.group != SELF)
        weights = {name: 1.0}
        if name == OTHERS:
            shares = others_weights(sizes, self.rules.others)
            weights = {group: float(share) / sizes[group] for group, share in shares.items()}
        return np.array([weights.get(place, 0.0) * self._weight(*answer, item) for place, answer in self._places])

    @cached_property
    def _places(self) -> list[tuple[str, tuple[Sheet, str]]]:
        return [(self.display(sheet.group), (sheet, item)) for sheet, item in self.answers]

    def _weight(self, sheet: Sheet, item: str, asked: str | None) -> float:
        """Return an answer's weight in its rater's score on the competency, or on an item."""
        if asked is not None:
            return float(item == asked)
        counts = (sheet.group, sheet.rater_id) in self.counting
        return counts / sum(its in sheet.answers for its in self.items)


def _corners(owners: Sequence[set[str]], kinds: Sequence[int], minimum: int) -> Iterator[list[int]]:
    """Yield the kinds of answers that fewer people than the minimum alone gave, for the largest sets of such people."""
    people = sorted(set[str]().union(*owners))
    size = min(minimum - 1, len(people))
    for number, few in enumerate(combinations(people, size)):
        if number >= SEARCH_LIMIT:
            return
        inside = [kind for kind, its in zip(kinds, owners, strict=True) if its <= set(few)]
        if inside:
            yield inside
