"""Files and sheets that hold nothing but rows of another: a copy in another format, or the parts of a sheet of all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from kohtaamo_utils.engagement import Source
from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.notes.findings import Findings
from kohtaamo_utils.intake.proposing.candidates import opened
from kohtaamo_utils.intake.proposing.writing import CONSTANTS, WIDE_ITEMS
from kohtaamo_utils.intake.rows.checks import table_of
from kohtaamo_utils.intake.rows.file_rows import rows_of
from kohtaamo_utils.intake.same_rows import same_rows
from kohtaamo_utils.intake.typed_part import part_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kohtaamo_utils.engagement import Engagement
    from kohtaamo_utils.intake.proposing.candidates import Candidate
    from kohtaamo_utils.intake.proposing.proposal import Proposal
    from kohtaamo_utils.intake.proposing.writing import Block
    from kohtaamo_utils.intake.rows.file_rows import FileRows
    from kohtaamo_utils.intake.sheets.sheet import Sheet
    from kohtaamo_utils.tables import Table

HELD = 0.95
"""A file of whose rows another holds so many is passed over for it."""


class Read(NamedTuple):
    """A source to add, and what it would read."""

    block: Block
    candidate: Candidate
    sheet: Sheet


def repeated(found: Sequence[Read], engagement: Engagement) -> dict[int, Proposal]:
    """Return, by its place, each source that is not to be added, with the proposal that says why; those that are there stay.

    Parameters
    ----------
    found
        All sources that might be added.
    engagement
        The engagement that they would be added to.
    """
    gone: dict[int, Proposal] = {}
    for name in dict.fromkeys(read.block.head.table for read in found):
        places = [place for place, read in enumerate(found) if read.block.head.table == name]
        there = list(_rows_there(engagement, name))
        files = [*there, *(_rows(found[place], engagement) for place in places)]
        held = _held(files, table_of(name, engagement.settings), len(there)) if len(files) > 1 else ()
        for its, by in held:
            place = places[its - len(there)]
            gone[place] = _passed_over(found[place], files[by])
    return gone


def _held(files: Sequence[FileRows], table: Table, there: int) -> Iterator[tuple[int, int]]:
    """Yield the place of each file whose rows another has, with the other's; of two that are alike the second, and none of the first ones."""
    places = {id(rows): place for place, rows in enumerate(files)}
    pairs = [(places[id(same.one)], places[id(same.other)], same.rows) for same in same_rows(files, table)]
    by_length = sorted(range(there, len(files)), key=lambda place: -len(files[place].frame))
    kept = list(range(there))
    for place in by_length:
        others = _sharing(place, pairs, HELD * len(files[place].frame))
        by = next((other for other in kept if other in others), None)
        if by is None:
            kept.append(place)
        else:
            yield place, by


def _sharing(place: int, pairs: Iterable[tuple[int, int, int]], least: float) -> set[int]:
    return {one + other - place for one, other, count in pairs if place in {one, other} and count >= least}


def _rows(read: Read, engagement: Engagement) -> FileRows:
    block, candidate, sheet = read
    sure = [each for each in block.inside if each.sure and each.name != WIDE_ITEMS]
    constants = {each.name.removeprefix(CONSTANTS): each.heading for each in sure if each.name.startswith(CONSTANTS)}
    columns = {
        each.name: {each.made: list(each.factors)} if each.factors else each.heading
        for each in sure
        if not each.name.startswith(CONSTANTS)
    }
    content = block.source.model_dump(exclude_unset=True) | {"columns": columns, "constants": constants}
    return _rows_as(engagement, block.head.table, Source.model_validate(content), candidate, sheet)


def _rows_there(engagement: Engagement, name: str) -> Iterator[FileRows]:
    """Yield the rows of each file that a table's sources name already; one that cannot be read is told elsewhere."""
    there = [source for table, several in engagement.settings.sources.items() if table == name for source in several]
    for alone in [source.model_copy(update={"file": (file,)}) for source in there for file in source.file]:
        candidate = opened(engagement.path(alone.file[0]), alone, engagement.settings)
        if candidate.sheet is not None:
            yield _rows_as(engagement, name, alone, candidate, candidate.sheet)


def _rows_as(engagement: Engagement, name: str, source: Source, candidate: Candidate, sheet: Sheet) -> FileRows:
    table = table_of(name, engagement.settings)
    part = part_of(engagement, table, source, sheet, candidate.way.layout, Findings(table.name, candidate.file))
    return rows_of(part, source)


def _passed_over(read: Read, by: FileRows) -> Proposal:
    reason = say("all its rows stand in {other} too: read with it, they would be counted twice", other=by.name)
    return replace(read.block.head, confidence=0, reason=reason)
