"""Whether two things go together over units: Spearman's rank correlation."""

from __future__ import annotations

from itertools import permutations
from math import atanh, factorial, sqrt, tanh
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kohtaamo_utils.measures.answers import as_floats, z_of
from kohtaamo_utils.measures.estimate import LEVEL, Estimate
from kohtaamo_utils.measures.weighting import kish_n

if TYPE_CHECKING:
    from kohtaamo_utils.measures.answers import FloatArray, Numbers

UNIT = "ratio"
METHOD = "spearman-bonett-wright"
EXACT_UP_TO = 8
"""Units whose orders are all gone through; of more a seeded sample is drawn."""
DRAWS, SEED = 20_000, 20260101


def rank_correlation(a: Numbers, b: Numbers, weights: Numbers | None = None, level: float = LEVEL) -> Estimate:
    """Estimate Spearman's rank correlation, ties at their middle rank.

    tanh(atanh r ± z·√((1 + r²/2) / (n - 3))), Bonett & Wright (2000), Psychometrika 65:23. With weights a unit's rank is
    the weight of all below it and half of those at its place, the correlation of the ranks is weighted, and Kish's
    effective number stands for n.

    Parameters
    ----------
    a, b
        Two measurements of the same units, in the same order; units that lack one are left out.
    weights
        Weights of the same units; one of weight 0 is left out.
    level
        Confidence level.

    Returns
    -------
    Estimate
        -1…1. No value with fewer than three units or where one of the two does not vary; no interval with three, or
        where the ranks agree or contradict fully.

    Examples
    --------
    >>> round(rank_correlation([1, 2, 3, 4, 5], [2, 1, 4, 3, 5]).value, 4)
    0.8
    """
    given = 1.0 if weights is None else as_floats(weights)
    rows = pd.DataFrame({"a": as_floats(a), "b": as_floats(b), "weight": given}).dropna()
    rows = rows[rows["weight"] > 0]
    n = len(rows)
    if n < 3 or rows[["a", "b"]].nunique().min() < 2:
        return Estimate(value=None, n=n, unit=UNIT, method=METHOD, level=level)
    value = _together(_ranks(rows, "a"), _ranks(rows, "b"), rows["weight"].to_numpy(dtype="float64"))
    effective = kish_n(rows["weight"].to_numpy(dtype="float64"))
    if effective < 4 or abs(value) > 1 - 1e-12:
        return Estimate(value=value, n=n, unit=UNIT, method=METHOD, level=level)
    reach = z_of(level) * sqrt((1 + value**2 / 2) / (effective - 3))
    low, high = tanh(atanh(value) - reach), tanh(atanh(value) + reach)
    return Estimate(value=value, n=n, low=low, high=high, unit=UNIT, method=METHOD, level=level)


def _ranks(rows: pd.DataFrame, name: str) -> FloatArray:
    """Return each row's weighted rank: the weight of all below it, and half of that at its place."""
    at = rows.groupby(name)["weight"].sum()
    return rows[name].map(at.cumsum() - at / 2).to_numpy(dtype="float64")


def _together(a: FloatArray, b: FloatArray, weights: FloatArray) -> float:
    """Return the weighted correlation of two lists that both vary."""
    one, other = (each - np.average(each, weights=weights) for each in (a, b))
    spread = sqrt(float(np.average(one**2, weights=weights)) * float(np.average(other**2, weights=weights)))
    return min(max(float(np.average(one * other, weights=weights)) / spread, -1.0), 1.0)


def permutation_p(a: Numbers, b: Numbers) -> float | None:
    """Test a rank correlation by permutation: how often chance gives one as far from zero, two-sided.

    Up to eight units every order is gone through; of more 20,000 are drawn with a fixed seed and the observed one is
    counted among them, so that p is never 0 (Phipson & Smyth 2010).

    Parameters
    ----------
    a, b
        Two measurements of the same units, in the same order; units that lack one are left out.

    Returns
    -------
    float or None
        None with fewer than three units or where one of the two does not vary.

    Examples
    --------
    >>> permutation_p([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]) == 2 / 120
    True
    """
    pairs = pd.DataFrame({"a": as_floats(a), "b": as_floats(b)}).dropna().rank()
    n = len(pairs)
    if n < 3 or pairs.nunique().min() < 2:
        return None
    first, second = (pairs[name].to_numpy(dtype="float64") - (n + 1) / 2 for name in ("a", "b"))
    seen = abs(float(first @ second)) - 1e-9
    if n <= EXACT_UP_TO:
        orders = np.array(list(permutations(range(n))))
        return float((np.abs(second[orders] @ first) >= seen).sum()) / factorial(n)
    drawn = np.random.default_rng(SEED).permuted(np.tile(second, (DRAWS, 1)), axis=1)
    return (1 + float((np.abs(drawn @ first) >= seen).sum())) / (1 + DRAWS)
