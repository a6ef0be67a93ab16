"""Arguments that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kohtaamo_utils.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kohtaamo_utils.engagement import Language

Folder = Annotated[
    Path, typer.Argument(metavar="DIR", help="Engagement folder (holds engagement.yaml).", show_default=False)
]


def jobs_of(text: str | int) -> int:
    """Return how many reports are made at a time; 0 for as many as the machine bears.

    Raises
    ------
    typer.BadParameter
        It is neither a number of one or more nor ``auto``.

    Examples
    --------
    >>> jobs_of("auto"), jobs_of("4")
    (0, 4)
    """
    if isinstance(text, int):  # the default, which Typer sends through here too
        return text
    text = text.strip().casefold()
    if text == "auto":
        return 0
    if not text.isascii() or not text.isdigit() or not int(text):
        raise typer.BadParameter(f"{text!r} is neither a number of reports nor auto.")
    return int(text)


Jobs = Annotated[
    int,
    typer.Option(
        parser=jobs_of,
        metavar="N|auto",
        help="Reports made at a time; auto = as many as the cores and the memory bear.",
        show_default="auto",
    ),
]


def known_languages(names: Sequence[str]) -> tuple[Language, ...]:
    """Return languages that were asked for, in the kit's order.

    Raises
    ------
    SettingsError
        One is not known.
    """
    from kohtaamo_utils.engagement import LANGUAGES, unknown_language

    unknown = [name for name in names if name not in LANGUAGES]
    if unknown:
        raise SettingsError(unknown_language(unknown[0]))
    return tuple(known for known in LANGUAGES if known in names)
