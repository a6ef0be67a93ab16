"""Exact linear algebra: whether published sums, combined, speak of too few raters.

Each published mean is a row over the raters' answers. Whatever a reader can compute from the rows by adding and
subtracting is a combination of them. If a combination is zero for everybody but a few raters, he has learnt something of
those few. A set of raters has such a combination exactly when leaving its columns out lowers the rank.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import gcd, lcm

SEARCH_LIMIT = 2000
"""Sets of raters that are looked at; where there are more, the answer is the safe one."""

Row = Sequence[Fraction]


def rank(rows: Sequence[Row]) -> int:
    """Return the rank of a matrix of fractions, by elimination in whole numbers.

    Examples
    --------
    >>> rank([[Fraction(1), Fraction(1, 2)], [Fraction(2), Fraction(1)]])
    1
    """
    work = [_whole(row) for row in rows]
    found = 0
    for column in range(len(work[0]) if work else 0):
        pivot = next((index for index in range(found, len(work)) if work[index][column]), None)
        if pivot is None:
            continue
        work[found], work[pivot] = work[pivot], work[found]
        head = work[found]
        for index in range(found + 1, len(work)):
            factor = work[index][column]
            if factor:
                reduced = [head[column] * x - factor * y for x, y in zip(work[index], head, strict=True)]
                work[index] = _reduced(reduced)
        found += 1
    return found


def exposes_few(rows: Sequence[Row], owners: Sequence[str], minimum: int, apart: Sequence[Sequence[Row]] = ()) -> bool:
    """Tell whether some combination of the rows speaks only of more than none and fewer than `minimum` raters.

    Parameters
    ----------
    rows
        Published aggregates, shape (aggregates, answers): each answer's weight in each.
    owners
        Whose each answer is, one for every column.
    minimum
        Fewest raters that an aggregate may speak of.
    apart
        Parts of the rows that were each published by itself: what one of them tells alone is not counted.

    Returns
    -------
    bool
        True also where there were too many sets to look at (`SEARCH_LIMIT`).

    Examples
    --------
    The mean of all five and the mean of three give away the other two, but not one of them:

    >>> rows = [[Fraction(1)] * 5, [Fraction(1)] * 3 + [Fraction(0)] * 2]
    >>> exposes_few(rows, "abcde", 3), exposes_few(rows, "abcde", 2)
    (True, False)

    Where the two were published one by one before, nothing is new:

    >>> exposes_few(rows, "abcde", 3, [rows])
    False
    """
    supports = _supports(rows, owners)
    fragile = sorted({people for people in supports.values() if len(people) < minimum}, key=sorted)
    full = rank(list(supports))
    judged: dict[frozenset[tuple[Fraction, ...]], bool] = {}
    for number, few in enumerate(_unions(fragile, minimum)):
        if number >= SEARCH_LIMIT:
            return True
        left = frozenset(kind for kind, people in supports.items() if not people <= few)
        if left not in judged:
            judged[left] = rank(list(left)) < full
        if judged[left] and _tell_more_together(rows, owners, few, apart):
            return True
    return False


def _tell_more_together(
    rows: Sequence[Row], owners: Sequence[str], few: frozenset[str], apart: Sequence[Sequence[Row]]
) -> bool:
    return not apart or _told_of(rows, owners, few) > max(_told_of(part, owners, few) for part in apart)


def _told_of(rows: Sequence[Row], owners: Sequence[str], few: frozenset[str]) -> int:
    """Return how many independent combinations of the rows speak of these raters only."""
    rest = [place for place, owner in enumerate(owners) if owner not in few]
    return rank(rows) - rank([[row[place] for place in rest] for row in rows])


def _supports(rows: Sequence[Row], owners: Sequence[str]) -> dict[tuple[Fraction, ...], frozenset[str]]:
    """Return the owners of each kind of answer: those with the same weights everywhere, which only all owners remove."""
    supports: dict[tuple[Fraction, ...], set[str]] = {}
    for column, owner in zip(zip(*rows, strict=True), owners, strict=True):
        if any(column):
            supports.setdefault(column, set()).add(owner)
    return {kind: frozenset(people) for kind, people in supports.items()}


def _unions(parts: Sequence[frozenset[str]], minimum: int) -> Iterable[frozenset[str]]:
    """Yield the distinct unions of parts that have fewer than `minimum` members."""
    seen: set[frozenset[str]] = set()
    waiting = list(parts)
    while waiting:
        union = waiting.pop()
        if len(union) < minimum and union not in seen:
            seen.add(union)
            yield union
            waiting += [union | part for part in parts if not part <= union]


def _whole(row: Row) -> list[int]:
    scale = lcm(*(value.denominator for value in row))
    return [int(value * scale) for value in row]


def _reduced(row: list[int]) -> list[int]:
    divisor = gcd(*row) or 1
    return [value // divisor for value in row]
