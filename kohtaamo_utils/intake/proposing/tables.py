"""Which canonical table a sheet is, and what else must be said about it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import joined, say
from kohtaamo_utils.intake.proposing.evaluations import RATINGS, evaluations
from kohtaamo_utils.intake.proposing.matching import matches
from kohtaamo_utils.intake.proposing.names import groups_named, tables_named
from kohtaamo_utils.intake.proposing.proposal import WRITTEN_FROM
from kohtaamo_utils.intake.scales.met_criteria import met
from kohtaamo_utils.intake.values.cells import distinct, is_blank
from kohtaamo_utils.tables import TABLES, Table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from kohtaamo_utils.intake.proposing.candidates import Candidate
    from kohtaamo_utils.intake.proposing.evaluations import Evaluations
    from kohtaamo_utils.intake.proposing.match import Match
    from kohtaamo_utils.intake.sheets.sheet import Sheet

HINTED, MISLED = 0.3, 0.85
"""A name that speaks of the table takes away so much of the doubt; one that speaks of others leaves so much confidence."""
VISITS = "mystery_shopping"
COVERED = 0.15
"""What it counts, between two tables, that all of a file's columns are recognised."""
GROUP_SAID, GROUP_IN_HEADINGS, GROUP_BY_MEASURE, GROUP_GUESSED = 0.9, 0.75, 0.8, 0.5


@dataclass(frozen=True)
class Guess:
    """A table that a sheet may be.

    Parameters
    ----------
    table
        The canonical table.
    confidence
        From 0 to 1.
    reason
        Why, in English.
    matches
        Its columns.
    wide
        How it is read where it has a row an evaluation and a column an item.
    """

    table: Table
    confidence: float
    reason: str
    matches: tuple[Match, ...]
    wide: Evaluations | None = None


def guess(candidate: Candidate, sheet: Sheet) -> Guess | None:
    """Return the table that a sheet is most likely; None if nothing speaks for any."""
    found = [_guess(candidate.way.table(name), candidate, sheet) for name in TABLES]
    ending = any(each.table.name == "customers" and each.confidence >= WRITTEN_FROM and _ends(each) for each in found)
    possible = [each for each in found if each.confidence > 0 and not (ending and each.table.name == "transactions")]
    return max(possible, key=lambda each: (_rank(each, sheet), -list(TABLES).index(each.table.name)), default=None)


def _ends(guess: Guess) -> bool:
    """Tell whether each row has a day when it ends, which contracts have and orders have not."""
    return any(match.name == "ended_on" and match.confidence >= WRITTEN_FROM for match in guess.matches)


def refusals(candidate: Candidate, sheet: Sheet) -> list[tuple[Table, Match]]:
    """Return the columns whose headings fit a table that would need them, and whose values refuse it."""
    found = []
    for table in map(candidate.way.table, TABLES):
        needed = {*table.required, *(name for way in table.one_of for name in way)}
        refused = [match for match in matches(sheet, table, candidate.way) if not match.confidence]
        found += [(table, match) for match in refused if match.name in needed]
    return found


def _rank(each: Guess, sheet: Sheet) -> float:
    sure = sum(match.confidence >= WRITTEN_FROM for match in each.matches)
    sure += 0 if each.wide is None else len(each.wide.items)
    return each.confidence + COVERED * sure / max(len(sheet.named), 1)


def _guess(table: Table, candidate: Candidate, sheet: Sheet) -> Guess:
    found = tuple(matches(sheet, table, candidate.way))
    wide = evaluations(sheet, table, candidate.way, found) if table.name == RATINGS else None
    found = found if wide is None else wide.matches
    sure = {match.name: match.confidence for match in found} if wide is None else wide.sure
    if table.name == VISITS and (score := yes_or_no(sheet, found)) is not None:
        sure["maximum"] = score.confidence
    needs = [name for name in table.required if (table.name, name) != ("survey", "respondent_group")]
    ways = [tuple(sure.get(name, 0.0) for name in way) for way in table.one_of]
    best = max((sum(way) / len(way) for way in ways), default=None)
    parts = [sure.get(name, 0.0) for name in needs] + ([] if best is None else [best])
    lacking = [name for name in needs if not sure.get(name)]
    confidence = sum(parts) / len(parts)
    hints = frozenset[str]().union(*map(tables_named, candidate.names))
    if lacking or (best is not None and best < WRITTEN_FROM):
        confidence = min(confidence * 0.7, WRITTEN_FROM - 0.1)
    if table.name in hints:
        confidence += (1 - confidence) * HINTED if confidence >= WRITTEN_FROM else 0
    elif hints:
        confidence *= MISLED
    return Guess(table, round(confidence, 2), _why(table, lacking, best, hints), found, wide)


def yes_or_no(sheet: Sheet, found: Iterable[Match]) -> Match | None:
    """Return the visits' scores where they are answered yes or no and no column says how many points there are."""
    known = {match.name: match for match in found if match.confidence}
    score = known.get("score")
    if score is None or "maximum" in known:
        return None
    cells = [cell for cell in distinct(sheet.column(score.place))[1] if not is_blank(cell)]
    return score if cells and len(met(cells)) == len(cells) else None


def _why(table: Table, lacking: list[str], best: float | None, hints: Collection[str]) -> str:
    if lacking:
        return say("no column for {names}", names=", ".join(lacking))
    if best is not None and best < WRITTEN_FROM:
        ways = joined(
            (
                reduce(lambda one, other: say("{one} with {other}", one=one, other=other), way)
                for way in table.one_of[:4]
            ),
            ", ",
        )
        return say("no sure column for any of {ways}", ways=ways)
    if table.name in hints:
        return say("it has what {table} needs; its name says so", table=table.name)
    return say("it has what {table} needs", table=table.name)


def respondent_group(candidate: Candidate, sheet: Sheet, measures: Collection[str]) -> tuple[str, float, str]:
    """Return who most likely answered a survey that does not say it row by row, how sure, and why.

    Parameters
    ----------
    candidate
        The sheet's file.
    sheet
        The sheet.
    measures
        Canonical columns that it has.
    """
    named = groups_named(candidate.names)
    if len(named) == 1:
        return named[0], GROUP_SAID, say("the file's name says so")
    if "enps" in measures and "nps" not in measures:
        return "employee", GROUP_BY_MEASURE, say("staff are asked about their employer")
    asked = groups_named(sheet.named)
    if asked and "nps" in measures and "enps" not in measures and "employee" not in asked:
        return "customer", GROUP_BY_MEASURE, say("the headings speak of customers")
    if "nps" in measures and "enps" not in measures:
        return "customer", GROUP_IN_HEADINGS, say("customers are asked whether they recommend")
    if not {"csat", "ces"}.isdisjoint(measures) and "employee" not in asked:
        return "customer", WRITTEN_FROM, say("customers are asked how they were served")
    return "employee" if "employee" in asked else "customer", GROUP_GUESSED, say("nothing says who answered")
