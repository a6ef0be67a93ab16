"""The answer first: what the unit's customers say, and whether it differs from what the other units' customers say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.blocks import Block, Callout, Cards, Lead
from kohtaamo_utils.presentation.section import Section
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.catalogue import CSAT, HEARD, NPS, Measure
from kohtaamo_utils.reports.current_state.headline import short
from kohtaamo_utils.reports.current_state.leaning import Leaning, leaning
from kohtaamo_utils.reports.current_state.supervisor.beside import compared
from kohtaamo_utils.reports.phrases import card, listed

if TYPE_CHECKING:
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.current_state.own_unit import OwnUnit

_LEANS = {
    Leaning.UP: N_("More of your customers are promoters than detractors: NPS is {value}."),
    Leaning.DOWN: N_("More of your customers are detractors than promoters: NPS is {value}."),
    Leaning.UNKNOWN: N_(
        "Whether promoters or detractors are more numerous among your customers cannot be told: NPS is {value}."
    ),
}


def customers(context: Context, own: OwnUnit) -> Section:
    """Make the first section.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    own
        The supervisor's unit.
    """
    found = [(measure, own.estimate(measure, "customer")) for measure in (NPS, CSAT, own.survey.ces, HEARD)]
    cards = [card(context, measure, estimate) for measure, estimate in found if estimate is not None]
    if not cards:
        return Section("customers", (Callout(_nothing_shown(context, own)),), tuple(own.figures()))
    lead = " ".join(sentence for sentence in (_leaning(context, own), difference(context, own)) if sentence)
    blocks: tuple[Block, ...] = (Lead(lead), Cards(tuple(cards))) if lead else (Cards(tuple(cards)),)
    return Section("customers", blocks, tuple(own.figures()))


def _nothing_shown(context: Context, own: OwnUnit) -> str:
    """Say why nothing is told of what customers say."""
    survey, t = own.survey, context.t
    if "customer" not in survey.groups:
        return t("There are no answers from customers, so the report cannot tell what they say.")
    rows = survey.rows("customer")
    count = int((rows["unit"] == own.name).sum()) if own.name else len(rows)
    if count < survey.minimum:
        return t(
            "Fewer than {minimum} customers have answered, so what they said is not shown.",
            minimum=context.f.integer(survey.minimum),
        )
    return t("What your customers said cannot be shown: too few answered the same question, or the figures would give a small group away.")  # fmt: skip


def _leaning(context: Context, own: OwnUnit) -> str:
    estimate = own.estimate(NPS, "customer")
    if estimate is None or (leans := leaning(estimate)) is None:
        return ""
    return context.t(_LEANS[leans], value=context.f.points(estimate.value))


def difference(context: Context, own: OwnUnit) -> str:
    """Say in which measures the unit differs from all the others beyond chance, or that it does in none."""
    t = context.t
    if not own.name:
        return t("No unit can be shown by itself, so this is what the customers of all units say.")
    tested = compared(own)
    if not tested:
        return t("There is no other unit to compare with.")
    better = [_inside(context, measure) for measure, item in tested if item.better]
    weaker = [_inside(context, measure) for measure, item in tested if item.weaker]
    sentences = []
    if better:
        sentences.append(t("Better than in the other units: {names}.", names=listed(context, better)))
    if weaker:
        sentences.append(t("Weaker than in the other units: {names}.", names=listed(context, weaker)))
    return " ".join(sentences) or t("No difference between your unit and the others stands out from chance variation.")


def _inside(context: Context, measure: Measure) -> str:
    """Return a measure's name within a sentence: an abbreviation as it is, an element small."""
    return context.t(measure.label).lower() if measure.scope else short(context, measure)
