"""Of which reviewees each of the group's figures of a competency is, and their values."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from kohtaamo_utils.disclosure.entries import GROUPS, Entry, Value
from kohtaamo_utils.disclosure.pooling import MANAGER, OTHERS, PROTECTED, SELF

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from kohtaamo_utils.disclosure.question import Rules

MINIMUM_REVIEWEES = 5
"""Fewest reviewees of a group report, and of each of its figures."""
GAP = "gap"
"""Self less others, beside the rater groups."""


def aligned(own: Mapping[str, Value], others: Mapping[str, Value]) -> tuple[Mapping[str, Value], Mapping[str, Value]]:
    """Return self and others over the same reviewees where a few only have one of the two.

    The gap is of those who have both. With a mean of a few more beside it, it would give those few.

    Examples
    --------
    >>> from fractions import Fraction
    >>> both = {name: Value(Fraction(3)) for name in "abcde"}
    >>> own, others = aligned(both | {"f": Value(Fraction(5))}, both)
    >>> "".join(own), "".join(others)
    ('abcde', 'abcde')
    """
    both = own.keys() & others.keys()
    if len(both) < MINIMUM_REVIEWEES:
        return own, others
    few = [len(values) - len(both) < MINIMUM_REVIEWEES for values in (own, others)]
    cut = [{name: value for name, value in values.items() if name in both} for values in (own, others)]
    return (cut[0] if few[0] else own), (cut[1] if few[1] else others)


class Samples:
    """The reviewees and values behind the figures of one competency.

    Parameters
    ----------
    entries
        All reviewees of the group report.
    competency
        Which.
    rules
        What the mean of the others is.
    """

    def __init__(self, entries: Sequence[Entry], competency: str, rules: Rules) -> None:
        self.entries, self.competency, self.rules = entries, competency, rules
        self.names = [entry.reviewee for entry in entries]

    @cached_property
    def values(self) -> dict[str, Mapping[str, Value]]:
        """Rater group, or the gap, to reviewee to value."""
        found: dict[str, Mapping[str, Value]] = {
            group: {
                entry.reviewee: entry.values[self.competency, group]
                for entry in self.entries
                if (self.competency, group) in entry.values
            }
            for group in GROUPS
        }
        found[SELF], found[OTHERS] = own, others = aligned(found[SELF], found[OTHERS])
        gaps = {
            name: Value(own[name].exact - others[name].exact, others[name].banded) for name in own if name in others
        }
        return found | {GAP: gaps}

    @cached_property
    def arrays(self) -> dict[str, npt.NDArray[np.float64]]:
        """The same as numbers, one a reviewee; NaN for those who are not in the figure."""
        return {
            figure: np.array([float(values[name].exact) if name in values else np.nan for name in self.names])
            for figure, values in self.values.items()
        }

    def guarded(self, group: str) -> npt.NDArray[np.bool_]:
        """Return for whom the own report prints a number that protected raters are in.

        A band leaves half a point open by itself; self and managers are known by name.
        """
        values = self.values[group]
        return np.array(
            [name in values and not values[name].banded and self._has_protected(name, group) for name in self.names]
        )

    def _has_protected(self, reviewee: str, group: str) -> bool:
        return bool(self.sizes[reviewee].keys() & set(PROTECTED if group == OTHERS else (group,)) - {MANAGER})

    def banded(self, group: str) -> int:
        """Return how many reviewees are in a group's mean by the middle of their band."""
        return sum(value.banded for value in self.values[group].values())

    @cached_property
    def sizes(self) -> dict[str, dict[str, int]]:
        """How many of each rater group but self rated each reviewee."""
        return {entry.reviewee: entry.sizes(self.competency) for entry in self.entries}

    @cached_property
    def weights(self) -> dict[str, npt.NDArray[np.float64]]:
        """Each rater group's weight in the others' mean, one a reviewee; NaN where it is not a mean of groups."""
        counts = {
            group: np.array([self.sizes[name].get(group, 0) for name in self.names], dtype=float)
            for group in (MANAGER, *PROTECTED)
        }
        if self.rules.others == "groups":
            pooled = np.array([any("+" in group for group in entry.publication.groups) for entry in self.entries])
            counts = {group: np.where(pooled, np.nan, count > 0) for group, count in counts.items()}
        total = sum(counts.values(), np.zeros(len(self.names)))
        total[total == 0] = np.nan
        return {group: count / total for group, count in counts.items()}
