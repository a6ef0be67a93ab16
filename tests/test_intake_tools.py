"""Each survey tool's export is recognised, by itself and by name, and read as the tool means it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from intake_support import CUSTOMERS, dataset, engagement, problems, survey

from kohtaamo_utils.intake import Dataset, check, read

if TYPE_CHECKING:
    from pathlib import Path

FORMS = {
    "fi": "Tunnus,Aloitusaika,Valmistumisaika,Sähköposti,Nimi",
    "sv": "ID,Starttid,Slutförandetid,E-post,Namn",
    "en": "Id,Start time,Completion time,Email,Name",
}


def said(found: Dataset, rule: str) -> list[str]:
    """Return the details of what was inferred by a rule."""
    return [entry.detail for entry in found.log.of("survey", "inferred") if entry.rule == rule]


def column(found: Dataset, name: str) -> list[Any]:
    """Return a survey's column."""
    return found.tables["survey"][name].tolist()


def days(found: Dataset) -> list[dt.date]:
    """Return the days on which a survey was answered."""
    return [time.date() for time in found.tables["survey"]["answered_on"]]


def book(folder: Path, rows: list[list[Any]], **more: list[list[Any]]) -> str:
    """Write a workbook whose first sheet holds the rows."""
    with pd.ExcelWriter(folder / "data.xlsx", engine="openpyxl") as writer:
        for sheet, content in {"Form1": rows, **more}.items():
            pd.DataFrame(content, dtype=object).to_excel(writer, sheet_name=sheet, header=False, index=False)
    return "data.xlsx"


@pytest.mark.parametrize("language", FORMS)
@pytest.mark.parametrize("named", ["auto", "ms_forms"])
def test_ms_forms_headers(tmp_path: Path, language: str, named: str) -> None:
    """Microsoft Forms is known by its first columns in three languages, and answers to their English names too."""
    text = f"{FORMS[language]},NPS\n1,7/2/20 11:00:22,8/20/25 12:51:45,a@b.fi,A,9\n"
    found = survey(tmp_path, text, format=named, columns={"answered_on": "Completion time", "nps": "NPS"}, dates="mdy")
    assert days(found) == [dt.date(2025, 8, 20)]
    assert said(found, "format") == (["format ms_forms"] if named == "auto" else [])


def test_ms_forms_month_first(tmp_path: Path) -> None:
    """Microsoft Forms' American times are read by the day that can be no month."""
    text = f"{FORMS['en']},NPS\n1,7/2/20 11:00:22,7/2/20 11:01:00,,,9\n2,8/20/25 12:51:45,8/20/25 12:52:00,,,8\n"
    found = survey(tmp_path, text, columns={"answered_on": "Start time"})
    assert days(found) == [dt.date(2020, 7, 2), dt.date(2025, 8, 20)]


def test_ms_forms_several_choices(tmp_path: Path) -> None:
    """The semicolon after the last of several choices goes, one between choices stays, and a comment is left alone."""
    text = (
        f"{FORMS['fi']},NPS,Missä?,Vapaa sana\n"
        '1,4.7.2025 9.01.10,4.7.2025 9.03.22,,,9,"Kassa;Myynti;",hyvä;\n'
        "2,5.7.2025 9.01.10,5.7.2025 9.03.22,,,9,Kassa;,huono\n"
    )
    found = survey(tmp_path, text, columns={"touchpoint": "Missä?", "comment": "Vapaa sana"})
    assert column(found, "touchpoint") == ["Kassa;Myynti", "Kassa"]
    assert column(found, "comment") == ["hyvä;", "huono"]
    assert said(found, "multiple_choice") == ["several choices in Missä?"]


def test_ms_forms_anonymous(tmp_path: Path) -> None:
    """What Microsoft Forms writes for nobody is no person, so that anonymous answers are not repeats."""
    rows = "".join(f"{row},4.7.2025 9.01,4.7.2025 9.03,anonymous,,9\n" for row in (1, 2))
    found = survey(tmp_path, f"{FORMS['fi']},NPS\n{rows}", columns={"response_id": "Sähköposti"})
    assert found.tables["survey"]["response_id"].isna().all()
    assert said(found, "anonymous") == ["answers without a name in Sähköposti"]


