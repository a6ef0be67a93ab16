"""Numbers, dates, yes and no, and choices as people of three languages write them."""

from __future__ import annotations

import datetime as dt

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from kohtaamo_utils.intake.values.equality import equal
from kohtaamo_utils.intake.values.parse_dates import parse_dates
from kohtaamo_utils.intake.values.parse_numbers import parse_numbers
from kohtaamo_utils.intake.values.vocabulary import NO_ANSWER, parse_choices, parse_flags, words_of
from kohtaamo_utils.tables import TABLES


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1234.5", 1234.5),
        ("1234,5", 1234.5),
        ("1 234,50", 1234.5),
        ("1\u00a0234,50", 1234.5),
        ("1\u202f234\u202f567,8", 1234567.8),
        ("1.234,50", 1234.5),
        ("1,234.50", 1234.5),
        ("1,234,567", 1234567),
        ("1.234.567", 1234567),
        ("\u22125", -5),
        ("-5", -5),
        ("+5", 5),
        ("0,123", 0.123),
        ("1234,567", 1234.567),
        (".5", 0.5),
        ("1e3", 1000),
        ("1'234.50", 1234.5),
        ("1\u2019234\u2019567,8", 1234567.8),
        ("-1'234", -1234),
        ("1'234,567", 1234.567),
        ("2,5E-01", 0.25),
        (" 7 ", 7),
    ],
)
def test_number(text: str, number: float) -> None:
    """A number is read whichever way it is grouped, signed and marked."""
    assert parse_numbers([text]).found == [number]


@pytest.mark.parametrize(
    "text",
    [
        "hyvä",
        "1 2",
        "12 34",
        "1,2,3",
        "--5",
        "5 €",
        "5--",
        "(5",
        "1234 567",
        "inf",
        "nan",
        "1.2.3",
        ".",
        "١",
        "1'23",
        "1'234 567",
        "'12",
    ],
)
def test_not_a_number(text: str) -> None:
    """What is not quite a number is refused rather than mended."""
    parsed = parse_numbers([text])
    assert parsed.found == [None]
    assert parsed.wrong[0].kind == "not_a_number"


@pytest.mark.parametrize("text", ["5 %", "5%", "5\u00a0%", "12,5 %"])
def test_percentage(text: str) -> None:
    """A percentage is refused, since it may mean 5 or 0.05."""
    assert parse_numbers([text]).wrong[0].kind == "percent"


@pytest.mark.parametrize("text", ["1,234", "1.234", "-12,500"])
def test_ambiguous_number_asks(text: str) -> None:
    """A number that may be thousands or a fraction makes its column unclear, unless a setting decides."""
    unclear = parse_numbers([text, "7"]).unclear
    assert unclear is not None
    assert unclear.kind == "ambiguous_numbers"
    assert parse_numbers([text], ",").unclear is None


def test_column_decides_the_decimal_mark() -> None:
    """One value that reads one way only decides for those that read both ways."""
    assert parse_numbers(["1,234", "2,5"]).found == [1.234, 2.5]
    assert parse_numbers(["1,234", "2.5"]).found == [1234, 2.5]
    assert parse_numbers(["1.234", "2,5"]).found == [1234, 2.5]


def test_decimal_setting_rules() -> None:
    """With a decimal mark given, the other mark can only group."""
    assert parse_numbers(["1,234"], ".").found == [1234]
    assert parse_numbers(["1,234"], ",").found == [1.234]
    assert parse_numbers(["2.5"], ",").found == [None]


def test_true_numbers_pass() -> None:
    """A number that Excel itself holds is never read as text, whatever the column's mark."""
    assert parse_numbers([1.234, "2,5", 7]).found == [1.234, 2.5, 7]


AMOUNTS = st.lists(st.integers(-(10**11), 10**11).map(lambda cents: cents / 100), min_size=1, max_size=8)


@given(numbers=AMOUNTS, locale=st.sampled_from(["fi", "sv", "en"]))
def test_numbers_round_trip(numbers: list[float], locale: str) -> None:
    """Amounts written as Finnish, Swedish or English texts are read back as they were."""
    texts = [format_decimal(number, "#,##0.00", locale=locale) for number in numbers]
    assert parse_numbers(list(texts)).found == pytest.approx(numbers)


