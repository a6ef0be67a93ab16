"""Units in headings: numbers in another unit than the canonical column's are never read in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from intake_support import CUSTOMERS, check, dataset, engagement, problems, put
from large_support import COLUMNS, HEADER, ROWS, same, text

from kohtaamo_utils.intake.columns.heading_units import stated_units

if TYPE_CHECKING:
    from pathlib import Path

LENGTHS = {"customer_id": "id", "ended": "Churn"}
STAFF = {"employee_id": "id", "started_on": "Start"}
SALES = {"customer_id": "id", "ordered_on": "Pvm"}


def told(folder: Path, table: str, name: str, heading: str, **more: Any) -> list[tuple[str, str, str]]:
    """Return kind, message and advice for a column of one number under this heading."""
    columns, head, row = {
        "customers": (LENGTHS, "id;Churn", "1;no"),
        "employees": (STAFF, "id;Start", "1;1.2.2020"),
        "transactions": (SALES, "id;Pvm", "1;1.2.2025"),
        "survey": ({}, "nps", "9"),
    }[table]
    columns = {**columns, name: heading} | (
        {} if table != "customers" or name == "tenure_months" else {"tenure_months": "kk"}
    )
    content = f'{head};kk;"{heading}"\n{row};3;24\n'
    constants = CUSTOMERS if table == "survey" else {}
    found = problems(folder, content, table, columns=columns, constants=constants, **more)
    return [(problem.kind, problem.message, problem.advice) for problem in found]


@pytest.mark.parametrize(
    ("table", "name", "heading", "unit", "own", "entry"),
    [
        ("customers", "tenure_months", "Tenure (years)", "year", "month", '{product: ["Tenure (years)", 12]}'),
        ("customers", "tenure_months", "Tenure (days)", "day", "month", '{product: ["Tenure (days)", 0.03285420945]}'),
        ("customers", "tenure_months", "YearsAtCompany", "year", "month", '{product: ["YearsAtCompany", 12]}'),
        ("customers", "tenure_months", "Palvelusvuodet", "year", "month", '{product: ["Palvelusvuodet", 12]}'),
        ("customers", "tenure_months", "Kundtid, kvartal", "quarter", "month", '{product: ["Kundtid, kvartal", 3]}'),
        ("employees", "monthly_salary", "Lön (per år)", "year", "EUR a month", '{product: ["Lön (per år)", 0.08333333333]}'),
        ("employees", "monthly_salary", "Vuosipalkka", "year", "EUR a month", '{product: ["Vuosipalkka", 0.08333333333]}'),
        ("employees", "monthly_salary", "Palkka (€/h)", "hour", "EUR a month", "or leave `monthly_salary` out"),
        ("employees", "monthly_salary", "Timlön", "hour", "EUR a month", "or leave `monthly_salary` out"),
        *(("employees", "monthly_salary", heading, "week", "EUR a month", "or leave `monthly_salary` out")
          for heading in ("Viikkopalkka", "Palkka, 2 viikon jakso", "Biweekly salary", "Fortnightly pay", "Tvåveckorslön")),
        ("transactions", "amount", "Myynti (t€)", "thousand", "EUR", '{product: ["Myynti (t€)", 1000]}'),
        ("transactions", "amount", "Sales ('000 EUR)", "thousand", "EUR", "{product: [\"Sales ('000 EUR)\", 1000]}"),
        ("transactions", "amount", "Sales €m", "million", "EUR", '{product: ["Sales €m", 1000000]}'),
        ("transactions", "amount", "Summa, snt", "cent", "EUR", '{product: ["Summa, snt", 0.01]}'),
        ("transactions", "amount", "Belopp (SEK)", "SEK", "EUR", '{product: ["Belopp (SEK)", RATE]}'),
        ("transactions", "amount", "Belopp kr exkl. moms", "kr", "EUR", '{product: ["Belopp kr exkl. moms", RATE]}'),
        ("transactions", "amount", "Myynti (kpl)", "piece", "EUR", "{product: [QUANTITY, PRICE]}"),
        ("transactions", "amount", "Yksikköhinta", "piece", "EUR", "{product: [QUANTITY, PRICE]}"),
        ("customers", "annual_value", "MonthlyCharges", "month", "EUR a year", '{product: ["MonthlyCharges", 12]}'),
        ("customers", "annual_value", "Annual value (k€)", "thousand", "EUR a year", '{product: ["Annual value (k€)", 1000]}'),
        ("survey", "weight", "Paino (kg)", "kilogram or gram", "a plain number", "or leave `weight` out"),
    ],
)  # fmt: skip
def test_another_unit(tmp_path: Path, table: str, name: str, heading: str, unit: str, own: str, entry: str) -> None:
    """A heading that states another unit than its column has is a problem that says both, and what to write."""
    ((kind, message, advice),) = told(tmp_path, table, name, heading)
    assert kind == "other_unit"
    assert message == f"The unit in the heading is {unit}; that of `{name}` is {own}."
    assert entry in advice


@pytest.mark.parametrize(
    ("table", "name", "heading"),
    [
        *(("transactions", "amount", heading) for heading in (
            "Summa (€)", "Amount EUR", "Myynti €", "Sales incl. VAT", "Summa (alv 25,5 %)", "Hinta sis. alv 25,5 %", "Summa e",
            "Total (EUR, excl. VAT)", "Myynti 2025", "Belopp exkl. moms 25 %", "amount_eur", "Summa (alv 0 %)", "Rivisumma",
        )),
        *(("employees", "monthly_salary", heading) for heading in (
            "Palkka €/kk", "Palkka (€/kk)", "Lön, €/mån", "Monthly salary (full-time, 37.5 h/week)", "Palkka vuosi 2025",
            "Kuukausipalkka (100 %)", "Salary per month", "Palkka e/kk", "Kuukausipalkka 1.1.2025",
        )),
        *(("customers", "tenure_months", heading) for heading in (
            "Tenure (months)", "Kesto kk", "Asiakkuuden kesto kuukausina", "Antal månader", "Tenure", "Kesto, kk (vuosi 2025)",
        )),
        *(("customers", "annual_value", heading) for heading in ("Vuosiarvo (€)", "Annual revenue", "Laskutus 12 kk", "€/v")),
        ("survey", "weight", "Painokerroin"), ("customers", "tenure_months", "v1"), ("customers", "tenure_months", "d"),
        ("employees", "monthly_salary", "V3"), ("transactions", "amount", "h"),
    ],
)  # fmt: skip
def test_the_columns_own_unit(tmp_path: Path, table: str, name: str, heading: str) -> None:
    """Headings in the column's unit, or in none, are read; a rate of tax, a year and hours a week are no units."""
    assert told(tmp_path, table, name, heading) == []