def test_ms_forms_workbook(tmp_path: Path) -> None:
    """Microsoft Forms' workbook has true times, and questions that break over lines and end in blanks."""
    rows = [
        ["ID", "Start time", "Completion time", "Email", "Name", "Kuinka todennäköisesti\nsuosittelisit?\xa0"],
        [1, dt.datetime(2025, 7, 4, 9, 1), dt.datetime(2025, 7, 4, 9, 3), "anonymous", "", 10],  # noqa: DTZ001 - Excel's times have no zone
    ]
    source = {
        "file": book(tmp_path, rows),
        "columns": {"nps": "Kuinka todennäköisesti suosittelisit?", "answered_on": "Completion time"},
        "constants": CUSTOMERS,
    }
    found = read(engagement(tmp_path, {"survey": source}))
    assert (column(found, "nps"), days(found)) == ([10], [dt.date(2025, 7, 4)])


@pytest.mark.parametrize(
    ("header", "time"),
    [
        ("Timestamp", "2020/05/22 4:42:36 PM GMT+2"),
        ("Aikaleima", "22.5.2020 16.42.36"),
        ("Tidstämpel", "2020-05-22 16:42:36"),
        ("Timestamp", "5/22/2020 16:42:36"),
    ],
)
def test_google_forms_times(tmp_path: Path, header: str, time: str) -> None:
    """Google Forms' time is read with its zone and in each language's sheet, under its own or its English name."""
    found = survey(tmp_path, f"{header},NPS\n{time},9\n", columns={"answered_on": "Timestamp"})
    assert days(found) == [dt.date(2020, 5, 22)]
    assert said(found, "format") == ["format google_forms"]


@pytest.mark.parametrize(
    "name", ["Arvioi palvelua [Kassa]", "Arvioi palvelua – Kassa", "Arvioi palvelua - Kassa", "Kassa"]
)
def test_google_forms_grid(tmp_path: Path, name: str) -> None:
    """A column of a grid answers to its heading, to question and row, and to its row."""
    text = "Aikaleima,Arvioi palvelua [Kassa],Arvioi palvelua [Myynti]\n22.5.2020 16.42.36,5,4\n"
    assert column(survey(tmp_path, text, format="google_forms", columns={"csat": name}), "csat") == [5]


def test_grid_row_of_two_questions(tmp_path: Path) -> None:
    """A row that two grids have is not guessed at, and the whole names are offered."""
    text = "Aikaleima,Laatu [Kassa],Hinta [Kassa]\n22.5.2020 16.42.36,5,4\n"
    (problem,) = problems(tmp_path, text, columns={"csat": "Kassa"}, constants=CUSTOMERS)
    assert (problem.kind, problem.file, problem.column) == ("ambiguous_column", "data.csv", "Kassa")
    assert problem.expected == "one of the file's columns: Laatu [Kassa], Hinta [Kassa]"


WEBROPOL = {
    1: "Vastaaja;Suosittelu;Kassa\n1;9;5\n2;8;4\n",
    2: "Vastaaja;Suosittelu;Arvioi palvelua;;Kommentti\n;;Kassa;Myynti;\n1;9;5;4;hyvä\n2;8;4;3;\n",
    3: (";Kesäkysely;Osa A;;;\n#;Suosittelu;Arvioi palvelua;;Kommentti\n-;-;Kassa;Myynti;-\n1;9;5;4;hyvä\n2;8;4;3;\n"),
}


@pytest.mark.parametrize(
    ("depth", "name"), [(1, "Kassa"), (2, "Arvioi palvelua – Kassa"), (3, "Arvioi palvelua – Kassa")]
)
@pytest.mark.parametrize("named", ["auto", "webropol"])
def test_webropol_header_depth(tmp_path: Path, depth: int, name: str, named: str) -> None:
    """Webropol's header is one to three rows deep: a column is called by its row, after its question if it has one."""
    found = survey(tmp_path, WEBROPOL[depth], format=named, columns={"nps": "Suosittelu", "csat": name})
    assert column(found, "nps") == [9, 8]
    assert column(found, "csat") == [5, 4]
    assert said(found, "format") == (["format webropol"] if named == "auto" and depth > 1 else [])


def test_webropol_row_numbers(tmp_path: Path) -> None:
    """Under two header rows the first answer is row 3, and a problem names the whole column."""
    text = WEBROPOL[2].replace("1;9;5;4", "1;9;6;4")
    columns = {"nps": "Suosittelu", "csat": "Arvioi palvelua – Kassa"}
    (problem,) = problems(tmp_path, text, columns=columns, constants=CUSTOMERS)
    assert (problem.file, problem.row, problem.column, problem.value) == (
        "data.csv",
        3,
        "Arvioi palvelua – Kassa",
        "6",
    )


