"""Questions for going through the report with one's manager."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.blocks import Bullets
from kohtaamo_utils.presentation.section import Section

if TYPE_CHECKING:
    from kohtaamo_utils.reports.review_360.profile import Profile


def talk(profile: Profile) -> Section:
    """Make the questions for going through the report with one's manager."""
    t = profile.context.t
    questions = (
        t("What do you recognise at once, and what surprises you?"),
        t("In which encounters does your strength show, and where could you use it more?"),
        t("Which gap between your view and the others' would you like to understand better, and whom could you ask?"),
        t("Which one thing will you do differently in your encounters during the next month?"),
        t("How will you notice that it works, and when will you look at it together?"),
    )
    return Section("talk", (Bullets(tuple(("", question) for question in questions), ordered=True),))
