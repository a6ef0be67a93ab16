"""Whether everything that is shown of some people, taken together, is the sum of a few of them.

Pairs of sets are judged one by one where they are decided (`overlaps`, `within`). Three or more together can still leave a
few alone: a unit less its cells less what another grouping tells. Here all figures are looked at as equations.

People in the same published sets can only be told together. The sum of some is a combination of the published sums exactly
when no direction that those miss changes it. One random such direction shows which few may be told,
for what adds up to nothing in all of them does so in it; what is found is then checked.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    Floats: TypeAlias = NDArray[np.float64]

Key = TypeVar("Key")
Rows: TypeAlias = frozenset[int]
MOST_ATOMS = 200
"""With more small groups of people than this, sums of one or two of them are looked for, and not of three or four."""
_NOUGHT = 1e-7


def tells_few(sets: Sequence[Rows], minimum: int) -> bool:
    """Tell whether some combination of published sums is the sum of fewer people than the minimum.

    Parameters
    ----------
    sets
        Who stands behind each published figure.
    minimum
        Smallest number of people that is shown.

    Examples
    --------
    Of twenty, the unit's twelve, the eight at the till and the five of both leave the five that are neither:

    >>> every, unit, till = frozenset(range(20)), frozenset(range(12)), frozenset(range(7, 15))
    >>> tells_few([every, unit, till, unit & till], 5), tells_few([every, unit, till, unit & till], 6)
    (True, True)
    >>> tells_few([every, unit, till], 5)
    False
    """
    return bool(sets) and _told(*_atoms(sets), minimum) is not None


def too_telling(known: Sequence[Rows], offered: Mapping[Key, Rows], minimum: int) -> frozenset[Key]:
    """Return what must not be shown of what is offered, so that nobody is told by it and all that is shown already.

    Parameters
    ----------
    known
        What is shown already.
    offered
        What may be shown besides; of those that such a combination needs, the one of fewest people goes.
    minimum
        Smallest number of people that is shown.
    """
    keys = list(offered)
    if not keys:
        return frozenset()
    inside, sizes = _atoms([*known, *offered.values()])
    left = np.ones(len(inside), dtype=bool)
    while left[len(known) :].any() and (parts := _told(inside[left], sizes, minimum)) is not None:
        used = np.flatnonzero(left)[np.abs(parts) > _NOUGHT]
        open_to = [place for place in used if place >= len(known)] or list(np.flatnonzero(left)[len(known) :])
        left[
            min(open_to, key=lambda place: (len(offered[keys[place - len(known)]]), str(keys[place - len(known)])))
        ] = False
    return frozenset(key for key, kept in zip(keys, left[len(known) :], strict=True) if not kept)


def _told(inside: Floats, sizes: NDArray[np.int64], minimum: int) -> Floats | None:
    """Return how published sums are combined into the sum of a few people; None where no combination is one.

    Parameters
    ----------
    inside
        Which groups of people that can only be told together are in each set, shape (sets, groups).
    sizes
        How many people each group has.
    minimum
        Smallest number of people that is shown.
    """
    small = np.flatnonzero(sizes < minimum)
    _, lengths, directions = np.linalg.svd(inside, full_matrices=False)
    frame = directions[lengths > 1e-9 * max(inside.shape)]
    line = np.random.default_rng(1).normal(size=inside.shape[1])
    line -= frame.T @ (frame @ line)
    for chosen in _adding_up_to_nothing(line, small, minimum):
        if sizes[chosen].sum() < minimum and _determined(frame, chosen):
            wanted = np.zeros(inside.shape[1])
            wanted[chosen] = 1
            return np.asarray(np.linalg.lstsq(inside.T, wanted, rcond=None)[0])
    return None


def _atoms(sets: Sequence[Rows]) -> tuple[Floats, NDArray[np.int64]]:
    """Return which groups of people, those in the same sets, are in each set, and how many each has."""
    places = {row: place for place, row in enumerate(sorted(frozenset[int]().union(*sets)))}
    inside = np.zeros((len(sets), len(places)), dtype=bool)
    for position, rows in enumerate(sets):
        inside[position, [places[row] for row in rows]] = True
    packed = np.packbits(inside, axis=0).T
    _, first, sizes = np.unique(packed, axis=0, return_index=True, return_counts=True)
    return inside[:, first].astype(float), sizes


def _adding_up_to_nothing(line: Floats, small: NDArray[np.int64], minimum: int) -> Iterator[NDArray[np.int64]]:
    """Give the few small groups whose places on a line add up to nothing."""
    values = line[small]
    most = min(minimum - 1, 4) if len(small) <= MOST_ATOMS else 2
    for size in range(1, most + 1):
        one, first = _sums(values, size // 2)
        other, second = _sums(values, size - size // 2)
        order = np.argsort(other)
        low, high = (np.searchsorted(other[order], -one + edge) for edge in (-_NOUGHT, _NOUGHT))
        for place in np.flatnonzero(high > low):
            for match in order[low[place] : high[place]]:
                chosen = sorted({*first[place], *second[match]})
                if len(chosen) == size:
                    yield small[chosen]


def _sums(values: Floats, size: int) -> tuple[Floats, list[tuple[int, ...]]]:
    places = list(combinations(range(len(values)), size))
    if size == 0:
        return np.zeros(1), places
    return values[np.array(places, dtype=int).reshape(len(places), size)].sum(axis=1), places


def _determined(frame: Floats, chosen: NDArray[np.int64]) -> bool:
    """Tell whether the sum over some groups lies in what the published sums span."""
    inside = frame[:, chosen].sum(axis=1)
    return bool(len(chosen) - inside @ inside < _NOUGHT)
