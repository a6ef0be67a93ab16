"""The sample engagement: its files can be made again, and hold what its README says is hidden in them."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from typing import TYPE_CHECKING
from zipfile import ZipFile

import numpy as np
import pandas as pd
import pytest
from sample_files import CP1252, dates, encoding_of, numbers, read

from kohtaamo_utils.engagement import Engagement, load
from kohtaamo_utils.intake.dataset import check
from kohtaamo_utils.tables import TABLES

if TYPE_CHECKING:
    from pathlib import Path

WEAK = "Reklamaatiot ja palautukset"
ELEMENTS = ["listening", "expertise", "value", "trust", "solution"]
FELT = ["heard", "understood", "valued"]
CUSTOMER_SCORES = ["nps", "csat", "ces", *FELT, *ELEMENTS]
ROWS = {
    "asiakaskysely.csv": 1500,
    "henkilostokysely.csv": 120,
    "johtaminen.csv": 75,
    "mystery.csv": 240,
    "toiminnalliset.csv": 262,
    "sopimusasiakkaat.csv": 400,
    "arviot_360.csv": 3850,
    "arviot_360_2024.csv": 84,
    "havainnot.csv": 25,
    "pilotti.csv": 48,
}


def score_of(answers: pd.Series) -> float:
    """Net promoter score of the valid answers."""
    valid = answers.dropna()
    return 100 * float((valid >= 9).mean() - (valid <= 6).mean())


@pytest.fixture(scope="module")
def engagement(project: Path) -> Engagement:
    return load(project / "data" / "sample")


@pytest.fixture(scope="module")
def data(engagement: Engagement) -> Path:
    return engagement.folder / "data"


@pytest.fixture(scope="module")
def surveys(engagement: Engagement, data: Path) -> list[pd.DataFrame]:
    """Return the three questionnaires under canonical names, scores as numbers."""
    frames = []
    for source in engagement.settings.sources["survey"]:
        names = {heading: name for name, heading in source.columns.items() if isinstance(heading, str)}
        frame = read(data, source.file[0].removeprefix("data/")).rename(columns=names)
        for score in {*CUSTOMER_SCORES, "enps"} & set(frame.columns):
            frame[score] = numbers(frame[score])
        frames.append(frame)
    return frames


@pytest.fixture(scope="module")
def customers(surveys: list[pd.DataFrame]) -> pd.DataFrame:
    return surveys[0]


@pytest.fixture(scope="module")
def staff(surveys: list[pd.DataFrame]) -> pd.DataFrame:
    return surveys[1]


# ---------------------------------------------------------------- the files


def test_maker_writes_the_same_bytes(project: Path, data: Path, tmp_path: Path) -> None:
    """`python data/make_sample.py` gives every delivered file again, byte for byte, and no other."""
    subprocess.run([sys.executable, str(project / "data" / "make_sample.py"), str(tmp_path)], check=True)
    made = {path.name: path.read_bytes() for path in (tmp_path / "data").iterdir()}
    kept = {path.name: path.read_bytes() for path in data.iterdir()}
    assert sorted(made) == sorted(kept)
    assert [name for name in kept if made[name] != kept[name]] == []


@pytest.mark.parametrize("name", sorted(ROWS))
def test_files_have_their_rows(data: Path, name: str) -> None:
    """Each raw file has the number of rows that the README states."""
    assert len(read(data, name)) == ROWS[name]


def test_lines_end_with_lf_only(data: Path) -> None:
    """No raw text file holds a carriage return, whatever system made it."""
    assert [path.name for path in data.glob("*.csv") if b"\r" in path.read_bytes()] == []


def test_encodings_are_the_stated_ones(data: Path) -> None:
    """Files have a BOM except the two in cp1252, which are not valid UTF-8."""
    for path in sorted(data.glob("*.csv")):
        content = path.read_bytes()
        assert content.startswith(b"\xef\xbb\xbf") is (path.name not in CP1252), path.name
        if path.name in CP1252:
            with pytest.raises(UnicodeDecodeError):
                content.decode("utf-8")


def test_workbook_bytes_know_no_clock(data: Path) -> None:
    """Every part of the workbook carries the one fixed date, and so do its properties."""
    with ZipFile(data / "henkilosto.xlsx") as book:
        assert {part.date_time for part in book.infolist()} == {(2026, 1, 15, 8, 0, 0)}
        stamps = re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", book.read("docProps/core.xml").decode())
    assert stamps == ["2026-01-15T08:00:00Z"] * 2


def test_sample_is_small(project: Path) -> None:
    """The whole sample stays under 3 MB, since it is copied by `kohtaamo demo`."""
    files = [
        path for path in (project / "data" / "sample").rglob("*") if path.is_file() and "reports" not in path.parts
    ]
    assert sum(path.stat().st_size for path in files) < 3_000_000


def test_readme_says_that_all_is_invented(project: Path) -> None:
    """The sample's README tells the reader that no row is real."""
    assert "All of this is invented" in (project / "data" / "sample" / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "pattern", [r"\S+@\S+\.\S+", r"(?:\+358|\b0\d{1,2})[ -]?\d{3}[ -]?\d{3,4}\b", r"\b\d{6}[-+A]\d{3}\w\b"]
)
def test_comments_hold_no_contact_details(data: Path, pattern: str) -> None:
    """No free text holds anything like an address, a telephone number or a personal identity code."""
    texts = [
        read(data, name)[column].dropna()
        for name, column in (
            ("asiakaskysely.csv", "Mitä haluaisit sanoa meille?"),
            ("henkilostokysely.csv", "Vapaa sana"),
            ("johtaminen.csv", "Kommentti"),
            ("arviot_360.csv", "kommentti"),
            ("arviot_360_2024.csv", "Kommentti"),
            ("havainnot.csv", "Havainto"),
        )
    ]
    assert [text for text in pd.concat(texts) if re.search(pattern, text)] == []


