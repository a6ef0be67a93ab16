"""Groups are compared by their curves: Kaplan–Meier, and a log-rank test against all the others."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from scipy.stats import CensoredData
from scipy.stats import logrank as scipy_logrank
from statsmodels.duration.survfunc import SurvfuncRight

from kohtaamo_utils.measures.median_stay import followed_for, median_stay
from kohtaamo_utils.measures.staying import Observed, observe, staying_by, stays_longer
from kohtaamo_utils.measures.survival import kaplan_meier

MAINTAINED = [(9, 1), (13, 1), (13, 0), (18, 1), (23, 1), (28, 0), (31, 1), (34, 1), (45, 0), (48, 1), (161, 0)]
OTHERS = [(5, 1), (5, 1), (8, 1), (8, 1), (12, 1), (16, 0), (23, 1), (27, 1), (30, 1), (33, 1), (43, 1), (45, 1)]
"""Miller (1981), acute myelogenous leukaemia: time and whether it ended."""


def frame(*groups: tuple[str | None, list[tuple[int, int]]]) -> tuple[Observed, pd.Series]:
    """Return what was observed of named samples, and their groups."""
    rows = [(name, *row) for name, sample in groups for row in sample]
    names, months, ended = zip(*rows, strict=True)
    staff = pd.DataFrame({"tenure_months": [float(m) for m in months], "ended": [bool(e) for e in ended]})
    return observe(staff), pd.Series(names, dtype="object")


def test_curves_and_test_of_a_published_sample():
    """Medians 31 and 23; log-rank chi-square 3.396, p .065 (R survival), the same for either of two groups."""
    found = staying_by(*frame(("a", MAINTAINED), ("b", OTHERS)), shown=("a", "b"))
    assert [item.seen.curve.median().value for item in found] == [31, 23]
    assert [round(item.p, 3) for item in found] == [0.065, 0.065]
    assert [item.differs for item in found] == [False, False]


def test_expected_endings_are_the_tests():
    """Observed less expected endings of the two groups cancel: everybody who left is expected somewhere."""
    first, second = staying_by(*frame(("a", MAINTAINED), ("b", OTHERS)), shown=("a", "b"))
    assert first.expected + second.expected == pytest.approx(first.events + second.events)
    assert first.events < first.expected


def test_a_group_that_leaves_stands_out():
    """A group that is gone within a year against two that stay stands out, and the others as those who stay."""
    quick = [(month, 1) for month in range(1, 13)]
    slow = [(60 + month, month % 4 == 0) for month in range(20)]
    found = {
        item.group: item for item in staying_by(*frame(("q", quick), ("r", slow), ("s", slow)), shown=("q", "r", "s"))
    }
    assert found["q"].leaves_more
    assert not found["r"].leaves_more
    sample = [
        CensoredData(uncensored=[t for t, e in rows if e], right=[t for t, e in rows if not e])
        for rows in (quick, slow + slow)
    ]
    raw = scipy_logrank(*sample).pvalue
    assert found["q"].p == pytest.approx(3 * raw, rel=1e-6)  # the smallest of three p-values


def test_those_without_a_group_are_among_the_others():
    """Rows without a category are compared with and are no group of their own."""
    with_them = staying_by(*frame(("a", MAINTAINED), (None, OTHERS)), shown=("a",))
    assert [item.group for item in with_them] == ["a"]
    assert round(with_them[0].p, 3) == 0.065


def test_nothing_to_compare_with():
    """One group alone has a curve and no test."""
    [only] = staying_by(*frame(("a", MAINTAINED)), shown=("a",))
    assert (only.p, only.differs, only.seen.curve.n) == (None, False, 11)


# ---------------------------------------------------------------- what happened in the period only


def test_left_truncation_is_statsmodels():
    """With entries the curve is that of statsmodels' own survival function with entry ages."""
    draws = np.random.default_rng(3)
    entry, ended = draws.uniform(0, 40, 300).round(1), draws.integers(0, 2, 300)
    length = (entry + draws.exponential(20, 300) + 0.1).round(1)
    ours = kaplan_meier(length, ended, entries=entry)
    theirs = SurvfuncRight(length, ended, entry=entry)
    right = dict(zip(theirs.surv_times.tolist(), theirs.surv_prob.tolist(), strict=True))
    found = {time: share for time, share, events in zip(ours.times, ours.survival, ours.events, strict=True) if events}
    assert found == pytest.approx({time: right[time] for time in found})


def staff(**changes) -> pd.DataFrame:
    """Return 40 who began in 2000 and stay, and 40 who began in 2024, half of whom left after half a year in 2025."""
    rows = [("2000-01-01", None)] * 40 + [("2024-12-01", "2025-06-01")] * 20 + [("2024-12-01", None)] * 20
    dates = pd.DataFrame(rows, columns=["started_on", "ended_on"]).apply(pd.to_datetime)
    return dates.assign(**changes)


