"""Large Parquet files, whatever types their columns have, give the same ledger as if they were held."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from large_support import COLUMNS, HEADER, ROWS, outcome, text

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
    ],
)
def test_odd_parquet_files_read_the_same(tmp_path: Path, change: dict[str, Any]) -> None:
    """Whatever types a Parquet file's columns have: the large way gives what the usual one gives."""
    frame = pd.DataFrame(ROWS, columns=list(HEADER)).assign(**change)
    frame.to_parquet(tmp_path / "a.parquet")
    source = {"file": "a.parquet", "columns": COLUMNS}
    assert outcome(tmp_path, source, large=True) == outcome(tmp_path, source, large=False)


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
