"""Many groups compared at once, with the p-values adjusted for their number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
import pandas as pd

from kohtaamo_utils.measures.cautious import (
    cautious_mean_difference,
    cautious_nps_difference,
    cautious_share_difference,
)
from kohtaamo_utils.measures.estimate import LEVEL, Estimate
from kohtaamo_utils.measures.means import mean
from kohtaamo_utils.measures.nps import nps
from kohtaamo_utils.measures.proportions import share

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    import numpy.typing as npt

    from kohtaamo_utils.measures.differences import Difference

Measure: TypeAlias = Literal["nps", "share", "mean"]

_MEASURES = {
    "nps": (nps, cautious_nps_difference),
    "share": (share, cautious_share_difference),
    "mean": (mean, cautious_mean_difference),
}


@dataclass(frozen=True, kw_only=True)
class GroupComparison:
    """One group against all others together.

    Parameters
    ----------
    group
        The group's name as it stands in the data.
    estimate, rest
        The group's figure and that of all others pooled.
    difference
        Group minus rest, with its unadjusted interval and p-value.
    p_adjusted
        The p-value after the Benjamini-Hochberg adjustment over all groups; None where no test was possible.
    differs
        Whether the group stands out from chance variation at the false discovery rate asked for.
    """

    group: Hashable
    estimate: Estimate
    rest: Estimate
    difference: Difference
    p_adjusted: float | None
    differs: bool


def benjamini_hochberg(p: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Adjust p-values so that rejecting those up to q keeps the false discovery rate at q.

    Sorted ascending, the i-th of m becomes the smallest of m·p(j)/j over j ≥ i, at most 1. Benjamini & Hochberg (1995).

    Parameters
    ----------
    p
        p-values, shape (m,).

    Returns
    -------
    ndarray
        Adjusted p-values in the same order.

    Examples
    --------
    >>> benjamini_hochberg([0.01, 0.04, 0.03]).tolist()
    [0.03, 0.04, 0.04]
    """
    values = np.asarray(p, dtype=float)
    m = len(values)
    order = np.argsort(values)[::-1]
    raw = values[order] * (m / np.arange(m, 0, -1))
    adjusted = np.empty(m)
    adjusted[order] = np.minimum(np.minimum.accumulate(raw), 1.0)
    return adjusted


def holm(p: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Adjust p-values so that the chance of any false rejection stays at the level.

    Meant for comparisons declared beforehand.

    Sorted ascending, the i-th of m becomes the largest of (m-j+1)·p(j) over j ≤ i, at most 1. Holm (1979).

    Parameters
    ----------
    p
        p-values, shape (m,).

    Returns
    -------
    ndarray
        Adjusted p-values in the same order.

    Examples
    --------
    >>> holm([0.01, 0.04, 0.03]).tolist()
    [0.03, 0.06, 0.06]
    """
    values = np.asarray(p, dtype=float)
    m = len(values)
    order = np.argsort(values)
    adjusted = np.empty(m)
    adjusted[order] = np.minimum(np.maximum.accumulate(values[order] * np.arange(m, 0, -1)), 1.0)
    return adjusted


def each_against_rest(
    values: pd.Series,
    groups: pd.Series,
    measure: Measure,
    weights: pd.Series | None = None,
    q: float = 0.05,
    level: float = LEVEL,
) -> tuple[GroupComparison, ...]:
    """Compare each group with all the others pooled.

    Parameters
    ----------
    values
        Answers: 0-10 for ``nps``, true/false for ``share``, any numbers for ``mean``. Missing ones are dropped.
    groups
        Each row's group; rows without one are dropped.
    measure
        What is compared.
    weights
        Weights of the same rows.
    q
        False discovery rate over the groups (Benjamini-Hochberg).
    level
        Confidence level of the intervals, which are not adjusted.

    Returns
    -------
    tuple of GroupComparison
        One for each group with a valid answer, in the order of their names; empty when fewer than two groups have any.

    Examples
    --------
    >>> scores, shops = pd.Series([10, 10, 9, 9, 0, 1, 7, 3]), pd.Series(["A"] * 4 + ["B"] * 4)
    >>> [(one.group, one.differs) for one in each_against_rest(scores, shops, "nps")]
    [('A', True), ('B', True)]
    """
    rows = pd.DataFrame(
        {
            "value": values.to_numpy(),
            "group": groups.to_numpy(),
            "weight": 1.0 if weights is None else weights.to_numpy(),
        }
    ).dropna()
    names = sorted(rows["group"].unique(), key=_sorting_key)
    if len(names) < 2:
        return ()
    parts = [_against_rest(rows, name, measure, level) for name in names]
    adjusted = _adjusted([difference.p for _, _, difference in parts])
    return tuple(
        GroupComparison(
            group=name,
            estimate=estimate,
            rest=rest,
            difference=difference,
            p_adjusted=p,
            differs=p is not None and p <= q,
        )
        for name, (estimate, rest, difference), p in zip(names, parts, adjusted, strict=True)
    )


def _against_rest(
    rows: pd.DataFrame, name: Hashable, measure: Measure, level: float
) -> tuple[Estimate, Estimate, Difference]:
    estimate, difference = _MEASURES[measure]
    inside = (rows["group"] == name).to_numpy(dtype=bool)
    one, rest = rows[inside], rows[~inside]
    return (
        estimate(one["value"], one["weight"], level),
        estimate(rest["value"], rest["weight"], level),
        difference(one["value"], rest["value"], one["weight"], rest["weight"], level),
    )


def _adjusted(p: Sequence[float | None]) -> list[float | None]:
    tested = [index for index, value in enumerate(p) if value is not None]
    adjusted: list[float | None] = [None] * len(p)
    known = [value for value in p if value is not None]
    for index, value in zip(tested, benjamini_hochberg(known), strict=True):
        adjusted[index] = float(value)
    return adjusted


def _sorting_key(name: Hashable) -> tuple[int, float, str]:
    """Numbers in their order before words in theirs, so that the report's rows never move."""
    return (0, float(name), "") if isinstance(name, int | float | np.number) else (1, 0.0, str(name))
