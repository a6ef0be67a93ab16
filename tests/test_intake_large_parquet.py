"""Large Parquet files, whatever types their columns have, give the same ledger as if they were held."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from intake_support import engagement
from large_support import COLUMNS, HEADER, ROWS, outcome, text

from kohtaamo_utils.intake.large.beginning import read_head
from kohtaamo_utils.intake.notes.findings import Findings
from kohtaamo_utils.ledger import Store

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "change",
    [
        {"Nimi": pd.to_datetime(["2024-01-05T23:30"] * len(ROWS)).tz_localize("Europe/Helsinki")},
        {"Pvm": pd.to_datetime([row[2] for row in ROWS]).tz_localize("Europe/Helsinki")},
        {"Nimi": [[row[5], "a@esimerkki.fi"] for row in ROWS]},
        {"Nimi": [True, None] * 4},
        {"Summa": [Decimal(row[3] or 0) for row in ROWS]},
        {"Summa": [1.5, float("nan")] * 4},
        {"Summa": [True] * len(ROWS)},
        {"Asiakas": [1e15, 12.0, 0.5, 7.0] * 2},
        {"Asiakas": [1, None] * 4, "Tilaus": pd.Series([1, 2, None, 4] * 2, dtype="Int64")},
        {"Asiakas": [b"C1"] * len(ROWS)},
        {"Pvm": [date(2024, 1, 5)] * len(ROWS), "Nimi": [time(12, 30)] * len(ROWS)},
        {"Pvm": [date(2024, 1, 5), date(9999, 12, 31)] * 4},
        {"nimi": [row[5] for row in ROWS]},
        {"File_Row_Number": [7] * len(ROWS)},
    ],
)
def test_odd_parquet_files_read_the_same(tmp_path: Path, change: dict[str, Any]) -> None:
    """Whatever types a Parquet file's columns have: the large way gives what the usual one gives."""
    frame = pd.DataFrame(ROWS, columns=list(HEADER)).assign(**change)
    frame.to_parquet(tmp_path / "a.parquet")
    source = {"file": "a.parquet", "columns": COLUMNS}
    assert outcome(tmp_path, source, large=True) == outcome(tmp_path, source, large=False)


@pytest.mark.parametrize(
    ("dtype", "numbers"),
    [
        ("Int8", [1, 1, None, None, None, -128, -128, 0]),
        ("Int32", [1, 1, None, None, None, -(2**31), -(2**31), 2**31 - 1]),
        ("Int64", [1, 1, None, None, None, -(2**63), -(2**63), 2**63 - 1]),
        ("UInt64", [1, 1, None, None, None, 2**64 - 1, 2**64 - 1, 0]),
    ],
)
def test_orders_with_whole_numbers(tmp_path: Path, dtype: str, numbers: list[int | None]) -> None:
    """Lines of one number are one order, however large it is; without a number a customer's lines of a day are."""
    days = [date(2024, 1, 5)] * 4 + [date(2024, 1, 6)] * 4
    orders = pd.Series(numbers, dtype=dtype)
    frame = pd.DataFrame({"Asiakas": "C1", "Tilaus": orders, "Pvm": days, "Summa": [1.0, 2, 4, 8, 16, 32, 64, 128]})
    frame.to_parquet(tmp_path / "a.parquet")
    source = {"file": "a.parquet", "columns": {name: COLUMNS[name] for name in COLUMNS if COLUMNS[name] in frame}}
    large = outcome(tmp_path, source, large=True)
    assert large == outcome(tmp_path, source, large=False)
    totals = large[0][0]
    assert (totals.orders, totals.squares) == (5, 3**2 + 12**2 + 16**2 + 96**2 + 128**2)


def test_the_first_rows_are_those_at_the_top(tmp_path: Path) -> None:
    """A Parquet file of many small parts is judged by the rows at its top, in their order, whichever part is read first."""
    frame = pd.DataFrame({"Rivi": range(5_000), "Nimi": [f"C{place}" for place in range(5_000)]})
    frame.to_parquet(tmp_path / "a.parquet", row_group_size=50)
    (source,) = engagement(tmp_path, {"transactions": {"file": "a.parquet"}}).settings.sources["transactions"]
    with Store() as store:
        head = read_head(tmp_path / "a.parquet", source, Findings("transactions", "a.parquet"), store)
    assert head is not None
    assert [row[1] for row in head.start.rows] == [f"C{place}" for place in range(500)]


NO_PANDAS = """
import sys
from pathlib import Path
from kohtaamo_utils.engagement import Engagement, EngagementSettings
from kohtaamo_utils.intake import read
from kohtaamo_utils.intake.large import read as large

large.LARGE_TEXT = large.LARGE_PARQUET = 1
source = {"file": sys.argv[2], "columns": {"customer_id": "Asiakas", "order_id": "Tilaus", "ordered_on": "Pvm", "amount": "Summa"}}
settings = EngagementSettings.model_validate({"client": "Asiakas Oy", "sources": {"transactions": source}})
ledger = read(Engagement(Path(sys.argv[1]), settings)).ledger
print(ledger.totals().orders, len(ledger.months()), len(ledger.cohorts()))
print(sorted({"numpy", "pandas", "pandera", "pyarrow"} & set(sys.modules)))
"""


@pytest.mark.parametrize("name", ["a.csv", "a.parquet"])
def test_a_plain_large_file_is_read_without_pandas(tmp_path: Path, name: str) -> None:
    """Neither pandas nor what it brings is loaded: that would be more memory than a million lines need."""
    (tmp_path / "a.csv").write_text(text(ROWS), encoding="utf-8")
    pd.DataFrame(ROWS, columns=list(HEADER)).to_parquet(tmp_path / "a.parquet")
    done = subprocess.run([sys.executable, "-c", NO_PANDAS, tmp_path, name], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["4 3 3", "[]"]


def test_not_a_parquet_file(tmp_path: Path) -> None:
    """A damaged file is told as such, not met with a traceback."""
    (tmp_path / "a.parquet").write_bytes(b"PAR1" + b"\x00" * 100)
    source = {"file": "a.parquet", "columns": COLUMNS}
    kinds = [found[0] for found in outcome(tmp_path, source, large=True)]  # type: ignore[index]
    assert kinds == ["unreadable"]
