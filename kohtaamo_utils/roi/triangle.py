"""The triangular distribution of an assumption: low, likely, high."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kohtaamo_utils.errors import SettingsError, say

if TYPE_CHECKING:
    from kohtaamo_utils.roi.steps import FloatArray


@dataclass(frozen=True)
class Triangle:
    """An assumption as a range.

    Parameters
    ----------
    low, likely, high
        Smallest, most likely and largest value; they may be equal.

    Raises
    ------
    SettingsError
        The three decrease somewhere.

    Examples
    --------
    >>> round(Triangle(80, 100, 110).mean, 4)
    96.6667
    """

    low: float
    likely: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.likely <= self.high:
            raise SettingsError(
                say(
                    "The range low {low}, likely {likely}, high {high} decreases. Expected: low <= likely <= high. Put the three in order.",
                    low=str(self.low),
                    likely=str(self.likely),
                    high=str(self.high),
                )
            )

    @property
    def mean(self) -> float:
        """Mean of the distribution, (low + likely + high) / 3."""
        return (self.low + self.likely + self.high) / 3

    def quantile(self, share: FloatArray) -> FloatArray:
        """Return the values below which these shares of the distribution lie.

        Parameters
        ----------
        share
            Shares from 0 to 1, any shape.

        Examples
        --------
        >>> Triangle(80, 100, 110).quantile(np.array([0.05, 0.5, 0.95])).round(5)
        array([ 85.47723,  97.32051, 106.12702])
        """
        width, rise, fall = self.high - self.low, self.likely - self.low, self.high - self.likely
        rising = self.low + np.sqrt(share * width * rise)
        falling = self.high - np.sqrt((1 - share) * width * fall)
        return np.where(share * width < rise, rising, falling)

    def moved(self, value: float) -> Triangle:
        """Return the range with another likely value, widened when the value lies outside it.

        Examples
        --------
        >>> Triangle(0.0, 0.1, 0.2).moved(0.25)
        Triangle(low=0.0, likely=0.25, high=0.25)
        """
        return Triangle(min(self.low, value), value, max(self.high, value))
