"""Scoring of 360 ratings."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaamo_utils.errors import DataError
from kohtaamo_utils.measures.ratings import (
    Score,
    catalogue,
    competency_score,
    group_means,
    latest_wave,
    mean,
    others_mean,
    others_weights,
    score,
)

COLUMNS = ["reviewee_id", "rater_id", "rater_group", "item", "competency", "score", "wave"]


def ratings(*rows):
    """Canonical ratings of one reviewee: (rater, group, item, competency, score, wave)."""
    return pd.DataFrame([("x", *row) for row in rows], columns=COLUMNS)


def scored(*rows, share=0.5, items=None):
    return score(ratings(*rows), min_item_share=share, scale=(1, 5), items=items)


def worked():
    """Return the worked attack: manager [4], peers [2, 3], reports [4, 4, 5, 3, 4]."""
    answers = [("manager", 4), ("peer", 2), ("peer", 3), *[("report", value) for value in (4, 4, 5, 3, 4)]]
    return [Score(f"r{number}", group, Fraction(value)) for number, (group, value) in enumerate(answers)]


def test_group_means_and_others_of_the_worked_example():
    """Manager 4, peers 2 and 3, reports 4 4 5 3 4: peers 2.5, reports 4.0, others 3.625 by raters (own vector)."""
    assert group_means(worked()) == {"manager": 4, "peer": Fraction(5, 2), "report": 4}
    assert others_mean(worked(), "raters") == Fraction(29, 8)
    assert mean(s for s in worked() if s.group in ("peer", "report")) == Fraction(25, 7)


def test_others_by_groups_weighs_groups_alike():
    """The mean over group means is (4 + 2.5 + 4) / 3 = 3.5 whatever the groups' sizes."""
    assert others_mean(worked(), "groups") == Fraction(7, 2)


def test_self_is_never_among_the_others():
    """Self's answer leaves the mean of the others as it is."""
    with_self = [*worked(), Score("me", "self", Fraction(5))]
    assert others_mean(with_self, "raters") == others_mean(worked(), "raters")
    assert others_mean([Score("me", "self", Fraction(5))], "raters") is None


@given(
    st.dictionaries(st.sampled_from(["manager", "peer", "report"]), st.integers(0, 9)),
    st.sampled_from(["raters", "groups"]),
)
def test_weights_of_the_others_sum_to_one(sizes, others):
    """Over the groups that answered, the weights sum to exactly 1, and empty groups have none."""
    weights = others_weights(sizes, others) if any(sizes.values()) else {}
    assert set(weights) == {group for group, n in sizes.items() if n}
    assert sum(weights.values()) == (1 if weights else 0)


def test_a_competency_score_is_the_mean_of_answered_items():
    """Unanswered items are left out of the mean, not counted as zero."""
    assert competency_score({"a": Fraction(4), "c": Fraction(5)}, ["a", "b", "c"], 0.5) == Fraction(9, 2)


@pytest.mark.parametrize(("share", "counts"), [(0.5, True), (0.51, False), (0.0, True), (1.0, False)])
def test_half_of_the_items_is_enough_by_default(share, counts):
    """A rater who answered two items of four counts at a share of exactly one half and not above."""
    answers = {"a": Fraction(4), "b": Fraction(5)}
    assert (competency_score(answers, list("abcd"), share) is not None) is counts


def test_no_answer_is_no_score_even_at_share_zero():
    """A rater without answers to a competency has no score on it."""
    assert competency_score({}, ["a"], 0.0) is None


def test_a_rater_below_the_share_still_counts_in_item_means():
    """Two items of five do not make a competency score, but the items are scored."""
    items = dict.fromkeys("abcde", "trust")
    scores = scored(("r1", "peer", "a", "trust", 4.0, None), ("r1", "peer", "b", "trust", 5.0, None), items=items)
    assert scores.competency_scores("trust") == ()
    assert scores.item_scores("a") == (Score("r1", "peer", Fraction(4)),)
    assert scores.competencies == ()


def test_a_missing_score_is_no_answer():
    """A row whose score is missing is not an answer, and a rater with no answers is not a rater."""
    scores = scored(("r1", "peer", "a", "trust", 4.0, None), ("r2", "peer", "a", "trust", float("nan"), None))
    assert [sheet.rater_id for sheet in scores.sheets] == ["r1"]


def test_items_without_a_competency_are_scored_by_themselves():
    """An item without a competency is a loose item; one named in another row of the same item is not."""
    scores = scored(
        ("r1", "peer", "a", None, 4.0, None),
        ("r1", "peer", "b", None, 3.0, None),
        ("r2", "peer", "b", "trust", 5.0, None),
    )
    assert scores.loose_items == ("a",)
    assert scores.items_of("trust") == ("b",)
    assert [s.value for s in scores.competency_scores("trust")] == [3, 5]


def test_a_frame_without_competencies_or_waves_is_scored():
    """The columns competency and wave may be absent altogether."""
    scores = score(
        ratings(("r1", "peer", "a", None, 4.0, None)).drop(columns=["competency", "wave"]),
        min_item_share=0.5,
        scale=(1, 5),
    )
    assert (scores.loose_items, scores.wave, scores.earlier_waves) == (("a",), None, ())


def test_the_last_wave_is_scored_and_the_earlier_ones_are_named():
    """Waves sort as text; rows without a wave are an earlier one, written as an empty text."""
    scores = scored(
        ("r1", "peer", "a", "trust", 1.0, "2024"),
        ("r1", "peer", "a", "trust", 5.0, "2025"),
        ("r2", "peer", "a", "trust", 2.0, None),
    )
    assert (scores.wave, scores.earlier_waves) == ("2025", ("", "2024"))
    assert [s.value for s in scores.item_scores("a")] == [5]


def test_waves_are_absent_where_none_is_named():
    """A wave column without a single name is as no wave column."""
    assert latest_wave(ratings(("r1", "peer", "a", None, 4.0, None))) == (None, ())


def test_two_competencies_for_an_item_are_an_error():
    """An item under two competencies is refused by name."""
    with pytest.raises(DataError, match=r'The item "a" .* two competencies, "trust" and "value"'):
        catalogue(ratings(("r1", "peer", "a", "trust", 4.0, None), ("r2", "peer", "a", "value", 4.0, None)))


def test_a_score_outside_the_scale_is_an_error():
    """A score outside the scale is refused with the scale that was set."""
    with pytest.raises(DataError, match=r'score 6 for the item "a", outside the scale 1-5'):
        scored(("r1", "peer", "a", "trust", 6.0, None))


def test_several_reviewees_at_once_are_refused():
    """Rows of two reviewees are a caller's mistake."""
    frame = ratings(("r1", "peer", "a", None, 4.0, None), ("r1", "peer", "b", None, 4.0, None))
    frame["reviewee_id"] = ["x", "y"]
    with pytest.raises(ValueError, match="one reviewee at a time"):
        score(frame, min_item_share=0.5, scale=(1, 5))


@given(st.permutations(range(6)))
def test_the_order_of_rows_does_not_matter(order):
    """Whatever the rows' order, the scores are the same."""
    rows = [
        (f"r{n}", "peer" if n < 3 else "report", item, "trust", float(1 + n % 5), None)
        for n in range(3)
        for item in "ab"
    ]
    shuffled = scored(*(rows[n] for n in order))
    assert shuffled.sheets == scored(*rows).sheets
