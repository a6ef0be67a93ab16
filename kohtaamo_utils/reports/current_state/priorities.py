"""Strengths and development areas, each with the evidence that it rests on, and what to do first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.blocks import Block, Bullets, Callout, Paragraph
from kohtaamo_utils.presentation.section import Section
from kohtaamo_utils.reports.current_state.findings import Finding, compared, element_findings, findings
from kohtaamo_utils.reports.current_state.goals import goals_part
from kohtaamo_utils.reports.current_state.importance import places
from kohtaamo_utils.reports.current_state.proposals import proposals
from kohtaamo_utils.reports.current_state.wins import first_actions

if TYPE_CHECKING:
    from kohtaamo_utils.engagement.actions import ActionPlan
    from kohtaamo_utils.presentation.section import Figure
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.current_state.explained import Explanations
    from kohtaamo_utils.reports.survey import Survey

MOST = 5
"""Longest list of strengths or development areas; the tables hold the rest."""


def priorities(
    context: Context,
    survey: Survey,
    explained: Explanations,
    plan: ActionPlan | None,
    figures: tuple[Figure, ...] = (),
) -> Section:
    """Make the lists of strengths and development areas, the tools for these, the goals and the order of the actions.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    survey
        The answers of the period.
    explained
        What goes with customers' satisfaction and recommendation.
    plan
        Goals and actions, if any are written down.
    figures
        Figures that the report shows, for goals to be compared with.
    """
    t, items, placed = context.t, compared(survey), places(explained)
    groups, elements = findings(context, items), element_findings(context, placed)
    strengths = [its for its in (*elements, *groups) if its.size > 0][:MOST]
    areas = [its for its in (*elements, *reversed(groups)) if its.size < 0][:MOST]
    blocks: list[Block] = [*_listed(t("Strengths:"), strengths), *_listed(t("Development areas:"), areas)]
    if groups:
        text = t(
            "Both lists compare the organisation's own touchpoints, units, channels and phases with one another. They tell nothing of other organisations."
        )
        blocks.append(Paragraph(text))
    if elements:
        text = t(
            "An element is in a list only if it is important and if its place is certain in the picture of importance and performance."
        )
        blocks.append(Paragraph(text))
    if not groups and any(item.comparison for of_dimension in items.values() for item in of_dimension):
        text = t(
            "No touchpoint, unit, channel or phase stands out from chance variation, so none is named a strength or a development area."
        )
        blocks.append(Callout(text))
    tools = proposals(context, survey, areas)
    blocks += [] if tools is None else [tools]
    goals, compared_with = goals_part(context, survey, plan.goals if plan is not None else (), figures)
    blocks += [] if goals is None else [goals]
    wins = first_actions(context, survey, explained, plan) if blocks or plan is not None else None
    if wins is not None:
        blocks.append(wins.part)
    its = () if wins is None else wins.figures
    return Section("priorities", tuple(blocks), (*compared_with, *its), tuple(survey.hidden))


def _listed(title: str, its: list[Finding]) -> list[Block]:
    if not its:
        return []
    return [Paragraph(title), Bullets(tuple((f"{one.dimension}: {one.name}.", one.evidence) for one in its))]
