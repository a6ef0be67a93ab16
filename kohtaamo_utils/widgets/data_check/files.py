"""Which files there are, and what was recognised in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.blocks import Block, Callout, Paragraph, Table
from kohtaamo_utils.presentation.section import Section
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.import_quality import TABLE_LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kohtaamo_utils.intake.proposing.proposal import Proposal
    from kohtaamo_utils.presentation.numbers import Numbers
    from kohtaamo_utils.presentation.wording import Wording
    from kohtaamo_utils.widgets.data_check.reading import Reading

HOW = ("format", "sheet", "separator", "encoding", "quotes", "title", "wide")
"""Rules of the import log that tell how a file was read."""
YOURS = N_(
    "This is your own view of the client's data. Small groups are not hidden here, as they are in reports: do not send it on."
)


def files_section(t: Wording, f: Numbers, readings: Sequence[Reading], proposals: Sequence[Proposal]) -> Section:
    """Return the files that the settings name, then those in the folder that they do not."""
    rows = [*_named(t, f, readings), *_unnamed(t, f, proposals)]
    blocks: list[Block] = [Callout(t(YOURS))]
    if rows:
        columns = (t("File"), t("Data"), t("Rows"), t("Used"), t("How it was read"))
        blocks.append(Table(t("The client's files"), columns, tuple(rows), frozenset({2, 3})))
    else:
        blocks.append(Paragraph(t("There are no files yet: put them into the folder data.")))
    return Section("files", tuple(blocks))


def _named(t: Wording, f: Numbers, readings: Sequence[Reading]) -> Iterator[tuple[str, ...]]:
    for reading in readings:
        for file in dict.fromkeys(file for source in reading.sources for file in source.file):
            label = t(TABLE_LABELS[reading.table])
            if reading.dataset is None:
                count = sum(problem.file == file for problem in reading.problems)
                yield file, label, f.number(None), f.number(None), t("Problems in this file: {n}", n=f.integer(count))
                continue
            entries = [entry for entry in reading.dataset.log.entries if entry.file == file]
            rows = (sum(entry.count for entry in entries if entry.kind == kind) for kind in ("rows_in", "rows_out"))
            how = [t.told(entry.detail) for entry in entries if entry.kind == "inferred" and entry.rule in HOW]
            yield file, label, *map(f.integer, rows), "; ".join(dict.fromkeys(how)) or f.number(None)


def _unnamed(t: Wording, f: Numbers, proposals: Sequence[Proposal]) -> Iterator[tuple[str, ...]]:
    for each in proposals:
        if each.name:
            continue
        place = f"{each.file}, {each.sheet}" if each.sheet else each.file
        label = t("Not in the settings")
        if each.table:
            likeness = {"data": t(TABLE_LABELS[each.table]), "confidence": f.percent(each.confidence)}
            label = t("Not in the settings; proposed: {data} ({confidence})", **likeness)
        yield place, label, f.number(None), f.number(None), t.told(each.reason)
