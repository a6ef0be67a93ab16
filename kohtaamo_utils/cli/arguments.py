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
