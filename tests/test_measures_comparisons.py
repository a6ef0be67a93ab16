"""Adjusted p-values, and each group against the rest."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kohtaamo_utils.measures.cautious import cautious_nps_difference
from kohtaamo_utils.measures.comparisons import benjamini_hochberg, each_against_rest, holm
from kohtaamo_utils.measures.nps import nps

# Benjamini & Hochberg (1995), the 15 p-values of their example
P = [
    0.0001,
    0.0004,
    0.0019,
    0.0095,
    0.0201,
    0.0278,
    0.0298,
    0.0344,
    0.0459,
    0.3240,
    0.4262,
    0.5719,
    0.6528,
    0.7590,
    1.0,
]
BH = [0.0015, 0.0030, 0.0095, 0.035625, 0.0603, 0.063857143, 0.063857143, 0.0645, 0.0765]
BH += [0.486, 0.581181818, 0.714875, 0.753230769, 0.813214286, 1]
PROBABILITIES = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def test_benjamini_hochberg_agrees_with_r() -> None:
    """The fifteen p-values of the 1995 paper, adjusted as R's p.adjust does."""
    assert benjamini_hochberg(P) == pytest.approx(BH, abs=5e-10)


def test_benjamini_hochberg_rejects_four() -> None:
    """At .05 the paper's example rejects four."""
    assert (benjamini_hochberg(P) <= 0.05).sum() == 4


def test_holm_agrees_with_r() -> None:
    """Holm's adjustment of the same p-values."""
    expected = [0.0015, 0.0056, 0.0247, 0.114, 0.2211, 0.278, 0.278, 0.278, 0.3213]
    assert holm(P)[:9] == pytest.approx(expected, abs=1e-12)
    assert holm(P)[9:] == pytest.approx([1.0] * 6)


@given(PROBABILITIES)
def test_adjustment_follows_scipy_in_any_order(p: list[float]) -> None:
    """The order in which the p-values come does not matter."""
    assert benjamini_hochberg(p) == pytest.approx(stats.false_discovery_control(p))


@given(PROBABILITIES)
def test_adjusted_values_lie_between_the_raw_ones_and_one(p: list[float]) -> None:
    """Raw ≤ Benjamini-Hochberg ≤ Holm ≤ 1."""
    bh, strict = benjamini_hochberg(p), holm(p)
    assert (bh >= p).all()
    assert (strict >= bh - 1e-12).all()
    assert (strict <= 1).all()


@pytest.fixture
def answers() -> pd.DataFrame:
    scores = [10] * 30 + [8] * 10 + [0] * 30 + [9] * 10 + [7] * 10 + [3] * 10
    return pd.DataFrame({"score": scores, "shop": ["Turku"] * 40 + ["Oulu"] * 30 + ["Vaasa"] * 30})


def test_each_group_meets_all_others_pooled(answers: pd.DataFrame) -> None:
    """Turku's figure stands against that of Oulu and Vaasa together."""
    turku = next(one for one in each_against_rest(answers["score"], answers["shop"], "nps") if one.group == "Turku")
    inside = answers["shop"] == "Turku"
    assert turku.estimate == nps(answers["score"][inside])
    assert turku.rest == nps(answers["score"][~inside])
    assert turku.difference == cautious_nps_difference(answers["score"][inside], answers["score"][~inside])


def test_groups_come_in_the_order_of_their_names(answers: pd.DataFrame) -> None:
    """The report's rows do not move with the order of the file."""
    found = each_against_rest(answers["score"].iloc[::-1], answers["shop"].iloc[::-1], "nps")
    assert [one.group for one in found] == ["Oulu", "Turku", "Vaasa"]


def test_groups_stand_out_by_the_adjusted_p(answers: pd.DataFrame) -> None:
    """Turku and Oulu differ from the rest, Vaasa does not; p is adjusted over the three."""
    found = each_against_rest(answers["score"], answers["shop"], "nps")
    assert [one.differs for one in found] == [True, True, False]
    assert [one.p_adjusted for one in found] == pytest.approx(benjamini_hochberg([one.difference.p for one in found]))


def test_missing_answers_and_groups_are_dropped() -> None:
    """A group whose answers are all missing is not there."""
    values = pd.Series([4, 5, None, 3, 2])
    groups = pd.Series(["a", "a", "b", "c", None])
    found = each_against_rest(values, groups, "mean")
    assert [(one.group, one.estimate.n, one.rest.n) for one in found] == [("a", 2, 1), ("c", 1, 2)]


def test_a_group_that_cannot_be_tested_does_not_differ() -> None:
    """One answer has no t test: no p, and no claim."""
    found = each_against_rest(pd.Series([5.0, 1.0, 2.0]), pd.Series(["a", "b", "b"]), "mean")
    assert [(one.p_adjusted, one.differs) for one in found] == [(None, False), (None, False)]


def test_one_group_has_nothing_to_be_compared_with() -> None:
    """A single group gives no comparison."""
    assert each_against_rest(pd.Series([1, 0]), pd.Series(["a", "a"]), "share") == ()


def test_weights_enter_the_comparison() -> None:
    """The share of each group is weighted by its rows' weights."""
    found = each_against_rest(
        pd.Series([1, 0, 1, 0]), pd.Series([1, 1, 2, 2]), "share", weights=pd.Series([3.0, 1.0, 1.0, 1.0])
    )
    assert [one.estimate.value for one in found] == [0.75, 0.5]
