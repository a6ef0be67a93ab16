"""Rows that a text file has in pieces: cut off at its end, or broken by a line break inside a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say

if TYPE_CHECKING:
    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.values.cells import Record

NARROWEST = 3
"""In a file of fewer columns a piece of a row looks like a row whose last cell is left out."""
WIDE = 6
"""In a file of fewer columns two rows that lack their last cells may look like the two pieces of one."""
FEWEST = 3
"""So many full rows, the header among them, show that the file leaves out no empty cells."""


def check_torn(records: list[Record], findings: Findings, *, ended: bool) -> None:
    """Record a problem for each piece of a row.

    Programs that leave out empty cells at the end of a row make short rows that are whole. They are told from
    pieces by the rest of the file: rows are taken for torn only where every row is full but these.

    Parameters
    ----------
    records
        All rows of the file.
    findings
        Takes the problems.
    ended
        Whether the file ends in a line break; one that was cut off does not.

    Examples
    --------
    >>> from kohtaamo_utils.intake.notes.findings import Findings
    >>> findings = Findings("survey", "a.csv")
    >>> check_torn([["id", "nps", "csat"], ["1", "9", "5"], ["2", "8", ""], ["3", "7"]], findings, ended=False)
    >>> [(problem.kind, problem.row) for problem in findings.problems]
    [('torn_row', 4)]
    """
    width = max(map(len, records), default=0)
    start = next((place for place, record in enumerate(records) if len(record) == width), 0)
    filled = [place for place in range(start, len(records)) if records[place]]
    short = [place for place in filled if len(records[place]) < width]
    if not short or width < NARROWEST or len(filled) - len(short) < FEWEST:
        return
    torn = {place for place in short if _is_piece(records, place, filled[-1], ended=ended)}
    if torn == set(short):
        for place in short:
            _torn(records[place], place + 1, width, findings)


def _is_piece(records: list[Record], place: int, last: int, *, ended: bool) -> bool:
    if len(records[place]) == 1 or (place == last and not ended):
        return True
    width = max(map(len, records))
    if width < WIDE:
        return False
    beside = [records[other] for other in (place - 1, place + 1) if 0 <= other <= last]
    return any(len(records[place]) + len(record) == width + 1 for record in beside)


def _torn(record: Record, row: int, width: int, findings: Findings) -> None:
    findings.problem(
        "torn_row",
        say(
            "The row has {n} of the {width} cells that every other row has: it is cut off, or only a piece of a row.",
            n=len(record),
            width=width,
        ),
        expected=say("{width} cells", width=width),
        advice=say("Export the file again; put texts that hold a line break in quotation marks."),
        row=row,
        value=str(record[-1]),
    )
