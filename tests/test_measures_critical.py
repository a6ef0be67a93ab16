"""What a failed critical question does to a visit's score."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaamo_utils.measures.critical import failed, pulled_down
from kohtaamo_utils.measures.mystery import by, visit_scores

# REFERENCE 9.18, whose third question earned nothing
GOLDEN = pd.DataFrame({
    "visit_id": "a", "weight": [5, 10, 10, 5, 20, 10], "score": [1, 1, 0, None, 1, 0.5], "maximum": 1,
    "critical": [False, False, True, False, False, False], "element": ["trust"] * 4 + ["value"] * 2,
})  # fmt: skip
ROWS = st.tuples(st.sampled_from("ab"), st.sampled_from(["trust", "value", None]), st.integers(0, 5), st.booleans())


@pytest.mark.parametrize(
    ("fails", "at_most", "points"),
    [
        ("visit", 0.0, 0),
        ("visit", 0.5, 27.5),
        ("visit", 0.9, 40),
        ("element", 0.0, 25),
        ("element", 0.2, 30),
        ("element", 0.9, 40),
    ],
)
def test_the_golden_visit_under_each_rule(fails: str, at_most: float, points: float) -> None:
    """Of 40 points of 55, with 15 of 25 in the failed question's element: by hand, what each rule leaves."""
    found = visit_scores(pulled_down(GOLDEN, fails, at_most))
    assert found[["points", "possible", "criteria"]].to_numpy().tolist() == [[pytest.approx(points), 55, 5]]


def test_other_visits_and_elements_keep_their_scores() -> None:
    """Only the visit, or the element of that visit, in which the question failed is lowered."""
    rows = pd.concat([GOLDEN, GOLDEN.assign(visit_id="b", critical=False)], ignore_index=True)
    assert visit_scores(pulled_down(rows, "visit", 0))["score"].tolist() == [0, pytest.approx(40 / 55)]
    elements = by(pulled_down(GOLDEN, "element", 0), "element")
    assert {name: one.value for name, one in elements.items()} == {"trust": 0.0, "value": pytest.approx(25 / 30)}


@pytest.mark.parametrize("score", [0.5, None])
def test_a_question_with_some_points_or_none_to_give_has_not_failed(score: float | None) -> None:
    """A part of the points is not nothing, and a question that did not apply is no failure."""
    rows = GOLDEN.assign(score=[1, 1, score, None, 1, 0.5])
    assert not failed(rows).any()
    assert visit_scores(pulled_down(rows, "visit", 0)).equals(visit_scores(rows))


def test_without_the_column_no_question_is_critical() -> None:
    """Data that mark nothing as critical are left as they are."""
    rows = GOLDEN.drop(columns="critical")
    assert pulled_down(rows, "visit", 0)["score"].equals(rows["score"].astype("float64"))


def test_questions_without_an_element_are_one_element() -> None:
    """Where no element is named, a rule on elements is one on the visit."""
    assert visit_scores(pulled_down(GOLDEN.drop(columns="element"), "element", 0))["points"].tolist() == [0]


@given(st.lists(ROWS, min_size=1, max_size=25), st.sampled_from(["visit", "element"]), st.floats(0, 0.99))
def test_a_rule_never_raises_a_score_and_keeps_the_cap(
    rows: list[tuple[str, str | None, int, bool]], fails: str, at_most: float
) -> None:
    """Every score is at most what it was, and a visit with a failed question is at most at the cap."""
    frame = pd.DataFrame(rows, columns=["visit_id", "element", "score", "critical"]).assign(maximum=5.0)
    lowered = pulled_down(frame, fails, at_most)
    assert (lowered["score"] <= frame["score"] + 1e-12).all()
    if fails == "visit":
        hit = set(frame.loc[failed(frame), "visit_id"])
        scores = visit_scores(lowered).set_index("visit_id")["score"]
        assert all(scores[visit] <= at_most + 1e-9 for visit in hit)
