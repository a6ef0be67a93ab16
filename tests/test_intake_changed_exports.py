"""Survey tools' exports that were translated, cut or cleaned by hand: the tool is known all the same, and what it leaves out is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from intake_support import CUSTOMERS, dataset, engagement, put, survey

from kohtaamo_utils.intake import read

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.intake import Dataset


def said(found: Dataset, rule: str) -> list[str]:
    """Return the details of what was inferred by a rule, or is to be settled."""
    return [entry.detail for entry in found.log.of("survey", "inferred", "unsettled") if entry.rule == rule]


def column(found: Dataset, name: str) -> list[Any]:
    """Return a survey's column."""
    return found.tables["survey"][name].tolist()


@pytest.mark.parametrize(
    "header",
    [
        "Vastaus-ID,Lähetyspäivämäärä,Viimeinen sivu,Aloituskieli,NPS",
        "Antwort ID,Datum Abgeschickt,Letzte Seite,Start-Sprache,NPS",
        "Response_ID,Date_submitted,Last_page,Start_language,NPS",
        "Vastaus-ID,Date submitted,Last page,Start language,NPS",
    ],
)
@pytest.mark.parametrize("named", ["auto", "limesurvey"])
def test_limesurvey_in_other_words(tmp_path: Path, header: str, named: str) -> None:
    """LimeSurvey's own columns are known by what they hold where their headings are translated or joined by underscores."""
    text = f"{header}\n1,2025-01-01 10:00:00,3,fi,9\n2,,1,fi,8\n3,2025-01-02 10:00:00,3,sv,10\n"
    found = survey(tmp_path, text, format=named, columns={"nps": "NPS"})
    assert (column(found, "nps"), found.log.count("survey", "incomplete")) == ([9, 10], 1)


def test_limesurvey_with_columns_taken_out(tmp_path: Path) -> None:
    """LimeSurvey's date of submission and one more of its columns are enough to know it."""
    found = survey(tmp_path, "id,submitdate,nps\n1,2025-01-01 10:00:00,9\n2,,8\n")
    assert (column(found, "nps"), said(found, "format")) == ([9], ["format limesurvey"])


@pytest.mark.parametrize(
    ("day", "named"), [("Jun 06, 2025 02:15:42 PM", []), ("2025-06-06 14:15:42", ["format limesurvey"])]
)
def test_another_tool_with_the_same_two_columns(tmp_path: Path, day: str, named: list[str]) -> None:
    """Alchemer's number and date are called as LimeSurvey's, but its date is in words."""
    text = f'Response ID,Time Started,Date Submitted,Status,nps\n2,,"{day}",Complete,9\n'
    assert said(survey(tmp_path, text), "format") == named


def test_limesurvey_that_cannot_tell(tmp_path: Path) -> None:
    """Where LimeSurvey is named and no column tells which responses are unfinished, the log says so."""
    found = survey(tmp_path, "id,nps\n1,9\n2,8\n", format="limesurvey")
    assert said(found, "unfinished") == ["no column tells which responses are unfinished: all are used"]


ONE_ROW = "StartDate,Status,Finished,ResponseId,nps\n"
ONE_ROW_CELLS = (
    "2025-01-02 10:00:00,IP Address,True,R_1,10\n2025-01-02 10:00:00,Survey Preview,True,R_2,0\n"
    "2025-01-02 10:00:00,Spam,True,R_3,1\n2025-01-02 10:00:00,IP Address,{no},R_4,2\n2025-01-02 10:00:00,8,1,R_5,3\n"
)


@pytest.mark.parametrize("named", ["auto", "qualtrics"])
@pytest.mark.parametrize("no", ["False", "EPÄTOSI", "FALSKT", "0"])
@pytest.mark.parametrize("texts", ["", "Start Date,Response Type,Finished,Response ID,How likely?\n"])
def test_qualtrics_without_its_lower_header_rows(tmp_path: Path, named: str, no: str, texts: str) -> None:
    """Qualtrics' previews, spam and unfinished responses are left out also where the rows below its ids were taken out."""
    found = survey(tmp_path, ONE_ROW + texts + ONE_ROW_CELLS.format(no=no), format=named)
    assert column(found, "nps") == [10]
    counts = [
        found.log.count("survey", "preview"),
        found.log.count("survey", "spam"),
        found.log.count("survey", "incomplete"),
    ]
    assert (counts, found.log.rows_in("survey"), found.log.left_out("survey")) == ([1, 2, 1], 5, 4)


