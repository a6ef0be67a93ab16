"""Net Promoter Score, its interval and its difference."""

from __future__ import annotations

import json
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaamo_utils.errors import DataError
from kohtaamo_utils.measures.means import mean
from kohtaamo_utils.measures.nps import (
    NpsCounts,
    _compared,
    _Shares,
    nps,
    nps_counts,
    nps_difference,
    nps_difference_adjusted,
)

if TYPE_CHECKING:
    from pathlib import Path

SCORES = st.lists(st.integers(0, 10), min_size=1, max_size=60)


def answers(promoters: int, passives: int, detractors: int) -> list[int]:
    return [9] * promoters + [7] * passives + [3] * detractors


@pytest.mark.parametrize(
    ("counts", "value", "low", "high"),
    [
        ((10, 5, 5), 25, -11.7161, 55.1944),
        ((50, 30, 20), 30, 14.0511, 44.2013),
        ((3, 4, 3), 0, -41.2891, 41.2891),
        ((7, 10, 13), -20, -45.0134, 8.6497),
        ((420, 350, 230), 19, 14.0952, 23.7912),
        ((0, 0, 5), -100, -100, -17.4915),
    ],
)
def test_interval_is_rocks_adjusted_wald(counts: tuple[int, int, int], value: float, low: float, high: float) -> None:
    """Value and adjusted Wald limits agree with those computed in R from Rocks (2016), cut at ±100."""
    found = nps(answers(*counts))
    assert found.value == pytest.approx(value)
    assert (found.low, found.high) == pytest.approx((low, high), abs=6e-5)
    assert (found.n, found.unit, found.method) == (sum(counts), "points", "adjusted-wald")


@pytest.mark.parametrize(
    ("counts", "variance", "error", "wald", "trinomial", "centre"),
    [
        ((10, 5, 5), 0.6875, 18.5405, (-11.3387, 61.3387), (-14.8138, 64.8138), 21.7391),
        ((50, 30, 20), 0.6100, 7.8102, (14.6922, 45.3078), (14.4247, 45.5753), 29.1262),
        ((3, 4, 3), 0.6000, 24.4949, (-48.0091, 48.0091), (-58.4086, 58.4086), 0.0),
        ((7, 10, 13), 0.6267, 14.4530, (-48.3273, 8.3273), (-50.0650, 10.0650), -18.1818),
        ((420, 350, 230), 0.6139, 2.4777, (14.1438, 23.8562), (14.1355, 23.8645), 18.9432),
        ((0, 0, 5), 0.0, 0.0, (-100, -100), (-100, -100), -62.5),
    ],
)
def test_other_intervals_follow_from_the_same_shares(
    counts: tuple[int, int, int],
    variance: float,
    error: float,
    wald: tuple[float, float],
    trinomial: tuple[float, float],
    centre: float,
) -> None:
    """Variance, Wald's limits, the centre of Rocks' and Student's limits of the mean of +100, 0 and -100 agree with R."""
    promoters, passives, detractors = counts
    n = sum(counts)
    shares = _Shares(promoters / n, detractors / n, n)
    assert shares.variance == pytest.approx(variance, abs=6e-5)
    assert 100 * (shares.variance / n) ** 0.5 == pytest.approx(error, abs=6e-5)
    reach = 1.959963984540054 * 100 * (shares.variance / n) ** 0.5
    assert (100 * shares.net - reach, 100 * shares.net + reach) == pytest.approx(wald, abs=6e-5)
    student = mean([100] * promoters + [0] * passives + [-100] * detractors)
    assert (student.low, student.high) == pytest.approx(trinomial, abs=6e-5)
    assert 100 * shares.adjusted.net == pytest.approx(centre, abs=6e-5)


def test_five_detractors_reach_beyond_the_scale_before_the_cut() -> None:
    """Rocks' limits of 0/0/5 are -107.51 and -17.4915 (R); the report's begin at -100."""
    adjusted = _Shares(0, 1, 5).adjusted
    reach = 1.959963984540054 * (adjusted.variance / adjusted.n) ** 0.5
    assert 100 * (adjusted.net - reach) == pytest.approx(-107.51, abs=6e-3)
    assert nps(answers(0, 0, 5)).low == -100


def test_interval_narrows_at_a_lower_level() -> None:
    """At 90 % 50/30/20 gives 16.4748 to 41.7776 (R)."""
    found = nps(answers(50, 30, 20), level=0.90)
    assert (found.low, found.high) == pytest.approx((16.4748, 41.7776), abs=6e-5)


@pytest.mark.parametrize(("score", "expected"), [(9, 100), (10, 100), (7, 0), (8, 0), (6, -100), (0, -100)])
def test_classes_end_where_reichheld_put_them(score: int, expected: float) -> None:
    """9 and 10 promote, 7 and 8 are passive, 0 to 6 detract."""
    assert nps([score]).value == expected