def test_a_share_of_margin(tmp_path: Path) -> None:
    """A margin in per cent is a problem that says how it becomes money."""
    columns = {**SALES, "amount": "Summa", "margin": "Kate-%"}
    (problem,) = problems(tmp_path, "id;Pvm;Summa;Kate-%\n1;1.2.2025;200;35,5\n", "transactions", columns=columns)
    assert (problem.kind, problem.column) == ("other_unit", "Kate-%")
    assert 'margin: {product: ["Summa", "Kate-%", 0.01]}' in problem.advice
    columns["margin"] = {"product": ["Summa", "Kate-%", 0.01]}
    content = "id;Pvm;Summa;Kate-%\n1;1.2.2025;200;35,5\n"
    assert dataset(tmp_path, content, "transactions", columns=columns).tables["transactions"]["margin"].tolist() == [71]


def test_a_column_that_merely_bears_the_name_of_money(tmp_path: Path) -> None:
    """Percentages under the name of an optional amount are left unread, in files of any size; mapped by a person they are refused."""
    rows = [("1001", f"C{n}", "2025-01-05", "10.5", "60.00%", "a") for n in range(4)]
    content = text(rows, header=("order_id", "customer_id", "ordered_on", "amount", "Margin", "x"))
    ledger, counts = same(tmp_path, content, columns={})
    assert float(ledger[0].revenue) == 42  # type: ignore[index]
    assert any(detail == "Margin: not mapped, not read" for _, _, _, detail, _, _ in counts)  # type: ignore[attr-defined]
    assert {each.kind for each in problems(tmp_path, content, "transactions", columns={"margin": "Margin"})} == {
        "percent"
    }


