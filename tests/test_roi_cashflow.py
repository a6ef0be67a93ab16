"""The valuation reproduces published cash-flow tables to their printed digits."""

from __future__ import annotations

import math

import pytest

from kohtaamo_utils.roi.cashflow import DISCOUNT_RATE, valuation_steps
from kohtaamo_utils.roi.costs import COST_INPUTS, Costs, Yearly, cost_steps
from kohtaamo_utils.roi.steps import Input, Model


def appraise(rate: float, costs: list[float], benefits: list[float]) -> dict[str, float]:
    """Put a table of yearly costs (from year 0) and benefits (from year 1) through the valuation steps."""
    horizon = len(benefits)
    given = {"discount_rate": rate, **{f"cost_{t}": cost for t, cost in enumerate(costs)}}
    given |= {f"benefit_table_{t}": benefit for t, benefit in enumerate(benefits, start=1)}
    names = [name for name in given if name != "discount_rate"]
    model = Model((DISCOUNT_RATE, *(Input(name, "money") for name in names)), valuation_steps(horizon, ["table"]))
    return {name: float(value) for name, value in model.values(given).items()}


@pytest.fixture(scope="module")
def salesloft() -> dict[str, float]:
    """Cash flows of Forrester's Total Economic Impact study of SalesLoft (2020), 10 %."""
    return appraise(0.10, [53_150, 666_715, 636_772, 647_783], [1_606_511, 3_061_331, 4_229_760])


def test_present_values_of_a_published_study(salesloft):
    """Forrester 2020 prints PV of costs 1,672,201, of benefits 7,168,371 and NPV 5,496,170 (rounded inputs)."""
    assert salesloft["pv_costs"] == pytest.approx(1_672_201, abs=1)
    assert salesloft["pv_benefits"] == pytest.approx(7_168_371, abs=1)
    assert salesloft["npv"] == pytest.approx(5_496_170, abs=1)


def test_return_of_a_published_study(salesloft):
    """Forrester 2020 prints an ROI of 329 %."""
    assert round(salesloft["roi"], 5) == 3.28679
    assert round(100 * salesloft["roi"]) == 329


def test_payback_of_a_published_study(salesloft):
    """Forrester 2020 prints a payback below six months; linear within year 1 it is 53,150 / 939,796 years."""
    assert salesloft["payback_years"] == pytest.approx(53_150 / 939_796)
    assert round(salesloft["payback_years"], 4) == 0.0566


def test_year_zero_is_not_discounted():
    """Excel's documentation of NPV: -40,000 now, then 8,000 ... 14,500 at year end at 8 % gives 1,922.06."""
    result = appraise(0.08, [40_000, 0, 0, 0, 0, 0], [8_000, 9_200, 10_000, 12_000, 14_500])
    assert round(result["npv"], 2) == 1922.06


def test_payback_beyond_the_horizon_does_not_exist():
    """When the undiscounted net never covers the costs there is no payback."""
    assert math.isnan(appraise(0.10, [100, 0, 0], [40, 40])["payback_years"])


def test_payback_at_once_is_zero():
    """Without costs before the benefits the programme has paid from the start."""
    assert appraise(0.10, [0, 10], [40])["payback_years"] == 0


def test_payback_is_the_last_time_the_sum_turns_positive():
    """A sum that falls below zero again is not paid back yet: -10, 10, -10, 10 turns for good in mid-year 3."""
    assert appraise(0.10, [10, 0, 20, 0], [20, 0, 20])["payback_years"] == pytest.approx(2.5)


def test_payback_on_the_last_day_counts():
    """A sum that reaches zero at the very horizon is paid back then."""
    assert appraise(0.10, [100, 0, 0], [50, 50])["payback_years"] == 2


def test_programme_costs_add_paid_and_own_hours():
    """Year 0 is initial + hours x hourly cost, later years likewise: 40,000 + 200 x 45 and 12,000 + 60 x 45."""
    hours = Yearly(initial=200, per_year=60)
    inputs = Costs(initial=40_000, per_year=12_000, internal_hours=hours, hourly_cost=45).inputs()
    values = Model(COST_INPUTS, cost_steps(2)).values(inputs)
    assert [float(values[f"cost_{t}"]) for t in range(3)] == [49_000, 14_700, 14_700]
