"""Real public files are read to the counts that were computed from them independently."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from intake_support import CUSTOMERS, engagement

from kohtaamo_utils.intake import Dataset, read
from kohtaamo_utils.tables import schema

if TYPE_CHECKING:
    from pathlib import Path


def expected(folder: Path) -> dict[str, Any]:
    """Figures computed from the folder's file by other means."""
    return json.loads((folder / "expected.json").read_text())


def one(folder: Path, table: str, **source: Any) -> Dataset:
    """Read one source; its table keeps its schema and its log adds up."""
    dataset = read(engagement(folder, {table: source}))
    schema(table).validate(dataset.tables[table])
    assert dataset.log.rows_in(table) - dataset.log.left_out(table) == dataset.log.rows_out(table)
    assert dataset.log.rows_out(table) == len(dataset.tables[table])
    return dataset


def test_airport_survey(shared_data: Path) -> None:
    """SFO 2017: codes 11, 0, 6 and Blank are no answers; 2,746 scores of recommendation and 2,688 of satisfaction."""
    folder = shared_data / "sfo_survey_2017"
    figures = expected(folder)
    dataset = one(
        folder,
        "survey",
        file="2017_SFO_Customer_Survey_20250817.csv",
        columns={
            "response_id": "RESPNUM",
            "nps": "NETPRO",
            "csat": "Q7ALL",
            "weight": "WEIGHT",
            "segment": {"age": "Q19AGE"},
        },
        constants=CUSTOMERS,
        missing={"nps": 11, "csat": [0, 6, "Blank"]},
    )
    survey = dataset.tables["survey"]
    assert len(survey) == figures["rows"] == 2831
    assert survey["nps"].count() == figures["nps"]["n"] == 2746
    assert (survey["nps"] >= 9).sum() == figures["nps"]["promoters"]
    assert survey["csat"].count() == figures["csat_overall_Q7ALL"]["n"] == 2688
    assert survey["csat"].mean() == pytest.approx(figures["csat_overall_Q7ALL"]["mean"], abs=1e-6)
    assert survey["segment.age"].nunique() == 9
    assert set(survey["perspective"]) == {"experienced"}
    declared = {(entry.column, entry.value): entry.count for entry in dataset.log.of("survey", "missing_value")}
    assert declared["nps", "11"] == 84
    assert declared["csat", "0"] + declared["csat", "6"] + declared["csat", "Blank"] == 2831 - 2688


def test_record_shop_orders(shared_data: Path) -> None:
    """CDNOW: columns parted by runs of blanks, dates as yyyymmdd, identifiers with leading zeros."""
    folder = shared_data / "cdnow"
    raw = expected(folder)["raw"]
    columns = {"customer_id": "customer_id", "ordered_on": "date", "amount": "dollar_value"}
    dataset = one(folder, "transactions", file="CDNOW_master.txt", columns=columns)
    orders = dataset.tables["transactions"]
    assert len(orders) == raw["rows"] == 69659
    assert orders["customer_id"].nunique() == raw["customers"]
    assert orders["customer_id"].iloc[0] == "00001"
    assert orders["amount"].sum() == pytest.approx(raw["revenue"])
    assert (orders["amount"] == 0).sum() == raw["zero_value_rows"]
    assert (str(orders["ordered_on"].min().date()), str(orders["ordered_on"].max().date())) == (
        "1997-01-01",
        "1998-06-30",
    )


def test_staff_attrition(shared_data: Path) -> None:
    """IBM HR: years become months by a product, Attrition Yes and No become flags."""
    folder = shared_data / "ibm_hr_attrition"
    figures = expected(folder)
    columns = {
        "employee_id": "EmployeeNumber",
        "ended": "Attrition",
        "tenure_months": {"product": ["YearsAtCompany", 12]},
        "monthly_salary": "MonthlyIncome",
    }
    staff = one(folder, "employees", file="emp_attrition.csv", columns=columns).tables["employees"]
    assert len(staff) == figures["rows"]
    assert int(staff["ended"].sum()) == figures["left"]
    assert staff["tenure_months"].median() == 60
    assert staff["monthly_salary"].mean() == pytest.approx(figures["mean_monthly_income"], abs=1e-6)


def test_telephone_churn(shared_data: Path) -> None:
    """IBM telco: 7,043 customers with their tenure and whether they left."""
    folder = shared_data / "ibm_telco_churn"
    figures = expected(folder)
    columns = {"customer_id": "customerID", "tenure_months": "tenure", "ended": "Churn"}
    customers = one(folder, "customers", file="Telco-Customer-Churn.csv", columns=columns).tables["customers"]
    assert len(customers) == figures["rows"]
    assert int(customers["ended"].sum()) == figures["churned"]
    assert customers["tenure_months"].mean() == pytest.approx(figures["tenure_mean"], abs=1e-6)