@pytest.mark.parametrize(("number", "months"), [(12, 24), (1, 2)])
def test_a_product_with_a_number_is_taken_as_it_is(tmp_path: Path, number: float, months: float) -> None:
    """Whoever multiplies a column by a number has said what unit it is in, whatever the heading says."""
    columns = {**LENGTHS, "tenure_months": {"product": ["Tenure (years)", number]}}
    found = dataset(tmp_path, "id;Churn;Tenure (years)\n1;no;2\n", "customers", columns=columns)
    assert found.tables["customers"]["tenure_months"].tolist() == [months]


@pytest.mark.parametrize(
    ("price", "entry"),
    [("Hinta (snt)", '["Kpl", "Hinta (snt)", 0.01]'), ("Price USD", '["Kpl", "Price USD", RATE]'), ("Hinta €/kpl", "")],
)
def test_prices_of_a_product(tmp_path: Path, price: str, entry: str) -> None:
    """A product of columns alone says nothing of cents and currencies, so its prices' headings count."""
    columns = {**SALES, "amount": {"product": ["Kpl", price]}}
    found = problems(tmp_path, f"id;Pvm;Kpl;{price}\n1;1.2.2025;2;300\n", "transactions", columns=columns)
    assert [problem.kind for problem in found] == (["other_unit"] if entry else [])
    assert all(entry in problem.advice for problem in found)


def test_the_engagements_currency(tmp_path: Path) -> None:
    """A heading's currency is compared with the engagement's: crowns are read where the engagement is in them."""
    source = {
        "file": put(tmp_path, "a.csv", "id;Pvm;Belopp (SEK)\n1;1.2.2025;5\n"),
        "columns": {**SALES, "amount": "Belopp (SEK)"},
    }
    assert check(engagement(tmp_path, {"transactions": source}, currency="SEK"))[0] == ()
    assert [problem.kind for problem in check(engagement(tmp_path, {"transactions": source}))[0]] == ["other_unit"]


def test_large_files(tmp_path: Path) -> None:
    """A large file's headings are judged as a small one's."""
    header = tuple("Summa (snt)" if name == "Summa" else name for name in HEADER)
    found = same(tmp_path, text(ROWS, header=header), columns={**COLUMNS, "amount": "Summa (snt)"})
    assert [problem[0] for problem in found] == ["other_unit"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("heading", "units", "currencies"),
    [
        ("Belopp (tkr)", ("thousand",), {"SEK", "NOK", "DKK", "ISK"}), ("Myynti 1 000 €", ("thousand",), {"EUR"}),
        ("Sales (kSEK/month)", ("thousand", "month"), {"SEK"}), ("Price each", (), set()), ("TotalEUR", (), {"EUR"}),
        ("Revenue p.a.", ("year",), set()), ("Myynti (milj. €)", ("million",), {"EUR"}), ("Kesto v", ("year",), set()),
        ("Sales (1000)", ("thousand",), set()), ("Total units", ("piece",), set()), ("Summa (kpl × hinta)", (), set()),
    ],
)  # fmt: skip
def test_what_a_heading_states(heading: str, units: tuple[str, ...], currencies: set[str]) -> None:
    """Units stand in brackets, behind the name, or beside a currency; a currency's sign may be that of several."""
    stated = stated_units(heading)
    assert (stated.units, set(stated.currencies)) == (units, currencies)


