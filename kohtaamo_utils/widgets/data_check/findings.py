"""What is wrong, and what intake did: the lists of ``kohtaamo check`` as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.errors import SETTINGS_FILE, joined, say
from kohtaamo_utils.presentation.blocks import Block, Callout, Fold, Paragraph, Table
from kohtaamo_utils.presentation.section import Section
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.import_quality import TABLE_LABELS
from kohtaamo_utils.telling import unsettled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kohtaamo_utils.errors import Problem
    from kohtaamo_utils.intake.notes.log import ImportLog, LogEntry, LogKind
    from kohtaamo_utils.presentation.numbers import Numbers
    from kohtaamo_utils.presentation.wording import Wording
    from kohtaamo_utils.widgets.data_check.reading import Reading

MOST_ALIKE = 5
"""Problems shown of one kind in one column; a damaged file has thousands."""
KINDS: dict[LogKind, str] = {
    "unsettled": N_("To be settled"),
    "preview": N_("Left out: preview or test"),
    "spam": N_("Left out: marked as spam"),
    "incomplete": N_("Left out: unfinished"),
    "excluded": N_("Left out by a rule"),
    "too_fast": N_("Left out: too fast"),
    "straight_lining": N_("Left out: the same score to every item"),
    "no_customer": N_("Left out: no customer"),
    "duplicates_dropped": N_("Left out: exact repeat"),
    "flagged": N_("Flagged, but used"),
    "missing_value": N_("Read as no answer"),
    "inferred": N_("Inferred"),
    "redacted": N_("Masked"),
    "pseudonymised": N_("Replaced by a pseudonym"),
    "weighted": N_("Weighted"),
    "settled": N_("Settled"),
}
"""Entries of the log that are shown, in this order; columns that were not read stand apart."""

REASONS = {
    "cancelled": N_("cancelled orders"),
    "zero_price": N_("a zero price"),
    "test": N_("test rows"),
}
"""Reasons of rules that every language has words for, as in `reports.import_quality`."""


def problems_section(t: Wording, f: Numbers, readings: Sequence[Reading]) -> Section:
    """Return all problems of all tables; of those of one kind in one column the first few, and how many more."""
    problems = list(dict.fromkeys(problem for reading in readings for problem in reading.problems))
    if not problems:
        text = t("No problems: every file can be read as the settings say.")
        if not readings:
            text = t("The settings name no file yet, so nothing was read.")
        return Section("problems", (Paragraph(text), *_unsettled(t, f, readings)))
    alike: dict[tuple[str, str, str | None], list[Problem]] = {}
    for problem in problems:
        alike.setdefault((problem.file, problem.kind, problem.column), []).append(problem)
    rows = [row for several in alike.values() for row in _problem_rows(t, f, several)]
    columns = (t("File"), t("Row"), t("Column"), t("Value"), t("What is wrong"), t("What to do"))
    text = t("Problems: {n}. Their reports are not made before they are mended.", n=f.integer(len(problems)))
    table = Table(t("All problems"), columns, tuple(rows), frozenset({1}))
    return Section("problems", (Callout(text, "caution"), table, *_unsettled(t, f, readings)))


def _unsettled(t: Wording, f: Numbers, readings: Sequence[Reading]) -> tuple[Block, ...]:
    count = sum(len(unsettled(reading.dataset)) for reading in readings)
    text = t(
        "To be settled before a report is handed over, for it was read as it stands: {n}. The import log begins with it.",
        n=f.integer(count),
    )
    return (Callout(text, "caution"),) if count else ()


def _problem_rows(t: Wording, f: Numbers, alike: Sequence[Problem]) -> Iterator[tuple[str, ...]]:
    for problem in alike[:MOST_ALIKE]:
        place = (problem.file or SETTINGS_FILE, "" if problem.row is None else str(problem.row))
        expected = say("Expected: {expected}.", expected=problem.expected) if problem.expected else ""
        todo = t.told(joined([expected, problem.advice]))
        yield (*place, problem.column or "", problem.value or "", t.told(problem.message), todo)
    more = len(alike) - MOST_ALIKE
    if more > 0:
        first = alike[0]
        yield first.file, "…", first.column or "", "…", t("{n} more of this kind.", n=f.integer(more)), ""


def log_section(t: Wording, f: Numbers, readings: Sequence[Reading]) -> Section:
    """Return rows in and out, and every entry of the import log; tables with problems have none yet."""
    logs = {reading.table: reading.dataset.log for reading in readings if reading.dataset is not None}
    entries = [entry for log in logs.values() for entry in log.entries]
    tables = (_counts(t, f, logs), _entries(t, f, entries))
    blocks: list[Block] = [table for table in tables if table.rows]
    dropped = tuple((entry.column, entry.file, t.told(entry.detail)) for entry in entries if entry.kind == "dropped")
    if dropped:
        table = Table(t("Columns that were not read"), (t("Column"), t("File"), t("Reason")), dropped)
        blocks.append(Fold(t("Which columns were not read?"), (table,)))
    waiting = [t(TABLE_LABELS[reading.table]) for reading in readings if reading.dataset is None]
    if waiting:
        blocks.append(Paragraph(t("Not here before the problems are mended: {data}.", data=", ".join(waiting))))
    if not readings:
        blocks.append(Paragraph(t("The settings name no file yet, so nothing was read.")))
    return Section("import-log", tuple(blocks))


def _counts(t: Wording, f: Numbers, logs: Mapping[str, ImportLog]) -> Table:
    rows = tuple(
        (t(TABLE_LABELS[table]), *map(f.integer, (log.rows_in(table), log.left_out(table), log.rows_out(table))))
        for table, log in logs.items()
    )
    columns = (t("Data"), t("Rows"), t("Left out"), t("Used"))
    return Table(t("Rows read from the files"), columns, rows, frozenset({1, 2, 3}))


def _entries(t: Wording, f: Numbers, entries: Sequence[LogEntry]) -> Table:
    told = [entry for kind in KINDS for entry in entries if entry.kind == kind and entry.count]
    columns = (t("What was done"), t("Data"), t("File"), t("Rule"), t("Count"))
    return Table(t("Import log"), columns, tuple(_entry(t, f, entry) for entry in told), frozenset({4}))


def _entry(t: Wording, f: Numbers, entry: LogEntry) -> tuple[str, ...]:
    reason = t(REASONS[entry.reason]) if entry.reason in REASONS else entry.reason
    rule = t.told(joined([reason, entry.detail], ": "))
    return t(KINDS[entry.kind]), t(TABLE_LABELS[entry.table]), entry.file, rule, f.integer(entry.count)
