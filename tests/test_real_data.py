"""The reports of real public data give the figures that were computed from the same files by other means."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import formulas
import pytest
from command_line import kohtaamo
from engagements import Figures, make_engagement

from kohtaamo_utils.reports import current_state, roi

if TYPE_CHECKING:
    from pathlib import Path

SURVEY = "sfo_survey_2017/2017_SFO_Customer_Survey_20250817.csv"
SEGMENTS = {"age": "Q19AGE", "geo": "DESTGEO", "gender": "Q20GENDER", "problem": "Q15PROBLEM"}


def expected(folder: Path, name: str) -> dict[str, Any]:
    """Return the figures that stand beside a data set."""
    found: dict[str, Any] = json.loads((folder / name / "expected.json").read_text(encoding="utf-8"))
    return found


def survey_source(folder: Path) -> dict[str, Any]:
    return {
        "file": str(folder / SURVEY),
        "columns": {
            "response_id": "RESPNUM",
            "nps": "NETPRO",
            "csat": "Q7ALL",
            "weight": "WEIGHT",
            "segment": SEGMENTS,
        },
        "constants": {"respondent_group": "customer"},
        "missing": {"nps": [11, "Blank"], "csat": [0, 6, "Blank"]},
    }


def cdnow_source(folder: Path) -> dict[str, Any]:
    columns = {"customer_id": "customer_id", "ordered_on": "date", "amount": "dollar_value"}
    return {"file": str(folder / "cdnow" / "CDNOW_master.txt"), "columns": columns}


def staff_source(folder: Path) -> dict[str, Any]:
    columns = {
        "employee_id": "EmployeeNumber", "ended": "Attrition", "tenure_months": {"product": ["YearsAtCompany", 12]},
        "monthly_salary": "MonthlyIncome", "unit": "Department", "role": "JobRole",
    }  # fmt: skip
    return {"file": str(folder / "ibm_hr_attrition" / "emp_attrition.csv"), "columns": columns}


def contracts_source(folder: Path) -> dict[str, Any]:
    columns = {"customer_id": "customerID", "tenure_months": "tenure", "ended": "Churn", "segment": "Contract"}
    return {"file": str(folder / "ibm_telco_churn" / "Telco-Customer-Churn.csv"), "columns": columns}


def nordic_source(folder: Path) -> dict[str, Any]:
    return {
        "file": str(folder / "online_retail_nordic" / "online_retail_nordic.csv"),
        "columns": {
            "customer_id": "CustomerID", "order_id": "InvoiceNo", "ordered_on": "InvoiceDate",
            "amount": {"product": ["Quantity", "UnitPrice"]},
        },
        "exclude": [
            {"column": "InvoiceNo", "matches": "^C"}, {"column": "Quantity", "at_most": 0},
            {"column": "UnitPrice", "at_most": 0},
        ],
    }  # fmt: skip


ROI = {
    "costs": {"initial": 40000, "per_year": 12000},
    "retention": {
        "source": "transactions", "margin_per_customer": 20,
        "baseline": {"start": "1997-01-01", "end": "1997-06-30"}, "follow_up": {"start": "1997-07-01", "end": "1997-12-31"},
        "effect": {"low": 0.005, "likely": 0.02, "high": 0.04, "unit": "points", "source": "pilot", "grade": "B"},
    },
    "simulations": 1000,
}  # fmt: skip


def of_sources(folder: Path, sources: dict[str, Any], kind: str, **settings: Any) -> Figures:
    made = str(make_engagement(folder, {**settings, "sources": sources}, {}))
    return Figures(current_state.open_report(made) if kind == "current_state" else roi.open_report(made), kind)


@pytest.fixture(scope="module")
def airport(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Figures:
    folder = tmp_path_factory.mktemp("airport")
    return of_sources(folder, {"survey": survey_source(shared_data)}, "current_state")


@pytest.fixture(scope="module")
def raw(shared_data: Path) -> list[dict[str, str]]:
    with (shared_data / SURVEY).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_airport_nps_weighted_and_not(airport: Figures, shared_data: Path) -> None:
    """SFO 2017: the NPS is weighted where weights are mapped, with its unweighted twin beside it."""
    figures = expected(shared_data, "sfo_survey_2017")
    weighted = airport("nps", respondent_group="customer")
    plain = airport("nps", respondent_group="customer", weighting="none")
    assert weighted.value == pytest.approx(figures["nps_weighted"]["nps"], abs=1e-6) == pytest.approx(40.398436)
    assert plain.value == pytest.approx(figures["nps"]["nps"], abs=1e-6) == pytest.approx(39.839767)
    assert weighted.n == plain.n == figures["nps"]["n"] == 2746
    assert weighted.low is not None
    assert plain.low is not None
    assert weighted.low < weighted.value < (weighted.high or 0)
    assert plain.low == pytest.approx(figures["nps"]["ci95"][0], abs=0.1)


def test_airport_satisfaction(airport: Figures, shared_data: Path) -> None:
    """SFO 2017: mean and share of 4–5 of overall satisfaction, codes 0, 6 and Blank being no answers."""
    figures = expected(shared_data, "sfo_survey_2017")["csat_overall_Q7ALL"]
    middle = airport("csat_mean", respondent_group="customer", weighting="none")
    share = airport("csat", respondent_group="customer", weighting="none")
    assert middle.value == pytest.approx(figures["mean"], abs=1e-6)
    assert share.value == pytest.approx(figures["top2box_pct"] / 100, abs=1e-8) == pytest.approx(0.82068452)
    assert (share.value, share.low, share.high) == pytest.approx(formulas.share(1507 + 699, 2688))
    assert middle.n == share.n == 2688


@pytest.mark.parametrize(("segment", "key"), [("geo", "destgeo"), ("gender", "gender"), ("problem", "problem")])
def test_airport_nps_by_segment(airport: Figures, shared_data: Path, segment: str, key: str) -> None:
    """SFO 2017: each segment's unweighted NPS and n."""
    for category, figures in expected(shared_data, "sfo_survey_2017")[f"nps_by_{key}"].items():
        found = airport("nps", respondent_group="customer", weighting="none", **{f"segment__{segment}": category})
        assert found.value == pytest.approx(figures["nps"], abs=1e-6)
        assert found.n == figures["n"]


