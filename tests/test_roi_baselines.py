"""Baselines come from the client's tables, and what is missing is named with the key that wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest
from roi_examples import LEAVER, drivers, effect

from kohtaamo_utils.engagement import EngagementSettings
from kohtaamo_utils.errors import MissingDataError, SettingsError
from kohtaamo_utils.roi import baselines
from kohtaamo_utils.roi.case import case

if TYPE_CHECKING:
    from kohtaamo_utils.roi.drivers import DriverBaseline

YEAR = {"start": "2025-01-01", "end": "2025-12-31"}
WINDOWS = {
    "baseline": {"start": "2023-01-01", "end": "2023-12-31"},
    "follow_up": {"start": "2024-01-01", "end": "2024-12-31"},
}
RETENTION = {**WINDOWS, "margin_per_customer": 80, "effect": effect(0, 0.02, 0.04, unit="points")}


def measure(chosen: EngagementSettings, tables: dict[str, pd.DataFrame]) -> dict[str, DriverBaseline]:
    """Return the baselines of an engagement."""
    assert chosen.roi is not None
    return baselines.measure(chosen.roi, tables, chosen.period)


def settings(period: dict[str, str] | None = None, **roi: object) -> EngagementSettings:
    """Return an engagement's settings with these drivers."""
    return EngagementSettings.model_validate({"client": "Oy", "period": period, "roi": roi})


def days(*values: str | None) -> pd.Series:
    """Return a column of dates as intake types it."""
    return pd.Series(pd.to_datetime(list(values))).astype("datetime64[us]")


def sales(**columns: object) -> pd.DataFrame:
    """Return five orders: a and b buy in 2023, of them a again in 2024; c and d are new in 2024."""
    bought = days("2023-03-01", "2023-06-01", "2024-02-01", "2024-05-01", "2024-12-31")
    amounts = [100.0, 50.0, 100.0, 60.0, 40.0]
    return pd.DataFrame({"customer_id": list("abacd"), "ordered_on": bought, "amount": amounts, **columns})


def staff(**columns: object) -> pd.DataFrame:
    """Return four employments: one ended in June 2025, one before 2025, one began in March, one is there throughout."""
    started = days("2020-01-01", "2019-01-01", "2025-03-01", "2018-01-01")
    ended = days("2025-06-30", "2024-11-30", None, None)
    return pd.DataFrame({"employee_id": list("wxyz"), "started_on": started, "ended_on": ended, **columns})


def turnover(**cost: object) -> dict[str, object]:
    """Return a turnover driver with these cost components."""
    return {"cost": cost, "effect": effect(0, 0.1, 0.2)}


def test_retention_from_transactions():
    """Of two customers of 2023 one bought in 2024: rate 1/2; the cohort is the three who bought in 2024."""
    found = measure(settings(retention=RETENTION), {"transactions": sales()})["retention"]
    assert (found.rate.value, found.rate.n, found.annual_rate) == (0.5, 2, 0.5)
    assert (found.customers, found.margin_per_customer) == (3, 80)


def test_retention_over_half_a_year_is_brought_to_a_year():
    """Windows that start six months apart with rate r give a yearly rate of r^2; the figure stays as measured."""
    half = {
        "baseline": {"start": "2023-08-01", "end": "2024-01-31"},
        "follow_up": {"start": "2024-02-01", "end": "2024-07-31"},
    }
    bought = days("2023-08-01", "2023-09-01", "2024-02-01")
    frame = pd.DataFrame({"customer_id": list("aba"), "ordered_on": bought, "amount": [1.0, 1.0, 1.0]})
    found = measure(settings(retention={**RETENTION, **half}), {"transactions": frame})["retention"]
    assert (found.rate.value, found.annual_rate) == (0.5, 0.25)


def test_margin_is_measured_when_it_is_not_stated():
    """Without margin_per_customer it is 2024's margin per customer of 2024: (30 + 20 + 10) / 3."""
    driver = {key: value for key, value in RETENTION.items() if key != "margin_per_customer"}
    frame = sales(margin=[9.0, 9.0, 30.0, 20.0, 10.0])
    assert measure(settings(retention=driver), {"transactions": frame})[
        "retention"
    ].margin_per_customer == pytest.approx(20)


def test_margin_must_come_from_somewhere():
    """Neither stated nor in the data: the message names the column and the key."""
    driver = {key: value for key, value in RETENTION.items() if key != "margin_per_customer"}
    with pytest.raises(MissingDataError, match=r"Map `margin`.*or write `roi\.retention\.margin_per_customer`"):
        measure(settings(retention=driver), {"transactions": sales()})


