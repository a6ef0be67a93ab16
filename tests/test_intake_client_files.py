"""Files as clients of Finland, Sweden and Britain send them: read as a person would read them, or asked about."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from intake_support import CUSTOMERS, dataset, engagement, problems, put, survey
from map_files import workbook
from ruamel.yaml import YAML

from kohtaamo_utils.intake import Dataset, check, read

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.errors import Problem

SALES = "customer_id;ordered_on;amount\n"


def sheet(
    folder: Path, sheets: dict[str, list[list[Any]]], **source: Any
) -> tuple[tuple[Problem, ...], Dataset | None]:
    """Read a survey's workbook."""
    file = put(folder, "data.xlsx", workbook(sheets))
    return check(engagement(folder, {"survey": {"file": file, "constants": CUSTOMERS, **source}}))


def sales(folder: Path, *amounts: str, **settings: Any) -> Dataset:
    """Read a file with these amounts."""
    put(folder, "data.csv", SALES + "".join(f"{row};1.2.2025;{amount}\n" for row, amount in enumerate(amounts)))
    return read(engagement(folder, {"transactions": {"file": "data.csv"}}, **settings))


def test_titles_of_two_cells(tmp_path: Path) -> None:
    """Above the header stand the survey's title and the client with the page: the settings' columns tell the header."""
    rows = [
        ["Kysely 2025", "", ""],
        ["Esimerkki Oy", "", "sivu 1"],
        ["", "", ""],
        ["Suositus", "Arvio", "Toimipiste"],
        [9, 5, "Turku"],
    ]
    columns = {"nps": "Suositus", "csat": "Arvio", "unit": "Toimipiste"}
    found, made = sheet(tmp_path, {"Taul1": rows}, columns=columns)
    assert (found, made is not None and made.tables["survey"]["csat"].tolist()) == ((), [5.0])
    assert made is not None
    titles = [entry.value for entry in made.log.of("survey", "inferred") if entry.rule == "title"]
    assert titles == ["Kysely 2025", "Esimerkki Oy, sivu 1"]


def test_titles_in_a_text_file(tmp_path: Path) -> None:
    """Lines of one cell above a table of commas are titles, whatever the separator."""
    for mark in (";", ",", "\t"):
        text = "Kysely 2025\nToteutus: Esimerkki Oy\n\n" + "id;nps;csat\n1;9;5\n2;8;4\n".replace(";", mark)
        assert survey(tmp_path, text).tables["survey"]["csat"].tolist() == [5.0, 4.0]


def test_codebook_before_the_data(tmp_path: Path) -> None:
    """A codebook as the first sheet is passed over; one that has the same headings is asked about."""
    data = [["Suositus", "Arvio"], [9, 5]]
    down = [["Muuttuja", "Selite"], ["Suositus", "0–10"], ["Arvio", "1–5"]]
    columns = {"nps": "Suositus", "csat": "Arvio"}
    found, made = sheet(tmp_path, {"Koodikirja": down, "Data": data}, columns=columns)
    assert not found
    assert made is not None
    assert made.tables["survey"]["nps"].tolist() == [9.0]
    across = [["Suositus", "Arvio"], ["asteikko 0–10", "asteikko 1–5"]]
    (problem,), _ = sheet(tmp_path, {"Koodikirja": across, "Data": data}, columns=columns)
    assert problem.message == "2 sheets hold the columns: Koodikirja, Data."
    assert "`sheet`" in problem.advice


@pytest.mark.parametrize("kind", ["csv", "excel"])
def test_rows_packed_into_one_cell(tmp_path: Path, kind: str) -> None:
    """A CSV file that Excel opened as one column and saved again is divided, in both kinds of file."""
    lines = ["nps;csat;comment", '9;5;"hyvä; kiva"', "8;4;ok"]
    if kind == "csv":
        quoted = "".join('"' + line.replace('"', '""') + '"\n' for line in lines)
        made = survey(tmp_path, quoted)
    else:
        made = sheet(tmp_path, {"S": [[line] for line in lines]})[1]
    assert made is not None
    assert made.tables["survey"]["comment"].tolist() == ["hyvä; kiva", "ok"]
    assert [entry.rule for entry in made.log.of("survey", "inferred")].count("packed") == 1