def test_airport_nps_by_age(airport: Figures, raw: list[dict[str, str]]) -> None:
    """SFO 2017: NPS and interval of each age, weighted and not, from the raw file."""
    answers: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for row in raw:
        if row["NETPRO"].strip().isdigit() and int(row["NETPRO"]) <= 10:
            answers[row["Q19AGE"]].append((float(row["NETPRO"]), float(row["WEIGHT"])))
    assert len(answers) == 8
    for age, pairs in answers.items():
        plain = airport("nps", respondent_group="customer", weighting="none", segment__age=age)
        assert (plain.value, plain.low, plain.high) == pytest.approx(formulas.nps([score for score, _ in pairs]))
        balance = sum(weight * ((score >= 9) - (score <= 6)) for score, weight in pairs)
        weighted = airport("nps", respondent_group="customer", segment__age=age)
        assert weighted.value == pytest.approx(100 * balance / sum(weight for _, weight in pairs))


def test_record_shop(shared_data: Path, tmp_path: Path) -> None:
    """CDNOW: 23,570 customers, 67,591 customer-days as orders, revenue, basket and repeat rate."""
    figures = expected(shared_data, "cdnow")["A_customer_day"]
    found = of_sources(tmp_path, {"transactions": cdnow_source(shared_data)}, "roi")
    assert found("customers").value == figures["customers"] == 23570
    assert found("orders").value == figures["orders"] == 67591
    assert found("revenue").value == pytest.approx(figures["revenue"]) == pytest.approx(2500315.63)
    assert found("basket_size").value == pytest.approx(figures["aov_mean"], abs=1e-6)
    assert found("orders_per_customer").value == pytest.approx(figures["orders_per_customer_mean"], abs=1e-6)
    assert (
        found("repeat_rate").value
        == pytest.approx(figures["repeat_rate"], abs=1e-6)
        == pytest.approx(0.488587, abs=1e-6)
    )


