"""Whether a question asks for the opposite of what its column holds: how hard it was, how dissatisfied one is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.scales.number_words import words_of_numbers
from kohtaamo_utils.intake.values.cells import distinct
from kohtaamo_utils.intake.values.labels import number_of

if TYPE_CHECKING:
    from kohtaamo_utils.engagement import EngagementSettings, Source
    from kohtaamo_utils.intake.columns.part import Part
    from kohtaamo_utils.intake.sheets.bound import Bound

TURNED = {
    "ces": (
        re.compile(r"vaike|hankal|svår|krånglig|besvärlig|difficult|(?<!\w)hard(?!\w)", re.IGNORECASE),
        re.compile(r"helppo|vaivat|sujuv|enkel|lätt|smidig|(?<!un)eas[ey]|effortless", re.IGNORECASE),
    ),
    "csat": (
        re.compile(r"tyytymät|pettyn|missnöj|besviken|dissatisf|unsatisf|disappoint", re.IGNORECASE),
        re.compile(r"tyytyväi|(?<!miss)nöj|(?<!dis)(?<!un)satisf", re.IGNORECASE),
    ),
}
"""By column, words that turn its question round, and words that put it right: a heading with both names its ends."""


def check_turned_question(part: Part, settings: EngagementSettings, source: Source) -> None:
    """Record a problem where only a heading's words say which end is good, and they say the other one.

    Parameters
    ----------
    part
        Typed rows of a survey.
    settings
        The engagement's; `ces_version` says what was asked.
    source
        The source's block: a score that is reversed there is read rightly.
    """
    for name, (turned, straight) in TURNED.items():
        column = part.bound.get(name)
        if column is None or column.constant or name in source.reverse or (name == "ces" and settings.ces_version):
            continue
        if not turned.search(column.heading) or straight.search(column.heading) or _says_itself(column):
            continue
        part.findings.problem(
            "turned_question",
            say(
                "The question asks for the opposite: a large number would be the worst answer, and is read as the best."
            ),
            expected=say("numbers that rise as the answers get better"),
            advice=say(
                "Add `{entry}` to the source's block if a large number is bad; if it is good, say so in the heading.",
                entry=f"reverse: [{name}]",
            ),
            column=part.label(name),
        )


def _says_itself(column: Bound) -> bool:
    """Tell whether the answers have words, which say by themselves which is good."""
    cells = [cell for cell in distinct(column.cells)[1] if cell != ""]
    return bool(words_of_numbers(column)) or any(number_of(cell) is None for cell in cells)
