"""Bootstrap intervals of the drivers' shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from kohtaamo_utils.measures.driver_cases import complete_cases
from kohtaamo_utils.measures.driver_intervals import drawn_shares, driver_shares
from kohtaamo_utils.measures.drivers import drivers

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMES = ["trust", "value", "solution"]


def answers(n: int, slopes: Sequence[float] = (1.0, 0.5, 0.0), seed: int = 7) -> tuple[pd.DataFrame, pd.Series]:
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(rng.normal(size=(n, 3)) + rng.normal(size=(n, 1)), columns=NAMES)
    return frame, frame @ np.array(slopes) + rng.normal(size=n)


def test_values_are_the_drivers_shares() -> None:
    """The estimate is the plain share; only the limits come from the draws."""
    frame, outcome = answers(80)
    found, plain = driver_shares(frame, outcome, NAMES, draws=200), drivers(frame, outcome, NAMES)
    assert {name: one.value for name, one in found.items()} == plain.shares
    assert all(one.low <= one.value <= one.high and one.n == 80 for one in found.values())


def test_the_same_seed_gives_the_same_limits() -> None:
    """A report made again prints the same interval; another seed another one."""
    frame, outcome = answers(80)
    first = driver_shares(frame, outcome, NAMES, draws=100, seed=1)
    assert first == driver_shares(frame, outcome, NAMES, draws=100, seed=1)
    assert first != driver_shares(frame, outcome, NAMES, draws=100, seed=2)


def test_limits_are_those_of_drawing_rows() -> None:
    """Percentiles of the shares agree with drawing rows one sample at a time, within the noise of 300 draws."""
    frame, outcome = answers(120)
    rng = np.random.default_rng(3)
    slow = []
    for _ in range(300):
        rows = rng.integers(0, 120, 120)
        slow.append(drivers(frame.iloc[rows], outcome.iloc[rows], NAMES).shares["trust"])
    found = driver_shares(frame, outcome, NAMES)["trust"]
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(slow, [0.025, 0.975])), abs=0.03)


def test_more_answers_narrow_the_interval() -> None:
    """Sixteen times the answers make the interval clearly narrower."""
    few, many = (driver_shares(*answers(n), NAMES, draws=300)["trust"] for n in (60, 960))
    assert many.high - many.low < 0.6 * (few.high - few.low)


def test_without_drivers_there_are_no_intervals() -> None:
    """Too few answers give None, as for the drivers themselves."""
    frame, outcome = answers(20)
    assert driver_shares(frame, outcome, NAMES) is None


def test_shares_are_apart_where_their_difference_is_beyond_chance() -> None:
    """A slope of 1 beside one of 0 is told apart in 300 answers, two equal slopes are not; nobody is apart from himself."""
    frame, outcome = answers(300, slopes=(1.0, 1.0, 0.0))
    drawn = drawn_shares(complete_cases(frame, outcome, NAMES))
    assert drawn.apart("trust", "solution")
    assert not drawn.apart("trust", "value")
    assert not drawn.apart("trust", "trust")
    assert drawn.ranked[-1] == "solution"


def test_a_sign_is_sure_where_the_coefficients_interval_leaves_zero_out() -> None:
    """A slope of 1 or of -1 has a sure sign in 300 answers, a slope of 0 has not."""
    drawn = drawn_shares(complete_cases(*answers(300, slopes=(1.0, -1.0, 0.0)), NAMES))
    assert [drawn.sure_of_sign(name) for name in NAMES] == [True, True, False]
    assert drawn.found.signs["value"] == -1


def test_weights_widen_the_limits_as_fewer_answers_do() -> None:
    """Weights that leave a quarter of the answers to speak for all give wider limits than equal ones."""
    frame, outcome = answers(400)
    weights = pd.Series([1.0, 0.001, 0.001, 0.001] * 100)
    even, uneven = (
        drawn_shares(complete_cases(frame, outcome, NAMES, its)).estimate("trust") for its in (None, weights)
    )
    assert uneven.high - uneven.low > 1.5 * (even.high - even.low)


def test_draws_in_which_hardly_anything_varies_give_no_shares() -> None:
    """A predictor that one respondent alone answered otherwise is constant in more than a third of the draws."""
    frame, outcome = answers(40)
    frame = frame.assign(trust=[1.0] + [0.0] * 39, value=[0.0] * 39 + [1.0])
    assert drawn_shares(complete_cases(frame, outcome, NAMES)) is None
