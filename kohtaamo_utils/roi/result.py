"""What a business case answers: the money of one set of effects, and how far each driver moves it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Scenario = Literal["low", "likely", "high", "expected"]
SCENARIOS: tuple[Scenario, ...] = get_args(Scenario)
"""Effects all low, all likely, all high, or each at the mean of its range."""


@dataclass(frozen=True)
class RoiResult:
    """What one set of effects gives.

    Parameters
    ----------
    effects
        Effect by driver, in the driver's own unit.
    benefits
        Benefit by driver for years 1 to the horizon; money, undiscounted.
    costs, net
        For years 0 to the horizon; money, undiscounted.
    npv, pv_benefits, pv_costs
        Present values; money.
    roi
        (PV of benefits - PV of costs) / PV of costs; 3.29 is 329 %. None without costs.
    payback_years
        Years until the undiscounted net has covered the costs, linear within the year; None when beyond the horizon.
    interaction
        For years 1 to the horizon, what effects bring only together; money that is in no other figure. Empty where no
        driver multiplies another.
    """

    effects: dict[str, float]
    benefits: dict[str, tuple[float, ...]]
    costs: tuple[float, ...]
    net: tuple[float, ...]
    npv: float
    roi: float | None
    payback_years: float | None
    pv_benefits: float
    pv_costs: float
    interaction: tuple[float, ...] = ()


@dataclass(frozen=True)
class Swing:
    """How far one assumption alone moves the NPV, the others at likely: one bar of a tornado.

    Parameters
    ----------
    name
        The assumption that moves: a driver, for its effect, or an input of the model.
    npv_low, npv_high
        NPV with it at low and at high.
    """

    name: str
    npv_low: float
    npv_high: float

    @property
    def width(self) -> float:
        """Length of the bar."""
        return abs(self.npv_high - self.npv_low)