@pytest.mark.parametrize(
    ("heading", "told"),
    [("Summa sis. ALV", True), ("Belopp inkl. moms", True), ("Total (incl. VAT)", True), ("Summa alv 0 %", False), ("Veroton summa", False), ("Summa", False)],
)  # fmt: skip
def test_amounts_with_tax_are_told(tmp_path: Path, heading: str, *, told: bool) -> None:
    """Money is without value added tax: a column whose heading says otherwise is taken as it is, and told of in the log; a product is a person's word."""
    content = f"id;day;{heading}\n1;1.2.2020;12.55\n"
    columns = {"customer_id": "id", "ordered_on": "day"}
    found = dataset(tmp_path, content, "transactions", columns={**columns, "amount": heading})
    details = [entry.detail for entry in found.log.of("transactions", "unsettled") if entry.rule == "vat"]
    assert len(details) == told
    assert all(f'amount: {{product: ["{heading}", 0.7968127]}}' in detail for detail in details)
    settled = {**columns, "amount": {"product": [heading, 0.7968127]}}
    found = dataset(tmp_path, content, "transactions", columns=settled)
    assert [entry for entry in found.log.of("transactions", "unsettled") if entry.rule == "vat"] == []
    assert found.ledger is not None
    assert float(found.ledger.totals().revenue) == pytest.approx(10)


STAFF_HEAD = "id;Start;Palkkalaji;Palkka"


@pytest.mark.parametrize(
    ("kinds", "pay", "row"),
    [
        (("Kuukausipalkka", "Tuntipalkka", "Kuukausipalkka"), (3000, 15, 2800), 3), (("Timlön", "Månadslön", "Månadslön"), (150, 30000, 32000), 2),
        (("Monthly pay", "Monthly pay", "Annual pay"), (3000, 3100, 36000), 4), (("Tuntipalkka",) * 3, (15, 16, 17), 2),
        (("Kuukausipalkka", "Tuntipalkka", "Kuukausipalkka"), (3000, 2500, 2800), None), (("Tuntipalkka",) * 3, (2500, 2600, 2700), None),
        (("Kuukausipalkka",) * 3, (3000, 300, 2800), None), (("kk", "h", "kk"), (3000, 15, 2800), 3),
        (("månadsavlönad", "månadsavlönad", "timavlönad"), (30000, 32000, 150), 4), (("kk", "tunti", "kk"), (3000, 0, 2800), None),
    ],
)  # fmt: skip
def test_kinds_of_pay(tmp_path: Path, kinds: tuple[str, ...], pay: tuple[float, ...], row: int | None) -> None:
    """Pay that another column calls hourly or yearly is a problem where its size bears that out."""
    lines = "".join(f"{n};1.2.2020;{kind};{money}\n" for n, (kind, money) in enumerate(zip(kinds, pay, strict=True)))
    found = problems(tmp_path, f"{STAFF_HEAD}\n{lines}", "employees", columns={**STAFF, "monthly_salary": "Palkka"})
    assert [(problem.kind, problem.row) for problem in found] == ([] if row is None else [("pay_kind", row)])


@pytest.mark.parametrize(
    ("pay", "row"),
    [
        ((2500, 14.5, 3100, 0), 3), ((15, 14.5, 16, 2600), 5), ((2500, 310000, 2700), 3), ((2500, 60, 3000, 40000), None),
        ((0, 41000, 52500, 38000), 3), ((14000, 15000, 9000), None), ((41000, 52500), None),
    ],
)  # fmt: skip
def test_pay_that_is_nobodys_of_a_month(tmp_path: Path, pay: tuple[float, ...], row: int | None) -> None:
    """Pay fifty times smaller or larger than the usual, or all of a year's size, is a problem whatever says what time it is of; a product takes it as it is."""
    text = "employee_id;started_on;Palkka;Palkkatapa\n" + "".join(
        f"{n};1.1.2020;{each};x\n" for n, each in enumerate(pay)
    )
    found = problems(tmp_path, text, "employees", columns={"monthly_salary": "Palkka"})
    assert [(problem.kind, problem.row) for problem in found] == ([] if row is None else [("pay_kind", row)])
    assert problems(tmp_path, text, "employees", columns={"monthly_salary": {"product": ["Palkka", 1]}}) == ()


