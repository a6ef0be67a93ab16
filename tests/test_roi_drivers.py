"""Each benefit driver gives its worked example, and says what it needs."""

from __future__ import annotations

import pytest
from roi_examples import BASELINES, LEAVER, example

from kohtaamo_utils.roi.costs import Costs
from kohtaamo_utils.roi.credit import credit_inputs
from kohtaamo_utils.roi.drivers import DRIVERS
from kohtaamo_utils.roi.leaver_cost import COMPONENTS, LeaverCost
from kohtaamo_utils.roi.model import model


def test_extra_customers_of_a_closed_cohort():
    """1000 customers, retention .80 -> .83: 1000 x (.83^t - .80^t) = 30, 48.9 and 59.787 more."""
    values = example("retention").values({"retention": 0.03})
    assert [float(values[f"extra_customers_{t}"]) for t in (1, 2, 3)] == pytest.approx([30, 48.9, 59.787])


def test_retention_cash_and_present_value():
    """At a margin of 200 they bring 6,000, 9,780 and 11,957.40; at 10 % worth 22,520.96 now."""
    result = example("retention").result()
    assert result.benefits["retention"] == pytest.approx((6000, 9780, 11957.40))
    assert round(result.pv_benefits, 2) == 22520.96


def test_retention_case_to_the_end():
    """Against 15,000 + 2,000 a year: PV of costs 19,973.70, NPV 2,547.26, ROI 12.753 %, payback 2.32338 years."""
    result = example("retention").result()
    assert round(result.pv_costs, 2) == 19973.70
    assert round(result.npv, 2) == 2547.26
    assert round(100 * result.roi, 3) == 12.753
    assert round(result.payback_years, 5) == 2.32338
    assert result.net == pytest.approx((-15000, 4000, 7780, 9957.40))


MULTIPLES = {
    0.10: (1.20, 1.75, 2.67, 4.50), 0.12: (1.15, 1.67, 2.50, 4.09),
    0.14: (1.11, 1.59, 2.35, 3.75), 0.16: (1.07, 1.52, 2.22, 3.46),
}  # fmt: skip
"""Gupta & Lehmann's margin multiples r / (1 + i - r) by discount rate, for retention of 60, 70, 80 and 90 %."""


def long_run_value(retained: float, rate: float) -> float:
    """Return what the model gives for one customer with a margin of one, from no retention to this one, over 90 years."""
    inputs = {**Costs().inputs(), "discount_rate": rate, "retention_rate": 0, "customers": 1, "margin_per_customer": 1}
    inputs |= {part.name: 1.0 for part in credit_inputs("retention", 90)}
    return float(model(("retention",), 90).values({**inputs, "effect_retention": retained})["pv_benefits"])


@pytest.mark.parametrize("rate", MULTIPLES)
def test_long_run_value_of_a_customer(rate):
    """In the long run a customer is worth r / (1 + i - r) margins: the whole of Gupta & Lehmann's table."""
    found = tuple(round(long_run_value(retained, rate), 2) for retained in (0.60, 0.70, 0.80, 0.90))
    assert found == MULTIPLES[rate]


@pytest.mark.parametrize(("before", "growth"), [(0.60, 20.37), (0.70, 22.45), (0.80, 27.50), (0.90, 40.74)])
def test_five_points_more_retention(before, growth):
    """Five points more raise the value of a customer by 20 to 41 % at 10 %, not by the 25 to 95 % that are often told."""
    found = long_run_value(before + 0.05, 0.10) / long_run_value(before, 0.10) - 1
    assert round(100 * found, 2) == growth


def test_return_of_the_usual_example():
    """Benefits of 240 for costs of 80 are a return of 200 % (benefits by costs: 3.0)."""
    found = example("basket", discount_rate=0.0, costs={"initial": 80}).result(revenue=80 / 0.3, basket=1.0)
    assert (found.pv_benefits, found.roi) == (pytest.approx(240), pytest.approx(2.0))
    assert found.pv_benefits / found.pv_costs == pytest.approx(3.0)


def test_retention_cannot_pass_one_hundred_percent():
    """An effect beyond 100 % retention gives what keeping everybody gives."""
    case = example("retention")
    assert case.result(retention=0.5).benefits == case.result(retention=0.2).benefits


def test_cost_of_a_leaver_by_component():
    """3,000 a month x 12.5 / 12 x 1.21 = 3,781.25 loaded; 210 + 3,554.375 + 2,700 + 1,900 + 6,806.25 = 15,170.625."""
    cost = LeaverCost(LEAVER, 3000, 0.21, 12.5)
    assert cost.monthly_loaded_pay == 3781.25
    assert list(cost.components.values()) == pytest.approx([210, 3554.375, 2700, 1900, 6806.25])
    assert cost.total == pytest.approx(15170.625)
    assert list(cost.components) == list(COMPONENTS)


def test_leaver_cost_stands_inside_the_model_too():
    """The case computes the cost of a leaver from the same steps, so that a workbook can show them live."""
    values = example("turnover").values({"turnover": 0.10})
    assert float(values["turnover_cost_per_leaver"]) == pytest.approx(15170.625)


def test_leavers_avoided():
    """10 of 102.5 left; a tenth fewer is one leaver a year, so each year brings the cost of one."""
    assert example("turnover").result().benefits["turnover"] == pytest.approx((15170.625,) * 3)


def test_bigger_baskets():
    """200,000 revenue x 1 % x margin 30 % = 600 each year."""
    assert example("basket").result().benefits["basket"] == pytest.approx((600.0,) * 3)


def test_one_euro_is_counted_once():
    """Together the drivers bring the sum of what each brings alone: no driver is valued on another's gain."""
    alone = {name: example(name).result().benefits[name] for name in DRIVERS}
    assert example().result().benefits == alone


@pytest.mark.parametrize("name", DRIVERS)
def test_baseline_gives_every_input_of_its_driver(name):
    """A driver's baseline gives exactly the inputs that its steps need."""
    given = BASELINES[name].inputs()
    assert set(given) == {part.name for part in DRIVERS[name].inputs}


@pytest.mark.parametrize("name", DRIVERS)
def test_driver_gives_a_benefit_for_each_year(name):
    """A driver's steps hold its benefit for each year of the horizon, and are marked as its own."""
    steps = DRIVERS[name].steps(4)
    assert {f"gross_{name}_{t}" for t in range(1, 5)} <= {step.name for step in steps}
    assert {step.driver for step in steps} == {name}
