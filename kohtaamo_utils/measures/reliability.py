"""How far a scale's items belong together: Cronbach's alpha, and how many raters a target reliability takes."""

from __future__ import annotations

from math import ceil, isfinite
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kohtaamo_utils.errors import DataError, say
from kohtaamo_utils.measures.estimate import LEVEL, Estimate, nothing
from kohtaamo_utils.measures.icc import IccForms, IccOneWay, f_of, icc, icc_one_way

if TYPE_CHECKING:
    from kohtaamo_utils.measures.answers import FloatArray

__all__ = [
    "IccForms",
    "IccOneWay",
    "alpha",
    "icc",
    "icc_one_way",
    "item_analysis",
    "raters_needed",
    "spearman_brown",
    "standardised_alpha",
]

UNIT = "share"
METHOD = "feldt"


def alpha(frame: pd.DataFrame, level: float = LEVEL) -> Estimate:
    """Estimate Cronbach's alpha of a scale from complete cases, with Feldt's interval.

    α = k/(k-1)·(1 - Σsᵢ²/s_T²); limits 1 - (1-α)·F(n-1, (n-1)(k-1)) at both quantiles (Feldt, 1965).

    Parameters
    ----------
    frame
        One row per respondent, one column per item, items keyed the same way. Rows with a missing item are dropped.
    level
        Confidence level.

    Returns
    -------
    Estimate
        At most 1; below 0 when items run against each other, as one that is keyed the wrong way does: then it is no
        measure of the scale, and not to be told as a number (`hangs_together`). ``n`` counts complete cases. No value with fewer than
        two items or two complete cases, or when the sum of the items does not vary.

    Examples
    --------
    >>> round(alpha(pd.DataFrame({"a": [1, 2, 3, 4], "b": [1, 3, 3, 5]})).value, 4)
    0.96
    """
    items = _complete(frame)
    n, k = items.shape
    if n == 0:
        return nothing(UNIT, METHOD)
    value = _alpha(items)
    if not isfinite(value):
        return Estimate(value=None, n=n, unit=UNIT, method=METHOD, level=level)
    tail, df = (1 - level) / 2, (n - 1, (n - 1) * (k - 1))
    low, high = (1 - (1 - value) * f_of(p, *df) for p in (1 - tail, tail))
    return Estimate(value=value, n=n, low=low, high=high, unit=UNIT, method=METHOD, level=level)


def hangs_together(estimate: Estimate) -> bool:
    """Tell whether an alpha is one: there is a value, and it does not lie below 0.

    The items' covariances then sum up to less than nothing, which alpha's model excludes (Cronbach, 1951).

    Examples
    --------
    >>> hangs_together(alpha(pd.DataFrame({"a": [1, 2, 3, 4], "b": [4, 3, 3, 1]})))
    False
    """
    return estimate.value is not None and estimate.value >= 0


def standardised_alpha(frame: pd.DataFrame) -> float | None:
    """Return alpha as it would be with all items on one variance: k·r̄ / (1 + (k-1)·r̄), complete cases.

    Examples
    --------
    >>> round(standardised_alpha(pd.DataFrame({"a": [1, 2, 3, 4], "b": [1, 3, 3, 5]})), 4)
    0.9737
    """
    items = _complete(frame)
    n, k = items.shape
    if n < 2 or k < 2 or (items.std(axis=0) == 0).any():
        return None
    correlations = np.atleast_2d(np.corrcoef(items, rowvar=False))
    return spearman_brown(float(correlations[np.triu_indices(k, 1)].mean()), k)


def item_analysis(frame: pd.DataFrame) -> pd.DataFrame:
    """Show what each item does to its scale, over complete cases.

    Parameters
    ----------
    frame
        One row per respondent, one column per item.

    Returns
    -------
    DataFrame
        A row per item: ``mean``, ``item_total`` (correlation with the sum of the other items) and ``alpha_if_dropped``.

    Examples
    --------
    >>> items = pd.DataFrame({"a": [1, 2, 3], "b": [1, 2, 3], "c": [3, 1, 2]})
    >>> item_analysis(items)["alpha_if_dropped"].round(2).tolist()
    [-2.0, -2.0, 1.0]
    """
    items = _complete(frame)
    rows = [_item(items, column) for column in range(items.shape[1])]
    return pd.DataFrame(rows, index=frame.columns, columns=["mean", "item_total", "alpha_if_dropped"])


def spearman_brown(r: float, k: float) -> float:
    """Return the reliability of the mean of k parallel measurements: k·r / (1 + (k-1)·r).

    Parameters
    ----------
    r
        Reliability of one.
    k
        How many; may be below one.

    Examples
    --------
    >>> round(spearman_brown(0.37, 4), 3)
    0.701
    """
    return k * r / (1 + (k - 1) * r)


def raters_needed(r: float, target: float = 0.70) -> int:
    """Return how many raters it takes for their mean to reach a reliability (Spearman-Brown, solved for k).

    Parameters
    ----------
    r
        Reliability of a single rater, above 0 and below 1.
    target
        Reliability wanted, above 0 and below 1.

    Raises
    ------
    DataError
        A reliability is not between 0 and 1.

    Examples
    --------
    >>> [raters_needed(r) for r in (0.30, 0.37, 0.50)]
    [6, 4, 3]
    """
    for value in (r, target):
        if not 0 < value < 1:
            raise DataError(
                say("{value} came as a reliability. It must lie between 0 and 1, both left out.", value=f"{value:g}")
            )
    # the subtraction keeps 4.000000000000001 raters from becoming five
    return max(1, ceil(target * (1 - r) / (r * (1 - target)) - 1e-9))


def _complete(frame: pd.DataFrame) -> FloatArray:
    return frame.dropna().to_numpy(dtype=float)


def _alpha(items: FloatArray) -> float:
    n, k = items.shape
    if n < 2 or k < 2:
        return float("nan")
    total = items.sum(axis=1).var(ddof=1)
    return float(k / (k - 1) * (1 - items.var(axis=0, ddof=1).sum() / total)) if total > 0 else float("nan")


def _item(items: FloatArray, column: int) -> tuple[float, float, float]:
    rest = np.delete(items, column, axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        item_total = float(np.corrcoef(items[:, column], rest.sum(axis=1))[0, 1])
    return float(items[:, column].mean()), item_total, _alpha(rest)