def test_remarks_in_a_single_column(tmp_path: Path) -> None:
    """Commas in the remarks of a file of one column part nothing."""
    found = dataset(tmp_path, "text\nHei, moi\nJonotin, jonotin, lähdin\nHyvä; kiitos\n", "observations")
    assert found.tables["observations"]["text"].tolist() == ["Hei, moi", "Jonotin, jonotin, lähdin", "Hyvä; kiitos"]


def test_scores_with_a_decimal_comma_in_a_single_column(tmp_path: Path) -> None:
    """4,0 in a file of one column is a number, not two cells."""
    assert survey(tmp_path, "csat\n4,0\n5,0\n").tables["survey"]["csat"].tolist() == [4.0, 5.0]


def test_canonical_heading_given_twice(tmp_path: Path) -> None:
    """Two columns csat, neither of them mapped: which one is meant is asked, not passed over."""
    (problem,) = problems(tmp_path, "csat;csat;nps\n5;1;9\n4;2;8\n", constants=CUSTOMERS)
    assert (problem.kind, problem.column) == ("ambiguous_column", "csat")
    assert "csat.1, csat.2" in problem.expected


@pytest.mark.parametrize(
    ("heading", "total"),
    [
        *(("Vastaaja", total) for total in ("Yhteensä", "Keskiarvo:", "SUMMA", "Medelvärde", "Grand Total", "average")),
        ("Vastaajan\u00a0nro", "Totalt"),
    ],
)
def test_totals_are_no_rows(tmp_path: Path, heading: str, total: str) -> None:
    """A row of totals is refused where it would be one respondent or unit more, and the advice leaves it out."""
    text = f"{heading};nps\n1;9\n2;9\n{total};9\n"
    (problem,) = problems(tmp_path, text, constants=CUSTOMERS, columns={"response_id": heading})
    assert (problem.kind, problem.row, problem.value) == ("total_row", 4, total)
    rules = YAML(typ="safe", pure=True).load(problem.advice.split("`")[1])["exclude"]
    assert rules == [{"column": heading, "equals": total}]
    made = survey(tmp_path, text, columns={"response_id": heading}, exclude=rules)
    assert len(made.tables["survey"]) == 2


def test_total_of_a_unit(tmp_path: Path) -> None:
    """The units' total beside the units would count every figure twice."""
    text = "month;measure;value;unit\n2025-01;Valitukset;5;Turku\n2025-01;Valitukset;5;Yhteensä\n"
    assert [problem.kind for problem in problems(tmp_path, text, "operations")] == ["total_row"]


@pytest.mark.parametrize("whole", ["Kaikki myymälät", "Koko yhtiö", "Konserni", "Hela företaget", "All stores", "ALLA"])
def test_all_units_together_beside_them(tmp_path: Path, whole: str) -> None:
    """A unit that is all of them is refused once where its figures stand beside its parts', and left where it has none."""
    rows = [(month, unit, value) for month in "12" for unit, value in (("Espoo", 10), ("Turku", 20), (whole, 30))]
    text = "month;measure;unit;value\n" + "".join(
        f"{month}/2025;valitukset;{unit};{value}\n" for month, unit, value in rows
    )
    (problem,) = problems(tmp_path, text, "operations")
    assert (problem.kind, problem.row, problem.column, problem.value) == ("total_row", 4, "unit", whole)
    rule = {"column": "unit", "equals": whole, "reason": "summa"}
    assert not problems(tmp_path, text, "operations", exclude=[rule])
    alone = f"month;measure;unit;value\n1/2025;valitukset;Espoo;10\n1/2025;sairauspoissaolot;{whole};4\n"
    assert not problems(tmp_path, alone, "operations")


def test_somebody_of_the_whole_company(tmp_path: Path) -> None:
    """An answer of somebody who works for the whole company is one answer among others."""
    text = "nps;unit\n9;Espoo\n7;Koko yhtiö\n3;Konserni\n"
    assert not problems(tmp_path, text, constants={"respondent_group": "employee"})


