"""360 forms with a row an evaluation and a column an item: which columns are the items, and who rated."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.instrument.reading import bundled_questions
from kohtaamo_utils.intake.columns.mapping import ROW
from kohtaamo_utils.intake.columns.summary_headings import RESPONDENTS, plain
from kohtaamo_utils.intake.columns.wide import GIVEN
from kohtaamo_utils.intake.notes.personal_data import heading_kind
from kohtaamo_utils.intake.people.privacy import personal_kind
from kohtaamo_utils.intake.proposing.evidence import evidence
from kohtaamo_utils.intake.proposing.names import WHOLE, heading_fit, says_importance
from kohtaamo_utils.intake.proposing.proposal import WRITTEN_FROM
from kohtaamo_utils.intake.values.cells import is_blank
from kohtaamo_utils.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kohtaamo_utils.intake.proposing.match import Match
    from kohtaamo_utils.intake.proposing.reading import Way
    from kohtaamo_utils.intake.sheets.sheet import Sheet
    from kohtaamo_utils.tables import Table

RATINGS = "ratings_360"
FEWEST_ITEMS = 3
"""So many columns that may be items make a sheet one with a row an evaluation."""
KNOWN_ITEMS, LIKELY_ITEMS, BY_ADDRESS, BY_ROW = 0.95, 0.8, 0.75, 0.7
"""How sure: items of the kit's own; columns on the review's scale; an address is the rater; each row is another rater."""
OF_TOOLS = frozenset(
    {"status", "finished", "progress", "unsolicited", "lastpage", "last page", "seed", "id", "#", "nro", "no"}
)
"""What survey tools count for themselves, in numbers that an answer could be."""
WHOM = ("reviewee_id", "rater_group")
"""What makes a list of scores a 360 form, if none of its items is known."""


@dataclass(frozen=True)
class Said:
    """One thing that the form's settings need: a column's name or ``(row)``, how sure, and why."""

    name: str
    heading: str
    confidence: float
    reason: str


@dataclass(frozen=True)
class Evaluations:
    """A sheet read as a form with a row an evaluation.

    Parameters
    ----------
    items
        Columns with the scores of one item each, as the settings are to call them.
    confidence, reason
        How sure they are, and why.
    matches
        The other columns, those left out that the items give.
    also
        Canonical columns that no heading gives.
    """

    items: tuple[str, ...]
    confidence: float
    reason: str
    matches: tuple[Match, ...]
    also: tuple[Said, ...]

    @property
    def sure(self) -> dict[str, float]:
        """How sure each canonical column is."""
        said = {match.name: match.confidence for match in self.matches}
        return said | dict.fromkeys(GIVEN, self.confidence) | {one.name: one.confidence for one in self.also}


def evaluations(sheet: Sheet, table: Table, way: Way, found: Sequence[Match]) -> Evaluations | None:
    """Return how a sheet is read as a 360 form with a row an evaluation; None where it is none.

    Items of the kit's own instrument make it one. So do columns of numbers or words on the review's scale, where others say
    who is rated and what the rater is to them.

    Parameters
    ----------
    sheet
        The file, laid out.
    table
        The table of ratings, as the engagement reads it.
    way
        How the file is read.
    found
        What its columns may be, one by one.
    """
    rest = tuple(match for match in found if match.name not in GIVEN)
    known = asked_items(sheet)
    if known:
        reason = say("columns that are items of the kit's own instrument")
        return Evaluations(known, KNOWN_ITEMS, reason, rest, ())
    named = _reviewee_by_name(rest)
    sure = {match.name: match.place for match in named if match.confidence >= WRITTEN_FROM}
    if table.name != RATINGS or not set(WHOM) <= set(sure) or _is_long(found):
        return None
    places = [place for place in _scored(sheet, table, way) if place not in sure.values()]
    if len(places) < FEWEST_ITEMS:
        return None
    items = tuple(_called(sheet, place) for place in places)
    reason = say("{n} columns of answers on the review's scale; put them under their competencies", n=len(items))
    also = () if "rater_id" in sure else (_rater(sheet),)
    others = tuple(
        match for match in named if match.place not in places and match.name not in {one.name for one in also}
    )
    return Evaluations(items, LIKELY_ITEMS, reason, others, also)


def asked_items(sheet: Sheet) -> tuple[str, ...]:
    """Return the columns of a sheet that are items of the kit's own 360 instrument; () where they are too few.

    A column is called by whichever of its names is an item's id or text.
    """
    asked = bundled_questions()
    found = [
        name
        for place in range(len(sheet.names))
        if (name := next((one for one in _headings(sheet, place) if asked.item(one)), None))
    ]
    return tuple(found) if len(found) >= FEWEST_ITEMS else ()


def _is_long(found: Iterable[Match]) -> bool:
    """Tell whether the sheet has a row a rating: a column of items and one of scores."""
    return {"item", "score"} <= {match.name for match in found if match.confidence >= WRITTEN_FROM}


def _reviewee_by_name(found: Iterable[Match]) -> tuple[Match, ...]:
    """Let the name of who is rated be the id where the form asks for nothing else."""
    matches = tuple(found)
    if any(match.name == "reviewee_id" and match.confidence >= WRITTEN_FROM for match in matches):
        return matches
    left = [match for match in matches if match.name != "reviewee_id"]
    return tuple(replace(match, name="reviewee_id") if match.name == "reviewee_name" else match for match in left)


def _scored(sheet: Sheet, table: Table, way: Way) -> Iterator[int]:
    """Yield the places of columns whose answers are all on the review's scale, and whose heading speaks of nothing else."""
    for place, heading in enumerate(sheet.names):
        if not heading or personal_kind(sheet, place) is not None or _is_something_else(sheet, place):
            continue
        different = sheet.column(place)[lambda column: ~column.map(is_blank).to_numpy(dtype=bool)].nunique()
        if different > 1 and evidence(sheet, place, table, "score", way).factor == 1:
            yield place


