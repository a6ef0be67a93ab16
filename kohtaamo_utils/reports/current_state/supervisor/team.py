"""What the unit's own team says: whether it would recommend the work, and how it is met by its supervisors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.blocks import Block, Cards, Paragraph
from kohtaamo_utils.presentation.section import Figure, Section
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.catalogue import ENPS, HEARD
from kohtaamo_utils.reports.current_state.leaning import Leaning, leaning
from kohtaamo_utils.reports.phrases import card

if TYPE_CHECKING:
    from kohtaamo_utils.measures.estimate import Estimate
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.current_state.own_unit import OwnUnit

EMPLOYEES = "employee"
_LEANS = {
    Leaning.UP: N_("More of your team are promoters than detractors of the work here."),
    Leaning.DOWN: N_("More of your team are detractors than promoters of the work here."),
    Leaning.UNKNOWN: N_(
        "Whether more of your team are promoters or detractors of the work here cannot be told from these answers."
    ),
}


def team(context: Context, own: OwnUnit) -> Section:
    """Make the section on the team; none where fewer of it answered than may be shown."""
    t, blocks, cards, figures = context.t, list[Block](), [], list[Figure]()
    recommends = own.estimate(ENPS, EMPLOYEES)
    if recommends is not None:
        leans = leaning(recommends)
        blocks += [Paragraph(t(_LEANS[leans]))] if leans else []
        cards.append(card(context, ENPS, recommends))
    met = met_by_supervisors(own)
    if met is not None:
        cards.append(card(context, HEARD, met, t("Your team on its supervisors: heard, understood, valued")))
        scope = {"respondent_group": EMPLOYEES, "perspective": "experienced", **own.scope}
        figures.append(Figure(HEARD.figure, scope, met))
    blocks += [Cards(tuple(cards))] if cards else []
    return Section("team", tuple(blocks), tuple(figures))


def met_by_supervisors(own: OwnUnit) -> Estimate | None:
    """Return how employees are met themselves: heard, understood, valued; None where it may not be shown.

    The units are decided together, as for customers.
    """
    survey = own.survey
    if EMPLOYEES not in survey.groups or "perspective" not in survey.frame.columns:
        return None
    if not own.name:
        return survey.whole(HEARD, EMPLOYEES, "experienced")
    rows = survey.rows(EMPLOYEES, "experienced")
    rows = rows[survey.usable(HEARD, rows).notna()]
    chosen = survey.published(HEARD, EMPLOYEES, "experienced").shown.get("unit", {}).get(own.name)
    if chosen is None:
        return None
    part = rows.loc[sorted(chosen)]
    return survey.estimate(HEARD, EMPLOYEES, survey.usable(HEARD, part), survey.weights(part))
