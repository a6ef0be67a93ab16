"""A source's files that are one and the same: a copy under another name, or a file that is named twice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.notes.findings import Findings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kohtaamo_utils.engagement import Source
    from kohtaamo_utils.errors import Problem
    from kohtaamo_utils.intake.block import Block
    from kohtaamo_utils.intake.files import InputFile

FOLLOWS = "duplicate_key"
"""What each row of a copy is besides; it says nothing more."""

ONCE = say("each row once, over all files, sheets and sources of the table")
PART = say("Export one of them without what the other has, or leave that out of one with `exclude`.")
"""What is expected of files that share rows, and what to do where neither has all that the other has."""


def leave_out(name: str) -> str:
    """Return what to do with a file, or a sheet, that holds nothing but what another holds."""
    return say("Leave {other} out of the settings: all its rows stand in the other.", other=name)


def without_copies(blocks: Sequence[Block], source: Source, table: str) -> list[Block]:
    """Return what a source gave, with a problem for each file whose bytes another of its files has.

    Several sources may read one file, each of its own rows and columns.

    Parameters
    ----------
    blocks
        All that the source gave.
    source
        Its block in the settings.
    table
        Canonical table.
    """
    inputs = [read for block in blocks for read in block.inputs]
    problems = _copies(sorted(inputs, key=lambda read: source.file.index(read.file)), table)
    if not problems:
        return list(blocks)
    first, *rest = (
        replace(block, problems=tuple(problem for problem in block.problems if problem.kind != FOLLOWS))
        for block in blocks
    )
    return [replace(first, problems=(*problems, *first.problems)), *rest]


def _copies(inputs: Sequence[InputFile], table: str) -> tuple[Problem, ...]:
    first: dict[str, str] = {}
    found: dict[Problem, None] = {}
    for read in inputs:
        if read.sha256 in first:
            found[_problem(read.file, first[read.sha256], table)] = None
        first.setdefault(read.sha256, read.file)
    return tuple(found)


def _problem(file: str, other: str, table: str) -> Problem:
    message = (
        say("The file is named twice: all its rows would be counted twice.")
        if file == other
        else say("The file has the same bytes as {file}: all its rows would be counted twice.", file=other)
    )
    return Findings(table, file).problem(
        "copy",
        message,
        expected=say("each file once"),
        advice=say("Leave one of them out of `file`, or name the file that was meant."),
    )
