"""Means, their t intervals and Welch's difference."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kohtaamo_utils.measures.means import all_of, mean, mean_difference

ANSWERS = st.lists(st.integers(1, 7), min_size=2, max_size=40)


def test_customer_effort_mean() -> None:
    """CES 7 6 5 7 4 3 6 7 2 5 has the mean 5.2."""
    found = mean([7, 6, 5, 7, 4, 3, 6, 7, 2, 5])
    assert (found.value, found.n, found.unit, found.method) == (pytest.approx(5.2), 10, "scale", "t")


@given(ANSWERS.filter(lambda answers: len(set(answers)) > 1))
def test_interval_is_students(answers: list[int]) -> None:
    """The limits are those of scipy's t interval."""
    found = mean(answers)
    expected = stats.t.interval(0.95, len(answers) - 1, loc=found.value, scale=stats.sem(answers))
    assert (found.low, found.high) == pytest.approx(expected)


def test_one_answer_has_a_mean_but_no_interval() -> None:
    """A single answer says nothing of the spread."""
    found = mean([4, None])
    assert (found.value, found.n, found.low, found.high) == (4.0, 1, None, None)


def test_no_answers_have_no_mean() -> None:
    """An empty sample has no value, in the unit asked for."""
    found = mean(pd.Series([], dtype=float), unit="money")
    assert (found.value, found.n, found.unit) == (None, 0, "money")


@given(ANSWERS, st.floats(0.1, 10))
def test_equal_weights_change_nothing(answers: list[int], weight: float) -> None:
    """Weights that are all the same give the unweighted mean and interval."""
    plain, weighted = mean(answers), mean(answers, [weight] * len(answers))
    assert (weighted.value, weighted.low, weighted.high) == pytest.approx(
        (plain.value, plain.low, plain.high), abs=1e-6
    )


def test_weights_move_the_mean() -> None:
    """Weights 3 and 1 of 5 and 1 give 4, and n stays two."""
    found = mean([5, 1], [3.0, 1.0])
    assert (found.value, found.n) == (4.0, 2)


@pytest.mark.filterwarnings("ignore:Precision loss:RuntimeWarning")  # scipy's, for a group without spread
@given(ANSWERS, ANSWERS)
def test_difference_is_welchs(a: list[int], b: list[int]) -> None:
    """Gap, p and limits are those of scipy's unequal-variance t test, first minus second."""
    found = mean_difference(a, b)
    if len(set(a)) == len(set(b)) == 1:
        assert (found.low, found.p) == (None, None)
        return
    expected = stats.ttest_ind(a, b, equal_var=False)
    limits = expected.confidence_interval(0.95)
    assert found.p == pytest.approx(expected.pvalue, abs=1e-9)
    assert (found.low, found.high) == pytest.approx((limits.low, limits.high))


def test_difference_with_a_single_answer_is_not_tested() -> None:
    """One answer has a gap to the others but no test."""
    found = mean_difference([5], [3, 4])
    assert (found.value, found.p, found.low) == (1.5, None, None)


def test_difference_from_nobody_is_unknown() -> None:
    """An empty group has no gap."""
    assert mean_difference([], [3, 4]).value is None


def test_index_needs_every_item() -> None:
    """Who left out one of heard, understood and valued has no heard index."""
    frame = pd.DataFrame({"heard": [4, 5, 3], "understood": [5, 5, None], "valued": [3, 5, 3]})
    assert all_of(frame).dropna().tolist() == [4.0, 5.0]


def test_index_reads_nullable_columns() -> None:
    """Whole-number columns with missing values count the same."""
    frame = pd.DataFrame({"heard": [4, None], "valued": [5, 5]}, dtype="Int64")
    assert all_of(frame).dropna().tolist() == [4.5]