def test_record_shop_retention(shared_data: Path, tmp_path: Path) -> None:
    """CDNOW: of the first half-year's customers the share that bought in the second, counted from the raw file."""
    halves: dict[bool, set[str]] = defaultdict(set)
    for line in (shared_data / "cdnow" / "CDNOW_master.txt").read_text(encoding="ascii").splitlines()[1:]:
        customer, day, *_ = line.split()
        if day < "19980101":
            halves[day >= "19970701"].add(customer)
    stayed = len(halves[False] & halves[True])
    found = of_sources(tmp_path, {"transactions": cdnow_source(shared_data)}, "roi", roi=ROI)("retention_rate")
    assert (found.value, found.low, found.high) == pytest.approx(formulas.share(stayed, len(halves[False])))


def test_nordic_web_shop(shared_data: Path, tmp_path: Path) -> None:
    """Online Retail, Nordic customers: cancellations and free lines excluded by rule; orders are invoices."""
    figures = expected(shared_data, "online_retail_nordic")["sales"]
    found = of_sources(tmp_path, {"transactions": nordic_source(shared_data)}, "roi")
    assert found("customers").value == figures["customers"] == 39
    assert found("orders").value == figures["orders"] == 131
    assert found("revenue").value == pytest.approx(figures["revenue"]) == pytest.approx(116045.19)
    assert found("basket_size").value == pytest.approx(figures["aov_mean"], abs=1e-6)
    assert found("repeat_rate").value == pytest.approx(figures["repeat_rate"], abs=1e-6)


def test_staff_without_dates(shared_data: Path, tmp_path: Path) -> None:
    """IBM's staff: share of leavers and the Kaplan–Meier median tenure of 40 years; no turnover without dates."""
    figures = expected(shared_data, "ibm_hr_attrition")
    found = of_sources(tmp_path, {"employees": staff_source(shared_data)}, "roi")
    assert found("leaver_share").value == pytest.approx(figures["attrition_rate"], abs=1e-6)
    assert found("leaver_share").n == figures["rows"] == 1470
    assert found("median_tenure_months").value == 12 * figures["km_years_at_company"]["median"] == 480
    assert not found.named("turnover_in", "turnover_out", "turnover_gross")


def test_contracts_without_dates(shared_data: Path, tmp_path: Path) -> None:
    """Telco: retention is Kaplan–Meier's at twelve months."""
    figures = expected(shared_data, "ibm_telco_churn")["km_tenure_months"]
    found = of_sources(tmp_path, {"customers": contracts_source(shared_data)}, "roi")("retention_rate")
    assert found.value == pytest.approx(figures["S"]["12"], abs=1e-6) == pytest.approx(0.8432, abs=1e-6)
    assert found.n == figures["n"]


@pytest.mark.slow
def test_a_run_on_real_data(shared_data: Path, tmp_path: Path) -> None:
    """``kohtaamo run`` makes both reports of all four data sets, and their files hold the same figures."""
    sources = {
        "survey": survey_source(shared_data), "transactions": cdnow_source(shared_data),
        "employees": staff_source(shared_data), "customers": contracts_source(shared_data),
    }  # fmt: skip
    folder = make_engagement(tmp_path / "client", {"language": "fi", "sources": sources, "roi": ROI}, {})
    done = kohtaamo("run", folder, folder=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    figures = {}
    for stem in ("current_state/management", "roi/roi"):
        recorded = json.loads((folder / "reports" / f"{stem}.fi.results.json").read_text(encoding="utf-8"))
        assert "Testi Oy" in (folder / "reports" / f"{stem}.fi.html").read_text(encoding="utf-8")
        figures |= {(entry["name"], json.dumps(entry["scope"])): entry["value"] for entry in recorded["figures"]}
    assert figures["nps", '{"respondent_group": "customer"}'] == pytest.approx(40.398436)
    assert figures["orders", "{}"] == 67591
    assert figures["leaver_share", "{}"] == pytest.approx(0.161224, abs=1e-6)
    assert figures["npv", "{}"] != 0
