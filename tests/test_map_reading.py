"""`kohtaamo map` reads values as `kohtaamo check` does: what the reader accepts is proposed, what it asks about is told."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from map_files import CLIENT, folder_of, proposed, reason, rows, sources

from kohtaamo_utils.engagement import load
from kohtaamo_utils.intake import check
from kohtaamo_utils.intake.proposing import propose

if TYPE_CHECKING:
    from pathlib import Path

QUALTRICS = (
    "StartDate,EndDate,Status,ResponseId,Finished,Q1,Q2\n"
    "Start Date,End Date,Response Type,Response ID,Finished,How satisfied are you with our service?,I felt heard\n"
    '"{""ImportId"":""startDate""}","{""ImportId"":""endDate""}","{""ImportId"":""status""}","{""ImportId"":""_recordId""}",'
    '"{""ImportId"":""finished""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2""}"\n'
    "2025-03-02 09:01:11,2025-03-02 09:02:11,IP Address,R_1,True,Extremely satisfied,Agree\n"
    "2025-03-03 09:01:11,2025-03-03 09:02:11,IP Address,R_2,True,Somewhat satisfied,Strongly agree\n"
    "2025-03-04 09:01:11,2025-03-04 09:02:11,Survey Preview,R_3,True,test,test\n"
)
MONKEY = (
    "Respondent ID,Collector ID,Start Date,End Date,How likely is it that you would recommend this company to a friend?,"
    '"Overall, how satisfied or dissatisfied are you with our company?",How much do you agree?,\n'
    ",,,,Response,Response,I felt heard,I felt valued\n"
    "114800000001,411,02/13/2025 09:01:11 AM,02/13/2025 09:02:11 AM,10 - Extremely likely,Very satisfied,Agree,N/A\n"
    "114800000002,411,02/14/2025 09:01:11 AM,02/14/2025 09:02:11 AM,7,Somewhat dissatisfied,Disagree,Agree\n"
    "114800000003,411,02/15/2025 09:01:11 AM,02/15/2025 09:02:11 AM,0 - Not at all likely,Somewhat satisfied,Agree,Disagree\n"
)


def csat(*answers: str) -> str:
    """Return a survey with these answers to the question how satisfied one was."""
    return "NPS;Kuinka tyytyväinen olit asiointiin?\n" + rows([0, 9, 10, 5][: len(answers)], answers)


def orders(*amounts: str) -> str:
    """Return sales with these amounts."""
    count = range(1, len(amounts) + 1)
    return "Order ID;Customer ID;Date;Total\n" + rows(count, count, [f"2024-01-0{day}" for day in count], amounts)


def staff(*ends: str) -> str:
    """Return employments with these ends."""
    count = range(1, len(ends) + 1)
    return "Henkilönumero;Alkoi;Päättyi\n" + rows(count, ["13.2.2020"] * len(ends), ends)


@pytest.mark.parametrize(
    ("name", "body", "column", "values"),
    [
        ("kysely.csv", csat("Tyytyväinen", "Erittäin tyytyväinen", "En osaa sanoa / ei kokemusta"), "survey.csat", [4, 5, None]),
        ("kysely.csv", csat("5 - Erittäin tyytyväinen", "1 - Erittäin tyytymätön", "3"), "survey.csat", [5, 1, 3]),
        ("kysely.csv", csat("4 (Tyytyväinen)", "6 (En osaa sanoa)", "2 (Tyytymätön)"), "survey.csat", [4, None, 2]),
        ("qualtrics.csv", QUALTRICS, "survey.heard", [4, 5]),
        ("monkey.csv", MONKEY, "survey.nps", [10, 7, 0]),
        ("monkey.csv", MONKEY, "survey.valued", [None, 4, 2]),
        ("orders.csv", orders("100,00 €", "1 000,00 €"), "transactions.amount", [100, 1000]),
        ("orders.csv", orders("EUR 12.50", "-€5.25"), "transactions.amount", [12.5, -5.25]),
    ],
)  # fmt: skip
def test_what_the_reader_reads_is_proposed(
    tmp_path: Path, name: str, body: str, column: str, values: list[float | None]
) -> None:
    """Scores in words, with words or left open, and amounts with their currency are proposed, and check reads them so."""
    folder = folder_of(tmp_path, {name: body})
    (folder / "engagement.yaml").write_text(propose(load(folder), CLIENT).text, encoding="utf-8")
    problems, dataset = check(load(folder))
    assert (problems, dataset is not None) == ((), True)
    table, _, short = column.partition(".")
    read = dataset.tables[table][short]
    assert read.astype(object).where(read.notna(), None).tolist() == values


@pytest.mark.parametrize(
    "ends", [("-", "30.6.2024", "-"), ("31.12.9999", "30.6.2024", "31.12.2999"), ("–", "", "NULL")]
)
def test_an_end_that_is_none(tmp_path: Path, ends: tuple[str, ...]) -> None:
    """A dash and the far end of the calendar do not speak against a date of ending; a column without one date is not written."""
    found = sources(proposed(tmp_path, {"henkilosto.csv": staff(*ends)}))
    assert ("ended_on" in found["employees"]["columns"]) == any(end[:1].isdigit() for end in ends)


def test_another_currency_is_refused(tmp_path: Path) -> None:
    """An amount in another currency than the engagement's is no number for the reader, and none for map."""
    outcome = proposed(tmp_path, {"orders.csv": orders("$100", "$200")})
    assert "only 0% of the values are numbers" in reason(outcome, "amount")
    crowns = proposed(tmp_path / "sek", {"orders.csv": orders("100 kr", "200 kr")}, CLIENT + "currency: SEK\n")
    assert sources(crowns)["transactions"]["columns"]["amount"] == "Total"


