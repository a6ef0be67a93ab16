"""For which competencies the group report may tell how reliable the ratings are: intraclass correlations and alpha.

An intraclass correlation compares the spread between reviewees with the spread of the raters within them. A reader who
holds all the single reports knows the means and the spreads that those print, so what is new to him is one sum: of the
spreads that they do not print. Such a sum, and every difference of two, must be of at least two reviewees and at least five
raters.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.linear import exposes_few
from kohtaamo_utils.disclosure.pooling import OTHERS, PROTECTED
from kohtaamo_utils.disclosure.samples import MINIMUM_REVIEWEES
from kohtaamo_utils.disclosure.spread import SPREAD_MINIMUM, Pair

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kohtaamo_utils.disclosure.entries import Entry

_REVIEWEES = 2
"""Fewest reviewees that a sum of unprinted spreads may be of."""
_NONE, _ONE = Fraction(0), Fraction(1)
Rater = tuple[str, str, str]
"""Reviewee, rater group, rater."""


def with_reliability(entries: Sequence[Entry], competency: str) -> frozenset[Pair]:
    """Return the (competency, rater group) whose intraclass correlation may be shown.

    The others come first, then peers, reports and customers; one is left out where a difference from those before it
    would be too telling.

    Parameters
    ----------
    entries
        The reviewees.
    competency
        Which.
    """
    allowed: list[str] = []
    unprinted = _unprinted(entries, competency)
    for group in (OTHERS, *PROTECTED):
        rated = [entry for entry in entries if is_in(entry, competency, group)]
        if len(rated) >= MINIMUM_REVIEWEES and _is_safe(entries, competency, [*allowed, group], unprinted):
            allowed.append(group)
    return frozenset((competency, group) for group in allowed)


def is_in(entry: Entry, competency: str, group: str) -> bool:
    """Tell whether a reviewee's raters are in a group's intraclass correlation.

    The others are all raters; of a protected group only those are in it whose mean the reviewee's own report prints.
    """
    return bool(entry.answers(competency, OTHERS)) if group == OTHERS else (competency, group) in entry.values


def is_consistent(entries: Sequence[Entry], competency: str) -> bool:
    """Tell whether alpha of a competency's items over all the others' complete answers may be shown.

    It gives the sum of the items' spreads, for the reviewees whose own reports do not print them all.
    """
    items = entries[0].scores.items_of(competency) if entries else ()
    left: set[str] = set()
    people: set[str] = set()
    for entry in entries:
        items = entry.scores.items_of(competency)
        if all((item, OTHERS) in entry.publication.item_spread for item in items):
            continue
        complete = [s for s in entry.scores.sheets if s.group in PROTECTED and all(item in s.answers for item in items)]
        left |= {entry.reviewee} if complete else set()
        people |= {sheet.rater_id for sheet in complete}
    return not left or (len(left) >= _REVIEWEES and len(people) >= SPREAD_MINIMUM)


def _unprinted(entries: Iterable[Entry], competency: str) -> list[Rater]:
    """Return the protected raters whose group's spread their reviewee's report does not print."""
    found = []
    for entry in entries:
        printed = {name for its, group in entry.publication.spread if its == competency for name in group.split("+")}
        answers = entry.answers(competency, OTHERS)
        found += [
            (entry.reviewee, score.group, score.rater_id)
            for score in answers
            if score.group in PROTECTED and score.group not in printed
        ]
    return found


def _is_safe(entries: Sequence[Entry], competency: str, groups: Sequence[str], raters: Sequence[Rater]) -> bool:
    included = {(entry.reviewee, group) for entry in entries for group in PROTECTED if is_in(entry, competency, group)}
    rows = [
        [
            _ONE if name == OTHERS or (group == name and (reviewee, name) in included) else _NONE
            for reviewee, group, _ in raters
        ]
        for name in groups
    ]
    if not raters:
        return True
    people, reviewees = [rater for *_, rater in raters], [reviewee for reviewee, *_ in raters]
    return not exposes_few(rows, people, SPREAD_MINIMUM) and not exposes_few(rows, reviewees, _REVIEWEES)
