"""Paired differences, and which of many are clear."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kohtaamo_utils.measures.correlation import rank_correlation
from kohtaamo_utils.measures.paired import clear_pairs, paired_difference

# Student (1908), Biometrika 6:1-25: additional hours of sleep by two drugs; R's `sleep`, t = -4.0621, df 9, p .002833
FIRST = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
SECOND = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]


def test_students_sleep() -> None:
    """The paired comparison of R's `sleep`: -1.58, -2.4599 to -0.7001, p .002833."""
    found = paired_difference(FIRST, SECOND)
    assert (found.value, found.low, found.high) == pytest.approx((-1.58, -2.4598858, -0.7001142), abs=5e-7)
    assert found.p == pytest.approx(0.00283289, abs=5e-9)


def test_pairs_with_a_missing_half_are_left_out() -> None:
    """A person who lacks one of the two does not count."""
    assert paired_difference([*FIRST, None], [*SECOND, 3.0]) == paired_difference(FIRST, SECOND)


@pytest.mark.parametrize(("second", "p"), [([1.0, 2.0, 3.0], 1.0), ([0.5, 1.5, 2.5], 0.0)])
def test_differences_that_are_all_alike(second: list[float], p: float) -> None:
    """Where all differences are one number there is no interval: none is certain, any other too."""
    found = paired_difference([1.0, 2.0, 3.0], second)
    assert (found.low, found.p) == (None, p)


def test_one_pair_is_no_comparison() -> None:
    """One pair has a difference and nothing else; none has nothing."""
    assert (paired_difference([2.0], [1.0]).value, paired_difference([2.0], [1.0]).p) == (1.0, None)
    assert paired_difference([], []).value is None


def test_clear_pairs_are_those_of_holm() -> None:
    """Each pair's p-value by scipy, stepped down by Holm by hand: the same pairs are clear."""
    random = np.random.default_rng(4)
    table = pd.DataFrame(
        {name: random.normal(level, 0.5, 12) for name, level in zip("abcd", (4, 3.9, 3.4, 3.2), strict=True)}
    )
    pairs = [(one, two) for n, one in enumerate(table) for two in list(table)[n + 1 :]]
    tested = sorted((stats.ttest_rel(table[one], table[two]).pvalue, one, two) for one, two in pairs)
    clear = set()
    for place, (p, one, two) in enumerate(tested):
        if p * (len(tested) - place) > 0.05:
            break
        clear.add((one, two) if table[one].mean() > table[two].mean() else (two, one))
    assert 0 < len(clear) < len(pairs)
    assert clear_pairs(table) == clear


def test_chance_is_seldom_called_clear() -> None:
    """Of 200 tables of eight columns without any difference at most a twentieth, and some more by chance, name a pair."""
    random = np.random.default_rng(1)
    named = sum(bool(clear_pairs(pd.DataFrame(random.normal(size=(8, 8))).rename(columns=str))) for _ in range(200))
    assert named <= 18


def test_too_few_pairs_are_not_tested() -> None:
    """Four people have no clear pair, whatever they answer."""
    assert clear_pairs(pd.DataFrame({"a": [4.0] * 4, "b": [1.0] * 4})) == frozenset()


def test_rank_correlation_with_ties() -> None:
    """Spearman's coefficient with ties at their middle rank is scipy's; the interval is Bonett and Wright's by hand."""
    one, two = [1, 2, 2, 4, 5, 7, 3], [2, 1, 3, 3, 6, 5, 4]
    found = rank_correlation(one, two)
    r = stats.spearmanr(one, two).statistic
    assert found.value == pytest.approx(r)
    reach = 1.959964 * np.sqrt((1 + r**2 / 2) / 4)
    assert (found.low, found.high) == pytest.approx(
        (np.tanh(np.arctanh(r) - reach), np.tanh(np.arctanh(r) + reach)), abs=1e-6
    )


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 10), st.integers(1, 4)), min_size=4, max_size=30))
def test_a_weight_counts_as_often_as_it_says(rows: list[tuple[int, int, int]]) -> None:
    """The weighted coefficient is scipy's of the rows repeated as often as their weights say; the interval has Kish's number."""
    one, two, weights = zip(*rows, strict=True)
    found = rank_correlation(one, two, weights)
    if min(len(set(one)), len(set(two))) < 2:
        assert found.value is None
        return
    assert found.value == pytest.approx(stats.spearmanr(np.repeat(one, weights), np.repeat(two, weights)).statistic)
    effective = sum(weights) ** 2 / sum(weight**2 for weight in weights)
    if found.low is not None:
        reach = 1.959964 * np.sqrt((1 + found.value**2 / 2) / (effective - 3))
        assert found.low == pytest.approx(np.tanh(np.arctanh(found.value) - reach), abs=1e-6)
    assert (found.low is None) == (effective < 4 or abs(found.value) > 1 - 1e-12)


def test_rank_correlation_of_too_little() -> None:
    """Two units, or one side without any difference, have no correlation; full agreement has no interval."""
    assert rank_correlation([1, 2], [2, 1]).value is None
    assert rank_correlation([1, 1, 1], [2, 1, 3]).value is None
    assert (rank_correlation([1, 2, 3, 4], [1, 2, 3, 4]).value, rank_correlation([1, 2, 3, 4], [1, 2, 3, 4]).low) == (
        1.0,
        None,
    )
