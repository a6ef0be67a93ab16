"""What else was computed of the real files by other means comes out of intake's tables, to the last digit given."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from intake_support import CUSTOMERS, engagement

from kohtaamo_utils.intake import Dataset, read
from kohtaamo_utils.measures.survival import kaplan_meier
from kohtaamo_utils.measures.transactions import basket

if TYPE_CHECKING:
    from pathlib import Path

AIRPORT = "2017_SFO_Customer_Survey_20250817.csv"
STAFF = {
    "employee_id": "EmployeeNumber", "ended": "Attrition", "tenure_months": {"product": ["YearsAtCompany", 12]},
    "monthly_salary": "MonthlyIncome", "unit": "Department", "role": "JobRole",
}  # fmt: skip


def expected(folder: Path) -> dict[str, Any]:
    """Return the figures computed from the folder's file by other means."""
    return json.loads((folder / "expected.json").read_text())


def one(folder: Path, table: str, *, scale: tuple[int, int] = (1, 5), **source: Any) -> Dataset:
    """Read one source."""
    return read(engagement(folder, {table: source}, review_360={"scale": scale}))


def test_airport_items(shared_data: Path) -> None:
    """SFO 2017: n, mean, spread, median and each answer's count of all 1–5 items, codes 0, 6 and Blank being none."""
    folder = shared_data / "sfo_survey_2017"
    figures = expected(folder)
    items = figures["items"] | figures["ces_like"] | {"Q10SAFE": figures["safety_Q10"]}
    ratings = one(
        folder,
        "ratings_360",
        file=AIRPORT,
        columns={"rater_id": "RESPNUM"},
        constants={"reviewee_id": "airport", "rater_group": "customer"},
        wide={"items": list(items)},
        missing={"score": [0, 6, "Blank"]},
    ).tables["ratings_360"]
    for name, answers in ratings.groupby("item")["score"]:
        given, figure = answers.dropna(), items[name]
        assert len(given) == figure["n"]
        assert given.mean() == pytest.approx(figure["mean"], abs=1e-6)
        assert given.std() == pytest.approx(figure["sd"], abs=1e-6)
        assert given.median() == figure["median"]
        assert {str(int(score)): count for score, count in given.value_counts().items()} == figure["dist"]
        assert 100 * (given >= 4).mean() == pytest.approx(figure["top2box_pct"], abs=1e-6)
        assert 100 * (given <= 2).mean() == pytest.approx(figure["bottom2box_pct"], abs=1e-6)


def test_airport_weights_and_relations(shared_data: Path) -> None:
    """SFO 2017: the weights' sum, and how satisfaction goes with recommendation."""
    folder = shared_data / "sfo_survey_2017"
    figures = expected(folder)
    survey = one(
        folder,
        "survey",
        file=AIRPORT,
        columns={"nps": "NETPRO", "csat": "Q7ALL", "weight": "WEIGHT"},
        constants=CUSTOMERS,
        missing={"nps": [11], "csat": [0, 6, "Blank"]},
    ).tables["survey"]
    assert survey["weight"].sum() == pytest.approx(figures["weight_sum"], abs=1e-3)
    both = survey[["csat", "nps"]].dropna()
    assert len(both) == figures["corr_csat_nps"]["n"]
    assert both["csat"].corr(both["nps"]) == pytest.approx(figures["corr_csat_nps"]["pearson"], abs=1e-6)
    ranks = both.rank()
    assert ranks["csat"].corr(ranks["nps"]) == pytest.approx(figures["corr_csat_nps"]["spearman"], abs=1e-6)


@pytest.mark.parametrize("purpose", ["0", "1", "2"])
def test_airport_traps(shared_data: Path, purpose: str) -> None:
    """SFO 2017: 11 is no promoter and 0 is an answer; by purpose of the journey as computed elsewhere."""
    folder = shared_data / "sfo_survey_2017"
    figures = expected(folder)
    columns = {"nps": "NETPRO", "segment": {"purpose": "Q2PURP1"}}
    survey = one(folder, "survey", file=AIRPORT, columns=columns, constants=CUSTOMERS, missing={"nps": [11]}).tables[
        "survey"
    ]
    assert (
        (survey["nps"] >= 9).sum()
        == figures["nps"]["promoters"]
        != figures["trap_if_11_counted_as_promoter"]["promoters"]
    )
    assert (
        (survey["nps"] <= 6).sum()
        == figures["nps"]["detractors"]
        != figures["trap_if_0_dropped_as_blank"]["detractors"]
    )
    answers = survey.loc[survey["segment.purpose"] == purpose, "nps"].dropna()
    assert len(answers) == figures["nps_by_purpose"][purpose]["n"]
    assert answers.mean() == pytest.approx(figures["nps_by_purpose"][purpose]["mean"], abs=1e-6)


