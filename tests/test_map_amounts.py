"""`kohtaamo map` and amounts: the canonical ones are without VAT and after discounts, and what may not be is left to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from map_files import proposed, reason, sources

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "Order ID;Customer ID;Date;"
FIRST, SECOND = "1;c1;15.1.2024;", "2;c2;16.1.2024;"


def sales(columns: str, first: str, second: str) -> dict[str, str | bytes]:
    """Return a file of two orders with these columns besides who bought and when."""
    return {"sales.csv": f"{HEAD}{columns}\n{FIRST}{first}\n{SECOND}{second}\n"}


@pytest.mark.parametrize(
    ("columns", "first", "second", "amount"),
    [
        ("Veroton hinta;ALV;Yhteensä", "10,00;2,55;12,55", "20,00;5,10;25,10", "Veroton hinta"),
        ("Totalt;Moms;Belopp exkl. moms", "12,50;2,50;10", "25;5;20", "Belopp exkl. moms"),
        ("Netto;Moms;Totalt", "10;2,50;12,50", "20;5;25", "Netto"),
        ("Total incl. VAT;Total (excl. VAT)", "12.55;10", "25.1;20", "Total (excl. VAT)"),
        ("Summa;ALV;Yhteensä", "10,00;2,55;12,55", "20,00;5,10;25,10", "Summa"),
        ("Summa;ALV-%;Yhteensä", "10,00;25,5;12,55", "20,00;14;22,80", "Summa"),
        ("Yhteensä", "12,55", "25,10", "Yhteensä"),
        ("Yhteensä;ALV", "12,55;", "25,10;", "Yhteensä"),
    ],
)
def test_the_amount_without_vat(tmp_path: Path, columns: str, first: str, second: str, amount: str) -> None:
    """Of several amounts the one without VAT is proposed, by its heading or because another is its sum with the tax."""
    assert sources(proposed(tmp_path, sales(columns, first, second)))["transactions"]["columns"]["amount"] == amount


def test_one_file_of_two_without_a_sure_amount(tmp_path: Path) -> None:
    """Sales whose amount is left to a person are not compared with another file's, and are proposed without it."""
    files = sales("Totalt;Moms", "12,50;2,50", "25;5") | {"b.csv": f"{HEAD}Summa\n3;c3;17.1.2024;30\n"}
    found = sources(proposed(tmp_path, files))["transactions"]
    assert [(block["file"], "amount" in block["columns"]) for block in found] == [
        ("data/b.csv", True),
        ("data/sales.csv", False),
    ]


@pytest.mark.parametrize(
    ("columns", "first", "second", "why"),
    [
        ("order_total;tax_total", "129.20;24.20", "29.20;5.20", 'it stands beside "tax_total", so VAT may be in it'),
        ("Yhteensä;ALV 25,5 %", "12,55;2,55", "25,10;5,10", 'it stands beside "ALV 25,5 %", so VAT may be in it'),
        ("Summa (sis. ALV)", "12,55", "25,10", "its heading says that it is with VAT"),
        ("Belopp inkl moms", "12,55", "25,10", "its heading says that it is with VAT"),
        ("Quantity;Unit price;VAT", "2;10;4", "1;20;5", 'it stands beside "VAT"'),
        ("Gross;Fee;Net", "12.55;-0.55;12", "25.1;-1.1;24", 'it stands beside "Fee", which may be taken off it'),
    ],
)
def test_an_amount_that_vat_may_be_in(tmp_path: Path, columns: str, first: str, second: str, why: str) -> None:
    """Where no amount is known to be without VAT, or it may be what a payment service pays out, none is written, and it is said why."""
    outcome = proposed(tmp_path, sales(columns, first, second))
    assert "amount" not in sources(outcome).get("transactions", {}).get("columns", {})
    assert why in reason(outcome, "amount")


@pytest.mark.parametrize(
    ("columns", "first", "second", "amount"),
    [
        ("Quantity;Unit price;Discount;Line total", "2;10;5;15", "1;10;0;10", "Line total"),
        ("Quantity;Unit price;Discount", "2;10;5", "1;10;0", None),
        ("Quantity;Unit price;Discount", "2;10;0", "1;10;0", {"product": ["Quantity", "Unit price"]}),
        ("Quantity;Unit price excl. VAT;VAT", "2;10;5", "1;10;2.5", {"product": ["Quantity", "Unit price excl. VAT"]}),
        ("Quantity;Unit price;Sales;Revenue", "2;10;15;14", "1;10;10;9", None),
        ("Quantity;Unit price;Sales;Revenue", "2;10;20;14", "1;10;10;9", {"product": ["Quantity", "Unit price"]}),
    ],
)
def test_a_product_beside_a_total(tmp_path: Path, columns: str, first: str, second: str, amount: object) -> None:
    """Quantity times price is an amount only if no total differs from it and no discount is left out of it."""
    found = sources(proposed(tmp_path, sales(columns, first, second))).get("transactions", {}).get("columns", {})
    assert found.get("amount") == amount


@pytest.mark.parametrize("of_the_row", [True, False])
def test_a_price_of_all_pieces_of_a_row(tmp_path: Path, of_the_row: bool) -> None:
    """A price that is, divided by the quantity, what one piece costs elsewhere is not multiplied: sums would be as many times too large."""
    costs = [4.25, 19.9, 310.0]
    lines = [
        f"{n};c{n};{n % 28 + 1}.1.2024;{n % 5 + 1};{costs[n % 3] * (n % 5 + 1 if of_the_row else 1):.2f}\n"
        for n in range(30)
    ]
    outcome = proposed(tmp_path, {"sales.csv": f"{HEAD}Quantity;Price\n{''.join(lines)}"})
    found = sources(outcome).get("transactions", {}).get("columns", {}).get("amount")
    assert found == (None if of_the_row else {"product": ["Quantity", "Price"]})
    assert not of_the_row or '"Price" grows with the quantity' in reason(outcome, "amount")


@pytest.mark.parametrize(("values", "unit"), [(("ea", "kg"), "Location"), (("Kamppi", "Sello"), "Unit")])
def test_what_goods_are_counted_in_is_no_shop(tmp_path: Path, values: tuple[str, str], unit: str) -> None:
    """A column *Unit* of units of measure is not taken for the shops, which another column names."""
    first, second = (f"{value};Turku;10" for value in values)
    found = sources(proposed(tmp_path, sales("Unit;Location;Amount", first, second)))["transactions"]["columns"]
    assert found["unit"] == unit
