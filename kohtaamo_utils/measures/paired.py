"""The same people measured twice or on several things: paired differences, and which of them chance does not explain."""

from __future__ import annotations

from itertools import combinations
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from kohtaamo_utils.measures.answers import as_floats
from kohtaamo_utils.measures.comparisons import holm
from kohtaamo_utils.measures.differences import Difference
from kohtaamo_utils.measures.estimate import LEVEL
from kohtaamo_utils.measures.means import t_of

if TYPE_CHECKING:
    import pandas as pd

    from kohtaamo_utils.measures.answers import Numbers

METHOD = "paired-t"


def paired_difference(a: Numbers, b: Numbers, level: float = LEVEL, unit: str = "scale") -> Difference:
    """Compare two measurements of the same people by Student's t of their differences.

    Parameters
    ----------
    a, b
        Measurements in the same order; people who lack one of the two are left out.
    level
        Confidence level.
    unit
        Unit of both.

    Returns
    -------
    Difference
        Mean of a less mean of b over the pairs; ``n1`` and ``n2`` are their number. No interval and no p with one pair.
        Where all differences are alike there is no interval, and p is 1 for no difference and 0 for any other.

    Examples
    --------
    >>> round(paired_difference([4.0, 3.5, 4.5, 4.0], [3.5, 3.0, 4.5, 3.0]).p, 4)
    0.0917
    """
    gaps = as_floats(a) - as_floats(b)
    gaps = gaps[~np.isnan(gaps)]
    n = len(gaps)
    if n < 2:
        value = float(gaps[0]) if n else None
        return Difference(value=value, unit=unit, method=METHOD, n1=n, n2=n, level=level)
    value, error = float(gaps.mean()), float(gaps.std(ddof=1)) / sqrt(n)
    if error < 1e-12:
        p = 1.0 if abs(value) < 1e-12 else 0.0
        return Difference(value=value, p=p, unit=unit, method=METHOD, n1=n, n2=n, level=level)
    reach = t_of(level, n - 1) * error
    return Difference(
        value=value, low=value - reach, high=value + reach, p=_two_sided(value / error, n - 1),
        unit=unit, method=METHOD, n1=n, n2=n, level=level,
    )  # fmt: skip


def clear_pairs(table: pd.DataFrame, fewest: int = 5, level: float = LEVEL) -> frozenset[tuple[str, str]]:
    """Return which columns are higher than which, beyond what chance gives.

    Every pair of columns is compared over the rows that have both (`paired_difference`), and the p-values are adjusted by
    Holm's method over all pairs. So a claim on the highest column needs no correction for having been looked for: the
    chance of any false one in the whole table is at most 1 - level.

    Parameters
    ----------
    table
        One row per person, one column per thing measured, on one scale.
    fewest
        Fewest people of a comparison; pairs with fewer are not tested.
    level
        1 less the chance of any false claim.

    Returns
    -------
    frozenset of tuple
        (higher column, lower column).

    Examples
    --------
    >>> import pandas as pd
    >>> scores = pd.DataFrame({"a": [4.1, 4.3, 3.9, 4.0, 4.2], "b": [3.0, 3.3, 2.9, 3.1, 3.2], "c": [3.1, 3.2, 3.0, 3.0, 3.3]})
    >>> sorted(clear_pairs(scores))
    [('a', 'b'), ('a', 'c')]
    """
    tested = [(one, two, paired_difference(table[one], table[two], level)) for one, two in combinations(table, 2)]
    tested = [(one, two, found) for one, two, found in tested if found.n1 >= fewest]
    if not tested:
        return frozenset()
    adjusted = holm([1.0 if found.p is None else found.p for *_, found in tested])
    return frozenset(
        (str(one), str(two)) if (found.value or 0) > 0 else (str(two), str(one))
        for (one, two, found), p in zip(tested, adjusted, strict=True)
        if p <= 1 - level
    )


def _two_sided(t: float, df: int) -> float:
    from scipy.special import stdtr

    return float(2 * stdtr(df, -abs(t)))
