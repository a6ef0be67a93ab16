"""What each reviewee is called: as the settings say, as the files say, or by an id that is a name."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.notes.findings import Findings
from kohtaamo_utils.intake.notes.personal_data import is_person
from kohtaamo_utils.intake.people.reviewee_ids import NAME, REVIEWEE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kohtaamo_utils.engagement import Engagement
    from kohtaamo_utils.intake.block import Block

_TURNED = re.compile(r"(?P<last>[^\W\d_][^\d_,()]*), (?P<first>[^\W\d_][^\d_,()]*?)(?: \(.*\))?")
"""A name with the family's name first, and what may stand in brackets behind it."""
LIST = "internal/review_360/reviewees.csv"
"""Where the consultant finds, below the reports, whose report is whose."""


def with_names(engagement: Engagement, blocks: list[Block]) -> list[Block]:
    """Return the ratings with the reviewees' names; how many have none though their ids tell nothing is logged.

    A name is what a report's cover shows, and what is taken out of the comments about others.

    Parameters
    ----------
    engagement
        The engagement, whose settings may say names.
    blocks
        What each source of the ratings gave.
    """
    identifiers = {given: text for block in blocks for given, text in block.identifiers.items()}
    said = {_folded(key): name for key, name in engagement.settings.review_360.names.items()}
    frames = [frame for block in blocks for frame in block.frames if REVIEWEE in frame]
    ids = dict.fromkeys(name for frame in frames for name in frame[REVIEWEE].dropna().unique().tolist())
    named = {name for frame in frames if NAME in frame for name in frame.loc[frame[NAME].notna(), REVIEWEE].tolist()}
    settled = {name: said.get(_folded(name)) or said.get(_folded(identifiers.get(name, ""))) for name in ids}
    own = {name: called(identifiers.get(name, name)) for name in ids if name not in named}
    names = {name: text for name in ids if (text := settled[name] or own.get(name))}
    made = [replace(block, frames=tuple(_named(frame, names) for frame in block.frames)) for block in blocks]
    nameless = sum(name in identifiers and name not in named and name not in names for name in ids)
    return [_noted(made[0], nameless), *made[1:]] if nameless else made


def called(identifier: str) -> str:
    """Return the name that an identifier is, given names first; "" if it is none.

    Examples
    --------
    >>> called("Virtanen, Ville"), called("Ville Virtanen"), called("r01")
    ('Ville Virtanen', 'Ville Virtanen', '')
    """
    turned = _TURNED.fullmatch(identifier)
    if turned is not None:
        return f"{turned['first']} {turned['last']}"
    return identifier if is_person(identifier) else ""


def _named(frame: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    if REVIEWEE not in frame or not names:
        return frame
    found = frame[REVIEWEE].map(names)
    there = frame[NAME] if NAME in frame else pd.Series(None, index=frame.index, dtype="str")
    return frame.assign(**{NAME: found.fillna(there).astype("str")})


def _noted(block: Block, nameless: int) -> Block:
    findings = Findings("ratings_360", block.inputs[0].file if block.inputs else "")
    detail = say(
        "reviewees without a name: their covers show a pseudonym, and their names are not taken out of comments about others; "
        "{file} tells who they are, `{entry}` in engagement.yaml names them",
        file=LIST,
        entry="review_360: {names: {…: …}}",
    )
    findings.note("unsettled", "nameless", nameless, detail, column=NAME)
    return replace(block, entries=(*block.entries, *findings.entries))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