# ---------------------------------------------------------------- the mapping


def test_every_canonical_table_has_a_source(engagement: Engagement) -> None:
    """The sample shows each canonical table, so that every report can be made from it."""
    assert set(engagement.settings.sources) == set(TABLES)


def test_mapped_columns_exist_in_the_files(engagement: Engagement, data: Path) -> None:
    """Each heading that the engagement names stands in its file, and each name is a canonical one."""
    missing = []
    for table, sources in engagement.settings.sources.items():
        for source in sources:
            named = [
                h for rule in source.columns.values() for h in (rule.values() if isinstance(rule, dict) else [rule])
            ]
            assert all(TABLES[table].column(name) is not None for name in source.columns), table
            for file in source.file:
                missing += [(file, heading) for heading in named if heading not in headings(data.parent / file)]
    assert missing == []


def test_intake_reads_every_file_without_a_problem(engagement: Engagement) -> None:
    """Kohtaamo's own intake finds nothing to complain about, and joins the three questionnaires."""
    problems, dataset = check(engagement)
    assert [str(problem) for problem in problems] == []
    assert dataset is not None
    assert len(dataset.tables["survey"]) == 1500 + 120 + 75
    assert set(dataset.tables) == set(TABLES)


def headings(path: Path) -> list[str]:
    if path.suffix == ".xlsx":
        return list(pd.read_excel(path, engine="openpyxl", nrows=0).columns)
    with path.open(encoding=encoding_of(path.name), newline="") as file:
        return next(csv.reader(file, delimiter=";"))


def test_register_knows_every_touchpoint_of_the_files(engagement: Engagement, data: Path) -> None:
    """A touchpoint that stands in any file is in the register, and the register has internal ones besides."""
    register = {touchpoint.name for touchpoint in engagement.settings.touchpoints}
    files = ("asiakaskysely.csv", "henkilostokysely.csv", "mystery.csv", "toiminnalliset.csv", "havainnot.csv")
    found = set()
    for name in files:
        frame = read(data, name)
        found |= set(frame[next(c for c in frame if c.lower() == "kohtaamispiste")].dropna())
    assert len(register) == 8
    assert found < register


def test_actions_point_at_goals_and_touchpoints(project: Path, engagement: Engagement) -> None:
    """Each action serves a goal that exists, at a touchpoint that exists, with a feasibility from 1 to 5."""
    from ruamel.yaml import YAML

    plan = YAML(typ="safe").load((project / "data" / "sample" / "actions.yaml").read_text(encoding="utf-8"))
    register = {touchpoint.name for touchpoint in engagement.settings.touchpoints}
    assert {action["goal"] for action in plan["actions"]} == {goal["id"] for goal in plan["goals"]}
    assert {action["touchpoint"] for action in plan["actions"] if "touchpoint" in action} <= register
    assert all(action["feasibility"] in range(1, 6) for action in plan["actions"])


# ---------------------------------------------------------------- the surveys


