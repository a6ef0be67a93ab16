"""Mystery shopping scores."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaamo_utils.errors import DataError
from kohtaamo_utils.measures.means import mean
from kohtaamo_utils.measures.mystery import by, double_visits, mystery_score, visit_scores

GOLDEN = pd.DataFrame({"visit_id": 1, "weight": [5, 10, 10, 5, 20, 10], "score": [1, 1, 0, None, 1, 0.5], "maximum": 1})


def visits(**scores: list[float | None]) -> pd.DataFrame:
    rows = [{"visit_id": visit, "score": score, "maximum": 5} for visit, given in scores.items() for score in given]
    return pd.DataFrame(rows)


def test_a_criterion_that_did_not_apply_leaves_both_sums() -> None:
    """Weights 5 10 10 5 20 10 with scores 1 1 0 N/A 1 .5 give 40 / 55 = 72.7273 %."""
    found = visit_scores(GOLDEN)
    assert found[["points", "possible", "criteria"]].to_numpy().tolist() == [[40, 55, 5]]
    assert found["score"].iloc[0] == pytest.approx(0.727273, abs=5e-7)


def test_a_missing_weight_is_one() -> None:
    """Without weights, or with a gap in them, a criterion weighs one."""
    plain = visits(a=[5, 2])
    assert visit_scores(plain)["score"].tolist() == [0.7]
    assert visit_scores(plain.assign(weight=[None, 1.0]))["score"].tolist() == [0.7]


def test_each_visit_weighs_the_same() -> None:
    """The mean is over visits, however many criteria each had."""
    found = mystery_score(visits(a=[5, 5, 5, 5], b=[0]))
    assert (found.value, found.n, found.unit, found.method) == (0.5, 2, "share", "t")


def test_the_interval_is_students_cut_at_the_ends() -> None:
    """The t limits over visits, never below 0 or above 1."""
    inside, wide = mystery_score(visits(a=[3], b=[4], c=[3])), mystery_score(visits(a=[5], b=[3]))
    plain = mean([0.6, 0.8, 0.6])
    assert (inside.low, inside.high) == pytest.approx((plain.low, plain.high))
    assert (wide.low, wide.high) == (0.0, 1.0)


def test_one_visit_has_no_interval() -> None:
    """A single visit is a score without an interval."""
    found = mystery_score(GOLDEN)
    assert (found.n, found.low, found.high) == (1, None, None)


def test_a_visit_where_nothing_applied_is_no_visit() -> None:
    """A visit without any score is left out, and no visits have no score."""
    assert mystery_score(visits(a=[4], b=[None])).n == 1
    assert mystery_score(visits(a=[None])).value is None


def test_units_are_scored_over_their_own_visits() -> None:
    """Each unit's mean is over its visits, in the order of the names."""
    frame = visits(a=[5], b=[3], c=[1]).assign(unit=["Turku", "Oulu", "Oulu"])
    found = by(frame, "unit")
    assert [(unit, one.value, one.n) for unit, one in found.items()] == [
        ("Oulu", pytest.approx(0.4), 2),
        ("Turku", 1.0, 1),
    ]


def test_elements_are_scored_within_each_visit() -> None:
    """For an element each visit counts with that element's criteria alone."""
    frame = visits(a=[5, 1], b=[3, 5]).assign(element=["trust", "value"] * 2)
    assert {element: one.value for element, one in by(frame, "element").items()} == pytest.approx(
        {"trust": 0.8, "value": 0.6}
    )


def test_visits_carry_where_and_when() -> None:
    """The visit's unit and date come along for the reports."""
    found = visit_scores(visits(a=[5, 5]).assign(unit="Oulu", visited_on=pd.Timestamp("2025-05-05")))
    assert found[["unit", "visited_on"]].to_numpy().tolist() == [["Oulu", pd.Timestamp("2025-05-05")]]


def test_an_unknown_dimension_is_refused() -> None:
    """The message lists the columns that there are."""
    with pytest.raises(
        DataError, match=r'"store" came as a dimension of the visits\. Allowed: visit_id, score, maximum'
    ):
        by(visits(a=[5]), "store")


def test_a_visit_without_a_point_to_earn_is_refused() -> None:
    """Maxima of zero have no share."""
    with pytest.raises(DataError, match='Visit "a" has no point to earn'):
        visit_scores(visits(a=[0]).assign(maximum=0))


@given(st.lists(st.tuples(st.integers(1, 4), st.floats(0, 5), st.floats(0.1, 20)), min_size=1, max_size=30))
def test_scores_are_shares(rows: list[tuple[int, float, float]]) -> None:
    """Scores within their maxima give shares within 0-1."""
    frame = pd.DataFrame(rows, columns=["visit_id", "score", "weight"]).assign(maximum=5.0)
    assert visit_scores(frame)["score"].between(0, 1 + 1e-12).all()


def two_visits(first: list[float | None], second: list[float | None], **second_visit: object) -> pd.DataFrame:
    """Return two visits of one unit, touchpoint and day, criterion by criterion; the second may differ in where or when."""
    parts = []
    for visit, scores, differs in (("1", first, {}), ("2", second, second_visit)):
        same = {"unit": "Turku", "touchpoint": "Kassa", "visited_on": pd.Timestamp("2025-05-05"), **differs}
        parts.append(
            pd.DataFrame({"visit_id": visit, "criterion": list("abcd"), "score": scores, "maximum": 2, **same})
        )
    return pd.concat(parts, ignore_index=True)


def test_double_visits_are_compared_criterion_by_criterion() -> None:
    """Of three criteria that both scored two agree; the scores are 5/8 and 4/6 of the points."""
    found = double_visits(two_visits([2, 1, 0, 2], [2, 0, None, 2]))
    assert found is not None
    assert (found.pairs, found.same.n, found.icc) == (1, 3, None)
    assert found.same.value == pytest.approx(2 / 3)
    assert found.gap == pytest.approx(4 / 6 - 5 / 8)


@pytest.mark.parametrize(
    "differs", [{"unit": "Oulu"}, {"touchpoint": "Chat"}, {"visited_on": pd.Timestamp("2025-05-06")}]
)
def test_visits_elsewhere_or_another_day_are_no_double_visit(differs: dict[str, object]) -> None:
    """Two visits that differ in unit, touchpoint or day are not compared."""
    assert double_visits(two_visits([2, 1, 0, 2], [2, 0, 1, 2], **differs)) is None
