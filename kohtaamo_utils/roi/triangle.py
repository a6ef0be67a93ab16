"""The distributions of an assumption: low, likely, high as a triangle or as a PERT curve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from kohtaamo_utils.errors import SettingsError, say

if TYPE_CHECKING:
    from kohtaamo_utils.roi.blocks import Shape
    from kohtaamo_utils.roi.steps import FloatArray

PERT_WEIGHT = 4
"""How many times the likely value weighs against an end in PERT's mean."""

SMALLEST = 2.0**-64
"""Shares below this count as zero: the inverse of the beta distribution has no value for the very smallest."""


@dataclass(frozen=True)
class Triangle:
    """An assumption as a range whose chances rise to the likely value and fall again, both in straight lines.

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
        >>> import numpy as np
        >>> Triangle(80, 100, 110).quantile(np.array([0.05, 0.5, 0.95])).round(5)
        array([ 85.47723,  97.32051, 106.12702])
        """
        import numpy as np

        width, rise, fall = self.high - self.low, self.likely - self.low, self.high - self.likely
        rising = share * width < rise
        root = np.sqrt(np.where(rising, share * (width * rise), (1 - share) * (width * fall)))
        return np.where(rising, self.low + root, self.high - root)

    def moved(self, value: float) -> Self:
        """Return the range with another likely value, widened when the value lies outside it.

        Examples
        --------
        >>> Triangle(0.0, 0.1, 0.2).moved(0.25)
        Triangle(low=0.0, likely=0.25, high=0.25)
        """
        return type(self)(min(self.low, value), value, max(self.high, value))


@dataclass(frozen=True)
class Pert(Triangle):
    """An assumption as a smooth range that trusts the likely value more and the ends less: a scaled beta distribution.

    Its shape is 1 + 4 (likely - low) / width and 1 + 4 (high - likely) / width, as in the PERT of project planning.

    Examples
    --------
    >>> round(Pert(80, 100, 110).mean, 4)
    98.3333
    """

    @property
    def mean(self) -> float:
        """Mean of the distribution, (low + 4 likely + high) / 6."""
        return (self.low + PERT_WEIGHT * self.likely + self.high) / (PERT_WEIGHT + 2)

    def quantile(self, share: FloatArray) -> FloatArray:
        """Return the values below which these shares of the distribution lie.

        Parameters
        ----------
        share
            Shares from 0 to 1, any shape.

        Examples
        --------
        >>> import numpy as np
        >>> Pert(0, 0.5, 1).quantile(np.array([0.0, 0.5, 1.0])).round(6)
        array([0. , 0.5, 1. ])
        """
        import numpy as np
        from scipy.special import betaincinv

        width = self.high - self.low
        if not width:
            return np.full(np.shape(share), self.low)
        share = np.where(share < SMALLEST, 0.0, share)
        rise, fall = ((part - self.low) / width for part in (self.likely, self.low + self.high - self.likely))
        return np.asarray(self.low + width * betaincinv(1 + PERT_WEIGHT * rise, 1 + PERT_WEIGHT * fall, share))


def distribution(shape: Shape, low: float, likely: float, high: float) -> Triangle:
    """Return the distribution of a range in the settings' words.

    Examples
    --------
    >>> distribution("pert", 0, 1, 2)
    Pert(low=0, likely=1, high=2)
    """
    return (Pert if shape == "pert" else Triangle)(low, likely, high)