def test_webropol_merged_workbook(tmp_path: Path) -> None:
    """A merged question covers the columns of its rows and no column beyond them."""
    rows = [
        ["#", "NPS", "Arvioi palvelua", None, "Ikä"],
        [None, None, "Kassa", "Myynti", None],
        [1, 9, 5, 4, "nuori"],
    ]
    source = {
        "file": book(tmp_path, rows),
        "columns": {"nps": "NPS", "csat": "Myynti", "segment": "Ikä"},
        "constants": CUSTOMERS,
    }
    found = read(engagement(tmp_path, {"survey": source}))
    assert (column(found, "csat"), column(found, "segment")) == ([4], ["nuori"])


TYPEFORM = (
    "#,How likely?,Response Type,Start Date (UTC),Stage Date (UTC),Submit Date (UTC),Network ID\n"
    "ab1,9,completed,2024-10-05 02:39:31,,2024-10-05 02:41:38,653e\n"
    "ab2,8,partial,2024-10-05 02:39:31,,,653f\n"
)


@pytest.mark.parametrize("named", ["auto", "typeform"])
def test_typeform(tmp_path: Path, named: str) -> None:
    """Typeform's partial answers are left out, and its token is an identifier."""
    columns = {"response_id": "#", "nps": "How likely?", "answered_on": "Submit Date (UTC)"}
    found = survey(tmp_path, TYPEFORM, format=named, columns=columns)
    assert (column(found, "response_id"), days(found)) == (["ab1"], [dt.date(2024, 10, 5)])
    assert found.log.count("survey", "incomplete") == 1


def test_typeform_without_response_type(tmp_path: Path) -> None:
    """In Typeform's older export an answer without a time of submission is unfinished."""
    text = "#,NPS,Start Date (UTC),Submit Date (UTC),Network ID\na,9,2024-10-05,2024-10-05,1\nb,8,2024-10-05,,1\n"
    found = survey(tmp_path, text)
    assert column(found, "nps") == [9]
    assert [entry.detail for entry in found.log.of("survey", "incomplete")] == ["Submit Date (UTC) is empty"]


@pytest.mark.parametrize(
    "name", ["A8[SQ001]", "Palvelu [Kassa]", "Palvelu – Kassa", "Kassa", "A8[SQ001]. Palvelu [Kassa]"]
)
def test_limesurvey_code_and_text(tmp_path: Path, name: str) -> None:
    """LimeSurvey's column answers to its code, its text, its subquestion and all of it."""
    header = (
        "id. Response ID,submitdate. Date submitted,lastpage. Last page,startlanguage. Start language,"
        "A8[SQ001]. Palvelu [Kassa],A8[SQ002]. Palvelu [Myynti]"
    )
    text = f"{header}\n1,2025-01-01 10:00:00,1,fi,5,4\n2,,1,fi,4,4\n"
    found = survey(tmp_path, text, columns={"csat": name})
    assert column(found, "csat") == [5]
    assert found.log.count("survey", "incomplete") == 1


def test_limesurvey_texts(tmp_path: Path) -> None:
    """LimeSurvey with question texts for headings is known too, and its unfinished answers are left out."""
    text = "Response ID,Date submitted,Last page,Start language,NPS\n1,2025-01-01 10:00:00,1,fi,9\n2,,1,fi,8\n"
    found = survey(tmp_path, text, columns={"nps": "NPS", "response_id": "id"})
    assert (column(found, "response_id"), said(found, "format")) == (["1"], ["format limesurvey"])


