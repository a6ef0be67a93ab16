"""What the mapped columns hold at a glance: counts, missing values, range; no texts, names or ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.blocks import Block, Paragraph, Table
from kohtaamo_utils.presentation.section import Section
from kohtaamo_utils.reports.import_quality import TABLE_LABELS
from kohtaamo_utils.tables import SEGMENT_PREFIX, TABLES
from kohtaamo_utils.widgets.data_check.columns import headings

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from kohtaamo_utils.presentation.numbers import Numbers
    from kohtaamo_utils.presentation.wording import Wording
    from kohtaamo_utils.widgets.data_check.reading import Reading

GROUPING = {
    "touchpoint",
    "channel",
    "segment",
    "unit",
    "measure",
    "criterion",
    "element",
    "competency",
    "wave",
    "period",
}
"""Columns of text whose values are names of groups, never of persons."""
MOST_NAMED = 6


def contents_section(t: Wording, f: Numbers, readings: Sequence[Reading]) -> Section:
    """Return a table of columns for each canonical table that could be read."""
    blocks: list[Block] = [_contents(t, f, reading) for reading in readings if reading.dataset is not None]
    if not blocks:
        return Section("contents", (Paragraph(t("Nothing could be read yet.")),))
    note = t(
        "Texts and ids are counted only. The smallest and the largest number are of single rows, a person's pay among them: they are for finding faults, not for a report."
    )
    return Section("contents", (Paragraph(note), *blocks))


def _contents(t: Wording, f: Numbers, reading: Reading) -> Block:
    """Return a table of its columns, or that it is too large to be held."""
    frame = None if reading.dataset is None else reading.dataset.tables.get(reading.table)
    if frame is None:
        return Paragraph(t("{data}: too large to be looked at column by column.", data=t(TABLE_LABELS[reading.table])))
    return _table(t, f, reading, frame)


def _table(t: Wording, f: Numbers, reading: Reading, frame: pd.DataFrame) -> Table:
    named: dict[str, list[str]] = {}
    for source in reading.sources:
        for name, heading in headings(source).items():
            named.setdefault(name, []).append(heading)
    rows = []
    for name in map(str, frame.columns):
        column = frame[name]
        counts = (int(column.notna().sum()), int(column.isna().sum()), int(column.nunique()))
        heading = "; ".join(dict.fromkeys(named.get(name, ()))) or f.number(None)
        rows.append((name, heading, *map(f.integer, counts), _range(t, f, reading.table, name, column.dropna())))
    columns = (
        t("Kohtaamo's name"),
        t("Column of the file"),
        t("Values"),
        t("Missing"),
        t("Different"),
        t("Smallest to largest, or most common"),
    )
    return Table(t(TABLE_LABELS[reading.table]), columns, tuple(rows), frozenset({2, 3, 4}))


def _range(t: Wording, f: Numbers, table: str, name: str, values: pd.Series) -> str:
    """Return the ends of numbers and days, and the most common of choices and groups; a dash for anything else."""
    rule = TABLES[table].column(name)
    kind = "text" if rule is None else rule.kind
    if values.empty:
        return f.number(None)
    if kind == "number":
        decimals = 0 if (values % 1 == 0).all() else 2
        return f"{f.number(float(values.min()), decimals)}…{f.number(float(values.max()), decimals)}"
    if kind in ("date", "month"):
        first, last = values.min().date(), values.max().date()
        return f.period(first, last) if kind == "date" else f"{f.month(first)}…{f.month(last)}"
    if kind == "flag":
        return ", ".join(
            f"{t(word)} ({f.integer(int((values == value).sum()))})" for word, value in (("yes", True), ("no", False))
        )
    if kind == "choice" or name in GROUPING or name.startswith(SEGMENT_PREFIX):
        common = values.value_counts(sort=True).head(MOST_NAMED)
        more = ", …" if values.nunique() > MOST_NAMED else ""
        return ", ".join(f"{value} ({f.integer(int(count))})" for value, count in common.items()) + more
    return f.number(None)
