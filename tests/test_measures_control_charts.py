"""Control charts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaamo_utils.errors import DataError
from kohtaamo_utils.measures.control_charts import Signal, p_chart, xmr

FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
WAFERS = ".24 .30 .16 .20 .08 .14 .32 .18 .28 .20 .10 .12 .34 .24 .44 .16 .20 .10 .26 .22 .40 .36 .48 .30 .18 .24 .14 .26 .18 .12"
WAVES = [32, 35, 31, 38, 36, 34, 33, 37, 45, 47, 46, 48]


def rules(values: list[float], rule: str, baseline: int | None = None) -> list[int]:
    return [signal.index for signal in xmr(values, baseline).signals if signal.rule == rule]


def test_flow_rate_of_the_handbook() -> None:
    """NIST/SEMATECH 6.3.2.2: centre 50.81, mean range 1.8778, limits 45.8159 and 55.8041, range limit 6.1347."""
    chart = xmr(FLOW)
    found = (chart.center, chart.moving_range, chart.lower, chart.upper, chart.range_limit)
    assert found == pytest.approx((50.81, 1.8778, 45.8159, 55.8041, 6.1347), abs=6e-5)
    assert rules(FLOW, "outside") == []


def test_waves_against_their_baseline() -> None:
    """Eight waves set 34.5 with limits 25.76 and 43.24 and a range limit of 10.734; the four after them all signal."""
    chart = xmr(WAVES, baseline=8)
    assert (chart.center, chart.moving_range) == pytest.approx((34.5, 3.2857143))
    assert (chart.lower, chart.upper) == pytest.approx((25.76, 43.24), abs=5e-3)
    assert chart.range_limit == pytest.approx(10.734, abs=5e-4)
    assert chart.signalled == (8, 9, 10, 11)


def test_missing_waves_keep_the_others_places() -> None:
    """A wave that was not held shifts nobody's index."""
    with_gap = [*WAVES[:3], None, *WAVES[3:]]
    assert xmr(with_gap, baseline=8).signalled == (9, 10, 11, 12)


def test_eight_on_one_side_are_a_run() -> None:
    """Eight points above the centre signal together, seven do not."""
    base = [10, 0] * 6
    assert rules([*base, *[6] * 7, 4], "run", 12) == []
    assert rules([*base, 4, *[6] * 8], "run", 12) == list(range(13, 21))


def test_three_of_four_near_one_limit_signal() -> None:
    """Three of four points nearer the same limit than the centre; two, or on two sides, do not."""
    base = [0, 1, 0, 1, 0, 1]  # centre .5, limits .5 ± 2.66, half way 1.83
    assert rules([*base, 2, 2, 0, 2], "near_limit", 6) == [6, 7, 9]
    assert rules([*base, 2, 2, 0, 0], "near_limit", 6) == []
    assert rules([*base, 2, -1, 2, 0], "near_limit", 6) == []


def test_a_jump_beyond_the_range_limit_signals() -> None:
    """From 0 to 4 is more than 3.267 times the usual step, and the later point is marked."""
    assert rules([0, 1, 0, 1, 0, 1, 0, 4], "range", 6) == [7]


def test_one_value_has_no_chart() -> None:
    """A moving range takes two values."""
    with pytest.raises(DataError, match="1 baseline values"):
        xmr([4.0, None])


def test_wafers_of_the_handbook() -> None:
    """NIST/SEMATECH 6.3.3.1: p̄ .2313, limits .0524 and .4102; wafers 15 and 23 are out."""
    chart = p_chart([50 * float(share) for share in WAFERS.split()], [50] * 30)
    assert (chart.center, chart.lower[0], chart.upper[0]) == pytest.approx((0.2313, 0.0524, 0.4102), abs=6e-5)
    assert chart.signals == (Signal(14, "outside"), Signal(22, "outside"))


def test_smaller_samples_have_wider_limits() -> None:
    """Each sample is held to the limits of its own size, inside 0-1."""
    chart = p_chart([20, 2], [100, 10])
    assert chart.lower[1] == 0.0
    assert chart.upper[1] - chart.center == pytest.approx(10**0.5 * (chart.upper[0] - chart.center))


@pytest.mark.parametrize(("successes", "n"), [([], []), ([1], [0]), ([5], [4]), ([1, 2], [4])])
def test_impossible_samples_are_refused(successes: list[int], n: list[int]) -> None:
    """Empty samples and more successes than answers have no share."""
    with pytest.raises(DataError, match="A share chart takes one sample or more"):
        p_chart(successes, n)


@given(st.lists(st.integers(-100, 100), min_size=2, max_size=30), st.integers(-50, 50))
def test_moving_the_scale_moves_the_chart(values: list[int], shift: int) -> None:
    """Adding a constant moves the centre and the limits, and no range."""
    there, moved = xmr(values), xmr([value + shift for value in values])
    assert (moved.center - shift, moved.upper - shift, moved.moving_range) == pytest.approx(
        (there.center, there.upper, there.moving_range), abs=1e-9
    )
