"""Bounds that margins set on a table: whether row and column sums press a hidden mean against its scale's end.

Groups that show their competency means but no items are rows; the items' means over these groups together are columns.
Row and column sums are then known, the cells are not. Moving points along a rectangle of four cells keeps all the sums,
so a cell that can be moved through its whole band that way tells no more than the band.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kohtaamo_utils.disclosure.bands import Scale


@dataclass(frozen=True)
class Table:
    """Sums of answers.

    Parameters
    ----------
    sums
        Shape (rows, items): the sum over a row's raters who answered all items.
    raters
        Those raters in each row.
    fixed_sums, fixed_raters
        Shape (rows, items): the same for raters who left items out. Their answers are not moved, so that each point
        moved counts the same in its row.
    """

    sums: tuple[tuple[Fraction, ...], ...]
    raters: tuple[int, ...]
    fixed_sums: tuple[tuple[Fraction, ...], ...]
    fixed_raters: tuple[tuple[int, ...], ...]

    def total(self, row: int, item: int) -> Fraction:
        """Return the sum of a cell over all raters."""
        return self.sums[row][item] + self.fixed_sums[row][item]

    def n(self, row: int, item: int) -> int:
        """Return the raters of a cell."""
        return self.raters[row] + self.fixed_raters[row][item]

    @property
    def cells(self) -> list[tuple[int, int]]:
        """Rows and items that have raters."""
        return [(row, item) for row, sums in enumerate(self.sums) for item in range(len(sums)) if self.n(row, item)]

    @property
    def columns(self) -> list[Fraction]:
        """Means of the items over all rows."""
        rows = range(len(self.raters))
        return [
            sum((self.total(row, item) for row in rows), Fraction(0)) / sum(self.n(row, item) for row in rows)
            for item in range(len(self.sums[0]))
        ]


def leaves_bands_open(table: Table, scale: Scale) -> bool:
    """Tell whether row and column sums leave every hidden mean near a scale's end its whole band.

    No column's mean may itself lie near an end: it would be a mean that can be computed.

    Examples
    --------
    >>> from kohtaamo_utils.disclosure.bands import Scale
    >>> def table(*rows):
    ...     sums = tuple(tuple(Fraction(total) for total in row) for row in rows)
    ...     return Table(sums, (3, 3), ((Fraction(0),) * 2,) * 2, ((0, 0),) * 2)
    >>> leaves_bands_open(table((15, 9), (9, 9)), Scale(1, 5)), leaves_bands_open(table((15, 9), (9, 3)), Scale(1, 5))
    (True, False)
    """
    if any(scale.zone(mean) is not None for mean in table.columns):
        return False
    return all(_moves_through_band(table, row, item, scale) for row, item in table.cells)


def _moves_through_band(table: Table, row: int, item: int, scale: Scale) -> bool:
    n, total = table.n(row, item), table.total(row, item)
    end = scale.zone(total / n)
    return end is None or all(_moves(table, row, item, bound * n - total, scale) for bound in scale.bounds(end))


def _moves(table: Table, row: int, item: int, points: Fraction, scale: Scale) -> bool:
    """Whether a cell can take `points` more from one other item, some other row balancing it."""
    rows, items = range(len(table.raters)), range(len(table.sums[row]))
    return not points or any(
        _fits(table, row, item, points, scale)
        and _fits(table, row, other, -points, scale)
        and _fits(table, partner, item, -points, scale)
        and _fits(table, partner, other, points, scale)
        for partner in rows
        for other in items
        if partner != row and other != item
    )


def _fits(table: Table, row: int, item: int, points: Fraction, scale: Scale) -> bool:
    raters = table.raters[row]
    return raters * scale.low <= table.sums[row][item] + points <= raters * scale.high
