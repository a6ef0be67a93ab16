"""What every command says, and in which language: the engagement's, once it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from kohtaamo_utils.errors import Said, joined, say
from kohtaamo_utils.telling import Voice, problem_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from kohtaamo_utils.engagement import Engagement
    from kohtaamo_utils.errors import Problem

INTERRUPTED = 130
VOICE = Voice()
"""Speaks English until the engagement's language is known."""


def tell(message: Said, *, err: bool = False) -> None:
    """Print a message in the engagement's language."""
    typer.echo(VOICE.told(message), err=err)


def print_problems(problems: Sequence[Problem]) -> None:
    """Print problems beside the results, to stderr."""
    for line in problem_lines(problems):
        tell(line, err=True)


def tell_of_other_run() -> None:
    """Say that another run has to be waited for."""
    tell(say("Another run is working on this engagement. This one goes on when it has ended."), err=True)


def open_engagement(folder: Path) -> Engagement:
    """Open an engagement; from here on the command speaks its language, also of settings that cannot be used."""
    from kohtaamo_utils.engagement import load

    speak_as(folder)
    return load(folder)


def speak_as(folder: Path) -> None:
    """Speak a folder's language from here on, as far as its settings tell one."""
    from kohtaamo_utils.engagement import language_of

    VOICE.language = language_of(folder)


def print_no_pdf(reports: Iterable[tuple[str, str]]) -> None:
    """Say which reports have no PDF though one was wanted: each reason once."""
    reasons: dict[str, list[str]] = {}
    for stem, reason in reports:
        if reason:
            reasons.setdefault(reason, []).append(stem)
    for reason, stems in reasons.items():
        tell(
            joined(
                [
                    say("No PDF of {reports}; the report itself is in place.", reports=", ".join(stems)),
                    joined([" ", reason]),
                ],
                "\n",
            ),
            err=True,
        )
