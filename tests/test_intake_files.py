"""Files of every make are read to the same table: encodings, separators, workbooks, survey tools."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from intake_support import CUSTOMERS, engagement, problems, put, survey

from kohtaamo_utils.intake import Dataset, InputFile, check, read

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = "Arvosana;Paikka\n9;Kärsämäki å €\n8;Öyä\n"
COLUMNS = {"nps": "Arvosana", "touchpoint": "Paikka"}


def texts(dataset: Dataset, column: str = "touchpoint") -> list[str]:
    """Return a survey's column."""
    return dataset.tables["survey"][column].tolist()


def inferred(dataset: Dataset, rule: str) -> list[str]:
    """Return the details of what was inferred by a rule."""
    return [entry.detail for entry in dataset.log.of("survey", "inferred") if entry.rule == rule]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "mac_roman"])
def test_encoding_is_found(tmp_path: Path, encoding: str) -> None:
    """Nordic text is read the same from every encoding that Finnish offices' programs write."""
    dataset = survey(tmp_path, PLAIN.replace(" €", "").encode(encoding), columns=COLUMNS)
    assert texts(dataset) == ["Kärsämäki å", "Öyä"]
    assert bool(inferred(dataset, "encoding")) == (not encoding.startswith("utf-8"))


def test_encoding_can_be_named(tmp_path: Path) -> None:
    """A named encoding is used as it is."""
    dataset = survey(tmp_path, PLAIN.encode("iso8859-15"), columns=COLUMNS, encoding="iso8859-15")
    assert texts(dataset)[0] == "Kärsämäki å €"


def test_unknown_encoding(tmp_path: Path) -> None:
    """An encoding that does not exist is a problem."""
    (problem,) = problems(tmp_path, PLAIN, columns=COLUMNS, constants=CUSTOMERS, encoding="ansi-9")
    assert problem.message == "The encoding `ansi-9` is not known."


@pytest.mark.parametrize(("separator", "said"), [(";", ";"), (",", ""), ("\t", "tab"), ("|", "|")])
def test_separator_is_found(tmp_path: Path, separator: str, said: str) -> None:
    """The separator is found, and logged unless it is the comma."""
    dataset = survey(tmp_path, PLAIN.replace(";", separator), columns=COLUMNS)
    assert texts(dataset)[1] == "Öyä"
    assert inferred(dataset, "separator") == ([f"separator {said}"] if said else [])


def test_separator_against_decimal_commas(tmp_path: Path) -> None:
    """Decimal commas do not pass for separators."""
    dataset = survey(tmp_path, "nps;weight\n9;1,5\n8;0,5\n")
    assert dataset.tables["survey"]["weight"].tolist() == [1.5, 0.5]
    assert inferred(dataset, "decimal") == ["decimal comma in weight"]


@pytest.mark.parametrize(
    ("setting", "text"), [("tab", "nps\tcsat\n9\t5\n"), ("\t", "nps\tcsat\n9\t5\n"), ("/", "nps/csat\n9/5\n")]
)
def test_separator_can_be_named(tmp_path: Path, setting: str, text: str) -> None:
    """A named separator is used, a tab by its name or as it is."""
    assert texts(survey(tmp_path, text, separator=setting), "csat") == [5]


def test_excel_separator_line(tmp_path: Path) -> None:
    """Excel's own first line that names the separator is not a row."""
    (problem,) = problems(tmp_path, "sep=;\nnps;csat\n99;5\n", constants=CUSTOMERS)
    assert problem.row == 2


def test_single_column(tmp_path: Path) -> None:
    """A file of one column needs no separator, even if its header is a sentence."""
    question = "Kuinka todennäköisesti suosittelisit meitä?"
    assert texts(survey(tmp_path, f"{question}\n9\n10\n", columns={"nps": question}), "nps") == [9, 10]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(tmp_path: Path, end: str) -> None:
    """Rows may end in any of the three ways."""
    assert texts(survey(tmp_path, PLAIN.replace("\n", end), columns=COLUMNS), "nps") == [9, 8]


def test_rows_are_counted_as_a_spreadsheet_does(tmp_path: Path) -> None:
    """A quoted line break does not begin a row, and a blank line counts as one."""
    (problem,) = problems(tmp_path, 'comment,nps\n"a\nb\nc",9\n\nx,99\n', constants=CUSTOMERS)
    assert problem.row == 4