@pytest.mark.parametrize(
    ("kind", "texts", "pay", "row"),
    [
        ("Frequency", ("Annual", "Annual"), (48000, 50000), 2), ("Pay Basis", ("Monthly", "Yearly"), (4000, 50000), 3),
        ("Frequency", ("Monthly", "Monthly"), (4800, 5000), None), ("Frequency", ("Annual", "Annual"), (4800, 5000), None),
        ("Sopimuskausi", ("1 vuosi", "1 vuosi"), (48000, 50000), None),
    ],
)  # fmt: skip
def test_the_time_that_pay_is_of(
    tmp_path: Path, kind: str, texts: tuple[str, str], pay: tuple[int, int], row: int | None
) -> None:
    """A column that says how often tells of what time all pay is, where its size bears that out; a product with a number settles it."""
    lines = "".join(f"{n};1.2.2020;{text};{money}\n" for n, (text, money) in enumerate(zip(texts, pay, strict=True)))
    content = f"id;Start;{kind};Base Pay\n{lines}"
    found = problems(tmp_path, content, "employees", columns={**STAFF, "monthly_salary": "Base Pay"})
    assert [(problem.kind, problem.row) for problem in found] == ([] if row is None else [("pay_kind", row)])
    if texts[0] == texts[1]:
        settled = {**STAFF, "monthly_salary": {"product": ["Base Pay", 0.0833333333]}}
        assert problems(tmp_path, content, "employees", columns=settled) == ()


@pytest.mark.parametrize(
    ("heading", "kind", "texts", "values", "told"),
    [
        ("Plan amount", "Interval", ("monthly", "yearly"), (10, 100), True), ("Hinta", "Laskutusväli", ("Vuosi", "Kuukausi"), (480, 45), True),
        ("Plan amount", "Interval", ("monthly", "yearly"), (100, 100), False), ("Vuosilaskutus", "Laskutusväli", ("Vuosi", "Kuukausi"), (480, 45), False),
        ("Arvo", "Sopimuskausi", ("24 kk", "36 kk"), (10, 100), False), ("Arvo", "Interval", ("monthly", "yearly"), (0, 100), False),
        ("Arvo", "Interval", ("monthly", "yearly"), (-90, -100), False), ("Arvo", "Interval", ("monthly", "yearly"), (-10, -100), True),
    ],
)  # fmt: skip
def test_contracts_of_which_some_are_by_the_month(
    tmp_path: Path, heading: str, kind: str, texts: tuple[str, str], values: tuple[int, int], *, told: bool
) -> None:
    """Amounts of contracts that another column calls monthly are no year's where their size bears that out; a product with 1 settles it."""
    lines = "".join(f"{n};1.2.2020;{text};{money}\n" for n, (text, money) in enumerate(zip(texts, values, strict=True)))
    content = f"id;Start;{kind};{heading}\n{lines}"
    columns = {"customer_id": "id", "started_on": "Start"}
    found = problems(tmp_path, content, "customers", columns={**columns, "annual_value": heading})
    assert [problem.kind for problem in found] == (["pay_kind"] if told else [])
    settled = {**columns, "annual_value": {"product": [heading, 1]}}
    assert problems(tmp_path, content, "customers", columns=settled) == ()


@pytest.mark.parametrize(
    ("heading", "pay", "annual", "told"),
    [("Base Salary", 45000, 46000, True), ("Base Salary", 3800, 46000, False), ("Monthly salary", 45000, 46000, False)],
)
def test_pay_beside_a_years_pay(tmp_path: Path, heading: str, pay: int, annual: int, *, told: bool) -> None:
    """Pay without a stated time that is as large as a year's pay beside it is a problem, and a product with a number settles it."""
    content = f"id;Start;Total Base Pay Annualized - Amount;{heading}\n1;1.2.2020;{annual};{pay}\n"
    found = problems(tmp_path, content, "employees", columns={**STAFF, "monthly_salary": heading})
    assert [problem.kind for problem in found] == (["pay_kind"] if told else [])
    settled = {**STAFF, "monthly_salary": {"product": [heading, 1]}}
    assert problems(tmp_path, content, "employees", columns=settled) == ()


