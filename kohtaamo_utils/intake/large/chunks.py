"""A large file read by the usual parsers a chunk at a time: slower, but what they can read or must refuse is the same.

What is decided for a whole column, the decimal mark and the order of dates, is decided first, in a pass of its own.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.block import too_large_sum
from kohtaamo_utils.intake.columns.spelling import best_spellings
from kohtaamo_utils.intake.large.decisions import decide
from kohtaamo_utils.intake.large.order_customers import OrdersInPieces
from kohtaamo_utils.intake.large.short_rows import ShortRows
from kohtaamo_utils.intake.large.unit_names import alike
from kohtaamo_utils.intake.notes.findings import Findings
from kohtaamo_utils.intake.people.guests import Guests
from kohtaamo_utils.intake.rows.order_customers import note_order_customers
from kohtaamo_utils.intake.sheets.columnar import DAMAGED, damaged, open_parquet, records_of
from kohtaamo_utils.intake.sheets.delimited import unpaired
from kohtaamo_utils.intake.sheets.sheet import Sheet, build
from kohtaamo_utils.intake.tools.layout import PLAIN
from kohtaamo_utils.intake.typed_part import part_of
from kohtaamo_utils.intake.values.cells import composed
from kohtaamo_utils.ledger import UNIT, SumError, held, plain_lines, purchases
from kohtaamo_utils.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from kohtaamo_utils.engagement import Engagement, Source
    from kohtaamo_utils.intake.large.head import Head
    from kohtaamo_utils.intake.large.order_columns import OrderColumns
    from kohtaamo_utils.intake.notes.log import LogEntry
    from kohtaamo_utils.intake.values.cells import Record
    from kohtaamo_utils.ledger import Store

SIZE = 100_000
"""Rows in a chunk."""
MOST = 1_000
"""Problems that are told of one file; a file with more is not the right one, or is damaged."""
ONCE = frozenset({"unsettled", "inferred", "dropped"})
"""Log entries that say something of a column, and not of rows."""


def read_chunks(
    engagement: Engagement,
    source: Source,
    head: Head,
    beside: OrderColumns,
    findings: Findings,
    store: Store,
    table: str,
    units: bool,
) -> Counter[str] | None:
    """Read a large file into a table of purchases.

    Parameters
    ----------
    engagement, source
        Whose file it is, and its block.
    head
        Its beginning.
    beside
        Takes what its columns hold that are not read.
    findings
        Takes problems and log entries.
    store, table
        Where the purchases go.
    units
        Whether its lines name units.

    Returns
    -------
    Counter or None
        How many lines name each unit; None where the file could not be read.
    """
    short = ShortRows(len(head.start.names))
    guests, orders = Guests(), OrdersInPieces(store, table)
    chunks = partial(_first_chunks, head, findings, iter([short]))
    elsewhere = decide(engagement, source, chunks, guests, orders, beside)
    beside.check(findings)
    orders.check(findings)
    if head.separator:
        short.check(findings, ended=head.ended)
    orders.filled = 0  # in what follows rows are used, and no longer only looked at
    named = Counter[str]()
    for chunk in _chunks(head, findings, None):
        said, sheet = Findings("transactions", findings.file), replace(chunk, elsewhere=elsewhere)
        part = part_of(engagement, TABLES["transactions"], source, sheet, PLAIN, said, guests=guests, orders=orders)
        part.findings.note("rows_out", "rows_out", len(part.frame), say("rows used"))
        _merge(part.findings, findings)
        if len(findings.problems) >= MOST:
            _too_many(findings)
            break
        if not findings.problems:
            _put_aside(plain_lines(part.frame), store, table, named if units else None)
    if not findings.problems:
        _sum_up(store, table, named, findings, units=units)
        guests.note(findings)
        if orders.filled:
            note_order_customers(orders.filled, findings)
    store.run(f"DROP TABLE IF EXISTS {table}_lines")
    orders.close()
    return None if findings.problems else named


def _first_chunks(head: Head, findings: Findings, short: Iterator[ShortRows]) -> Iterator[Sheet]:
    """Begin a file's rows anew; the first time their lengths are looked at."""
    return _chunks(head, findings, next(short, None))


