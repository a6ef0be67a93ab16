"""Columns of a file that nothing maps, and the rule that leaves out the rows with some of their words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import quoted, together
from kohtaamo_utils.intake.notes.yaml_text import yaml_text
from kohtaamo_utils.intake.values.cells import as_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kohtaamo_utils.intake.sheets.sheet import Titled
    from kohtaamo_utils.intake.values.cells import Cell

MOST_WORDS = 40
"""A column of more different texts than this is none of statuses."""
TOLD = 4


def unread(sheet: Titled, used: Iterable[str]) -> dict[int, str]:
    """Return the names of the columns that are not read, by their places.

    Parameters
    ----------
    sheet
        The file, laid out.
    used
        Names of the columns that are read.
    """
    known = {name.casefold() for name in used}
    return {place: name for place, name in enumerate(sheet.names) if name and name.casefold() not in known}


def texts_of(cells: Iterable[Cell]) -> list[str]:
    """Return the texts of a column's cells, each once; that of an empty cell too, for a mark may stand on some rows only."""
    return list(dict.fromkeys(map(as_text, cells)))


def some_of(texts: list[str], pattern: re.Pattern[str]) -> list[str]:
    """Return the texts of a column of statuses that fit; none where all do, or where it is no such column."""
    words = [text for text in texts if pattern.fullmatch(text)]
    return words if len(texts) <= MOST_WORDS and len(words) < len(texts) else []


def listed(words: list[str]) -> str:
    """Return the first of a column's words as a message shows them."""
    return together([quoted(word) for word in words[:TOLD]])


def excluding(name: str, words: list[str]) -> str:
    """Return the rule that leaves these words out, as it is written in the settings.

    Examples
    --------
    >>> excluding("Tila", ["Kesken"]), excluding("Valuutta", ["SEK", "$"])
    ('exclude: [{column: "Tila", equals: "Kesken"}]', 'exclude: [{column: "Valuutta", matches: "^(SEK|[$])$"}]')
    """
    pattern = "|".join(re.sub(r"[^\w -]", r"[\g<0>]", word) for word in words)
    condition = f"equals: {yaml_text(words[0])}" if len(words) == 1 else f'matches: "^({pattern})$"'
    return f"exclude: [{{column: {yaml_text(name)}, {condition}}}]"
