"""How employees are met themselves, and where they see an encounter otherwise than customers do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.blocks import Block, Paragraph
from kohtaamo_utils.presentation.section import Figure, Section
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.catalogue import ENPS, HEARD
from kohtaamo_utils.reports.current_state.leaning import Leaning, leaning, standing_out
from kohtaamo_utils.reports.current_state.own_unit import OwnUnit
from kohtaamo_utils.reports.current_state.supervisor.gaps import gaps_of
from kohtaamo_utils.reports.current_state.supervisor.team import EMPLOYEES, met_by_supervisors

if TYPE_CHECKING:
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.survey import Survey

NAMED = 2
"""Most elements that a sentence names."""
_LEANS = {
    Leaning.UP: N_("More of us are promoters than detractors of this place of work."),
    Leaning.DOWN: N_("More of us are detractors than promoters of this place of work."),
    Leaning.UNKNOWN: N_("Whether more of us are promoters or detractors of this place of work cannot be told."),
}  # fmt: skip


def met(context: Context, survey: Survey) -> Section:
    """Make the section on ourselves; none where employees were not asked, or too few answered."""
    t, f, everybody = context.t, context.f, OwnUnit(survey)
    blocks: list[Block] = []
    figures: list[Figure] = []
    heard = met_by_supervisors(everybody)
    if heard is not None:
        text = t("Being heard, understood and valued by our supervisors: {value} on a scale of 1–5.", value=f.number(heard.value, 1))  # fmt: skip
        blocks.append(Paragraph(text))
        figures.append(Figure(HEARD.figure, {"respondent_group": EMPLOYEES, "perspective": "experienced"}, heard))
    recommends = survey.whole(ENPS, EMPLOYEES) if EMPLOYEES in survey.groups else None
    if recommends is not None and (leans := leaning(recommends)) is not None:
        blocks.append(Paragraph(t(_LEANS[leans])))
        figures.append(Figure(ENPS.figure, {"respondent_group": EMPLOYEES}, recommends))
    names, _ = standing_out(context, [(gap.measure, gap.difference) for gap in gaps_of(everybody)], NAMED)
    if names:
        blocks.append(Paragraph(t("Here we see ourselves more brightly than customers do: {names}.", names=names)))
    return Section("met", tuple(blocks), tuple(figures))
