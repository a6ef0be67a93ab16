"""Files whose rows are each packed into one cell: a CSV file that a spreadsheet opened as one column and saved again."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.values.cells import Record, is_blank

if TYPE_CHECKING:
    from kohtaamo_utils.intake.notes.findings import Findings

SEPARATORS = (";", "\t", ",")
FEWEST = 2
"""A header and a row."""


def unpacked(records: list[Record], findings: Findings) -> list[Record]:
    """Return the records, those of a file of one column divided where all of its cells divide alike.

    Parameters
    ----------
    records
        All rows of the file.
    findings
        Takes that the rows were packed.

    Examples
    --------
    >>> from kohtaamo_utils.intake.notes.findings import Findings
    >>> unpacked([["id;nps"], ["1;9"], ["2;8"]], Findings("survey", "a.csv"))
    [['id', 'nps'], ['1', '9'], ['2', '8']]
    >>> unpacked([["comment"], ["hyvä; kiitos"]], Findings("survey", "a.csv"))
    [['comment'], ['hyvä; kiitos']]
    """
    if any(len(record) > 1 and not all(map(is_blank, record[1:])) for record in records[:FEWEST]):
        return records
    filled = [place for place, record in enumerate(records) if record and not all(map(is_blank, record))]
    lines: list[str] = []
    for place in filled:
        cell, *rest = records[place]
        if not isinstance(cell, str) or not all(map(is_blank, rest)):
            return records
        lines.append(cell)
    for separator in SEPARATORS:
        divided = list(csv.reader(lines, delimiter=separator)) if len(lines) >= FEWEST else []
        if len(divided) == len(lines) and len({len(row) for row in divided}) == 1 and len(divided[0]) > 1:
            findings.note("inferred", "packed", 1, say("rows that each stood in one cell, divided"), value=separator)
            rows = dict(zip(filled, divided, strict=True))
            return [list(rows.get(place, [])) for place in range(len(records))]
    return records