@pytest.mark.parametrize(
    ("file", "year"), [("dummy_data_codeonly.csv", "2020"), ("dummy_data_2021_codeonly.csv", "2021")]
)
def test_limesurvey_columns(shared_data: Path, file: str, year: str) -> None:
    """LimeSurvey: every column of the export is known, those of several choices and of "other" among them, and the last page."""
    folder = shared_data / "limesurvey_n2"
    figures = expected(folder)[f"codeonly_{year}"]
    constants = {"respondent_group": "employee", "enps": 5}
    dataset = one(folder, "survey", file=file, columns={"weight": "lastpage"}, constants=constants)
    names = [entry.column for entry in dataset.log.of("survey", "dropped")]
    assert len(names) + 1 == figures["cols"]
    assert sum("[SQ" in name for name in names) == figures["multi_select_cols"]
    assert sum(name.endswith("[other]") for name in names) == figures["other_cols"]
    assert dataset.tables["survey"]["weight"].max() == figures["lastpage_max"]


def test_star_wars_films(shared_data: Path) -> None:
    """SurveyMonkey: each film's column under the one question holds its ticks, and another question ranks them."""
    folder = shared_data / "surveymonkey_starwars"
    figures = expected(folder)
    seen = "Which of the following Star Wars films have you seen? Please select all that apply."
    rank = (
        "Please rank the Star Wars films in order of preference with 1 being your favorite film in the franchise and 6 being"
        " your least favorite film."
    )
    films = list(figures["films_seen_counts"])
    columns = {
        "response_id": "RespondentID",
        "segment": {str(place): f"{seen} – {film}" for place, film in enumerate(films)},
    }
    survey = one(folder, "survey", file="StarWars.csv", columns=columns, constants={**CUSTOMERS, "nps": 5}).tables[
        "survey"
    ]
    assert survey["response_id"].nunique() == figures["distinct_respondents"]
    counts = [int(survey[f"segment.{place}"].count()) for place in range(len(films))]
    assert counts == list(figures["films_seen_counts"].values())
    ratings = one(
        folder,
        "ratings_360",
        scale=(1, 6),
        file="StarWars.csv",
        columns={"rater_id": "RespondentID"},
        constants={"reviewee_id": "films", "rater_group": "customer"},
        wide={"items": [f"{rank} – {film}" for film in films]},
    ).tables["ratings_360"]
    means = ratings.groupby("item")["score"].mean()
    for film, value in figures["mean_rank_all_with_rank"].items():
        assert means[f"{rank} – {film}"] == pytest.approx(value, abs=1e-6)


@pytest.mark.parametrize("rule", ["A_customer_day", "B_rows"])
def test_record_shop(shared_data: Path, rule: str) -> None:
    """CDNOW: an order is a customer's day, or with the row's number as its id each row."""
    folder = shared_data / "cdnow"
    figures = expected(folder)[rule]
    columns = {"customer_id": "customer_id", "ordered_on": "date", "amount": "dollar_value"}
    more = {"order_id": "(row)"} if rule == "B_rows" else {}
    orders = one(folder, "transactions", file="CDNOW_master.txt", columns=columns | more).tables["transactions"]
    found = basket(orders)
    assert found.orders == figures["orders"]
    assert found.customers == figures["customers"]
    assert found.repeat_rate.value == pytest.approx(figures["repeat_rate"], abs=1e-6)
    assert found.basket_size.value == pytest.approx(figures["aov_mean"], abs=1e-6)


