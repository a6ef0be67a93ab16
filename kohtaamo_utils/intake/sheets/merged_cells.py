"""Cells of a workbook that are merged over several rows: what stands there once is meant for each of the rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.values.cells import as_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.sheets.bound import Bound
    from kohtaamo_utils.intake.sheets.sheet import Sheet
    from kohtaamo_utils.tables import Column

OWN_WORDS = frozenset({"comment", "text"})


class Merged(NamedTuple):
    """Rows of one column that are one cell: the first and the last, counted from 1, and the column's place from 0."""

    first: int
    last: int
    place: int


def spread(sheet: Sheet, merged: Iterable[Merged], findings: Findings) -> Sheet:
    """Return a sheet in which each row of a merged cell holds its value; titles and headers are left alone.

    Parameters
    ----------
    sheet
        The file, laid out.
    merged
        Its merged cells.
    findings
        Takes how many cells were filled.
    """
    import pandas as pd

    rows = sheet.cells.index.to_numpy()
    columns, count, places = {place: sheet.column(place) for place in range(sheet.cells.shape[1])}, 0, dict[int, int]()
    for first, last, place in merged:
        below = (rows > first) & (rows <= last)
        if place in columns and first in rows and below.any():
            columns[place] = columns[place].mask(below, columns[place].loc[first])
            count += int(below.sum())
            places.setdefault(place, first)
    if not count:
        return sheet
    cells = pd.DataFrame(columns)
    findings.note(
        "inferred", "merged_cells", count, say("cells filled with the value of the merged cell that they are part of")
    )
    return replace(sheet, cells=cells, merged=places)


def check_merged(bound: Mapping[str, Bound], rules: Mapping[str, Column], findings: Findings) -> None:
    """Record a problem for each column of numbers or of people's own words that has merged cells: it would count them again.

    Parameters
    ----------
    bound
        Canonical columns' raw cells.
    rules
        What each must hold.
    findings
        Takes the problems.
    """
    for name, column in bound.items():
        if column.merged is None or (rules[name].kind != "number" and name not in OWN_WORDS):
            continue
        findings.problem(
            "merged_cells",
            say(
                "The cell is merged with the ones below: does its value hold for each of the rows, or for all of them together?"
            ),
            expected=say("one cell for each row"),
            advice=say("Split the cells in the spreadsheet and write each row's own value."),
            row=column.merged,
            column=column.label,
            value=as_text(column.cells.get(column.merged, "")),
        )
