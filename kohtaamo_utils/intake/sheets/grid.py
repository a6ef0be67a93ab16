"""A file's rows as they come, with what a workbook says of them besides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kohtaamo_utils.intake.sheets.merged_cells import Merged
    from kohtaamo_utils.intake.values.cells import Record
    from kohtaamo_utils.intake.values.legend import Legend


@dataclass(frozen=True)
class Grid:
    """Records that are not laid out yet.

    Parameters
    ----------
    records
        All rows of the file, or of one sheet of a workbook; record number i is row i + 1.
    merged
        Cells that are merged over rows.
    hidden
        The numbers of the rows that the workbook does not show.
    sheet
        What the sheet is called; "" where the file is no workbook.
    codebooks
        What its sheets of codes say.
    """

    records: list[Record]
    merged: tuple[Merged, ...] = ()
    hidden: tuple[int, ...] = ()
    sheet: str = ""
    codebooks: tuple[Legend, ...] = ()
