"""`kohtaamo map` and units: what a heading states in another unit is proposed with its exact number, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from map_files import proposed, reason, sources

if TYPE_CHECKING:
    from pathlib import Path

TABLES = {
    "customers": ("Customer ID;Churned", "c{n};no"),
    "employees": ("Employee ID;Start date", "{n};{n}.2.2020"),
    "transactions": ("Customer ID;Date", "c{n};{n}.2.2025"),
}


def of(table: str, columns: str, *values: str) -> dict[str, str | bytes]:
    """Return a file of a table with these columns besides what it needs, and their values in each row."""
    head, row = TABLES[table]
    lines = "".join(f"{row.format(n=n)};{value}\n" for n, value in enumerate(values, start=1))
    return {f"{table}.csv": f"{head};{columns}\n{lines}"}


@pytest.mark.parametrize(
    ("table", "name", "heading", "number"),
    [
        ("customers", "tenure_months", "Tenure (years)", 12), ("customers", "tenure_months", "Asiakkuuden kesto vuosina", 12),
        ("customers", "tenure_months", "Asiakkuuden kesto (v)", 12), ("customers", "tenure_months", "Customer tenure, quarters", 3),
        ("transactions", "amount", "Myynti (t€)", 1000), ("transactions", "amount", "Summa (snt)", 0.01),
        ("transactions", "amount", "Amount kEUR", 1000), ("employees", "monthly_salary", "Palkka (t€/kk)", 1000),
    ],
)  # fmt: skip
def test_an_exact_number(tmp_path: Path, table: str, name: str, heading: str, number: float) -> None:
    """Where one number makes the column's unit of the heading's, the product with it is proposed."""
    found = sources(proposed(tmp_path, of(table, heading, "3", "5", "8")))
    assert found[table]["columns"][name] == {"product": [heading, number]}


@pytest.mark.parametrize(
    ("table", "name", "heading", "unit"),
    [
        ("customers", "tenure_months", "Tenure (days)", "day"), ("employees", "monthly_salary", "Lön (per år)", "year"),
        ("employees", "monthly_salary", "Palkka (€/h)", "hour"), ("employees", "monthly_salary", "Vuosipalkka", "year"),
        ("transactions", "amount", "Belopp (SEK)", "SEK"), ("transactions", "amount", "Myynti (kpl)", "piece"),
        ("transactions", "margin", "Kate-%", "per cent"), ("transactions", "margin", "Myyntikate %", "per cent"),
    ],
)  # fmt: skip
def test_no_exact_number(tmp_path: Path, table: str, name: str, heading: str, unit: str) -> None:
    """Where no number is right in any case, nothing is proposed, and the reason says the unit."""
    outcome = proposed(tmp_path, of(table, heading, "3", "5", "8"))
    assert name not in sources(outcome).get(table, {}).get("columns", {})
    assert f"the unit in its heading is {unit}, that of `{name}` is " in reason(outcome, name)


@pytest.mark.parametrize(
    ("table", "name", "heading"),
    [
        ("customers", "tenure_months", "Tenure (months)"), ("customers", "tenure_months", "Asiakkuuden kesto (kk)"),
        ("employees", "monthly_salary", "Palkka €/kk"), ("transactions", "amount", "Summa (€)"),
        ("transactions", "amount", "Amount EUR"), ("transactions", "amount", "Myynti €"),
    ],
)  # fmt: skip
def test_the_columns_own_unit(tmp_path: Path, table: str, name: str, heading: str) -> None:
    """A heading that states the column's own unit is proposed as it stands."""
    assert sources(proposed(tmp_path, of(table, heading, "3", "5", "8")))[table]["columns"][name] == heading


@pytest.mark.parametrize("heading", ["Sopimuksen kesto (kk)", "Avtalets längd (mån)", "Contract length, months"])
def test_a_contracts_length_is_no_stay(tmp_path: Path, heading: str) -> None:
    """How long a contract was made for is not proposed as how long a customer stayed, in whatever unit it is."""
    found = sources(proposed(tmp_path, of("customers", heading, "12", "24", "36")))
    assert "tenure_months" not in found.get("customers", {}).get("columns", {})


def test_the_column_of_money_beside_one_of_pieces(tmp_path: Path) -> None:
    """Of *Myynti (kpl)* and *Liikevaihto* the money is proposed."""
    found = sources(proposed(tmp_path, of("transactions", "Myynti (kpl);Liikevaihto", "3;18", "2;5", "4;10")))
    assert found["transactions"]["columns"]["amount"] == "Liikevaihto"


