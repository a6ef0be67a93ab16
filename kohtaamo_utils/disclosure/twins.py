"""Which unweighted figures may stand beside weighted ones, where a reader can work out the weights."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, TypeVar

import numpy as np

from kohtaamo_utils.disclosure.determined import Known, coordinates

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    import pandas as pd
    from numpy.typing import NDArray

    Floats: TypeAlias = NDArray[np.float64]

Key = TypeVar("Key", bound="Hashable")


def safe_twins(sets: Mapping[Key, frozenset[int]], weights: pd.Series, minimum: int) -> frozenset[Key]:
    """Decide for which sets of answers the unweighted figure may be shown beside the weighted one.

    A weighted mean and an unweighted mean of the same people are two equations. If the weights go by age, and a unit has
    people of two ages, the two equations give the mean of each age in the unit, though one may be of two persons. So
    an unweighted figure is left out when it, with all others that are shown, would determine the sum of answers of
    fewer than the minimum with the same weight in one set.

    Parameters
    ----------
    sets
        Key to the rows behind a weighted figure that is shown, the most important first; earlier ones are decided first.
    weights
        By row. A reader is taken to know them, as he can work out raked ones from shares that are published.
    minimum
        Smallest number of people that is shown.

    Notes
    -----
    Unknown are the sums of answers over *atoms*, the rows that are in the same sets and have the same weight. Each figure
    is a linear equation of them; a sum is determined when its row lies in the span of the equations (Gram–Schmidt,
    in the coordinates of all equations together, as there are far fewer of them than of atoms).

    Examples
    --------
    >>> import pandas as pd
    >>> weights = pd.Series([0.5, 0.5] + [1.1] * 10)
    >>> safe_twins({"all": frozenset(range(12))}, weights, 5), safe_twins({"all": frozenset(range(12))}, weights, 2)
    (frozenset(), frozenset({'all'}))
    """
    rows = sorted(frozenset[int]().union(*sets.values()))
    inside = np.array([[row in members for row in rows] for members in sets.values()], dtype=float)
    atoms, counts = np.unique(
        np.vstack([inside, weights.loc[rows].to_numpy(dtype=float).round(9)]), axis=1, return_counts=True
    )
    member, weight = atoms[:-1], atoms[-1]
    frame, places = np.linalg.qr(np.vstack([member * weight, member]).T)
    known = Known(places[:, : len(member)].T, coordinates(frame, _fragile(member, weight, counts, minimum)))
    return frozenset(key for key, row in zip(sets, places[:, len(member) :].T, strict=True) if known.takes(row))


def _fragile(member: Floats, weight: Floats, counts: NDArray[np.int64], minimum: int) -> list[tuple[int, ...]]:
    """Return the atoms of each set's few people of one weight, and of all such people together if they are few as well."""
    found: set[tuple[int, ...]] = set()
    for row in member:
        inside = np.flatnonzero(row)
        values, classes = np.unique(weight[inside], return_inverse=True)
        sizes = np.bincount(classes, counts[inside], minlength=len(values))
        few = [inside[classes == value] for value in np.flatnonzero(sizes < minimum)]
        found |= {tuple(part.tolist()) for part in few}
        if few and counts[together := np.sort(np.concatenate(few))].sum() < minimum:
            found.add(tuple(together.tolist()))
    return sorted(found)
