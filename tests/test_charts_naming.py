"""Names of dots stand clear of all that is drawn, and nobody can take one for another dot's."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kohtaamo_utils.presentation.charts.naming import NEARER, Box, Dot, beside, numbered

FRAME = (20.0, 30.0, 210.0, 220.0)
places = st.floats(FRAME[0] + 10, FRAME[2] - 10)
reach = st.floats(2, 30)


@st.composite
def dots(draw: st.DrawFn) -> Dot:
    """Give a dot with its two lines."""
    x, y = draw(places), draw(st.floats(FRAME[1] + 10, FRAME[3] - 10))
    return Dot(x, y, (x - draw(reach), x + draw(reach)), (y - draw(reach), y + draw(reach)))


@settings(max_examples=60, deadline=None)
@given(st.lists(dots(), min_size=1, max_size=7), st.tuples(places, places))
def test_a_name_is_clear_or_none_is_written(found, dividing):
    """Names lie in the frame, on no mark, line or other name, and nearer to their own dot than to any other's dot or interval."""
    labels = beside(found, [("Luottamuksen", "rakentaminen")] * len(found), dividing, FRAME)
    for label, dot in zip(labels or (), found, strict=bool(labels)):
        others = [other for other in found if other is not dot]
        assert label.dot is dot
        assert label.box.within(Box(*FRAME))
        assert not any(label.box.touches(box) for each in found for box in each.boxes)
        assert all(other.distance(label.box) >= dot.distance(label.box) + NEARER for other in others)
    for one, other in combinations(labels or (), 2):
        assert not one.box.touches(other.box)


@settings(max_examples=40, deadline=None)
@given(st.lists(dots(), min_size=1, max_size=25))
def test_numbers_cover_neither_marks_nor_one_another(found):
    """However close dots are, each has its number on a free place of the frame, tied to it by a line where it is far."""
    labels = numbered(found, [str(number) for number in range(len(found))], FRAME)
    assert [label.lines for label in labels] == [(str(number),) for number in range(len(found))]
    assert not any(label.box.touches(dot.boxes[0]) for label in labels for dot in found)
    assert not any(one.box.touches(other.box) for one, other in combinations(labels, 2))
    assert all(label.tied or label.box.distance(label.dot.boxes[0]) < 12 for label in labels)


def test_a_name_beside_anothers_interval_is_refused():
    """Where the only free place of a name is beside another dot's long interval, no names are written at all."""
    alone = Dot(100, 120, (90, 110), (110, 130))
    fence = [Dot(100, y, (25, 205), (y - 2, y + 2)) for y in (112, 128)]
    names = [("Kuuntelu",), ("Osaaminen",), ("Arvo",)]
    assert beside([alone], names[:1], (30, 35), FRAME) is not None
    assert beside([alone, *fence], names, (30, 35), FRAME) is None


@pytest.mark.parametrize(
    ("other", "apart"), [(Box(5, 0, 6, 1), 4), (Box(4, 5, 6, 7), 5), (Box(0, 0, 1, 1), 0), (Box(1, 0, 2, 1), 0)]
)
def test_distance_of_rectangles(other, apart):
    """The distance is that of the nearest points: 4 along a side, 5 across a corner of 3 and 4, 0 where they touch."""
    assert Box(0, 0, 1, 1).distance(other) == apart