def test_the_past_of_survivors_does_not_count():
    """Those who are there since 2000 were not seen at half a year: of those who were, half stayed longer."""
    seen = observe(staff(), date(2025, 1, 1), date(2025, 12, 31))
    assert seen.curve.at(12).value == pytest.approx(0.5)
    assert (int(seen.ended.sum()), len(seen.length)) == (20, 80)


def test_exits_per_person_year_of_the_period():
    """20 left after 151 days of the year, 60 stayed all of it: 20 / (60 + 20 x 151 / 365.25) a year, within a day each."""
    seen = observe(staff(), date(2025, 1, 1), date(2025, 12, 31))
    assert seen.rate.value == pytest.approx(20 / (60 * 365 / 365.25 + 20 * 152 / 365.25), rel=0.01)


def test_who_left_before_the_period_is_not_seen():
    """An employment that ended before the period is no part of it; one that ended on its first day is."""
    early = pd.DataFrame({"started_on": ["2020-01-01"] * 2, "ended_on": ["2024-12-31", "2025-01-01"]}).apply(
        pd.to_datetime
    )
    seen = observe(early, date(2025, 1, 1), date(2025, 12, 31))
    assert (len(seen.length), seen.ended.tolist(), seen.curve.n) == (1, [1.0], 1)


def without_dates(months: list[float], ended: list[bool]) -> Observed:
    """Return what was observed of some tenures."""
    return observe(pd.DataFrame({"tenure_months": months, "ended": ended}))


def test_a_handful_at_risk_tells_nothing():
    """Where fewer than five were at risk at some age before, no share is given."""
    few = without_dates([1.0, 2, 30, 30, 30], [True, False, False, False, False])
    assert stays_longer(few, 12, least=5).value is None
    assert stays_longer(few, 12, least=3).value == pytest.approx(0.8)


def test_nobody_at_risk_tells_nothing():
    """Staff who all came under observation at ten years of age say nothing of the first year, though none left in it."""
    old = pd.DataFrame({"started_on": ["2010-01-01"] * 30, "ended_on": [None] * 30}).apply(pd.to_datetime)
    seen = observe(old, date(2025, 1, 1), date(2025, 12, 31))
    assert seen.fewest_at_risk(12) == 0
    assert stays_longer(seen, 12).value is None


def test_everybody_stayed():
    """Of twenty nobody left: 100 %, and Wilson's lower limit 20 / (20 + 1.96^2)."""
    everybody = stays_longer(without_dates([30.0] * 20, [False] * 20), 12, least=5)
    assert (everybody.value, everybody.high) == (1.0, 1.0)
    assert everybody.low == pytest.approx(20 / (20 + 1.959964**2), rel=1e-6)


def test_expected_endings_count_only_those_who_are_seen():
    """When 20 leave 40 are under observation at that age, 10 of them in one unit with 40 older ones: 5 and 15 are expected."""
    people = staff(unit=["a"] * 40 + ["b"] * 30 + ["a"] * 10)
    seen = observe(people, date(2025, 1, 1), date(2025, 12, 31))
    old, new = staying_by(seen, people["unit"], ("a", "b"))
    assert (old.expected, new.expected) == (pytest.approx(5), pytest.approx(15))
    assert new.leaves_more


def test_the_median_and_its_limits_of_a_published_sample():
    """Median 31 with limits 13 and none, and 23 with 5 and 33 (statsmodels' quantile_ci, cloglog), as long as one is followed."""
    for sample, expected in ((MAINTAINED, (31, 13, None)), (OTHERS, (23, 5, 33))):
        found = median_stay(frame(("a", sample))[0])
        assert (found.value, found.low, found.high) == expected


def test_neither_median_nor_limit_lies_where_few_were_followed():
    """Of the eleven, five were left at 31 months and four at 34: a median needs as many as are asked for, and so do its limits."""
    seen, _ = frame(("a", MAINTAINED))
    assert [followed_for(seen, least) for least in (1, 4, 5, 6, 12)] == [161, 34, 31, 28, 0]
    assert [median_stay(seen, least).value for least in (4, 5, 6)] == [31, 31, None]
    others, _ = frame(("b", OTHERS))
    assert [median_stay(others, least).high for least in (3, 4)] == [33, None]


@pytest.mark.parametrize("seed", range(20))
def test_the_median_is_of_the_curve_of_shares(seed):
    """Just before the median more than half stay longer, at it a half or less: of people who came under observation at any age."""
    random = np.random.default_rng(seed)
    entry = np.where(random.random(80) < 0.5, -1 / 30, random.integers(0, 40, 80) - 0.5)
    length, ended = np.maximum(entry, 0).round() + random.integers(1, 25, 80), random.random(80) < 0.6
    seen = Observed(entry, length.astype(float), ended.astype(float), pd.RangeIndex(80))
    found = median_stay(seen, 5)
    if found.value is None:
        assert seen.curve.at(followed_for(seen, 5)).value > 0.5
    else:
        assert stays_longer(seen, found.value, 5).value <= 0.5 < stays_longer(seen, found.value - 0.01, 5).value
        assert found.low <= found.value
