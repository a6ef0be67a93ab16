"""Figures of several dimensions side by side: nobody may be told by taking one from another."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from kohtaamo_utils.disclosure.overlaps import publish

MINIMUM = 5


def differences(sets: list[frozenset[int]]) -> list[int]:
    """Return the sizes of what is left when one set is taken from another that holds it."""
    pairs = [(one, other) for one, other in combinations(sets, 2) if one < other or other < one]
    return [abs(len(one) - len(other)) for one, other in pairs]


def test_a_channel_and_its_touchpoint_differ_by_one() -> None:
    """21 answers by web, of which 20 at the web shop: the two means would give the last one's answer."""
    web, shop = frozenset(range(21)), frozenset(range(20))
    found = publish({"touchpoint": {"shop": shop}, "channel": {"web": web}}, frozenset(range(60)), MINIMUM)
    assert found.shown == {"touchpoint": {"shop": shop}, "channel": {}}
    assert found.hidden["channel"] == {"web": "would reveal a group of fewer than 5"}


def test_the_rest_of_a_dimension_counts_as_shown() -> None:
    """Of three units one is hidden; what is left of the total must not stand beside a set that is smaller by few."""
    everyone = frozenset(range(60))
    units = {"a": frozenset(range(20)), "b": frozenset(range(20, 40)), "c": frozenset(range(40, 60))}
    found = publish({"touchpoint": {"till": frozenset(range(40, 58))}, "unit": units}, everyone, MINIMUM)
    assert set(found.hidden["unit"]) == {"a", "c"}
    assert set(found.shown["unit"]) == {"b"}


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 1)), min_size=5, max_size=60))
def test_no_two_shown_sets_differ_by_few(people: list[tuple[int, int, int]]) -> None:
    """No published set, total and rests included, holds another and one to four people more."""
    everyone = frozenset(range(len(people)))
    sets = {
        name: {
            str(value): frozenset(i for i, person in enumerate(people) if person[place] == value) for value in range(3)
        }
        for place, name in enumerate(("touchpoint", "channel", "unit"))
    }
    sets = {name: {value: rows for value, rows in its.items() if rows} for name, its in sets.items()}
    found = publish(sets, everyone, MINIMUM)
    rests = [everyone.difference(*its.values()) for its in found.shown.values()]
    shown = [rows for its in found.shown.values() for rows in its.values()]
    assert all(size >= MINIMUM for size in differences(list({everyone, *shown})))
    assert all(not rest or len(rest) >= MINIMUM for rest in rests)
    for rest in rests:
        assert all(size >= MINIMUM for size in differences(list({rest, *shown} - {frozenset()})))
