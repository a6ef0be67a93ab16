"""What is shown within units: no reader of all reports together can compute the answers of a few."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kohtaamo_utils.disclosure.overlaps import publish
from kohtaamo_utils.disclosure.within import publish_within

if TYPE_CHECKING:
    from kohtaamo_utils.disclosure.overlaps import Published

MINIMUM = 5
UNITS, TOUCHPOINTS = "ABC", "xyz"
PEOPLE = st.lists(
    st.tuples(st.sampled_from([*UNITS, ""]), st.sampled_from([*TOUCHPOINTS, ""])), min_size=5, max_size=90
)
Rows = frozenset[int]


def sets_of(people: list[tuple[str, str]]) -> dict[str, dict[str, Rows]]:
    """Return the rows of each unit and touchpoint; an empty name is nobody's."""
    found: dict[str, dict[str, Rows]] = {}
    for position, dimension in enumerate(("unit", "touchpoint")):
        names = sorted({person[position] for person in people} - {""})
        found[dimension] = {
            name: frozenset(row for row, person in enumerate(people) if person[position] == name) for name in names
        }
    return found


def decided(people: list[tuple[str, str]]) -> tuple[dict[str, dict[str, Rows]], Published, dict[str, Published]]:
    sets, everyone = sets_of(people), frozenset(range(len(people)))
    whole = publish(sets, everyone, MINIMUM)
    return sets, whole, publish_within(sets, whole, everyone, MINIMUM, "unit", ["touchpoint"])


def determined(shown: list[Rows], target: Rows, count: int) -> bool:
    """Tell whether the sum over some people is a combination of the sums that are shown: an attacker's least squares."""
    matrix = np.array([[row in rows for row in range(count)] for rows in shown], dtype=float)
    wanted = np.array([row in target for row in range(count)], dtype=float)
    found = np.linalg.lstsq(matrix.T, wanted, rcond=None)[0]
    return bool(np.allclose(matrix.T @ found, wanted, atol=1e-8))


@settings(max_examples=60, deadline=None)
@given(PEOPLE)
def test_no_cell_or_hidden_category_of_few_can_be_solved(people: list[tuple[str, str]]) -> None:
    """Everything published of the whole and within all units together gives no unit's, touchpoint's or cell's few answers."""
    sets, whole, within = decided(people)
    everyone = frozenset(range(len(people)))
    shown = [everyone, *(rows for named in whole.shown.values() for rows in named.values())]
    before = list(shown)
    shown += [rows for found in within.values() for rows in found.shown["touchpoint"].values()]
    small = [rows for named in sets.values() for rows in named.values()]
    small += [unit & touchpoint for unit in sets["unit"].values() for touchpoint in sets["touchpoint"].values()]
    for target in {rows for rows in small if 0 < len(rows) < MINIMUM}:
        assert not determined(shown, target, len(people)) or determined(before, target, len(people))


@settings(max_examples=60, deadline=None)
@given(PEOPLE)
def test_what_a_unit_and_a_touchpoint_have_besides_is_nobody_or_enough(people: list[tuple[str, str]]) -> None:
    """A unit less its shown touchpoints, and a touchpoint less the units that show it, is nobody or the minimum."""
    _, whole, within = decided(people)
    for unit, found in within.items():
        cells = found.shown["touchpoint"]
        assert all(len(rows) >= MINIMUM for rows in cells.values())
        left = whole.shown["unit"][unit].difference(*cells.values())
        assert not cells or not 0 < len(left) < MINIMUM
    for touchpoint, rows in whole.shown["touchpoint"].items():
        cells_of = [found.shown["touchpoint"].get(touchpoint, frozenset()) for found in within.values()]
        assert not any(cells_of) or not 0 < len(rows.difference(*cells_of)) < MINIMUM


def test_a_small_cell_takes_another_of_its_row_and_column_with_it() -> None:
    """A's three answers at x are hidden, and so are A's next smallest and another unit's at x, which would give them away."""
    people = (
        [("A", "x")] * 3
        + [("A", "y")] * 20
        + [("A", "z")] * 6
        + [("B", "x")] * 30
        + [("B", "y")] * 30
        + [("B", "z")] * 20
    )
    _, _, within = decided(people)
    assert sorted(within["A"].shown["touchpoint"]) == ["y"]
    assert within["A"].hidden["touchpoint"] == {
        "x": "fewer than 5 answers",
        "z": "would reveal a group of fewer than 5",
    }
    assert "x" not in within["B"].shown["touchpoint"]


def test_a_touchpoint_of_one_unit_counts_as_known() -> None:
    """Only A is at z, so z's own figure is A's there: A's answers at y beside it would leave its three at x."""
    people = [("A", "x")] * 3 + [("A", "y")] * 20 + [("A", "z")] * 6 + [("B", "x")] * 30 + [("B", "y")] * 30
    _, _, within = decided(people)
    assert sorted(within["A"].shown["touchpoint"]) == ["z"]


def test_everything_is_shown_where_everything_is_large() -> None:
    """Where every cell has the minimum nothing is hidden."""
    people = [(unit, touchpoint) for unit in UNITS for touchpoint in TOUCHPOINTS] * 6
    _, _, within = decided(people)
    assert {unit: sorted(found.shown["touchpoint"]) for unit, found in within.items()} == {
        key: ["x", "y", "z"] for key in "ABC"
    }
    assert not any(found.hidden["touchpoint"] for found in within.values())


def test_a_unit_that_is_hidden_shows_nothing_within() -> None:
    """A unit under the threshold has no cells at all."""
    people = [("A", "x")] * 3 + [("B", "x")] * 20 + [("C", "x")] * 20
    assert "A" not in decided(people)[2]
