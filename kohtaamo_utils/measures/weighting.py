"""Weights that make a sample resemble its population, and what they cost in precision."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kohtaamo_utils.errors import DataError, say

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    import numpy.typing as npt

MOST_ROUNDS = 1000
HOLDS_WITHIN = 1e-6
UNSETTLED = say(
    "The weights do not settle on the margins: in this sample they contradict each other. "
    "Merge small categories, or leave a margin out."
)


def kish_n(weights: npt.ArrayLike) -> float:
    """Return Kish's effective number of answers, (Σw)² / Σw².

    Parameters
    ----------
    weights
        Non-negative weights; missing ones are dropped.

    Returns
    -------
    float
        From 1 to the number of weights; 0 where there are none.

    Examples
    --------
    >>> kish_n([1, 1, 1, 1])
    4.0
    """
    there = _present(weights)
    squares = float((there**2).sum())
    return float(there.sum() ** 2 / squares) if squares > 0 else 0.0


def design_effect(weights: npt.ArrayLike) -> float:
    """Return Kish's design effect, n·Σw² / (Σw)²: how many times wider the variance is for the weighting.

    Examples
    --------
    >>> design_effect([2, 2, 2])
    1.0
    """
    effective = kish_n(weights)
    return len(_present(weights)) / effective if effective > 0 else float("nan")


def rake(
    frame: pd.DataFrame,
    margins: Mapping[str, Mapping[Hashable, float]],
    cap: tuple[float, float] | None = None,
    tolerance: float = 1e-8,
) -> pd.Series:
    """Weight rows so that every column's categories have the population's shares (iterative proportional fitting).

    Parameters
    ----------
    frame
        One row per answer, with a column for each margin. A row whose category is missing is left out of that margin.
    margins
        For each column, its categories' population counts or shares; only their proportions matter.
    cap
        Smallest and largest weight allowed, e.g. ``(0.3, 3)``; the margins are then met as well as the cap allows.
    tolerance
        Largest relative gap to a margin at which the fitting stops.

    Returns
    -------
    Series
        A weight for each row, of mean 1 (nearly so where the cap bites).

    Raises
    ------
    DataError
        A category has a target but no answers, or answers but no target; or the fitting does not settle, or settles
        away from a margin though the cap cut no weight.

    Notes
    -----
    Deming & Stephan (1940). With a cap, the weights are cut after every round, and the fitting ends where they
    stand still.

    Examples
    --------
    >>> rake(pd.DataFrame({"sex": ["f", "f", "f", "m"]}), {"sex": {"f": 1, "m": 1}}).round(4).tolist()
    [0.6667, 0.6667, 0.6667, 2.0]
    """
    targets = [_Margin(frame[column], wanted) for column, wanted in margins.items()]
    weights = np.ones(len(frame))
    for _ in range(MOST_ROUNDS):
        before = weights
        for target in targets:
            weights = target.fitted(weights)
        weights = weights / weights.mean()
        if cap is not None:
            weights = np.clip(weights, *cap)
        if np.allclose(weights, before, rtol=tolerance, atol=0):
            break
    else:
        raise DataError(UNSETTLED)
    cut = cap is not None and bool(np.isin(weights, cap).any())
    if not cut and not all(target.holds(weights) for target in targets):
        raise DataError(UNSETTLED)
    return pd.Series(weights, index=frame.index, name="weight")


class _Margin:
    """One column's categories and the shares that they ought to have."""

    def __init__(self, column: pd.Series, wanted: Mapping[Hashable, float]) -> None:
        categories = pd.Index(wanted)
        self.size = len(categories)
        self.codes = np.asarray(categories.get_indexer(pd.Index(column)), dtype=np.intp)
        self.there = self.codes >= 0
        _refuse_strangers(column, column.notna().to_numpy() & ~self.there)
        self.shares = np.array(list(wanted.values()), dtype=float)
        self.shares = self.shares / self.shares.sum()
        _refuse_absent(column, [c for c, n in zip(categories, self._sums(np.ones(len(column))), strict=True) if n == 0])

    def fitted(self, weights: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return the weights scaled so that this margin holds."""
        sums = self._sums(weights)
        factors = self.shares * sums.sum() / sums
        scaled = weights.copy()
        scaled[self.there] *= factors[self.codes[self.there]]
        return scaled

    def holds(self, weights: npt.NDArray[np.float64]) -> bool:
        """Whether the weighted sample has this margin's shares."""
        sums = self._sums(weights)
        return bool(np.allclose(sums / sums.sum(), self.shares, atol=HOLDS_WITHIN))

    def _sums(self, weights: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.bincount(self.codes[self.there], weights[self.there], minlength=self.size).astype(float)


def _refuse_strangers(column: pd.Series, strange: npt.NDArray[np.bool_]) -> None:
    if strange.any():
        raise DataError(
            say(
                '"{value}" in "{name}" has no population share. Give every category one, or merge it.',
                value=str(column[strange].iloc[0]),
                name=str(column.name),
            )
        )


def _refuse_absent(column: pd.Series, absent: list[Hashable]) -> None:
    if absent:
        raise DataError(
            say(
                'Nobody in the sample is "{value}" in "{name}". Merge the category with another, or leave it out.',
                value=str(absent[0]),
                name=str(column.name),
            )
        )


def _present(weights: npt.ArrayLike) -> npt.NDArray[np.float64]:
    numbers: npt.NDArray[np.float64] = np.asarray(weights, dtype=np.float64)
    return numbers[~np.isnan(numbers)]
