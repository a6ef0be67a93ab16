"""Difference in differences."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kohtaamo_utils.errors import DataError
from kohtaamo_utils.measures.did import difference_in_differences, pre_trend

OUTCOMES = st.lists(st.integers(0, 50), min_size=12, max_size=12)


def pilot(outcomes: list[float], periods: int = 2, first_after: int = 2) -> pd.DataFrame:
    """Lay outcomes out unit by unit; the first half of the units is treated."""
    units = len(outcomes) // periods
    frame = pd.DataFrame(
        {"unit": np.repeat(range(units), periods), "period": list(range(1, periods + 1)) * units, "outcome": outcomes}
    )
    return frame.assign(treated=frame["unit"] < units / 2, after=frame["period"] >= first_after)


def test_card_and_krueger() -> None:
    """New Jersey 20.44 to 21.03 against Pennsylvania 23.33 to 21.17: 2.75 from the printed means (2.76 published)."""
    found = difference_in_differences(pilot([20.44, 21.03, 23.33, 21.17]))
    assert found.value == pytest.approx(2.75)
    assert (found.n, found.unit) == (4, "scale")


def test_one_unit_a_side_has_no_interval() -> None:
    """A single pilot shop's own luck cannot be told from the effect."""
    found = difference_in_differences(pilot([20.44, 21.03, 23.33, 21.17]))
    assert (found.low, found.high) == (None, None)


def test_interval_is_the_clustered_sandwich() -> None:
    """Limits are those of the cluster sandwich with the usual small-sample factor and t on units - 1."""
    frame = pilot([10, 14, 12, 15, 9, 15, 20, 21, 18, 20, 25, 24])
    treated, after = frame["treated"].to_numpy(float), frame["after"].to_numpy(float)
    x = np.column_stack([np.ones(12), treated, after, treated * after])
    y, inverse = frame["outcome"].to_numpy(float), np.linalg.inv(x.T @ x)
    residual = y - x @ inverse @ x.T @ y
    scores = np.array([x[frame["unit"] == unit].T @ residual[frame["unit"] == unit] for unit in range(6)])
    variance = (inverse @ scores.T @ scores @ inverse)[3, 3] * 6 / 5 * 11 / 8
    found = difference_in_differences(frame)
    assert (found.high - found.low) / 2 == pytest.approx(2.570582 * variance**0.5, rel=1e-6)
    assert (found.high + found.low) / 2 == pytest.approx(found.value)


@settings(deadline=None)  # the first example imports statsmodels
@given(OUTCOMES)
def test_value_is_the_difference_of_the_two_changes(outcomes: list[int]) -> None:
    """(treated after - before) - (control after - before), in means."""
    frame = pilot([float(outcome) for outcome in outcomes])
    cells = frame.groupby(["treated", "after"])["outcome"].mean()
    expected = (cells[True, True] - cells[True, False]) - (cells[False, True] - cells[False, False])
    assert difference_in_differences(frame).value == pytest.approx(expected, abs=1e-9)


@settings(deadline=None)  # the first example imports statsmodels
@given(OUTCOMES, st.integers(-20, 20))
def test_what_changes_for_all_is_no_effect(outcomes: list[int], shift: int) -> None:
    """A change that treated and controls share leaves the effect as it is."""
    frame = pilot([float(outcome) for outcome in outcomes])
    moved = frame.assign(outcome=frame["outcome"] + shift * frame["after"])
    there, here = difference_in_differences(frame), difference_in_differences(moved)
    assert here.value == pytest.approx(there.value, abs=1e-9)


def test_without_a_control_there_is_no_effect() -> None:
    """A pilot without controls, or without a before, is only a change."""
    frame = pilot([1.0, 2.0, 3.0, 4.0])
    for part in (frame[frame["treated"]], frame[frame["after"]]):
        found = difference_in_differences(part)
        assert (found.value, found.n) == (None, 2)


def test_an_empty_table_has_no_effect() -> None:
    """No rows, no value, n = 0."""
    empty = pilot([1.0, 2.0, 3.0, 4.0]).iloc[:0]
    assert (difference_in_differences(empty).n, pre_trend(empty).value) == (0, None)


def test_a_unit_on_both_sides_is_refused() -> None:
    """A unit is in the pilot or a control throughout."""
    frame = pilot([1.0, 2.0, 3.0, 4.0])
    with pytest.raises(DataError, match='Unit "0" is marked both treated and not'):
        difference_in_differences(frame.assign(treated=[True, False, False, False]))


def test_pre_trend_is_the_gap_between_the_slopes() -> None:
    """Before the pilot the treated grew by 3 a period and the controls by 1; what came after does not count."""
    frame = pilot([10, 13, 16, 99, 11, 14, 17, 99, 5, 6, 7, 0, 4, 5, 6, 0], periods=4, first_after=4)
    found = pre_trend(frame)
    assert found.value == pytest.approx(2.0)
    assert (found.n, found.low) == (12, pytest.approx(2.0))


def test_pre_trend_needs_two_periods_before() -> None:
    """One period before the pilot has no slope."""
    assert pre_trend(pilot([1.0, 2.0, 3.0, 4.0])).value is None


def test_periods_count_in_their_order() -> None:
    """Months and words are periods as well as numbers: each is one step."""
    frame = pilot([10, 13, 99, 5, 6, 0], periods=3, first_after=3)
    named = frame.assign(period=frame["period"].map({1: "2024-01", 2: "2024-06", 3: "2025-01"}))
    assert pre_trend(named).value == pytest.approx(pre_trend(frame).value)


@pytest.mark.parametrize(
    "names", [["1/2024", "2/2024", "10/2024"], ["2024-W2", "2024-W9", "2024-W10"], ["M1", "M2", "M10"]]
)
def test_texts_that_do_not_sort_by_time_are_refused(names: list[str]) -> None:
    """A period in a form whose order as text is not that of time is an error, not a wrong slope."""
    frame = pilot([10, 13, 99, 5, 6, 0], periods=3, first_after=3)
    frame["period"] = frame["period"].map(dict(zip((1, 2, 3), names, strict=True)))
    with pytest.raises(DataError, match="The order of the periods is not sure"):
        pre_trend(frame)


def test_numbers_as_texts_sort_as_numbers() -> None:
    """Periods 9, 10 and 11 that a file has as texts are in the order of the numbers."""
    frame = pilot([10, 13, 16, 99, 5, 6, 7, 0], periods=4, first_after=4)
    frame["period"] = frame["period"].map({1: "9", 2: "10", 3: "11", 4: "12"})
    assert pre_trend(frame).value == pytest.approx(2.0)
