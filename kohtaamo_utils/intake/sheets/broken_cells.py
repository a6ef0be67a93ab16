"""Cells in which a spreadsheet has an error, or a formula that was never calculated, in the place of a value."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.sheets.wrong_cells import report
from kohtaamo_utils.intake.values.cells import Cell, as_text, distinct
from kohtaamo_utils.intake.values.parsed import Parsed, Wrong
from kohtaamo_utils.intake.values.spreadsheet_errors import is_error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.sheets.bound import Bound

UNCALCULATED = "=\u2026"
"""What the reader of workbooks puts where a formula has no value."""
_CALCULATE = Wrong(
    "not_calculated",
    say("The cell holds a formula whose value is not in the file."),
    say("Open the file in Excel, let it calculate, and save it."),
)
_MEND = Wrong(
    "cell_error",
    say("The cell holds a spreadsheet's error in the place of a value."),
    say("Mend the formula or write the value, and save the file; if it means no value, list it under `missing`."),
)


def broken_in(cells: Sequence[Cell]) -> dict[int, Wrong]:
    """Return what is wrong with distinct cells that are broken, by their place."""
    return {place: why for place, cell in enumerate(cells) if (why := _why(cell)) is not None}


def unbroken(column: Bound, expected: str, findings: Findings) -> Bound:
    """Return a column with its broken cells empty; each of them is a problem with its row.

    Parameters
    ----------
    column
        A canonical column's raw cells; what the settings give is left alone.
    expected
        What a value must be.
    findings
        Takes the problems.
    """
    codes, cells = distinct(column.cells)
    wrong = {} if column.constant else broken_in(cells)
    if not wrong:
        return column
    report(Parsed[str]([], wrong), column.cells, column.label, expected, findings)
    gone = np.isin(codes, list(wrong))
    return replace(column, cells=column.cells.mask(gone, ""), broken=frozenset(column.cells.index[gone].tolist()))


def _why(cell: Cell) -> Wrong | None:
    if not isinstance(cell, str):
        return None
    text = as_text(cell)
    return _CALCULATE if text == UNCALCULATED else _MEND if is_error(text) else None