def test_limesurvey_answer_codes(tmp_path: Path) -> None:
    """Codes in place of answers are one problem a column, which says that codes came and what to choose in the export."""
    header = "id,submitdate,lastpage,startlanguage,Kokemus,Helppous,Ryhma,NPS\n"
    rows = [f"{n},2025-01-01 10:00:00,1,fi,A{n % 5 + 1},AO0{n % 7 + 1},A{n % 2 + 1},{n % 11}\n" for n in range(20)]
    columns = {"csat": "Kokemus", "ces": "Helppous", "respondent_group": "Ryhma"}
    found = problems(tmp_path, header + "".join(rows) + "20,2025-01-01 10:00:00,1,fi,,-oth-,A1,5\n", columns=columns)
    assert [(each.kind, each.column) for each in found] == [
        ("answer_codes", "Kokemus"),
        ("answer_codes", "Helppous"),
        ("answer_codes", "Ryhma"),
    ]
    assert "(A1, A2, A3, A4, A5)" in found[0].message
    assert all("`Full answers`" in each.advice for each in found)
    mixed = problems(tmp_path, "csat\n5\nA4\n4\n", constants=CUSTOMERS)
    assert [(each.kind, each.row) for each in mixed] == [("not_a_number", 3)]


@pytest.mark.parametrize("between", [" – ", " - ", " / "])
def test_surveymonkey_several_choices(tmp_path: Path, between: str) -> None:
    """A choice's column in SurveyMonkey is called by question and choice; hyphen and slash are understood."""
    text = "Respondent ID,Missä asioit?,,NPS\n,Kassa,Myynti,Response\n1,Kassa,,9\n2,,Myynti,8\n"
    found = survey(tmp_path, text, columns={"touchpoint": f"Missä asioit?{between}Myynti"})
    assert found.tables["survey"]["touchpoint"].fillna("").tolist() == ["", "Myynti"]


QUALTRICS_360 = (
    "Status,Finished,SubjectUniqueIdentifier,ParticipantUniqueIdentifier,Relationship,Q1_1,Q1_2\n"
    "Response Type,Finished,Subject,Participant,Relationship,Kuuntelee,Luottaa\n"
    + ",".join('"{""ImportId"":""x""}"' for _ in range(7))
    + "\n32,1,S1,S1,Self,5,4\n32,1,S1,P1,DirectReport,4,\n36,1,S1,P2,Manager,3,3\n"
)


@pytest.mark.parametrize("named", ["auto", "qualtrics"])
def test_qualtrics_360(tmp_path: Path, named: str) -> None:
    """Qualtrics' 360 data need the items only: who, by whom and as what are known; live and imported rows count."""
    wide = {"items": {"listening": ["Kuuntelee"], "trust": ["Luottaa"]}}
    found = dataset(tmp_path, QUALTRICS_360, "ratings_360", wide=wide, format=named).tables["ratings_360"]
    assert found[["reviewee_id", "rater_id", "rater_group"]].drop_duplicates().to_numpy().tolist() == [
        ["S1", "S1", "self"],
        ["S1", "P1", "report"],
        ["S1", "P2", "manager"],
    ]
    assert found["item"].tolist() == ["Kuuntelee", "Luottaa"] * 3
    assert found["competency"].tolist() == ["listening", "trust"] * 3
    assert found["score"].fillna(0).tolist() == [5, 4, 4, 0, 3, 3]


def test_qualtrics_360_with_one_header_row(tmp_path: Path) -> None:
    """Qualtrics' 360 data may have one header row."""
    text = "SubjectUniqueIdentifier,ParticipantUniqueIdentifier,Relationship,Kuuntelee\nS1,P1,Peer,4\n"
    found = dataset(tmp_path, text, "ratings_360", wide={"items": ["Kuuntelee"]}).tables["ratings_360"]
    assert found.iloc[0][["reviewee_id", "rater_group", "item", "score"]].tolist() == ["S1", "peer", "Kuuntelee", 4]


def test_titles_above_the_header(tmp_path: Path) -> None:
    """Merged titles above a workbook's header are passed over and logged, and rows keep their numbers."""
    rows = [["Asiakaskysely 2025", None, None], ["Salainen", None, None], [None] * 3, ["id", "nps", "csat"], [1, 99, 5]]
    source = {"file": book(tmp_path, rows), "constants": CUSTOMERS}
    (problem,) = check(engagement(tmp_path, {"survey": source}))[0]
    assert (problem.row, problem.column, problem.value) == (5, "nps", "99")
    rows[-1][1] = 9
    found = read(engagement(tmp_path, {"survey": {**source, "file": book(tmp_path, rows)}}))
    assert said(found, "title") == [
        "title above the header: Asiakaskysely 2025",
        "title above the header: Salainen",
    ]


