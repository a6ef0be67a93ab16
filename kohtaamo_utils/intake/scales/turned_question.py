"""Whether a question asks for the opposite of what its column holds: how hard it was, how dissatisfied one is, what is marked so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.scales.number_words import words_of_numbers
from kohtaamo_utils.intake.values.cells import distinct
from kohtaamo_utils.intake.values.labels import number_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kohtaamo_utils.engagement import EngagementSettings, Source
    from kohtaamo_utils.intake.columns.part import Part
    from kohtaamo_utils.intake.sheets.bound import Bound
    from kohtaamo_utils.tables import Column

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
MARKED = re.compile(
    r"[(\[][^)\]]*(?:reverse|käänte|käännet|omvän)[^)\]]*[)\]]|reverse[ -](?:scored|coded|keyed)", re.IGNORECASE
)
"""A heading's mark that more of the answer is worse: *(reverse scored)*. It does not say whether the answers were turned."""


def check_turned_question(
    part: Part, rules: Mapping[str, Column], settings: EngagementSettings, source: Source
) -> None:
    """Record a problem where only a heading's words say which end is good, and they say the other one.

    Parameters
    ----------
    part
        Typed rows of a survey.
    rules
        What its columns may hold; those with a highest value are scores.
    settings
        The engagement's; `ces_version` says what was asked.
    source
        The source's block: a score that is reversed there is read rightly.
    """
    for name, rule in rules.items():
        column = part.bound.get(name)
        if column is None or column.constant or rule.high is None or name in source.reverse:
            continue
        if MARKED.search(column.heading):
            _refuse(
                part,
                name,
                say(
                    "Add `{entry}` to the source's block if the answers are as people gave them; if they were turned before the export, take the mark out of the heading.",
                    entry=f"reverse: [{name}]",
                ),
            )
        elif _asks_the_opposite(name, column, settings):
            _refuse(
                part,
                name,
                say(
                    "Add `{entry}` to the source's block if a large number is bad; if it is good, say so in the heading.",
                    entry=f"reverse: [{name}]",
                ),
            )


def _asks_the_opposite(name: str, column: Bound, settings: EngagementSettings) -> bool:
    if name not in TURNED or (name == "ces" and settings.ces_version):
        return False
    turned, straight = TURNED[name]
    return bool(turned.search(column.heading)) and not straight.search(column.heading) and not _says_itself(column)


def _refuse(part: Part, name: str, advice: str) -> None:
    part.findings.problem(
        "turned_question",
        say("The question asks for the opposite: a large number would be the worst answer, and is read as the best."),
        expected=say("numbers that rise as the answers get better"),
        advice=advice,
        column=part.label(name),
    )


def _says_itself(column: Bound) -> bool:
    """Tell whether the answers have words, which say by themselves which is good."""
    cells = [cell for cell in distinct(column.cells)[1] if cell != ""]
    return bool(words_of_numbers(column)) or any(number_of(cell) is None for cell in cells)
