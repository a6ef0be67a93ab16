"""An attack on a survey's published figures: whether some combination of them speaks of a few people only."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

MINIMUM = 5
Answers = frozenset[Any]


def told_of_few(shown: Iterable[frozenset[Hashable]], minimum: int = MINIMUM, *, signed: bool = False) -> list[Answers]:
    """Return the sets of fewer people than the minimum whose sum is some combination of the published sums.

    People in the same published sets can only be told together. Their sum is a combination exactly when no direction that
    all published sums miss changes it.

    Parameters
    ----------
    shown
        Who stands behind each published figure.
    minimum
        Fewest people that may be told of.
    signed
        Look for any combination that speaks of so few people alone, such as a difference between them.
    """
    sets = list(dict.fromkeys(frozenset(one) for one in shown))
    if not sets:
        return []
    atoms: dict[tuple[int, ...], set[Hashable]] = {}
    for person in sorted(frozenset().union(*sets), key=repr):
        atoms.setdefault(tuple(place for place, one in enumerate(sets) if person in one), set()).add(person)
    matrix = np.array([[place in key for key in atoms] for place in range(len(sets))], dtype=float)
    unseen = _nullspace(matrix)
    people = [frozenset(its) for its in atoms.values()]
    small = [place for place, its in enumerate(people) if len(its) < minimum]
    found: list[Answers] = []
    for size in range(1, minimum):
        for chosen in combinations(small, size):
            together = frozenset().union(*(people[place] for place in chosen))
            new = len(together) < minimum and not any(known <= together for known in found)
            rows = unseen[list(chosen)]
            if new and (_dependent(rows) if signed else np.abs(rows.sum(axis=0)).max(initial=0.0) < 1e-8):
                found.append(together)
    return found


def _nullspace(matrix: np.ndarray) -> np.ndarray:
    """Return a basis of what no row sees, shape (atoms, directions)."""
    _, sizes, directions = np.linalg.svd(matrix, full_matrices=True)
    rank = int((sizes > 1e-9 * max(matrix.shape)).sum())
    return directions[rank:].T


def _dependent(rows: np.ndarray) -> bool:
    if not rows.shape[1]:
        return True
    sizes = np.linalg.svd(rows, compute_uv=False)
    return bool(len(sizes) < len(rows) or sizes[-1] < 1e-8)


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
