"""What a batch remembers gives each report what reading the files anew would give."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from intake_support import engagement
from large_support import COLUMNS, ROWS, figures, text

from kohtaamo_utils.intake import memory, read
from kohtaamo_utils.intake.large import read as large

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.engagement import Engagement


@pytest.fixture(autouse=True)
def _forget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_remembered", {})


def sales(folder: Path) -> Engagement:
    """Return an engagement with sales in two files, one of which has units."""
    (folder / "a.csv").write_text(text(ROWS), encoding="utf-8")
    (folder / "b.csv").write_text(text(ROWS[:6]).replace("2024", "2020"), encoding="utf-8")
    blocks = [{"file": "a.csv", "columns": COLUMNS}, {"file": "b.csv", "columns": {**COLUMNS, "unit": "Nimi"}}]
    return engagement(folder, {"transactions": blocks})


def test_remembered_sales_are_those_of_the_files(tmp_path: Path) -> None:
    """Figures, units, log and fingerprints of remembered sales are those of sales that are read anew."""
    client = sales(tmp_path)
    memory.remember(client, read(client))
    recalled, anew = memory.recalled(client, ["transactions"]), read(client)
    assert recalled is not None
    assert figures(recalled.ledger) == figures(anew.ledger)
    assert (recalled.log, recalled.inputs, recalled.names) == (anew.log, anew.inputs, anew.names)


def test_sales_too_large_to_hold_are_not_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large file's sales are read by each report that needs them; the memory says that it has none."""
    monkeypatch.setattr(large, "LARGE_TEXT", 1)
    client = sales(tmp_path)
    memory.remember(client, read(client))
    assert memory.recalled(client, ["transactions"]) is None


def test_two_reports_of_a_batch_share_no_ledger(tmp_path: Path) -> None:
    """Each recalling makes a ledger of its own: closing one leaves the other as it is."""
    client = sales(tmp_path)
    memory.remember(client, read(client))
    first, second = (memory.recalled(client, ["transactions"]) for _ in range(2))
    assert first is not None
    assert second is not None
    assert first.ledger is not None
    first.ledger.close()
    assert second.ledger is not None
    assert second.ledger.days() == (date(2020, 1, 5), date(2025, 1, 31))
