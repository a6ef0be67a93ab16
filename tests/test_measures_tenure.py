"""Tenure, exits per person-year and contract retention."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from scipy import stats

from kohtaamo_utils.errors import DataError
from kohtaamo_utils.measures.proportions import wilson
from kohtaamo_utils.measures.tenure import contract_retention, exits_per_person_year, leaver_share, tenure_curve

if TYPE_CHECKING:
    from pathlib import Path

START, END = date(2025, 1, 1), date(2025, 12, 31)


def dated(*rows: tuple[str, str | None]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["started_on", "ended_on"]).apply(pd.to_datetime)


def test_leavers_are_those_marked_or_those_with_an_end() -> None:
    """Marks and end dates give the same share."""
    marked = leaver_share(pd.DataFrame({"ended": [True, False, False, False]}))
    assert marked == leaver_share(dated(("2020-01-01", "2024-01-01"), *[("2020-01-01", None)] * 3))
    assert (marked.value, marked.low, marked.n) == (0.25, wilson(1, 4)[0], 4)


def test_leavers_need_a_mark_or_a_date() -> None:
    """A table without either says nothing of leavers."""
    with pytest.raises(DataError, match="The share of leavers needs the columns ended_on"):
        leaver_share(pd.DataFrame({"role": ["cashier"]}))


def test_exits_are_counted_per_year_of_employment() -> None:
    """Two exits in ten person-years are .2 a year, with the exact Poisson limits."""
    frame = pd.DataFrame({"tenure_months": [24, 36, 60], "ended": [True, True, False]})
    found = exits_per_person_year(frame)
    limits = stats.chi2.ppf(0.025, 4) / 2 / 10, stats.chi2.ppf(0.975, 6) / 2 / 10
    assert found.value == pytest.approx(0.2)
    assert (found.low, found.high) == pytest.approx(limits)
    assert found.n == 3


def test_no_exits_have_a_lower_limit_of_nought() -> None:
    """Nobody leaving yet still bounds the rate from above."""
    found = exits_per_person_year(pd.DataFrame({"tenure_months": [120.0], "ended": [False]}))
    assert (found.value, found.low) == (0.0, 0.0)
    assert found.high == pytest.approx(0.3689, abs=1e-4)


def test_no_time_observed_has_no_rate() -> None:
    """Person-years of zero give no rate."""
    assert exits_per_person_year(pd.DataFrame({"tenure_months": [0], "ended": [False]})).value is None


def test_dates_are_cut_at_the_last_day_observed() -> None:
    """Who ends later counts as still there, who starts later not at all."""
    frame = dated(("2024-01-01", "2025-01-01"), ("2024-01-01", "2027-01-01"), ("2026-06-01", None))
    found = tenure_curve(frame, END)
    assert (found.n, found.events) == (2, (1, 0))
    assert found.times == pytest.approx((366 / 30.4375, 730 / 30.4375))


def test_dates_stand_before_tenure() -> None:
    """Where a table has both, the dates are used, which can be cut at the period's end."""
    frame = dated(("2024-01-01", None)).assign(tenure_months=99, ended=False)
    assert tenure_curve(frame, END).times == pytest.approx((730 / 30.4375,))


def test_dates_need_a_last_day() -> None:
    """Without the period's end nobody knows how long those still there have been."""
    with pytest.raises(DataError, match="needs the last day observed"):
        tenure_curve(dated(("2024-01-01", None)))


def test_tenure_needs_dates_or_months() -> None:
    """A table without either has no tenure."""
    with pytest.raises(DataError, match="tenure_months, ended is missing or empty"):
        tenure_curve(pd.DataFrame({"role": ["cashier"]}), END)


def test_contracts_active_at_the_start_are_followed_to_the_end() -> None:
    """Of three active on 1 January one ends in the period; who starts later is not followed."""
    frame = dated(
        ("2020-01-01", "2025-06-30"), ("2020-01-01", "2026-01-01"), ("2025-01-01", None), ("2025-02-01", None)
    )
    found = contract_retention(frame, START, END)
    assert (found.value, found.n, found.method) == (pytest.approx(2 / 3), 3, "wilson")


def test_contract_dates_need_a_period() -> None:
    """Retention between two days needs the days."""
    with pytest.raises(DataError, match="needs a period"):
        contract_retention(dated(("2020-01-01", None)))


def test_telco_customers_stay_twelve_months(shared_data: Path) -> None:
    """Tenure only: Kaplan-Meier at 12 months is .8432, and the shares at 6 to 60 months agree."""
    folder = shared_data / "ibm_telco_churn"
    table = pd.read_csv(folder / "Telco-Customer-Churn.csv")
    expected = json.loads((folder / "expected.json").read_text())
    frame = table.assign(tenure_months=table["tenure"], ended=table["Churn"] == "Yes")
    assert contract_retention(frame).value == pytest.approx(expected["km_tenure_months"]["S"]["12"], abs=6e-7)
    curve = tenure_curve(frame)
    assert {t: round(curve.at(int(t)).value, 6) for t in expected["km_tenure_months"]["S"]} == expected[
        "km_tenure_months"
    ]["S"]
    assert curve.median().value is None
    assert leaver_share(frame).value == pytest.approx(expected["churn_rate"], abs=1e-6)
    monthly = tenure_curve(frame[frame["Contract"] == "Month-to-month"])
    assert (monthly.median().value, sum(monthly.events)) == (35.0, 1655)


def test_attrition_of_staff(shared_data: Path) -> None:
    """IBM's staff: 16.1224 % left, median 40 years (480 months), shares at 1 to 20 years."""
    folder = shared_data / "ibm_hr_attrition"
    table = pd.read_csv(folder / "emp_attrition.csv", encoding="utf-8-sig")
    expected = json.loads((folder / "expected.json").read_text())
    frame = table.assign(tenure_months=table["YearsAtCompany"] * 12, ended=table["Attrition"] == "Yes")
    curve, years = tenure_curve(frame), expected["km_years_at_company"]
    assert leaver_share(frame).value == pytest.approx(expected["attrition_rate"], abs=1e-6)
    assert curve.median().value == 12 * years["median"]
    assert {t: round(curve.at(12 * int(t)).value, 6) for t in years["S"]} == years["S"]
    assert exits_per_person_year(frame).value == pytest.approx(expected["left"] / table["YearsAtCompany"].sum())
