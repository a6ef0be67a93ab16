"""How sure the drivers' order is: the shares in samples drawn from the answers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from kohtaamo_utils.measures.driver_cases import Cases, complete_cases, obstacle
from kohtaamo_utils.measures.drivers import Drivers, drivers_of
from kohtaamo_utils.measures.estimate import LEVEL, Estimate
from kohtaamo_utils.measures.r2_parts import lmg_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from kohtaamo_utils.measures.answers import FloatArray

METHOD = "bootstrap-percentile"
DRAWS = 1000
SEED = 20260101
TINY = 1e-12
PART = 25
"""Draws that are in memory at a time."""


@dataclass(frozen=True, kw_only=True, eq=False)
class DrawnShares:
    """The drivers in samples drawn from the respondents.

    Parameters
    ----------
    found
        The drivers of the answers themselves.
    shares
        LMG / R² of each draw, shape (draws, p).
    slopes
        Standardised regression coefficients of each draw, shape (draws, p).
    level
        Confidence level.
    """

    found: Drivers
    shares: FloatArray
    slopes: FloatArray
    level: float = LEVEL

    @property
    def names(self) -> tuple[str, ...]:
        """The predictors, in the order of the columns."""
        return tuple(self.found.shares)

    @property
    def ranked(self) -> tuple[str, ...]:
        """The predictors, the largest share first."""
        return tuple(sorted(self.names, key=lambda name: -self.found.shares[name]))

    def estimate(self, name: str) -> Estimate:
        """Return a predictor's share; the percentiles of the draws are its limits."""
        low, high = self._limits(self.shares[:, self.names.index(name)])
        return Estimate(
            value=self.found.shares[name],
            n=self.found.n,
            low=low,
            high=high,
            unit="share",
            method=METHOD,
            level=self.level,
        )

    def apart(self, first: str, second: str) -> bool:
        """Tell whether two shares differ beyond chance, with all pairs looked at together.

        A difference is measured in its own standard deviation over the draws. It is beyond chance where it is larger than
        the largest deviation of any pair is in `level` of the draws, so that the order of all elements holds at once.
        """
        if first == second:
            return False
        spread = self._pairs[self._pair(first, second)].std()
        distance = abs(self.found.shares[first] - self.found.shares[second])
        return bool(distance > self._reach * spread)

    @cached_property
    def _pairs(self) -> dict[tuple[int, int], FloatArray]:
        """Each pair's difference in each draw."""
        return {(i, j): self.shares[:, i] - self.shares[:, j] for i, j in combinations(range(len(self.names)), 2)}

    @cached_property
    def _reach(self) -> float:
        """How many standard deviations the widest of all pairs' deviations is in `level` of the draws."""
        widest = [abs(pair - pair.mean()) / max(float(pair.std()), TINY) for pair in self._pairs.values()]
        return float(np.quantile(np.max(widest, axis=0), self.level))

    def _pair(self, first: str, second: str) -> tuple[int, int]:
        i, j = sorted((self.names.index(first), self.names.index(second)))
        return i, j

    def sure_of_sign(self, name: str) -> bool:
        """Tell whether the interval of a predictor's coefficient leaves zero out."""
        low, high = self._limits(self.slopes[:, self.names.index(name)])
        return low > 0 or high < 0

    def _limits(self, values: FloatArray) -> tuple[float, float]:
        tail = (1 - self.level) / 2
        low, high = np.quantile(values, [tail, 1 - tail])
        return float(low), float(high)


def drawn_shares(cases: Cases, draws: int = DRAWS, seed: int = SEED, level: float = LEVEL) -> DrawnShares | None:
    """Draw the respondents anew, with replacement, and compute the drivers of each draw.

    Parameters
    ----------
    cases
        Complete cases that no obstacle stands in the way of.
    draws
        How many samples are drawn; those in which something does not vary are left out.
    seed
        Seed of the draws: the same data and seed give the same limits.
    level
        Confidence level.

    Returns
    -------
    DrawnShares or None
        None where R² is 0, or where fewer than half of the draws can be used.
    """
    found = drivers_of(cases)
    if found is None:
        return None
    correlations = _drawn_correlations(cases, draws, seed)
    if len(correlations) < draws / 2:
        return None
    between, toward = correlations[:, :-1, :-1], correlations[:, :-1, -1]
    parts = lmg_parts(between, toward)
    slopes = np.linalg.solve(between, toward[..., None])[..., 0].astype(np.float64)
    return DrawnShares(found=found, shares=parts / parts.sum(axis=1, keepdims=True), slopes=slopes, level=level)


def driver_shares(
    frame: pd.DataFrame,
    outcome: pd.Series,
    predictors: Sequence[str],
    draws: int = DRAWS,
    seed: int = SEED,
    level: float = LEVEL,
) -> dict[str, Estimate] | None:
    """Estimate each predictor's share of R² (LMG / R²) with an interval.

    Parameters
    ----------
    frame, outcome, predictors
        As for the drivers.
    draws, seed, level
        As for the drawn shares.

    Returns
    -------
    dict or None
        An estimate for each predictor, the percentiles of the draws its limits; None where there are no drivers.

    Examples
    --------
    >>> import pandas as pd
    >>> rng = np.random.default_rng(1)
    >>> answers = pd.DataFrame(rng.normal(size=(100, 2)), columns=["trust", "value"])
    >>> shares = driver_shares(answers, 2 * answers["trust"] + rng.normal(size=100), ["trust", "value"])
    >>> shares["trust"].low > shares["value"].high
    True
    """
    cases = complete_cases(frame, outcome, predictors)
    drawn = None if obstacle(cases) is not None else drawn_shares(cases, draws, seed, level)
    return None if drawn is None else {name: drawn.estimate(name) for name in predictors}


def _drawn_correlations(cases: Cases, draws: int, seed: int) -> FloatArray:
    """Return the correlations of each usable draw, shape (draws, p + 1, p + 1)."""
    width = cases.data.shape[1]
    centred = cases.data - cases.means
    first, second = np.triu_indices(width)
    sums = np.column_stack([np.ones(cases.n), centred, centred[:, first] * centred[:, second]])
    totals = _drawn_totals(sums * cases.weights[:, None], draws, seed)
    means = totals[:, 1 : 1 + width] / totals[:, :1]
    covariances = np.empty((draws, width, width))
    covariances[:, first, second] = covariances[:, second, first] = totals[:, 1 + width :] / totals[:, :1]
    covariances -= means[:, :, None] * means[:, None, :]
    spread = np.sqrt(np.clip(np.diagonal(covariances, axis1=1, axis2=2), 0, None))
    varies = (spread > 1e-9).all(axis=1)
    correlations = covariances[varies] / (spread[varies, :, None] * spread[varies, None, :])
    found: FloatArray = correlations[np.linalg.eigvalsh(correlations[:, :-1, :-1])[:, 0] > 1e-9]
    return found


def _drawn_totals(values: FloatArray, draws: int, seed: int) -> FloatArray:
    """Return the sums of each draw's rows, shape (draws, columns); drawn in parts, so that memory stays small."""
    n, rng = len(values), np.random.default_rng(seed)
    parts = []
    for start in range(0, draws, PART):
        here = min(PART, draws - start)
        rows = rng.integers(0, n, size=(here, n), dtype=np.int32) + np.arange(here, dtype=np.int32)[:, None] * n
        counts = np.bincount(rows.ravel(), minlength=here * n).reshape(here, n).astype(np.float64)
        parts.append(counts @ values)
    return np.concatenate(parts)