@pytest.mark.parametrize(
    ("currency", "texts"),
    [
        ("EUR", ("1 234,50 €", "-5,00 €", "€ 12,5", "1,00 EUR", "5 euroa")),
        ("SEK", ("1\xa0234,50 kr", "-5,00 kr", "SEK 12,5", "1,00 kr.", "5 kr")),
        ("GBP", ("£1,234.50", "-£5.00", "£12.5", "1.00 GBP", "£5")),
        ("EUR", ("1 234,50", "5,00-", "12,5", "1,00", "5")),
        ("GBP", ("1,234.50", "(5.00)", "12.5", "1.00", "5")),
        ("GBP", ("£1,234.50", "(£5.00)", "£12.5", "£1.00", "£5")),
    ],
)
def test_money(tmp_path: Path, currency: str, texts: tuple[str, ...]) -> None:
    """Amounts with the engagement's currency beside them, and the ways to write a loss, are numbers."""
    found = sales(tmp_path, *texts, currency=currency).tables["transactions"]["amount"].tolist()
    assert found == [1234.5, -5.0, 12.5, 1.0, 5.0]


@pytest.mark.parametrize(
    ("currency", "text"), [("EUR", "5 kr"), ("SEK", "5 €"), ("EUR", "$5"), ("EUR", "5 %"), ("GBP", "5 €")]
)
def test_money_of_another_currency(tmp_path: Path, currency: str, text: str) -> None:
    """Another currency than the engagement's is not taken for it."""
    with pytest.raises(Exception, match=r"row 2, column \"amount\""):
        sales(tmp_path, text, "7", currency=currency)


def test_product_of_money(tmp_path: Path) -> None:
    """A price with its currency can be multiplied."""
    columns = {"amount": {"product": ["kpl", "hinta"]}}
    text = "customer_id;ordered_on;kpl;hinta\nA;1.2.2025;3;2,50 €\n"
    assert dataset(tmp_path, text, "transactions", columns=columns).tables["transactions"]["amount"].tolist() == [7.5]


@pytest.mark.parametrize("text", ["0001-01-01", "1.1.1900", "4.7.2205", "31.12.9999", "1899-12-31"])
def test_days_that_cannot_be_meant(tmp_path: Path, text: str) -> None:
    """A day before 1901 or after 2100 is a slip or stands for none, and is not counted as a date."""
    (problem,) = problems(tmp_path, f"nps;answered_on\n9;{text}\n8;4.7.2025\n", constants=CUSTOMERS)
    assert (problem.kind, problem.row, problem.value) == ("implausible_date", 2, text)
    assert "`missing`" in problem.advice
    kept = survey(tmp_path, f"nps;answered_on\n9;{text}\n8;4.7.2025\n", missing={"answered_on": [text]})
    assert kept.tables["survey"]["answered_on"].isna().tolist() == [True, False]


@pytest.mark.parametrize("text", ["31.12.9999", "2999-12-31", "9999-12-31 00:00:00", "-", "–", ""])
def test_employment_without_an_end(tmp_path: Path, text: str) -> None:
    """Registers write the far end of the calendar, and people a dash, for what has not ended."""
    found = dataset(tmp_path, f"employee_id;started_on;ended_on\n1;1.5.2020;{text}\n2;1.5.2020;1.6.2024\n", "employees")
    assert found.tables["employees"]["ended_on"].isna().tolist() == [True, False]


@pytest.mark.parametrize("text", ["1.1.68", "1.1.30", "30-06-69", "1/1/55"])
def test_two_digits_of_a_year(tmp_path: Path, text: str) -> None:
    """Years that spreadsheets and other programs take for different centuries are asked about."""
    (problem,) = problems(tmp_path, f"employee_id;started_on\n1;{text}\n2;\n", "employees", dates="dmy")[:1]
    assert problem.kind in {"short_year", "ambiguous_dates"}
    assert "four digits" in problem.advice


