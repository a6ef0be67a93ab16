"""Which of a sheet's columns is which column of a canonical table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.intake.proposing.evidence import evidence
from kohtaamo_utils.intake.proposing.names import Fit, heading_fit

if TYPE_CHECKING:
    from collections.abc import Collection

    from kohtaamo_utils.intake.sheet import Sheet
    from kohtaamo_utils.tables import Table

LEAST = 0.3
"""Confidence below which a column is not even shown."""
TOLD = 0.7
"""A heading as sure as this is shown although its values refuse it."""
CLOSE, UNSURE = 0.03, 0.7
"""Two columns that fit so nearly alike make both so much less sure."""
BETTER, SECOND = 0.1, 0.7
"""A column that fits another name so much better is so much less sure."""


@dataclass(frozen=True)
class Match:
    """A file's column that may be a canonical one.

    Parameters
    ----------
    name
        Canonical column.
    place
        The column's place in the sheet.
    confidence
        From 0 to 1; 0 means that the values refuse what the heading promises.
    reason
        Why, in English.
    """

    name: str
    place: int
    confidence: float
    reason: str


def matches(sheet: Sheet, table: Table, taken: Collection[str] = (), used: Collection[int] = ()) -> list[Match]:
    """Return the best column for each canonical column, and those that were refused.

    What is taken already changes nothing about how sure the others are, so that asking twice gives the same.

    Parameters
    ----------
    sheet
        The file, laid out.
    table
        The canonical table.
    taken
        Canonical columns that have their column already.
    used
        Places of columns that are used already.
    """
    every = [match for name in table.columns for match in _fitting(sheet, table, name)]
    weighed = [_weighed(match, every, sheet) for match in every]
    order = list(table.columns)
    weighed.sort(key=lambda match: (-match.confidence, order.index(match.name), match.place))
    names, places = set(taken), set(used)
    chosen: list[Match] = []
    for match in weighed:
        if match.confidence >= LEAST and match.name not in names and match.place not in places:
            chosen.append(match)
            names.add(match.name)
            places.add(match.place)
    refused = [
        match for match in weighed if not match.confidence and match.name not in names and match.place not in places
    ]
    return sorted(chosen, key=lambda match: order.index(match.name)) + refused


def _fitting(sheet: Sheet, table: Table, name: str) -> list[Match]:
    found = []
    for place, heading in enumerate(sheet.names):
        if not heading or not _told_apart(sheet, heading):
            continue
        fit = _best_fit(sheet, place, table.name, name)
        if fit.confidence < LEAST:
            continue
        held = evidence(sheet, place, table, name)
        confidence = round(fit.confidence * held.factor, 2)
        if confidence or fit.confidence >= TOLD:
            found.append(Match(name, place, confidence, f'heading like "{fit.phrase}"; {held.reason}'))
    return found


def _best_fit(sheet: Sheet, place: int, table: str, name: str) -> Fit:
    headings = (sheet.names[place], *(sheet.aliases[place] if sheet.aliases else ()))
    return max((heading_fit(table, name, heading) for heading in headings), key=lambda fit: fit.confidence)


def _told_apart(sheet: Sheet, heading: str) -> bool:
    """Tell whether a heading names one column: two alike cannot be mapped."""
    return [name.casefold() for name in sheet.names].count(heading.casefold()) == 1


def _weighed(match: Match, every: list[Match], sheet: Sheet) -> Match:
    """Lower a match that another column is nearly as good for, or whose column fits another name better."""
    if not match.confidence:
        return match
    best = max(other.confidence for other in every if other.place == match.place)
    rivals = [
        other
        for other in every
        if other.name == match.name
        and other.place != match.place
        and other.confidence >= match.confidence - CLOSE
        and other.confidence == max(each.confidence for each in every if each.place == other.place)
    ]
    if best > match.confidence + BETTER:
        return Match(
            match.name, match.place, round(match.confidence * SECOND, 2), f"{match.reason}; fits another better"
        )
    if rivals and match.confidence < 0.98:
        rival = sheet.names[rivals[0].place]
        return Match(
            match.name, match.place, round(match.confidence * UNSURE, 2), f'{match.reason}; "{rival}" fits as well'
        )
    return match
