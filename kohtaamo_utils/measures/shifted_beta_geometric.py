"""Contract retention that rises with tenure: the shifted beta-geometric model of Fader and Hardie (2007).

Each customer has a chance of leaving of his own at every renewal, and those chances follow a beta distribution. Who is
likely to leave leaves early, so those who remain stay ever more surely; one constant rate would miss that.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from kohtaamo_utils.errors import DataError, say
from kohtaamo_utils.measures.answers import z_of
from kohtaamo_utils.measures.durations import MONTHS_PER_YEAR
from kohtaamo_utils.measures.estimate import LEVEL, Estimate, nothing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kohtaamo_utils.measures.answers import FloatArray, Numbers

METHOD = "sbg-delta"
STEP = 1e-4
"""Step of the numeric derivatives, in logarithms of the parameters."""
LARGEST = 1e4
"""Parameters are looked for up to this: far beyond it every customer is the same and the rate is constant."""


@dataclass(frozen=True)
class Renewals:
    """How many left in each period, and how many were last seen still there.

    Parameters
    ----------
    left
        ``left[t - 1]`` customers left in period t, counted from 1.
    there
        ``there[t]`` customers were still there after t full periods when they were last seen, from t = 0.
    """

    left: tuple[float, ...]
    there: tuple[float, ...]

    @classmethod
    def of_cohort(cls, survivors: Sequence[float]) -> Renewals:
        """Return the renewals of customers who started together, from how many were there at 0, 1, 2, … periods.

        Examples
        --------
        >>> Renewals.of_cohort([100, 63, 47]).left
        (37, 16)
        """
        left = tuple(before - after for before, after in pairwise(survivors))
        return cls(left, (*(0.0 for _ in survivors[1:]), survivors[-1]))

    @classmethod
    def of_tenures(cls, months: Numbers, ended: Numbers, period: float = MONTHS_PER_YEAR) -> Renewals:
        """Return the renewals of contracts of any age, from their lengths in months and whether they have ended.

        Examples
        --------
        >>> Renewals.of_tenures([3, 14, 30], [1, 1, 0])
        Renewals(left=(1.0, 1.0), there=(0.0, 0.0, 1.0))
        """
        lengths, gone = np.asarray(months, dtype=float), np.asarray(ended, dtype=float)
        known = ~np.isnan(lengths) & ~np.isnan(gone)
        full = np.floor(lengths[known] / period).astype(int)
        left, there = (np.bincount(full[gone[known] == flag], minlength=1) for flag in (1, 0))
        return cls(tuple(map(float, left)), tuple(map(float, there)))

    @property
    def n(self) -> int:
        """Number of customers."""
        return int(sum(self.left) + sum(self.there))


@dataclass(frozen=True)
class ShiftedBetaGeometric:
    """A fitted model.

    Parameters
    ----------
    alpha, beta
        Of the beta distribution of the chances of leaving; their mean is ``alpha / (alpha + beta)``.
    log_likelihood
        At the two.
    renewals
        What it was fitted to.
    """

    alpha: float
    beta: float
    log_likelihood: float
    renewals: Renewals

    @property
    def mean_churn(self) -> float:
        """Mean chance of leaving at the first renewal."""
        return self.alpha / (self.alpha + self.beta)

    def survival(self, periods: int) -> float:
        """Return the share that is still there after so many renewals."""
        return float(np.exp(_log_survival(self.alpha, self.beta, periods)))

    def retention(self, period: int) -> float:
        """Return the share of those there before a renewal that renews; it rises with the period, from 1."""
        return (self.beta + period - 1) / (self.alpha + self.beta + period - 1)

    def discounted_lifetime(self, rate: float, period: int) -> float:
        """Return the discounted expected residual lifetime of a customer before the renewal of a period, in periods.

        DERL = Σ S(t) / S(period - 1) · (1 + rate)^(period - t) over t from the period on; with a margin of one a period it is
        what the customer is still worth.

        Parameters
        ----------
        rate
            Discount rate a period, above 0.
        period
            The coming renewal, from 1: ``period - 1`` have been made.
        """
        from scipy.special import hyp2f1

        whole = self.alpha + self.beta + period
        return self.retention(period) * float(hyp2f1(1, self.beta + period, whole, 1 / (1 + rate)))

    def coming_retention(self, level: float = LEVEL) -> Estimate:
        """Estimate the share of the customers who are there now that renews next, whatever the number of renewals behind.

        Returns
        -------
        Estimate
            A share 0-1 with limits by the delta method on the logit; ``n`` counts everybody that the model was fitted to.
        """
        if not sum(self.renewals.there):
            return nothing("share", METHOD)
        value = self._coming(self.alpha, self.beta)
        error = self._error(self._coming)
        if error is None or not 0 < value < 1:
            return Estimate(value=value, n=self.renewals.n, unit="share", method=METHOD, level=level)
        middle, half = np.log(value / (1 - value)), z_of(level) * error / (value * (1 - value))
        low, high = (float(1 / (1 + np.exp(-(middle + side * half)))) for side in (-1, 1))
        return Estimate(value=value, n=self.renewals.n, low=low, high=high, unit="share", method=METHOD, level=level)

    def _coming(self, alpha: float, beta: float) -> float:
        there = np.asarray(self.renewals.there)
        rates = (beta + np.arange(len(there))) / (alpha + beta + np.arange(len(there)))
        return float(there @ rates / there.sum())

    def _error(self, of: Callable[[float, float], float]) -> float | None:
        """Return the standard error of something computed from the two parameters; None on a flat likelihood."""
        at = np.log([self.alpha, self.beta])
        covariance = self._covariance
        if covariance is None:
            return None
        slope = np.array([_slope(lambda x: of(*np.exp(x)), at, axis) for axis in (0, 1)])
        return float(np.sqrt(slope @ covariance @ slope))

    @cached_property
    def _covariance(self) -> FloatArray | None:
        at = np.log([self.alpha, self.beta])

        def fit(x: FloatArray) -> float:
            return _log_likelihood(x, self.renewals)

        curve = np.array([[_curve(fit, at, one, other) for other in (0, 1)] for one in (0, 1)])
        if np.linalg.eigvalsh(-curve).min() <= 0:
            return None
        return np.asarray(np.linalg.inv(-curve))


def fit(renewals: Renewals) -> ShiftedBetaGeometric:
    """Fit the model by maximum likelihood.

    Parameters
    ----------
    renewals
        At least two periods in which somebody left or was still there.

    Raises
    ------
    DataError
        Nobody left, or everybody did in the first period: then there is nothing to fit.

    Examples
    --------
    >>> found = fit(Renewals.of_cohort([1000, 869, 743, 653, 593, 551, 517, 491]))
    >>> round(found.alpha, 3), round(found.beta, 3)
    (0.668, 3.806)
    """
    if not sum(renewals.left) or not sum(renewals.left[1:]) + sum(renewals.there[1:]):
        raise DataError(
            say(
                "Retention by the shifted beta-geometric model came with {left} customers who left and {renewed} who renewed. Expected: some of both. Use `model: observed`.",
                left=f"{sum(renewals.left):g}",
                renewed=f"{sum(renewals.there[1:]):g}",
            )
        )
    from scipy.optimize import minimize

    def loss(logs: FloatArray) -> float:
        return -_log_likelihood(logs, renewals) / renewals.n

    limit = float(np.log(LARGEST))
    found: Any = minimize(
        loss,
        x0=np.zeros(2),
        method="L-BFGS-B",
        bounds=[(-limit, limit), (-limit, limit)],
        tol=1e-15,
    )
    alpha, beta = np.exp(found.x)
    return ShiftedBetaGeometric(float(alpha), float(beta), -float(found.fun) * renewals.n, renewals)


def _log_survival(alpha: float, beta: float, periods: float | FloatArray) -> FloatArray:
    from scipy.special import betaln

    return np.asarray(betaln(alpha, beta + periods) - betaln(alpha, beta))


def _log_likelihood(logs: FloatArray, renewals: Renewals) -> float:
    """Return the log-likelihood at the logarithms of alpha and beta."""
    from scipy.special import betaln

    alpha, beta = np.exp(logs).tolist()
    left, there = np.asarray(renewals.left), np.asarray(renewals.there)
    leaving = betaln(alpha + 1, beta + np.arange(len(left))) - betaln(alpha, beta)
    return float(left @ leaving + there @ _log_survival(alpha, beta, np.arange(float(len(there)))))


def _slope(of: Callable[[FloatArray], float], at: FloatArray, axis: int) -> float:
    step = STEP * np.eye(len(at))[axis]
    return (of(at + step) - of(at - step)) / (2 * STEP)


def _curve(of: Callable[[FloatArray], float], at: FloatArray, one: int, other: int) -> float:
    return _slope(lambda x: _slope(of, x, other), at, one)
