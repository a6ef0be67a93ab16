"""Three things to try: practices that one can begin by oneself tomorrow, for what customers wish most first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.instrument import Practice, practices_of
from kohtaamo_utils.presentation.blocks import Bullets, Paragraph
from kohtaamo_utils.presentation.section import Section
from kohtaamo_utils.reports.current_state.ranking import ranking
from kohtaamo_utils.tables import ELEMENTS

if TYPE_CHECKING:
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.survey import Survey

MOST = 3
LIGHT = 1
"""Effort of a practice that fits into the day."""
ALONE = ("own_habit", "feedback", "meeting")
"""Kinds that one can begin by oneself, the simplest first."""


def tries(context: Context, survey: Survey) -> Section:
    """Make the list of what to try."""
    t, language, ranks = context.t, context.language, ranking(survey)
    ordered = [str(measure.scope["element"]) for measure, _ in reversed(ranks.elements)]
    chosen = _chosen(practices_of(context.engagement).practices, [*ordered, *ELEMENTS])
    if not chosen:
        return Section("tries", ())
    items = tuple(
        (_named(each.name.in_language(language)), f"{each.what.in_language(language)} {each.how_often.in_language(language)}")
        for each in chosen
    )  # fmt: skip
    text = t("One thing done is worth more than three planned. Choose one of these.")
    if ranks.lowest:
        text = t("One thing done is worth more than three planned. The first is for what customers give their lowest marks for.")  # fmt: skip
    return Section("tries", (Paragraph(text), Bullets(items, ordered=True)))


def _chosen(practices: tuple[Practice, ...], elements: list[str]) -> tuple[Practice, ...]:
    """Return the lightest practice of each element in turn, none twice; a habit of one's own before others."""
    chosen: dict[str, Practice] = {}
    for element in dict.fromkeys(elements):
        fit = [its for its in practices if element in its.competencies and its.effort == LIGHT and its.kind in ALONE]
        first = next((its for its in sorted(fit, key=lambda its: ALONE.index(its.kind)) if its.id not in chosen), None)
        if first is not None:
            chosen[first.id] = first
    return tuple(chosen.values())[:MOST]


def _named(name: str) -> str:
    return name if name.endswith("?") else f"{name}."
