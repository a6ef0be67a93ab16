"""One proposal, and what all of them together make of ``engagement.yaml``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say

if TYPE_CHECKING:
    from collections.abc import Callable

WRITTEN_FROM = 0.7
"""Least confidence at which a proposal is written."""


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """One thing that a person may want to say in ``engagement.yaml``.

    Parameters
    ----------
    table
        Canonical table; "" where none was recognised.
    name
        Canonical column, ``constants.<column>`` for a constant; "" for the table itself.
    file
        File as the engagement names it.
    heading
        The file's column, or the constant's value; "" for a table.
    confidence
        From 0 to 1; 0 means that it was refused.
    reason
        Why, in English.
    sheet
        The workbook's sheet, if it has several.
    examples
        At most three values, personal data masked.
    factors
        Headings and numbers that the column is made of; () for the column `heading`.
    made
        How: their ``product``, or a ``date`` of a year, a month and a day.
    written
        Whether it was written.
    note
        The comment that marks it in the file.

    Examples
    --------
    >>> nps = Proposal(table="survey", name="nps", file="data/a.csv", heading="NPS", confidence=0.864, reason="")
    >>> nps.noted(str).note
    'proposed by kohtaamo map, 0.86: check'
    """

    table: str
    name: str
    file: str
    heading: str
    confidence: float
    reason: str
    sheet: str = ""
    examples: tuple[str, ...] = ()
    factors: tuple[str | float, ...] = ()
    made: str = "product"
    written: bool = False
    note: str = ""

    @property
    def sure(self) -> bool:
        """Whether it is sure enough to be written."""
        return round(self.confidence, 2) >= WRITTEN_FROM

    def noted(self, told: Callable[[str], str]) -> Proposal:
        """Return the proposal with the comment that marks it in the file, in the user's language."""
        return replace(self, note=told(say("proposed by kohtaamo map, {sure}: check", sure=f"{self.confidence:.2f}")))


@dataclass(frozen=True)
class Outcome:
    """What was proposed, and the settings with what was sure enough.

    Parameters
    ----------
    text
        The whole of ``engagement.yaml``, the same as before where nothing is sure enough.
    proposals
        All of them, written or not.
    """

    text: str
    proposals: tuple[Proposal, ...]
