"""Public tables of published measures are read with a few lines of mapping, and give the figures that are published."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from intake_support import engagement
from ruamel.yaml import YAML

from kohtaamo_utils.intake import Dataset, check, read
from kohtaamo_utils.measures.icc import icc
from kohtaamo_utils.measures.reliability import alpha
from kohtaamo_utils.measures.survival import kaplan_meier, logrank
from kohtaamo_utils.tables import schema

if TYPE_CHECKING:
    from pathlib import Path

MOST_LINES = 10
"""Lines of mapping that a file may need."""


def expected(folder: Path) -> dict[str, Any]:
    """Return the figures computed from the folder's file by other means."""
    return json.loads((folder / "expected.json").read_text())


def read_as(folder: Path, table: str, mapping: str, **settings: Any) -> Dataset:
    """Read one table with a mapping as a consultant writes it, of at most ten lines."""
    assert len(mapping.strip().splitlines()) <= MOST_LINES
    dataset = read(engagement(folder, {table: YAML(typ="safe", pure=True).load(mapping)}, **settings))
    schema(table).validate(dataset.tables[table])
    return dataset


def national(value: str) -> str:
    return f"file: data_tables/national_results.csv\ncolumns: {{month: Release Period, measure: Measure ID, value: {value}}}"


def test_hospitals_of_the_nation(shared_data: Path) -> None:
    """HCAHPS: nine releases of ten measures; each top-box share is the published one, and the three boxes are 100."""
    folder = shared_data / "hcahps"
    boxes = {
        box: read_as(folder, "operations", national(f"{box}-box Percentage")).tables["operations"]
        for box in ("Bottom", "Middle", "Top")
    }
    top = boxes["Top"]
    assert len(top) == expected(folder)["rows"]["national"] == 90
    found = {(f"{row.month:%m_%Y}", row.measure): row.value for row in top.itertuples()}
    published = expected(folder)["national_topbox"]
    assert found == {
        (release, name): value for release, measures in published.items() for name, value in measures.items()
    }
    total = sum(frame["value"] for frame in boxes.values())
    assert total.between(99, 101).all()


def test_hospitals_by_state(shared_data: Path) -> None:
    """HCAHPS: 4,580 figures of the states; the last release's communication with nurses, state by state."""
    folder = shared_data / "hcahps"
    mapping = """
file: data_tables/state_results.csv
columns: {month: Release Period, measure: Measure ID, value: Top-box Percentage, unit: State}
"""
    states = read_as(folder, "operations", mapping).tables["operations"]
    assert len(states) == expected(folder)["rows"]["state"] == 4580
    last = states[(states["month"] == states["month"].max()) & (states["measure"] == "H_COMP_1")]
    assert dict(zip(last["unit"], last["value"], strict=True)) == expected(folder)["state_topbox_H_COMP_1_latest"]


def test_hospitals_response_rates(shared_data: Path) -> None:
    """HCAHPS: 43,219 rows of which 5,774 have no rate; they are left out by rule and counted."""
    folder = shared_data / "hcahps"
    mapping = """
file: data_tables/responses.csv
columns: {month: Release Period, value: Response Rate (%), unit: Facility ID, touchpoint: Completed Surveys}
constants: {measure: response rate}
exclude: [{column: Response Rate (%), equals: Not Available}]
"""
    dataset = read_as(folder, "operations", mapping)
    figures = expected(folder)
    assert dataset.log.rows_in("operations") == figures["rows"]["responses"] == 43219
    assert dataset.log.excluded("operations") == figures["not_available_response_rate"] == 5774
    rates = dataset.tables["operations"]
    assert rates["value"].between(0, 100).all()
    assert rates["touchpoint"].eq("300 or more").sum() == figures["completed_surveys_values"]["300 or more"]


@pytest.mark.parametrize(
    ("file", "table", "columns", "rows"),
    [
        ("data_tables/measures.csv", "observations", {"text": "Measure", "kind": "Type", "theme": "Measure ID"}, 10),
        ("data_tables/questions.csv", "observations", {"text": "Question", "theme": "Measure ID"}, 19),
        ("data_tables/states.csv", "observations", {"text": "State Name", "unit": "State", "theme": "Region"}, 51),
        ("data_dictionary.csv", "observations", {"text": "Field", "kind": "Table", "theme": "Description"}, None),
        (
            "data_tables/reports.csv",
            "customers",
            {"customer_id": "Release Period", "started_on": "Start Date", "ended_on": "End Date"},
            9,
        ),
    ],
)
def test_hospitals_registers(
    shared_data: Path, file: str, table: str, columns: dict[str, str], rows: int | None
) -> None:
    """HCAHPS: the registers beside the results are read to their last row, as csv counts them."""
    folder = shared_data / "hcahps"
    with (folder / file).open(encoding="utf-8-sig", newline="") as stream:
        there = [row for row in csv.DictReader(stream) if any(row.values())]
    frame = read(engagement(folder, {table: {"file": file, "columns": columns}})).tables[table]
    assert len(frame) == len(there) == (rows or len(there))