def _is_something_else(sheet: Sheet, place: int) -> bool:
    """Tell whether a heading is the whole name of what is no score, a response's number, its date, a unit, or asks how important it is."""
    return (
        sheet.names[place].casefold() in OF_TOOLS
        or plain(sheet.names[place]) in RESPONDENTS
        or says_importance(_headings(sheet, place))
        or any(
            rule.kind != "number" and heading_fit(table.name, name, heading).confidence >= WHOLE
            for heading in _headings(sheet, place)
            for table in TABLES.values()
            for name, rule in table.columns.items()
            if name not in GIVEN and table.name in {"survey", RATINGS}
        )
    )


def _headings(sheet: Sheet, place: int) -> tuple[str, ...]:
    return (sheet.names[place], *(sheet.aliases[place] if sheet.aliases else ()))


def _called(sheet: Sheet, place: int) -> str:
    """Return what the settings call an item's column: its question's text rather than a code, if no other has it."""
    every = [heading.casefold() for other in range(len(sheet.names)) for heading in _headings(sheet, other)]
    texts = [one for one in _headings(sheet, place) if " " in one and every.count(one.casefold()) == 1]
    return texts[0] if texts else sheet.names[place]


def _rater(sheet: Sheet) -> Said:
    """Return who rated where no heading says so: the address that a form keeps, or each row another person."""
    for place, name in enumerate(sheet.names):
        address = any(heading_kind(one) == "email" for one in _headings(sheet, place))
        if address and not sheet.column(place).map(is_blank).any():
            reason = say("the address of who answered; it becomes a pseudonym")
            return Said("rater_id", name, BY_ADDRESS, reason)
    reason = say("no column says who rated, so each row is another rater: see that nobody rated the same person twice")
    return Said("rater_id", ROW, BY_ROW, reason)
