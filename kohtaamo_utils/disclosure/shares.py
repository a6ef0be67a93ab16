"""How a share of the reviewees may be told: as one of a few classes, never as a count.

A share as a number gives the place of the reviewee whose report a reader lacks, and none or all gives everybody's. A class
that begins at nothing or ends at everybody says neither, and each class holds at least two counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from kohtaamo_utils.disclosure.samples import MINIMUM_REVIEWEES

if TYPE_CHECKING:
    from collections.abc import Mapping

_PARTS = ((30, 10), (15, 5), (0, 3))
"""From how many people on, into how many classes: each holds at least three of thirty or fifteen people."""
Name = TypeVar("Name", bound=str)


@dataclass(frozen=True)
class ShareClass:
    """Class number `place` (from 0) of `parts` equal classes of shares; a class holds its lower end, the last both.

    Examples
    --------
    >>> ShareClass(0, 3).low, ShareClass(2, 10).high
    (0.0, 0.3)
    """

    place: int
    parts: int

    @property
    def low(self) -> float:
        """Lowest share of the class."""
        return self.place / self.parts

    @property
    def high(self) -> float:
        """Where the next class begins, or 1."""
        return (self.place + 1) / self.parts

    def counts(self, n: int) -> range:
        """Return the counts of n people that are in the class.

        Examples
        --------
        >>> list(ShareClass(0, 3).counts(8)), list(ShareClass(2, 3).counts(8))
        ([0, 1, 2], [6, 7, 8])
        """
        inside = [count for count in range(n + 1) if share_class(count, n, self.parts) == self]
        return range(inside[0], inside[-1] + 1)


def share_class(count: int, n: int, parts: int = 0) -> ShareClass:
    """Return the class of a share: thirds, of fifteen people or more fifths, of thirty or more tenths.

    Examples
    --------
    >>> share_class(3, 8), share_class(12, 40)
    (ShareClass(place=1, parts=3), ShareClass(place=3, parts=10))
    """
    parts = parts or next(classes for least, classes in _PARTS if n >= least)
    return ShareClass(min(count * parts // n, parts - 1), parts)


def shares(counts: Mapping[Name, int]) -> dict[Name, ShareClass] | None:
    """Return the classes of counts that make up a whole; None where they may not be told.

    There must be five people, and the classes together may not leave a single count possible for one of them.

    Examples
    --------
    >>> shares({"a": 1, "b": 3}), shares({"a": 2, "b": 2, "c": 2, "d": 2})
    (None, None)
    >>> shares({"a": 1, "b": 7})
    {'a': ShareClass(place=0, parts=3), 'b': ShareClass(place=2, parts=3)}
    """
    n = sum(counts.values())
    if n < MINIMUM_REVIEWEES:
        return None
    classes = {name: share_class(count, n) for name, count in counts.items()}
    ranges = {name: found.counts(n) for name, found in classes.items()}
    least, most = sum(its[0] for its in ranges.values()), sum(its[-1] for its in ranges.values())
    for its in ranges.values():
        if max(its[0], n - (most - its[-1])) == min(its[-1], n - (least - its[0])):
            return None
    return classes
