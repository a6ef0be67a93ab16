"""The errors that a user may meet, and the problems that they list. This module imports nothing of ours.

Every message says what came, what is allowed and what to do about it. It is English text that knows its template, so
that the command line can say it in the user's language (`presentation.wording.Wording.told`).
"""

from __future__ import annotations

import errno
import os
import re
import shlex
from dataclasses import asdict, dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any, Self, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

EXIT_PROBLEM = 1
EXIT_USAGE = 2
SETTINGS_FILE = "engagement.yaml"
YAML = (".yaml", ".yml")
"""Where columns are keys."""

Value: TypeAlias = str | int
"""What fills a place of a message: text as it came, another message, or a count."""


class Said(str):
    """A message: English text that knows what it was made from. Made by `say`, `say_plural` and `joined`.

    Parameters
    ----------
    template
        The English sentence with ``{name}`` where values stand; for a plural the one for a single thing.
    values
        What stands there. Plain text is never translated, another `Said` is, and a count is written as a figure.
    plural, number
        The sentence for any other number of things than one, and how many there are; None where nothing is counted.
    """

    template: str
    values: dict[str, Value]
    plural: str
    number: int | None

    def __new__(
        cls, template: str, values: Mapping[str, Value] | None = None, plural: str = "", number: int | None = None
    ) -> Self:
        """Fill the template."""
        filled = {name: value if isinstance(value, str | int) else str(value) for name, value in (values or {}).items()}
        chosen = template if number in {None, 1} else plural
        made = super().__new__(cls, chosen.format_map(filled) if filled else chosen)
        made.template, made.values, made.plural, made.number = template, filled, plural, number
        return made

    def __getnewargs__(self) -> tuple[str, dict[str, Value], str, int | None]:  # type: ignore[override]
        """Let a message be copied, and sent from the process that makes a report."""
        return self.template, self.values, self.plural, self.number

    def shortened(self, most: int) -> Said:
        """Return the message with each text in it cut to so many characters."""
        values = {
            name: shortened(value, most) if isinstance(value, str) else value for name, value in self.values.items()
        }
        return Said(self.template, values, self.plural, self.number)


def say(template: str, /, **values: Value) -> Said:
    """Return a message; the template is a literal, for it is the message's id in the catalogs.

    Examples
    --------
    >>> message = say("{value} is outside the scale.", value="12")
    >>> message
    '12 is outside the scale.'
    >>> message.template, message.values
    ('{value} is outside the scale.', {'value': '12'})
    """
    return Said(template, values)


def say_plural(singular: str, plural: str, count: int, /, **values: Value) -> Said:
    """Return a message that a count decides the form of; ``{n}`` is the count.

    Examples
    --------
    >>> say_plural("{n} problem.", "{n} problems.", 2)
    '2 problems.'
    """
    return Said(singular, {"n": count, **values}, plural, count)


def joined(parts: Iterable[str], separator: str = " ") -> Said:
    """Return messages one after another as one; empty ones are left out.

    Examples
    --------
    >>> joined([say("Correct it."), "", say("Add it.")])
    'Correct it. Add it.'
    """
    values: dict[str, Value] = {f"part{place}": part for place, part in enumerate(part for part in parts if part)}
    return Said(separator.join(f"{{{name}}}" for name in values), values)


def either(names: Iterable[str]) -> str:
    """Return alternatives with "or" between them.

    Examples
    --------
    >>> either(["a", "b", "c"])
    'a or b or c'
    """
    return reduce(lambda one, other: say("{one} or {other}", one=one, other=other), names)


def together(names: Iterable[str]) -> str:
    """Return things with "and" between them.

    Examples
    --------
    >>> together(["`start`", "`end`"])
    '`start` and `end`'
    """
    return reduce(lambda one, other: say("{one} and {other}", one=one, other=other), names)


def quoted(name: str) -> str:
    """Return a name in the language's quotation marks.

    Examples
    --------
    >>> quoted("Kassa")
    '"Kassa"'
    """
    return say('"{quoted_name}"', quoted_name=name)