def test_equal_numbers_and_texts() -> None:
    """A value to be matched matches as a trimmed text, case apart, and numbers by their amount."""
    cells = ["11", " 11.0", "11,0", 11.0, "111", "Blank", " blank ", ""]
    assert equal(cells, 11) == [True, True, True, True, False, False, False, False]
    assert equal(cells, "11") == equal(cells, 11)
    assert equal(cells, "Blank") == [False, False, False, False, False, True, True, False]
    assert equal(["1.1.1980", "1980-01-01 00:00:00"], dt.date(1980, 1, 1)) == [True, True]


@pytest.mark.parametrize(
    "text",
    [
        *("2025-07-04", "2025-7-4", "2025-07-04 13:45:00", "2025-07-04T13:45:00.123Z", "2025-07-04T13:45+03:00"),
        *("20250704", "4.7.2025", "04.07.2025", "4.7.2025 16.42", "4.7.2025 klo 16.42", "4.7.2025 16:42:36", "4.7.25"),
        *("2025/07/04 4:42:36 PM GMT+2", "2025/07/04"),
    ],
)
def test_date_that_reads_one_way(text: str) -> None:
    """Dates that can mean one day only are read without asking."""
    assert parse_dates([text]).found == [dt.date(2025, 7, 4)]


@pytest.mark.parametrize("text", ["31.2.2025", "2025-02-29", "20251301", "0.5.2025", "45/13/2025", "45842"])
def test_impossible_date(text: str) -> None:
    """A day that the calendar lacks, and a bare serial number, are refused."""
    parsed = parse_dates([text])
    assert parsed.found == [None]
    assert parsed.wrong[0].kind == "not_a_date"


def test_column_decides_the_order() -> None:
    """One date whose day is over twelve decides for the column."""
    assert parse_dates(["4/7/2025", "13/7/2025"]).found[0] == dt.date(2025, 7, 4)
    assert parse_dates(["4/7/2025", "7/13/2025"]).found[0] == dt.date(2025, 4, 7)
    assert parse_dates(["7/2/20 11:00:22", "8/20/25 12:51:45"]).found[0] == dt.date(2020, 7, 2)
    assert parse_dates(["4/7/2025", "13/7/2025"]).inferred == "dates d/m/yyyy"
    assert parse_dates(["Jul 13, 2025", "Jul 4, 2025"]).inferred == ""


@pytest.mark.parametrize(("cell", "day"), [(45296, "2024-01-05"), ("45296,75", "2024-01-05"), (60000.0, "2064-04-08")])
def test_a_spreadsheets_day_number(cell: str | float, day: str) -> None:
    """A number that a spreadsheet keeps for a day is no date, but the message says which day it may be and what to do."""
    [wrong] = parse_dates([cell]).wrong.values()
    assert (wrong.kind, wrong.message.endswith(f"the day {day}.")) == ("not_a_date", True)
    assert wrong.advice.startswith("Format the column as dates in the spreadsheet")


@pytest.mark.parametrize("cell", ["00100", 100, 99999, "4529", "452961"])
def test_a_number_that_is_no_day(cell: str | float) -> None:
    """A postal code or another number is not taken for a day of a spreadsheet."""
    assert "spreadsheet" not in parse_dates([cell]).wrong[0].message


def test_impossible_date_does_not_undo_the_order() -> None:
    """In a column of day/month dates, an impossible one is a problem of its own."""
    parsed = parse_dates(["13/7/2025", "31/2/2025"])
    assert parsed.unclear is None
    assert list(parsed.wrong) == [1]


def test_ambiguous_order_asks() -> None:
    """Where no date decides, or they contradict each other, the column is unclear."""
    assert parse_dates(["4/7/2025"]).unclear is not None
    assert parse_dates(["13/7/2025", "7/13/2025"]).unclear is not None
    assert parse_dates(["5/5/2025"]).found == [dt.date(2025, 5, 5)]


def test_order_setting_rules() -> None:
    """With the order given, nothing is asked; dots are day, month, year in any case."""
    assert parse_dates(["4/7/2025"], "dmy").found == [dt.date(2025, 7, 4)]
    assert parse_dates(["4/7/2025", "4.7.2025"], "mdy").found == [dt.date(2025, 4, 7), dt.date(2025, 7, 4)]
    assert parse_dates(["25/7/4"], "ymd").found == [dt.date(2025, 7, 4)]


@pytest.mark.parametrize("text", ["2025-07", "7/2025", "07.2025", "202507", "2025/7"])
def test_month(text: str) -> None:
    """A month without a day is its first day where a month is asked for, and no date elsewhere."""
    assert parse_dates([text], months=True).found == [dt.date(2025, 7, 1)]
    assert parse_dates([text]).found == [None]


DAYS = st.lists(st.dates(dt.date(1950, 1, 1), dt.date(2099, 12, 31)), min_size=1, max_size=8)