def test_short_rows_lack_trailing_cells(tmp_path: Path) -> None:
    """A row that ends early lacks its last answers."""
    assert texts(survey(tmp_path, "nps,csat,comment\n9\n8,5,ok\n"), "nps") == [9, 8]


def test_quotation_marks_as_text(tmp_path: Path) -> None:
    """Where quotation marks do not quote, they are read as text, and that is logged."""
    dataset = survey(tmp_path, 'nps\tcomment\n9\t"Kahvila" oli hyvä\n8\t15" näyttö\n')
    assert texts(dataset, "comment") == ['"Kahvila" oli hyvä', '15" näyttö']
    assert inferred(dataset, "quotes") == ["quotation marks read as plain text"]


def workbook(folder: Path, rows: list[list[Any]], name: str = "data.xlsx", **sheets: list[list[Any]]) -> str:
    """Write a workbook whose first sheet holds the rows."""
    with pd.ExcelWriter(folder / name, engine="openpyxl") as writer:
        for sheet, content in {"Eka": rows, **sheets}.items():
            pd.DataFrame(content, dtype=object).to_excel(writer, sheet_name=sheet, header=False, index=False)
    return name


def test_workbook(tmp_path: Path) -> None:
    """Excel's true numbers, dates and booleans pass as they are, and numbers written as text are read."""
    rows = [
        ["id", "alkoi", "kk", "palkka", "loppui"],
        [7, pd.Timestamp(2020, 1, 2), 1.234, "2 500,50", True],
        ["007", "3.2.2021", 2, 3000, False],
    ]
    columns = {
        "employee_id": "id",
        "started_on": "alkoi",
        "tenure_months": "kk",
        "monthly_salary": "palkka",
        "ended": "loppui",
    }
    source = {"file": workbook(tmp_path, rows), "columns": columns}
    staff = read(engagement(tmp_path, {"employees": source})).tables["employees"]
    assert staff["employee_id"].tolist() == ["7", "007"]
    assert [str(day.date()) for day in staff["started_on"]] == ["2020-01-02", "2021-02-03"]
    assert staff["tenure_months"].tolist() == [1.234, 2]
    assert staff["monthly_salary"].tolist() == [2500.5, 3000]
    assert staff["ended"].tolist() == [True, False]


def test_workbook_rows_and_sheets(tmp_path: Path) -> None:
    """A sheet is found by its name, case apart, or its number; rows are numbered as Excel does, blank ones too."""
    name = workbook(tmp_path, [["muistio"], ["ei"]], Vastaukset=[[None, None], ["nps", "csat"], [None, None], [99, 5]])
    for sheet in ("vastaukset", 2):
        found, _ = check(engagement(tmp_path, {"survey": {"file": name, "sheet": sheet, "constants": CUSTOMERS}}))
        assert [(problem.row, problem.value) for problem in found] == [(4, "99")]


def test_missing_sheet(tmp_path: Path) -> None:
    """A sheet that is not there is told with those that are."""
    name = workbook(tmp_path, [["nps"], [9]])
    found, _ = check(engagement(tmp_path, {"survey": {"file": name, "sheet": "Ekka", "constants": CUSTOMERS}}))
    assert [(problem.kind, problem.advice) for problem in found] == [("missing_sheet", 'Did you mean "Eka"?')]
    assert found[0].expected == "one of its sheets: Eka"


def test_parquet(tmp_path: Path) -> None:
    """A Parquet file's types pass as they are; its missing values are missing."""
    frame = pd.DataFrame(
        {
            "unit": ["A", "B"],
            "nps": [9, None],
            "csat": [5, 4],
            "answered_on": pd.to_datetime(["2025-07-04", None]),
            "comment": ["hyvä", None],
        }
    )
    frame.to_parquet(tmp_path / "a.parquet")
    result = read(engagement(tmp_path, {"survey": {"file": "a.parquet", "constants": CUSTOMERS}})).tables["survey"]
    assert result["nps"].tolist()[0] == 9
    assert result.isna().sum()[["nps", "answered_on", "comment"]].tolist() == [1, 1, 1]


def test_unread_format(tmp_path: Path) -> None:
    """A kind of file that is not read says which are."""
    found, _ = check(engagement(tmp_path, {"survey": {"file": put(tmp_path, "a.pdf", "x"), "constants": CUSTOMERS}}))
    assert found[0].kind == "format"
    assert ".csv" in found[0].expected
    assert ".xlsx" in found[0].expected


