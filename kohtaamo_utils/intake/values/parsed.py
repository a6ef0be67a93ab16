"""What parsing a column's distinct cells gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Wrong:
    """Why a cell cannot be read.

    Parameters
    ----------
    kind
        Machine name of the rule that was broken.
    message
        What came, in a sentence.
    advice
        What to do.
    """

    kind: str
    message: str
    advice: str = ""


@dataclass(frozen=True)
class Parsed(Generic[T]):
    """The values of distinct cells.

    Parameters
    ----------
    found
        One for each cell; None where it is empty or wrong.
    wrong
        By the cell's place, why it cannot be read.
    unclear
        Why the column as a whole cannot be read; then no value is to be used.
    inferred
        What was decided about the column as a whole, e.g. ``dates d.m.yyyy``; "" for nothing.
    """

    found: list[T | None]
    wrong: dict[int, Wrong] = field(default_factory=dict)
    unclear: Wrong | None = None
    inferred: str = ""
