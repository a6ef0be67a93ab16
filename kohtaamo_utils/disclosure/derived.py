"""Means that nobody printed: whether something near a scale's end can be computed from the published means.

Items' means and competency means, added and subtracted, speak of the raters who left items out, and of those who did not.
Such a sum is known like a printed one. If it is as large as it can be, each answer in it is known; so it may no more lie
near the end of what it can be than a printed mean may.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import lcm
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kohtaamo_utils.disclosure.bands import Scale

SEARCH_LIMIT = 2000
"""Ways to weigh the competency means against one another that are looked at; where there are more, the answer is the safe one."""


@dataclass(frozen=True)
class Answer:
    """One answer to an item, and what it weighs in a competency mean.

    Parameters
    ----------
    item
        The item; the sum over all answers to it is known.
    row
        The competency mean that the rater counts in.
    weight
        The answer's weight in the rater's score: one over the items he answered; 0 where he does not count.
    value
        What was answered.
    """

    item: str
    row: str
    weight: Fraction
    value: Fraction


def near_an_end(answers: Sequence[Answer], scale: Scale) -> bool:
    """Tell whether some combination of items' sums and rows' sums lies near the least or the most that it can be.

    Items' sums by themselves are not looked at: they are printed, and banded where they are near an end.

    Notes
    -----
    A combination gives each row a factor m and each item a factor l; an answer then weighs l + m·weight in it. Every
    combination is a sum, without cancelling, of combinations that leave out as many answers as they can (the elementary
    vectors of the row space; Rockafellar 1969), and it is at its end exactly when they are. In those, each item's factor
    leaves out some answer, and so does the factor of each row but the first. They are few, and for given factors of the
    rows the best factor is found item by item.

    Examples
    --------
    Three raters answered both items with 5 and 4; three answered the first only, with 3. The first item's mean is 4.0,
    the second's 4.0, the competency's 3.75: together they tell that the three gave 5.

    >>> from kohtaamo_utils.disclosure.bands import Scale
    >>> both = [Answer(item, "peer", Fraction(1, 2), Fraction(value)) for item, value in (("a", 5), ("b", 4))] * 3
    >>> one = [Answer("a", "peer", Fraction(1), Fraction(3))] * 3
    >>> near_an_end(both + one, Scale(1, 5)), near_an_end(both[1::2] + one, Scale(1, 5))
    (True, False)
    """
    alike: dict[tuple[str, str, Fraction], list[Fraction]] = {}
    for answer in answers:
        alike.setdefault((answer.item, answer.row, answer.weight), []).append(answer.value)
    for number, factors in enumerate(_row_factors(answers)):
        if number >= SEARCH_LIMIT:
            return True
        items = _items(alike, factors, scale)
        if any(_some_is_near(items, end, scale) for end in (0, 1)):
            return True
    return False


_Part = tuple[int, tuple[Fraction, Fraction], int]
"""Answers that weigh the same: their weight, how far they are together from the low and the high end, their number."""


def _items(
    alike: Mapping[tuple[str, str, Fraction], Sequence[Fraction]], factors: Mapping[str, Fraction], scale: Scale
) -> list[list[_Part]]:
    """Return each item's answers by their weights in the rows, made whole."""
    weights = {key: factors[key[1]] * key[2] for key in alike}
    whole = lcm(*(weight.denominator for weight in weights.values()))
    items: dict[str, list[_Part]] = {}
    for key, values in alike.items():
        total, n = sum(values, Fraction(0)), len(values)
        ends = (total - n * scale.low, n * scale.high - total)
        items.setdefault(key[0], []).append((int(weights[key] * whole), ends, n))
    return list(items.values())


def _some_is_near(items: Sequence[Sequence[_Part]], end: int, scale: Scale) -> bool:
    """Whether factors of the items, not leaving out everything, bring the sum near an end; each item helps by itself."""
    choices = [[_distance(its, out, end, scale) for out in {weight for weight, _, _ in its}] for its in items]
    best = [min(distance for distance, _ in its) for its in choices]
    total = sum(best, Fraction(0))
    return any(
        total - least + distance <= 0
        for least, its in zip(best, choices, strict=True)
        for distance, empty in its
        if not empty
    )


def _distance(its: Sequence[_Part], out: int, end: int, scale: Scale) -> tuple[Fraction, bool]:
    """Return by how much an item's part of a sum is farther from its end than is allowed, and whether it is empty.

    The sum is at its end where answers of a positive weight are at that end of the scale and the others at the opposite one.
    """
    distance, size = Fraction(0), 0
    for weight, ends, n in its:
        coefficient = weight - out
        if coefficient:
            distance += abs(coefficient) * ends[end if coefficient > 0 else 1 - end]
            size += abs(coefficient) * n
    return distance - scale.end_share * size * (scale.high - scale.low), not size


def _row_factors(answers: Sequence[Answer]) -> Iterator[dict[str, Fraction]]:
    """Yield the factors of the rows: the first that counts has 1, each other one what can leave out an answer."""
    rows = sorted({answer.row for answer in answers})
    weights = {answer.weight for answer in answers if answer.weight}
    ratios = {one / other for one, other in product(weights, weights)}
    if len(rows) > 2:
        ratios = {one * other for one, other in product(ratios, ratios)}
    for first, row in enumerate(rows):
        before: dict[str, Fraction] = dict.fromkeys(rows[:first], Fraction(0))
        for chosen in product(sorted({Fraction(0), *ratios}), repeat=len(rows) - first - 1):
            yield before | {row: Fraction(1)} | dict(zip(rows[first + 1 :], chosen, strict=True))
