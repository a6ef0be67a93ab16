"""Ranges of any assumption, their shapes, the parts of the uncertainty, saved scenarios."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from roi_examples import drivers, effect, example

from kohtaamo_utils.errors import SettingsError
from kohtaamo_utils.roi.drivers import DRIVERS
from kohtaamo_utils.roi.percentiles import FEW, percentile
from kohtaamo_utils.roi.sensitivity import sobol
from kohtaamo_utils.roi.settings import RoiSettings
from kohtaamo_utils.roi.triangle import Pert, Triangle

RANGES = {
    "cost_initial": {"low": 12_000, "high": 20_000},
    "discount_rate": {"low": 0.05, "high": 0.15, "shape": "pert"},
    "margin_per_customer": {"low": 150, "high": 240},
    "side_cost_rate": {"low": 0.20, "high": 0.25},
    "attribution_basket": {"low": 0.5, "high": 1.0},
}


# ---------------------------------------------------------------- shapes


def test_pert_mean_and_spread():
    """PERT (80, 100, 110): mean (80 + 400 + 110) / 6 = 98.333; as a beta on 30 its variance is 18.3333 x 11.6667 / 7."""
    pert = Pert(80, 100, 110)
    assert pert.mean == pytest.approx(98.3333, abs=5e-5)
    shares = (np.arange(200_000) + 0.5) / 200_000
    drawn = pert.quantile(shares)
    assert drawn.mean() == pytest.approx(pert.mean, abs=1e-4)
    assert drawn.var() == pytest.approx((pert.mean - 80) * (110 - pert.mean) / 7, rel=1e-4)


def test_symmetric_pert_is_the_cubic_beta():
    """PERT (0, .5, 1) is Beta(3, 3), whose distribution is 10 x^3 - 15 x^4 + 6 x^5."""
    x = Pert(0, 0.5, 1).quantile(np.array([0.05, 0.3, 0.9]))
    assert 10 * x**3 - 15 * x**4 + 6 * x**5 == pytest.approx([0.05, 0.3, 0.9], abs=1e-12)


@given(st.lists(st.floats(-10, 10), min_size=3, max_size=3).map(sorted), st.floats(0, 1))
def test_pert_stays_in_its_range(corners, share):
    """No draw leaves the range, also when it is a point or its likely value is an end."""
    value = float(Pert(*corners).quantile(np.array([share]))[0])
    assert corners[0] - 1e-9 <= value <= corners[2] + 1e-9


def test_shape_changes_the_expected_scenario():
    """Expected is the mean of the shape: (0 + 4 x .01 + .05) / 6 for PERT, (0 + .01 + .05) / 3 for the triangle."""
    basket = {"margin_rate": 0.3, "effect": {**effect(0.0, 0.01, 0.05), "shape": "pert"}}
    assert example("basket", basket=basket).result("expected").effects["basket"] == pytest.approx(0.015)
    basket["effect"]["shape"] = "triangular"
    assert example("basket", basket=basket).result("expected").effects["basket"] == pytest.approx(0.02)


def test_an_unknown_shape_is_refused():
    """A shape is triangular or pert."""
    with pytest.raises(ValidationError, match="'triangular' or 'pert'"):
        example("basket", basket={"margin_rate": 0.3, "effect": {**effect(0, 0.01, 0.02), "shape": "normal"}})


# ---------------------------------------------------------------- ranges of other inputs


def test_tornado_has_every_uncertain_assumption():
    """The tornado has a bar for each effect and for each other range, the widest first."""
    bars = example(ranges=RANGES).tornado()
    assert {bar.name for bar in bars} == {*DRIVERS, *RANGES}
    assert [bar.width for bar in bars] == sorted((bar.width for bar in bars), reverse=True)
    costs = next(bar for bar in bars if bar.name == "cost_initial")
    assert costs.npv_low - costs.npv_high == pytest.approx(8000)


def test_cautious_costs_are_the_dear_ones():
    """In the cautious scenario costs stand at their high end and in the hopeful one at their low end."""
    found = example(ranges={"cost_initial": RANGES["cost_initial"]})
    assert (found.result("low").costs[0], found.result("high").costs[0]) == (20_000, 12_000)
    assert found.result("expected").costs[0] == pytest.approx((12_000 + 15_000 + 20_000) / 3)
    assert found.result("likely") == example().result("likely")


def test_a_range_must_hold_its_value():
    """A range beside the value that the case has is refused, with both told."""
    with pytest.raises(SettingsError, match=r"roi\.ranges\.cost_initial` runs from 1\.0 to 2\.0.*15000"):
        example(ranges={"cost_initial": {"low": 1, "high": 2}})


def test_a_moved_input_widens_its_range():
    """Another discount rate gives what settings with that rate give, and a range always holds its value."""
    found = example(ranges={"discount_rate": {"low": 0.05, "high": 0.15}})
    moved = found.with_inputs(discount_rate=0.25)
    assert moved.result().npv == pytest.approx(example(discount_rate=0.25).result().npv)
    assert moved.ranges["discount_rate"].high == 0.25
    assert found.inputs["discount_rate"] == 0.10


def test_an_unknown_input_cannot_be_moved():
    """A name that is no input is refused, and the inputs are told."""
    with pytest.raises(SettingsError, match=r"no input 'retention'.*discount_rate"):
        example().with_inputs(retention=0.1)


@pytest.mark.parametrize("place", ["ranges", "scenarios"])
def test_an_unknown_input_is_told_with_the_nearest(place):
    """A name that the model does not have is refused, and the nearest is told."""
    block = {"ranges": {"cost_inital": {"low": 1, "high": 2}}, "scenarios": {"dear": {"cost_inital": 1}}}
    with pytest.raises(ValidationError, match=r"no input cost_inital with these drivers\. Did you mean cost_initial\?"):
        example(**{place: block[place]})


def test_wider_uncertainty_spreads_the_result():
    """A range more makes the distance from P10 to P90 larger, and leaves the draws of the others as they were."""
    narrow, wide = example().simulate(), example(ranges=RANGES).simulate()
    assert wide.p90 - wide.p10 > narrow.p90 - narrow.p10


@settings(max_examples=25)
@given(st.integers(0, 2**32), st.sampled_from([{}, RANGES, {"retention_rate": {"low": 0.5, "high": 1.0}}]))
def test_boiled_down_is_the_model(seed, ranges):
    """The NPV that the simulation computes is the model's, to 1e-9 of the money that moves, over every range."""
    found = example(ranges=ranges, horizon_years=5)
    draws = np.random.default_rng(seed)
    drawn = {name: spread.quantile(draws.random(20)) for name, spread in found.uncertain.items()}
    whole = found.values(drawn)
    scale = np.maximum(1, np.abs(whole["pv_benefits"]) + np.abs(whole["pv_costs"]))
    assert (np.abs(found.fast_npv(drawn) - whole["npv"]) <= 1e-9 * scale).all()


