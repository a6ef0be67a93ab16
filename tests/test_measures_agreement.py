"""Agreement within one person's raters."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaamo_utils.errors import DataError
from kohtaamo_utils.measures.agreement import ad_m, ad_m_j, awg, awg_j, null_variance, rwg, rwg_j

# three items x five raters; the expected numbers are R multilevel's
ITEMS = pd.DataFrame({"i1": [4, 4, 5, 4, 3], "i2": [4, 5, 5, 4, 4], "i3": [3, 4, 4, 4, 3]})
SPLIT = pd.DataFrame({"i1": [1, 5, 1, 5], "i2": [1, 5, 5, 1], "i3": [2, 4, 3, 5]})
RATINGS = st.lists(st.integers(1, 5), min_size=2, max_size=20)


@pytest.mark.parametrize(("answers", "variance"), [(5, 2.0), (6, 2.917), (7, 4.0), (9, 6.667), (10, 8.25), (11, 10.0)])
def test_uniform_null_variance(answers: int, variance: float) -> None:
    """(A² - 1) / 12 for scales of 5 to 11 answers."""
    assert null_variance((1, answers)) == pytest.approx(variance, abs=5e-4)


def test_skewed_null_variance() -> None:
    """The slight skew .05 .15 .20 .35 .25 has the variance 1.34."""
    assert null_variance((1, 5), "slight_skew") == pytest.approx(1.34)


def test_skewed_null_is_known_for_five_answers_only() -> None:
    """No skewed null is made up for other scales."""
    with pytest.raises(DataError, match='"slight_skew" came for 7 answers'):
        rwg([4, 5], (1, 7), "slight_skew")


def test_one_item_agrees_with_multilevel() -> None:
    """4 4 5 4 3: s² .5, r_wg .75 against uniform, .626866 against the slight skew, AD .4."""
    scores = ITEMS["i1"]
    found = (rwg(scores), rwg(scores, null="slight_skew"), ad_m(scores))
    assert found == pytest.approx((0.75, 0.626866, 0.4), abs=5e-7)


def test_three_items_agree_with_multilevel() -> None:
    """r_wg(j) .93037975, mean a_wg .80073260, AD(j) .45333333."""
    assert (rwg_j(ITEMS), awg_j(ITEMS), ad_m_j(ITEMS)) == pytest.approx((0.93037975, 0.80073260, 0.45333333), abs=5e-9)


def test_awg_near_the_end_of_the_scale_means_nothing() -> None:
    """Five raters' mean of 4.4 lies beyond 4.2, where a_wg is not defined; the competency's mean leaves the item out."""
    assert awg(ITEMS["i2"]) is None
    assert awg_j(ITEMS) == pytest.approx((awg(ITEMS["i1"]) + awg(ITEMS["i3"])) / 2)


def test_more_disagreement_than_chance_is_zero() -> None:
    """A raw value out of range is printed as 0, never below."""
    assert (rwg_j(SPLIT), rwg(SPLIT["i1"])) == (0.0, 0.0)


@pytest.mark.parametrize("measure", [rwg, awg])
def test_one_rater_has_no_agreement(measure: object) -> None:
    """Agreement takes two."""
    assert measure([4, None]) is None


def test_nobody_has_no_agreement() -> None:
    """Without answers every measure of a competency is unknown."""
    empty = pd.DataFrame({"i1": [None, None]}, dtype=float)
    assert (rwg_j(empty), awg_j(empty), ad_m_j(empty), ad_m([])) == (None, None, None, None)


def test_items_use_the_raters_who_answered_them() -> None:
    """A rater who left one item out still counts on the others."""
    with_gap = pd.concat([ITEMS, pd.DataFrame({"i1": [4.0], "i2": [None], "i3": [None]})], ignore_index=True)
    assert ad_m_j(with_gap) == pytest.approx((ad_m([4, 4, 5, 4, 3, 4]) + ad_m(ITEMS["i2"]) + ad_m(ITEMS["i3"])) / 3)


@given(st.integers(1, 5), st.integers(2, 9))
def test_unanimous_raters_agree_fully(score: int, raters: int) -> None:
    """All measures show full agreement wherever on the scale it is."""
    scores = [score] * raters
    assert (rwg(scores), awg(scores), ad_m(scores)) == (1.0, 1.0, 0.0)


@given(RATINGS)
def test_agreement_is_a_share(scores: list[int]) -> None:
    """r_wg lies within 0-1 under both nulls, and r_wg(j) of one item is r_wg."""
    assert 0 <= rwg(scores, null="slight_skew") <= rwg(scores) <= 1
    assert rwg_j(pd.DataFrame({"i": scores})) == pytest.approx(rwg(scores))
