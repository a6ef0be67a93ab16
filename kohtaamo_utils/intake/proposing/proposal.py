"""One proposal, and what all of them together make of ``engagement.yaml``."""

from __future__ import annotations

from dataclasses import dataclass

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
        Headings and numbers whose product the column is; () for the column `heading`.
    written
        Whether it was written.

    Examples
    --------
    >>> Proposal(table="survey", name="nps", file="data/a.csv", heading="NPS", confidence=0.864, reason="").note
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
    factors: tuple[str | int, ...] = ()
    written: bool = False

    @property
    def sure(self) -> bool:
        """Whether it is sure enough to be written."""
        return round(self.confidence, 2) >= WRITTEN_FROM

    @property
    def note(self) -> str:
        """The comment that marks it in the file."""
        return f"proposed by kohtaamo map, {self.confidence:.2f}: check"


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
