"""From an engagement to proposals, and to settings that hold those that are sure enough."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kohtaamo_utils.engagement.settings import columns_named
from kohtaamo_utils.errors import joined, say
from kohtaamo_utils.intake.columns.column_names import own_name
from kohtaamo_utils.intake.columns.month_columns import month_columns
from kohtaamo_utils.intake.columns.no_answers import is_score
from kohtaamo_utils.intake.columns.wide import GIVEN
from kohtaamo_utils.intake.proposing.candidates import Candidate, opened, unnamed
from kohtaamo_utils.intake.proposing.evidence import examples
from kohtaamo_utils.intake.proposing.matching import matches
from kohtaamo_utils.intake.proposing.proposal import WRITTEN_FROM, Outcome, Proposal
from kohtaamo_utils.intake.proposing.repeated import Read, repeated
from kohtaamo_utils.intake.proposing.tables import VISITS, guess, refusals, respondent_group, yes_or_no
from kohtaamo_utils.intake.proposing.writing import WIDE_ITEMS, Block, write_columns, write_sources
from kohtaamo_utils.intake.rows.summary_tables import OF_ANSWERS, Summary, summary_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kohtaamo_utils.engagement import Engagement, Source
    from kohtaamo_utils.intake.proposing.match import Match
    from kohtaamo_utils.intake.proposing.tables import Guess
    from kohtaamo_utils.intake.sheets.sheet import Sheet
    from kohtaamo_utils.tables import Table

GROUP = "respondent_group"


def propose(engagement: Engagement, text: str, told: Callable[[str], str] = str) -> Outcome:
    """Propose what the files that no source names are, and the columns that no source has.

    Parameters
    ----------
    engagement
        The engagement folder, opened.
    text
        The whole of its ``engagement.yaml``.
    told
        Puts a message into the user's language, for the comments in the file.

    Returns
    -------
    Outcome
        The settings with what is sure enough, everything else in them as it was; and all proposals. Nothing is
        written to disk.
    """
    proposals: list[Proposal] = []
    for name, sources in engagement.settings.sources.items():
        for number, source in enumerate(sources):
            found = [each.noted(told) for each in _for_source(engagement, name, source)]
            text, found = write_columns(text, name, number, found)
            proposals += found
    reads: list[Read] = []
    for candidate in unnamed(engagement):
        read, found = _for_file(candidate)
        reads += [] if read is None else [read]
        proposals += found
    gone = repeated(reads, engagement)
    proposals += gone.values()
    blocks = [read.block.noted(told) for place, read in enumerate(reads) if place not in gone]
    text, written = write_sources(text, engagement.settings, blocks)
    return Outcome(text, (*proposals, *written))


def _for_source(engagement: Engagement, name: str, source: Source) -> list[Proposal]:
    """Propose what a source's first file has and its block does not say."""
    candidate = opened(engagement.path(source.file[0]), source, engagement.settings)
    sheet = candidate.sheet
    if sheet is None:
        return []
    table = candidate.way.table(name)
    own = {name for name in table.columns if own_name(sheet, name) is not None}
    taken = {*source.columns, *source.constants, *own, *(GIVEN if source.wide else ())}
    used = {place for place, name in enumerate(sheet.names) if _is_used(sheet, place, source) or name.casefold() in own}
    found = matches(sheet, table, candidate.way, taken, used)
    return [*_group(candidate, sheet, table, taken | {match.name for match in found if match.confidence}), *(
        _column(candidate, sheet, table, match) for match in found
    )]  # fmt: skip


def _is_used(sheet: Sheet, place: int, source: Source) -> bool:
    names = {
        sheet.names[place].casefold(),
        *(name.casefold() for name in (sheet.aliases[place] if sheet.aliases else ())),
    }
    return not names.isdisjoint(name.casefold() for name in _named(source))


def _named(source: Source) -> Iterator[str]:
    """Yield the file's columns that a block names already."""
    for rule in source.columns.values():
        yield from rule.values() if isinstance(rule, dict) else columns_named(rule)
    if source.wide is not None:
        yield from source.wide.competencies