def test_record_shop_by_month(shared_data: Path) -> None:
    """CDNOW: customers and revenue of each of the eighteen months, and how many bought again in the next."""
    folder = shared_data / "cdnow"
    figures = expected(folder)["A_customer_day"]
    columns = {"customer_id": "customer_id", "ordered_on": "date", "amount": "dollar_value"}
    orders = one(folder, "transactions", file="CDNOW_master.txt", columns=columns).tables["transactions"]
    months = orders.groupby(orders["ordered_on"].dt.strftime("%Y-%m"))
    found = {
        month: {
            "orders": len(rows[["customer_id", "ordered_on"]].drop_duplicates()),
            "customers": rows["customer_id"].nunique(),
            "revenue": round(float(rows["amount"].sum()), 2),
        }
        for month, rows in months
    }
    assert found == figures["monthly"]
    buyers = {month: set(rows["customer_id"]) for month, rows in months}
    before = sorted(buyers)
    kept = {month: len(buyers[last] & buyers[month]) / len(buyers[last]) for last, month in itertools.pairwise(before)}
    assert kept == pytest.approx(figures["month_to_month_retention"], abs=1e-6)


def test_record_shop_sample(shared_data: Path) -> None:
    """CDNOW's tenth has no header and columns parted by blanks; its customers are those of the published summary."""
    folder = shared_data / "cdnow"
    figures = expected(folder)["bgnbd_1_10_sample"]
    columns = {"customer_id": 2, "ordered_on": 3, "amount": 5}
    orders = one(folder, "transactions", file="CDNOW_sample.txt", header=False, columns=columns).tables["transactions"]
    lines = (folder / "CDNOW_sample.txt").read_text(encoding="ascii").split("\n")
    assert len(orders) == sum(bool(line.strip()) for line in lines)
    assert orders["amount"].sum() == pytest.approx(sum(float(line.split()[4]) for line in lines if line.strip()))
    summary = one(
        folder,
        "customers",
        file="cdnow_customers_summary.csv",
        columns={"customer_id": "ID", "tenure_months": "T", "annual_value": "frequency"},
        constants={"ended": False},
    ).tables["customers"]
    assert orders["customer_id"].nunique() == len(summary) == 2357
    assert summary["annual_value"].mean() == pytest.approx(figures["mean_frequency"], abs=1e-6)
    assert (summary["annual_value"] == 0).mean() == pytest.approx(figures["share_zero_repeat"], abs=1e-6)
    early = orders[orders["ordered_on"] <= pd.Timestamp("1997-09-30")]
    days = early.drop_duplicates(["customer_id", "ordered_on"]).groupby("customer_id").size() - 1
    assert days.sort_index().tolist() == summary["annual_value"].astype(int).tolist()


@pytest.mark.parametrize("contract", ["Month-to-month", "One year", "Two year"])
def test_telephone_contracts(shared_data: Path, contract: str) -> None:
    """IBM telco: churn, Kaplan–Meier and median of each contract, and what the customers pay a month."""
    folder = shared_data / "ibm_telco_churn"
    figures = expected(folder)
    columns = {
        "customer_id": "customerID",
        "tenure_months": "tenure",
        "ended": "Churn",
        "segment": "Contract",
        "annual_value": {"product": ["MonthlyCharges", 1]},  # the figures to compare with are a month's
    }
    customers = one(folder, "customers", file="Telco-Customer-Churn.csv", columns=columns).tables["customers"]
    assert customers["annual_value"].mean() == pytest.approx(figures["avg_monthly"], abs=1e-6)
    assert customers["annual_value"].sum() == pytest.approx(figures["monthly_revenue"])
    gone = customers["ended"].to_numpy(dtype=bool)
    assert customers.loc[gone, "annual_value"].sum() == pytest.approx(figures["monthly_revenue_of_churned"])
    ours = customers[customers["segment"] == contract]
    assert len(ours) == figures["churn_by_contract"][contract]["size"]
    assert ours["ended"].sum() == figures["churn_by_contract"][contract]["sum"]
    curve = kaplan_meier(ours["tenure_months"], ours["ended"].astype(float))
    assert curve.median().value == figures["km_by_contract"][contract]["median"]
    for time, share in figures["km_by_contract"][contract]["S"].items():
        assert curve.at(float(time)).value == pytest.approx(share, abs=1e-6)


