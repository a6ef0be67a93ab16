"""Customers who stand for all those who gave no number: told, with what to write, and never left out by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest
from intake_support import dataset, engagement

from kohtaamo_utils.intake import read as read_all
from kohtaamo_utils.intake.large import chunks, read

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.intake import Dataset

HEAD = "customer_id;ordered_on;amount;order_id\n"


def sales(folder: Path, customers: list[str], **source: object) -> Dataset:
    """Read sales with an order of ten euros for each of these customers."""
    lines = (f"{customer};2024-01-15;10;o{number}\n" for number, customer in enumerate(customers))
    return dataset(folder, HEAD + "".join(lines), "transactions", **source)


def guests(found: Dataset) -> list[tuple[str, int]]:
    """Return who is told to be nobody in particular, and on how many rows."""
    return [(entry.value, entry.count) for entry in found.log.of("transactions", "unsettled") if entry.rule == "guest"]


NAMED = [f"c{number}" for number in range(40)]


@pytest.mark.parametrize(
    "word",
    ["Käteisasiakas", "KASSA-ASIAKAS", "satunnainen asiakas", "Kontantkund", "okänd kund", "guest", "Walk-in customer", "-"],
)  # fmt: skip
def test_a_word_for_nobody(tmp_path: Path, word: str) -> None:
    """A word for those who gave no number is told, however few rows it is on, with the rule that takes them out."""
    found = sales(tmp_path, [*NAMED, word, word])
    assert guests(found) == [(word, 2)]
    [entry] = [entry for entry in found.log.entries if entry.rule == "guest"]
    assert "(first in row 42) is on 2 of 42 rows and counts as one customer" in entry.detail
    assert f'add `missing: {{customer_id: ["{word}"]}}` to the source\'s block' in entry.detail
    assert found.log.rows_out("transactions") == 42, "no row is left out by itself"
    rest = sales(tmp_path, [*NAMED, word, word], missing={"customer_id": [word]})
    assert (guests(rest), rest.log.rows_out("transactions"), rest.log.count("transactions", "no_customer")) == (
        [],
        40,
        2,
    )


@pytest.mark.parametrize(
    ("customers", "told"),
    [
        (["12", "0", "0", "12", "13", "0"], [("0", 3)]),
        (["00000"] * 3 + ["00001"] * 2, [("00000", 3)]),
        (["0", "1", "2", "3", "0", "1", "2", "3"], []),
        (["0", *NAMED], []),
        (["9999"] * 40 + ["c1", "c1", "c2"], [("9999", 40)]),
        (["9999"] * 39 + ["c1", "c1", "c2"], []),
        (["9999"] * 20 + [f"c{number}" for number in range(380)], []),
        (["9999"] * 21 + [f"c{number}" for number in range(380)], [("9999", 21)]),
        (["c1"] * 19, []),
        (["Kassila", "Vierasjärvi Oy", "Cashmere Ab"] * 3, []),
    ],
)
def test_out_of_proportion(tmp_path: Path, customers: list[str], told: list[tuple[str, int]]) -> None:
    """Told are the number 0 on the most rows, and whoever is on over 5 % of the rows and twenty times as many as the next."""
    assert guests(sales(tmp_path, customers)) == told


def test_a_person_is_not_named(tmp_path: Path) -> None:
    """Where a heavy customer is called by a person's name or address, the log tells the row and not the name."""
    for name in ("Aino Esimerkkilä", "aino@esimerkki.fi"):
        found = sales(tmp_path, [name] * 30 + ["c1"])
        [entry] = [entry for entry in found.log.entries if entry.rule == "guest"]
        assert (entry.value, "first in row 2)" in entry.detail) == ("[…]", True)
        assert not any(part in str(entry) for part in ("Aino", "aino"))


def of_size(
    folder: Path, customers: list[str], *, large: bool, parquet: bool = False, **source: object
) -> list[tuple[str, int]]:
    """Return who is told to be nobody in a file that is held or is large."""
    rows = [(f"o{number}", customer, "2024-01-15", 10.0) for number, customer in enumerate(customers)]
    frame = pd.DataFrame(rows, columns=["order_id", "customer_id", "ordered_on", "amount"])
    if parquet:
        frame.assign(ordered_on=pd.to_datetime(frame["ordered_on"])).to_parquet(folder / "a.parquet")
    else:
        frame.to_csv(folder / "a.csv", index=False)
    file = "a.parquet" if parquet else "a.csv"
    with pytest.MonkeyPatch.context() as patch:
        for limit in ("LARGE_TEXT", "LARGE_PARQUET"):
            patch.setattr(read, limit, 1 if large else 10**12)
        patch.setattr(chunks, "SIZE", 50)
        found = read_all(engagement(folder, {"transactions": {"file": file, **source}}))
    told = guests(found)
    assert found.ledger is not None
    found.ledger.close()
    return told


@pytest.mark.parametrize("parquet", [False, True])
@pytest.mark.parametrize(
    ("guest", "rows"), [("Vieras", 30), ("0", 30), ("9999", 60), ("Walk-in customer", 30), ("9999", 11)]
)
def test_large_files_tell_them_alike(guest: str, rows: int, parquet: bool, tmp_path: Path) -> None:
    """Whether a file is held, read at once or in pieces: the same customers are told, on as many rows."""
    customers = [guest if place % 4 == 0 and place < 4 * rows else f"c{place}" for place in range(300)]
    held = of_size(tmp_path, customers, large=False, parquet=parquet)
    assert held == ([] if rows == 11 else [(guest, rows)])
    assert of_size(tmp_path, customers, large=True, parquet=parquet) == held
    in_pieces = {"missing": {"customer_id": ["x"]}}
    assert of_size(tmp_path, customers, large=True, parquet=parquet, **in_pieces) == held


def test_lines_count_in_large_files_without_orders(tmp_path: Path) -> None:
    """Without numbers of orders a day's many lines of a guest are one purchase, and are counted as lines all the same."""
    lines = [("9999", "2024-01-15", 10.0)] * 80 + [(f"c{number}", "2024-01-15", 10.0) for number in range(200)]
    frame = pd.DataFrame(lines, columns=["customer_id", "ordered_on", "amount"])
    frame.assign(ordered_on=pd.to_datetime(frame["ordered_on"])).to_parquet(tmp_path / "a.parquet")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(read, "LARGE_PARQUET", 1)
        found = read_all(engagement(tmp_path, {"transactions": {"file": "a.parquet"}}))
    assert guests(found) == [("9999", 80)]
