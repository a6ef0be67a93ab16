"""One large file of order lines: planned, staged by DuckDB, or read in chunks, and logged as any file is."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.columns.mapping import choose
from kohtaamo_utils.intake.columns.stated_unit import check_units
from kohtaamo_utils.intake.files import PARQUET, TEXT, InputFile
from kohtaamo_utils.intake.large.beginning import read_head
from kohtaamo_utils.intake.large.customers import Customers, customers_of
from kohtaamo_utils.intake.large.first_orders import check_first_orders
from kohtaamo_utils.intake.large.guests import note_large_guests
from kohtaamo_utils.intake.large.order_columns import OrderColumns
from kohtaamo_utils.intake.large.plan import plan
from kohtaamo_utils.intake.large.scan import fingerprint
from kohtaamo_utils.intake.large.staging import stage
from kohtaamo_utils.intake.large.unit_names import UnitNames
from kohtaamo_utils.intake.people.privacy import labels_of, note_dropped
from kohtaamo_utils.intake.rows.exclusions import note_excluded
from kohtaamo_utils.intake.rows.order_customers import note_order_customers, refuse_shared_numbers
from kohtaamo_utils.ledger import UNIT
from kohtaamo_utils.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kohtaamo_utils.engagement import Engagement, Source
    from kohtaamo_utils.intake.columns.mapping import Chosen
    from kohtaamo_utils.intake.large.head import Head
    from kohtaamo_utils.intake.large.staging import Staged
    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.ledger import Store

LARGE_TEXT = 4_000_000
"""Bytes from which a text file is not held in memory: some hundred thousand order lines."""
PACKED = 8
"""How many times larger than Parquet the same lines are as text."""
LARGE_PARQUET = 1_000_000
"""The same of Parquet, which is packed."""


@dataclass(frozen=True)
class LargeFile:
    """A large file, read.

    Parameters
    ----------
    file
        It and its fingerprint.
    made
        Whether its table was made; if not, its problems are told.
    used
        Rows that can be used; None where the file was not read so far.
    units
        The units that its lines name; None where its table has none.
    customers
        What its first lines call their customers, and the column.
    """

    file: InputFile
    made: bool
    used: int | None = None
    units: UnitNames | None = None
    customers: Customers | None = None


def is_large(path: Path, source: Source) -> bool:
    """Tell whether a file of order lines is too large to be held.

    Parameters
    ----------
    path
        The file; one that is not there is not large.
    source
        Its block: a format that is named is read in the usual way.
    """
    suffix = path.suffix.casefold()
    if source.format not in {"auto", "csv", "parquet"} or not path.is_file():
        return False
    size = path.stat().st_size
    return (suffix in TEXT and size >= LARGE_TEXT) or (suffix in PARQUET and size >= LARGE_PARQUET)


def read_large(
    engagement: Engagement, source: Source, findings: Findings, store: Store, table: str, *, alone: bool
) -> LargeFile | None:
    """Read a large file of order lines into a table of purchases.

    Parameters
    ----------
    engagement, source
        Whose file it is, and its block.
    findings
        Takes problems and log entries.
    store
        Where the table is made.
    table
        Name of the table.
    alone
        Whether there is no other file of order lines.

    Returns
    -------
    LargeFile or None
        None where the file is to be read in the usual way.

    Raises
    ------
    DataError
        The file cannot be read; its problem is among the findings.
    """
    path = engagement.path(findings.file)
    store.expect(path.stat().st_size / 1e6 * (PACKED if path.suffix.casefold() in PARQUET else 1))
    with ThreadPoolExecutor(
        max_workers=1
    ) as beside:  # gone before anything else happens: no thread outlives the reading
        sha256 = beside.submit(fingerprint, path)
        before = len(findings.entries)
        head = read_head(path, source, findings, store)
        if head is None:
            del findings.entries[before:]
            return None
        units = _made(engagement, source, head, findings, store, table, alone=alone)
        read = InputFile(findings.file, sha256.result())
    counts = [entry.count for entry in findings.entries if entry.kind == "rows_out"]
    named = units if units is not None and units.label else None
    used = sum(counts) if counts else None
    return LargeFile(read, units is not None, used, named, customers_of(head, source, alone=alone))


def _made(
    engagement: Engagement, source: Source, head: Head, findings: Findings, store: Store, table: str, *, alone: bool
) -> UnitNames | None:
    """Make the table at once, or chunk by chunk where a row is in doubt.

    Returns
    -------
    UnitNames or None
        The units, without a label where there are none; None where the table could not be made.
    """
    chosen = choose(TABLES["transactions"], source, head.start, findings)
    labels = labels_of(chosen.values(), source)
    check_units(chosen, head.start, engagement.settings.currency, findings)
    if findings.problems:
        return None
    beside = OrderColumns(head, labels, source, engagement.settings.currency)
    seen = len(findings.entries)
    unit = chosen.get(UNIT)
    label = "" if unit is None else unit.label
    check_first_orders(head, source, engagement.settings.currency, findings)
    staged = None
    if not findings.problems:  # else the usual parsers tell all that is wrong besides
        staged = _staged(head, source, chosen, beside, findings, store, table, alone=alone)
    if staged is not None:
        return UnitNames(label, staged.units)
    del findings.entries[seen:]
    from kohtaamo_utils.intake.large.chunks import read_chunks  # pandas, which a plain file needs none of

    units = read_chunks(engagement, source, head, beside, findings, store, table, unit is not None)
    return None if units is None else UnitNames(label, units)


def _staged(
    head: Head,
    source: Source,
    chosen: Mapping[str, Chosen],
    beside: OrderColumns,
    findings: Findings,
    store: Store,
    table: str,
    *,
    alone: bool,
) -> Staged | None:
    planned = plan(head, source, store, alone=alone, unit=chosen.get(UNIT))
    staged = None if planned is None else stage(head, planned, store, table, alone=alone)
    if planned is None or staged is None:
        return None
    note_dropped(head.start, chosen, source, findings)
    beside.ask(head, planned, store)
    beside.check(findings)
    if staged.filled:
        refuse_shared_numbers(staged.shared, chosen["order_id"].label, findings)
    _log(staged, source, findings)
    note_large_guests(head, planned, store, f"{table}_raw", staged.used, chosen["customer_id"].label, findings)
    for name, label, said in planned.inferred:
        findings.note_inferred(name, label, said)
    return staged


def _log(staged: Staged, source: Source, findings: Findings) -> None:
    findings.note("rows_in", "rows_in", staged.rows, say("rows in the file"))
    for rule, count in zip(source.exclude, staged.excluded, strict=True):
        note_excluded(rule, count, findings)
    if staged.filled:
        note_order_customers(staged.filled, findings)
    if staged.nobody:
        findings.note("no_customer", "no_customer", staged.nobody, say("rows without a customer"), column="customer_id")
    findings.note("rows_out", "rows_out", staged.used, say("rows used"))
