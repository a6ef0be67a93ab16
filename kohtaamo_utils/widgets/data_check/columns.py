"""Which column is what: proposals with examples and confidence, and what the settings say already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.engagement.settings import DateParts, Product
from kohtaamo_utils.presentation.blocks import Block, Fold, Paragraph, Table
from kohtaamo_utils.presentation.section import Section
from kohtaamo_utils.reports.import_quality import TABLE_LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kohtaamo_utils.engagement import Source
    from kohtaamo_utils.intake.proposing.proposal import Proposal
    from kohtaamo_utils.presentation.numbers import Numbers
    from kohtaamo_utils.presentation.wording import Wording
    from kohtaamo_utils.widgets.data_check.reading import Reading


def columns_section(
    t: Wording, f: Numbers, readings: Sequence[Reading], proposals: Sequence[Proposal], write: bool
) -> Section:
    """Return a table of proposals for each file, whether they are written, and the mapping in force, folded."""
    blocks: list[Block] = []
    places = dict.fromkeys((each.file, each.sheet) for each in proposals if each.name)
    for file, sheet in places:
        theirs = [each for each in proposals if each.name and (each.file, each.sheet) == (file, sheet)]
        blocks.append(_proposed(t, f, f"{file}, {sheet}" if sheet else file, theirs))
    sure = sum(each.written for each in proposals)
    blocks.insert(0, Paragraph(_said(t, f, bool(places), sure, write)))
    mapped = [_mapped(t, reading.table, source) for reading in readings for source in reading.sources]
    if any(table.rows for table in mapped):
        tables = tuple(table for table in mapped if table.rows)
        blocks.append(Fold(t("What do the settings say already?"), tables))
    return Section("columns", tuple(blocks))


def _said(t: Wording, f: Numbers, any_proposed: bool, sure: int, write: bool) -> str:
    if not any_proposed:
        return t("Nothing to propose: every file is in the settings, and no column is left that fits.")
    if write:
        return t("{n} proposals were written into engagement.yaml, each with a remark: check them.", n=f.integer(sure))
    return t(
        "Nothing has been written. With write = True, or with kohtaamo map, the {n} proposals that are sure enough are written into engagement.yaml.",
        n=f.integer(sure),
    )


def _proposed(t: Wording, f: Numbers, place: str, proposals: Sequence[Proposal]) -> Table:
    rows = tuple(
        (
            each.heading,
            f"{each.table}.{each.name}",
            f.percent(each.confidence),
            t("yes") if each.written else t("no"),
            " | ".join(each.examples) or f.number(None),
            t.told(each.reason),
        )
        for each in proposals
    )
    columns = (t("Column of the file"), t("Proposed as"), t("Confidence"), t("Sure enough"), t("Examples"), t("Reason"))
    return Table(place, columns, rows, frozenset({2}))


def _mapped(t: Wording, table: str, source: Source) -> Table:
    rows = tuple(sorted((name, heading) for name, heading in headings(source).items()))
    caption = f"{t(TABLE_LABELS[table])}: {', '.join(source.file)}"
    return Table(caption, (t("Kohtaamo's name"), t("Column of the file")), rows)


def headings(source: Source) -> dict[str, str]:
    """Return what a source's settings take for each canonical column: a file's column, a product, a date of several columns, a constant."""
    return dict(_headings(source))


def _headings(source: Source) -> Iterator[tuple[str, str]]:
    for name, rule in source.columns.items():
        if isinstance(rule, Product):
            yield name, " × ".join(map(str, rule.product))
        elif isinstance(rule, DateParts):
            yield name, " + ".join(map(str, rule.date))
        elif isinstance(rule, str):
            yield name, rule
        else:
            yield from ((f"{name}.{part}", heading) for part, heading in rule.items())
    for name, value in source.constants.items():
        yield name, f"= {value}"