@given(days=DAYS, form=st.sampled_from(["%d.%m.%Y", "%Y-%m-%d", "%Y%m%d", "%Y-%m-%d %H:%M:%S"]))
def test_dates_round_trip(days: list[dt.date], form: str) -> None:
    """Days written in any form that reads one way only are read back as they were."""
    assert parse_dates([day.strftime(form) for day in days]).found == days


@given(days=DAYS)
def test_slashed_dates_are_right_or_refused(days: list[dt.date]) -> None:
    """A column of day/month dates is read rightly or found unclear, never read wrongly."""
    parsed = parse_dates([day.strftime("%d/%m/%Y") for day in days])
    assert parsed.unclear is not None or parsed.found == days


@given(days=DAYS, order=st.sampled_from([("dmy", "%d/%m/%Y"), ("mdy", "%m/%d/%Y")]))
def test_ordered_dates_round_trip(days: list[dt.date], order: tuple[str, str]) -> None:
    """With the order given, every day is read back as it was."""
    assert parse_dates([day.strftime(order[1]) for day in days], order[0]).found == days


def test_flags() -> None:
    """Yes and no are known in three languages, in Excel's words and as digits; anything else is refused."""
    assert parse_flags(["Yes", "kyllä", "JA", "TOSI", "TRUE", 1, "k"]).found == [True] * 7
    assert parse_flags(["No", "ei", "Nej", "EPÄTOSI", "false", 0.0, "e"]).found == [False] * 7
    parsed = parse_flags(["ehkä", ""])
    assert parsed.found == [None, None]
    assert list(parsed.wrong) == [0]


@pytest.mark.parametrize(
    ("name", "yes", "no"),
    [
        ("ended", ["Päättynyt", "Irtisanottu", "Terminated", "Avslutad", "kyllä", "Voluntarily Terminated", "Expired"], ["Aktiivinen", "Active", "Pågående", "ei", "Stayed", "Leave of Absence"]),
        ("treated", ["Pilotti", "Koeryhmä", "Treatment", "1"], ["Verrokki", "Control", "Kontrollgrupp", "0"]),
        ("after", ["Jälkeen", "Post", "Efter"], ["Ennen", "Before", "Före"]),
    ],
)  # fmt: skip
def test_flags_in_a_columns_own_words(name: str, yes: list[str], no: list[str]) -> None:
    """A state, a group or a phase is a yes or a no in its own column, and neither in another, or where it says nothing sure."""
    assert parse_flags([*yes, *no], name).found == [True] * len(yes) + [False] * len(no)
    assert len(parse_flags([*yes, *no], "critical").wrong) == len(yes) + len(no) - 2 * (name != "after")
    assert list(parse_flags(["Tauolla", "Inactive", "Aikana"], name).wrong) == [0, 1, 2]


@pytest.mark.parametrize(
    ("table", "column", "words"),
    [
        ("survey", "respondent_group", {"Asiakas": "customer", "medarbetare": "employee", "esihenkilö": "supervisor"}),
        ("survey", "phase", {"ennen": "before", "under": "during", "jälkeen": "after"}),
        ("survey", "perspective", {"koettu": "experienced", "uskottu": "believed", "förväntad": "expected"}),
        ("ratings_360", "rater_group", {"itse": "self", "chef": "manager", "kollega": "peer", "alainen": "report"}),
        (
            "ratings_360",
            "rater_group",
            {"Jag själv": "self", "Co-worker": "peer", "Direktrapporterande": "report", "Sisäinen asiakas": "customer"},
        ),
        ("mystery_shopping", "element", {"Aktiivinen kuunteleminen": "listening", "förtroende": "trust"}),
    ],
)
def test_choice_words(table: str, column: str, words: dict[str, str]) -> None:
    """A choice may be written by its word in Finnish, Swedish or English."""
    rule = TABLES[table].columns[column]
    assert parse_choices(list(words), column, rule.choices).found == list(words.values())


def test_every_choice_has_words_that_lead_to_it() -> None:
    """No vocabulary leads outside its column's choices, and each choice is known in more than its code."""
    for table in TABLES.values():
        for name, rule in table.columns.items():
            words = words_of(name, rule.choices)
            assert set(words.values()) == set(rule.choices), name
            assert all(list(words.values()).count(choice) >= 3 for choice in rule.choices), name


def test_no_answer_words_are_lower_case() -> None:
    """Words for no answer are compared in lower case, so each is written so."""
    assert all(word == word.casefold() for word in NO_ANSWER)
