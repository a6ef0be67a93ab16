"""Whether answers were given on a shorter scale: they never reach the top of theirs, or words leave out the one between."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from kohtaamo_utils.errors import joined, say
from kohtaamo_utils.intake.columns.no_answers import is_score
from kohtaamo_utils.intake.scales.effort_question import CES, EFFORT
from kohtaamo_utils.intake.scales.number_words import words_of_numbers
from kohtaamo_utils.intake.scales.stated_scale import advice_for, stated_scales
from kohtaamo_utils.intake.scales.ten_points import TEN_POINTS, or_said
from kohtaamo_utils.intake.scales.worded import read_words
from kohtaamo_utils.intake.values.cells import as_text, distinct
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
FIVE, FOUR = 5, 4
BESIDE = 10
"""So many people on each side of the answer between, and nobody on it, are hardly ever met where it was offered: if half as
many as on either side think so, the chance is less than 1 in 100."""


def check_short_scale(part: Part, rules: Mapping[str, Column], settings: EngagementSettings) -> None:
    """Record a problem where the highest of many answers is given often and is not the highest of the scale.

    Satisfaction and ease are looked at by themselves, the items of an encounter or of a review together: they are asked
    in one grid. A scale of 360 ratings that the settings name is believed, as is one that a heading names. Words of four
    answers that take a side keep in a survey the numbers of five, which is noted: whoever agrees agrees. In a review,
    where the spread counts, they are a problem, for its scale can be set.

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
    grids: dict[tuple[str, bool], list[str]] = {}
    for name, rule in rules.items():
        if rule.low is None or rule.high is None or not _in_doubt(part, name) or (named and _is_rating(name)):
            continue
        worded = bool(_words(part, name, rule))
        if worded or not parse_numbers(distinct(part.bound[name].cells)[1]).wrong:
            grids.setdefault((name if name in ALONE else "", worded), []).append(name)
    for (_, worded), names in grids.items():
        _check_short(part, names, rules[names[0]])
        if worded:
            _check_between(part, names, rules[names[0]])


def _is_rating(name: str) -> bool:
    return name.partition(".")[0] == RATED


def _in_doubt(part: Part, name: str) -> bool:
    """Tell whether the file does not say how far a score's answers go."""
    column = part.bound.get(name)
    if column is None or column.constant or not is_score(name) or name in TEN_POINTS:
        return False
    told_elsewhere = name == CES and EFFORT.search(column.heading)
    return not (stated_scales(column.heading) or words_of_numbers(column) or told_elsewhere)


def _words(part: Part, name: str, rule: Column) -> dict[int, str]:
    """Return the word that each number of a column was read from; nothing where its answers are no words of one scale."""
    read = read_words(distinct(part.bound[name].cells)[1], int(rule.low or 0), int(rule.high or 0))
    return {number: as_text(cell) for cell, number in read.items()} if isinstance(read, dict) else {}


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


def _check_between(part: Part, names: list[str], rule: Column) -> None:
    """Look for words of four answers: many on either side of the one between, and nobody on it."""
    low, high = int(rule.low or 0), int(rule.high or 0)
    below, between, above = low + 1, low + 2, low + 3
    if high - low + 1 != FIVE or _people(part, names, between):
        return
    if min(_people(part, names, below), _people(part, names, above)) < BESIDE:
        return
    words = {number: word for name in reversed(names) for number, word in _words(part, name, rule).items()}
    label = " … ".join(dict.fromkeys((part.label(names[0]), part.label(names[-1]))))
    if not _is_rating(names[0]):
        part.findings.note(
            "unsettled",
            "four_answers",
            int(part.frame[names].notna().to_numpy().sum()),
            say(
                'nobody gave an answer between "{below}" and "{above}" in {name}: if four were offered, they count as 1, 2, 4 and 5',
                below=words[below],
                above=words[above],
                name=label,
            ),
            column=names[0],
        )
        return
    part.findings.problem(
        "other_scale",
        say(
            'Nobody gave an answer between "{below}" and "{above}": it seems that four answers were offered, and not five.',
            below=words[below],
            above=words[above],
        ),
        expected=rule.expected,
        advice=say(
            "If so, set `{entry}`; if five were offered, set `{other}`.",
            entry=f"review_360: {{scale: [{low}, {low + FOUR - 1}]}}",
            other=f"review_360: {{scale: [{low}, {high}]}}",
        ),
        column=label,
    )


def _people(part: Part, names: list[str], answer: float) -> int:
    """Return how many people gave this answer: a row each, or in a file with a row a rating those who rated whom."""
    rows = part.frame[(part.frame[names] == answer).any(axis=1)]
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