def argument(path: object, system: str = os.name) -> str:
    """Return a path as it is typed behind a command: in quotation marks where the terminal would take it apart.

    Parameters
    ----------
    path
        The path.
    system
        ``nt`` for Windows, whose terminals know no other marks than double ones.

    Examples
    --------
    >>> argument("työ/asiakas-oy", "posix"), argument("Oy Asiakas Ab", "posix"), argument("X:/Oy Ab", "nt")
    ('työ/asiakas-oy', "'Oy Asiakas Ab'", '"X:/Oy Ab"')
    """
    text = str(path)
    if system == "nt":
        return f'"{text}"' if re.search(r"[\s&()^;,=!%']", text) else text
    return text if re.fullmatch(r"[\w@%+=:,./-]+", text) else shlex.quote(text)


def shortened(text: str, most: int) -> str:
    """Return a text cut to so many characters; a message keeps its sentence and has its values cut.

    Examples
    --------
    >>> shortened("abcdef", 3), shortened(say("{value} is not a date.", value="abcdef"), 3)
    ('abc…', 'abc… is not a date.')
    """
    if isinstance(text, Said) and text.values:
        return text.shortened(most)
    return text if isinstance(text, Said) or len(text) <= most else f"{text[:most]}…"


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
        Column as it is called in the file, or the key in ``engagement.yaml``.
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
        parts: list[str] = [self.file or SETTINGS_FILE]
        parts += [say("row {row}", row=str(self.row))] if self.row is not None else []
        if self.column is not None:
            settings = not self.file or self.file.endswith(YAML)
            parts += [say('key "{key}"', key=self.column) if settings else say('column "{column}"', column=self.column)]
        parts += [say('value "{value}"', value=self.value)] if self.value is not None else []
        return joined(parts, ", ")

    @property
    def said(self) -> Said:
        """The whole problem as a message."""
        expected = say("Expected: {expected}.", expected=self.expected) if self.expected else ""
        return joined([joined([self.place, self.message], ": "), expected, self.advice])

    def __str__(self) -> str:
        return str.__str__(self.said)

    def as_dict(self) -> dict[str, Any]:
        """Return the problem for ``kohtaamo check --json``: its English texts, and what the message was made from."""
        made = self.message if isinstance(self.message, Said) else Said(self.message)
        return {**asdict(self), "template": made.template, "values": made.values}


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
    told = ""
    """The error in the language of the report that it came from, if it came from one."""

    def __init__(self, message: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.problems = problems

    @property
    def said(self) -> Said:
        """The message with its problems, as a message."""
        return joined([self.message, *(joined(["  -", problem.said]) for problem in self.problems)], "\n")

    def __str__(self) -> str:
        return str.__str__(self.said)

    def _render_traceback_(self) -> list[str]:
        """Return what a notebook shows in the place of Python's traceback."""
        return (self.told or str(self)).splitlines()


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
    """A report was made but must not be, or could not be, delivered.

    Parameters
    ----------
    message
        What happened and what to do.
    aside
        What is told at once and kept in no file that may be sent on: it names somebody.
    """

    def __init__(self, message: str, aside: str = "") -> None:
        super().__init__(message)
        self.aside = aside

    @property
    def said(self) -> Said:
        """The message with its aside."""
        return joined([self.message, self.aside])


_REASONS = {
    errno.EACCES: say("it may not be read or written, or another program has it open"),
    errno.EPERM: say("it may not be read or written, or another program has it open"),
    errno.ENOENT: say("there is no such file or folder"),
    errno.ENOTDIR: say("a file is where a folder should be"),
    errno.EISDIR: say("a folder is where a file should be"),
    errno.EEXIST: say("something of that name is already there"),
    errno.ENOSPC: say("the disk is full"),
    errno.EROFS: say("the disk can only be read"),
}


def reason_of(error: OSError) -> str:
    """Return why the system refuses a file or folder, as a message where the kit has one.

    Examples
    --------
    >>> print(reason_of(OSError(errno.ENOSPC, "No space left on device")))
    the disk is full
    """
    return _REASONS.get(error.errno or 0, error.strerror or str(error))
