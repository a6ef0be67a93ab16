"""Small business cases that several ROI tests share; their figures are worked out by hand in the tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kohtaamo_utils.roi.case import RoiCase, case
from kohtaamo_utils.roi.drivers.basket import BasketBaseline
from kohtaamo_utils.roi.drivers.retention import RetentionBaseline
from kohtaamo_utils.roi.drivers.turnover import TurnoverBaseline
from kohtaamo_utils.roi.leaver_cost import LeaverCost, TurnoverCost
from kohtaamo_utils.roi.settings import RoiSettings

if TYPE_CHECKING:
    from kohtaamo_utils.roi.drivers.driver import DriverBaseline

COSTS = {"initial": 15000, "per_year": 2000}
LEAVER = TurnoverCost.model_validate(
    {
        "separation": 210,
        "vacancy": {"months": 2, "share": 0.47},
        "recruiting": 2700,
        "onboarding": 1900,
        "ramp_up": {"months": 6, "share": 0.30},
        "side_cost_rate": 0.21,
        "months_per_year": 12.5,
    }
)
BASELINES: dict[str, DriverBaseline] = {
    "retention": RetentionBaseline(annual_rate=0.80, customers=1000, margin_per_customer=200),
    "turnover": TurnoverBaseline(headcount=102.5, annual_rate=10 / 102.5, cost=LeaverCost(LEAVER, 3000, 0.21, 12.5)),
    "basket": BasketBaseline(revenue=200_000, margin_rate=0.30),
}


def effect(low: float, likely: float, high: float, unit: str = "relative") -> dict[str, Any]:
    """Return an assumed effect as the settings write it."""
    return {"low": low, "likely": likely, "high": high, "unit": unit, "source": "pilot 2025", "grade": "B"}


def drivers() -> dict[str, Any]:
    """Return all three drivers as the settings write them."""
    return {
        "retention": {
            "source": "customers",
            "margin_per_customer": 200,
            "effect": effect(0.0, 0.03, 0.06, unit="points"),
        },
        "turnover": {"cost": LEAVER.model_dump(), "effect": effect(0.0, 0.10, 0.20)},
        "basket": {"margin_rate": 0.30, "effect": effect(0.0, 0.01, 0.02)},
    }


def settings(*names: str, **changes: Any) -> RoiSettings:
    """Return the settings of a case over three years at 10 %, with the drivers named (all three if none is)."""
    chosen = {name: block for name, block in drivers().items() if not names or name in names}
    return RoiSettings.model_validate({"costs": COSTS, "simulations": 40_000, **chosen, **changes})


def example(*names: str, **changes: Any) -> RoiCase:
    """Return the business case of `settings` on the hand-made baselines."""
    return case(settings(*names, **changes), BASELINES)
