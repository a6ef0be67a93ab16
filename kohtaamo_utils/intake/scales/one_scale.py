"""Whether self and others answered on one scale: a gap between two scales would be a gap between rulers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.columns.no_answers import is_score

if TYPE_CHECKING:
    from kohtaamo_utils.intake.columns.part import Part
    from kohtaamo_utils.intake.columns.rated import Rated

SELF = "self"
SHARE, FEWEST = 0.1, 5
"""Share and number of a group's answers outside the scale from which on they are no slips of the pen."""
LONG = 6
"""Steps of a scale whose lower half is a scale of its own: 1-5 within 1-10."""
ENOUGH = 10
"""Answers of each side from which on it is told that one of them never leaves the lower half."""
REVIEWEES = 3
"""Reviewees whom all others must have rated so low before another scale is the likelier reason."""


def other_scale_groups(part: Part, scale: tuple[int, int]) -> set[str]:
    """Record a problem for each rater group whose answers are evidently on another scale; return those groups.

    Parameters
    ----------
    part
        A file's typed rows of 360 ratings, long or wide.
    scale
        Lowest and highest answer, as `review_360.scale` says.
    """
    frame = part.frame
    scores = [name for name in frame.columns if is_score(str(name))]
    if "rater_group" not in frame or not scores:
        return set()
    low, high = scale
    if int(((frame[scores] < low) | (frame[scores] > high)).to_numpy().sum()) < FEWEST:
        return set()
    found = set()
    for group, rows in frame.groupby("rater_group", sort=True):
        answers = pd.concat([rows[name] for name in scores]).dropna()
        outside = answers[(answers < low) | (answers > high)]
        if len(outside) < FEWEST or len(outside) < SHARE * len(answers):
            continue
        found.add(str(group))
        part.findings.problem(
            "other_scale_of_group",
            say(
                "The answers of the rater group {group} go from {least} to {most}: {n} of {all} are outside the scale {low}–{high}.",
                group=str(group),
                least=f"{answers.min():g}",
                most=f"{answers.max():g}",
                n=len(outside),
                all=len(answers),
                low=str(low),
                high=str(high),
            ),
            expected=say("one scale for self and all others, as `review_360.scale` gives it"),
            advice=say(
                "If everybody answered on that scale, set `review_360.scale`; else leave the group out, for its answers cannot be compared."
            ),
            column=part.label("score"),
        )
    return found


def check_one_scale(parts: list[Rated], scale: tuple[int, int]) -> None:
    """Record a problem where self never leaves the lower half of a long scale that the others use, or the others never do.

    Parameters
    ----------
    parts
        All files' ratings.
    scale
        Lowest and highest answer.
    """
    low, high = scale
    rows = pd.concat([part.frame[["reviewee_id", "rater_group", "score"]] for part in parts]).dropna()
    own = rows[rows["rater_group"] == SELF]
    others = rows[rows["rater_group"] != SELF]
    if high - low < LONG or min(len(own), len(others)) < ENOUGH:
        return
    half = (low + high) / 2
    if own["score"].max() <= half < others["score"].median():
        _two_scales(parts[0], own, others, say("self"), say("the others"))
    elif others["score"].max() <= half < own["score"].median() and others["reviewee_id"].nunique() >= REVIEWEES:
        _two_scales(parts[0], others, own, say("the others"), say("self"))


def _two_scales(part: Rated, low: pd.DataFrame, wide: pd.DataFrame, who: str, rest: str) -> None:
    part.findings.problem(
        "two_scales",
        say(
            "All {n} answers of {who} are {most} or less, while half of those of {rest} are {middle} or more: they were asked on different scales.",
            n=len(low),
            who=who,
            most=f"{low['score'].max():g}",
            rest=rest,
            middle=f"{wide['score'].median():g}",
        ),
        expected=say("one scale for self and all others, as `review_360.scale` gives it"),
        advice=say("Export the answers on one scale, or leave out those that were asked on another."),
        column=part.column("score"),
    )
