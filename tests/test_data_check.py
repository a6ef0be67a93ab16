"""The analyst's look at a client's files shows what `map` and `check` find, writes nothing unasked, and tells of no person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from engagements import make_engagement, text_of
from project_files import PROJECT
from ruamel.yaml import YAML

from kohtaamo_utils.engagement import load
from kohtaamo_utils.errors import SettingsError
from kohtaamo_utils.intake import check
from kohtaamo_utils.intake.proposing import propose
from kohtaamo_utils.presentation.blocks import Fold, Table
from kohtaamo_utils.widgets import DataCheck

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.presentation.section import Section

SAMPLE = str(PROJECT / "data" / "sample")
STAFF = "employee_id,started_on,monthly_salary,unit\n" + "".join(
    f"E{n},2020-01-0{n},{2000 + n * 100},{'Turku' if n < 6 else 'Oulu'}\n" for n in range(1, 8)
)
ANSWERS = "Vastauspäivä,Suosittelu (0-10),Sähköposti\n" + "".join(
    f"{n}.3.2025,{n % 11},maija{n}@example.org\n" for n in range(1, 25)
)


def tables(section: Section) -> dict[str, Table]:
    """Return a section's tables by caption, those in folds too."""
    blocks = [inner for block in section.blocks for inner in (block.blocks if isinstance(block, Fold) else (block,))]
    return {block.caption: block for block in blocks if isinstance(block, Table)}


def rows(section: Section, caption: str) -> dict[str, tuple[str, ...]]:
    """Return a table's rows by their first cell."""
    return {row[0]: row[1:] for row in tables(section)[caption].rows}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a client with a staff list in the settings and a survey that is not."""
    made = make_engagement(tmp_path, {"sources": {"employees": {"file": "data/staff.csv"}}}, {})
    (made / "data" / "staff.csv").write_text(STAFF, encoding="utf-8")
    (made / "data" / "kysely.csv").write_text(ANSWERS, encoding="utf-8")
    return made


def test_files_and_what_was_recognised(folder: Path) -> None:
    """A file of the settings tells its rows and how it was read, another what it is taken for and how surely."""
    (folder / "data" / "staff.csv").write_text(STAFF.replace(",", ";"), encoding="utf-8")
    found = rows(DataCheck.open(str(folder), "en").files(), "The client's files")
    assert found["data/staff.csv"] == ("Employments", "7", "7", "separator ;")
    assert found["data/kysely.csv"][0].startswith("Not in the settings; proposed: Survey (")


def test_columns_are_those_of_map(folder: Path) -> None:
    """The table of a file holds `kohtaamo map`'s proposals with confidence and examples, personal data masked."""
    section = DataCheck.open(str(folder), "en").columns()
    proposals = [
        each
        for each in propose(load(folder), (folder / "engagement.yaml").read_text(encoding="utf-8")).proposals
        if each.name
    ]
    found = tables(section)["data/kysely.csv"]
    assert [(row[0], row[1]) for row in found.rows] == [
        (each.heading, f"{each.table}.{each.name}") for each in proposals if each.file == "data/kysely.csv"
    ]
    assert ("Suosittelu (0-10)", "survey.nps") in [(row[0], row[1]) for row in found.rows]
    assert "@example.org" not in text_of(section)


def test_nothing_is_written_unless_asked(folder: Path) -> None:
    """Looking changes no file; with `write` the sure proposals are in engagement.yaml and the files are read anew."""
    file = folder / "engagement.yaml"
    before = file.read_bytes()
    opened = DataCheck.open(str(folder), "en")
    assert "Nothing has been written" in text_of(opened.columns())
    assert file.read_bytes() == before
    assert "were written into engagement.yaml" in text_of(opened.columns(write=True))
    written = YAML(typ="safe").load(file.read_text(encoding="utf-8"))["sources"]
    assert written["survey"]["columns"]["nps"] == "Suosittelu (0-10)"
    assert written["employees"] == {"file": "data/staff.csv"}
    assert rows(opened.files(), "The client's files")["data/kysely.csv"][0] == "Survey"


def test_problems_are_those_of_check(folder: Path) -> None:
    """Every problem stands with its place and advice; of many alike the first few, and how many more."""
    bad = STAFF.replace("2020-01-0", "2020-13-0") + "E1,2020-01-01,abc,Oulu\n"
    (folder / "data" / "staff.csv").write_text(bad, encoding="utf-8")
    problems, _ = check(load(folder))
    opened = DataCheck.open(str(folder), "en")
    found = tables(opened.problems())["All problems"].rows
    text = text_of(opened.problems())
    assert f"Problems: {len(problems)}." in text
    told = {(row[1], row[2], row[3]) for row in found}
    assert ("9", "monthly_salary", "abc") in told
    assert ("2", "started_on", "2020-13-01") in told
    assert "2 more of this kind." in text
    assert "Not here before the problems are mended: Employments." in text_of(opened.import_log())
    assert text_of(opened.contents()).strip() == "Nothing could be read yet."
    assert rows(opened.files(), "The client's files")["data/staff.csv"][3] == f"Problems in this file: {len(problems)}"


