"""Shares of reviewees are told as classes that hold several counts each."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaamo_utils.disclosure.shares import share_class, shares


@given(n=st.integers(5, 200), data=st.data())
def test_a_class_holds_at_least_two_counts(n: int, data: st.DataObject) -> None:
    """Whatever the share, at least one other count of the same people has the same class; of nine people or more, two."""
    count = data.draw(st.integers(0, n))
    found = share_class(count, n)
    assert count in found.counts(n)
    assert len(found.counts(n)) >= (2 if n < 9 else 3)
    assert found.low <= count / n <= found.high


@pytest.mark.parametrize(("n", "parts"), [(5, 3), (14, 3), (15, 5), (29, 5), (30, 10), (500, 10)])
def test_classes_are_finer_with_more_people(n: int, parts: int) -> None:
    """Thirds, of fifteen people fifths, of thirty tenths."""
    assert share_class(0, n).parts == parts


@pytest.mark.parametrize("n", range(5, 13))
def test_classes_together_leave_every_count_open(n: int) -> None:
    """For each way to place n people in four quadrants, every quadrant has another count that agrees with all classes."""
    every = [its for its in product(range(n + 1), repeat=4) if sum(its) == n]
    told: dict[tuple[object, ...], list[tuple[int, ...]]] = {}
    for its in every:
        found = shares(dict(zip("abcd", its, strict=True)))
        if found is not None:
            told.setdefault(tuple(found.values()), []).append(its)
    assert told
    for agreeing in told.values():
        assert all(len({its[place] for its in agreeing}) > 1 for place in range(4))


def test_none_and_all_are_not_told() -> None:
    """That nobody, or everybody, has a blind spot prints as if one person less did not."""
    assert shares({"a": 8, "b": 0}) == shares({"a": 7, "b": 1})


def test_four_people_have_no_shares() -> None:
    """Fewer than five placed reviewees have no class at all."""
    assert shares({"a": 2, "b": 2}) is None
