"""What a reader computes from equations and bounds: by linear algebra, linear programming and programming in whole numbers."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

if TYPE_CHECKING:
    from file_system import Block

NOTHING = 1e-9
SLACK = 1e-7


def told_by_algebra(block: Block, minimum: int) -> list[tuple[str, ...]]:
    """Return the sets of fewer raters than the minimum of whom some combination of the printed numbers speaks alone.

    The answers that leave all printed numbers as they are form a space. A combination speaks of some raters alone when
    the space has no direction for one of their sums: their corner of the projection onto it is singular.
    """
    matrix = block.matrix[block.numbers]
    owners = [sheet.rater for sheet, _ in block.answers]
    people = sorted(set(owners))
    if not len(matrix):
        return []
    _, sizes, directions = np.linalg.svd(matrix)
    free = directions[(sizes > NOTHING).sum() :]
    projection = free.T @ free
    columns = {person: [place for place, owner in enumerate(owners) if owner == person] for person in people}
    sets: dict[int, list[tuple[tuple[str, ...], list[int]]]] = {}
    for few in combinations(people, min(minimum - 1, len(people))):
        inside = [place for person in few for place in columns[person]]
        sets.setdefault(len(inside), []).append((few, inside))
    found = []
    for its in sets.values():
        corners = np.array([projection[np.ix_(inside, inside)] for _, inside in its])
        least = np.linalg.eigvalsh(corners)[:, 0]
        found += [few for (few, _), value in zip(its, least, strict=True) if value < NOTHING]
    return found


class Program:
    """A block's facts as a linear program over the answers on the scale."""

    def __init__(self, block: Block, truth: np.ndarray, scale: tuple[int, int]) -> None:
        self.truth, self.scale = truth, scale
        matrix, bounds = block.matrix, block.bounds(truth)
        self.equal = np.isclose(bounds[:, 0], bounds[:, 1])
        self.matrix, self.bounds = matrix, bounds + np.array([-SLACK, SLACK])

    def ends(self, weights: np.ndarray) -> tuple[float, float]:
        """Return the least and the largest weighted sum, answers not needing to be whole."""
        above = np.vstack([self.matrix[~self.equal], -self.matrix[~self.equal]])
        limits = np.concatenate([self.bounds[~self.equal, 1], -self.bounds[~self.equal, 0]])
        found = [
            linprog(
                sign * weights,
                A_ub=above if len(above) else None,
                b_ub=limits if len(above) else None,
                A_eq=self.matrix[self.equal] if self.equal.any() else None,
                b_eq=self.matrix[self.equal] @ self.truth if self.equal.any() else None,
                bounds=self.scale,
                method="highs",
            )
            for sign in (1, -1)
        ]
        assert all(end.success for end in found)
        return float(found[0].fun), float(-found[1].fun)

    def whole(self, weights: np.ndarray) -> list[np.ndarray]:
        """Return the whole answers with the least and with the largest weighted sum."""
        constraints = LinearConstraint(self.matrix, self.bounds[:, 0], self.bounds[:, 1]) if len(self.matrix) else ()
        found = [
            milp(sign * weights, constraints=constraints, integrality=np.ones(len(weights)), bounds=Bounds(*self.scale))
            for sign in (1, -1)
        ]
        assert all(end.success for end in found)
        return [np.rint(end.x).astype(int) for end in found]