@pytest.mark.parametrize(
    ("preview", "spam"), [("Kyselyn esikatselu", "Roskaposti"), ("Förhandsgranskning av enkät", "Skräppost")]
)
def test_qualtrics_says_its_statuses_in_the_language_of_who_exported(tmp_path: Path, preview: str, spam: str) -> None:
    """Previews and spam are left out where Qualtrics calls them in Finnish or Swedish."""
    cells = ONE_ROW_CELLS.format(no="Tosi").replace("Survey Preview", preview).replace("Spam", spam)
    found = survey(tmp_path, ONE_ROW + cells)
    assert column(found, "nps") == [10, 2]
    assert (found.log.count("survey", "preview"), found.log.count("survey", "spam")) == (1, 2)


STATUSES = [
    ("Response Status", ("Complete", "Partial", "Quota full"), 'matches: "^(Partial|Quota full)$"'),
    ("Tila", ("Valmis", "Kesken"), 'equals: "Kesken"'),
    ("Status", ("Avslutad", "Påbörjad"), 'equals: "Påbörjad"'),
    ("Testivastaus", ("", "x"), 'equals: "x"'),
    ("Finished?", ("Yes", "No"), 'equals: "No"'),
    ("asiointi_complete", ("2", "0"), 'equals: "0"'),
    ("Complete?", ("Complete", "Incomplete"), 'equals: "Incomplete"'),
    ("MODE", ("interview", "pretest"), 'equals: "pretest"'),
    ("_validation_status", ("", "Not approved"), 'equals: "Not approved"'),
    ("Asian tila", ("Valmis", "Hoidossa"), ""),
    ("Miten asiasi eteni?", ("Valmis", "Kesken"), ""),
]


@pytest.mark.parametrize(("heading", "cells", "rule"), STATUSES)
def test_statuses_that_nothing_reads_are_told(tmp_path: Path, heading: str, cells: tuple[str, ...], rule: str) -> None:
    """A column that says which answers are unfinished, screened out or tests is told, with the rule that leaves them out."""
    text = f"nps,{heading}\n" + "".join(f"{9 - place},{cell}\n" for place, cell in enumerate(cells))
    told = said(survey(tmp_path, text), "status")
    assert [f'exclude: [{{column: "{heading}", {rule}}}]' in one for one in told] == [True] * bool(rule)


@pytest.mark.parametrize(
    ("heading", "ids", "told"),
    [
        ("Respondent ID", "aab", "2 of 3 rows"),
        ("Vastaajanumero", ("1", "1", ""), ""),  # nobody but one
        ("Vastaaja ID", "abc", ""),
        ("Vastaaja", ("Anonyymi", "Anonyymi", "n/a", "n/a", "Salo"), ""),  # nobody known
        ("Response ID", ("-", "a", "a", "b", "-"), "2 of 3 rows"),
        ("Asiakkaan vastuuhenkilö", "aab", ""),
    ],
)
def test_a_respondent_who_stands_on_several_rows_is_told(
    tmp_path: Path, heading: str, ids: tuple[str, ...] | str, told: str
) -> None:
    """Where the respondents' column is not read and has one of them twice, the log says that each row counts as another person."""
    text = f"nps,{heading}\n" + "".join(f"9,{one}\n" for one in ids)
    found = said(survey(tmp_path, text), "repeated_respondent")
    assert [told in one for one in found] == [True] * bool(told)


def test_who_answers_nothing_is_no_respondent(tmp_path: Path) -> None:
    """Who only opened the survey, and a note under the answers, count as unfinished; a comment and "cannot say" are answers."""
    text = "response_id,answered_on,nps,comment\n1,2025-03-04,9,\n2,2025-03-04,,\n3,2025-03-04,EOS,\n4,2025-03-04,,Hyvä\n,Closed 1.5.,,\n"
    found = survey(tmp_path, text)
    assert column(found, "response_id") == ["1", "3", "4"]
    assert found.log.count("survey", "incomplete") == 2


