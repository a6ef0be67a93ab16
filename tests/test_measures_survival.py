"""Kaplan-Meier curves and the log-rank test."""

from __future__ import annotations

import json
from math import exp, log
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight

from kohtaamo_utils.errors import DataError
from kohtaamo_utils.measures.survival import SurvivalCurve, kaplan_meier, logrank

if TYPE_CHECKING:
    from pathlib import Path

# aml (Miller, 1981), as in R's survival
MAINTAINED = [(9, 1), (13, 1), (13, 0), (18, 1), (23, 1), (28, 0), (31, 1), (34, 1), (45, 0), (48, 1), (161, 0)]
OTHERS = [(5, 1), (5, 1), (8, 1), (8, 1), (12, 1), (16, 0), (23, 1), (27, 1), (30, 1), (33, 1), (43, 1), (45, 1)]
OBSERVED = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 1)), min_size=1, max_size=50)


def curve(pairs: list[tuple[int, int]]) -> SurvivalCurve:
    return kaplan_meier([time for time, _ in pairs], [event for _, event in pairs])


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        (MAINTAINED, {9: 0.9091, 13: 0.8182, 18: 0.7159, 23: 0.6136, 31: 0.4909, 34: 0.3682, 48: 0.1841}),
        (
            OTHERS,
            {
                5: 0.83333,
                8: 0.66667,
                12: 0.58333,
                23: 0.48611,
                27: 0.38889,
                30: 0.29167,
                33: 0.19444,
                43: 0.09722,
                45: 0,
            },
        ),
    ],
)
def test_survival_agrees_with_r(pairs: list[tuple[int, int]], expected: dict[int, float]) -> None:
    """Both arms of aml as survfit prints them."""
    found = curve(pairs)
    assert [found.at(time).value for time in expected] == pytest.approx(list(expected.values()), abs=6e-5)


def test_loglog_limits_agree_with_r() -> None:
    """At 13 the maintained arm's log-log limits are .44743 and .9512."""
    found = curve(MAINTAINED).at(13)
    assert (found.low, found.high) == pytest.approx((0.44743, 0.9512), abs=6e-5)
    assert (found.n, found.unit, found.method) == (11, "share", "kaplan-meier-loglog")


def test_greenwoods_errors_agree_with_r() -> None:
    """The errors that the log-log limits are made of are survfit's for the maintained arm."""
    printed = {9: 0.08668, 13: 0.11629, 18: 0.13966, 23: 0.15263, 31: 0.16419, 34: 0.16267, 48: 0.15349}
    for time, error in printed.items():
        found = curve(MAINTAINED).at(time)
        assert found.value is not None
        assert found.low is not None
        assert found.high is not None
        reach = (log(-log(found.low)) - log(-log(found.high))) / 2 / 1.959963984540054
        assert reach * found.value * -log(found.value) == pytest.approx(error, abs=6e-6)


def test_plain_log_limits_follow_from_the_same_error() -> None:
    """R's default limits at 9, .75413 to 1, are S·exp(±z·se/S); the log-log ones of the reports stay below one by themselves."""
    found = curve(MAINTAINED)
    one, after = found.at(9), 1 / 11 / 10
    assert one.value is not None
    reach = 1.959963984540054 * after**0.5
    assert one.value * exp(-reach) == pytest.approx(0.75413, abs=6e-6)
    assert one.value * exp(reach) > 1
    assert one.high is not None
    assert one.high < 1


def test_medians_agree_with_r() -> None:
    """31 and 23; the unit is months."""
    assert [curve(pairs).median().value for pairs in (MAINTAINED, OTHERS)] == [31, 23]
    assert curve(OTHERS).median().unit == "months"


