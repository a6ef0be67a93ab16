"""Headers of several rows: a question above its first column only, under it the row or choice of each column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.intake.values.cells import Record, as_text

if TYPE_CHECKING:
    from collections.abc import Sequence

NOTHING = "-"
"""What Webropol writes where a column has no label of its own."""
BETWEEN = (" – ", " - ", " / ")
"""What may stand between a question and its row; the first is ours, the others are understood too."""


def texts(record: Record, width: int) -> list[str]:
    """Return a header row's labels, filled up to the width.

    Examples
    --------
    >>> texts([" Palvelu ", ""], 3)
    ['Palvelu', '', '']
    """
    return ([as_text(cell) for cell in record] + [""] * width)[:width]


def carried(row: Sequence[str], below: Sequence[Sequence[str]]) -> list[str]:
    """Carry each label forward over the blank columns that share it.

    A label without anything under it belongs to its one column and is not carried; a dash ends the carrying.

    Examples
    --------
    >>> carried(["#", "", "Palvelu", "", "NPS", ""], [["-", "Nimi", "Kassa", "Myynti", "", "Ikä"]])
    ['#', '', 'Palvelu', 'Palvelu', 'NPS', '']
    """
    filled: list[str] = []
    current = ""
    for place, label in enumerate(row):
        if label:
            own = "" if label == NOTHING else label
            under = any(lower[place] not in {"", NOTHING} for lower in below)
            current = own if under else ""
            filled.append(own)
        else:
            filled.append(current)
    return filled


def joined(question: str, row: str) -> str:
    """Name a column by its question and its row, or by the one that there is.

    Examples
    --------
    >>> joined("Palvelu", "Kassa"), joined("Palvelu", ""), joined("", "Kassa")
    ('Palvelu – Kassa', 'Palvelu', 'Kassa')
    """
    return BETWEEN[0].join(part for part in (question, row) if part)


def other_names(question: str, row: str) -> tuple[str, ...]:
    """Return what else a column of a question with several rows answers to: its row, and other ways to join the two.

    Examples
    --------
    >>> other_names("Palvelu", "Kassa")
    ('Kassa', 'Palvelu - Kassa', 'Palvelu / Kassa')
    >>> other_names("Palvelu", "")
    ()
    """
    if not question or not row:
        return ()
    return (row, *(f"{question}{between}{row}" for between in BETWEEN[1:]))