def test_words_that_fall_are_proposed_with_what_is_to_be_said(tmp_path: Path) -> None:
    """A scale whose numbers fall as its words rise is proposed, less sure, with the reader's own reason."""
    outcome = proposed(tmp_path, {"kysely.csv": csat("1 - Erittäin tyytyväinen", "5 - Erittäin tyytymätön")})
    [found] = [each for each in outcome.proposals if each.name == "csat"]
    assert (found.written, found.confidence) == (True, 0.83), "0.92 of the heading, times 0.9"
    assert 'stands for "erittäin tyytyväinen"' in found.reason


def test_words_of_no_scale_are_refused(tmp_path: Path) -> None:
    """Where many answers are no words of the scale that the others are words of, the column is refused with their share."""
    outcome = proposed(tmp_path, {"kysely.csv": csat("Tyytyväinen", "Tyytymätön", "Vihreä")})
    assert "of the values are words of an answer scale" in reason(outcome, "csat")


def test_the_scale_that_the_settings_say(tmp_path: Path) -> None:
    """The older question on effort is judged on its own scale where the settings say that it was asked."""
    asked = "NPS;Kuinka helppoa asiointi oli?\n" + rows([0, 9, 10, 5, 9], [1, 7, 6, 2, 7])
    assert "ces" in sources(proposed(tmp_path / "new", {"kysely.csv": asked}))["survey"]["columns"]
    older = proposed(tmp_path / "old", {"kysely.csv": asked}, CLIENT + 'ces_version: "1.0"\n')
    assert "values such as 6, 7 are not a whole number from 1 to 5" in reason(older, "ces")


@pytest.mark.parametrize("ending", ["sav", "zsav", "dat2"])
def test_spss_files_are_proposed(tmp_path: Path, ending: str) -> None:
    """An SPSS file is proposed for as any other: by its labels, codes that decline left out, its format named where its ending does not tell."""
    pyreadstat = pytest.importorskip("pyreadstat", reason="pyreadstat, the reader of SPSS files, is not installed")
    answers = {"v1": [1.0, 2.0, 3.0], "v2": [5.0, 1.0, 9.0], "v3": [1.0, 2.0, 1.0]}
    pyreadstat.write_sav(
        pd.DataFrame(answers), str(tmp_path / "a.sav"), compress=ending == "zsav",
        column_labels={"v1": "Vastaajan tunnus", "v2": "Kuinka tyytyväinen olet asiointiin?", "v3": "Myymälä"},
        variable_value_labels={"v2": {1.0: "Erittäin tyytymätön", 9.0: "En osaa sanoa"}, "v3": {1.0: "Turku", 2.0: "Oulu"}},
    )  # fmt: skip
    name = f"asiakaskysely.{ending}"
    found = sources(proposed(tmp_path, {name: (tmp_path / "a.sav").read_bytes()}))["survey"]
    assert (found["file"], found.get("format")) == (f"data/{name}", "spss" if ending == "dat2" else None)
    assert found["columns"] == {"response_id": "v1", "csat": "v2", "unit": "v3"}


