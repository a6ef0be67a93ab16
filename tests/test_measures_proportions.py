"""Shares, Wilson's interval and Newcombe's difference."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from kohtaamo_utils.errors import DataError
from kohtaamo_utils.measures.proportions import flagged, newcombe, share, share_difference, top_two, wilson

if TYPE_CHECKING:
    from pathlib import Path

FLAGS = st.lists(st.booleans(), min_size=1, max_size=60)


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_agrees_with_newcombes_table(successes: int, n: int, low: float, high: float) -> None:
    """Method 3 of Newcombe (1998), Stat Med 17:857, to the printed digits."""
    assert wilson(successes, n) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(1, 29, 0.00611321, 0.17175522), (37, 50, 0.604468, 0.841285), (9, 10, 0.595850, 0.982124)],
)
def test_wilson_agrees_with_r(successes: int, n: int, low: float, high: float) -> None:
    """Limits recomputed in R; Hmisc differs at one success and is no oracle."""
    assert wilson(successes, n) == pytest.approx((low, high), abs=5e-7)


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (81, 263, 0.252737, 0.367622),
        (15, 148, 0.057844, 0.161650),
        (0, 20, 0, 0.168433),
        (1, 29, 0.000873, 0.177644),
    ],
)
def test_wilson_asks_less_than_the_exact_interval(successes: int, n: int, low: float, high: float) -> None:
    """Clopper and Pearson's limits, which hold too often, agree with R and lie outside Wilson's or on them."""
    exact = binomtest(successes, n).proportion_ci(0.95, method="exact")
    assert (exact.low, exact.high) == pytest.approx((low, high), abs=6e-7)
    wilsons = wilson(successes, n)
    assert wilsons[1] - wilsons[0] < exact.high - exact.low
    assert wilsons[1] <= exact.high


@pytest.mark.parametrize(
    ("counts", "value", "low", "high"),
    [
        ((56, 70, 48, 80), 0.20, 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.60, 0.1705, 0.8090),
        ((6, 7, 2, 7), 0.5714, 0.0582, 0.8062),
        ((5, 56, 0, 29), 0.0893, -0.0381, 0.1926),
        ((0, 10, 0, 20), 0.0, -0.1611, 0.2775),
    ],
)
def test_difference_agrees_with_newcombes_table(
    counts: tuple[int, int, int, int], value: float, low: float, high: float
) -> None:
    """Method 10 of Newcombe (1998), Stat Med 17:873, to the printed digits."""
    found = newcombe(*counts)
    assert (found.value, found.low, found.high) == pytest.approx((value, low, high), abs=5e-5)


def test_p_value_is_the_uncorrected_chi_square() -> None:
    """56/70 against 48/80 gives p .00804508 (R)."""
    assert newcombe(56, 70, 48, 80).p == pytest.approx(0.00804508, abs=5e-9)


def test_two_groups_without_any_success_do_not_differ() -> None:
    """With nothing to compare the p-value is one, not a division by zero."""
    assert newcombe(0, 10, 0, 20).p == 1.0


@pytest.mark.parametrize(("successes", "n"), [(3, 0), (5, 4), (-1, 4)])
def test_impossible_counts_are_refused(successes: int, n: int) -> None:
    """More successes than trials, or no trials, have no proportion."""
    with pytest.raises(DataError, match=r"Give from 0 to n successes of n > 0 trials"):
        wilson(successes, n)


def test_missing_marks_are_dropped_from_a_share() -> None:
    """Three marks and a blank are three answers."""
    found = share(pd.Series([True, True, False, None], dtype="boolean"))
    assert (found.value, found.n, found.unit, found.method) == (pytest.approx(2 / 3), 3, "share", "wilson")


def test_a_share_of_scores_is_refused() -> None:
    """A scale's answers are no true/false marks."""
    with pytest.raises(DataError, match="not true or false"):
        share([4, 5])


def test_no_answers_give_no_share() -> None:
    """An empty sample has no value and n = 0."""
    assert share([None]).value is None


def test_top_two_boxes_are_four_and_five() -> None:
    """CSAT 37 of 50 favourable: .74 with limits .604468 to .841285."""
    found = top_two([4] * 20 + [5] * 17 + [3] * 13 + [None] * 4)
    assert (found.value, found.low, found.high) == pytest.approx((0.74, 0.604468, 0.841285), abs=5e-7)
    assert found.n == 50


def test_customer_effort_boxes() -> None:
    """Of CES 7 6 5 7 4 3 6 7 2 5 70 % agree (5-7), 50 % are in the top two, and 50 points net of 1-3."""
    scores = [7, 6, 5, 7, 4, 3, 6, 7, 2, 5]
    agree, disagree = share(flagged(scores, 5, 7)).value, share(flagged(scores, 1, 3)).value
    assert (agree, top_two(scores, (6, 7)).value, agree - disagree) == pytest.approx((0.7, 0.5, 0.5))


def test_weights_move_the_share_and_widen_the_interval() -> None:
    """Weights 3 and 1 make the effective number 4²/10 of two answers, while n stays 2."""
    found = share([1, 0], [3.0, 1.0])
    assert (found.value, found.n) == (0.75, 2)
    assert (found.low, found.high) == pytest.approx(wilson(0.75 * 1.6, 1.6))


def test_difference_of_marks_counts_answers_not_weights() -> None:
    """n1 and n2 are counts of valid answers, with weights too."""
    found = share_difference([1, 1, 0, None], [0, 0, 1], [1, 2, 3, 4], [1, 1, 1])
    assert (found.n1, found.n2, found.value) == (3, 3, pytest.approx(0.5 - 1 / 3))


@given(st.integers(1, 500), st.data())
def test_wilson_stays_inside_and_holds_the_share(n: int, data: st.DataObject) -> None:
    """0 ≤ low ≤ share ≤ high ≤ 1 for every count."""
    successes = data.draw(st.integers(0, n))
    low, high = wilson(successes, n)
    assert 0 <= low <= successes / n <= high <= 1


@given(FLAGS, st.floats(0.1, 10))
def test_equal_weights_change_nothing(flags: list[bool], weight: float) -> None:
    """Weights that are all the same give the unweighted share and interval."""
    plain, weighted = share(flags), share(flags, [weight] * len(flags))
    assert (weighted.value, weighted.low, weighted.high) == pytest.approx(
        (plain.value, plain.low, plain.high), abs=1e-9
    )


@given(FLAGS, FLAGS)
def test_difference_holds_its_value(a: list[bool], b: list[bool]) -> None:
    """The interval of a difference holds it and stays within ±1."""
    found = share_difference(a, b)
    assert -1 - 1e-12 <= found.low <= found.value + 1e-12
    assert found.value - 1e-12 <= found.high <= 1 + 1e-12


def test_airport_satisfaction(shared_data: Path) -> None:
    """SFO 2017 Q7ALL: 82.068 % in the top two of 2688 answers, 0 and 6 left out."""
    folder = shared_data / "sfo_survey_2017"
    expected = json.loads((folder / "expected.json").read_text())["csat_overall_Q7ALL"]
    scores = pd.to_numeric(pd.read_csv(next(folder.glob("*.csv")), low_memory=False)["Q7ALL"], errors="coerce")
    found = top_two(scores.where(scores.between(1, 5), np.nan))
    assert (100 * found.value, found.n) == (pytest.approx(expected["top2box_pct"], abs=1e-6), expected["n"])
