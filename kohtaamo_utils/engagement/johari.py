"""The block ``review_360.johari`` of ``engagement.yaml``: from which gap and which mean on the quadrants are named."""

from __future__ import annotations

from pydantic import Field

from kohtaamo_utils.engagement.strict import Strict
from kohtaamo_utils.errors import say

ABOVE_MIDDLE = 0.5
"""Scale points above the scale's middle from which a mean counts as high, unless the settings say otherwise."""


class Johari(Strict):
    """When one's own view and the others' differ, and when the others' mean is high, in scale points.

    Examples
    --------
    >>> Johari().cut((1, 5)), Johari(high=4).cut((1, 5))
    (3.5, 4.0)
    """

    gap: float = Field(
        default=0.5, gt=0, allow_inf_nan=False, description="smallest gap that makes a blind spot or a hidden strength"
    )
    high: float | None = Field(
        default=None,
        allow_inf_nan=False,
        description="lowest mean of the others that is high; null: half a point above the scale's middle",
    )

    def cut(self, scale: tuple[int, int]) -> float:
        """Return the lowest mean of the others that counts as high."""
        return (scale[0] + scale[1]) / 2 + ABOVE_MIDDLE if self.high is None else self.high

    def check(self, scale: tuple[int, int]) -> None:
        """Refuse a rule by which nothing on the scale could be told apart.

        Raises
        ------
        ValueError
            The gap is as long as the scale or longer, or the high mean is not between the scale's ends.
        """
        low, high = scale
        if self.gap >= high - low:
            raise ValueError(
                say(
                    "johari: the gap {gap} is too large for the scale {low}-{high}; give less than {length}.",
                    gap=f"{self.gap:g}",
                    low=low,
                    high=high,
                    length=high - low,
                )
            )
        if self.high is not None and not low < self.high < high:
            raise ValueError(
                say(
                    "johari: high {value} must lie between the ends of the scale, {low} and {high}.",
                    value=f"{self.high:g}",
                    low=low,
                    high=high,
                )
            )
