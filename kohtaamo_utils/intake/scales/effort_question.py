"""Whether answers that are taken for ease are of the older question, on effort: there a small number is good."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say

if TYPE_CHECKING:
    from kohtaamo_utils.engagement import EngagementSettings
    from kohtaamo_utils.intake.columns.part import Part

CES, LONGEST = "ces", 5
"""The column, and the upper end of the older scale."""
FEWEST = 10
"""Answers from which on it is telling that none goes beyond the older scale."""
EFFORT = re.compile(r"vaiva(?!t)|ponnist|ansträng|\beffort(?!less|\s*score)", re.IGNORECASE)
"""Words of effort: *kuinka paljon vaivaa*, but not *vaivattomasti*, *effortless* or the measure's own name."""


def check_effort_question(part: Part, settings: EngagementSettings) -> None:
    """Record a problem where the heading speaks of effort, no answer is above 5, and the settings do not say what was asked.

    Parameters
    ----------
    part
        Typed rows of a survey.
    settings
        The engagement's; with `ces_version` there is no doubt.
    """
    if settings.ces_version is not None or CES not in part.frame.columns or CES not in part.bound:
        return
    answers, heading = part.frame[CES].dropna(), part.bound[CES].heading
    if len(answers) < FEWEST or answers.max() > LONGEST or not EFFORT.search(heading):
        return
    part.findings.problem(
        "effort_question",
        say(
            "The heading speaks of effort, and none of the {n} answers is above {most}: this looks like the older CES, in which a smaller number is better.",
            n=len(answers),
            most=LONGEST,
        ),
        expected=say("the question how easy it was, 1–7, or the older one, how much effort it took, 1–5"),
        advice=say(
            "Say which it is in engagement.yaml: `{older}` for effort, `{newer}` for ease.",
            older="ces_version: 1.0",
            newer="ces_version: 2.0",
        ),
        column=part.label(CES),
    )