def test_boiled_down_with_one_driver_that_is_cut():
    """Where retention reaches 100 % the boiled-down model is cut there as the whole one is."""
    found = example("retention")
    drawn = {"retention": np.array([-0.9, 0.19, 0.2, 0.21, 0.9])}
    assert found.fast_npv(drawn) == pytest.approx(found.npv(drawn), rel=1e-12)


# ---------------------------------------------------------------- percentiles and parts of the uncertainty


@given(st.integers(0, 2**32), st.sampled_from(["normal", "steps", "constant", "trend"]), st.floats(0, 1))
def test_percentiles_are_numpys(seed, kind, share):
    """The percentile found without ordering is numpy's, to the bit of rounding, whatever the values look like."""
    draws = np.random.default_rng(seed)
    values = {
        "normal": draws.normal(size=3 * FEW),
        "steps": draws.integers(0, 3, size=3 * FEW).astype(float),
        "constant": np.ones(3 * FEW),
        "trend": np.arange(3.0 * FEW),
    }[kind]
    assert percentile(values, share) == pytest.approx(float(np.quantile(values, share)), rel=1e-12, abs=1e-12)


def test_sobol_of_a_sum_is_the_share_of_variance():
    """Of 3a + b with equal ranges a makes 9/10 of the variance and b 1/10, first and total alike."""
    found = sobol(lambda x: 3 * x["a"] + x["b"], {"a": Triangle(0, 1, 2), "b": Triangle(0, 1, 2)}, seed=1)
    for name, share in (("a", 0.9), ("b", 0.1)):
        assert found[name].first == pytest.approx(share, abs=0.01)
        assert found[name].total == pytest.approx(share, abs=0.01)


def test_sobol_of_ishigami():
    """Ishigami's function (a = 7, b = .1): first .3139, .4424, 0; total .5576, .4424, .2437 (Saltelli et al. 2008)."""

    def ishigami(x):
        one, two, three = (math.pi * (2 * x[name] - 1) for name in "abc")
        return np.sin(one) + 7 * np.sin(two) ** 2 + 0.1 * three**4 * np.sin(one)

    class Uniform(Triangle):
        """Every value alike, from 0 to 1."""

        def quantile(self, share):
            """Return the shares themselves."""
            return share

    found = sobol(ishigami, {name: Uniform(0, 0.5, 1) for name in "abc"}, seed=1)
    assert [found[name].first for name in "abc"] == pytest.approx([0.3139, 0.4424, 0.0], abs=0.02)
    assert [found[name].total for name in "abc"] == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.02)


def test_sobol_of_the_case():
    """The parts of a case with nearly independent money add up to one, and the tornado's widest has the largest."""
    found = example()
    parts = found.sobol()
    assert sum(part.total for part in parts.values()) == pytest.approx(1, abs=0.02)
    assert max(parts, key=lambda name: parts[name].total) == found.tornado()[0].name
    assert parts == example().sobol()


