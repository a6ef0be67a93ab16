"""Which categories may be shown within each unit, beside everything that is shown of all units together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from kohtaamo_utils.disclosure.alike import Alike, nobody
from kohtaamo_utils.disclosure.determined import NOTHING_LEFT, Known, coordinates
from kohtaamo_utils.disclosure.few_told import too_telling
from kohtaamo_utils.disclosure.overlaps import COMPLEMENT, FEW, Published, Sets, differ_by_few

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    Rows: TypeAlias = frozenset[int]


@dataclass(frozen=True)
class _Cell:
    """The respondents of one unit in one category of a dimension."""

    unit: str
    dimension: str
    category: str
    rows: Rows


def publish_within(
    sets: Sets,
    published: Published,
    everyone: Rows,
    minimum: int,
    parent: str,
    crossed: Sequence[str],
    alike: Alike = nobody,
) -> dict[str, Published]:
    """Decide what is shown within each unit, for the readers of all units' reports and of the report on the whole together.

    The largest are decided first, so that what is lost is small. A cell (a touchpoint's answers in a unit) stands only where its unit and its category are shown, and where

    - it has the minimum, and what its unit and its category have besides the shown cells is nobody or the minimum;
    - it does not hold, and is not held by, anything else that is shown with a few people more;
    - no combination of everything that is shown gives the sum of a few: of a hidden category or cell, or of a line's small ones.

    Parameters
    ----------
    sets
        Dimension to category to rows, hidden categories included.
    published
        What is shown of the whole (`overlaps.publish`).
    everyone
        All rows; their figure is shown too.
    minimum
        Smallest number of people that is shown.
    parent, crossed
        The dimension of the units, and those that are shown within units.
    alike
        Tells which people's figure would tell what each answered (`alike.alike_in`).

    Returns
    -------
    dict
        By unit that is shown.

    Examples
    --------
    >>> north, south = frozenset(range(20)), frozenset(range(20, 50))
    >>> till, phone = frozenset([*range(12), *range(20, 40)]), frozenset([*range(12, 20), *range(40, 50)])
    >>> sets = {"unit": {"north": north, "south": south}, "touchpoint": {"till": till, "phone": phone}}
    >>> found = publish_within(sets, Published(sets, {}), north | south, 5, "unit", ["touchpoint"])
    >>> sorted(found["north"].shown["touchpoint"])
    ['phone', 'till']
    """
    units = published.shown.get(parent, {})
    cells = [
        _Cell(unit, dimension, category, rows & inside)
        for unit, inside in units.items()
        for dimension in crossed
        for category, rows in published.shown.get(dimension, {}).items()
        if rows & inside
    ]
    shown = _Shown(sets, published, everyone, minimum, parent, crossed, cells, alike)
    largest_first = sorted(cells, key=lambda each: (-len(each.rows), each.unit, each.dimension, each.category))
    taken = [cell for cell in largest_first if len(cell.rows) >= minimum and shown.takes(cell)]
    kept = _told_by_none(taken, published, everyone, minimum)
    return {unit: _of(unit, cells, kept, minimum, crossed) for unit in units}


def _told_by_none(taken: list[_Cell], published: Published, everyone: Rows, minimum: int) -> list[_Cell]:
    """Return the cells that with everything else give no sum of a few people."""
    whole = [everyone, *(rows for its in published.shown.values() for rows in its.values())]
    telling = too_telling(whole, {cell: cell.rows for cell in taken}, minimum)
    return [cell for cell in taken if cell not in telling]


def _of(unit: str, cells: list[_Cell], taken: list[_Cell], minimum: int, crossed: Sequence[str]) -> Published:
    result = Published({name: {} for name in crossed}, {name: {} for name in crossed})
    for cell in sorted((cell for cell in cells if cell.unit == unit), key=lambda cell: cell.category):
        if cell in taken:
            result.shown[cell.dimension][cell.category] = cell.rows
        else:
            reason = FEW if len(cell.rows) < minimum else COMPLEMENT
            result.hidden[cell.dimension][cell.category] = reason.format(minimum=minimum)
    return result


class _Shown:
    """Everything that is shown so far, and what must not be computed from it."""

    def __init__(
        self,
        sets: Sets,
        published: Published,
        everyone: Rows,
        minimum: int,
        parent: str,
        crossed: Sequence[str],
        cells: Sequence[_Cell],
        alike: Alike,
    ) -> None:
        self._minimum, self._alike = minimum, alike
        whole = [everyone, *(rows for shown in published.shown.values() for rows in shown.values())]
        self._sets = list(whole)
        self._units, self._categories = published.shown.get(parent, {}), published.shown
        self._left: dict[tuple[str, str, str], Rows] = {}
        places = {row: place for place, row in enumerate(sorted(everyone))}
        inside = _matrix([*whole, *(cell.rows for cell in cells)], places)
        _, first, of_row, sizes = np.unique(
            np.packbits(inside, axis=0).T, axis=0, return_index=True, return_inverse=True, return_counts=True
        )
        atoms = inside[:, first].astype(float)  # unknown are the sums of answers over atoms: the rows in the same sets
        self._places, self._of_row, self._sizes = places, of_row.ravel(), sizes
        values, directions = np.linalg.eigh(atoms @ atoms.T)
        held = values > NOTHING_LEFT * values.max()
        frame = (atoms.T @ directions[:, held]) / np.sqrt(values[held])
        rows = directions[:, held] * np.sqrt(values[held])
        self._rows = dict(zip(cells, rows[len(whole) :], strict=True))
        fragile = [self._atoms(few) for few in _few(sets, everyone, minimum, parent, crossed)]
        self._known = Known(rows[: len(whole)], coordinates(frame, [few for few in fragile if few]))

    def takes(self, cell: _Cell) -> bool:
        """Show a cell unless that would tell of few; tell whether it is shown."""
        row, column = (cell.unit, cell.dimension, ""), ("", cell.dimension, cell.category)
        in_unit = self._left.get(row, self._units[cell.unit]) - cell.rows
        in_category = self._left.get(column, self._categories[cell.dimension][cell.category]) - cell.rows
        rests = [rest for rest in (in_unit, in_category) if rest]
        if any(len(rest) < self._minimum for rest in rests) or any(map(self._alike, (cell.rows, *rests))):
            return False
        if any(
            differ_by_few(new, old, self._minimum, self._alike) for new in (cell.rows, *rests) for old in self._sets
        ):
            return False
        if not self._known.takes(self._rows[cell]):
            return False
        self._sets += [cell.rows, *rests]
        self._left[row], self._left[column] = in_unit, in_category
        return True

    def _atoms(self, few: Rows) -> tuple[int, ...]:
        """Return the atoms that make up a set of few; none where it is only a part of one, which nobody can compute."""
        inside = np.bincount(self._of_row[[self._places[row] for row in few]], minlength=len(self._sizes))
        used = np.flatnonzero(inside)
        return tuple(used.tolist()) if (inside[used] == self._sizes[used]).all() else ()


def _matrix(sets: Sequence[Rows], places: Mapping[int, int]) -> NDArray[np.bool_]:
    found = np.zeros((len(sets), len(places)), dtype=bool)
    for position, rows in enumerate(sets):
        found[position, [places[row] for row in rows]] = True
    return found


def _few(sets: Sets, everyone: Rows, minimum: int, parent: str, crossed: Iterable[str]) -> Iterator[Rows]:
    """Give the sets of few whose sum must not be computed, each once."""
    found: set[Rows] = set()
    for dimension in sets:
        found.update(_small(_parts(sets, dimension, everyone), minimum))
    units = _parts(sets, parent, everyone)
    for dimension in crossed:
        categories = _parts(sets, dimension, everyone)
        for lines, others in ((units, categories), (categories, units)):
            for line in lines:
                found.update(_small([line & other for other in others], minimum))
    yield from sorted(found, key=sorted)


def _parts(sets: Sets, dimension: str, everyone: Rows) -> list[Rows]:
    """Return a dimension's categories, and those who are in none."""
    categories = sets.get(dimension, {})
    return [*categories.values(), everyone.difference(*categories.values())]


def _small(parts: Sequence[Rows], minimum: int) -> Iterator[Rows]:
    """Give the parts that are some but few, and all of them together if they are few as well."""
    few = [part for part in parts if 0 < len(part) < minimum]
    yield from few
    together = frozenset[int]().union(*few)
    if 0 < len(together) < minimum:
        yield together
