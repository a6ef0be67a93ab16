"""How long customers and staff stay: Kaplan-Meier curves, for those still there too."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kohtaamo_utils.errors import DataError, say
from kohtaamo_utils.measures.answers import Numbers, as_floats, z_of
from kohtaamo_utils.measures.estimate import LEVEL, Estimate, nothing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kohtaamo_utils.measures.answers import FloatArray

METHOD = "kaplan-meier-loglog"
ROUNDING = 1e-12


@dataclass(frozen=True, kw_only=True)
class SurvivalCurve:
    """Share still there after each length of time.

    Parameters
    ----------
    times
        The distinct lengths observed, ascending, endings and censorings alike.
    survival
        Share that stayed longer than each of them.
    low, high
        Pointwise limits (log-log); NaN where the share is 1 or 0.
    at_risk
        How many were still there just before each time.
    events
        How many ended at each time.
    n
        How many were observed at all.
    level
        Confidence level.

    Examples
    --------
    >>> kaplan_meier([3, 5, 5, 8], [1, 1, 0, 0]).at(6).value
    0.5
    """

    times: tuple[float, ...]
    survival: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    at_risk: tuple[int, ...]
    events: tuple[int, ...]
    n: int
    level: float = LEVEL

    def at(self, t: float) -> Estimate:
        """Estimate the share that stays longer than t.

        Parameters
        ----------
        t
            Time on the curve's own axis.

        Returns
        -------
        Estimate
            A share 0-1. No value beyond the longest observation unless everyone had ended; no interval at 1 and 0.
        """
        if self.n == 0:
            return nothing("share", METHOD)
        index = bisect_right(self.times, t) - 1
        if index < 0:
            return Estimate(value=1.0, n=self.n, unit="share", method=METHOD, level=self.level)
        beyond = t > self.times[-1] and self.survival[-1] > 0
        low, high = self.low[index], self.high[index]
        limits = (None, None) if beyond or np.isnan(low) else (low, high)
        return Estimate(
            value=None if beyond else self.survival[index],
            n=self.n,
            low=limits[0],
            high=limits[1],
            unit="share",
            method=METHOD,
            level=self.level,
        )

    def median(self) -> Estimate:
        """Estimate the time by which half have ended.

        Returns
        -------
        Estimate
            In months: the first time with survival of a half or less; its limits are where the curve's limits cross a
            half (Brookmeyer & Crowley, 1982). None for whatever the observation is too short to show.
        """
        if self.n == 0:
            return nothing("months", METHOD)
        return Estimate(
            value=self._first_at_half(self.survival),
            n=self.n,
            low=self._first_at_half(self.low),
            high=self._first_at_half(self.high),
            unit="months",
            method=METHOD,
            level=self.level,
        )

    def _first_at_half(self, curve: tuple[float, ...]) -> float | None:
        return next((time for time, share in zip(self.times, curve, strict=True) if share <= 0.5 + ROUNDING), None)


def kaplan_meier(
    durations: Numbers, events: Numbers, level: float = LEVEL, entries: Numbers | None = None
) -> SurvivalCurve:
    """Estimate how long they stay, from those who ended and those who are still there.

    S(t) = Π(1 - dᵢ/nᵢ); Greenwood's variance; limits S^exp(±z·se/ln S), which stay inside 0-1 (Kalbfleisch & Prentice).

    Parameters
    ----------
    durations
        Time observed of each, zero or more.
    events
        1 (true) where it ended then, 0 (false) where it was still going on. Rows with either missing are dropped.
    level
        Confidence level.
    entries
        Age of each at which it came under observation; it is at risk after that only (left truncation). None: from the
        beginning.

    Returns
    -------
    SurvivalCurve
        With empty tuples and ``n`` = 0 when nobody was observed.

    Raises
    ------
    DataError
        A duration is negative.

    Examples
    --------
    >>> kaplan_meier([3, 5, 5, 8], [1, 1, 0, 0]).survival
    (0.75, 0.5, 0.5)
    """
    lengths, ended, entered = _observed(durations, events, entries)
    times, at_risk, deaths = _life_table(lengths, ended, entered)
    survival = np.cumprod(1 - deaths / at_risk).astype(np.float64)
    low, high = _limits(survival, at_risk, deaths, z_of(level))
    return SurvivalCurve(
        times=tuple(times.tolist()),
        survival=tuple(survival.tolist()),
        low=tuple(low.tolist()),
        high=tuple(high.tolist()),
        at_risk=tuple(int(count) for count in at_risk),
        events=tuple(int(count) for count in deaths),
        n=len(lengths),
        level=level,
    )


@dataclass(frozen=True)
class LogRank:
    """The log-rank test of two or more curves.

    Parameters
    ----------
    chi2
        The statistic.
    df
        Its degrees of freedom: the number of groups less one.
    p
        Its p-value.
    """

    chi2: float
    df: int
    p: float


def logrank(
    durations: Numbers, events: Numbers, groups: Sequence[object], entries: Numbers | None = None
) -> LogRank | None:
    """Test whether groups stay equally long (Mantel's log-rank test).

    Parameters
    ----------
    durations, events, entries
        As for the curve.
    groups
        Each row's group.

    Returns
    -------
    LogRank or None
        None with fewer than two groups, or when nothing ended while two groups were still there.

    Examples
    --------
    >>> round(logrank([1, 2, 3, 4, 5, 6], [1, 1, 1, 1, 1, 1], ["a", "a", "a", "b", "b", "b"]).chi2, 3)
    5.052
    """
    from scipy.special import chdtrc

    lengths, ended = as_floats(durations), as_floats(events)
    entered = np.full_like(lengths, -np.inf) if entries is None else as_floats(entries)
    names = list(dict.fromkeys(groups))
    member = np.array([[group == name for name in names] for group in groups], dtype=float).reshape(-1, len(names))
    gaps, variance = np.zeros(len(names)), np.zeros((len(names), len(names)))
    for time in np.unique(lengths[ended == 1]):
        there = (lengths >= time) & (entered < time)
        risk, deaths = member[there].sum(axis=0), member[there & (lengths == time) & (ended == 1)].sum(axis=0)
        n, d = risk.sum(), deaths.sum()
        gaps += deaths - d * risk / n
        if n > 1:
            variance += d * (n - d) / (n - 1) * (np.diag(risk) / n - np.outer(risk, risk) / n**2)
    if len(names) < 2 or not variance.any():
        return None
    df = len(names) - 1
    chi2 = float(gaps @ np.linalg.pinv(variance) @ gaps)
    return LogRank(chi2, df, float(chdtrc(df, chi2)))


def _observed(
    durations: Numbers, events: Numbers, entries: Numbers | None
) -> tuple[FloatArray, FloatArray, FloatArray]:
    lengths, ended = as_floats(durations), as_floats(events)
    entered = np.full_like(lengths, -np.inf) if entries is None else as_floats(entries)
    there = ~np.isnan(lengths) & ~np.isnan(ended) & ~np.isnan(entered)
    if (lengths[there] < 0).any():
        raise DataError(
            say(
                "A duration of {value} came. Durations are zero or more: look at the start dates.",
                value=f"{lengths[there].min():g}",
            )
        )
    there &= entered < lengths
    return lengths[there], ended[there], entered[there]


def _life_table(
    lengths: FloatArray, ended: FloatArray, entered: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    times, row = np.unique(lengths, return_inverse=True)
    leaving = np.bincount(row, minlength=len(times)).astype(float)
    deaths = np.bincount(row, ended, minlength=len(times)).astype(float)
    still_to_come = len(entered) - np.searchsorted(np.sort(entered), times, side="left")
    at_risk = leaving[::-1].cumsum()[::-1] - still_to_come
    return times, at_risk.astype(np.float64), deaths.astype(np.float64)


def _limits(survival: FloatArray, at_risk: FloatArray, deaths: FloatArray, z: float) -> tuple[FloatArray, FloatArray]:
    inside = (survival > 0) & (survival < 1)
    alive = np.where(at_risk > deaths, at_risk - deaths, np.inf)
    greenwood = np.sqrt(np.cumsum(deaths / (at_risk * alive)))
    log = np.log(survival, out=np.full_like(survival, -1.0), where=inside)
    power = np.exp(z * greenwood / np.abs(log))
    low, high = np.exp(log * power), np.exp(log / power)
    return np.where(inside, low, np.nan), np.where(inside, high, np.nan)
