"""The parts of the 360 decision: pooling, bands, linear algebra, and the bounds that margins set."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from kohtaamo_utils.disclosure import linear
from kohtaamo_utils.disclosure.bands import Scale, printed
from kohtaamo_utils.disclosure.derived import Answer, near_an_end
from kohtaamo_utils.disclosure.exchange import Table, leaves_bands_open
from kohtaamo_utils.disclosure.linear import exposes_few, rank
from kohtaamo_utils.disclosure.pooling import pool
from kohtaamo_utils.disclosure.publication import Band

SCALE = Scale(1, 5)
MATRIX = st.integers(1, 4).flatmap(
    lambda columns: st.lists(st.lists(st.integers(-3, 3), min_size=columns, max_size=columns), min_size=1, max_size=4)
)


def raters(**sizes):
    return {group: frozenset(f"{group}{n}" for n in range(size)) for group, size in sizes.items()}


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ({"peer": 3, "report": 4}, ["peer", "report"]),
        ({"peer": 2, "report": 5}, ["peer+report"]),
        ({"peer": 2, "report": 2}, ["peer+report"]),
        ({"peer": 2}, []),
        ({"peer": 3, "report": 1}, ["peer+report"]),
        ({"peer": 1, "report": 1, "customer": 1}, ["peer+report+customer"]),
        ({"peer": 6, "report": 1, "customer": 4}, ["peer", "report+customer"]),
        ({"peer": 4, "report": 1, "customer": 4}, ["peer+report", "customer"]),
        ({"peer": 1, "report": 2, "customer": 8}, ["peer+report", "customer"]),
        ({}, []),
    ],
)
def test_small_groups_are_pooled(sizes, shown):
    """Small groups are pooled, with the smallest large one if need be, or left out; equal ones go by the groups' order."""
    assert list(pool(raters(**sizes), 3).shown) == shown


@given(st.fixed_dictionaries({group: st.integers(0, 7) for group in ("peer", "report", "customer")}), st.integers(3, 5))
def test_no_pool_is_too_small_and_nobody_is_lost(sizes, minimum):
    """Each shown group has the minimum, and everybody is shown somewhere if there are enough raters in all."""
    people = raters(**sizes)
    shown = pool(people, minimum).shown
    assert all(sum(sizes[group] for group in members) >= minimum for members in shown.values())
    everybody = sum(sizes[group] for members in shown.values() for group in members)
    assert everybody == (sum(sizes.values()) if sum(sizes.values()) >= minimum else 0)


def test_a_person_in_two_groups_counts_once_in_a_pool():
    """Two people, one of them in two groups, do not make three raters."""
    assert pool({"peer": frozenset("ab"), "customer": frozenset("a")}, 3).shown == {}


@pytest.mark.parametrize(
    ("value", "text"), [("3.625", 3.6), ("3.25", 3.3), ("3.35", 3.4), ("4.449", 4.4), ("-0.25", -0.3), ("0", 0.0)]
)
def test_halves_are_rounded_away_from_zero(value, text):
    """A printed mean has one decimal, halves going away from zero."""
    assert printed(Fraction(value)) == text


@given(st.fractions(1, 5))
def test_the_zone_is_what_would_print_as_the_bands_limit_or_beyond(mean):
    """A mean is in a zone exactly when its printed number is within half a point of the scale's end."""
    number = printed(mean)
    assert SCALE.zone(mean) == ("high" if number >= 4.5 else "low" if number <= 1.5 else None)


def test_a_band_tells_its_limit_and_its_middle_is_the_guess():
    """A five-point scale has the bands 4.5 or more and 1.5 or less."""
    assert (SCALE.band("high"), SCALE.band("low")) == (Band("high", 4.5), Band("low", 1.5))
    assert SCALE.middle(SCALE.band("low")) == Fraction(5, 4)


def test_on_a_short_scale_the_nearer_end_is_told():
    """On a yes-no scale every mean is near an end."""
    assert (Scale(0, 1).zone(Fraction(1, 4)), Scale(0, 1).zone(Fraction(1, 2))) == ("low", "high")


@given(MATRIX)
def test_rank_is_the_matrix_rank(rows):
    """Elimination in whole numbers agrees with numpy on small matrices."""
    fractions = [[Fraction(value, 3) for value in row] for row in rows]
    assert rank(fractions) == np.linalg.matrix_rank(np.array(rows))


