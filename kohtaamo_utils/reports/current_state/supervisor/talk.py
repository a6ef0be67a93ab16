"""Two or three things to talk about in the team, from what stands out from chance, each with a question that opens the talk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.instrument import practices_of
from kohtaamo_utils.presentation.blocks import Block, Bullets, Callout, Paragraph, Part
from kohtaamo_utils.presentation.section import Section
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.current_state.headline import main_measure
from kohtaamo_utils.reports.current_state.leaning import Leaning
from kohtaamo_utils.reports.current_state.supervisor.beside import compared
from kohtaamo_utils.reports.current_state.supervisor.gaps import gaps_of
from kohtaamo_utils.reports.current_state.supervisor.questions import (
    OF_ELEMENT,
    OF_MEASURE,
    OF_MIRROR,
    OF_STRENGTH,
    OF_TOUCHPOINT,
    OPENING,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.current_state.own_unit import Beside, OwnUnit

MOST = 3
"""Things to talk about; more are not talked about in one meeting."""
TOGETHER = ("meeting", "case_clinic", "role_play")
"""Kinds of practices that a team does together."""


_NOTHING = N_("Nothing stands out from chance variation, so these figures do not tell you where to begin. Choose together what you see in your work.")  # fmt: skip
_NOT_TESTED = N_("There are no figures to compare, so the report does not tell you where to begin. Choose together what you see in your work.")  # fmt: skip


@dataclass(frozen=True)
class Topic:
    """One thing to talk about.

    Parameters
    ----------
    name
        What it is called: an element, a touchpoint or a measure.
    why
        What stands out (message id).
    question
        What opens the talk (message id).
    element
        Element for which a practice may be suggested, if it is one.
    """

    name: str
    why: str
    question: str
    element: str = ""


def talk(context: Context, own: OwnUnit) -> Section:
    """Make the section for the team's meeting."""
    t = context.t
    chosen = topics(context, own)
    blocks: list[Block] = []
    if chosen:
        blocks.append(Bullets(tuple((f"{topic.name}.", f"{t(topic.why)} {t(topic.question)}") for topic in chosen), ordered=True))  # fmt: skip
    else:
        blocks.append(Callout(t(_NOTHING if _tested(own) else _NOT_TESTED)))
    blocks.append(Part(t("Questions to begin and end with"), (Bullets(tuple(("", t(text)) for text in OPENING)),)))
    blocks += _practice(context, chosen)
    return Section("talk", tuple(blocks))


def topics(context: Context, own: OwnUnit) -> tuple[Topic, ...]:
    """Return what to talk about: what is weaker first, then where the team and its customers see things otherwise, then a strength.

    A name is taken once. Of four, a strength is kept as the third, so that there is something to be glad of.
    """
    found: dict[str, Topic] = {}
    for topic in (*_weaker(context, own), *_mirror(context, own)):
        found.setdefault(topic.name, topic)
    strengths = [topic for topic in _better(context, own) if topic.name not in found][:1]
    return (*list(found.values())[: MOST - len(strengths)], *strengths)


def _tested(own: OwnUnit) -> bool:
    """Tell whether anything of the unit was set beside something else."""
    gaps = any(gap.leans is not None for gap in gaps_of(own))
    return gaps or bool(compared(own)) or any(row.comparison for row in _touchpoints(own))


def _weaker(context: Context, own: OwnUnit) -> Iterator[Topic]:
    for measure, item in compared(own):
        if item.weaker:
            element = measure.scope.get("element", "")
            why = N_("Your customers give lower scores than the customers of the other units.")
            yield Topic(context.t(measure.label), why, OF_ELEMENT.get(element, OF_MEASURE), element)
    for row in reversed(_touchpoints(own)):
        if row.weaker:
            yield Topic(str(row.cell.category), N_("Weaker than the same touchpoint elsewhere."), OF_TOUCHPOINT)


def _mirror(context: Context, own: OwnUnit) -> Iterator[Topic]:
    wide = [gap for gap in gaps_of(own) if gap.leans is Leaning.UP]
    for gap in sorted(wide, key=lambda gap: -(gap.difference.value or 0.0)):
        element = gap.measure.scope.get("element", "")
        why = N_("You see this more brightly than your customers do.")
        yield Topic(context.t(gap.measure.label), why, OF_ELEMENT.get(element, OF_MIRROR), element)


def _better(context: Context, own: OwnUnit) -> Iterator[Topic]:
    for measure, item in compared(own):
        if item.better:
            why = N_("Your customers give higher scores than the customers of the other units.")
            yield Topic(context.t(measure.label), why, OF_STRENGTH)
    for row in _touchpoints(own):
        if row.better:
            yield Topic(str(row.cell.category), N_("Better than the same touchpoint elsewhere."), OF_STRENGTH)


def _touchpoints(own: OwnUnit) -> tuple[Beside, ...]:
    measure = main_measure(own.survey)
    return (
        own.touchpoints(measure) if measure is not None and own.name and "touchpoint" in own.survey.dimensions else ()
    )


def _practice(context: Context, chosen: tuple[Topic, ...]) -> list[Block]:
    """Suggest one practice that a team does together, for the first topic that is an element."""
    element = next((topic.element for topic in chosen if topic.element), "")
    every = practices_of(context.engagement).suggested(element, "known_development_area", 99, frozenset())
    practice = next((each for each in every if each.kind in TOGETHER), None)
    if practice is None:
        return []
    name, what = practice.name.in_language(context.language), practice.what.in_language(context.language)
    return [Paragraph(context.t("You could try this together: {name}. {what}", name=name.rstrip("?"), what=what))]
