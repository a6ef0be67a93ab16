"""The answer first: how we are met overall, where it is weakest, and the headline figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.blocks import Block, Callout, Cards, Lead
from kohtaamo_utils.presentation.section import Section
from kohtaamo_utils.reports.catalogue import CES_EFFORT, CSAT, ENPS, GROUP_LABELS, HEARD, NPS, Measure
from kohtaamo_utils.reports.compare import Compared, compare
from kohtaamo_utils.reports.current_state.importance import important_and_weak, places
from kohtaamo_utils.reports.current_state.leaning import Leaning, leaning
from kohtaamo_utils.reports.phrases import card
from kohtaamo_utils.reports.survey import STAFF, Survey
from kohtaamo_utils.reports.survey_figures import figures_of

if TYPE_CHECKING:
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.current_state.explained import Explanations


NAMED = 3
"""Touchpoints that the answer names; one more is named rather than counted."""


def headline(context: Context, survey: Survey, explained: Explanations) -> Section:
    """Make the first section.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    survey
        The answers of the period.
    explained
        What goes with customers' satisfaction and recommendation.
    """
    to_develop = important_and_weak(context, places(explained))
    sentences = [_overall(context, survey), _weakest(context, survey), to_develop]
    lead = " ".join(sentence for sentence in sentences if sentence)
    cards = []
    for measure, group in _headline_pairs(survey):
        estimate = survey.whole(measure, group)
        if estimate is not None:
            cards.append(card(context, measure, estimate, _card_label(context, survey, measure, group)))
    blocks: list[Block] = [Lead(lead)] if lead else []
    if cards and main_measure(survey) is None:
        blocks.append(Callout(_no_customers(context, survey)))
    blocks += (
        [Cards(tuple(cards))] if cards else [Callout(context.t("There are too few answers for headline figures."))]
    )
    return Section("headline", tuple(blocks), tuple(figures_of(survey)), tuple(survey.hidden))


def _no_customers(context: Context, survey: Survey) -> str:
    """Say that what follows is not the customers' view."""
    if "customer" not in survey.groups:
        return context.t("There are no answers from customers: this report tells what staff say.")
    return context.t("Too few customers have answered for headline figures: these are of staff.")


def _headline_pairs(survey: Survey) -> list[tuple[Measure, str]]:
    customers = (
        [(measure, "customer") for measure in (NPS, CSAT, survey.ces, HEARD)] if "customer" in survey.groups else []
    )
    staff = [(ENPS, group) for group in STAFF if group in survey.groups and survey.whole(ENPS, group) is not None][:1]
    return customers + staff


def _card_label(context: Context, survey: Survey, measure: Measure, group: str) -> str:
    """Name the group of staff, but for employees where no other staff answered."""
    label, others = context.t(measure.label), any(name in survey.groups for name in STAFF if name != "employee")
    plain = group == "customer" or (group == "employee" and not others)
    return label if plain else f"{label}: {context.t(GROUP_LABELS[group]).lower()}"


def main_measure(survey: Survey) -> Measure | None:
    """Return the measure that touchpoints are compared by: the first that customers answered enough."""
    return next(
        (m for m in (NPS, CSAT, HEARD, survey.ces) if "customer" in survey.groups and survey.whole(m, "customer")), None
    )


def _overall(context: Context, survey: Survey) -> str:
    estimate = survey.whole(NPS, "customer") if "customer" in survey.groups else None
    if estimate is None or estimate.value is None or estimate.low is None or estimate.high is None:
        return ""
    value, t = context.f.points(estimate.value), context.t
    if value == context.f.points(0):
        return t("It cannot be told whether promoters or detractors are more numerous among the customers: NPS is {value}.", value=value)  # fmt: skip
    leans = leaning(estimate)
    if leans is Leaning.UP:
        return t("You have more promoters than detractors among the customers: NPS is {value}.", value=value)
    if leans is Leaning.DOWN:
        return t("You have more detractors than promoters among the customers: NPS is {value}.", value=value)
    return t(
        "It cannot be told whether promoters or detractors are more numerous among the customers: NPS is {value}, which does not differ from zero beyond chance.",
        value=value,
    )


def _weakest(context: Context, survey: Survey) -> str:
    """Name the weak touchpoints: one as the weakest only where it alone stands out and no other has so low a value."""
    measure = main_measure(survey)
    if measure is None or "touchpoint" not in survey.dimensions:
        return ""
    compared = compare(survey, measure, "customer", "touchpoint")
    if len(compared) < 2:
        return ""
    weaker = [item for item in reversed(compared) if item.weaker]
    if not weaker:
        return context.t("No touchpoint is weaker than the others beyond chance.")
    if len(weaker) > 1 or not _lowest(weaker[0], compared):
        return _several(context, [str(item.cell.category) for item in weaker])
    estimate = weaker[0].cell.estimate
    return context.t(
        "Weakest touchpoint: {name} ({measure} {value}).",
        name=str(weaker[0].cell.category),
        measure=short(context, measure),
        value=context.f.in_unit(estimate.value, estimate.unit),
    )


def _several(context: Context, names: list[str]) -> str:
    """Name the weakest ones, and how many more there are; the touchpoint map has them all."""
    if len(names) <= NAMED + 1:
        return context.t("Weaker than the others: {names}.", names=", ".join(names))
    return context.t(
        "Weaker than the others: {names} and {n} more touchpoints.",
        names=", ".join(names[:NAMED]),
        n=context.f.integer(len(names) - NAMED),
    )


def _lowest(item: Compared, compared: tuple[Compared, ...]) -> bool:
    sign = item.cell.measure.sign
    values = [other.cell.estimate.value for other in compared if other is not item]
    return all(sign * (item.cell.estimate.value or 0.0) < sign * value for value in values if value is not None)


def short(context: Context, measure: Measure) -> str:
    """Return a measure's short name for running text."""
    names = {"nps": "NPS", "enps": "eNPS", "csat": "CSAT", "ces": "CES", "heard_index": context.t("Being met")}
    if measure is CES_EFFORT:
        return context.t("Effort (CES 1.0)")
    return names.get(measure.figure, context.t(measure.label))
