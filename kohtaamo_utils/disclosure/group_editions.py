"""Whether a new group report may be released beside the earlier ones.

A group report is computed from what the single reports print. Its reader may hold those that were released, so a
contribution that a released report prints is nothing new to him. Of the other ones - the report of that state was never
released, or was refused - a difference of two group reports must speak of none, or of as many as a group report needs: one
alone would be a reviewee's figures, and less his released report a figure of the few raters who came between.

So a second group report may tell how five or more reviewees together have moved, and everything that released single
reports tell anyway.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.entries import GROUPS
from kohtaamo_utils.disclosure.linear import exposes_few
from kohtaamo_utils.disclosure.pooling import OTHERS, SELF
from kohtaamo_utils.disclosure.samples import MINIMUM_REVIEWEES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kohtaamo_utils.disclosure.editions import Edition
    from kohtaamo_utils.disclosure.publication import Shown

State = tuple["str | None", "Shown", frozenset[tuple[str, str, str]]]
"""What stands behind a reviewee's printed mean: wave, the mean, and the marks of the answers."""
Unknown = tuple[str, str, State]
Row = dict[Unknown, Fraction]


@dataclass(frozen=True)
class Member:
    """One reviewee of a group report: the edition of his own report that it was made of."""

    id: str
    edition: Edition


Members = Mapping[str, Member]


def group_objection(new: Members, earlier: Sequence[Members], released: Collection[str]) -> tuple[int, int] | None:
    """Return why a group report may not be released: the fewest reviewees it may tell of, and beside which earlier one.

    Parameters
    ----------
    new
        Reviewee to the edition of his report that the group report is made of.
    earlier
        The same of all group reports that were released, from the first to the last.
    released
        Ids of the editions that were released as reports of their own.
    """
    minimum = max(MINIMUM_REVIEWEES, *(member.edition.minimum for each in (new, *earlier) for member in each.values()))
    for place, old in reversed(list(enumerate(earlier))):
        if 0 < len(_unreleased(old, new, released)) < minimum:
            return minimum, place
    if earlier and _together(earlier, new, released, minimum):
        return minimum, len(earlier) - 1
    return None


def _unreleased(old: Members, new: Members, released: Collection[str]) -> set[str]:
    """Return the reviewees who came, went or changed and of whom some state was not released as a report of its own."""
    sides = {name: {each[name].id for each in (old, new) if name in each} for name in old.keys() | new.keys()}
    came_or_went = old.keys() ^ new.keys()
    return {name for name, ids in sides.items() if (len(ids) > 1 or name in came_or_went) and not ids <= set(released)}


def _together(earlier: Sequence[Members], new: Members, released: Collection[str], minimum: int) -> bool:
    competencies = {
        name: None for each in (*earlier, new) for its in each.values() for name in its.edition.competencies
    }
    known = {
        (name, group, state)
        for each in (*earlier, new)
        for name, member in each.items()
        if member.id in released
        for competency in competencies
        for group in GROUPS
        if (state := _state(member.edition, competency, group)) is not None
    }
    for competency in competencies:
        before = _distinct(row for each in earlier for row in _rows(each, competency, known))
        now = _distinct(_rows(new, competency, known))
        if any(row not in before for row in now) and _expose(before, now, minimum):
            return True
    return False


def _rows(members: Members, competency: str, known: Collection[Unknown]) -> Iterable[Row]:
    """Return the sums over reviewees that a group report prints of a competency, less what is known of them."""
    states = {
        (name, group): state
        for name, member in members.items()
        for group in GROUPS
        if (state := _state(member.edition, competency, group)) is not None
    }
    for group in GROUPS:
        its = [(name, group, state) for (name, other), state in states.items() if other == group]
        if len(its) >= MINIMUM_REVIEWEES:
            yield {one: Fraction(1) for one in its if one not in known}
    both = [name for name in members if (name, SELF) in states and (name, OTHERS) in states]
    signs = {SELF: Fraction(1), OTHERS: Fraction(-1)}
    gaps: Row = {(name, group, states[name, group]): sign for name in both for group, sign in signs.items()}
    if len(both) >= MINIMUM_REVIEWEES:
        yield {one: sign for one, sign in gaps.items() if one not in known}


def _state(edition: Edition, competency: str, group: str) -> State | None:
    cell = edition.shown.get((f"c:{competency}", group))
    if cell is None:
        return None
    lines = [line for line in edition.raters if line.group == group or (group == OTHERS and line.group != SELF)]
    items = edition.items_of(competency)
    marks = frozenset(
        (line.rater, item, line.answers[item]) for line in lines for item in items if item in line.answers
    )
    return edition.wave, cell, marks


def _expose(before: Sequence[Row], now: Sequence[Row], minimum: int) -> bool:
    unknowns = list(dict.fromkeys(unknown for row in (*before, *now) for unknown in row))
    parts = [[[row.get(one, Fraction(0)) for one in unknowns] for row in rows] for rows in (before, now)]
    together = _distinct([*before, *now])
    rows = [[row.get(one, Fraction(0)) for one in unknowns] for row in together]
    return exposes_few(rows, [name for name, *_ in unknowns], minimum, [part for part in parts if part])


def _distinct(rows: Iterable[Row]) -> list[Row]:
    kept: list[Row] = []
    for row in rows:
        if row and row not in kept:
            kept.append(row)
    return kept
