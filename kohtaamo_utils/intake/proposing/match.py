"""One of a file's columns that may be a canonical one."""

from __future__ import annotations

from dataclasses import dataclass


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
    factors
        Headings and numbers that it is made of; () for the column at `place` itself.
    made
        How: their ``product``, or a ``date`` of a year, a month and a day.
    """

    name: str
    place: int
    confidence: float
    reason: str
    factors: tuple[str | float, ...] = ()
    made: str = "product"