def test_logrank_agrees_with_r() -> None:
    """Aml's two arms: χ² 3.396 on 1 df, p .065."""
    pairs, groups = MAINTAINED + OTHERS, ["a"] * len(MAINTAINED) + ["b"] * len(OTHERS)
    found = logrank([time for time, _ in pairs], [event for _, event in pairs], groups)
    assert (found.chi2, found.df, found.p) == pytest.approx((3.396, 1, 0.065), abs=5e-4)


@pytest.mark.parametrize("groups", [["a", "a"], ["a", "b"]])
def test_logrank_needs_groups_and_endings(groups: list[str]) -> None:
    """With one group, or without endings, there is no test."""
    assert logrank([1, 2], [0, 0], groups) is None


def test_before_the_first_time_everybody_is_there() -> None:
    """At 0 months the share is one, without an interval."""
    found = curve(MAINTAINED).at(0)
    assert (found.value, found.low) == (1.0, None)


def test_beyond_the_observation_nothing_is_claimed() -> None:
    """The maintained arm was watched for 161 weeks; what comes later is unknown, unless all had ended."""
    assert curve(MAINTAINED).at(162).value is None
    assert curve(OTHERS).at(100).value == 0.0


def test_a_median_that_was_not_reached_is_unknown() -> None:
    """When more than half are still there the median is None, not the longest time."""
    found = kaplan_meier([3, 5, 9], [1, 0, 0]).median()
    assert (found.value, found.high, found.n) == (None, None, 3)


def test_nobody_observed_gives_an_empty_curve() -> None:
    """An empty curve has no share and no median."""
    found = kaplan_meier([], [])
    assert (found.times, found.at(12).value, found.median().value) == ((), None, None)


def test_rows_with_a_missing_duration_or_ending_are_dropped() -> None:
    """What is not known of a person cannot count."""
    assert kaplan_meier([3, None, 5], [1, 1, None]).n == 1


def test_negative_durations_are_refused() -> None:
    """Nobody ends before they start."""
    with pytest.raises(DataError, match="A duration of -2 came"):
        kaplan_meier([3, -2], [1, 0])


@given(OBSERVED)
def test_curve_is_statsmodels(pairs: list[tuple[int, int]]) -> None:
    """At every ending the share is what statsmodels computes."""
    times, events = [time for time, _ in pairs], [event for _, event in pairs]
    if not sum(events):
        return
    other, found = SurvfuncRight(times, events), kaplan_meier(times, events)
    shares = [found.at(time).value for time in other.surv_times]
    assert shares == pytest.approx(list(other.surv_prob), abs=1e-12)


@given(OBSERVED)
def test_curve_falls_and_its_limits_hold_it(pairs: list[tuple[int, int]]) -> None:
    """Survival never rises, and 0 ≤ low ≤ share ≤ high ≤ 1 where there are limits."""
    found = curve(pairs)
    assert list(found.survival) == sorted(found.survival, reverse=True)
    for low, share, high in zip(found.low, found.survival, found.high, strict=True):
        assert low != low or 0 <= low <= share <= high <= 1


@pytest.mark.parametrize("group", ["control", "miR-137", "all"])
def test_waltons_flies(shared_data: Path, group: str) -> None:
    """Lifelines' Walton data: medians 58, 26 and 56, with the shares at tens of days."""
    folder = shared_data / "lifelines_km"
    table = pd.read_csv(folder / "waltons.csv")
    expected = json.loads((folder / "expected.json").read_text())[group]
    part = table if group == "all" else table[table["group"] == group]
    found = kaplan_meier(part["T"], part["E"])
    assert (found.n, found.median().value) == (expected["n"], expected["median"])
    assert [found.at(float(t)).value for t in expected["S"]] == pytest.approx(list(expected["S"].values()), abs=6e-7)


def test_waltons_groups_differ(shared_data: Path) -> None:
    """The two groups of flies differ beyond any doubt, and the test reads words as groups."""
    table = pd.read_csv(shared_data / "lifelines_km" / "waltons.csv")
    assert logrank(table["T"], table["E"], table["group"].tolist()).p < 1e-12