def test_single_named_column_is_no_title(tmp_path: Path) -> None:
    """A column that the settings name is no title, though the header names no other and a row below has more."""
    found = problems(tmp_path, "Arvosana;\n9;5\n", columns={"nps": "Arvosana"}, constants=CUSTOMERS)
    assert found == ()


CODEBOOK = [["Muuttuja", "Selite"], ["nps", "suosittelu"], ["csat", "tyytyväisyys"]]
ANSWERS = [["Suosittelu", "Tyytyväisyys"], [9, 5]]
MAPPED = {"columns": {"nps": "Suosittelu", "csat": "Tyytyväisyys"}, "constants": CUSTOMERS}


def test_sheet_that_holds_the_columns(tmp_path: Path) -> None:
    """Where no sheet is named, the one that holds the mapped columns is read, though a codebook comes first."""
    found = read(engagement(tmp_path, {"survey": {"file": book(tmp_path, CODEBOOK, Data=ANSWERS), **MAPPED}}))
    assert (column(found, "nps"), said(found, "sheet")) == ([9], ["sheet Data"])


def test_sheet_without_a_mapping(tmp_path: Path) -> None:
    """Without a mapping the sheet is the one with the table's own columns."""
    rows = [["respondent_group", "nps"], ["asiakas", 9]]
    found = read(engagement(tmp_path, {"survey": {"file": book(tmp_path, CODEBOOK[:1], Data=rows)}}))
    assert said(found, "sheet") == ["sheet Data"]


def test_no_sheet_holds_the_columns(tmp_path: Path) -> None:
    """Where no sheet holds all the columns, the sheets are named with what the nearest lacks."""
    name = book(tmp_path, CODEBOOK, Data=[["Suosittelu", "Arvio"], [9, 5]])
    (problem,) = check(engagement(tmp_path, {"survey": {"file": name, **MAPPED}}))[0]
    assert (problem.kind, problem.file, problem.row, problem.value) == ("unclear_sheet", "data.xlsx", None, None)
    assert problem.message == 'No sheet holds all the columns; the nearest, "Data", does not have Tyytyväisyys.'
    assert problem.expected == "one of its sheets: Form1, Data"
    assert problem.advice == "Say which with `sheet`, or correct `columns`."


def test_several_sheets_hold_the_columns(tmp_path: Path) -> None:
    """Where several sheets hold the columns, none is guessed at."""
    name = book(tmp_path, ANSWERS, Data=ANSWERS)
    (problem,) = check(engagement(tmp_path, {"survey": {"file": name, **MAPPED}}))[0]
    assert (problem.kind, problem.file) == ("unclear_sheet", "data.xlsx")
    assert problem.message == "2 sheets hold the columns: Form1, Data."


def test_empty_sheets_do_not_count(tmp_path: Path) -> None:
    """Empty sheets beside the one with data are passed over, and nothing is inferred."""
    found = read(engagement(tmp_path, {"survey": {"file": book(tmp_path, [[None]], Data=ANSWERS), **MAPPED}}))
    assert column(found, "nps") == [9]


def test_repeated_header_is_told_apart_by_number(tmp_path: Path) -> None:
    """Of two columns with one name, the name alone is a problem, and its number says which."""
    text = "Arvio ,Arvio\n5,4\n"
    (problem,) = problems(tmp_path, text, columns={"csat": "Arvio"}, constants=CUSTOMERS)
    assert (problem.kind, problem.file, problem.row, problem.column) == ("ambiguous_column", "data.csv", None, "Arvio")
    assert problem.message == '2 columns are called "Arvio".'
    assert problem.expected == "one of Arvio.1, Arvio.2, counted from the left"
    assert column(survey(tmp_path, text, columns={"csat": "Arvio.2"}), "csat") == [4]
    assert column(survey(tmp_path, text, columns={"csat": "Arvio.1"}), "csat") == [5]


def test_number_beyond_the_repeats(tmp_path: Path) -> None:
    """A number for which there is no column is a missing column."""
    (problem,) = problems(tmp_path, "Arvio,Arvio\n5,4\n", columns={"csat": "Arvio.3"}, constants=CUSTOMERS)
    assert (problem.kind, problem.message) == ("missing_column", 'The file has no column "Arvio.3".')


def test_unread_tools_file_is_plain(tmp_path: Path) -> None:
    """A file that begins like no tool's is plain, and nothing is said of its format."""
    assert said(survey(tmp_path, "id,nps,csat\n1,9,5\n"), "format") == []
