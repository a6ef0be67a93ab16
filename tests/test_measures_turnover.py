"""Staff turnover after EK's definitions."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaamo_utils.errors import DataError
from kohtaamo_utils.measures.turnover import turnover, turnover_of

START, END = date(2025, 1, 1), date(2025, 12, 31)


def staff(*rows: tuple[str, str | None]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=["started_on", "ended_on"])
    return frame.apply(pd.to_datetime)


def test_rates_agree_with_ek() -> None:
    """100 to 105 with 15 in and 10 out: mean 102.5; 14.6341 %, 9.7561 % and gross 12.1951 %."""
    found = turnover_of(100, 105, 15, 10)
    assert found.headcount_mean == 102.5
    rates = (found.turnover_in, found.turnover_out, found.turnover_gross)
    assert rates == pytest.approx((0.146341, 0.097561, 0.121951), abs=5e-7)


def test_a_hundred_employees_over_a_year() -> None:
    """The same figures counted from employments."""
    rows = [("2020-01-01", None)] * 90 + [("2020-01-01", "2025-06-30")] * 10 + [("2025-03-01", None)] * 15
    found = turnover(staff(*rows), START, END)
    assert found == turnover_of(100, 105, 15, 10)


def test_the_last_day_is_no_longer_employed() -> None:
    """Ended on the opening day: there on its eve, a leaver of the period."""
    found = turnover(staff(("2020-01-01", "2025-01-01")), START, END)
    assert (found.headcount_start, found.leavers, found.headcount_end) == (1, 1, 0)


def test_who_ended_on_the_eve_is_gone_before_the_period() -> None:
    """Ended on 31 December: neither in the opening headcount nor among the leavers."""
    found = turnover(staff(("2020-01-01", "2024-12-31"), ("2020-01-01", None)), START, END)
    assert (found.headcount_start, found.leavers) == (1, 0)


def test_both_ends_of_the_period_count() -> None:
    """Hired on the first day, or leaving on the last, is inside; the day after is not."""
    found = turnover(staff(("2025-01-01", "2025-12-31"), ("2025-12-31", None), ("2026-01-01", None)), START, END)
    assert (found.hires, found.leavers, found.headcount_end) == (2, 1, 1)


def test_who_leaves_later_is_still_there() -> None:
    """An end date after the period is no exit yet."""
    found = turnover(staff(("2020-01-01", "2026-02-01")), START, END)
    assert (found.headcount_end, found.leavers, found.turnover_out) == (1, 0, 0.0)


def test_a_period_without_staff_has_no_rates() -> None:
    """A headcount of zero gives no rate, not a division by zero."""
    assert turnover(staff(("2026-06-01", None)), START, END).turnover_gross is None


def test_a_table_without_dates_is_refused() -> None:
    """Tenure alone cannot say who came and went in a period."""
    frame = pd.DataFrame({"tenure_months": [12], "ended": [True]})
    with pytest.raises(DataError, match="started_on, ended_on is missing or empty"):
        turnover(frame, START, END)


def test_dates_that_are_all_empty_are_no_dates() -> None:
    """A canonical table carries the columns even where the client had no dates."""
    frame = pd.DataFrame({"started_on": [pd.NaT], "ended_on": [pd.NaT]})
    with pytest.raises(DataError, match="started_on is missing or empty"):
        turnover(frame, START, END)


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    """The period's days come in their order."""
    with pytest.raises(DataError, match="must not end before it starts"):
        turnover(staff(("2020-01-01", None)), END, START)


DAYS = st.integers(0, 1500).map(lambda day: date(2023, 1, 1) + timedelta(days=day))


@given(st.lists(st.tuples(DAYS, st.none() | st.integers(0, 900)), min_size=1, max_size=30))
def test_people_are_never_lost(rows: list[tuple[date, int | None]]) -> None:
    """Opening headcount + hires - leavers = closing headcount, whatever the dates."""
    frame = pd.DataFrame(
        {
            "started_on": pd.to_datetime([start for start, _ in rows]),
            "ended_on": pd.to_datetime(
                [None if stay is None else start + timedelta(days=stay) for start, stay in rows]
            ),
        }
    )
    found = turnover(frame, START, END)
    assert found.headcount_start + found.hires - found.leavers == found.headcount_end
