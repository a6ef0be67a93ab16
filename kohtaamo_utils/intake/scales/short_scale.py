"""Whether answers that never reach the top of their scale were given on a shorter one: a 4 of 4 is no 4 of 5."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from kohtaamo_utils.errors import joined, say
from kohtaamo_utils.intake.columns.no_answers import is_score
from kohtaamo_utils.intake.scales.effort_question import CES, EFFORT
from kohtaamo_utils.intake.scales.number_words import words_of_numbers
from kohtaamo_utils.intake.scales.stated_scale import advice_for, stated_scales
from kohtaamo_utils.intake.scales.ten_points import TEN_POINTS, or_said
from kohtaamo_utils.intake.values.cells import distinct
from kohtaamo_utils.intake.values.parse_numbers import parse_numbers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kohtaamo_utils.engagement import EngagementSettings
    from kohtaamo_utils.intake.columns.part import Part
    from kohtaamo_utils.tables import Column

RATED, WHO = "score", ("reviewee_id", "rater_id", "wave")
ALONE = ("csat", CES)
"""Scores that have a question of their own, and may have a scale of their own."""
ENOUGH = 30
"""So many people who give the best answer but one, and nobody the best, are hardly ever met: where one in ten of those
who think well of something thinks best of it, the chance is 4 in 100."""

STEPS = 3
"""So many different answers show how far a scale goes; where all gave one or two, they show what people think."""


def check_short_scale(part: Part, rules: Mapping[str, Column], settings: EngagementSettings) -> None:
    """Record a problem where the highest of many answers is given often and is not the highest of the scale.

    Satisfaction and ease are looked at by themselves, the items of an encounter or of a review together: they are asked
    in one grid. A scale of 360 ratings that the settings name is believed, as is one that a heading names.

    Parameters
    ----------
    part
        Typed rows of answers.
    rules
        What the columns must hold.
    settings
        The engagement's.
    """
    named = "scale" in settings.review_360.model_fields_set
    grids: dict[str, list[str]] = {}
    for name, rule in rules.items():
        if rule.low is None or rule.high is None or not _in_doubt(part, name) or (named and _is_rating(name)):
            continue
        grids.setdefault(name if name in ALONE else "", []).append(name)
    for names in grids.values():
        _check_short(part, names, rules[names[0]])


def _is_rating(name: str) -> bool:
    return name.partition(".")[0] == RATED


def _in_doubt(part: Part, name: str) -> bool:
    """Tell whether a score's answers are bare numbers of which the file does not say how far they go."""
    column = part.bound.get(name)
    if column is None or column.constant or not is_score(name) or name in TEN_POINTS:
        return False
    told_elsewhere = name == CES and EFFORT.search(column.heading)
    if stated_scales(column.heading) or words_of_numbers(column) or told_elsewhere:
        return False
    return not parse_numbers(distinct(column.cells)[1]).wrong


def _check_short(part: Part, names: list[str], rule: Column) -> None:
    low, high = int(rule.low or 0), int(rule.high or 0)
    answers = pd.concat([part.frame[name].dropna() for name in names])
    most = answers.max() if len(answers) else high
    best = _people(part, names, most)
    if most >= high or best < ENOUGH or answers.nunique() < STEPS:
        return
    part.findings.problem(
        "other_scale",
        say(
            "The highest of the {n} answers is {most}, which {best} people gave: the question was hardly asked on {low}–{high}.",
            n=len(answers),
            most=f"{most:g}",
            best=best,
            low=low,
            high=high,
        ),
        expected=rule.expected,
        advice=_advice(names[0], (low, high), int(most)),
        column=" … ".join(dict.fromkeys((part.label(names[0]), part.label(names[-1])))),
        value=f"{answers.min():g}–{most:g}",
    )


def _people(part: Part, names: list[str], most: float) -> int:
    """Return how many people gave this answer: a row each, or in a file with a row a rating those who rated whom."""
    rows = part.frame[(part.frame[names] == most).any(axis=1)]
    who = [name for name in WHO if name in rows and names == [RATED]]
    return len(rows.drop_duplicates(who)) if who else len(rows)


def _advice(name: str, ends: tuple[int, int], most: int) -> str:
    low, high = ends
    if _is_rating(name):
        entry = f"review_360: {{scale: [{low}, {high}]}}"
        believed = say("If they are on {low}–{high}, set `{entry}`.", low=low, high=high, entry=entry)
        return joined([advice_for(name, low, most), believed])
    if name == CES:
        turned = say(
            "If it was asked on 1–5, set `{older}`, with `{turn}` where 5 is the easiest.",
            older="ces_version: 1.0",
            turn="reverse: [ces]",
        )
        return joined([turned, or_said(low, high)])
    return joined([advice_for(name, low, most), or_said(low, high)])
