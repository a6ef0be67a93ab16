"""The same sales read as a large file and as one that is held; tests compare the two."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from intake_support import engagement

from kohtaamo_utils.intake import check
from kohtaamo_utils.intake.large import read

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.ledger import Ledger

COLUMNS = {"customer_id": "Asiakas", "order_id": "Tilaus", "ordered_on": "Pvm", "amount": "Summa", "margin": "Kate"}
HEADER = ("Tilaus", "Asiakas", "Pvm", "Summa", "Kate", "Nimi")
ROWS = [
    ("1001", "C1", "2024-01-05", "10.50", "2.5", "kahvi"),
    ("1001", "C1", "2024-01-05", "4", "", "pulla, iso"),
    ("1002", "C2", "2024-02-29", "-3.25", "-1", 'tee "musta"'),
    ("", "C2", "2024-03-01", "8.00", "2", "vesi"),
    ("", "C2", "2024-03-01", "1.10", "0.5", "vesi"),
    ("1003", "", "2024-03-02", "99.00", "9", "käteinen"),
    ("1004", "007", "2025-01-31", "0.1", "0.05", "muki"),
    ("1005", "7", "2025-01-31", "0.2", "0.05", "muki"),
]
WINDOW = (date(2024, 1, 1), date(2024, 12, 31))
ALWAYS = (date(1901, 1, 1), date(2100, 12, 31))
NEXT = (date(2025, 1, 1), date(2025, 12, 31))


def text(rows: list[tuple[str, ...]], separator: str = ",", header: tuple[str, ...] = HEADER) -> str:
    """Return rows as CSV, quoted where they must be."""

    def field(value: str) -> str:
        needed = any(sign in value for sign in f'{separator}"\n')
        return '"' + value.replace('"', '""') + '"' if needed else value

    return "".join(separator.join(map(field, row)) + "\n" for row in (header, *rows))


def figures(ledger: Ledger | None) -> tuple[object, ...]:
    """Return all that a ledger tells."""
    assert ledger is not None
    counts = (ledger.totals(), ledger.last_day(), ledger.retained(WINDOW, NEXT), ledger.money_in(WINDOW))
    return (*counts, ledger.months(), ledger.cohorts(), ledger.by_unit(ALWAYS))


def outcome(folder: Path, source: dict[str, Any] | list[dict[str, Any]], *, large: bool | int) -> tuple[object, ...]:
    """Read a folder's sales, its files held to be large or not, or by their bytes; return figures and counts, or the problems."""
    with pytest.MonkeyPatch.context() as patch:
        limit = {True: 1, False: 10**12}.get(large, large)
        patch.setattr(read, "LARGE_TEXT", limit)
        patch.setattr(read, "LARGE_PARQUET", limit)
        problems, dataset = check(engagement(folder, {"transactions": source}))
    if dataset is None:
        return tuple(sorted((p.kind, p.row or 0, p.column or "", p.value or "", p.message) for p in problems))
    log = dataset.log
    counts = {(e.file, e.kind, e.rule, e.detail, e.column, e.value): e.count for e in log.entries}
    ledger = figures(dataset.ledger)
    assert dataset.ledger is not None
    dataset.ledger.close()
    return ledger, counts


def same(folder: Path, content: str | bytes, **source: Any) -> tuple[object, ...]:
    """Require that both ways give the same; return it."""
    data = content if isinstance(content, bytes) else content.encode()
    (folder / "a.csv").write_bytes(data)
    block = {"file": "a.csv", "columns": COLUMNS, **source}
    held, large = outcome(folder, block, large=False), outcome(folder, block, large=True)
    assert large == held
    return held
