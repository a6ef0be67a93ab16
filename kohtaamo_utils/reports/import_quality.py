"""What came in, what was left out and why: the part on data that every report has."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kohtaamo_utils.intake.notes.log import LEFT_OUT, LogEntry
from kohtaamo_utils.presentation.blocks import Block, Bullets, Fold, Paragraph, Table
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.catalogue import ELEMENT_LABELS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kohtaamo_utils.reports.context import Context

TABLE_LABELS = {
    "survey": N_("Survey"),
    "observations": N_("Observations"),
    "mystery_shopping": N_("Mystery shopping"),
    "operations": N_("Operational figures"),
    "transactions": N_("Transactions"),
    "customers": N_("Contract customers"),
    "employees": N_("Employments"),
    "ratings_360": N_("360 ratings"),
    "pilot": N_("Pilot"),
}
UNCOUNTED = frozenset({"ratings_360"})
"""Tables whose used rows are not counted on a page: less the groups that are shown, they are the answers of those that are not."""
_REASONS = {
    "preview": N_("{n} previews or tests"),
    "spam": N_("{n} marked as spam by the survey tool"),
    "incomplete": N_("{n} unfinished responses"),
    "excluded": N_("{n} by a rule on “{column}”"),
    "too_fast": N_("{n} answered too fast"),
    "straight_lining": N_("{n} with the same score to every item"),
    "no_customer": N_("{n} rows without a customer"),
    "duplicates_dropped": N_("{n} exact repeats"),
}
_MOST = {
    "too_fast": N_("most answered too fast"),
    "straight_lining": N_("most with the same score to every item"),
}
"""Careless answers where they are more than half: that all answered in one way would tell of each how he did."""
_IN_OWN_WORDS = "{reason}: {n}"
"""A rule's reason is told in the words of who wrote it, in every language."""
_NAMED_REASONS = {
    "cancelled": N_("{n} rows of cancelled orders"),
    "zero_price": N_("{n} rows with a zero price"),
    "test": N_("{n} test rows"),
}
"""Reasons of rules that every language has words for; data/README.md lists them."""
_NUMBER_RULES = {
    "at_most": N_("{n} where “{column}” is at most {value}"),
    "at_least": N_("{n} where “{column}” is at least {value}"),
}


def _counted(context: Context) -> list[str]:
    return [name for name in context.dataset.names if name not in UNCOUNTED]


def import_table(context: Context) -> Table:
    """Return the table of rows read and left out, a row a canonical table that may be counted."""
    t, log = context.t, context.dataset.log
    rows = []
    for name in _counted(context):
        counts = (log.rows_in(name), log.left_out(name), log.rows_out(name))
        rows.append((t(TABLE_LABELS[name]), *map(context.f.integer, counts)))
    return Table(
        caption=t("Rows read from the files"),
        columns=(t("Data"), t("Rows"), t("Left out"), t("Used")),
        rows=tuple(rows),
        numeric=frozenset({1, 2, 3}),
    )


def _left_out(context: Context) -> list[Block]:
    """Return why rows were left out, each rule with its count, table by table; nothing where all rows are used."""
    log, items = context.dataset.log, []
    for name in context.dataset.names:
        reasons = _reasons(context, log.of(name, *LEFT_OUT))
        items += [(f"{context.t(TABLE_LABELS[name])}:", "; ".join(reasons))] if reasons else []
    return [Paragraph(context.t("Why rows were left out:")), Bullets(tuple(items))] if items else []


def _reasons(context: Context, entries: Iterable[LogEntry]) -> list[str]:
    """Return each reason once, with the rows that it left out of all the table's files."""
    counts: dict[tuple[str, tuple[tuple[str, str], ...]], int] = {}
    for entry in entries:
        if entry.count:
            key = _reason(context, entry)
            counts[key] = counts.get(key, 0) + entry.count
    found = counts.items()
    return [
        (text.format if text == _IN_OWN_WORDS else partial(context.t, text))(n=context.f.integer(count), **dict(names))
        for (text, names), count in found
    ]


def _number(context: Context, value: str) -> str:
    """Return a rule's number as a reader writes it."""
    return context.f.number(float(value), len(value.partition(".")[2]))


def _reason(context: Context, entry: LogEntry) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the message of an entry and what it names.

    What a rule compares with is told where it is a number. A text may be a person's name: it stays in the import log.
    """
    if entry.kind == "excluded" and entry.reason in _NAMED_REASONS:
        return _NAMED_REASONS[entry.reason], ()
    if entry.kind == "excluded" and entry.reason:
        return _IN_OWN_WORDS, (("reason", entry.reason),)
    if entry.kind == "excluded" and entry.rule in _NUMBER_RULES:
        return _NUMBER_RULES[entry.rule], (("column", entry.column), ("value", _number(context, entry.value)))
    return _REASONS[entry.kind], (("column", entry.column),)


def _flagged(context: Context) -> list[Block]:
    """Return how many answers look careless but are used."""
    counts: dict[str, int] = {}
    log = context.dataset.log
    for entry in log.entries:
        if entry.kind == "flagged":
            counts[entry.rule] = counts.get(entry.rule, 0) + entry.count
    if not counts:
        return []
    used = sum(log.rows_out(name) for name in {entry.table for entry in log.entries if entry.kind == "flagged"})
    signs = "; ".join(
        context.t(_MOST[rule]) if 2 * count > used else context.t(_REASONS[rule], n=context.f.integer(count))
        for rule, count in counts.items()
    )
    return [Paragraph(context.t("Used, although they may have been given without care: {signs}.", signs=signs))]


def data_blocks(context: Context) -> list[Block]:
    """Return the rows read and left out, and what was done to protect people; every report shows them."""
    t, log = context.t, context.dataset.log
    done = {entry.kind for entry in log.entries if entry.count}
    blocks: list[Block] = [import_table(context)] if _counted(context) else []
    blocks += [*_left_out(context), *_flagged(context)]
    if UNCOUNTED & set(context.dataset.names):
        blocks.append(
            Paragraph(
                t(
                    "The rows of the 360 ratings are not counted here: their number would tell of groups that are not shown."
                )
            )
        )
    if "redacted" in done:
        blocks.append(Paragraph(t("Personal data in texts were masked.")))
    if "pseudonymised" in done:
        blocks.append(Paragraph(t("Ids that could tell who somebody is were replaced by pseudonyms.")))
    return blocks


def missing_cells(context: Context) -> list[Block]:
    """Return the answers that were read as "no answer", by column; nothing where there are none."""
    counts: dict[str, int] = {}
    for entry in context.dataset.log.entries:
        if entry.kind == "missing_value" and entry.count:
            counts[entry.column] = counts.get(entry.column, 0) + entry.count
    if not counts:
        return []
    items = tuple((f"{_column(context, name)}:", context.f.integer(count)) for name, count in sorted(counts.items()))
    return [Fold(context.t("How many values were read as “no answer”?"), (Bullets(items),))]


def _column(context: Context, name: str) -> str:
    """Return a column as a reader knows it; one that only the client knows keeps its name."""
    if name in ELEMENT_LABELS:
        return context.t(ELEMENT_LABELS[name])
    return {"nps": "NPS", "enps": "eNPS", "csat": "CSAT", "ces": "CES"}.get(name, name)