@pytest.mark.parametrize(
    ("price", "product"), [("Unit price (cents)", ["Qty", "Unit price (cents)", 0.01]), ("Unit price USD", None)]
)
def test_prices_of_a_product(tmp_path: Path, price: str, product: list[str | float] | None) -> None:
    """A price in cents is multiplied into the engagement's currency; one in another currency is not proposed."""
    found = sources(proposed(tmp_path, of("transactions", f"Qty;{price}", "2;300", "1;250", "3;199")))
    assert found.get("transactions", {}).get("columns", {}).get("amount") == (product and {"product": product})


@pytest.mark.parametrize(
    ("columns", "amount"),
    [
        ("Kpl;Hinta", {"product": ["Kpl", "Hinta"]}), ("Qty;Price", {"product": ["Qty", "Price"]}),
        ("Antal;Pris", {"product": ["Antal", "Pris"]}), ("Hinta;Kpl", {"product": ["Kpl", "Hinta"]}),
        ("Kpl;Hinta (snt)", {"product": ["Kpl", "Hinta (snt)", 0.01]}), ("Kpl;Hinta;Yksikköhinta", "Hinta"),
        ("Qty;Price;Total", "Total"), ("Tuotenumero;Hinta", "Hinta"),
    ],
)  # fmt: skip
def test_a_price_beside_a_quantity(tmp_path: Path, columns: str, amount: object) -> None:
    """A price beside a quantity is of each, so their product is the amount, unless the file has a plainer price or a total."""
    values = ["2;5;10", "1;4;4", "3;6;18"]
    width = columns.count(";") + 1
    rows = [";".join(value.split(";")[:width]) for value in values]
    found = sources(proposed(tmp_path, of("transactions", columns, *rows)))
    assert found["transactions"]["columns"]["amount"] == amount


@pytest.mark.parametrize(
    ("heading", "values", "proposes"),
    [
        ("Paino", ("69", "55", "102"), False), ("Vikt", ("69", "55", "102"), False), ("Weight", ("69", "55", "102"), False),
        ("Paino (kg)", ("0,9", "1,1", "1"), False), ("Paino", ("0,9", "1,1", "1"), True), ("Weight", ("0,2", "3,5", "0,8"), True),
        ("Painokerroin", ("69", "55", "102"), True), ("Viktning", ("69", "55", "102"), True), ("Survey weight", ("1", "1", "2"), True),
    ],
)  # fmt: skip
def test_weights_of_answers_and_of_people(
    tmp_path: Path, heading: str, values: tuple[str, ...], proposes: bool
) -> None:
    """A weight is of answers where the heading says so, or where it may be and the values lie around 1; never in kilograms."""
    lines = "".join(f"{day}.2.2025;{value};9\n" for day, value in enumerate(values, start=1))
    outcome = proposed(tmp_path, {"potilaskysely.csv": f"Vastausaika;{heading};NPS\n{lines}"})
    columns = sources(outcome)["survey"]["columns"]
    assert columns.get("weight") == (heading if proposes else None)
    assert columns["nps"] == "NPS"


def test_pay_beside_a_years_pay(tmp_path: Path) -> None:
    """Pay that is as large as a year's pay beside it is not written as a month's."""
    outcome = proposed(
        tmp_path, of("employees", "Total Base Pay Annualized - Amount;Base Salary", "46000;45000", "51000;52000")
    )
    assert "monthly_salary" not in sources(outcome)["employees"]["columns"]
    assert '"Total Base Pay Annualized - Amount" beside it is as large and of a year' in reason(
        outcome, "monthly_salary"
    )


def test_pay_as_large_as_a_years(tmp_path: Path) -> None:
    """Pay of no stated time that nobody is paid a month is not written as a month's."""
    outcome = proposed(tmp_path, of("employees", "Salary", "41000", "38000", "52500", "35000"))
    assert "monthly_salary" not in sources(outcome).get("employees", {}).get("columns", {})
    assert "so much is a year's pay" in reason(outcome, "monthly_salary")


def test_units_under_the_header(tmp_path: Path) -> None:
    """Units that stand in a row under the header are proposed as those in the headings."""
    found = sources(proposed(tmp_path, of("transactions", "Myynti", "3", "5", "8")))
    assert found["transactions"]["columns"]["amount"] == "Myynti"
    (tmp_path / "units").mkdir()
    file = {"t.csv": "Customer ID;Date;Myynti\n-;pvm;t€\nc1;1.2.2025;3\nc2;2.2.2025;5\nc1;3.2.2025;8\n"}
    found = sources(proposed(tmp_path / "units", file))
    assert found["transactions"]["columns"]["amount"] == {"product": ["Myynti", 1000]}
