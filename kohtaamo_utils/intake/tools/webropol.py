"""Webropol's export: one to three header rows, questions merged over the columns of their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.intake.sheets.header_rows import NOTHING, carried, joined, other_names, texts
from kohtaamo_utils.intake.sheets.sheet import Sheet, build, first_row
from kohtaamo_utils.intake.tools.layout import Layout
from kohtaamo_utils.intake.values.cells import Cell, Record, as_text
from kohtaamo_utils.intake.values.one_date import parse_date
from kohtaamo_utils.intake.values.parse_numbers import parse_numbers

if TYPE_CHECKING:
    from kohtaamo_utils.intake.notes.findings import Findings

DEEPEST = 3
"""Most header rows that an export has."""
SAMPLE = 50
"""Rows that the depth of the header is judged by."""
NO_LABEL = {"", NOTHING}


def _recognises(records: list[Record]) -> bool:
    """Tell whether the header goes on in a second row; a first row may hold the parts of the survey above it."""
    if not records:
        return False
    return _goes_on(records) or (as_text(records[0][0]) in NO_LABEL and _goes_on(records[1:]))


def _goes_on(records: list[Record]) -> bool:
    """Tell whether the second row labels columns that the first leaves blank, and has no figures."""
    if len(records) < 2 or as_text(records[1][0]) not in NO_LABEL or _labels(records[0]) < 2:
        return False
    width = max(len(record) for record in records[:2])
    above, below = texts(records[0], width), texts(records[1], width)
    labelled = any(not upper and lower not in NO_LABEL for upper, lower in zip(above, below, strict=True))
    return labelled and not any(map(_is_figure, records[1]))


def _labels(record: Record) -> int:
    return sum(as_text(cell) not in NO_LABEL for cell in record)


def _is_figure(cell: Cell) -> bool:
    """Tell whether a cell is a number or a date, as no label is."""
    if not isinstance(cell, str):
        return True
    text = as_text(cell)
    return bool(text) and (parse_date(text) is not None or parse_numbers([text]).found != [None])


def depth_of(records: list[Record]) -> int:
    """Return how many header rows there are before the first row of figures, one to three.

    The first column decides if it ever holds a figure, such as the respondent's number; otherwise any column does.

    Examples
    --------
    >>> depth_of([["#", "Palvelu", ""], ["-", "Kassa", "Myynti"], ["1", "5", "4"]])
    2
    """
    sample = records[:SAMPLE]
    first = [place for place, record in enumerate(sample) if place and record and _is_figure(record[0])]
    places = first or [place for place, record in enumerate(sample) if place and any(map(_is_figure, record))]
    return places[0] if places and places[0] <= DEEPEST else 1


def _arrange(records: list[Record], findings: Findings) -> Sheet:
    head = records[first_row(records) :]
    depth = depth_of(head)
    width = max(len(record) for record in head[:depth])
    rows = [texts(record, width) for record in head[:depth]]
    levels = [carried(row, rows[place + 1 :]) for place, row in enumerate(rows)]
    pairs = [_pair([level[place] for level in levels]) for place in range(width)]
    names = tuple(joined(*pair) for pair in pairs)
    return build(records, depth, findings, names, tuple(other_names(*pair) for pair in pairs))


def _pair(labels: list[str]) -> tuple[str, str]:
    """Return a column's question and row: its two deepest labels.

    Examples
    --------
    >>> _pair(["Osa 1", "Palvelu", "Kassa"]), _pair(["NPS", ""])
    (('Palvelu', 'Kassa'), ('', 'NPS'))
    """
    given = ["", "", *dict.fromkeys(label for label in labels if label)]
    return given[-2], given[-1]


LAYOUT = Layout("webropol", _recognises, _arrange)
"""Webropol."""
