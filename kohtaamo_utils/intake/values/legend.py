"""A text that gives several numbers their words: what a file says of its scales outside of headings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.values.cells import Cell, Record, as_text, is_blank
from kohtaamo_utils.intake.values.labels import labelled, number_of
from kohtaamo_utils.intake.values.vocabulary import is_no_answer

if TYPE_CHECKING:
    from collections.abc import Iterable

CODES = re.compile(
    r"kood|selit|asteik|vaihtoehdo|code|legend|scale|label|kod|skala|förklaring|alternativ", re.IGNORECASE
)
"""How a sheet is called that explains another's numbers."""


class Legend(NamedTuple):
    """What numbers stand for, and the sentence that tells where it is said."""

    text: str
    said: str

    @property
    def words(self) -> dict[int, str]:
        """The word of each number, those left out that mean no answer."""
        return {number: word for number, word in labelled(self.text).items() if not is_no_answer(word)}


def is_legend(text: str) -> bool:
    """Tell whether a text gives several numbers their words.

    Examples
    --------
    >>> is_legend("1 = Erittäin tyytyväinen … 5 = Erittäin tyytymätön"), is_legend("4 - Samaa mieltä")
    (True, False)
    """
    return len(labelled(text)) > 1


def legends_above(before: list[Record], after: list[Record]) -> tuple[Legend, ...]:
    """Return the legends in rows that were passed over as titles.

    Parameters
    ----------
    before, after
        The file's first rows, with its titles and with blanks for them.
    """
    gone = [row for row, left in zip(before, after, strict=True) if all(map(is_blank, left))]
    texts = [as_text(cell) for row in gone for cell in row if is_legend(as_text(cell))]
    return tuple(Legend(text, say("That is said above the header: {text}.", text=text)) for text in texts)


def legend_of(name: str, records: Iterable[list[Cell]]) -> Legend | None:
    """Return what a sheet of codes says, where each number has one word in it; None for any other sheet.

    Parameters
    ----------
    name
        The sheet's name.
    records
        Its rows.
    """
    words: dict[int, set[str]] = {}
    for record in records:
        filled = [cell for cell in record if not is_blank(cell)]
        number = number_of(filled[0]) if len(filled) > 1 else None
        if number is not None:
            words.setdefault(int(number), set()).add(as_text(filled[1]))
    if any(len(its) > 1 for its in words.values()):
        return None
    text = ", ".join(f"{number} = {its.pop()}" for number, its in words.items())
    said = say('That is said in the sheet "{sheet}": {text}.', sheet=name, text=text)
    return Legend(text, said) if is_legend(text) else None