def _for_file(candidate: Candidate) -> tuple[Read | None, list[Proposal]]:
    """Return what a new source would hold; nothing where no table is sure enough, then with its proposals."""
    sheet = candidate.sheet
    if sheet is None:
        return None, [_about(candidate, "", 0, candidate.problem)]
    found = guess(candidate, sheet)
    summed = _summed_up(sheet, found)
    if summed is not None:
        return None, [_about(candidate, "", 0, joined([summed.message, summed.advice]))]
    wide = month_columns(sheet.named)
    if wide is not None and (found is None or found.confidence < WRITTEN_FROM):
        return None, [_about(candidate, "", 0, joined([wide.message, wide.advice]))]
    if found is None:
        refused = [_column(candidate, sheet, table, match) for table, match in refusals(candidate, sheet)]
        reason = say("its values are not what its headings promise") if refused else say("no table fits its headings")
        return None, [_about(candidate, "", 0, reason), *refused]
    head = _about(candidate, found.table.name, found.confidence, found.reason)
    columns = [_column(candidate, sheet, found.table, match) for match in found.matches]
    known = {match.name for match in found.matches if match.confidence}
    group = _group(candidate, sheet, found.table, known)
    inside = [*group, *columns, *_points(candidate, sheet, found), *_wide(candidate, found)]
    if not head.sure:
        return None, [head, *inside]
    return Read(Block(candidate.source, head, tuple(inside)), candidate, sheet), []


def _summed_up(sheet: Sheet, found: Guess | None) -> Summary | None:
    """Return what shows that a sheet which may be one of answers sums them up."""
    if found is not None and found.table.name not in OF_ANSWERS and found.confidence >= WRITTEN_FROM:
        return None
    scored = [] if found is None else [match for match in found.matches if match.confidence and is_score(match.name)]
    return summary_in(sheet, [match.place for match in scored if match.place >= 0])


def _about(candidate: Candidate, table: str, confidence: float, reason: str) -> Proposal:
    sheet = "" if candidate.source.sheet is None else str(candidate.source.sheet)
    return Proposal(
        table=table, name="", file=candidate.file, sheet=sheet, heading="", confidence=confidence, reason=reason
    )


def _column(candidate: Candidate, sheet: Sheet, table: Table, match: Match) -> Proposal:
    kind = table.columns[match.name].kind
    return replace(
        _about(candidate, table.name, match.confidence, match.reason),
        name=match.name,
        heading=(" + " if match.made == "date" else " × ").join(map(str, match.factors)) or sheet.names[match.place],
        examples=() if match.factors else examples(sheet, match.place, identifier=kind == "id"),
        factors=match.factors,
        made=match.made,
    )


def _points(candidate: Candidate, sheet: Sheet, found: Guess) -> list[Proposal]:
    """Propose one point for each criterion of visits that are answered yes or no, if no column says how many."""
    score = yes_or_no(sheet, found.matches) if found.table.name == VISITS else None
    if score is None:
        return []
    about = _about(candidate, VISITS, score.confidence, say("a criterion that was met earns all points"))
    return [replace(about, name="constants.maximum", heading="1")]


def _wide(candidate: Candidate, found: Guess) -> list[Proposal]:
    """Propose the columns that each hold the scores of one item, and what no heading of the form says."""
    wide, table = found.wide, found.table.name
    if wide is None:
        return []
    about = _about(candidate, table, wide.confidence, wide.reason)
    items = replace(about, name=WIDE_ITEMS, heading=f"{wide.items[0]} … {wide.items[-1]}", factors=wide.items)
    said = [
        replace(_about(candidate, table, one.confidence, one.reason), name=one.name, heading=one.heading)
        for one in wide.also
    ]
    return [*said, items]


def _group(candidate: Candidate, sheet: Sheet, table: Table, known: set[str]) -> list[Proposal]:
    """Propose who answered a survey, if no column and no constant says it."""
    if table.name != "survey" or GROUP in known:
        return []
    group, confidence, reason = respondent_group(candidate, sheet, known)
    return [replace(_about(candidate, table.name, confidence, reason), name=f"constants.{GROUP}", heading=group)]
