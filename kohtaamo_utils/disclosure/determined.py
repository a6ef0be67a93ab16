"""What a reader can compute from published sums, and whether one more would let him compute a sum of few."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Floats: TypeAlias = NDArray[np.float64]

NOTHING_LEFT = 1e-9
"""A direction whose squared length falls to this share of itself is taken as determined."""


def coordinates(frame: Floats, parts: Iterable[Sequence[int]]) -> Floats:
    """Return the sums over some atoms in the coordinates of the equations; those that lie outside can never be computed.

    Parameters
    ----------
    frame
        Orthonormal columns that span all equations, shape (atoms, dimensions).
    parts
        Positions of the atoms that each sum is over.

    Returns
    -------
    array
        One row for each sum that some combination of all equations gives, shape (sums, dimensions).
    """
    inside = [(frame[list(part)].sum(axis=0), len(part)) for part in parts]
    kept = [place for place, length in inside if place @ place > (1 - NOTHING_LEFT) * length]
    return np.array(kept).reshape(len(kept), frame.shape[1])


class Known:
    """What a reader can compute: the span of the equations so far, and how far each fragile sum is from it.

    Parameters
    ----------
    equations
        What is published already, shape (equations, unknowns).
    fragile
        Sums that must stay unknown, in the same coordinates. One that the equations give already is no longer looked at.

    Examples
    --------
    >>> known = Known(np.array([[1.0, 1.0, 1.0]]), np.array([[1.0, 0.0, 0.0]]))
    >>> known.takes(np.array([0.0, 1.0, 0.0])), known.takes(np.array([0.0, 0.0, 1.0]))
    (True, False)
    """

    def __init__(self, equations: Floats, fragile: Floats) -> None:
        _, sizes, directions = np.linalg.svd(equations, full_matrices=False)
        self._basis = directions[sizes > NOTHING_LEFT * max(1.0, float(sizes.max(initial=0.0)))]
        left = fragile - fragile @ self._basis.T @ self._basis
        free = (left**2).sum(axis=1) > NOTHING_LEFT * (fragile**2).sum(axis=1)
        self._fragile = fragile[free]
        self._left = (left[free] ** 2).sum(axis=1)

    def takes(self, row: Floats) -> bool:
        """Add an equation unless it would determine a fragile sum; tell whether it was added."""
        rest = row - row @ self._basis.T @ self._basis
        rest -= rest @ self._basis.T @ self._basis
        if rest @ rest <= NOTHING_LEFT * (row @ row):
            return True
        direction = rest / np.sqrt(rest @ rest)
        left = self._left - (self._fragile @ direction) ** 2
        if (left <= NOTHING_LEFT * (self._fragile**2).sum(axis=1)).any():
            return False
        self._basis, self._left = np.vstack([self._basis, direction]), left
        return True
