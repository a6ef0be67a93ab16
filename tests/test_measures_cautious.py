"""Comparisons of small groups, and of answers that pile up at the top of their scale: a difference is as sure as the less sure of two tests says."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportions_ztest, test_proportions_2indep

from kohtaamo_utils.measures.cautious import (
    cautious_mean_difference,
    cautious_nps_difference,
    cautious_share_difference,
)
from kohtaamo_utils.measures.comparisons import each_against_rest
from kohtaamo_utils.measures.means import mean_difference
from kohtaamo_utils.measures.nps import nps_difference_adjusted
from kohtaamo_utils.measures.proportions import share_difference

test_proportions_2indep.__test__ = False  # statsmodels' name, no test of ours
SCORES = st.lists(st.integers(1, 5), min_size=2, max_size=30)
TENS = st.lists(st.integers(0, 10), min_size=2, max_size=30)
FLAGS = st.lists(st.integers(0, 1), min_size=2, max_size=30)
SURVEYS, GROUPS, OTHERS = 40, 12, 400


@given(SCORES, SCORES)
def test_means_take_the_less_sure_of_welch_and_student(a: list[int], b: list[int]) -> None:
    """P is the larger of scipy's two t tests, with unequal and with pooled variances, and the limits are of the same test."""
    found = cautious_mean_difference(a, b)
    if len(set(a)) == len(set(b)) == 1:
        assert found.p is None
        return
    tests = [stats.ttest_ind(a, b, equal_var=equal) for equal in (False, True)]
    assert found.p == pytest.approx(max(test.pvalue for test in tests), abs=1e-9)
    limits = tests[0].confidence_interval()
    assert (found.low, found.high) == pytest.approx((limits.low, limits.high))


@given(FLAGS, FLAGS)
def test_shares_take_the_less_sure_of_chi_square_and_agresti_caffo(a: list[int], b: list[int]) -> None:
    """P is the larger of statsmodels' pooled z test and its test after Agresti and Caffo; Newcombe's limits stay."""
    found = cautious_share_difference(a, b)
    counts, sizes = [sum(a), sum(b)], [len(a), len(b)]
    added = test_proportions_2indep(counts[0], sizes[0], counts[1], sizes[1], method="agresti-caffo").pvalue
    plain = 1.0 if sum(counts) in (0, sum(sizes)) else proportions_ztest(counts, sizes)[1]
    assert found.p == pytest.approx(max(added, plain), abs=1e-9)
    assert (found.low, found.high) == (share_difference(a, b).low, share_difference(a, b).high)


@given(TENS, TENS)
def test_scores_take_the_less_sure_of_adjusted_and_pooled(a: list[int], b: list[int]) -> None:
    """P is the larger of Rocks's adjusted one and that of the variance of all answers together, as 1, 0 and -1."""
    found, adjusted = cautious_nps_difference(a, b), nps_difference_adjusted(a, b)
    classes = [np.where(np.array(x) >= 9, 1.0, np.where(np.array(x) <= 6, -1.0, 0.0)) for x in (a, b)]
    error = sqrt(np.var(np.concatenate(classes)) * (1 / len(a) + 1 / len(b)))
    pooled = 2 * stats.norm.sf(abs(classes[0].mean() - classes[1].mean()) / error) if error > 0 else 1.0
    assert found.p == pytest.approx(adjusted.p if error == 0 else max(adjusted.p, pooled), abs=1e-9)
    assert found.value == adjusted.value


@pytest.mark.parametrize(
    ("compare", "values"),
    [(cautious_mean_difference, SCORES), (cautious_share_difference, FLAGS), (cautious_nps_difference, TENS)],
)
def test_weights_that_are_alike_change_nothing(compare, values) -> None:
    """A weight of 2 for everybody is no weight, and turning the groups round turns the difference."""

    @given(values, values)
    def holds(a: list[int], b: list[int]) -> None:
        plain, weighted, back = compare(a, b), compare(a, b, [2.0] * len(a), [2.0] * len(b)), compare(b, a)
        assert (weighted.p, weighted.low) == pytest.approx((plain.p, plain.low))
        assert (back.p, back.value) == pytest.approx((plain.p, -plain.value))

    holds()


def false_finds(measure: str, size: int, top: float) -> float:
    """Return the share of surveys of groups that do not differ in which one is called different."""
    chance = np.random.default_rng(11)
    lower = {"nps": [3, 5, 6, 7, 8], "share": [0], "mean": [1, 2, 3, 4, 4.67]}[measure]
    best = {"nps": 10, "share": 1, "mean": 5}[measure]
    groups = pd.Series(np.repeat(np.arange(GROUPS + 1), [size] * GROUPS + [OTHERS]))
    found = 0
    for _ in range(SURVEYS):
        values = np.where(chance.random(len(groups)) < top, best, chance.choice(lower, len(groups)))
        found += any(one.differs for one in each_against_rest(pd.Series(values, dtype=float), groups, measure))
    return found / SURVEYS


@pytest.mark.parametrize("measure", ["mean", "share", "nps"])
@pytest.mark.parametrize(
    ("size", "top"),
    [
        (5, 0.72),
        *(
            pytest.param(size, top, marks=pytest.mark.slow)
            for size, top in ((10, 0.9), (20, 0.72), (5, 0.97), (40, 0.5))
        ),
    ],
)
def test_groups_that_do_not_differ_are_not_called_different(measure: str, size: int, top: float) -> None:
    """With twelve small groups that do not differ, one is called different in about 5 surveys of 100 at most, however many give the best answer."""
    assert false_finds(measure, size, top) <= 0.1


def test_six_best_answers_are_no_better_group() -> None:
    """Six who all give the best answer, as three customers of four do, are not called better; each group's own spread would be sure of it."""
    six, others = [5.0] * 6, [5.0] * 300 + [3.0] * 100
    assert mean_difference(six, others).p < 1e-9
    assert cautious_mean_difference(six, others).p > 0.1


def test_a_real_difference_is_still_found() -> None:
    """A group of twenty that is a point below the others is called different."""
    values = pd.Series([5, 4, 4, 3] * 50 + [4, 3, 3, 2] * 5, dtype=float)
    found = {
        one.group: one for one in each_against_rest(values, pd.Series(["a"] * 100 + ["b"] * 100 + ["c"] * 20), "mean")
    }
    assert found["c"].differs
    assert found["c"].difference.value == pytest.approx(-1.0)
