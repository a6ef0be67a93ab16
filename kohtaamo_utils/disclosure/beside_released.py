"""What of today's survey may stand beside the editions that were released before.

A reader holds both editions: n times the mean of today less n times the mean of then is the sum of those who came, less that
of those who went. So of every set that is shown, and of whatever is left over between sets, nobody or the minimum must have
come since each edition, and nobody or the minimum must have gone; who answers otherwise now has gone and come.

Those who are gone are rows as well, with negative numbers, so that rests and differences of sets count them too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kohtaamo_utils.disclosure.alike import Alike
    from kohtaamo_utils.disclosure.survey_editions import Earlier

Rows: TypeAlias = frozenset[int]
COARSE = 1000
"""A figure of so many is printed too coarsely for its difference to tell of a few: a mean's two decimals leave ±5 points open in its sum."""


@dataclass(frozen=True)
class Change:
    """Who came and who went between one edition and today, of those behind one measure of one group."""

    edition: Earlier
    new: Rows
    gone: Mapping[int, str]
    """Negative number to the edition's response."""
    all_rows: Rows


@dataclass(frozen=True)
class BesideReleased:
    """The editions that were released before, as one measure of one group meets them.

    Parameters
    ----------
    changes
        One for each edition.
    minimum
        Smallest number of people that is shown.
    """

    changes: tuple[Change, ...] = ()
    minimum: int = 0
    _ghosts: dict[int, tuple[Earlier, str]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self._ghosts.update({ghost: (each.edition, one) for each in self.changes for ghost, one in each.gone.items()})

    @property
    def ghosts(self) -> Rows:
        """Those who are gone."""
        return frozenset(self._ghosts)

    def tells(self, rows: Rows) -> bool:
        """Tell whether the figure of some rows, the gone included, would tell of few beside an edition."""
        now = len(rows) - len(rows & self.ghosts)
        if not now or now >= COARSE:
            return False
        return now < self.minimum or any(
            self._few(len(rows & each.new)) or self._few(len(rows & each.gone.keys())) for each in self.changes
        )

    def with_ghosts(self, sets: Mapping[str, Rows], dimension: str) -> dict[str, Rows]:
        """Return a dimension's categories with those who are gone from each."""
        return {
            name: rows
            | {ghost for ghost, (edition, one) in self._ghosts.items() if edition.was_in(one, dimension, name)}
            for name, rows in sets.items()
        }

    def telling_moves(self, sets: Mapping[str, Rows], dimension: str) -> frozenset[str]:
        """Return the categories that a few came into or left while they answered as before."""
        return frozenset(
            name
            for name, rows in sets.items()
            if any(any(map(self._few, self._moves(each, rows, {name}, dimension))) for each in self.changes)
        )

    def rest_moves(self, shown: Mapping[str, Rows], dimension: str) -> bool:
        """Tell whether a few changed between the shown categories, together, and what is not shown."""
        rows = frozenset[int]().union(*shown.values())
        return any(any(map(self._few, self._moves(each, rows, shown, dimension))) for each in self.changes)

    def moved(self, dimensions: Iterable[str], rows: Rows) -> bool:
        """Tell whether anybody who answered as before is in another category of some dimension."""
        return any(each.edition.moved(dimension, rows - each.new) for dimension in dimensions for each in self.changes)

    def differs(self, dimensions: Iterable[str], rows: Rows) -> bool:
        """Tell whether anything at all is otherwise than in some edition."""
        return any(each.new or each.gone for each in self.changes) or self.moved(dimensions, rows)

    def _moves(self, change: Change, rows: Rows, names: Iterable[str], dimension: str) -> tuple[int, int]:
        edition, ids = change.edition, change.edition.today.ids
        moved = edition.moved(dimension, change.all_rows - change.new)
        before = {row for row in moved if any(edition.was_in(ids[row], dimension, name) for name in names)}
        return len((moved & rows) - before), len(before - rows)

    def _few(self, count: int) -> bool:
        return 0 < count < self.minimum


NOTHING_BEFORE = BesideReleased()


def beside(editions: Sequence[Earlier], columns: Sequence[str], group: str, rows: Rows, minimum: int) -> BesideReleased:
    """Return how one measure of one group stands beside the editions that were released before.

    Parameters
    ----------
    editions
        They.
    columns
        The measure's questions.
    group
        Respondent group.
    rows
        Today's answers to it.
    minimum
        Smallest number of people that is shown.
    """
    changes, ghost = [], 0
    for edition in editions:
        new = edition.new(columns, rows)
        if new == rows:
            continue  # another round of answers: nothing of it is in both, so nothing can be taken from one another
        gone = {}
        for one in edition.gone(columns, group):
            ghost -= 1
            gone[ghost] = one
        changes.append(Change(edition, new, gone, rows))
    return BesideReleased(tuple(changes), minimum)


def both(one: Alike, other: Alike) -> Alike:
    """Return what tells of rows whether either of two rules does."""
    return lambda rows: one(rows) or other(rows)


def late(edition: Earlier, groups: Iterable[str], of_group: Mapping[str, Rows], minimum: int) -> Rows:
    """Return the answers that came since an edition in groups of which so few did that their figures would tell them.

    They are left out until there are enough, so that the released figures stay as they are. Where something was taken away
    or changed as well, the edition cannot be shown again, and nothing is left out.
    """
    found: set[int] = set()
    for group in groups:
        new = frozenset(row for row in of_group[group] if edition.today.ids[row] not in edition.lines)
        if 0 < len(new) < minimum and edition.is_whole(group):
            found |= new
    return frozenset(found)
