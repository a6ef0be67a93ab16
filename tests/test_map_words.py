"""What `kohtaamo map` reads from names: headings, answer scales in them, files and sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from map_files import proposed, sources

from kohtaamo_utils.intake.proposing import WRITTEN_FROM
from kohtaamo_utils.intake.proposing.names import groups_named, heading_fit, phrases
from kohtaamo_utils.intake.proposing.scales import scale_named
from kohtaamo_utils.tables import TABLES

if TYPE_CHECKING:
    from pathlib import Path


def test_words_are_of_the_tables() -> None:
    """Each canonical column has words for its heading, so none can be forgotten."""
    silent = [
        (table.name, name) for table in TABLES.values() for name in table.columns if not phrases(table.name, name)
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("table", "column", "heading"),
    [
        ("transactions", "customer_id", "Asiakasnro."), ("transactions", "ordered_on", "Tilauspäivä"),
        ("transactions", "ordered_on", "Laskupvm"), ("transactions", "ordered_on", "Posting Date"), ("transactions", "ordered_on", "Created (UTC)"),
        ("transactions", "order_id", "Tositenro."), ("customers", "started_on", "Asiakkuus alkanut"), ("customers", "ended_on", "Canceled at"),
        ("employees", "started_on", "Anställd fr.o.m."), ("employees", "ended_on", "Palvelussuhteen päättymispäivä"),
        ("employees", "started_on", "DateofHire"), ("employees", "ended_on", "ExitDate"), ("transactions", "amount", "Total Spent"),
        ("employees", "employee_id", "Anst.nr"), ("employees", "ended_on", "Avgångsdatum"), ("transactions", "amount", "Nettovärde"),
        ("transactions", "ordered_on", "Faktdatum"), ("employees", "employee_id", "Henkilönumero"), ("customers", "started_on", "Avtalets start"),
        ("survey", "heard", "Jag kände mig hörd (1–5)"), ("survey", "comment", "Vapaa sana ja kehitysideat"),
        ("survey", "csat", "Hur nöjd är du med vår service?"), ("survey", "ces", "How easy was it to get help? (1-7)"),
        ("survey", "nps", "Kuinka todennäköisesti suosittelet meitä ystävälle tai työkaverille?"), ("survey", "heard", "Minut kuultiin"),
        ("survey", "understood", "Minua ymmärrettiin"), ("survey", "valued", "Minua arvostettiin"), ("survey", "response_id", "Vastaajan ID"),
        ("survey", "enps", "Kuinka todennäköisesti suosittelet meitä työpaikkana?"),
        ("survey", "answered_on", "Submission Date"), ("survey", "answered_on", "survey_date"), ("survey", "nps", "NPS_Score"),
        ("survey", "csat", "satisfaction_score"), ("ratings_360", "reviewee_name", "Evaluatee Name"),
        ("survey", "nps", "How likely are you to *recommend* us?"), ("survey", "csat", "<strong>How satisfied</strong> are you&nbsp;with us?"),
    ],
)  # fmt: skip
def test_headings_in_three_languages(table: str, column: str, heading: str) -> None:
    """Usual headings are sure enough to be written."""
    assert heading_fit(table, column, heading).confidence >= WRITTEN_FROM


@pytest.mark.parametrize(
    ("table", "column", "heading"),
    [
        ("survey", "csat", "JobSatisfaction"), ("survey", "nps", "Kuinka todennäköisesti suosittelisit meitä työpaikkana?"),
        ("transactions", "unit", "UnitPrice"), ("survey", "response_id", "Customer ID"), ("employees", "role", "Roolikuvaus pitkä"),
        ("customers", "ended_on", "Sopimuskausi päättyy"), ("employees", "ended_on", "Poissaolo päättyy"), ("transactions", "ordered_on", "Eräpäivä"),
    ],
)  # fmt: skip
def test_headings_that_only_share_a_word(table: str, column: str, heading: str) -> None:
    """A heading that shares a word with another thing's name is not sure enough."""
    assert heading_fit(table, column, heading).confidence < WRITTEN_FROM


def test_names_of_groups() -> None:
    """The words of a name tell who answered."""
    assert groups_named(["Medarbetarenkät 2025"]) == ("employee",)
    assert groups_named(["Taul1"]) == ()


@pytest.mark.parametrize(
    ("heading", "scale"),
    [
        ("Asteikolla 1-5.", (1, 5)), ("(0–10)", (0, 10)), ("0...10", (0, 10)), ("from 1 to 7", (1, 7)), ("1 till 5", (1, 5)),
        ("1 = huono, 5 = hyvä", (1, 5)), ("(10 is the highest)", (None, 10)), ("2024-2025", None), ("Osa 2-3", None), ("", None),
    ],
)  # fmt: skip
def test_scales_in_headings(heading: str, scale: tuple[int | None, int] | None) -> None:
    """A heading's scale is read as people write it; years and other ranges are none."""
    assert scale_named(heading) == scale


@pytest.mark.parametrize(
    ("number", "other", "sure"),
    [("Asiakasnumero", "Asiakas", True), ("Customer ID", "Customer", True), ("Kundnr", "Customer", False), ("Customer ref", "Customer", False)],
)  # fmt: skip
def test_a_number_beside_what_it_numbers(tmp_path: Path, number: str, other: str, *, sure: bool) -> None:
    """Of a customer and the customer's number the number tells customers apart; two other headings that fit as well stay in doubt."""
    content = f"{number};{other};Laskupvm;Summa\n" + "".join(
        f"{n % 9};Yritys {n % 9} Oy;{n + 1}.1.2025;5,50\n" for n in range(20)
    )
    columns = sources(proposed(tmp_path, {"laskut.csv": content})).get("transactions", {}).get("columns", {})
    assert columns.get("customer_id") == (number if sure else None)


def test_two_columns_that_are_the_same_are_no_doubt(tmp_path: Path) -> None:
    """Of two headings that fit as well and hold the same on every row the first is taken: subscriptions were proposed as orders for want of a start."""
    head = "id,Customer ID,Plan,Interval,Amount,Status,Created (UTC),Start (UTC),Start Date (UTC),Canceled At (UTC)\n"
    lines = [
        f"s{n},c{n},Basic,month,19.00,active,2024-01-{n + 1:02d},2024-02-{n + 1:02d},2024-02-{n + 1:02d},\n"
        for n in range(20)
    ]
    (table, block), *others = sources(proposed(tmp_path, {"subscriptions.csv": head + "".join(lines)})).items()
    assert (table, block["columns"]["started_on"], others) == ("customers", "Start (UTC)", [])
    lines[3] = lines[3].replace("2024-02-04", "2024-02-05", 1)
    assert "customers" not in sources(proposed(tmp_path, {"subscriptions.csv": head + "".join(lines)}))


def test_what_ends_is_no_order(tmp_path: Path) -> None:
    """Contracts that have a day when they end are proposed as such whatever the file is called; an order has no end."""
    lines = [f"c{n};2024-01-{n + 1:02d};2024-01-{n + 2:02d};{'2024-06-30' * (n % 2)};19.00\n" for n in range(20)]
    content = "Customer ID;Created;Start;End date;Amount\n" + "".join(lines)
    assert list(sources(proposed(tmp_path, {"lista.csv": content}))) == ["customers"]
