"""How a mean is printed: one decimal, or a band where it lies within half a point of its scale's end."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Literal

from kohtaamo_utils.disclosure.publication import Band

End = Literal["low", "high"]
WIDTH = Fraction(1, 2)
_HALF_STEP = Fraction(1, 20)


def printed(value: Fraction) -> float:
    """Return a value rounded to one decimal, halves away from zero, as a Finnish reader rounds.

    Examples
    --------
    >>> printed(Fraction(29, 8)), printed(Fraction(13, 4)), printed(Fraction(-5, 4))
    (3.6, 3.3, -1.3)
    """
    tenths = floor(abs(value) * 10 + Fraction(1, 2))
    return (tenths if value >= 0 else -tenths) / 10


@dataclass(frozen=True)
class Scale:
    """The scale of the answers, and the zones at its ends where a protected mean is shown as a band.

    Examples
    --------
    >>> Scale(1, 5).zone(Fraction("4.45")), Scale(1, 5).zone(Fraction("4.4")), Scale(1, 5).zone(Fraction("1.5"))
    ('high', None, 'low')
    """

    low: int
    high: int

    @property
    def inner(self) -> tuple[Fraction, Fraction]:
        """Bounds of the means outside the zones: a mean that would print as the band's limit is in the zone."""
        edge = WIDTH + _HALF_STEP
        return self.low + edge, self.high - edge

    @property
    def end_share(self) -> Fraction:
        """How much of the scale a zone takes."""
        return (self.high - self.inner[1]) / (self.high - self.low)

    def zone(self, mean: Fraction) -> End | None:
        """Return the end that a mean is too near to, or None; the nearer end where the scale is short."""
        inner_low, inner_high = self.inner
        near_low, near_high = mean < inner_low, mean >= inner_high
        if near_low and near_high:
            return "low" if mean - self.low < self.high - mean else "high"
        return "low" if near_low else "high" if near_high else None

    def band(self, end: End) -> Band:
        """Return what is printed of a mean in the zone."""
        return Band(end, float(self.low + WIDTH if end == "low" else self.high - WIDTH))

    def bounds(self, end: End | None) -> tuple[Fraction, Fraction]:
        """Return the smallest and largest mean in a zone, or outside the zones for None."""
        inner_low, inner_high = self.inner
        if end == "low":
            return Fraction(self.low), inner_low
        return (inner_high, Fraction(self.high)) if end == "high" else (inner_low, inner_high)

    def middle(self, band: Band) -> Fraction:
        """Return the middle of a band: the best guess of a mean of which only the band is known.

        Examples
        --------
        >>> Scale(1, 5).middle(Band("high", 4.5))
        Fraction(19, 4)
        """
        end = Fraction(self.low if band.end == "low" else self.high)
        return (Fraction(str(band.limit)) + end) / 2
