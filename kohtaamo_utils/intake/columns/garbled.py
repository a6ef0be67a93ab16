"""Letters that were lost or changed before the file came: K\ufffdpyl\ufffd, and KÃ¤pylÃ¤."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.values.cells import as_text, distinct

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.sheets.bound import Bound
    from kohtaamo_utils.tables import Column

LOST = "\ufffd"
"""What programs write in the place of a letter that they could not read."""
TWICE = re.compile(
    "[\u00c3\u00c2\u00e2][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
"""UTF-8 that was read as cp1252 and saved again: Ã¤ for ä."""
OWN_WORDS = frozenset({"comment", "text"})
"""People write what they want; one sign that was lost there makes nothing wrong."""


def check_garbled(bound: Mapping[str, Bound], rules: Mapping[str, Column], findings: Findings) -> None:
    """Record a problem for each column whose names have lost their letters: groups would be made of what is left.

    Parameters
    ----------
    bound
        Canonical columns' raw cells.
    rules
        What each must hold; numbers and dates show for themselves what is wrong in them.
    findings
        Takes one problem a column, at its first such cell.
    """
    for name, column in bound.items():
        if rules[name].kind not in {"id", "text", "choice"}:
            continue
        codes, cells = distinct(column.cells)
        place = next((place for place, cell in enumerate(cells) if is_garbled(as_text(cell), name)), None)
        if place is not None:
            row = int(column.cells.index[codes == place][0])
            findings.problem(
                "garbled",
                say("Letters are wrong here: the file was read in one encoding and saved in another before it came."),
                expected=say("texts as people wrote them"),
                advice=say("Export the file again from where it comes, as UTF-8."),
                row=row,
                column=column.label,
                value=as_text(cells[place]),
            )


def is_garbled(text: str, name: str) -> bool:
    """Tell whether a text shows lost letters.

    Examples
    --------
    >>> is_garbled("K\u00c3\u00a4pyl\u00c3\u00a4", "unit"), is_garbled("Käpylä", "unit"), is_garbled("Hyv\ufffd!", "comment")
    (True, False, False)
    """
    if text.isascii():
        return False
    return TWICE.search(text) is not None or (LOST in text and name not in OWN_WORDS)
