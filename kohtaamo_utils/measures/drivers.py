"""Key drivers: how much of the outcome's variation goes with each element. Correlation, not cause."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kohtaamo_utils.measures.driver_cases import ANSWERS_PER_PREDICTOR, SINGULAR, Cases, complete_cases, obstacle
from kohtaamo_utils.measures.estimate import LEVEL, Estimate
from kohtaamo_utils.measures.r2_parts import johnson_parts, last_parts, lmg_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from kohtaamo_utils.measures.answers import FloatArray

CHANCE = 0.05
"""Largest p-value of the whole regression with which R² is beyond chance."""


@dataclass(frozen=True, kw_only=True)
class Drivers:
    """A regression taken apart.

    Parameters
    ----------
    r2
        Share of the outcome's variance that goes with all predictors together.
    lmg
        Each predictor's part of R²; they add up to it.
    shares
        ``lmg`` / R²; they add up to 1.
    johnson
        Johnson's relative weights, a second way to part R²; they add up to it too.
    alone, last
        R² of each predictor by itself, and what it adds when it enters after all the others.
    signs
        1, -1 or 0: the sign of the regression coefficient, since a part of R² has none.
    coefficients
        Regression coefficients in the predictors' own units, without the intercept.
    intercept
        The regression's constant.
    vif
        Variance inflation factors; above 5 or so the predictors tell much the same story.
    n
        Complete cases.
    n_effective
        Kish's effective number of them; equals ``n`` without weights.
    """

    r2: float
    lmg: dict[str, float]
    shares: dict[str, float]
    johnson: dict[str, float]
    alone: dict[str, float]
    last: dict[str, float]
    signs: dict[str, int]
    coefficients: dict[str, float]
    intercept: float
    vif: dict[str, float]
    n: int
    n_effective: float

    @property
    def df(self) -> tuple[int, float]:
        """Degrees of freedom of the regression and of what it leaves."""
        return len(self.lmg), self.n_effective - len(self.lmg) - 1

    @property
    def r2_adjusted(self) -> float:
        """R² less what as many predictors that have nothing to do with the outcome would reach on average."""
        return 1 - (1 - self.r2) * (self.n_effective - 1) / self.df[1]

    @property
    def f(self) -> float:
        """The F statistic of the whole regression; infinite where nothing is left to explain."""
        p, rest = self.df
        return self.r2 / p / ((1 - self.r2) / rest) if self.r2 < 1 - SINGULAR else float("inf")

    @property
    def beyond_chance(self) -> bool:
        """Whether the predictors together go with the outcome beyond chance (F test)."""
        from scipy.special import fdtrc

        return bool(fdtrc(*self.df, self.f) <= CHANCE)


def drivers(
    frame: pd.DataFrame,
    outcome: pd.Series,
    predictors: Sequence[str],
    answers_per_predictor: int = ANSWERS_PER_PREDICTOR,
    weights: pd.Series | None = None,
) -> Drivers | None:
    """Part the variance that an outcome shares with its predictors.

    LMG (Lindeman, Merenda & Gold, 1980): a predictor's mean gain in R² over all orders in which the predictors can
    enter, exactly, from all subsets. Johnson (2000): the same question asked of uncorrelated stand-ins.

    Parameters
    ----------
    frame
        Answers, with a column per predictor.
    outcome
        What is to be explained, on the same rows.
    predictors
        Names of columns, 1 to 15.
    answers_per_predictor
        Complete cases that each predictor takes; fewer give no result.
    weights
        Weights of the same rows.

    Returns
    -------
    Drivers or None
        None where the data cannot carry it: too few complete cases for the predictors, an outcome or a predictor that
        does not vary, or predictors of which one follows from the others. `driver_cases.obstacle` tells which.

    Raises
    ------
    DataError
        No predictor, more than fifteen, or a repeated one.

    Examples
    --------
    >>> import pandas as pd
    >>> rng = np.random.default_rng(1)
    >>> answers = pd.DataFrame(rng.normal(size=(100, 2)), columns=["trust", "value"])
    >>> found = drivers(answers, 2 * answers["trust"] + rng.normal(size=100), ["trust", "value"])
    >>> found.shares["trust"] > 0.9, found.signs["trust"]
    (True, 1)
    """
    cases = complete_cases(frame, outcome, predictors, weights)
    return None if obstacle(cases, answers_per_predictor) is not None else drivers_of(cases)


def drivers_of(cases: Cases) -> Drivers | None:
    """Return the drivers of complete cases that no obstacle stands in the way of; None where R² is 0.

    Parameters
    ----------
    cases
        Complete cases.
    """
    correlations = cases.correlations
    between, toward = correlations[:-1, :-1], correlations[:-1, -1]
    betas = np.linalg.solve(between, toward)
    r2 = float(betas @ toward)
    if r2 <= SINGULAR:
        return None
    slopes = betas * cases.spread[-1] / cases.spread[:-1]
    lmg = lmg_parts(between, toward)
    return Drivers(
        r2=r2,
        lmg=_named(cases, lmg),
        shares=_named(cases, lmg / r2),
        johnson=_named(cases, johnson_parts(between, toward)),
        alone=_named(cases, toward**2),
        last=_named(cases, last_parts(between, toward)),
        signs={name: int(np.sign(slope)) for name, slope in zip(cases.names, slopes, strict=True)},
        coefficients=_named(cases, slopes),
        intercept=float(cases.means[-1] - slopes @ cases.means[:-1]),
        vif=_named(cases, np.diag(np.linalg.inv(between))),
        n=cases.n,
        n_effective=cases.n_effective,
    )


def r2_estimate(found: Drivers, level: float = LEVEL) -> Estimate:
    """Return R² with its interval, from the noncentral F distribution.

    The limits are the shares λ / (λ + n) of the noncentralities λ with which an F as large as this one, or as small,
    comes in half of 1 - level of the samples (Steiger & Fouladi, 1992; predictors taken as fixed).

    Parameters
    ----------
    found
        The drivers.
    level
        Confidence level.

    Examples
    --------
    >>> import pandas as pd
    >>> rng = np.random.default_rng(1)
    >>> answers = pd.DataFrame(rng.normal(size=(100, 2)), columns=["trust", "value"])
    >>> found = r2_estimate(drivers(answers, answers["trust"] + rng.normal(size=100), ["trust", "value"]))
    >>> round(found.low, 2), round(found.value, 2), round(found.high, 2)
    (0.35, 0.5, 0.6)
    """
    low, high = (_r2_limit(found, tail) for tail in ((1 + level) / 2, (1 - level) / 2))
    return Estimate(value=found.r2, n=found.n, low=low, high=high, unit="share", method="noncentral-f", level=level)


def _r2_limit(found: Drivers, below: float) -> float:
    """Return the R² of the population with which a smaller F than the one found has the probability `below`."""
    from scipy.optimize import brentq
    from scipy.special import fdtr, ncfdtr

    df, f = found.df, found.f
    if f == float("inf"):
        return 1.0
    if fdtr(*df, f) <= below:
        return 0.0
    highest = found.n_effective
    while ncfdtr(*df, highest, f) > below:
        highest *= 2
    noncentrality = brentq(lambda value: float(ncfdtr(*df, value, f)) - below, 0.0, highest)
    return float(noncentrality / (noncentrality + found.n_effective))


def _named(cases: Cases, values: FloatArray) -> dict[str, float]:
    return dict(zip(cases.names, values.tolist(), strict=True))