def test_qualtrics_named_without_known_columns(tmp_path: Path) -> None:
    """Where Qualtrics is named and the file has none of its columns, a second row with a number is the first response."""
    assert column(survey(tmp_path, "nps,comment\n9,Hyvä\n8,Ok\n", format="qualtrics"), "nps") == [9, 8]
    assert column(survey(tmp_path, "nps,comment\nHow likely?,Why?\n8,Ok\n", format="qualtrics"), "nps") == [8]


@pytest.mark.parametrize("day", ["2025-01-01", "2025-01-01 10:00", ""])
def test_a_plain_file_is_not_taken_for_limesurvey(tmp_path: Path, day: str) -> None:
    """A number, a day, a count and a country in the first columns make no LimeSurvey export: it writes times to the second."""
    found = survey(tmp_path, f"Nro,Päivä,Käyntejä,Maa,nps\n1,{day},2,fi,9\n2,,1,se,8\n")
    assert (column(found, "nps"), said(found, "format")) == ([9, 8], [])


def in_two_languages(each: int, *, shared: int = 0) -> str:
    """Return a survey of which each language has its own columns; some people answered in both."""
    rows = [f"{number % 11};;{('Samaa mieltä', 'Eri mieltä', 'EOS')[number % 3]};" for number in range(each)]
    rows += [f";{number % 11};;{('Instämmer', 'Instämmer inte', 'Vet ej')[number % 3]}" for number in range(each)]
    rows += ["9;9;Samaa mieltä;Instämmer"] * shared
    return "\n".join(["Suosittelu;Rekommendation;Tulin kuulluksi;Jag blev hörd", *rows])


FINNISH = {"nps": "Suosittelu", "heard": "Tulin kuulluksi"}
SWEDISH = {"nps": "Rekommendation", "heard": "Jag blev hörd"}


@pytest.mark.parametrize(("each", "shared", "told"), [(5, 0, 1), (4, 0, 0), (5, 1, 0)])
def test_the_same_questions_in_columns_of_another_language(tmp_path: Path, each: int, shared: int, told: int) -> None:
    """Scores that are answered only where those that are read are not may be the same question: half of the answers would be lost."""
    found = survey(tmp_path, in_two_languages(each, shared=shared), columns=FINNISH)
    texts = said(found, "other_path")
    assert len(texts) == told
    assert all(
        '"Rekommendation" and "Jag blev hörd" are not read' in text and "`columns: {nps: …}`" in text for text in texts
    )


def test_a_second_block_reads_the_other_language(tmp_path: Path) -> None:
    """Two blocks of one file read each language's columns, and nothing is left to tell."""
    name = put(tmp_path, "a.csv", in_two_languages(6))
    blocks = [{"file": name, "columns": columns, "constants": CUSTOMERS} for columns in (FINNISH, SWEDISH)]
    found = read(engagement(tmp_path, {"survey": blocks}))
    assert found.tables["survey"]["nps"].tolist() == [*range(6), *range(6)]
    assert said(found, "other_path") == []


@pytest.mark.parametrize(
    ("heading", "groups", "told"),
    [
        ("Rooli", ["Työntekijä", "Esimies", "Johto"], 1),
        ("Roll", ["Medarbetare", "Chef", "Medarbetare"], 1),
        ("Rooli", ["Työntekijä", "Työntekijä", ""], 0),
        ("Rooli", ["Työntekijä", "Esimies", "Myyjä"], 0),
        ("Kommentti", ["Esimies", "Asiakas on aina oikeassa", "Johto"], 0),
    ],
)
def test_a_column_of_groups_beside_a_constant(tmp_path: Path, heading: str, groups: list[str], told: int) -> None:
    """Where a column that nothing reads says who each row is of, one constant for all makes supervisors employees: the log says so."""
    rows = [f"{number};{group}" for number, group in enumerate(groups)]
    found = dataset(tmp_path, "\n".join([f"enps;{heading}", *rows]), constants={"respondent_group": "employee"})
    texts = said(found, "constant_beside_column")
    assert len(texts) == told
    assert all(f'`columns: {{respondent_group: "{heading}"}}`' in text for text in texts)
