"""A business case answers scenarios, break-evens and swings consistently."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from roi_examples import BASELINES, drivers, effect, example, settings

from kohtaamo_utils.errors import MissingDataError, SettingsError
from kohtaamo_utils.roi.case import SCENARIOS, case
from kohtaamo_utils.roi.drivers import DRIVERS
from kohtaamo_utils.roi.drivers.basket import BasketBaseline
from kohtaamo_utils.roi.settings import RoiSettings

NAMES = tuple(DRIVERS)


@pytest.mark.parametrize("driver", NAMES)
def test_break_even_makes_the_npv_zero(driver):
    """Put back into the model, the break-even effect gives an NPV of zero."""
    found = example(driver)
    assert found.result(**{driver: found.break_even(driver)}).npv == pytest.approx(0, abs=1e-6)


def test_break_even_of_the_basket_by_hand():
    """Costs worth 19,973.70 / (200,000 x .30 x annuity 2.48685) = 13.386 % bigger baskets."""
    annuity = sum(1.1**-t for t in (1, 2, 3))
    expected = (15000 + 2000 * annuity) / (200_000 * 0.30 * annuity)
    assert example("basket").break_even("basket") == pytest.approx(expected)


def test_break_even_keeps_the_others_at_likely():
    """The others are at likely; where these pay already, the driver may even worsen: the effect is below zero."""
    found = example(costs={"initial": 100})
    assert found.break_even("basket") < 0
    assert found.result(basket=found.break_even("basket")).npv == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("driver", ["retention", "turnover"])
def test_no_break_even_where_nothing_possible_pays(driver):
    """Nobody keeps more than all customers or loses fewer than no staff: dear programmes have no break-even."""
    assert example(driver, costs={"initial": 1e9}).break_even(driver) is None


def test_no_break_even_without_anything_to_gain():
    """A driver that brings nothing at any effect has no break-even."""
    no_margin = case(settings("basket"), {"basket": BasketBaseline(revenue=0, margin_rate=0.3)})
    assert no_margin.break_even("basket") is None


@given(st.sampled_from(NAMES), st.floats(0, 0.2), st.floats(0, 0.2))
def test_a_bigger_effect_never_lowers_the_npv(driver, one, other):
    """NPV does not fall when any one effect grows."""
    found = example()
    small, large = sorted((one, other))
    assert found.result(**{driver: small}).npv <= found.result(**{driver: large}).npv + 1e-6


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_higher_costs_never_raise_the_npv(one, other):
    """NPV does not grow with the programme's price."""
    cheap, dear = sorted((one, other))
    assert example(costs={"initial": dear}).result().npv <= example(costs={"initial": cheap}).result().npv


@given(st.permutations(NAMES))
def test_order_of_drivers_does_not_matter(order):
    """Settings that list the drivers in another order give the same figures, draws included."""
    blocks = drivers()
    shuffled = RoiSettings.model_validate(
        {**{name: blocks[name] for name in order}, "costs": {"initial": 15000, "per_year": 2000}, "simulations": 1000}
    )
    straight = example(simulations=1000)
    assert case(shuffled, BASELINES).result() == straight.result()
    assert case(shuffled, BASELINES).simulate() == straight.simulate()


def test_scenarios_take_the_ends_the_likely_and_the_mean():
    """Low, likely and high are the range's; expected is (low + likely + high) / 3 of each."""
    found = example(basket={"margin_rate": 0.3, "effect": effect(0.0, 0.01, 0.05)})
    assert [found.result(name).effects["basket"] for name in SCENARIOS] == pytest.approx([0.0, 0.01, 0.05, 0.02])


def test_likely_is_what_is_asked_without_a_name():
    """Figures without a scenario use likely."""
    assert example().result() == example().result("likely")


def test_unknown_scenario():
    """An unknown scenario is refused, and the known ones are told."""
    with pytest.raises(SettingsError, match=r"no scenario 'best'.*low, likely, high, expected"):
        example().result("best")


def test_unknown_driver():
    """A driver that the case does not have is refused, and its drivers are told."""
    with pytest.raises(SettingsError, match=r"no driver 'basket'\. Expected: one of retention\."):
        example("retention").break_even("basket")


def test_a_driver_needs_its_baseline():
    """A driver of the settings whose baseline is missing is an error that names it."""
    with pytest.raises(MissingDataError, match="No baseline was measured for turnover"):
        case(settings("turnover"), {})


def test_no_payback_beyond_the_horizon():
    """A case whose undiscounted net stays below zero has no payback, not a large one."""
    assert example("basket").result().payback_years is None


def test_no_return_without_costs():
    """Without costs there is no return on them, while NPV and an immediate payback exist."""
    result = example("basket", costs={}).result()
    assert result.roi is None
    assert result.payback_years == 0
    assert result.npv == pytest.approx(result.pv_benefits)


def test_benefits_less_costs_is_the_net():
    """Each year's net is the sum of the drivers' benefits less that year's cost; year 0 has no benefits."""
    result = example().result()
    yearly = [0.0, *(sum(parts) for parts in zip(*result.benefits.values(), strict=True))]
    assert result.net == pytest.approx([benefit - cost for benefit, cost in zip(yearly, result.costs, strict=True)])


def test_tornado_sorts_by_swing():
    """Each bar is the NPV at the driver's low and high with the others at likely, the widest first."""
    found = example()
    bars = found.tornado()
    assert [bar.name for bar in bars] == ["turnover", "retention", "basket"]
    assert bars[0].npv_high == found.result(turnover=0.20).npv
    assert bars[0].npv_low == found.result(turnover=0.0).npv
    assert [bar.width for bar in bars] == sorted((bar.width for bar in bars), reverse=True)


def test_widgets_move_the_likely_effect():
    """A moved effect gives what the same override gives, and leaves the case that it came from as it was."""
    found = example()
    moved = found.with_effects(retention=0.05)
    assert moved.result() == found.result(retention=0.05)
    assert found.result().effects["retention"] == 0.03


def test_moving_an_effect_out_of_its_range_widens_it():
    """A range always holds its likely value, so the simulation can still draw from it."""
    assert example().with_effects(basket=0.10).effects["basket"].high == 0.10


@given(rate=st.floats(0.0, 1.0), horizon=st.integers(1, 8))
def test_an_effect_of_nothing_is_worth_exactly_nothing(rate, horizon):
    """Without an effect no customer is kept, to the last digit: a remainder of rounding over costs of zero would be infinite."""
    found = example("retention", horizon_years=horizon)
    values = found.model.values({**found.inputs, "retention_rate": rate, "effect_retention": 0.0})
    assert {float(values[f"extra_customers_{t}"]) for t in range(1, horizon + 1)} == {0.0}