def test_retention_of_contract_customers():
    """Two were active at the start of 2025, one of them ended: rate 1/2; at the end two are active, one new."""
    started, ended = days("2020-01-01", "2021-01-01", "2025-03-01"), days("2025-06-30", None, None)
    frame = pd.DataFrame({"customer_id": list("abc"), "started_on": started, "ended_on": ended})
    driver = {**RETENTION, "source": "customers"}
    found = measure(settings(YEAR, retention=driver), {"customers": frame})["retention"]
    assert (found.rate.value, found.annual_rate, found.customers) == (0.5, 0.5, 2)


def test_contract_dates_need_a_period():
    """With contract dates there must be a period, and the message asks for it."""
    frame = pd.DataFrame({"customer_id": ["a"], "started_on": days("2020-01-01"), "ended_on": days(None)})
    with pytest.raises(SettingsError, match=r"roi\.retention.*Add `period"):
        measure(settings(retention={**RETENTION, "source": "customers"}), {"customers": frame})


def test_retention_from_tenure_is_a_yearly_rate(shared_data):
    """Telco's Kaplan-Meier survival at 12 months is 0.843200 (its expected.json); 7,043 - 1,869 customers are left."""
    raw = pd.read_csv(shared_data / "ibm_telco_churn" / "Telco-Customer-Churn.csv")
    frame = pd.DataFrame(
        {
            "customer_id": raw["customerID"],
            "tenure_months": raw["tenure"].astype(float),
            "ended": (raw["Churn"] == "Yes").astype("boolean"),
        }
    )
    found = measure(settings(retention={**RETENTION, "source": "customers"}), {"customers": frame})["retention"]
    assert round(found.annual_rate, 6) == 0.843200
    assert found.customers == 7043 - 1869


def test_turnover_of_a_period():
    """On the eve two are employed, at the end two: one leaver over a mean of two is 50 % a year."""
    found = measure(settings(YEAR, turnover=turnover(recruiting=1000)), {"employees": staff()})["turnover"]
    assert (found.headcount, found.annual_rate, found.rate_from) == (2, 0.5, "turnover_out")
    assert (found.figures.turnover_out, found.figures.leavers) == (0.5, 1)


def test_turnover_of_half_a_year_is_brought_to_a_year():
    """One leaver in six months over a mean headcount of two is 50 % in the period, 100 % a year."""
    half = {"start": "2025-01-01", "end": "2025-06-30"}
    found = measure(settings(half, turnover=turnover(recruiting=1000)), {"employees": staff()})["turnover"]
    assert found.figures.headcount_mean == 2
    assert (found.figures.turnover_out, found.annual_rate) == (0.5, 1.0)


def test_turnover_needs_a_period():
    """With dates of employment there must be a period, and the message asks for it."""
    with pytest.raises(SettingsError, match=r"roi\.turnover.*Add `period"):
        measure(settings(turnover=turnover(recruiting=1000)), {"employees": staff()})


PAY = [2000.0, 9000.0, 3000.0, 4000.0]


@pytest.mark.parametrize(
    ("pay", "stated", "salary"),
    [
        (PAY, None, 2000.0),  # the one who left in the period
        ([None, 9000.0, 3000.0, 4000.0], None, 16000 / 3),  # the leaver's pay is not known: everyone's mean
        (PAY, 2500, 2500.0),  # stated
    ],
)
def test_salary_is_the_leavers_else_everyones(pay, stated, salary):
    """The salary is what is stated, else the leavers' mean, else everyone's; pay is loaded by 12.5 months and 20 %."""
    cost = turnover(vacancy={"months": 2, "share": 0.5}, monthly_salary=stated)
    found = measure(settings(YEAR, turnover=cost), {"employees": staff(monthly_salary=pay)})["turnover"]
    assert found.cost.monthly_salary == pytest.approx(salary)
    assert found.cost.total == pytest.approx(salary * 12.5 / 12 * 1.20)


def test_salary_is_asked_for_only_where_it_prices_something():
    """A vacancy without any salary is an error that names the key; plain sums of money need none."""
    assert (
        measure(settings(YEAR, turnover=turnover(recruiting=10)), {"employees": staff()})["turnover"].cost.total == 10
    )
    vacancy = turnover(vacancy={"months": 2, "share": 0.5})
    with pytest.raises(MissingDataError, match=r"Map `monthly_salary`, or write `roi\.turnover\.cost\.monthly_salary`"):
        measure(settings(YEAR, turnover=vacancy), {"employees": staff()})