def test_format_overrides_the_suffix(tmp_path: Path) -> None:
    """A text file of any suffix is read if the settings say that it is CSV."""
    source = {"file": put(tmp_path, "a.export", "nps\n9\n"), "format": "csv", "constants": CUSTOMERS}
    assert texts(read(engagement(tmp_path, {"survey": source})), "nps") == [9]


QUALTRICS = (
    "StartDate,Status,Finished,ResponseId,Duration (in seconds),Q1\n"
    'Start,Type,Finished,Response ID,Duration,"How likely, would you?"\n'
    + ",".join('"{""ImportId"":""x""}"' for _ in range(6))
    + "\n2025-01-01 10:00:00,Survey Preview,1,R_1,100,9\n"
    "2025-01-01 10:00:00,IP Address,0,R_2,100,9\n"
    "2025-01-01 10:00:00,IP Address,1,R_3,10,9\n"
    "2025-01-01 10:00:00,IP Address,1,R_4,100,99\n"
)


def test_qualtrics_previews_and_unfinished(tmp_path: Path) -> None:
    """Qualtrics' previews and unfinished answers are left out and counted; rows keep their numbers in the file."""
    columns = {"nps": "How likely, would you?", "response_id": "ResponseId"}
    (problem,) = problems(tmp_path, QUALTRICS, columns=columns, constants=CUSTOMERS)
    assert (problem.row, problem.column) == (7, "Q1")
    dataset = survey(tmp_path, QUALTRICS.replace("99", "9"), columns=columns)
    assert texts(dataset, "response_id") == ["R_3", "R_4"]
    counts = {entry.kind: entry.count for entry in dataset.log.of("survey", "preview", "incomplete", "flagged")}
    assert counts == {"preview": 1, "incomplete": 1, "flagged": 1}


def test_surveymonkey_headers(tmp_path: Path) -> None:
    """SurveyMonkey's questions carry over their choices' columns, each named by question and choice."""
    text = "Respondent ID,Palvelu,,Suosittelu\n,Kassa,Myynti,Response\n1,5,4,9\n2,3,,8\n"
    dataset = survey(
        tmp_path, text, columns={"response_id": "Respondent ID", "csat": "Palvelu – Myynti", "nps": "Suosittelu"}
    )
    assert texts(dataset, "nps") == [9, 8]
    assert dataset.tables["survey"]["csat"].count() == 1
    assert inferred(dataset, "format") == ["format surveymonkey"]


def test_limesurvey_anonymous_dates(tmp_path: Path) -> None:
    """LimeSurvey's stand-in date of an anonymous survey is no date, yet marks a finished answer."""
    text = 'id,submitdate,lastpage,startlanguage,Q\n1,"1980-01-01 00:00:00",1,fi,9\n2,,1,fi,8\n'
    dataset = survey(tmp_path, text, columns={"nps": "Q", "answered_on": "submitdate"})
    assert dataset.log.count("survey", "incomplete") == 1
    assert dataset.tables["survey"]["answered_on"].isna().all()


def test_named_format_without_a_reader_of_its_own(tmp_path: Path) -> None:
    """A survey tool without a layout of its own is read as a plain file by its suffix."""
    assert texts(survey(tmp_path, PLAIN, columns=COLUMNS, format="webropol"), "nps") == [9, 8]


def test_inputs_are_hashed_once(tmp_path: Path) -> None:
    """Each file that was read stands once among the inputs, with its fingerprint."""
    name = put(tmp_path, "a.csv", "nps,reviewee\n9,1\n")
    block = {"file": name, "constants": CUSTOMERS}
    staff = {"file": name, "columns": {"enps": "nps"}, "constants": {"respondent_group": "employee"}}
    dataset = read(engagement(tmp_path, {"survey": [block, staff]}))
    assert dataset.inputs == (InputFile(name, hashlib.sha256(b"nps,reviewee\n9,1\n").hexdigest()),)


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
@pytest.mark.parametrize(
    "comment",
    ["maksoi 5 €", "hyvä", "Älä tee", "ÄÄNEKÄS", "no… niin – ehkä", "5 € kallis, mutta hyvää", "“äiti” sanoi", "Åbo"],
)
def test_letters_tell_the_encoding(tmp_path: Path, encoding: str, comment: str) -> None:
    """€ of Windows and Ä of a Mac are the same byte: what stands beside it decides."""
    if encoding == "mac_roman" and comment == "maksoi 5 €":
        comment += " täällä"
    found = survey(tmp_path, f"nps;comment\n9;{comment}\n8;ok\n".encode(encoding))
    assert found.tables["survey"]["comment"].tolist() == [comment, "ok"]