@settings(max_examples=60)
@given(st.lists(st.lists(st.integers(0, 1), min_size=5, max_size=5), min_size=1, max_size=4))
def test_few_are_exposed_exactly_when_leaving_them_out_lowers_the_rank(rows):
    """The search over kinds of answers agrees with trying every set of one or two raters of five."""
    matrix = np.array(rows)
    exposed = any(
        np.linalg.matrix_rank(np.delete(matrix, people, axis=1)) < np.linalg.matrix_rank(matrix)
        for n in (1, 2)
        for people in combinations(range(5), n)
    )
    assert exposes_few([[Fraction(value) for value in row] for row in rows], "abcde", 3) is exposed


def test_too_many_sets_to_look_at_count_as_exposed(monkeypatch):
    """Where the search would not end, the safe answer is given."""
    rows = [[Fraction(1, n + 1) for n in range(9)]]
    assert exposes_few(rows, "abcdefghi", 3) is False
    monkeypatch.setattr(linear, "SEARCH_LIMIT", 3)
    assert exposes_few(rows, "abcdefghi", 3) is True


def table(*rows):
    sums = tuple(tuple(Fraction(value) for value in row) for row in rows)
    zeros = (Fraction(0),) * len(rows[0])
    return Table(sums, (3,) * len(rows), (zeros,) * len(rows), ((0,) * len(rows[0]),) * len(rows))


def test_margins_that_press_a_mean_to_the_end_are_found():
    """All fives can give points to a partner with room; a partner at the bottom of the other item has none to give."""
    assert leaves_bands_open(table((15, 9), (9, 9)), SCALE)
    assert not leaves_bands_open(table((15, 9), (9, 3)), SCALE)


def test_a_columns_mean_near_an_end_is_not_left_open():
    """A column's mean is known: it may not be near an end itself."""
    assert not leaves_bands_open(table((14, 9), (14, 9)), SCALE)


def test_a_single_row_has_no_partner():
    """With one row all cells are known, so one near an end is too much and none is fine."""
    assert not leaves_bands_open(table((15, 9)), SCALE)
    assert leaves_bands_open(table((12, 9)), SCALE)


def test_no_answer_is_forced_where_nothing_computable_is_near_an_end():
    """Where neither items nor what can be computed is near an end, no answer at an end is the only one possible."""
    forced, free = 0, 0
    for seed in range(300):
        answers = _some_answers(np.random.default_rng(seed), rows=1 + (seed % 3 == 0))
        items = [[one.value for one in answers if one.item == item] for item in {one.item for one in answers}]
        if any(SCALE.zone(sum(its) / len(its)) for its in items):
            continue
        near, single = near_an_end(answers, SCALE), _some_answer_is_forced(answers)
        assert near or not single
        forced += single
        free += not near
    assert forced > 15
    assert free > 15


def _some_answers(random, rows):
    answers = []
    for rater in range(int(random.integers(3, 7))):
        given = [item for item in range(int(random.integers(2, 4))) if random.random() < 0.7]
        values = (Fraction(int(random.choice([1, 3, 4, 5, 5]))) for _ in given)
        answers += [
            Answer(f"i{i}", str(rater % rows), Fraction(1, len(given)), v) for i, v in zip(given, values, strict=True)
        ]
    return answers


def _some_answer_is_forced(answers):
    """Whether the items' sums and the rows' sums leave an answer of 1 or 5 no other value between them."""
    items, rows = ({getattr(answer, name) for answer in answers} for name in ("item", "row"))
    matrix = [[float(answer.item == item) for answer in answers] for item in sorted(items)]
    matrix += [[float(answer.weight * (answer.row == row)) for answer in answers] for row in sorted(rows)]
    sums = np.array(matrix) @ [float(answer.value) for answer in answers]
    for place in range(len(answers)):
        aim = np.eye(len(answers))[place]
        ends = [sign * linprog(sign * aim, A_eq=matrix, b_eq=sums, bounds=(1, 5)).fun for sign in (1, -1)]
        if ends[1] - ends[0] < 1e-7 and answers[place].value in (1, 5):
            return True
    return False