def test_swedish_dates_without_a_century(tmp_path: Path) -> None:
    """25-07-04 may begin with the year or the day: it is asked, unless the column decides or the settings do."""
    text = "nps;answered_on\n9;25-07-04\n8;25-07-05\n"
    (problem,) = problems(tmp_path, text, constants=CUSTOMERS)
    assert problem.kind == "ambiguous_dates"
    assert "`dates: ymd`" in problem.advice
    told = survey(tmp_path, text, dates="ymd").tables["survey"]["answered_on"]
    assert told.tolist() == [pd.Timestamp("2025-07-04"), pd.Timestamp("2025-07-05")]
    sure = survey(tmp_path, "nps;answered_on\n9;99-07-24\n8;98-12-31\n").tables["survey"]["answered_on"]
    assert sure.tolist() == [pd.Timestamp("1999-07-24"), pd.Timestamp("1998-12-31")]


@pytest.mark.parametrize(
    "text",
    [
        "4 Jul 2025",
        "04-Jul-25",
        "July 4, 2025",
        "4th July 2025",
        "4. heinäkuuta 2025",
        "4 juli 2025",
        "Jul 4, 2025 9:15",
        "Fri Jul 04 2025 12:30:11 GMT+0300 (Eastern European Summer Time)",
        "pe 4.7.2025 klo 12.30",
        "perjantaina 4.7.2025",
        "fre 4 juli 2025",
        "Friday, July 4, 2025",
        "Fri, 2025-07-04",
    ],
)
def test_days_with_the_months_name(tmp_path: Path, text: str) -> None:
    """A month's name in any of the three languages leaves no doubt, and a weekday before the date says nothing more."""
    found = survey(tmp_path, f"nps;answered_on\n9;{text}\n".encode()).tables["survey"]["answered_on"]
    assert found.tolist() == [pd.Timestamp("2025-07-04")]


@pytest.mark.parametrize(
    "text", ["tammi.25", "Tammikuu 2025", "jan-25", "Jan 2025", "januari 2025", "2025M01", "2025 tammikuu", "1/2025"]
)
def test_months_as_spreadsheets_name_them(tmp_path: Path, text: str) -> None:
    """Months as Excel shows them and statistics offices write them."""
    found = dataset(tmp_path, f"month;measure;value\n{text};Valitukset;5\n", "operations").tables["operations"]
    assert found["month"].tolist() == [pd.Timestamp("2025-01-01")]


def test_unread_month_is_no_repeat(tmp_path: Path) -> None:
    """Two months that could not be read are told once each, and not as repeats of each other."""
    text = "month;measure;value\nkeväällä;Valitukset;5\nsyksyllä;Valitukset;6\n"
    assert [problem.kind for problem in problems(tmp_path, text, "operations")] == ["not_a_date", "not_a_date"]


@pytest.mark.parametrize("text", ["1,23457E+12", "1.23457E+12", "6E+15"])
def test_rounded_identifiers(tmp_path: Path, text: str) -> None:
    """An identifier that a spreadsheet shortened may be anybody's."""
    (problem,) = problems(tmp_path, f"{SALES}{text};1.2.2025;5\n7E2;1.2.2025;6\n", "transactions")
    assert (problem.kind, problem.row, problem.value) == ("rounded_id", 2, text)
    assert "as text" in problem.advice


def test_long_numbers_as_identifiers_in_a_workbook(tmp_path: Path) -> None:
    """A workbook keeps fifteen digits of a number; longer ones are refused, fifteen are read."""
    day = dt.datetime(2025, 2, 1)  # noqa: DTZ001 - Excel's times have no zone
    rows = [["customer_id", "ordered_on", "amount"], [123456789012345, day, 5], [12345678901234567, day, 6]]
    file = put(tmp_path, "data.xlsx", workbook({"S": rows}))
    found, _ = check(engagement(tmp_path, {"transactions": {"file": file}}))
    assert [(problem.kind, problem.row) for problem in found] == [("rounded_id", 3)]


