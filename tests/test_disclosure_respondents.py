"""Categories of a survey beside their total."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaamo_utils.disclosure.respondents import visible_categories

COUNTS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 15))
MINIMUM = st.integers(3, 8)


@given(COUNTS, MINIMUM, st.integers(0, 9))
def test_what_is_not_shown_is_nobody_or_enough(counts, minimum, blanks):
    """The respondents outside the shown categories are none or at least the minimum, unless nothing is shown."""
    total = sum(counts.values()) + blanks
    result = visible_categories(counts, minimum, total)
    left = total - sum(counts[name] for name in result.shown)
    assert left == 0 or left >= minimum or not result.shown


@given(COUNTS, MINIMUM, st.integers(0, 9))
def test_every_category_with_respondents_is_shown_or_hidden(counts, minimum, blanks):
    """Shown and hidden categories are exactly those with respondents, and no shown one is below the minimum."""
    result = visible_categories(counts, minimum, sum(counts.values()) + blanks)
    assert sorted([*result.shown, *result.hidden]) == sorted(name for name, n in counts.items() if n)
    assert all(counts[name] >= minimum for name in result.shown)
    assert {name for name, reason in result.hidden.items() if reason == "below_threshold"} == {
        name for name, n in counts.items() if 0 < n < minimum
    }


@given(COUNTS, MINIMUM, st.integers(0, 9))
def test_no_more_is_hidden_than_needed(counts, minimum, blanks):
    """Showing the last category that was hidden as complementary would leave too few; those hidden are the smallest."""
    total = sum(counts.values()) + blanks
    result = visible_categories(counts, minimum, total)
    extra = sorted((counts[name], name) for name, reason in result.hidden.items() if reason == "complementary")
    if extra:
        left = total - sum(counts[name] for name in result.shown) - extra[-1][0]
        assert 0 < left < minimum
        assert all(extra[-1] < (counts[name], name) for name in result.shown)


@given(COUNTS, MINIMUM)
def test_the_total_is_the_sum_where_not_given(counts, minimum):
    """Without a total, everybody is in a category."""
    assert visible_categories(counts, minimum) == visible_categories(counts, minimum, sum(counts.values()))


@given(st.permutations(["a", "b", "c", "d"]))
def test_ties_go_by_name(order):
    """Of equally small categories the first by name is hidden, whatever the order they come in."""
    result = visible_categories({name: 1 if name == "d" else 9 for name in order}, 5)
    assert result.hidden == {"d": "below_threshold", "a": "complementary"}


def test_a_hidden_product_unit_hides_tech_too():
    """Tech 60 shown beside the company's total gives away Product's single answer: Tech is hidden as well (own vector)."""
    result = visible_categories({"Tech": 60, "Product": 1}, 5)
    assert result.shown == ()
    assert result.hidden == {"Product": "below_threshold", "Tech": "complementary"}


def test_respondents_without_a_category_count_in_what_is_left():
    """One blank among ten gives itself away when everybody else is shown."""
    assert visible_categories({"a": 6, "b": 9}, 5, total=16).hidden == {"a": "complementary"}
    assert visible_categories({"a": 6, "b": 9}, 5, total=15).hidden == {}


def test_a_total_below_the_sum_is_refused():
    """Categories that overlap, or a wrong total, are a caller's mistake."""
    with pytest.raises(ValueError, match="the total 3 is smaller than the sum of its categories, 4"):
        visible_categories({"a": 4}, 3, total=3)
