"""Lists as SAP and other programs print them: cells between upright lines, the header between lines of dashes, a head on each page."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.values.cells import Record

EDGE = "|"
FEWEST_COLUMNS = 2
HEAD = 20_000
"""Characters within which the header must stand."""
_OF_RULES = frozenset("-=_+|: ")
_LINE_END = re.compile(r"\r\n|\r|\n")
_SUM = re.compile(r"\*+")
"""What stands in the first column of a row of sums."""
_NUMBERS = re.compile(r"[0-9]+")


def looks_ruled(text: str) -> bool:
    r"""Tell whether a text's first row of cells has a line of dashes under it.

    Examples
    --------
    >>> looks_ruled("Lista\n-----\n| id | nps |\n-----\n| 1 | 9 |\n"), looks_ruled("id|nps\n1|9\n"), looks_ruled("id;nps\n-----\n")
    (True, False, False)
    """
    lines = [line.strip() for line in _LINE_END.split(text[:HEAD]) if line.strip()]
    first = next((place for place, line in enumerate(lines) if _is_row(line)), len(lines))
    return first + 1 < len(lines) and _is_rule(lines[first + 1])


def ruled(text: str, findings: Findings) -> list[Record] | None:
    r"""Return the records of a printed list, one for each of its lines; None where its shape is not certain.

    Each row must have as many cells as the header, or its upright lines where the header has them. What stands between rows
    must be a line of dashes, the header again, or a line that stood above the header, its numbers apart.

    Parameters
    ----------
    text
        The whole file.
    findings
        Takes how it was read, and the rows that were passed over.

    Examples
    --------
    >>> from kohtaamo_utils.intake.notes.findings import Findings
    >>> ruled("| id | nps |\n------------\n| 1  | 9   |\n", Findings("survey", "a.txt"))
    [['id', 'nps'], [], ['1', '9']]
    """
    if not looks_ruled(text):
        return None
    lines = [line.strip("\f\ufeff") for line in _LINE_END.split(text)]
    rows = [place for place, line in enumerate(lines) if _is_row(line.strip())]
    cells = _divided([lines[place] for place in rows])
    if cells is None or len(cells[0]) < FEWEST_COLUMNS or not _known(lines, rows):
        return None
    records: list[Record] = [[] for _ in lines]
    heads = sums = 0
    for place, fields in zip(rows, cells, strict=True):
        again, summed = place != rows[0] and fields == cells[0], _SUM.fullmatch(fields[0]) is not None
        heads, sums = heads + again, sums + summed
        records[place] = [] if again or summed else [*fields]
    for place in range(rows[0]):
        records[place] = [lines[place].strip()] if lines[place].strip() and not _is_rule(lines[place]) else []
    _note(heads, sums, findings)
    while records and not records[-1]:
        records.pop()
    return records


def _is_row(line: str) -> bool:
    return len(line) > 1 and line[0] == line[-1] == EDGE and not _is_rule(line)


def _is_rule(line: str) -> bool:
    return _OF_RULES.issuperset(line) and any(sign * 3 in line for sign in "-=_")


def _divided(lines: Sequence[str]) -> list[list[str]] | None:
    """Return each row's cells, divided at every upright line where all have as many, else where the header is."""
    bare = [line.strip() for line in lines]
    if len({line.count(EDGE) for line in bare}) == 1:
        return [[field.strip() for field in line[1:-1].split(EDGE)] for line in bare]
    places = [place for place, sign in enumerate(lines[0]) if sign == EDGE]
    if any(len(line.rstrip()) != places[-1] + 1 or any(line[place] != EDGE for place in places) for line in lines):
        return None
    return [[line[begin + 1 : end].strip() for begin, end in pairwise(places)] for line in lines]


def _known(lines: Sequence[str], rows: Sequence[int]) -> bool:
    """Tell whether all lines below the header are rows, lines of dashes, or what stood above it."""
    above = {_shape(line) for line in lines[: rows[0]]}
    held = set(rows)
    below = (line for place, line in enumerate(lines) if place > rows[0] and place not in held and line.strip())
    return all(_is_rule(line) or _shape(line) in above for line in below)


def _shape(line: str) -> str:
    """Return a line without what differs from page to page: its numbers and blanks."""
    return " ".join(_NUMBERS.sub("9", line).split())


def _note(heads: int, sums: int, findings: Findings) -> None:
    findings.note("inferred", "ruled", 1, say("a printed list, its cells between upright lines"))
    if heads:
        findings.note("inferred", "page_header", heads, say("the header again, at the top of a page"))
    if sums:
        findings.note("inferred", "sums", sums, say("rows of sums, marked with * in the first column"))
