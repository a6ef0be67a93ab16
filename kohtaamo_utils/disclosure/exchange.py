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
        Shape (rows, items): the sum over a row's raters.
    raters
        Raters in each row; all of them answered all items.
    """

    sums: tuple[tuple[Fraction, ...], ...]
    raters: tuple[int, ...]


def leaves_bands_open(table: Table, scale: Scale) -> bool:
    """Tell whether row and column sums leave every hidden mean near a scale's end its whole band.

    No column's mean may itself lie near an end: it would be a mean that can be computed.

    Examples
    --------
    >>> leaves_bands_open(Table(((Fraction(15), Fraction(9)), (Fraction(9), Fraction(9))), (3, 3)), Scale(1, 5))
    True
    >>> leaves_bands_open(Table(((Fraction(15), Fraction(9)), (Fraction(9), Fraction(3))), (3, 3)), Scale(1, 5))
    False
    """
    everyone = sum(table.raters)
    columns = [sum(column, Fraction(0)) / everyone for column in zip(*table.sums, strict=True)]
    if any(scale.zone(mean) is not None for mean in columns):
        return False
    return all(
        _moves_through_band(table, row, item, scale)
        for row, raters in enumerate(table.raters)
        for item in range(len(columns))
        if scale.zone(table.sums[row][item] / raters) is not None
    )


def _moves_through_band(table: Table, row: int, item: int, scale: Scale) -> bool:
    mean = table.sums[row][item] / table.raters[row]
    goals = (bound * table.raters[row] for bound in scale.bounds(scale.zone(mean)))
    return all(_moves(table, row, item, goal - table.sums[row][item], scale) for goal in goals)


def _moves(table: Table, row: int, item: int, points: Fraction, scale: Scale) -> bool:
    """Whether a cell can take `points` more from one other item, some other row balancing it."""
    rows, items = range(len(table.raters)), range(len(table.sums[row]))
    return not points or any(
        _fits(table, row, other, -points, scale)
        and _fits(table, partner, item, -points, scale)
        and _fits(table, partner, other, points, scale)
        for partner in rows
        for other in items
        if partner != row and other != item
    )


def _fits(table: Table, row: int, item: int, points: Fraction, scale: Scale) -> bool:
    raters = table.raters[row]
    return raters * scale.low <= table.sums[row][item] + points <= raters * scale.high
