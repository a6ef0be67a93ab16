"""The difference between two independent groups: what every comparison returns."""

from __future__ import annotations

from dataclasses import dataclass

from kohtaamo_utils.measures.estimate import LEVEL


@dataclass(frozen=True, kw_only=True)
class Difference:
    """First group minus second, with an interval and a test.

    Parameters
    ----------
    value
        The gap; None when one of the groups has no valid answer.
    low, high
        Confidence limits, unadjusted for other comparisons; None where they cannot be had.
    p
        Two-sided p-value, unadjusted; None where no test is possible.
    unit
        Unit of both groups' estimates.
    method
        Machine name of the interval's method.
    n1, n2
        Numbers of valid answers.
    level
        Confidence level of the interval.

    Examples
    --------
    >>> Difference(value=12.0, low=-3.3, high=27.3, p=0.12, unit="points", method="wald", n1=200, n2=220).n2
    220
    """

    value: float | None
    unit: str
    method: str
    n1: int
    n2: int
    low: float | None = None
    high: float | None = None
    p: float | None = None
    level: float = LEVEL

    @property
    def known(self) -> bool:
        """Whether there is a value at all."""
        return self.value is not None