def test_turnover_without_dates(shared_data):
    """IBM's staff file has tenures only (237 of 1,470 left): exits per person-year and those still there stand in."""
    raw = pd.read_csv(shared_data / "ibm_hr_attrition" / "emp_attrition.csv", encoding="utf-8-sig")
    left = raw["Attrition"] == "Yes"
    frame = pd.DataFrame(
        {
            "employee_id": raw["EmployeeNumber"].astype(str),
            "tenure_months": raw["YearsAtCompany"] * 12.0,
            "ended": left.astype("boolean"),
            "monthly_salary": raw["MonthlyIncome"].astype(float),
        }
    )
    cost = {**LEAVER.model_dump(), "monthly_salary": None}
    found = measure(settings(turnover=turnover(**cost)), {"employees": frame})["turnover"]
    assert (found.headcount, found.rate_from, found.figures) == (1470 - 237, "exits_per_person_year", None)
    assert found.annual_rate == pytest.approx(237 / raw["YearsAtCompany"].sum())
    assert round(found.leaver_share.value, 6) == 0.161224
    assert found.cost.monthly_salary == pytest.approx(raw.loc[left, "MonthlyIncome"].mean())


def test_basket_counts_the_last_twelve_months():
    """The base is the revenue of the data's last year, 200 in 2024; the figures hold all five orders."""
    found = measure(settings(basket=drivers()["basket"]), {"transactions": sales()})["basket"]
    assert (found.revenue, found.margin_rate, found.figures.orders) == (200, 0.30, 5)


def test_only_the_drivers_that_are_used_are_measured():
    """A driver that the settings leave out needs no table and has no baseline."""
    found = measure(settings(basket=drivers()["basket"]), {"transactions": sales()})
    assert list(found) == ["basket"]


@pytest.mark.parametrize(
    ("name", "driver", "table"),
    [
        ("retention", RETENTION, "transactions"),
        ("retention", {**RETENTION, "source": "customers"}, "customers"),
        ("turnover", turnover(recruiting=1), "employees"),
        ("basket", drivers()["basket"], "transactions"),
    ],
)
def test_a_missing_table_is_named(name, driver, table):
    """A driver without its table is an error that names the key and the table, and tells what is there."""
    message = rf"`roi\.{name}` needs the table `{table}`.*there: survey"
    with pytest.raises(MissingDataError, match=message):
        measure(settings(YEAR, **{name: driver}), {"survey": pd.DataFrame({"nps": [9.0]})})


def test_nobody_to_follow():
    """A first window without customers gives no rate but an error that points at the dates."""
    early = {**RETENTION, "baseline": {"start": "2010-01-01", "end": "2010-12-31"}}
    with pytest.raises(MissingDataError, match=r"roi\.retention.*Check the dates"):
        measure(settings(retention=early), {"transactions": sales()})


def test_measured_baselines_make_a_case():
    """From tables to money: 3 customers x .02 x 80 = 4.80 in year 1; the basket 200 x 1 % x .3 = 0.60 a year."""
    chosen = settings(retention=RETENTION, basket=drivers()["basket"])
    found = measure(chosen, {"transactions": sales()})
    benefits = case(chosen.roi, found).result().benefits
    assert benefits["retention"][0] == pytest.approx(4.8)
    assert benefits["basket"] == pytest.approx((0.6, 0.6, 0.6))


@pytest.mark.parametrize(
    ("change", "key", "value"),
    [
        ({"effect": effect(0, 0.6, 0.7, unit="points")}, "roi.retention.effect.likely", "0.6"),
        ({"effect": effect(0, 0.1, 0.7, unit="points")}, "roi.retention.effect.high", "0.7"),
        ({"effect": effect(-0.6, 0, 0.1, unit="points")}, "roi.retention.effect.low", "-0.6"),
    ],
)
def test_an_effect_beyond_what_can_be_is_refused(change: dict[str, object], key: str, value: str) -> None:
    """Half of the customers stay, so at most 50 points can be gained or lost: more is an error and never cut without a word."""
    chosen = settings(retention={**RETENTION, **change})
    wanted = f"`{key}` is {value}, which the data have no room for: from where they stand, a change from -0.5 to 0.5"
    with pytest.raises(SettingsError, match=wanted):
        measure(chosen, {"transactions": sales()})


def test_a_scenario_beyond_what_can_be_is_refused_and_all_there_is_may_be_gained() -> None:
    """The room may be filled to the brim; a saved scenario may not go beyond it either."""
    full = {**RETENTION, "effect": effect(0, 0.1, 0.5, unit="points")}
    assert measure(settings(retention=full), {"transactions": sales()})["retention"].inputs()["retention_rate"] == 0.5
    chosen = settings(retention=full, scenarios={"rohkea": {"retention": 0.51}})
    with pytest.raises(SettingsError, match=r"`roi\.scenarios\.rohkea\.retention` is 0\.51"):
        measure(chosen, {"transactions": sales()})
