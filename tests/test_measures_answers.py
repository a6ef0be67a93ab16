"""Valid answers and their weights."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaamo_utils.errors import DataError
from kohtaamo_utils.measures.answers import as_floats, p_of, valid, z_of


@pytest.mark.parametrize(
    "column",
    [
        [1, None, 3],
        pd.Series([1, np.nan, 3]),
        pd.Series([1, pd.NA, 3], dtype="Int64"),
        pd.Series([1, None, 3], dtype=object),
        np.array([1.0, np.nan, 3.0]),
    ],
)
def test_missing_answers_are_dropped_however_they_are_spelled(column: object) -> None:
    """None, NaN and NA all mean that nobody answered."""
    assert valid(column).numbers.tolist() == [1.0, 3.0]


def test_true_and_false_count_as_one_and_zero() -> None:
    """A nullable boolean column becomes ones and zeros."""
    assert as_floats(pd.Series([True, None, False], dtype="boolean"))[[0, 2]].tolist() == [1.0, 0.0]


def test_weights_of_a_longer_column_are_matched_by_index() -> None:
    """Answers filtered from a frame keep their own weights."""
    weights = pd.Series([1.0, 2.0, 3.0])
    assert valid(pd.Series([5, 4], index=[0, 2]), weights).weights.tolist() == [1.0, 3.0]


def test_an_answer_without_a_weight_is_dropped() -> None:
    """What cannot be weighted does not count."""
    assert valid([5, 4], [1.0, np.nan]).n == 1


def test_negative_weights_are_refused() -> None:
    """A negative weight is a fault in the client's file."""
    with pytest.raises(DataError, match=r"A weight is negative\. Weights are zero or more"):
        valid([5, 4], [1.0, -1.0])


def test_weights_of_another_length_are_refused() -> None:
    """Each answer has one weight."""
    with pytest.raises(DataError, match="2 answers came with 3 weights"):
        valid([5, 4], [1.0, 1.0, 1.0])


def test_equal_weights_leave_the_sample_variance_as_it_is() -> None:
    """With equal weights the weighted variance is the textbook one with divisor n - 1."""
    answers = [3.0, 4.0, 4.0, 5.0, 1.0]
    assert valid(answers, [2.0] * 5).variance == pytest.approx(np.var(answers, ddof=1))


@given(st.floats(0.5, 0.999))
def test_normal_quantile_and_p_value_are_each_others_inverse(level: float) -> None:
    """The p-value of the quantile of a level is one less the level."""
    assert p_of(z_of(level)) == pytest.approx(1 - level, abs=1e-12)