def test_hospitals_archive_is_no_table(shared_data: Path) -> None:
    """A zip file is refused with what to do and what is read."""
    (problem,), _ = check(engagement(shared_data / "hcahps", {"operations": {"file": "HCAHPS_Patient_Survey.zip"}}))
    assert (problem.kind, problem.message) == ("format", "Files of the kind .zip are not read.")
    assert problem.advice == "Unpack it, and name the file that is in it."


def test_medical_groups(shared_data: Path) -> None:
    """CMS: 95 organisations, 75 of 500 rates missing; n and mean of each measure."""
    folder = shared_data / "cms_patient_experience"
    figures = expected(folder)
    mapping = """
file: cms_patient_experience.csv
columns: {measure: measure_cd, value: prf_rate, unit: org_pac_id}
constants: {month: 2022-01}
exclude: [{column: prf_rate, empty: true}]
"""
    dataset = read_as(folder, "operations", mapping)
    rates = dataset.tables["operations"]
    assert dataset.log.rows_in("operations") == figures["rows"]
    assert dataset.log.excluded("operations") == figures["missing"] == 75
    found = rates.groupby("measure")["value"].agg(["count", "mean"])
    for name, published in figures["measure_means"].items():
        assert found.loc[name, "count"] == published["n"]
        assert found.loc[name, "mean"] == pytest.approx(published["mean"], abs=1e-6)


def test_finnish_lines(shared_data: Path) -> None:
    """XED: 14,449 lines in a file without a header, separated by tabs; labels, length and umlauts as counted."""
    folder = shared_data / "xed_finnish"
    figures = expected(folder)
    mapping = "file: fi-annotated.tsv\nheader: false\ncolumns: {text: 1, theme: 2}"
    lines = read_as(folder, "observations", mapping).tables["observations"]
    assert len(lines) == figures["rows"] == 14449
    labels = lines["theme"].str.split(", ").explode().value_counts()
    assert labels.to_dict() == figures["label_counts"]
    assert lines["text"].str.len().mean() == pytest.approx(figures["mean_chars"], abs=0.01)
    assert lines["text"].str.contains("[åäöÅÄÖ]").sum() == figures["with_umlaut"]


BFI = """
file: bfi.csv
columns: {rater_id: rownames}
constants: {reviewee_id: bfi, rater_group: peer}
reverse: [A1, C4, C5, E1, E2, O2, O5]
wide: {items: {A: [A1, A2, A3, A4, A5], C: [C1, C2, C3, C4, C5], E: [E1, E2, E3, E4, E5],
               N: [N1, N2, N3, N4, N5], O: [O1, O2, O3, O4, O5]}}
"""


@pytest.mark.parametrize("reversed_too", [True, False])
def test_personality_inventory(shared_data: Path, reversed_too: bool) -> None:
    """Psych's bfi: alpha of five scales of five items, seven of them reversed, and what comes out if that is forgotten."""
    folder = shared_data / "psych_bfi"
    figures = expected(folder)
    mapping = BFI if reversed_too else "\n".join(line for line in BFI.splitlines() if "reverse" not in line)
    ratings = read_as(folder, "ratings_360", mapping, review_360={"scale": [1, 6]}).tables["ratings_360"]
    assert len(ratings) == 25 * figures["rows"] == 25 * 2800
    assert ratings["score"].isna().sum() == figures["missing_items"]
    answers = ratings.pivot_table(index="rater_id", columns="item", values="score", dropna=False)
    assert answers.notna().all(axis=1).sum() == figures["complete_cases"]
    published = figures["alpha_listwise" if reversed_too else "alpha_if_reversal_forgotten"]
    for scale, value in published.items():
        items = answers[[item for item in answers.columns if item.startswith(scale)]]
        assert alpha(items).value == pytest.approx(value, abs=1e-6)
        if reversed_too:
            assert items.mean(axis=1).mean() == pytest.approx(figures["scale_means_available_items"][scale], abs=1e-6)


