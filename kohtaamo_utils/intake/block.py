"""What one block of ``sources`` gave, and why it gave nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import joined, say, say_plural
from kohtaamo_utils.intake.notes.log import LEFT_OUT

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from kohtaamo_utils.errors import Problem
    from kohtaamo_utils.intake.files import InputFile
    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.notes.log import LogEntry
    from kohtaamo_utils.intake.rows.file_rows import FileRows
    from kohtaamo_utils.intake.rows.in_common import Identifiers
    from kohtaamo_utils.ledger import SumError


@dataclass(frozen=True)
class Block:
    """What one source gave.

    Parameters
    ----------
    frames
        Typed rows, one frame a file.
    problems
        Everything that is wrong.
    entries
        What was done, for the import log.
    inputs
        The files that were read.
    identifiers
        By the id that a reviewee was given, what the files call them.
    writers
        By the id that a rater was given, the words of their name.
    compared
        What the files' rows are called by that may also stand in others.
    rows
        Their rows, to be compared with those of other blocks.
    """

    frames: tuple[pd.DataFrame, ...]
    problems: tuple[Problem, ...]
    entries: tuple[LogEntry, ...]
    inputs: tuple[InputFile, ...]
    identifiers: Mapping[str, str] = field(default_factory=dict)
    writers: Mapping[str, str] = field(default_factory=dict, repr=False)
    compared: tuple[Identifiers, ...] = ()
    rows: tuple[FileRows, ...] = ()


def no_rows(founds: list[Findings], findings: Findings) -> None:
    """Record that not one row of these files can be used, and why."""
    nothing_usable(_why_none(founds), findings)


def nothing_usable(message: str, findings: Findings) -> None:
    """Record that a source gives nothing, and why."""
    findings.problem(
        "no_rows",
        message,
        expected=say("at least one row that can be used"),
        advice=say("Check `columns`, `missing` and `exclude`, and that the file is the right one."),
    )


def too_large_sum(error: SumError, findings: Findings) -> tuple[Problem, ...]:
    """Record that an order's lines sum up to more money than is counted; return all problems."""
    findings.problem(
        "too_large",
        error.message,
        expected=say("the lines of one order"),
        advice=say("See that `amount` and `margin` are money, and that `order_id` is another for each order."),
    )
    return tuple(findings.problems)


def _why_none(founds: list[Findings]) -> str:
    entries = [entry for findings in founds for entry in findings.entries]
    came = sum(entry.count for entry in entries if entry.kind == "rows_in")
    reasons = [
        say("{n} left out ({reason})", n=entry.count, reason=entry.detail)
        for entry in entries
        if entry.count and entry.kind in LEFT_OUT
    ]
    if came == 0:
        return say("There is a header, but no row under it.")
    return say_plural(
        "None of the {n} row can be used: {reasons}.",
        "None of the {n} rows can be used: {reasons}.",
        came,
        reasons=joined(reasons, "; "),
    )