def test_nps_is_that_of_a_liked_retailer(customers: pd.DataFrame) -> None:
    """The customers' NPS lies between +25 and +40, and the weak touchpoint's is negative."""
    assert 25 <= score_of(customers["nps"]) <= 40
    assert score_of(customers.loc[customers["touchpoint"] == WEAK, "nps"]) < 0


def test_weak_touchpoint_is_clearly_the_weakest(customers: pd.DataFrame) -> None:
    """Complaints have the lowest mean satisfaction, over half a point below the next touchpoint."""
    means = customers.groupby("touchpoint")["csat"].mean().sort_values()
    assert means.index[0] == WEAK
    assert means.iloc[1] - means.iloc[0] > 0.5


def test_no_two_touchpoints_are_alike(customers: pd.DataFrame) -> None:
    """Touchpoints differ in their profiles of means."""
    profiles = customers.groupby("touchpoint")[CUSTOMER_SCORES].mean().round(3)
    assert len(profiles) == 6
    assert len(profiles.drop_duplicates()) == 6


def test_listening_and_solution_go_most_with_satisfaction(customers: pd.DataFrame) -> None:
    """Two elements correlate with satisfaction more than the other three do."""
    order = customers[ELEMENTS].corrwith(customers["csat"]).sort_values(ascending=False)
    assert set(order.index[:2]) == {"listening", "solution"}
    assert order.iloc[1] - order.iloc[2] > 0.05


@pytest.mark.parametrize("score", CUSTOMER_SCORES)
def test_some_answers_are_missing(customers: pd.DataFrame, score: str) -> None:
    """Between 2 % and 20 % of each score's cells hold no answer."""
    assert 0.02 <= customers[score].isna().mean() <= 0.20


def test_scores_lean_to_the_left(customers: pd.DataFrame) -> None:
    """As in real surveys, most answers are good and the tail is on the bad side."""
    assert (customers[CUSTOMER_SCORES].skew() < -0.3).all()


def test_year_holds_no_trend(customers: pd.DataFrame) -> None:
    """The correlation of satisfaction with the date is within what chance gives (|r| < 1.96 / sqrt(n))."""
    valid = customers.dropna(subset="csat")
    days = (dates(valid["answered_on"]) - pd.Timestamp("2025-01-01")).dt.days
    assert abs(valid["csat"].corr(days)) < 1.96 / np.sqrt(len(valid))


def test_answers_follow_encounters_within_the_period(customers: pd.DataFrame) -> None:
    """Nobody answers before the encounter, and all dates lie in 2025."""
    met, answered = dates(customers["encountered_on"]), dates(customers["answered_on"])
    assert (answered >= met).all()
    assert set(met.dt.year) | set(answered.dt.year) == {2025}


def test_comments_are_many_and_varied(customers: pd.DataFrame) -> None:
    """About 35 % of the customers comment, nobody in another's words, on every matter that they meet."""
    comments = customers["comment"].dropna()
    assert 0.30 <= len(comments) / len(customers) <= 0.40
    assert comments.is_unique
    for word in ("selit", "odot", "osa", "ystäväl", "hin", "sovellu", "jono", "park", "palaut"):
        assert comments.str.contains(word, case=False).sum() >= 8, word


def test_one_unit_is_blind_to_its_customers(customers: pd.DataFrame, staff: pd.DataFrame) -> None:
    """Staff in Tampere believe over half a point better than their customers say; elsewhere the gap is smaller."""
    gap = staff.groupby("unit")[ELEMENTS].mean().mean(axis=1) - customers.groupby("unit")[ELEMENTS].mean().mean(axis=1)
    assert gap.idxmax() == "Tampere"
    assert gap["Tampere"] > 0.5
    assert gap.drop("Tampere").max() < 0.5


def test_staff_groups_are_canonical(surveys: list[pd.DataFrame]) -> None:
    """Both staff files name respondent groups by their canonical codes, each group large enough to be shown."""
    assert surveys[1]["respondent_group"].value_counts().to_dict() == {
        "employee": 96,
        "supervisor": 18,
        "management": 6,
    }
    assert surveys[2]["respondent_group"].value_counts().to_dict() == {"employee": 62, "supervisor": 13}


def test_chain_is_weakest_at_the_top(customers: pd.DataFrame, surveys: list[pd.DataFrame]) -> None:
    """Supervisors feel less met by the management than employees by supervisors or customers by teams."""
    led = surveys[2].groupby("respondent_group")[FELT].mean().mean(axis=1)
    assert led["supervisor"] + 0.2 < min(led["employee"], customers[FELT].mean().mean())