NOTHING = [
    *(
        "EOS",
        "E.O.S.",
        "En osaa sanoa.",
        "en osaa sanoa / ei kokemusta",
        "En tiedä tai en halua vastata",
        "En osaa sanoa (EOS)",
    ),
    *("Vet ej", "Vet ej/kan inte svara", "Kan ej bedöma", "Ej aktuellt", "Ingen uppfattning", "vet inte, ingen åsikt"),
    *("Don't know", "Don’t know / not applicable", "N/A", "n.a.", "DK/NA", "Prefer not to answer", "?", "-", "--"),
    *("6 - En osaa sanoa", "9 = Vet ej", "Don't know (6)", "0 En osaa sanoa"),
]


@pytest.mark.parametrize("text", NOTHING)
def test_words_for_no_answer(tmp_path: Path, text: str) -> None:
    """What respondents tick for no answer in three languages is none, and is logged; the numbers beside it stay."""
    found = survey(tmp_path, f'csat\n5 - Täysin samaa mieltä\n"{text}"\n4 - Samaa mieltä\n')
    scores = found.tables["survey"]["csat"]
    assert scores.isna().tolist() == [False, True, False]
    assert (scores[0], scores[2]) == (5.0, 4.0)
    assert [entry.value for entry in found.log.of("survey", "inferred") if entry.rule == "no_answer"] == [text]


@pytest.mark.parametrize("text", ["Ei", "Ehkä", "En osaa sanoa, 3", "*", "x"])
def test_other_words_are_no_silence(tmp_path: Path, text: str) -> None:
    """A word that may mean something is asked about."""
    (problem,) = problems(tmp_path, f'csat\n5\n"{text}"\n4\n', constants=CUSTOMERS)
    assert problem.value == text


@pytest.mark.parametrize(
    "words",
    [
        ("Strongly disagree", "Tend to disagree", "Neither agree nor disagree", "Tend to agree", "Strongly agree"),
        (
            "Very dissatisfied",
            "Fairly dissatisfied",
            "Neither satisfied nor dissatisfied",
            "Fairly satisfied",
            "Very satisfied",
        ),
        (
            "Helt av annan åsikt",
            "Delvis av annan åsikt",
            "Varken av samma eller annan åsikt",
            "Delvis av samma åsikt",
            "Helt av samma åsikt",
        ),
        ("Tar helt avstånd", "Tar delvis avstånd", "Varken eller", "Instämmer delvis", "Instämmer helt"),
        (
            "1 Täysin eri mieltä",
            "2 Eri mieltä",
            "3 Ei samaa eikä eri mieltä",
            "4 Samaa mieltä",
            "5 Täysin samaa mieltä",
        ),
    ],
)
def test_scales_of_three_countries(tmp_path: Path, words: tuple[str, ...]) -> None:
    """Answer scales as they are worded in Britain, in Swedish in Finland, in Sweden, and with their numbers."""
    assert survey(tmp_path, "csat\n" + "\n".join(words) + "\n").tables["survey"]["csat"].tolist() == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("text", ["1.0", "1,0", "\u2713", "X", "Sant", "TOSI", "Kyllä", "Ja"])
def test_flags_as_programs_write_them(tmp_path: Path, text: str) -> None:
    """Yes in the three languages, as a tick, and as a number of a program that knows no flags."""
    found = dataset(tmp_path, f"customer_id;tenure_months;ended\n1;5;{text}\n2;5;0.0\n", "customers")
    assert found.tables["customers"]["ended"].tolist() == [True, False]


@pytest.mark.parametrize(
    ("word", "group"),
    [
        ("Oma arvio", "self"), ("Självskattning", "self"), ("Self-assessment", "self"), ("Lähiesihenkilö", "manager"),
        ("Närmaste chef", "manager"), ("Line manager", "manager"), ("Vertainen", "peer"), ("Suora alainen", "report"),
        ("Direktrapport", "report"), ("Direct report", "report"),
    ],
)  # fmt: skip
def test_words_for_raters(tmp_path: Path, word: str, group: str) -> None:
    """Rater groups as 360 tools call them in three languages."""
    text = f"reviewee_id;rater_id;rater_group;item;score\nr1;a;{word};Kuuntelee;4\n"
    assert dataset(tmp_path, text, "ratings_360").tables["ratings_360"]["rater_group"].tolist() == [group]
