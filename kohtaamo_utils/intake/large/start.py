"""The first rows of a large file, kept as they come: no frame is made of them, and pandas is not loaded for them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kohtaamo_utils.intake.columns.column_names import find
from kohtaamo_utils.intake.notes.findings import Findings
from kohtaamo_utils.intake.rows.exclusions import fitting
from kohtaamo_utils.intake.sheets.sheet import Titled, under_names
from kohtaamo_utils.intake.values.cells import as_text, is_blank
from kohtaamo_utils.intake.values.vocabulary import NO_VALUE

if TYPE_CHECKING:
    from kohtaamo_utils.engagement import Source
    from kohtaamo_utils.intake.values.cells import Cell, Record


@dataclass(frozen=True)
class Start(Titled):
    """Rows under their names.

    Parameters
    ----------
    names
        The columns' names as the file has them.
    rows
        Raw cells.
    above
        Rows of the file above the first of them.
    """

    names: tuple[str, ...]
    rows: list[Record]
    above: int
    aliases: tuple[tuple[str, ...], ...] = ()

    def column(self, place: int) -> list[Cell]:
        """Return a column's raw cells."""
        return [row[place] for row in self.rows]

    def first(self, place: int, rows: int) -> list[Cell]:
        """Return the distinct cells of a column's first rows."""
        return list(dict.fromkeys(row[place] for row in self.rows[:rows]))

    def used(self, source: Source, customer: int | None) -> Start:
        """Return the rows that count: those that no rule leaves out, and that name a customer.

        Parameters
        ----------
        source
            The file's block in the settings.
        customer
            Place of the customers' column, if there is one.
        """
        rows = self.rows
        for rule in source.exclude:
            place = find(self, rule.column, Findings("transactions", ""))
            if place is not None:
                cells = list(dict.fromkeys(row[place] for row in rows))
                gone = {cell for cell, fits in zip(cells, fitting(cells, rule, source)[0], strict=True) if fits}
                rows = [row for row in rows if row[place] not in gone]
        if customer is not None:
            nobody = {cell for cell in {row[customer] for row in rows} if is_nobody(cell)}
            rows = [row for row in rows if row[customer] not in nobody]
        return replace(self, rows=rows)


def start_of(records: list[Record], findings: Findings) -> Start:
    """Return records under the names in the first of them that is not blank."""
    names, rows, numbers = under_names(records, 1, findings)
    return Start(names, rows, numbers[0] - 1 if numbers else 0)


def is_nobody(cell: Cell) -> bool:
    """Tell whether a customer's identifier is none: empty, or what programs write for an empty cell."""
    return is_blank(cell) or as_text(cell).casefold() in NO_VALUE
