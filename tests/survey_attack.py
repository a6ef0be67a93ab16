"""An attack on a survey's published figures: whether some combination of them is the sum of a few people's answers."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

MINIMUM = 5
Answers = frozenset[Any]
_NOUGHT = 1e-7


def told_of_few(shown: Iterable[frozenset[Hashable]]) -> list[Answers]:
    """Return the sets of one to four people whose sum is some combination of the published sums, smallest first.

    People in the same published sets can only be told together. The sum of some is a combination exactly when no direction
    that all published sums miss changes it. Such directions are looked at through a few random ones of them: what adds up
    to nothing there is then checked.

    Parameters
    ----------
    shown
        Who stands behind each published figure.
    """
    sets = list(dict.fromkeys(frozenset(one) for one in shown))
    if not sets:
        return []
    atoms: dict[tuple[int, ...], set[Hashable]] = {}
    for person in sorted(frozenset().union(*sets), key=repr):
        atoms.setdefault(tuple(place for place, one in enumerate(sets) if person in one), set()).add(person)
    unseen = _unseen(np.array([[place in key for key in atoms] for place in range(len(sets))], dtype=float))
    people = [frozenset(its) for its in atoms.values()]
    small = [place for place, its in enumerate(people) if len(its) < MINIMUM]
    found: list[Answers] = []
    for chosen in _adding_up_to_nothing(unseen[small]):
        together = frozenset().union(*(people[small[place]] for place in chosen))
        if len(together) < MINIMUM and not any(known <= together for known in found):
            found.append(together)
    return found


def _unseen(matrix: np.ndarray) -> np.ndarray:
    """Return a basis of what no row sees, shape (atoms, directions)."""
    _, sizes, directions = np.linalg.svd(matrix, full_matrices=True)
    return directions[int((sizes > 1e-9 * max(matrix.shape)).sum()) :].T


def _adding_up_to_nothing(rows: np.ndarray) -> Iterator[tuple[int, ...]]:
    """Give up to four rows whose sum is nought, fewer first."""
    if not rows.shape[1]:
        yield from ((place,) for place in range(len(rows)))
        return
    line = rows @ np.random.default_rng(1).normal(size=rows.shape[1])
    for size in range(1, MINIMUM):
        halves = [list(combinations(range(len(rows)), part)) for part in (size // 2, size - size // 2)]
        if not all(halves):  # there are not so many
            continue
        one, other = (np.array([line[list(places)].sum() for places in half]) for half in halves)
        order = np.argsort(other)
        first = np.searchsorted(other[order], -one - _NOUGHT)
        last = np.searchsorted(other[order], -one + _NOUGHT)
        for place in np.flatnonzero(last > first):
            for match in order[first[place] : last[place]]:
                chosen = (*halves[0][place], *halves[1][match])
                if len(set(chosen)) == size and np.abs(rows[list(chosen)].sum(axis=0)).max() < _NOUGHT:
                    yield chosen


def people_of(scope: dict[str, Any], answers: Sequence[dict[str, Any]]) -> frozenset[int]:
    """Return whose answers a figure of a scope speaks of."""
    found = {row for row, answer in enumerate(answers) if answer["respondent_group"] == scope["respondent_group"]}
    for key in scope.keys() & {"unit", "touchpoint", "channel"}:
        found &= {row for row, answer in enumerate(answers) if answer.get(key) == scope[key]}
    if "month" in scope:
        found &= {row for row, answer in enumerate(answers) if str(answer["answered_on"]).startswith(scope["month"])}
    if "all_but_unit" in scope:
        found &= {row for row, answer in enumerate(answers) if answer.get("unit") != scope["all_but_unit"]}
    return frozenset(found)