def test_nordic_retail(shared_data: Path) -> None:
    """Online Retail: cancellations and unpriced rows are left out and counted; 131 orders of 39 customers remain."""
    folder = shared_data / "online_retail_nordic"
    figures = expected(folder)
    dataset = one(
        folder,
        "transactions",
        file="online_retail_nordic.csv",
        columns={
            "customer_id": "CustomerID",
            "order_id": "InvoiceNo",
            "ordered_on": "InvoiceDate",
            "amount": {"product": ["Quantity", "UnitPrice"]},
        },
        exclude=[
            {"column": "InvoiceNo", "matches": "^C"},
            {"column": "Quantity", "at_most": 0},
            {"column": "UnitPrice", "at_most": 0},
        ],
    )
    orders, sales = dataset.tables["transactions"], figures["sales"]
    assert dataset.log.rows_in("transactions") == figures["raw"]["rows"]
    excluded = {entry.detail: entry.count for entry in dataset.log.of("transactions", "excluded")}
    assert excluded == {"InvoiceNo matches ^C": 44, "Quantity at most 0": 0, "UnitPrice at most 0": 1}
    assert orders["customer_id"].nunique() == sales["customers"]
    assert orders["order_id"].nunique() == sales["orders"]
    assert orders["amount"].sum() == pytest.approx(sales["revenue"])


def test_nordic_retail_with_cancellations(shared_data: Path) -> None:
    """Online Retail without exclude rules keeps its returns' money."""
    folder = shared_data / "online_retail_nordic"
    columns = {
        "customer_id": "CustomerID",
        "ordered_on": "InvoiceDate",
        "amount": {"product": ["Quantity", "UnitPrice"]},
    }
    orders = one(folder, "transactions", file="online_retail_nordic.csv", columns=columns).tables["transactions"]
    assert orders["amount"].sum() == pytest.approx(expected(folder)["raw"]["net_revenue_all_rows"])


@pytest.mark.parametrize(
    ("file", "count", "submitted"), [("dummy_data_codeonly.csv", 12, 5), ("dummy_data_2021_codeonly.csv", 36, 22)]
)
def test_limesurvey_export(shared_data: Path, file: str, count: int, submitted: int) -> None:
    """LimeSurvey: responses without a submit date are unfinished; 5 of 12 and 22 of 36 were sent."""
    dataset = one(
        shared_data / "limesurvey_n2",
        "survey",
        file=file,
        columns={"response_id": "id", "answered_on": "submitdate"},
        constants={"respondent_group": "employee", "enps": 5},
    )
    assert dataset.log.rows_in("survey") == count
    assert dataset.log.count("survey", "incomplete") == count - submitted
    assert dataset.tables["survey"]["answered_on"].count() == submitted


def test_limesurvey_code_answers_for_code_and_text(shared_data: Path) -> None:
    """LimeSurvey with codes and texts in the header answers to the code alone."""
    source = {
        "columns": {"response_id": "id", "comment": "A2"},
        "constants": {"respondent_group": "employee", "enps": 5},
    }
    survey = one(shared_data / "limesurvey_n2", "survey", file="dummy_data_codeandtext.csv", **source).tables["survey"]
    assert "physics-related" in set(survey["comment"])


@pytest.mark.parametrize("file", ["sample.csv", "sample_legacy.csv"])
def test_qualtrics_export(shared_data: Path, file: str) -> None:
    """Qualtrics: three header rows, or the older two; columns answer to the id and to the question's text."""
    columns = {"csat": "Q1", "comment": "This is a free text question."}
    survey = one(shared_data / "qualtrics_sample", "survey", file=file, columns=columns, constants=CUSTOMERS).tables[
        "survey"
    ]
    assert survey["csat"].tolist() == [2.0]
    assert survey["comment"].tolist() == ["Hello World!"]


def test_surveymonkey_export(shared_data: Path) -> None:
    """SurveyMonkey: two header rows, lone carriage returns, a single-byte encoding; 1,186 respondents."""
    question = "Which of the following Star Wars films have you seen? Please select all that apply."
    film = "Star Wars: Episode I  The Phantom Menace"
    folder = shared_data / "surveymonkey_starwars"
    figures = expected(folder)
    dataset = one(
        folder,
        "survey",
        file="StarWars.csv",
        columns={
            "response_id": "RespondentID",
            "comment": f"{question} – {film}",
            "segment": {"seen": "Have you seen any of the 6 films in the Star Wars franchise?"},
        },
        constants={**CUSTOMERS, "nps": 5},
    )
    survey = dataset.tables["survey"]
    assert len(survey) == figures["respondents"]
    assert survey["comment"].count() == figures["films_seen_counts"][film]
    assert survey["segment.seen"].value_counts().to_dict() == figures["seen_any"]