def test_spss_files_without_their_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the package that reads SPSS files is not installed, map says so and what to install, as check does."""
    real = builtins.__import__

    def absent(name: str, *rest: Any) -> Any:
        if name == "pyreadstat":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", absent)
    [found] = proposed(tmp_path, {"asiakaskysely.sav": b"$FL2@(#) SPSS DATA FILE"}).proposals
    assert (found.file, found.written) == ("data/asiakaskysely.sav", False)
    assert found.reason.startswith("SPSS files are read by the package pyreadstat, which is not installed.")
    assert "`uv sync --extra spss`" in found.reason


def test_a_constant_that_is_no_day(tmp_path: Path) -> None:
    """A day that is in no calendar among the settings' own values is told by check, and does not stop map."""
    text = (
        CLIENT
        + "sources:\n  survey: {file: data/a.csv, constants: {respondent_group: customer, answered_on: 2025-02-30}}\n"
    )
    outcome = proposed(tmp_path, {"a.csv": "NPS;Myymälä\n" + rows([0, 9, 10], "aab")}, text)
    assert "unit: Myymälä,  # proposed by kohtaamo map" in outcome.text
    [problem] = check(load(tmp_path))[0]
    assert problem.message == "The value 2025-02-30 cannot be used. There is no such day in the calendar."


def test_a_copy_is_not_joined(tmp_path: Path) -> None:
    """Of files with the same bytes the first is proposed, the others say which it is; also where a source names it already."""
    text = "Tilausnumero;Asiakasnumero;Päivä;Summa\n1;12;5.1.2024;10,50\n2;12;6.1.2024;20,00\n3;15;17.2.2025;5,00\n"
    files: dict[str, str | bytes] = {
        "myynti.csv": text,
        "myynti_kopio.csv": text,
        "myynti_2025.csv": text.replace("2024", "2025"),
    }
    outcome = proposed(tmp_path, files)
    assert sources(outcome)["transactions"]["file"] == ["data/myynti.csv", "data/myynti_2025.csv"]
    (copy,) = [each for each in outcome.proposals if each.file == "data/myynti_kopio.csv"]
    assert (copy.table, copy.written, copy.reason) == ("", False, "the same bytes as data/myynti.csv")
    again = proposed(tmp_path, files, outcome.text)
    assert sources(again) == sources(outcome)
    assert [each.reason for each in again.proposals if each.file == "data/myynti_kopio.csv"] == [copy.reason]


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (["1", "8"] * 20, "look like the scale 1–8"),
        (["1", "5"] * 20, "from 1 to 5"),
        (["Melko todennäköisesti"] * 40, "only 0%"),
    ],
)
def test_why_no_table_fits_is_told(tmp_path: Path, answers: list[str], said: str) -> None:
    """Where only its values refuse the one question of a file, the reason stands beside the question."""
    found = proposed(
        tmp_path, {"kysely.csv": "Vastausaika;Suosittelisitko meitä?\n" + rows(["1.2.2025"] * 40, list(answers))}
    )
    assert sources(found) == {}
    assert said in reason(found, "nps")
    assert "no table fits its headings" not in {each.reason for each in found.proposals}


def test_errors_of_a_spreadsheet_refuse_no_column(tmp_path: Path) -> None:
    """A column is proposed by its other values; the check tells of the errors."""
    text = "Vastausaika;NPS\n" + rows(["1.2.2025"] * 40, [9, "#REF!"] * 20)
    assert sources(proposed(tmp_path, {"kysely.csv": text}))["survey"]["columns"]["nps"] == "NPS"


@pytest.mark.parametrize(
    ("head", "row", "date"),
    [
        ("Vuosi;Kuukausi", "2025;{n}", ["Vuosi", "Kuukausi"]),
        ("År;Månad", "2025;{n:02d}", ["År", "Månad"]),
        ("Month;Year", "March;{y}", ["Year", "Month"]),
    ],
    ids=["numbers", "zeros", "names first"],
)
def test_a_year_and_a_month_are_proposed_together(tmp_path: Path, head: str, row: str, date: list[str]) -> None:
    """A year and a month in columns of their own are proposed as the table's month, as `check` reads them."""
    lines = "".join(f"{row.format(n=n, y=2010 + n)};Reklamaatiot;{n + 3}\n" for n in range(1, 11))
    found = sources(proposed(tmp_path, {"mittarit.csv": f"{head};Mittari;Arvo\n{lines}"}))["operations"]["columns"]
    assert found["month"] == {"date": date}


def test_a_month_without_its_year_is_not_proposed(tmp_path: Path) -> None:
    """A column of months without a year beside it is no month of a table."""
    lines = "".join(f"{n};Reklamaatiot;{n + 3}\n" for n in range(1, 11))
    outcome = proposed(tmp_path, {"mittarit.csv": f"Kuukausi;Mittari;Arvo\n{lines}"})
    assert "operations" not in sources(outcome)