@pytest.mark.parametrize(
    ("name", "start", "told"),
    [("Weight", 60, True), ("weight", 60, True), ("Weight", 0.5, False), ("Height", 60, False)],
)
def test_a_weight_that_nobody_mapped(tmp_path: Path, name: str, start: float, *, told: bool) -> None:
    """A column that is taken by its own name for weights of answers is a problem where its values are people's weights; a mapping settles it."""
    content = f"nps,{name}\n" + "".join(f"9,{start + step / 10}\n" for step in range(12))
    found = problems(tmp_path, content, constants=CUSTOMERS)
    assert [(problem.kind, problem.column) for problem in found] == ([("own_weight", name)] if told else [])
    assert all(f"columns: {{weight: {name}}}" in problem.advice for problem in found)
    mapped = {} if name == "Height" else {"weight": name}
    assert problems(tmp_path, content, constants=CUSTOMERS, columns=mapped) == ()


def test_a_row_of_units_counts_as_the_headings(tmp_path: Path) -> None:
    """A row under the header that holds units and nothing else is no data: it is logged, and its units are the headings'."""
    columns = {"employee_id": "Nro", "started_on": "Alku", "monthly_salary": "Palkka", "role": "Rooli"}
    content = "Nro;Alku;Palkka;Rooli\n-;pvm;{unit};\n1;1.2.2020;3000;\n2;3.4.2021;3100,50;h\n"
    found = dataset(tmp_path, content.format(unit="€/kk"), "employees", columns=columns)
    assert found.tables["employees"]["monthly_salary"].tolist() == [3000, 3100.5]
    said = "row 2 under the header explains Palkka: €/kk"
    assert said in [entry.detail for entry in found.log.entries if entry.rule == "legend"]
    (problem,) = problems(tmp_path, content.format(unit="€/h"), "employees", columns=columns)
    assert (problem.kind, problem.column) == ("other_unit", "Palkka")
    assert problem.message == "The unit in the heading is hour; that of `monthly_salary` is EUR a month."


@pytest.mark.parametrize(
    "rows",
    ["1;kpl\n2;€\n", "1;k\n2;e\n", "kpl;kg\nkg;kpl\n", "kpl;\nhyvä;1\n", "kpl;€\n"],
    ids=["a value beside", "one letter", "units below", "one word", "nothing below"],
)
def test_units_that_are_values_stay(tmp_path: Path, rows: str) -> None:
    """Where units are what the column holds, or may be, the first row is a row as any other."""
    columns = {"text": "Havainto", "kind": "Laji"}
    found = dataset(tmp_path, f"Havainto;Laji\n{rows}", "observations", columns=columns)
    assert len(found.tables["observations"]) == rows.count("\n")


def test_one_letter_over_figures_is_a_unit(tmp_path: Path) -> None:
    """A letter that would be an answer over words is the unit of a column of figures."""
    columns = {"customer_id": "id", "tenure_months": "Kesto", "ended": "Loppu"}
    (problem,) = problems(tmp_path, "id;Kesto;Loppu\n;v;\n1;3;ei\n2;4,5;kyllä\n", "customers", columns=columns)
    assert (problem.kind, problem.column) == ("other_unit", "Kesto")
    assert "The unit in the heading is year" in problem.message


def test_a_row_of_units_in_a_large_file(tmp_path: Path) -> None:
    """A large file's row of units is heard as a small one's is."""
    units = ("", "", "pvm", "€", "€", "")
    counts = same(tmp_path, text([units, *ROWS]))[1]
    assert [key[3] for key in counts if key[2] == "legend"] == [
        "row 2 under the header explains Pvm: pvm",
        "row 2 under the header explains Summa: €",
        "row 2 under the header explains Kate: €",
    ]
    ((kind, *_, message),) = same(tmp_path, text([("", "", "pvm", "snt", "€", ""), *ROWS]))
    assert (kind, message) == ("other_unit", "The unit in the heading is cent; that of `amount` is EUR.")
