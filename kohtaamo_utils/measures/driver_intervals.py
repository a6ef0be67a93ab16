"""How sure the drivers' order is: bootstrap intervals of their shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kohtaamo_utils.measures.drivers import complete_cases, drivers, lmg_parts
from kohtaamo_utils.measures.estimate import LEVEL, Estimate

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from kohtaamo_utils.measures.answers import FloatArray

METHOD = "bootstrap-percentile"
DRAWS = 1000
SEED = 20260101


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
    draws
        How many times the respondents are drawn anew, with replacement.
    seed
        Seed of the draws: the same data and seed give the same limits.
    level
        Confidence level.

    Returns
    -------
    dict or None
        An estimate for each predictor, the percentiles of the draws its limits; None where there are no drivers. Draws
        in which something does not vary are left out.

    Examples
    --------
    >>> import pandas as pd
    >>> rng = np.random.default_rng(1)
    >>> answers = pd.DataFrame(rng.normal(size=(100, 2)), columns=["trust", "value"])
    >>> shares = driver_shares(answers, 2 * answers["trust"] + rng.normal(size=100), ["trust", "value"])
    >>> shares["trust"].low > shares["value"].high
    True
    """
    found = drivers(frame, outcome, predictors)
    if found is None:
        return None
    drawn = _drawn_shares(complete_cases(frame, outcome, predictors)[1], draws, seed)
    tail = (1 - level) / 2
    low, high = np.quantile(drawn, [tail, 1 - tail], axis=0)
    return {
        name: Estimate(
            value=found.shares[name],
            n=found.n,
            low=float(low[index]),
            high=float(high[index]),
            unit="share",
            method=METHOD,
            level=level,
        )
        for index, name in enumerate(predictors)
    }


def _drawn_shares(data: FloatArray, draws: int, seed: int) -> FloatArray:
    """Return the shares in each usable draw, shape (draws, p)."""
    n, width = data.shape
    counts = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=draws)
    centred = data - data.mean(axis=0)
    products = (centred[:, :, None] * centred[:, None, :]).reshape(n, -1)
    means = counts @ centred / n
    covariances = (counts @ products / n).reshape(draws, width, width) - means[:, :, None] * means[:, None, :]
    spread = np.sqrt(np.clip(np.diagonal(covariances, axis1=1, axis2=2), 0, None))
    varies = (spread > 1e-9).all(axis=1)
    correlations = covariances[varies] / (spread[varies, :, None] * spread[varies, None, :])
    usable = np.linalg.eigvalsh(correlations[:, :-1, :-1])[:, 0] > 1e-9
    parts = lmg_parts(correlations[usable, :-1, :-1], correlations[usable, :-1, -1])
    shares: FloatArray = parts / parts.sum(axis=1, keepdims=True)
    return shares