def test_nobody_answering_gives_no_value() -> None:
    """Missing answers alone are an empty sample, not a score of zero."""
    found = nps([None, None])
    assert (found.value, found.n, found.low) == (None, 0, None)


def test_counts_leave_out_missing_answers() -> None:
    """A zero is a detractor; a missing answer is nobody."""
    assert nps_counts(pd.Series([0, 6, 7, 9, 10, None])) == NpsCounts(promoters=2, passives=1, detractors=2)


@pytest.mark.parametrize("score", [11, -1])
def test_a_score_off_the_scale_is_refused(score: int) -> None:
    """An 11 that means "blank" must never be counted as a promoter."""
    with pytest.raises(DataError, match=rf"{score} came as a recommendation score\. Scores are 0 to 10"):
        nps([9, score])


def test_difference_of_two_samples_agrees_with_r() -> None:
    """Shares .45/.25 of 200 against .52/.20 of 220: Δ 12.0, SE 7.8149, z 1.5355, p .124655 (R)."""
    low, high, p = _compared(_Shares(0.52, 0.20, 220), _Shares(0.45, 0.25, 200), 0.95)
    assert (low + high) / 2 == pytest.approx(0.12)
    assert (high - low) / 2 / 1.959964 == pytest.approx(0.078149, abs=5e-7)
    assert NormalDist().inv_cdf(1 - p / 2) == pytest.approx(1.5355, abs=6e-5)
    assert p == pytest.approx(0.124655, abs=1e-6)


def test_difference_is_the_plain_z_test_in_points() -> None:
    """With 52/28/20 and 45/30/25 of a hundred the error is √(.6176/100 + .66/100)."""
    found = nps_difference(answers(52, 28, 20), answers(45, 30, 25))
    assert found.value == pytest.approx(12.0)
    assert found.high - found.value == pytest.approx(1.959964 * 100 * (0.006176 + 0.0066) ** 0.5, rel=1e-6)
    assert (found.n1, found.n2, found.unit) == (100, 100, "points")


def test_a_lone_promoter_is_not_certain_to_differ() -> None:
    """A group that falls in one class has zero variance, and yet one answer proves nothing."""
    assert nps_difference([10], answers(5, 5, 5)).p > 0.2


def test_difference_from_nobody_is_unknown() -> None:
    """An empty group has no gap."""
    found = nps_difference([10, 9], [])
    assert (found.value, found.p, found.n1, found.n2) == (None, None, 2, 0)


@given(SCORES)
def test_value_and_limits_stay_on_the_scale(scores: list[int]) -> None:
    """Value and limits lie within ±100 and the limits hold the value or stop at the adjusted side of an extreme."""
    found = nps(scores)
    assert -100 <= found.low <= found.high <= 100
    assert -100 <= found.value <= 100


@given(SCORES, st.floats(0.1, 10))
def test_equal_weights_change_nothing(scores: list[int], weight: float) -> None:
    """Weights that are all the same give the unweighted estimate."""
    plain, weighted = nps(scores), nps(scores, [weight] * len(scores))
    assert (weighted.value, weighted.low, weighted.high) == pytest.approx((plain.value, plain.low, plain.high))


@given(SCORES, SCORES)
def test_difference_turns_round_with_its_groups(a: list[int], b: list[int]) -> None:
    """A against b is minus b against a, with the same p."""
    there, back = nps_difference(a, b), nps_difference(b, a)
    assert (there.value, there.low, there.p) == pytest.approx((-back.value, -back.high, back.p))


def test_airport_survey_score_and_weighted_score(shared_data: Path) -> None:
    """SFO 2017: 39.84 plain and 40.40 weighted, with 11 (blank) left out."""
    folder = shared_data / "sfo_survey_2017"
    expected = json.loads((folder / "expected.json").read_text())
    table = pd.read_csv(next(folder.glob("*.csv")), low_memory=False)
    scores = pd.to_numeric(table["NETPRO"], errors="coerce").where(lambda score: score <= 10)
    assert nps(scores).value == pytest.approx(expected["nps"]["nps"], abs=1e-6)
    weighted = nps(scores, table["WEIGHT"])
    assert weighted.value == pytest.approx(expected["nps_weighted"]["nps"], abs=1e-6)
    assert weighted.n == expected["nps_weighted"]["n"]


def test_small_groups_are_not_called_different_too_often() -> None:
    """Where nothing differs, the adjusted test of 6 against 60 answers errs near 5 % of the time, the plain one far more."""
    chance = np.random.default_rng(7)
    wrong = {nps_difference: 0, nps_difference_adjusted: 0}
    for _ in range(600):
        small, large = (chance.choice([10, 8, 3], size, p=[0.5, 0.3, 0.2]) for size in (6, 60))
        for compare in wrong:
            wrong[compare] += (compare(small, large).p or 1.0) < 0.05
    assert wrong[nps_difference_adjusted] / 600 < 0.08
    assert wrong[nps_difference] / 600 > 0.09
