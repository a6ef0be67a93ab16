"""Codes that a survey tool has for its answers, in place of the answers: LimeSurvey's A1 and AO01."""

from __future__ import annotations

import re

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.values.cells import Cell, as_text
from kohtaamo_utils.intake.values.parsed import Wrong

CODE = re.compile(r"[A-Z]{1,3}[0-9]{1,3}|-oth-")
"""What LimeSurvey calls its answers unless somebody calls them otherwise; -oth- is the open one beside them."""
SHOWN = 5
"""How many codes a message names."""


def codes_in(cells: list[Cell]) -> Wrong | None:
    """Return why a column cannot be read whose answers are all codes; None for any other.

    Parameters
    ----------
    cells
        Its distinct cells.

    Examples
    --------
    >>> found = codes_in(["AO02", "", "AO01", "-oth-"])
    >>> found.message
    'These are the codes of answers (-oth-, AO01, AO02), not the answers: what each stands for, the file does not say.'
    >>> codes_in(["A1", "5"]) is codes_in([""]) is None
    True
    """
    codes = sorted(text for cell in cells if (text := as_text(cell)))
    if not codes or not all(map(CODE.fullmatch, codes)):
        return None
    return Wrong(
        "answer_codes",
        say(
            "These are the codes of answers ({codes}), not the answers: what each stands for, the file does not say.",
            codes=", ".join(codes[:SHOWN]),
        ),
        say("Export it with whole answers: in LimeSurvey choose `Full answers` in place of `Answer codes`."),
    )
