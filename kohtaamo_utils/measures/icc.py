"""Intraclass correlations: how much of the ratings' variation lies between those who are rated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kohtaamo_utils.errors import DataError, say
from kohtaamo_utils.measures.answers import as_floats
from kohtaamo_utils.measures.estimate import LEVEL, Estimate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

UNIT = "share"
METHOD = "f"


@dataclass(frozen=True, kw_only=True)
class IccOneWay:
    """One-way intraclass correlations of groups whose raters differ.

    Parameters
    ----------
    icc1
        Reliability of a single rating; None where it cannot be had.
    icc2
        Reliability of a group's mean.
    ms_between, ms_within
        Mean squares between and within groups.
    k0
        Ratings per group, averaged as unequal sizes require.
    n
        Number of groups with a rating.
    ratings
        Number of ratings in them.
    """

    icc1: float | None
    icc2: float | None
    ms_between: float | None
    ms_within: float | None
    k0: float | None
    n: int
    ratings: int

    @property
    def tells_apart(self) -> bool:
        """Whether the groups' means differ as much as chance alone makes them, or more: else both estimates lie below 0.

        Examples
        --------
        >>> icc_one_way([[1, 5], [5, 1], [2, 4]]).tells_apart
        False
        """
        return self.icc1 is not None and self.icc1 >= 0

    def single(self, level: float = LEVEL) -> Estimate:
        """Return ICC(1) with its interval.

        (F_L - 1) / (F_L - 1 + k₀) with F = MSB / MSW and F_L = F / F(g-1, N-g), and likewise above (Searle, 1971). With groups
        of one size it is exact for normal ratings; otherwise k₀ stands for the size, which is an approximation (Thomas &
        Hultquist, 1978; Donner, 1979).

        Examples
        --------
        >>> found = icc_one_way([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]])
        >>> [round(limit, 4) for limit in (found.single().low, found.single().high)]
        [-0.1329, 0.7226]
        """
        return self._estimate(self.icc1, lambda f, k0: (f - 1) / (f - 1 + k0), level)

    def average(self, level: float = LEVEL) -> Estimate:
        """Return ICC(2) with its interval: 1 - 1 / F_L, which needs no k₀; the same approximation."""
        return self._estimate(self.icc2, lambda f, _: 1 - 1 / f, level)

    def _estimate(self, value: float | None, of: Callable[[float, float], float], level: float) -> Estimate:
        if value is None or not self.ms_within or self.ms_between is None or self.k0 is None:
            return Estimate(value=value, n=self.n, unit=UNIT, method=METHOD, level=level)
        f, tail = self.ms_between / self.ms_within, (1 - level) / 2
        df1, df2 = self.n - 1, self.ratings - self.n
        if not f:
            return Estimate(value=value, n=self.n, unit=UNIT, method=METHOD, level=level)
        low, high = f / f_of(1 - tail, df1, df2), f * f_of(1 - tail, df2, df1)
        return Estimate(
            value=value, n=self.n, low=of(low, self.k0), high=of(high, self.k0), unit=UNIT, method=METHOD, level=level
        )


@dataclass(frozen=True, kw_only=True)
class IccForms:
    """The six forms of Shrout & Fleiss (1979): of a single rater, and (k) of the mean of all of them.

    Parameters
    ----------
    icc1, icc1k
        Each target rated by raters of its own.
    icc2, icc2k
        The same raters rate everyone and stand for others (absolute agreement).
    icc3, icc3k
        The same raters rate everyone and stand for themselves (consistency).
    ms_between, ms_within, ms_raters, ms_error
        Mean squares of the analysis of variance.
    """

    icc1: Estimate
    icc2: Estimate
    icc3: Estimate
    icc1k: Estimate
    icc2k: Estimate
    icc3k: Estimate
    ms_between: float
    ms_within: float
    ms_raters: float
    ms_error: float


def f_of(p: float, df1: float, df2: float) -> float:
    """Return the p-quantile of the F distribution.

    Examples
    --------
    >>> round(f_of(0.95, 5, 18), 4)
    2.7729
    """
    from scipy.special import fdtri

    return float(fdtri(df1, df2, p))


def icc_one_way(groups: Sequence[Sequence[float]]) -> IccOneWay:
    """Return ICC(1) and ICC(2) of groups of ratings of any sizes.

    ICC(1) = (MSB - MSW) / (MSB + (k₀-1)·MSW), ICC(2) = (MSB - MSW) / MSB, k₀ = (N - Σnᵢ²/N) / (g-1).
    In a 360 the groups are the reviewees: each has raters of their own. Bliese (2000).

    Parameters
    ----------
    groups
        For each group its ratings; missing ones are dropped, empty groups too.

    Returns
    -------
    IccOneWay
        All numbers None with fewer than two groups, or no group of two; the ICCs None where nothing varies.

    Examples
    --------
    >>> round(icc_one_way([[4, 4, 5], [3, 2, 3], [5, 5, 4]]).icc1, 4)
    0.7568
    """
    parts = [part for part in (_there(group) for group in groups) if len(part)]
    g, sizes = len(parts), np.array([len(part) for part in parts], dtype=float)
    total = sizes.sum()
    if g < 2 or total <= g:
        return IccOneWay(icc1=None, icc2=None, ms_between=None, ms_within=None, k0=None, n=g, ratings=int(total))
    means, grand = np.array([part.mean() for part in parts]), np.concatenate(parts).mean()
    between = float((sizes * (means - grand) ** 2).sum() / (g - 1))
    within = float(sum(((part - part.mean()) ** 2).sum() for part in parts) / (total - g))
    k0 = float((total - (sizes**2).sum() / total) / (g - 1))
    return IccOneWay(
        icc1=_ratio(between - within, between + (k0 - 1) * within),
        icc2=_ratio(between - within, between),
        ms_between=between,
        ms_within=within,
        k0=k0,
        n=g,
        ratings=int(total),
    )


def icc(table: pd.DataFrame | npt.ArrayLike, level: float = LEVEL) -> IccForms:
    """Estimate all six intraclass correlations of a full table of ratings.

    Parameters
    ----------
    table
        One row per target, one column per rater, shape (n, k) with n, k ≥ 2. Rows with a missing rating are dropped.
    level
        Confidence level.

    Returns
    -------
    IccForms
        Each form with its F interval; ``n`` counts targets. Formulas: Shrout & Fleiss (1979), McGraw & Wong (1996).

    Raises
    ------
    DataError
        Fewer than two complete rows or two columns, or ratings without any error variance.

    Examples
    --------
    >>> round(icc([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]).icc3.value, 2)
    0.71
    """
    ratings = pd.DataFrame(np.asarray(table, dtype=float)).dropna().to_numpy()
    if min(ratings.shape) < 2:
        raise DataError(
            say(
                "A table of {rows} × {columns} complete ratings came. It takes 2 × 2 or more.",
                rows=ratings.shape[0],
                columns=ratings.shape[1],
            )
        )
    squares = _MeanSquares.of(ratings)
    if squares.error <= 0 or squares.between <= 0:
        raise DataError(say("The ratings do not vary, so there is no correlation between raters to estimate."))
    single = {"icc1": squares.form1(level), "icc2": squares.form2(level), "icc3": squares.form3(level)}
    averaged = {f"{name}k": tuple(_stepped_up(r, squares.k) for r in form) for name, form in single.items()}
    forms = {
        name: Estimate(value=value, n=squares.n, low=low, high=high, unit=UNIT, method=METHOD, level=level)
        for name, (value, low, high) in (single | averaged).items()
    }
    return IccForms(
        **forms,
        ms_between=squares.between,
        ms_within=squares.within,
        ms_raters=squares.raters,
        ms_error=squares.error,
    )


@dataclass(frozen=True)
class _MeanSquares:
    """Mean squares of a targets × raters table, and the single-rater forms that follow from them."""

    n: int
    k: int
    between: float
    within: float
    raters: float
    error: float

    @classmethod
    def of(cls, ratings: npt.NDArray[np.float64]) -> _MeanSquares:
        n, k = ratings.shape
        grand = ratings.mean()
        between = float(k * ((ratings.mean(axis=1) - grand) ** 2).sum())
        raters = float(n * ((ratings.mean(axis=0) - grand) ** 2).sum())
        within = float(((ratings - grand) ** 2).sum()) - between
        return cls(
            n, k, between / (n - 1), within / (n * (k - 1)), raters / (k - 1), (within - raters) / ((n - 1) * (k - 1))
        )

    def form1(self, level: float) -> tuple[float, float, float]:
        return self._from_f(self.between / self.within, self.n * (self.k - 1), level)

    def form3(self, level: float) -> tuple[float, float, float]:
        return self._from_f(self.between / self.error, (self.n - 1) * (self.k - 1), level)

    def _from_f(self, f: float, df2: int, level: float) -> tuple[float, float, float]:
        tail, df1 = (1 - level) / 2, self.n - 1
        low, high = f / f_of(1 - tail, df1, df2), f * f_of(1 - tail, df2, df1)
        value, lower, upper = ((ratio - 1) / (ratio + self.k - 1) for ratio in (f, low, high))
        return value, lower, upper

    def form2(self, level: float) -> tuple[float, float, float]:
        n, k, between, raters, error = self.n, self.k, self.between, self.raters, self.error
        value = (between - error) / (between + (k - 1) * error + k * (raters - error) / n)
        df = self._satterthwaite(value)
        upper = 1 - (1 - level) / 2
        f_low, f_high = f_of(upper, n - 1, df), f_of(upper, df, n - 1)
        noise = k * raters + (k * n - k - n) * error
        low = n * (between - f_low * error) / (f_low * noise + n * between)
        high = n * (f_high * between - error) / (noise + n * f_high * between)
        return value, low, high

    def _satterthwaite(self, value: float) -> float:
        n, k, f = self.n, self.k, self.raters / self.error
        a, b = k * value * f, n * (1 + (k - 1) * value) - k * value
        return float((k - 1) * (n - 1) * (a + b) ** 2 / ((n - 1) * a**2 + b**2))


def _stepped_up(r: float, k: int) -> float:
    return k * r / (1 + (k - 1) * r)


def _ratio(above: float, below: float) -> float | None:
    return above / below if below > 0 else None


def _there(group: Sequence[float]) -> npt.NDArray[np.float64]:
    numbers = as_floats(group)
    return numbers[~np.isnan(numbers)]
