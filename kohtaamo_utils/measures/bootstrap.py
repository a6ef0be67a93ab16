"""Intervals by drawing the rows anew, for statistics that have no formula of their own: percentile and BCa."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kohtaamo_utils.errors import DataError, say
from kohtaamo_utils.measures.estimate import LEVEL

if TYPE_CHECKING:
    from collections.abc import Callable

    from kohtaamo_utils.measures.answers import FloatArray

DRAWS, SEED = 5_000, 20260101
FEWEST = 5
"""Rows from which drawing anew tells something."""


@dataclass(frozen=True, kw_only=True)
class Bootstrap:
    """A statistic with what drawing its rows anew tells of it.

    Parameters
    ----------
    value
        The statistic of the rows as they are.
    error, jackknife_error
        Its standard error by the bootstrap and by leaving out one row at a time.
    bias_correction, acceleration
        z₀ and a of the BCa interval.
    percentile, bca
        Limits: plain percentiles of the draws, and bias-corrected and accelerated ones (Efron 1987).
    n, draws, seed, level
        Rows, draws that gave a number, seed of the draws, confidence level.
    """

    value: float
    error: float
    jackknife_error: float
    bias_correction: float
    acceleration: float
    percentile: tuple[float, float]
    bca: tuple[float, float]
    n: int
    draws: int
    seed: int
    level: float


def bootstrap(
    rows: FloatArray,
    statistic: Callable[[FloatArray], float],
    draws: int = DRAWS,
    seed: int = SEED,
    level: float = LEVEL,
) -> Bootstrap:
    """Draw rows with replacement and look at how a statistic varies.

    a = Σ(m - mᵢ)³ / (6·(Σ(m - mᵢ)²)^1.5) over the jackknife values mᵢ and their mean m; z₀ = Φ⁻¹ of the share of draws
    below the statistic; limits at Φ(z₀ + (z₀ + z)/(1 - a(z₀ + z))). Efron & Tibshirani (1993), ch. 14.

    Parameters
    ----------
    rows
        Shape (n, columns) or (n,); complete rows.
    statistic
        From rows to one number; draws for which it is not finite are left out.
    draws, seed, level
        Number of draws, their seed and the confidence level.

    Raises
    ------
    DataError
        Fewer than five rows, or the statistic gives no number.

    Examples
    --------
    >>> found = bootstrap(np.array([1.0, 2, 3, 4, 5, 6]), lambda rows: float(rows.mean()), draws=2000)
    >>> found.value, found.bca[0] < 3.5 < found.bca[1]
    (3.5, True)
    """
    n = len(rows)
    if n < FEWEST:
        raise DataError(say("A bootstrap came with {n} rows. It takes {fewest} or more.", n=n, fewest=FEWEST))
    value = statistic(rows)
    places = np.random.default_rng(seed).integers(0, n, size=(draws, n))
    drawn = _finite([statistic(rows[place]) for place in places])
    left_out = _finite([statistic(np.delete(rows, place, axis=0)) for place in range(n)])
    if not np.isfinite(value) or not len(drawn) or len(left_out) < n:
        raise DataError(say("A bootstrap came with a statistic that gives no number. Give rows that vary."))
    gaps = left_out.mean() - left_out
    spread = float((gaps**2).sum())
    acceleration = float((gaps**3).sum()) / (6 * spread**1.5) if spread else 0.0
    z0 = _bias(drawn, value)
    tail = (1 - level) / 2
    shares = [_corrected(p, z0, acceleration) for p in (tail, 1 - tail)]
    return Bootstrap(
        value=float(value),
        error=float(drawn.std(ddof=1)),
        jackknife_error=float(np.sqrt((n - 1) / n * spread)),
        bias_correction=z0,
        acceleration=acceleration,
        percentile=_limits(drawn, [tail, 1 - tail]),
        bca=_limits(drawn, shares),
        n=n,
        draws=len(drawn),
        seed=seed,
        level=level,
    )


def _finite(values: list[float]) -> FloatArray:
    found = np.asarray(values, dtype="float64")
    there: FloatArray = found[np.isfinite(found)]
    return there


def _bias(drawn: FloatArray, value: float) -> float:
    """Return z₀; ties count half, and a share of 0 or 1 is held half a draw off its end."""
    from scipy.special import ndtri

    below = float((drawn < value).mean() + (drawn == value).mean() / 2)
    edge = 0.5 / len(drawn)
    return float(ndtri(min(max(below, edge), 1 - edge)))


def _corrected(p: float, z0: float, acceleration: float) -> float:
    from scipy.special import ndtr, ndtri

    z = z0 + float(ndtri(p))
    return float(ndtr(z0 + z / (1 - acceleration * z)))


def _limits(drawn: FloatArray, shares: list[float]) -> tuple[float, float]:
    low, high = np.quantile(drawn, shares)
    return float(low), float(high)