def test_six_targets_four_judges(shared_data: Path) -> None:
    """Shrout & Fleiss (1979): a row a target, a column a judge; the six intraclass correlations of their table 4."""
    folder = shared_data / "shrout_fleiss_1979"
    mapping = """
file: shrout_fleiss.csv
columns: {reviewee_id: target}
constants: {rater_id: all, rater_group: peer}
wide: {items: [judge1, judge2, judge3, judge4]}
"""
    ratings = read_as(folder, "ratings_360", mapping, review_360={"scale": [1, 10]}).tables["ratings_360"]
    found = icc(ratings.pivot_table(index="reviewee_id", columns="item", values="score"))
    names = {
        "ICC(1,1)": "icc1",
        "ICC(A,1)": "icc2",
        "ICC(C,1)": "icc3",
        "ICC(1,k)": "icc1k",
        "ICC(A,k)": "icc2k",
        "ICC(C,k)": "icc3k",
    }
    for name, value in expected(folder)["computed"].items():
        assert getattr(found, names[name]).value == pytest.approx(value, abs=1e-6)


@pytest.mark.parametrize("group", ["control", "miR-137", "all"])
def test_lives_of_flies(shared_data: Path, group: str) -> None:
    """The package lifelines' waltons: rows without an identifier are known by their numbers; Kaplan–Meier of each group and all."""
    folder = shared_data / "lifelines_km"
    mapping = "file: waltons.csv\ncolumns: {customer_id: (row), tenure_months: T, ended: E, segment: group}"
    lives = read_as(folder, "customers", mapping).tables["customers"]
    assert lives["customer_id"].tolist() == [str(number) for number in range(2, 165)]
    chosen = lives if group == "all" else lives[lives["segment"] == group]
    curve = kaplan_meier(chosen["tenure_months"], chosen["ended"].astype(float))
    figures = expected(folder)[group]
    assert curve.n == figures["n"]
    assert curve.median().value == figures["median"]
    for time, share in figures["S"].items():
        assert curve.at(float(time)).value == pytest.approx(share, abs=1e-6)


def test_lives_of_flies_differ(shared_data: Path) -> None:
    """waltons: the log-rank test between the groups leaves no chance, as published."""
    mapping = "file: waltons.csv\ncolumns: {customer_id: (row), tenure_months: T, ended: E, segment: group}"
    lives = read_as(shared_data / "lifelines_km", "customers", mapping).tables["customers"]
    found = logrank(lives["tenure_months"], lives["ended"].astype(float), lives["segment"].tolist())
    assert found is not None
    assert round(found.p, 6) == expected(shared_data / "lifelines_km")["logrank_p"] == 0.0


@pytest.mark.parametrize(("column", "segment"), [("high_end_pct", "high_end"), ("regular_pct", "regular")])
def test_subscribers_who_stay(shared_data: Path, column: str, segment: str) -> None:
    """Fader & Hardie (2007): the observed retention of each year is its survivors by those of the year before."""
    folder = shared_data / "cases_published"
    mapping = f"""
file: fader_hardie_sbg_retention.csv
columns: {{period: year, outcome: {column}}}
constants: {{unit: {segment}, treated: false, after: false}}
"""
    stayed = read_as(folder, "pilot", mapping).tables["pilot"]
    assert stayed["period"].tolist() == [str(year) for year in range(13)]
    rates = (stayed["outcome"] / stayed["outcome"].shift()).dropna()
    assert rates.tolist() == pytest.approx(
        expected(folder)["fader_hardie_2007"]["refit_years_1_7"][segment]["observed_retention_rate"], abs=1e-6
    )


def test_margin_multiples(shared_data: Path) -> None:
    """Gupta & Lehmann: a table by retention and discount is read cell for cell, and is r / (1 + i − r)."""
    folder = shared_data / "cases_published"
    mapping = """
file: gupta_lehmann_margin_multiple.csv
columns: {criterion: retention, visit_id: discount, score: margin_multiple}
constants: {maximum: 100}
"""
    table = read_as(folder, "mystery_shopping", mapping).tables["mystery_shopping"]
    found = {f"r={row.criterion},i={row.visit_id}": row.score for row in table.itertuples()}
    assert found == expected(folder)["gupta_lehmann"]["table"]
    r, i = table["criterion"].astype(float), table["visit_id"].astype(float)
    pd.testing.assert_series_equal(table["score"], (r / (1 + i - r)).round(4), check_names=False)
