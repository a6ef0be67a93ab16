"""How far an assumption may be moved: the ends and the step of its slider, in the notebook and in the page alike."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kohtaamo_utils.roi.steps import Input
    from kohtaamo_utils.roi.triangle import Triangle

TENTH = 0.001
"""A tenth of a per cent: the largest step of a slider, and the narrowest range that one is made for."""
DIGITS = 10
"""Decimals that are kept when shares become per cents and back, so that 3 % is 0.03 and not 0.030000000000000002."""


@dataclass(frozen=True)
class Reach:
    """How far a slider goes.

    Parameters
    ----------
    low, high
        Its ends; shares.
    step
        What one press of an arrow key moves; a share.
    """

    low: float
    high: float
    step: float

    @property
    def decimals(self) -> int:
        """Decimals that a per cent needs to show a step.

        Examples
        --------
        >>> Reach(0, 0.01, 0.0001).decimals
        2
        """
        return max(1, round(-math.log10(self.step)) - 2)


def reach(effect: Triangle, possible: tuple[float, float]) -> Reach:
    """Return how far an effect's slider goes: half of its range beyond each end, and over zero.

    Parameters
    ----------
    effect
        What the report assumes; shares.
    possible
        Smallest and largest effect that can be at all; the slider stays inside, unless the report itself does not.

    Examples
    --------
    >>> from kohtaamo_utils.roi.triangle import Triangle
    >>> reach(Triangle(0.01, 0.02, 0.04), (-0.8, 0.05))
    Reach(low=-0.005, high=0.05, step=0.001)
    """
    spread = max(effect.high - effect.low or abs(effect.likely), TENTH)
    step = min(TENTH, 10.0 ** math.floor(math.log10(spread / 20)))
    low = math.floor(round(min(0.0, effect.low - spread / 2) / step, 6)) * step
    high = math.ceil(round(max(0.0, effect.high + spread / 2) / step, 6)) * step
    return Reach(
        low=min(effect.low, max(possible[0], round(low, DIGITS))),
        high=max(effect.high, min(possible[1], round(high, DIGITS))),
        step=step,
    )


USUAL_RATES = (0.0, 0.30)
"""Ends of the discount rate's slider, unless the settings go further."""

_EMPTY = {"share": 1.0, "money": 10_000.0, "money_per_hour": 100.0, "count": 100.0, "months": 12.0, "hours": 500.0}
"""How far a slider goes whose assumption is zero; by unit."""


def reach_of(part: Input, value: float, spread: Triangle | None = None) -> Reach:
    """Return how far a starting point's or a cost's slider goes: from nothing to at least twice its value.

    A share that is not above 1 stays there; the discount rate has its usual ends; a range of the input is held whole.

    Parameters
    ----------
    part
        The model's input.
    value
        What the case has.
    spread
        Range of the input, if it is uncertain.

    Examples
    --------
    >>> from kohtaamo_utils.roi.steps import Input
    >>> reach_of(Input("recruiting", "money"), 2700), reach_of(Input("retention_rate", "share"), 0.8)
    (Reach(low=0.0, high=6000.0, step=10.0), Reach(low=0.0, high=1.0, step=0.001))
    """
    if spread is not None:
        alone = reach_of(part, value)
        return Reach(min(alone.low, spread.low), max(alone.high, spread.high), alone.step)
    if part.name == "discount_rate":
        return Reach(min(value, USUAL_RATES[0]), max(value, USUAL_RATES[1]), TENTH)
    far = 2 * abs(value) or _EMPTY.get(part.unit, 10.0)
    size = 10.0 ** math.floor(math.log10(far))
    end = round(math.ceil(round(far / size, 9)) * size, DIGITS)
    if part.unit == "share" and abs(value) <= 1:
        end = min(end, 1.0)
    whole = part.unit in {"money", "count", "hours"}
    step = TENTH if part.unit == "share" else max(size / 100, 1.0 if whole else 0.1)
    return Reach(-end if value < 0 else 0.0, max(end, value), round(min(step, end / 10), DIGITS))
