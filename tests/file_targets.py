"""What the reader would like to know: the mean of each few raters, on each item and competency; and what cannot be known.

Most of it is struck out without a solver. Two answers with the same weight in every fact can exchange a point, and two
raters can exchange points on two items, without any fact changing: a mean that changes is not determined.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import chain, combinations, product
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from file_programmes import Programme, Sheet
    from file_system import Block

PARTS = 60
"""Scores are counted in sixtieths: means of up to six whole answers are then whole."""


def few(sheets: list[Sheet], minimum: int) -> Iterator[tuple[Sheet, ...]]:
    """Yield the sets of sheets of fewer people than the minimum; of who is in two groups, one sheet or both."""
    owned: dict[str, list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        owned[sheet.rater].append(sheet)
    choices = {
        rater: list(chain.from_iterable(combinations(its, n) for n in range(1, len(its) + 1)))
        for rater, its in owned.items()
    }
    for n in range(1, minimum):
        for people in combinations(choices, n):
            for chosen in product(*(choices[person] for person in people)):
                yield tuple(chain.from_iterable(chosen))


class Targets:
    """Sets of fewer raters than the threshold about one reviewee, and which of their means are still open.

    Parameters
    ----------
    programme
        The true answers.
    block
        What is known about them.
    """

    def __init__(self, programme: Programme, block: Block) -> None:
        self.block = block
        self.low, self.high = programme.review.scale
        self.truth = np.array([programme.answers[sheet][item] for sheet, item in block.answers])
        by_reviewee: dict[str, list[Sheet]] = defaultdict(list)
        for sheet, _ in block.answers:
            if sheet not in by_reviewee[sheet.reviewee]:
                by_reviewee[sheet.reviewee].append(sheet)
        self.sets = [its for sheets in by_reviewee.values() for its in few(sheets, programme.minimum)]
        self.items = list(dict.fromkeys(item for _, item in block.answers))
        self.sheets = [sheet for sheets in by_reviewee.values() for sheet in sheets]
        self.row = np.array([self.sheets.index(sheet) for sheet, _ in block.answers])
        self.item = np.array([self.items.index(item) for _, item in block.answers])
        members = [[sheet in its for sheet in self.sheets] for its in self.sets]
        self.inside = np.array(members, dtype=np.int64).reshape(len(self.sets), len(self.sheets))
        self.weights = [(self.item == number) * PARTS for number in range(len(self.items))]
        if len(self.items) > 1:
            self.weights.append(self._in_competency(programme))
        there = np.array([np.bincount(self.row, w, len(self.sheets)) > 0 for w in self.weights]).T
        self.open = (self.inside @ there.astype(np.int64)) > 0

    @property
    def questions(self) -> list[str]:
        """Items, and the competency last where there are several."""
        return [*self.items, "together"] if len(self.items) > 1 else self.items

    def _in_competency(self, programme: Programme) -> np.ndarray:
        """Return each answer's weight in its rater's score, none where he answered too few."""
        asked = [item for item, its in programme.items.items() if its == programme.items[self.items[0]]]
        answered = np.bincount(self.row, minlength=len(self.sheets))[self.row]
        return np.where(2 * answered >= len(asked), PARTS // np.maximum(answered, 1), 0)

    def clear(self, world: np.ndarray) -> None:
        """Strike out the means that are others in a world: answers to take the true ones' place."""
        for question, weights in enumerate(self.weights):
            changed = np.bincount(self.row, weights * (world - self.truth), len(self.sheets)).round().astype(np.int64)
            self.open[:, question] &= self.inside @ changed == 0

    def clear_by_moves(self) -> None:
        """Strike out the means that moving a point changes while every fact stays as it is."""
        columns = self.block.matrix.round(12) + 0.0
        for place in _same([column.tobytes() for column in columns.T]):
            self._exchange(place)
        for first, second in combinations(range(len(self.items)), 2):
            self._rectangles(columns, first, second)

    def _exchange(self, place: list[int]) -> None:
        """Let answers that weigh the same everywhere exchange a point."""
        at = np.array(place)
        up, down = self.truth[at] < self.high, self.truth[at] > self.low
        movable = at[up | down]
        if not (up.any() and down.any()):
            return
        for question, weights in enumerate(self.weights):
            each = self.inside[:, self.row[movable]] * weights[movable]
            self.open[:, question] &= each.min(axis=1) == each.max(axis=1)

    def _rectangles(self, columns: np.ndarray, first: int, second: int) -> None:
        """Let one rater move a point from an item to another, and a rater who weighs the same move one back."""
        at = {(row, item): place for place, (row, item) in enumerate(zip(self.row, self.item, strict=True))}
        both = [row for row in range(len(self.sheets)) if (row, first) in at and (row, second) in at]
        ends = [(at[row, first], at[row, second]) for row in both]
        for place in _same([(columns[:, a] - columns[:, b]).round(12).tobytes() for a, b in ends]):
            a, b = np.array([ends[i] for i in place]).T
            there = (self.truth[a] < self.high) & (self.truth[b] > self.low)
            back = (self.truth[a] > self.low) & (self.truth[b] < self.high)
            inside = self.inside[:, [both[i] for i in place]].astype(bool)
            moved = ((inside & there).any(1) & (~inside & back).any(1)) | (
                (inside & back).any(1) & (~inside & there).any(1)
            )
            self.open[moved, first] = self.open[moved, second] = False

    def left(self) -> Iterator[tuple[int, int]]:
        """Yield what is still open when its turn comes, as positions of a set and a question."""
        for number, question in np.argwhere(self.open):
            if self.open[number, question]:
                yield int(number), int(question)

    def sum_of(self, number: int, question: int) -> np.ndarray:
        """Return the weights that make a set's sum of scores on a question."""
        return self.inside[number][self.row] * self.weights[question] / PARTS


def _same(keys: list[bytes]) -> list[list[int]]:
    found: dict[bytes, list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        found[key].append(place)
    return [places for places in found.values() if len(places) > 1]
