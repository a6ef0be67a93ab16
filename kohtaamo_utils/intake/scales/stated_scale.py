"""Whether a heading says that its question was asked on another scale than the column has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import joined, say
from kohtaamo_utils.intake.columns.no_answers import is_score
from kohtaamo_utils.intake.values.labels import labelled
from kohtaamo_utils.intake.values.vocabulary import is_no_answer

if TYPE_CHECKING:
    from kohtaamo_utils.intake.columns.part import Part
    from kohtaamo_utils.tables import Column

STATED = re.compile(
    r"(?<![\w.,/])(?:([01])(?:\s?(?:[-–—−]|\.\.\.?|…)\s?| (?:to|till|through) )([0-9]{1,2})|(4)\s?[-–—−…]\s?(10))(?![\w/]|[.,][0-9])"
)
"""1-10, 1–4, 0…10, 1 to 7: a range from nought or one; and 4–10, the marks of Finnish schools."""
WRITTEN = re.compile(
    r"(?<!\w)(?:(nollasta|yhdestä) (neljään|viiteen|kuuteen|seitsemään|kymmeneen)"
    r"|(noll|ett) till (fyra|fem|sex|sju|tio)|(zero|one) to (four|five|six|seven|ten))(?!\w)",
    re.IGNORECASE,
)
IN_FIGURES = {
    **dict.fromkeys(("nollasta", "noll", "zero"), 0),
    **dict.fromkeys(("yhdestä", "ett", "one"), 1),
    **dict.fromkeys(("neljään", "fyra", "four"), 4),
    **dict.fromkeys(("viiteen", "fem", "five"), 5),
    **dict.fromkeys(("kuuteen", "sex", "six"), 6),
    **dict.fromkeys(("seitsemään", "sju", "seven"), 7),
    **dict.fromkeys(("kymmeneen", "tio", "ten"), 10),
}
SHORTEST, LONGEST = 3, 11
"""The upper end of what can be a scale of answers; 1–2 is rather an amount."""


def stated_scales(heading: str) -> set[tuple[int, int]]:
    """Return the scales that a heading speaks of.

    Examples
    --------
    >>> stated_scales("Asteikolla 1–10, kuinka todennäköisesti suosittelisit?")
    {(1, 10)}
    >>> stated_scales("Asteikolla yhdestä seitsemään"), stated_scales("Helppous (1 = vaikeaa, 7 = helppoa, 8 = en osaa sanoa)")
    ({(1, 7)}, {(1, 7)})
    >>> stated_scales("Viimeiset 1-2 kuukautta"), stated_scales("Q1-10")
    (set(), set())
    """
    found = {(int(low), int(high)) for low, high in _pairs(STATED, heading)}
    found |= {(IN_FIGURES[low.casefold()], IN_FIGURES[high.casefold()]) for low, high in _pairs(WRITTEN, heading)}
    numbers = [number for number, word in labelled(heading).items() if not is_no_answer(word)]
    if not found and min(numbers, default=LONGEST) <= 1:
        found = {(min(numbers), max(numbers))}
    return {scale for scale in found if SHORTEST <= scale[1] <= LONGEST}


def _pairs(pattern: re.Pattern[str], heading: str) -> list[list[str]]:
    return [[part for part in match.groups() if part] for match in pattern.finditer(heading)]


def check_stated_scale(part: Part, name: str, rule: Column) -> None:
    """Record a problem where the heading names another scale than the column's, and the answers do not belie it.

    Parameters
    ----------
    part
        Typed rows.
    name
        Canonical column; only scores with limits are looked at.
    rule
        What the column must hold.
    """
    if not is_score(name) or rule.low is None or rule.high is None or name not in part.bound:
        return
    stated = stated_scales(part.bound[name].heading)
    answers = part.frame[name].dropna()
    if len(stated) != 1 or (rule.low, rule.high) in stated or answers.empty:
        return
    (low, high) = stated.pop()
    if answers.min() < low or answers.max() > high:
        return
    part.findings.problem(
        "other_scale",
        say(
            "The heading says that the answers are from {low} to {high}, and so they are (from {min} to {max}).",
            low=low,
            high=high,
            min=f"{answers.min():g}",
            max=f"{answers.max():g}",
        ),
        expected=rule.expected,
        advice=joined([advice_for(name, low, high), say("If the heading is wrong, correct it in the file.")]),
        column=part.label(name),
        value=f"{low}–{high}",
    )


def advice_for(name: str, low: int, high: int) -> str:
    """Say what to do with a score whose answers are on another scale.

    Parameters
    ----------
    name
        Canonical column.
    low, high
        Ends of that scale.
    """
    if name.partition(".")[0] == "score":
        entry = f"review_360: {{scale: [{low}, {high}]}}"
        return say("If that is the scale of all items, set `{entry}`.", entry=entry)
    if name == "ces":
        return say(
            "If the question asks how much effort it took, 1–5, set `{older}`; if it asks how easy it was, 1–7, set `{newer}`.",
            older="ces_version: 1.0",
            newer="ces_version: 2.0",
        )
    return say("Leave `{name}` out: answers on another scale cannot be read as its.", name=name)
