"""One estimated number with its interval: what every measure returns."""

from __future__ import annotations

from dataclasses import dataclass, replace

LEVEL = 0.95
"""Confidence level of every interval unless a caller asks otherwise."""


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """A number, its confidence interval, its number of answers and the method that made it.

    Parameters
    ----------
    value
        The point estimate; None when there is nothing to estimate from.
    n
        Number of valid answers (not weighted).
    low, high
        Confidence limits; None where the method has none or too few answers came.
    unit
        ``points`` (NPS), ``share`` (0-1), ``scale`` (the question's own scale), ``count``, ``money``, ``years``, ``months``, ``ratio``.
    method
        Machine name of the interval's method, e.g. ``adjusted-wald``, ``wilson``, ``t``.
    level
        Confidence level of the interval.

    Examples
    --------
    >>> Estimate(value=25.0, n=20, low=-11.7, high=55.2, unit="points", method="adjusted-wald").n
    20
    """

    value: float | None
    n: int
    unit: str
    low: float | None = None
    high: float | None = None
    method: str = "none"
    level: float = LEVEL

    @property
    def known(self) -> bool:
        """Whether there is a value at all."""
        return self.value is not None

    def scaled(self, factor: float, unit: str) -> Estimate:
        """Return the estimate in another unit, e.g. a share as percentage points."""
        times = [None if part is None else part * factor for part in (self.value, self.low, self.high)]
        return replace(self, value=times[0], low=times[1], high=times[2], unit=unit)


def nothing(unit: str, method: str = "none") -> Estimate:
    """Return the estimate of an empty sample: no value, n = 0."""
    return Estimate(value=None, n=0, unit=unit, method=method)