def test_a_broken_table_leaves_the_others_to_be_seen(folder: Path) -> None:
    """A problem in one table does not keep the others' rows from being counted and shown."""
    (folder / "data" / "pilot.csv").write_text(
        "unit,period,treated,after,outcome\nA,1,perhaps,no,1\n", encoding="utf-8"
    )
    settings = (folder / "engagement.yaml").read_text(encoding="utf-8")
    named = settings.replace('"employees"', '"pilot": {"file": "data/pilot.csv"}, "employees"')
    (folder / "engagement.yaml").write_text(named, encoding="utf-8")
    opened = DataCheck.open(str(folder), "en")
    assert rows(opened.import_log(), "Rows read from the files") == {"Employments": ("7", "0", "7")}
    assert "perhaps" in text_of(opened.problems())


def test_import_log_has_each_entry(folder: Path) -> None:
    """What was left out comes first, by rule, file and count; columns that were not read stand apart."""
    rule = '"exclude": [{"column": "unit", "equals": "Oulu", "reason": "closed unit"}]'
    text = (folder / "engagement.yaml").read_text(encoding="utf-8")
    (folder / "engagement.yaml").write_text(
        text.replace('"file": "data/staff.csv"', f'"file": "data/staff.csv", {rule}'), encoding="utf-8"
    )
    section = DataCheck.open(str(folder), "en").import_log()
    assert rows(section, "Rows read from the files") == {"Employments": ("7", "2", "5")}
    first = tables(section)["Import log"].rows[0]
    assert first == ("Left out by a rule", "Employments", "data/staff.csv", "closed unit: unit equals Oulu", "2")


@pytest.mark.parametrize(
    ("language", "words"),
    [("fi", "peruttuja tilauksia"), ("sv", "annullerade beställningar"), ("en", "cancelled orders")],
)
def test_known_reasons_are_in_the_readers_language(folder: Path, language: str, words: str) -> None:
    """The reason `cancelled` is a word of the settings; the log tells it as the reader does."""
    rule = '"exclude": [{"column": "unit", "equals": "Oulu", "reason": "cancelled"}]'
    text = (folder / "engagement.yaml").read_text(encoding="utf-8")
    (folder / "engagement.yaml").write_text(
        text.replace('"file": "data/staff.csv"', f'"file": "data/staff.csv", {rule}'), encoding="utf-8"
    )
    told = text_of(DataCheck.open(str(folder), language).import_log())
    assert f"{words}: unit" in told
    assert "cancelled: " not in told


def test_contents_tell_ranges_and_no_person(folder: Path) -> None:
    """Numbers and days have their ends, groups their counts; ids and texts are counted only."""
    opened = DataCheck.open(str(folder), "en")
    found = rows(opened.contents(), "Employments")
    assert found["monthly_salary"] == ("–", "7", "0", "7", "2,100…2,700")
    assert found["started_on"][-1] == "01/01/2020–07/01/2020"
    assert found["unit"][-1] == "Turku (5), Oulu (2)"
    assert found["employee_id"] == ("–", "7", "0", "7", "–")
    assert "Texts and ids are counted only." in text_of(opened.contents())


def test_names_and_comments_of_the_sample_are_not_shown() -> None:
    """Of the sample's reviewees, raters and comments the contents tell how many there are, and nothing of them."""
    opened = DataCheck.open(SAMPLE, "fi")
    found = rows(opened.contents(), "360-arviot")
    assert {
        name: found[name][-1] for name in ("reviewee_name", "rater_id", "reviewee_id", "comment", "item")
    } == dict.fromkeys(("reviewee_name", "rater_id", "reviewee_id", "comment", "item"), "–")
    assert found["reviewee_name"][3] == "8"


def test_the_sample_has_no_problems() -> None:
    """The sample is in order and wholly mapped, and its cancelled orders are in the log."""
    opened = DataCheck.open(SAMPLE, "en")
    assert "No problems" in text_of(opened.problems())
    assert "Nothing to propose" in text_of(opened.columns())
    assert "cancelled orders: tilausnumero matches ^P" in text_of(opened.import_log())
    assert "= customer" in text_of(opened.columns())


def test_it_is_said_whose_view_it_is() -> None:
    """The first section says that small groups are not hidden here."""
    assert "Small groups are not hidden here" in text_of(DataCheck.open(SAMPLE, "en").files())


def test_an_engagement_without_files_is_told_so(tmp_path: Path) -> None:
    """Before the first file there is nothing to look at, and each section says so."""
    opened = DataCheck.open(str(make_engagement(tmp_path, {}, {})), "en")
    assert "There are no files yet" in text_of(opened.files())
    assert "The settings name no file yet" in text_of(opened.problems())
    assert "The settings name no file yet" in text_of(opened.import_log())


def test_an_unknown_language_is_refused() -> None:
    """A language that the kit does not speak is named with those that it does."""
    with pytest.raises(SettingsError, match=r"'de' is not known\. Use one of fi, sv, en"):
        DataCheck.open(SAMPLE, "de")


def test_findings_are_told_in_the_language(folder: Path) -> None:
    """The import log tells what was done in the reader's language, the reason of the settings as it was written."""
    rule = '"exclude": [{"column": "unit", "equals": "Oulu", "reason": "closed unit"}]'
    text = (folder / "engagement.yaml").read_text(encoding="utf-8")
    (folder / "engagement.yaml").write_text(
        text.replace('"file": "data/staff.csv"', f'"file": "data/staff.csv", {rule}'), encoding="utf-8"
    )
    section = DataCheck.open(str(folder), "fi").import_log()
    assert tables(section)["Tuontiloki"].rows[0][3] == "closed unit: unit on Oulu"
