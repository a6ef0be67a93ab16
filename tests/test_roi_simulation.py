"""The simulation draws from the triangles, the same way each time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from roi_examples import effect, example

from kohtaamo_utils.errors import SettingsError
from kohtaamo_utils.roi.simulation import BLOCK, simulate
from kohtaamo_utils.roi.triangle import Triangle


def test_triangle_quantiles_and_mean():
    """Triangular (80, 100, 110): mean 96.6667; 5, 50 and 95 % points 85.47723, 97.32051 and 106.12702 (closed form)."""
    triangle = Triangle(80, 100, 110)
    assert triangle.mean == pytest.approx(96.6667, abs=5e-5)
    quantiles = triangle.quantile(np.array([0.05, 0.5, 0.95]))
    assert quantiles == pytest.approx([85.47723, 97.32051, 106.12702], abs=5e-6)


def test_draws_have_the_triangles_moments():
    """A million draws of (80, 100, 110) have mean 96.6667 and variance 38.8889 within four standard errors."""
    npv = simulate(lambda drawn: drawn["x"], {"x": Triangle(80, 100, 110)}, 1_000_000, seed=1).npv
    assert npv.mean() == pytest.approx(96.6667, abs=4 * (38.8889 / 1e6) ** 0.5)
    assert npv.var() == pytest.approx(38.8889, rel=0.006)


@given(st.lists(st.floats(-10, 10), min_size=3, max_size=3).map(sorted), st.floats(0, 1))
def test_quantiles_stay_in_the_range(corners, share):
    """No draw leaves the range, also when it is a point or its likely value is an end."""
    value = float(Triangle(*corners).quantile(np.array([share]))[0])
    assert corners[0] - 1e-9 <= value <= corners[2] + 1e-9


def test_a_range_in_disorder_is_refused():
    """Low, likely and high must not decrease."""
    with pytest.raises(SettingsError, match=r"low 0\.2, likely 0\.1, high 0\.3 decreases"):
        Triangle(0.2, 0.1, 0.3)


def test_median_is_near_likely_for_a_symmetric_range():
    """With symmetric ranges and linear benefits, P50 is the likely NPV within 3 % of the P10-P90 width."""
    found = example("turnover", "basket")
    simulated, likely = found.simulate(), found.result().npv
    assert simulated.p50 == pytest.approx(likely, abs=0.03 * (simulated.p90 - simulated.p10))


def test_quantiles_of_one_linear_driver_are_exact():
    """With one linear driver P10 of the NPV is the NPV at P10 of the effect, within the noise of 40,000 draws."""
    found = example("turnover")
    simulated = found.simulate()
    for share, value in ((0.1, simulated.p10), (0.5, simulated.p50), (0.9, simulated.p90)):
        at = float(found.effects["turnover"].quantile(np.array([share]))[0])
        assert value == pytest.approx(found.result(turnover=at).npv, abs=0.01 * (simulated.p90 - simulated.p10))


def test_probability_of_a_positive_npv():
    """For a symmetric range around the break-even half of the draws pay, within four standard errors."""
    at = example("turnover").break_even("turnover")
    found = example("turnover", turnover={"cost": {"recruiting": 15170.625}, "effect": effect(0.0, at, 2 * at)})
    assert found.simulate().probability_positive == pytest.approx(0.5, abs=4 * 0.5 / 40_000**0.5)


def test_same_seed_same_result():
    """A case gives the same draws each time; another seed gives others."""
    assert np.array_equal(example().simulate().npv, example().simulate().npv)
    assert not np.array_equal(example().simulate().npv, example(seed=7).simulate().npv)


def test_another_driver_leaves_the_draws_of_the_first():
    """Each driver has its own stream of random numbers: adding one that cannot vary moves all NPVs by the same sum."""
    fixed = {"margin_rate": 0.3, "effect": effect(0.01, 0.01, 0.01)}
    moved = example("turnover", basket=fixed).simulate().npv - example("turnover").simulate().npv
    assert moved == pytest.approx(np.full(40_000, moved[0]))
    assert moved[0] == pytest.approx(600 * sum(1.1**-t for t in (1, 2, 3)))


def test_blocks_do_not_change_the_draws():
    """Draws computed in blocks are those of one stream: a shorter simulation is the beginning of a longer one."""
    effects = {"x": Triangle(0, 1, 2)}
    long, short = (simulate(lambda drawn: drawn["x"], effects, n, seed=3).npv for n in (BLOCK + 10, BLOCK - 10))
    assert np.array_equal(long[: BLOCK - 10], short)


def test_effects_are_drawn_independently():
    """The difference of two effects with one range has the sum of their variances, 2 x 38.8889, within 2 %."""
    effects = {name: Triangle(80, 100, 110) for name in ("retention", "basket")}
    difference = simulate(lambda drawn: drawn["retention"] - drawn["basket"], effects, 200_000, seed=1).npv
    assert difference.var() == pytest.approx(2 * 38.8889, rel=0.02)
