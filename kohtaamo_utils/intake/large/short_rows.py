"""Rows of a large file that lack cells: kept with their neighbours, so that torn rows are told as in any file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kohtaamo_utils.intake.notes.findings import Findings
from kohtaamo_utils.intake.sheets.torn import check_torn

if TYPE_CHECKING:
    from kohtaamo_utils.intake.values.cells import Record

KEPT_FULL = 3
"""Full rows kept of a run of them: the neighbours of the short ones, and proof that there are full ones."""


class ShortRows:
    """A file's rows without the long runs of full ones.

    Parameters
    ----------
    width
        Cells of a full row.
    """

    def __init__(self, width: int) -> None:
        self._full: Record = [""] * width
        self._records: list[Record] = []
        self._rows: list[int] = []
        self._run = 0

    def add(self, records: list[Record], before: int) -> None:
        """Take the next rows of the file, so many rows being before them."""
        width = len(self._full)
        for row, record in enumerate(records, start=before + 1):
            self._run = self._run + 1 if len(record) >= width else 0
            if self._run > KEPT_FULL:
                self._records.pop(-2)
                self._rows.pop(-2)
            self._records.append(self._full if len(record) >= width else record)
            self._rows.append(row)

    def check(self, findings: Findings, *, ended: bool = True) -> None:
        """Record a problem for each piece of a row.

        Parameters
        ----------
        findings
            Takes the problems.
        ended
            Whether the file ends in a line break.
        """
        said = Findings(findings.table, findings.file)
        check_torn(self._records, said, ended=ended)
        findings.problems += [replace(problem, row=self._rows[(problem.row or 1) - 1]) for problem in said.problems]
