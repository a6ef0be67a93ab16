"""A row under the header that gives the unit of each column: €, kpl, pvm, %."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.intake.columns.heading_units import is_unit
from kohtaamo_utils.intake.values.cells import as_text, is_blank

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kohtaamo_utils.intake.values.cells import Cell, Record

NO_UNIT = frozenset({"-", "–", "—"})
"""What stands under the heading of a column that has no unit."""


def is_unit_row(row: Record, below: Callable[[int], Iterable[Cell]]) -> bool:
    """Tell whether every filled cell of a row is a unit, and no value of its column.

    A column in which units stand further down holds them as values (*Yksikkö: kpl, kg, kpl*). Letters, or one word alone, may be an
    answer, unless figures stand under them.

    Parameters
    ----------
    row
        The cells of the row.
    below
        Gives the cells under one of them by its place.

    Examples
    --------
    >>> is_unit_row(["", "pvm", "€"], lambda place: ["1"]), is_unit_row(["k", "e"], lambda place: ["hyvä"])
    (True, False)
    >>> is_unit_row(["kpl", "€"], lambda place: ["kg", "5"][place : place + 1])
    False
    """
    given = {place: as_text(cell) for place, cell in enumerate(row) if not is_blank(cell)}
    said = {place: text for place, text in given.items() if text not in NO_UNIT}
    if not said or not all(map(is_unit, said.values())):
        return False
    under = [[as_text(cell) for cell in below(place) if not is_blank(cell)] for place in said]
    if not any(under) or any(is_unit(text) for texts in under for text in texts):
        return False
    letters = all(text.isalpha() and len(text) == 1 for text in said.values())
    word = len(given) == 1 and next(iter(said.values())).isalpha()
    return not (letters or word) or all(texts and all(map(_is_figure, texts)) for texts in under)


def _is_figure(text: str) -> bool:
    """Tell whether a value is written in figures, as numbers and days are: no word stands among those."""
    return any(map(str.isdigit, text)) and not any(map(str.isalpha, text))


def with_unit(heading: str, unit: str) -> str:
    """Return a heading that states the unit which stands under it.

    Examples
    --------
    >>> with_unit("Palkka", "€/kk"), with_unit("Palkka", "[€]")
    ('Palkka (€/kk)', 'Palkka (€)')
    """
    return f"{heading} ({unit.strip('()[] ')})".strip()
