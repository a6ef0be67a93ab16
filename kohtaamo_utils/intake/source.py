"""One block of ``sources`` in the settings: from its files to rows of the canonical table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import DataError, joined, say, say_plural, together
from kohtaamo_utils.intake.block import Block, no_rows, nothing_usable
from kohtaamo_utils.intake.columns.mapping import check_settings
from kohtaamo_utils.intake.columns.spelling import one_spelling
from kohtaamo_utils.intake.columns.wide import WIDE_TABLE, check_wide, count_ratings, unfold
from kohtaamo_utils.intake.files import InputFile, open_file
from kohtaamo_utils.intake.notes.findings import Findings
from kohtaamo_utils.intake.people.reviewees import check_reviewees
from kohtaamo_utils.intake.rows.checks import table_of
from kohtaamo_utils.intake.rows.duplicates import check_repeats
from kohtaamo_utils.intake.rows.file_rows import rows_of
from kohtaamo_utils.intake.rows.in_common import identifiers_in
from kohtaamo_utils.intake.rows.pilot_design import check_pilot
from kohtaamo_utils.intake.typed_part import part_of

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Mapping

    from kohtaamo_utils.engagement import Engagement, Source
    from kohtaamo_utils.intake.columns.part import Part
    from kohtaamo_utils.tables import Table


def read_source(
    engagement: Engagement, name: str, source: Source, also: Mapping[str, Counter[str]] | None = None
) -> Block:
    """Read all files of a source; nothing is raised, all problems are collected.

    Parameters
    ----------
    engagement
        The engagement that the source is of.
    name
        Canonical table.
    source
        The block.
    also
        Of the source's files that are read elsewhere, the texts of a column, for their spelling.
    """
    table = table_of(name, engagement.settings)
    whole = Findings(name, source.file[0])
    check_settings(table, source, whole)
    check_wide(table, source, whole)
    founds = [Findings(name, file) for file in source.file]
    inputs: list[InputFile] = []
    parts: list[Part] = []
    for findings in founds:
        part, read = _read_file(engagement, table, source, findings)
        inputs += [] if read is None else [read]
        parts += [] if part is None else [part]
    parts = one_spelling(parts, table, also)
    parts = [_unfolded(part, table, source) for part in check_repeats(parts, table, source)]
    check_reviewees(parts, table)
    check_pilot(parts, table)
    for part in parts:
        part.findings.note("rows_out", "rows_out", len(part.frame), say("rows used"))
    if len(parts) == len(founds):
        _check_usable(parts, table, whole, founds)
    block = _gathered(parts, source, [whole, *founds], inputs)
    return block if block.problems else replace(block, compared=identifiers_in(parts, name))


def _gathered(parts: list[Part], source: Source, founds: list[Findings], inputs: list[InputFile]) -> Block:
    problems = dict.fromkeys(problem for findings in founds for problem in findings.problems)
    entries = tuple(entry for findings in founds for entry in findings.entries)
    identifiers = {given: text for findings in founds for given, text in findings.identifiers.items()}
    writers = {rater: name for findings in founds for rater, name in findings.writers.items()}
    rows, frames = tuple(rows_of(part, source) for part in parts), tuple(part.frame for part in parts)
    return Block(frames, tuple(problems), entries, tuple(inputs), identifiers, writers, rows=rows)


def _read_file(
    engagement: Engagement, table: Table, source: Source, findings: Findings
) -> tuple[Part | None, InputFile | None]:
    try:
        read, sheet, layout = open_file(engagement.path(findings.file), source, findings)
    except DataError:  # its problem is among the findings
        return None, None
    return part_of(engagement, table, source, sheet, layout, findings, whole=True), read


def _unfolded(part: Part, table: Table, source: Source) -> Part:
    """Make one row per rating of a wide file's evaluations."""
    if source.wide is None or table.name != WIDE_TABLE or part.findings.problems:
        return part
    count_ratings(part.findings, source.wide)
    return replace(part, frame=unfold(part.frame, source.wide))


def _check_usable(parts: list[Part], table: Table, whole: Findings, founds: list[Findings]) -> None:
    """Require at least one row, and one value of what the source is read for."""
    rows = sum(len(part.frame) for part in parts)
    if rows == 0:
        no_rows(founds, whole)
    elif not any(findings.problems for findings in founds) and not any(_says_something(part, table) for part in parts):
        ways = joined([together(names) for names in table.one_of], ", ")
        said = say_plural(
            "None of the {n} row has a value for {ways}.",
            "None of the {n} rows has a value for {ways}.",
            rows,
            ways=ways,
        )
        nothing_usable(said, whole)


def _says_something(part: Part, table: Table) -> bool:
    ways = [[name for name in names if name in part.frame.columns] for names in table.one_of]
    return not ways or any(bool(part.frame[way].notna().all(axis=1).any()) for way in ways if way)
