"""Whether two things go together over units: Spearman's rank correlation."""

from __future__ import annotations

from math import atanh, sqrt, tanh
from typing import TYPE_CHECKING

import pandas as pd

from kohtaamo_utils.measures.answers import as_floats, z_of
from kohtaamo_utils.measures.estimate import LEVEL, Estimate

if TYPE_CHECKING:
    from kohtaamo_utils.measures.answers import Numbers

UNIT = "ratio"
METHOD = "spearman-bonett-wright"


def rank_correlation(a: Numbers, b: Numbers, level: float = LEVEL) -> Estimate:
    """Estimate Spearman's rank correlation, ties at their middle rank.

    tanh(atanh r ± z·√((1 + r²/2) / (n - 3))), Bonett & Wright (2000), Psychometrika 65:23.

    Parameters
    ----------
    a, b
        Two measurements of the same units, in the same order; units that lack one are left out.
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
    pairs = pd.DataFrame({"a": as_floats(a), "b": as_floats(b)}).dropna().rank()
    n = len(pairs)
    if n < 3 or pairs.nunique().min() < 2:
        return Estimate(value=None, n=n, unit=UNIT, method=METHOD, level=level)
    value = float(pairs["a"].corr(pairs["b"]))
    if n < 4 or abs(value) > 1 - 1e-12:
        return Estimate(value=value, n=n, unit=UNIT, method=METHOD, level=level)
    reach = z_of(level) * sqrt((1 + value**2 / 2) / (n - 3))
    low, high = tanh(atanh(value) - reach), tanh(atanh(value) + reach)
    return Estimate(value=value, n=n, low=low, high=high, unit=UNIT, method=METHOD, level=level)
