"""The errors that a user may meet, and the problems that they list. This module imports nothing of ours.

Every message says what came, what is allowed and what to do about it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

EXIT_PROBLEM = 1
EXIT_USAGE = 2


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that is wrong in the client's files or settings, placed so that a person finds it.

    Parameters
    ----------
    file
        File as the engagement names it, e.g. ``data/asiakaskysely.csv``.
    message
        What came, in a sentence.
    expected
        What is allowed.
    advice
        What to do.
    kind
        Machine name of the rule that was broken, e.g. ``out_of_range``.
    table
        Canonical table that the file was read for.
    row
        Row as a person counts it in the file (the header is row 1), or the line in ``engagement.yaml``.
    column
        Column as it is called in the file.
    value
        The value that came.

    Examples
    --------
    >>> print(Problem(file="data/kysely.csv", row=7, column="nps", value="12", kind="out_of_range",
    ...               message="12 is outside the scale.", expected="a whole number from 0 to 10",
    ...               advice="Correct the value, or list it under `missing`."))
    data/kysely.csv, row 7, column "nps", value "12": 12 is outside the scale. Expected: a whole number from 0 to 10. Correct the value, or list it under `missing`.
    """

    file: str
    message: str
    expected: str = ""
    advice: str = ""
    kind: str = "problem"
    table: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None

    @property
    def place(self) -> str:
        """File, row, column and value in one line."""
        parts = [self.file or "engagement.yaml"]
        parts += [f"row {self.row}"] if self.row is not None else []
        parts += [f'column "{self.column}"'] if self.column is not None else []
        parts += [f'value "{self.value}"'] if self.value is not None else []
        return ", ".join(parts)

    def __str__(self) -> str:
        expected = f" Expected: {self.expected}." if self.expected else ""
        advice = f" {self.advice}" if self.advice else ""
        return f"{self.place}: {self.message}{expected}{advice}"

    def as_dict(self) -> dict[str, Any]:
        """Return the problem for ``kohtaamo check --json``."""
        return asdict(self)


class KohtaamoError(Exception):
    """Base of all errors that a user may meet.

    Parameters
    ----------
    message
        What happened and what to do.
    problems
        The single problems, if the error stands for several.
    """

    exit_status = EXIT_PROBLEM

    def __init__(self, message: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join([self.message, *(f"  - {problem}" for problem in self.problems)])


class SettingsError(KohtaamoError):
    """A command or ``engagement.yaml`` asks for something that cannot be."""

    exit_status = EXIT_USAGE


class DataError(KohtaamoError):
    """The client's files cannot be read rightly as they are."""


class MissingDataError(DataError):
    """A report was asked for whose tables the engagement does not have."""


class DisclosureError(KohtaamoError):
    """Publishing this would let a reader identify a person."""


class DeliveryError(KohtaamoError):
    """A report was made but must not be, or could not be, delivered."""
