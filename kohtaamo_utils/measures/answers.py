"""Valid answers with their weights: the one place where missing values are dropped and weights lined up."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pandas as pd

from kohtaamo_utils.errors import DataError, say
from kohtaamo_utils.measures.weighting import kish_n

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    FloatArray: TypeAlias = npt.NDArray[np.float64]

Numbers: TypeAlias = "pd.Series | npt.NDArray[np.generic] | Sequence[float | None] | Sequence[bool | None]"
"""What a measure takes: a column, an array or a list; NaN, NA and None mean that nobody answered."""


@dataclass(frozen=True, eq=False)
class Answers:
    """Valid answers, and a weight for each.

    Parameters
    ----------
    numbers
        Answers, shape (n,), none missing.
    weights
        Non-negative weights, shape (n,); all ones where the sample is not weighted.

    Examples
    --------
    >>> valid([1, None, 3]).mean
    2.0
    """

    numbers: FloatArray
    weights: FloatArray

    @property
    def n(self) -> int:
        """Number of valid answers."""
        return len(self.numbers)

    @property
    def n_effective(self) -> float:
        """Kish's effective number of answers; equals ``n`` without weights."""
        return kish_n(self.weights)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to estimate from."""
        return not self.weights.sum() > 0

    @property
    def mean(self) -> float:
        """Weighted mean."""
        return self.share_of(self.numbers)

    @property
    def variance(self) -> float:
        """Weighted sample variance; with equal weights the usual one with divisor n - 1. NaN for one answer."""
        effective = self.n_effective
        if effective <= 1 + 1e-12:
            return float("nan")
        return self.share_of((self.numbers - self.mean) ** 2) * effective / (effective - 1)

    def share_of(self, values: npt.NDArray[np.generic]) -> float:
        """Return the weighted mean of something else known of the same answers, e.g. of a true/false mark."""
        return float(np.average(values.astype(float), weights=self.weights))


def as_floats(values: Numbers) -> FloatArray:
    """Return a column or a list as floats, with NaN for whatever means missing.

    Examples
    --------
    >>> as_floats([1, None, True])
    array([ 1., nan,  1.])
    """
    return pd.Series(values, dtype=None if len(values) else float).to_numpy(dtype=float, na_value=np.nan)


def valid(values: Numbers, weights: Numbers | None = None) -> Answers:
    """Drop missing answers and line the weights up with those that stay.

    Parameters
    ----------
    values
        Answers.
    weights
        Weights of the same rows. Two series with different indexes are matched by index, anything else by position. An
        answer without a weight cannot be weighted and is dropped.

    Returns
    -------
    Answers
        The answers that count.

    Raises
    ------
    DataError
        The weights are negative, or there are not as many of them as of answers.

    Examples
    --------
    >>> valid([4, None, 5], [1.0, 2.0, 3.0]).weights
    array([1., 3.])
    """
    numbers = as_floats(values)
    shares = np.ones(len(numbers)) if weights is None else _lined_up(values, weights)
    if len(shares) != len(numbers):
        raise DataError(
            say(
                "{n} answers came with {weights} weights. Give each answer one weight.",
                n=len(numbers),
                weights=len(shares),
            )
        )
    if (shares < 0).any():
        raise DataError(say("A weight is negative. Weights are zero or more: correct the weight column."))
    there = ~np.isnan(numbers) & ~np.isnan(shares)
    return Answers(numbers[there], shares[there])


def _lined_up(values: Numbers, weights: Numbers) -> FloatArray:
    if isinstance(values, pd.Series) and isinstance(weights, pd.Series) and not values.index.equals(weights.index):
        return as_floats(weights.reindex(values.index))
    return as_floats(weights)


def z_of(level: float) -> float:
    """Return the two-sided normal quantile of a confidence level.

    Examples
    --------
    >>> round(z_of(0.95), 6)
    1.959964
    """
    return NormalDist().inv_cdf(0.5 + level / 2)


def p_of(z: float) -> float:
    """Return the two-sided p-value of a standard normal statistic.

    Examples
    --------
    >>> round(p_of(1.959964), 6)
    0.05
    """
    from scipy.special import ndtr

    return float(2 * ndtr(-abs(z)))