def _put_aside(lines: pd.DataFrame, store: Store, table: str, named: Counter[str] | None) -> None:
    """Add lines to the table, and to how many name each unit."""
    unit = "" if named is None else f", {UNIT} UBIGINT"
    store.run(
        f"CREATE TABLE IF NOT EXISTS {table}_lines (customer UBIGINT, order_id UBIGINT, ordered_on DATE, amount DOUBLE, margin DOUBLE{unit})"
    )
    if named is not None:
        named.update(lines[UNIT].dropna().tolist())
    store.register("frame", lines)
    store.run(f"INSERT INTO {table}_lines {held('frame', lines)}")
    store.unregister("frame")


def _sum_up(store: Store, table: str, named: Counter[str], findings: Findings, *, units: bool) -> None:
    """Make purchases of the lines that were put aside, each unit in one spelling."""
    lines = alike(store, f"{table}_lines", best_spellings(named)) if units else f"SELECT * FROM {table}_lines"
    try:
        purchases(store, table, lines, units=units)
        store.run(f"ALTER TABLE {table} ADD COLUMN why INTEGER DEFAULT 0")
    except SumError as error:
        too_large_sum(error, findings)


def _chunks(head: Head, findings: Findings, short: ShortRows | None) -> Iterator[Sheet]:
    """Yield a file's rows, some at a time; rows with too many cells become problems in the first pass."""
    above = head.start.above
    records = _text_records(head, findings) if head.separator else _parquet_records(head, findings)
    first: list[Record] = list(islice(records, above))
    number = above
    while chunk := list(islice(records, SIZE)):
        if short is not None:
            short.add(chunk, number)
        said = Findings("transactions", findings.file)
        sheet = build([[name or " " for name in head.start.names] or first[-1], *chunk], 1, said)
        if short is not None:
            findings.problems += [replace(problem, row=(problem.row or 0) + number - 1) for problem in said.problems]
        yield Sheet(head.start.names, sheet.cells.set_axis(sheet.cells.index + number - 1))
        number += len(chunk)


def _text_records(head: Head, findings: Findings) -> Iterator[Record]:
    with head.path.open(encoding="utf-8-sig", newline="") as stream:
        lines = stream if head.ascii else map(composed, stream)
        reader = csv.reader(lines, delimiter=head.separator, strict=True)
        if head.lead:
            next(stream)
        row = 0
        try:
            for record in reader:
                row += 1
                yield [composed(cell) for cell in record]
        except csv.Error:
            raise unpaired(findings, row=row + 1) from None


def _parquet_records(head: Head, findings: Findings) -> Iterator[Record]:
    yield list(head.start.names)
    batches = open_parquet(head.path, findings).iter_batches(batch_size=SIZE)
    while True:
        try:
            records = records_of(next(batches).to_pandas(ignore_metadata=True))
        except StopIteration:
            return
        except DAMAGED as error:
            raise damaged(error, findings) from None
        yield from records


def _merge(said: Findings, findings: Findings) -> None:
    """Add what one chunk gave to what the file gave: counts of rows are summed, what is said of a column is said once."""
    findings.problems[:] = dict.fromkeys([*findings.problems, *said.problems])
    places = {_key(entry): place for place, entry in enumerate(findings.entries)}
    for entry in said.entries:
        place = places.get(_key(entry))
        if place is None:
            places[_key(entry)] = len(findings.entries)
            findings.entries.append(entry)
        elif entry.kind not in ONCE or entry.rule == "no_answer":
            so_far = findings.entries[place]
            findings.entries[place] = replace(so_far, count=so_far.count + entry.count)


def _key(entry: LogEntry) -> tuple[str, ...]:
    return (entry.kind, entry.rule, entry.detail, entry.column, entry.value)


def _too_many(findings: Findings) -> None:
    findings.problem(
        "too_many_problems",
        say("The file was not read to its end: it has {n} problems or more.", n=MOST),
        expected=say("the table's file"),
        advice=say("See that it is the right file, and that `columns`, `decimal` and `dates` name what it holds."),
    )