def test_what_cannot_vary_has_no_part():
    """An effect without width has no index; a case without any uncertainty has none at all."""
    fixed = {"margin_rate": 0.3, "effect": effect(0.01, 0.01, 0.01)}
    assert set(example("turnover", basket=fixed).sobol()) == {"turnover"}
    assert example("basket", basket=fixed).sobol() == {}


# ---------------------------------------------------------------- saved scenarios

SAVED = {"Varovainen": {"retention": 0.01, "discount_rate": 0.08, "cost_initial": 20_000}}


def test_a_saved_scenario_is_the_case_with_its_values():
    """A saved name gives what the same values give by hand: other effect, other rate, other costs."""
    found = example(scenarios=SAVED)
    by_hand = example(discount_rate=0.08, costs={"initial": 20_000, "per_year": 2000}).result(retention=0.01)
    assert found.result("Varovainen") == by_hand
    assert found.scenarios == ("low", "likely", "high", "expected", "Varovainen")


def test_own_names_are_kept():
    """A scenario cannot be called what the kit calls its own."""
    with pytest.raises(ValidationError, match="The scenario name likely is the kit's own"):
        example(scenarios={"likely": {"retention": 0.01}})


def test_saved_names_are_told():
    """An unknown scenario is refused with all that there are, saved ones too."""
    with pytest.raises(SettingsError, match="low, likely, high, expected, Varovainen"):
        example(scenarios=SAVED).result("best")


@pytest.mark.parametrize(
    ("block", "message"),
    [
        (
            {"drivers": ["basket"]},
            "`drivers` is no key; each of retention, turnover, basket stands under `roi` by its own name",
        ),
        ({"basket": 5}, "basket"),
        ({"costs": {"initial": 1}}, "Give at least one of retention, turnover, basket"),
        (
            {"basket": {**drivers()["basket"], "ramp": [0.5, 1.5]}},
            "ramp.1\n.*a share and should be from 0 to 1: 10 % is written 0.10",
        ),
        ({"basket": {**drivers()["basket"], "attribution": float("nan")}}, "finite number"),
        (
            {"basket": {**drivers()["basket"], "effect": effect(0, 1.5, 2)}},
            "effect.likely\n.*from -1 to 1: 10 % is written 0.10",
        ),
        ({"turnover": {**drivers()["turnover"], "effect": effect(-10, 0, 0.1)}}, "effect.low\n.*from -1 to 1"),
        (
            {"retention": {**drivers()["retention"], "effect": effect(0, 0.5, 2, unit="points")}},
            "effect.high\n.*from -1 to 1",
        ),
        ({"turnover": {**drivers()["turnover"], "cost": {"side_cost_rate": 20}}}, "side_cost_rate\n.*from 0 to 1"),
        (
            {"turnover": {**drivers()["turnover"], "cost": {"vacancy": {"months": 1, "share": 40}}}},
            "vacancy.share\n.*from 0 to 1",
        ),
        (
            {"turnover": {**drivers()["turnover"], "cost": {"ramp_up": {"months": 1, "share": 40}}}},
            "ramp_up.share\n.*from 0 to 1",
        ),
        (
            {**drivers(), "prices": {"index": 102.1, "source": "x"}},
            "prices.index\n.*from 0.5 to 2: 1.021 where prices rose",
        ),
        (
            {**drivers(), "ranges": {"side_cost_rate": {"low": 0.2, "high": 25}}},
            "ranges.side_cost_rate: This is a share",
        ),
        (
            {**drivers(), "scenarios": {"x": {"turnover": 10}}},
            "scenarios.x.turnover: This is a share and should be from -1 to 1",
        ),
        (
            {**drivers(), "scenarios": {"x": {"margin_rate": 30}}},
            "scenarios.x.margin_rate: This is a share and should be from 0 to 1",
        ),
    ],
)
def test_what_the_block_cannot_be(block, message):
    """Drivers stand by their names, there is at least one, and their shares are shares."""
    with pytest.raises(ValidationError, match=message):
        RoiSettings.model_validate(block)


def test_what_may_be_beyond_a_whole_is_taken():
    """In a year more people may leave than there are at a time, and amounts have no bound."""
    ranges = {"turnover_rate": {"low": 0.8, "high": 1.4}, "cost_initial": {"low": 10, "high": 90000}}
    found = RoiSettings.model_validate({**drivers(), "ranges": ranges, "scenarios": {"x": {"turnover_rate": 1.2}}})
    assert found.ranges["turnover_rate"].high == 1.4


def test_a_driver_outside_the_case_has_no_scenario():
    """A scenario may not move a driver that the case does not have."""
    with pytest.raises(ValidationError, match="no input basket with these drivers"):
        RoiSettings.model_validate({"retention": drivers()["retention"], "scenarios": {"x": {"basket": 0.1}}})