def test_telephone_blank_charges(shared_data: Path) -> None:
    """IBM telco: eleven blanks in the charges are no amounts, and no noughts."""
    columns = {"customer_id": "customerID", "tenure_months": "tenure", "ended": "Churn", "annual_value": "TotalCharges"}
    folder = shared_data / "ibm_telco_churn"
    customers = one(folder, "customers", file="Telco-Customer-Churn.csv", columns=columns).tables["customers"]
    assert customers["annual_value"].isna().sum() == expected(folder)["blank_TotalCharges"]


@pytest.mark.parametrize(
    ("column", "key"), [("unit", "by_department"), ("role", "by_jobrole"), ("end_reason", "by_overtime")]
)
def test_staff_groups(shared_data: Path, column: str, key: str) -> None:
    """IBM HR: size and leavers of each department, role, and of those with overtime and without."""
    folder = shared_data / "ibm_hr_attrition"
    staff = one(folder, "employees", file="emp_attrition.csv", columns=STAFF | {"end_reason": "OverTime"}).tables[
        "employees"
    ]
    for name, figures in expected(folder)[key].items():
        ours = staff[staff[column] == name]
        assert (len(ours), int(ours["ended"].sum())) == (figures["size"], figures["sum"])


def test_staff_tenure_and_pay(shared_data: Path) -> None:
    """IBM HR: Kaplan–Meier over years at the company, leavers' pay and a year of it."""
    folder = shared_data / "ibm_hr_attrition"
    figures = expected(folder)
    staff = one(folder, "employees", file="emp_attrition.csv", columns=STAFF).tables["employees"]
    curve = kaplan_meier(staff["tenure_months"], staff["ended"].astype(float))
    for years, share in figures["km_years_at_company"]["S"].items():
        assert curve.at(12 * float(years)).value == pytest.approx(share, abs=1e-6)
    pay = staff.loc[staff["ended"].to_numpy(dtype=bool), "monthly_salary"]
    assert pay.mean() == pytest.approx(figures["mean_monthly_income_leavers"], abs=1e-6)
    assert 12 * pay.sum() == figures["sum_annual_salary_leavers"]


@pytest.mark.parametrize(
    ("column", "key"),
    [("JobSatisfaction", "job_satisfaction_mean"), ("EnvironmentSatisfaction", "env_satisfaction_mean")],
)
def test_staff_satisfaction(shared_data: Path, column: str, key: str) -> None:
    """IBM HR: satisfaction from 1 to 4 as ratings on that scale."""
    folder = shared_data / "ibm_hr_attrition"
    source = {
        "file": "emp_attrition.csv",
        "columns": {"rater_id": "EmployeeNumber"},
        "constants": {"reviewee_id": "work", "rater_group": "report"},
    }
    ratings = one(folder, "ratings_360", scale=(1, 4), wide={"items": [column]}, **source).tables["ratings_360"]
    assert ratings["score"].mean() == pytest.approx(expected(folder)[key], abs=1e-6)


@pytest.mark.parametrize("country", ["Denmark", "Finland", "Norway", "Sweden"])
def test_nordic_countries(shared_data: Path, country: str) -> None:
    """Online Retail: customers, orders, revenue and basket of each country, and days between orders of all."""
    folder = shared_data / "online_retail_nordic"
    figures = expected(folder)
    columns = {
        "customer_id": "CustomerID", "order_id": "InvoiceNo", "ordered_on": "InvoiceDate", "segment": "Country",
        "amount": {"product": ["Quantity", "UnitPrice"]},
    }  # fmt: skip
    rules = [{"column": "InvoiceNo", "matches": "^C"}, {"column": "UnitPrice", "at_most": 0}]
    orders = one(folder, "transactions", file="online_retail_nordic.csv", columns=columns, exclude=rules).tables[
        "transactions"
    ]
    found = basket(orders[orders["segment"] == country])
    ours = figures["by_country"][country]
    assert (found.customers, found.orders) == (ours["customers"], ours["orders"])
    assert found.revenue == pytest.approx(ours["revenue"])
    assert found.basket_size.value == pytest.approx(ours["aov"], abs=1e-6)
    monthly = orders.groupby(orders["ordered_on"].dt.strftime("%Y-%m"))["amount"].sum().round(2)
    assert monthly.to_dict() == {
        month: pytest.approx(each["revenue"]) for month, each in figures["sales"]["monthly"].items()
    }
    assert np.isclose(orders["amount"].sum(), figures["sales"]["revenue"])
