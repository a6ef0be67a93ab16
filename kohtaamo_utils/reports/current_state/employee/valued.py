"""What customers are glad of, and what they wish more of: sentences, no tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.blocks import Block, Bullets, Callout, Lead, Paragraph
from kohtaamo_utils.presentation.section import Figure, Section
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.catalogue import CES_EFFORT, CSAT, HEARD, NPS, Measure
from kohtaamo_utils.reports.compare import Compared, compare
from kohtaamo_utils.reports.current_state.headline import main_measure
from kohtaamo_utils.reports.current_state.leaning import Leaning, leaning
from kohtaamo_utils.reports.current_state.ranking import ranking

if TYPE_CHECKING:
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.survey import Survey

CUSTOMERS = "customer"
IN_PLAIN_WORDS = {
    "listening": N_("how you listen"),
    "expertise": N_("how you share what you know"),
    "value": N_("what use it is to meet you"),
    "trust": N_("how you can be trusted"),
    "solution": N_("how you look for a solution"),
}
_LEANS = {
    Leaning.UP: N_("More of them are promoters than detractors."),
    Leaning.DOWN: N_("More of them are detractors than promoters."),
    Leaning.UNKNOWN: N_("Whether more of them are promoters or detractors cannot be told."),
}


def thanked(context: Context, survey: Survey) -> Section:
    """Make the first section: the answer, in two or three sentences."""
    t, ranks, sentences = context.t, ranking(survey), list[str]()
    satisfied = survey.whole(CSAT, CUSTOMERS) if CUSTOMERS in survey.groups else None
    if satisfied is not None and satisfied.value is not None:
        sentences.append(t("Of the customers who answered, {share} were satisfied.", share=context.f.most(satisfied.value)))  # fmt: skip
    recommends = survey.whole(NPS, CUSTOMERS) if CUSTOMERS in survey.groups else None
    if recommends is not None and (leans := leaning(recommends)) is not None:
        sentences.append(t(_LEANS[leans]))
    better = [str(item.cell.category) for item in _touchpoints(survey) if item.better]
    if not sentences and not ranks.best and not better:
        text = t("We cannot tell yet what customers value: they were not asked, or too few have answered.")
        return Section("thanked", (Callout(text),))
    blocks: list[Block] = [Lead(" ".join(sentences))] if sentences else []
    if ranks.best:
        blocks += [Paragraph(t("Customers give you their best marks for these:")), _in_plain_words(context, ranks.best)]
    elif len(ranks.elements) > 1:
        blocks.append(Paragraph(t("No part of an encounter stands out from chance variation as the best.")))
    if better:
        text = N_("Customers give higher marks here than elsewhere:")
        easier = N_("Dealing with us takes customers less effort here than elsewhere:")
        blocks += [Paragraph(t(easier if _of_effort(survey) else text)), _listed(better)]
    return Section("thanked", tuple(blocks), _figures(survey), tuple(survey.hidden))


def wished(context: Context, survey: Survey) -> Section:
    """Make the section on what customers wish more of; none where nothing can be told."""
    t, ranks = context.t, ranking(survey)
    compared = _touchpoints(survey)
    weaker = [str(item.cell.category) for item in reversed(compared) if item.weaker]
    blocks: list[Block] = []
    if ranks.lowest:
        blocks += [
            Paragraph(t("Customers give you their lowest marks for these:")),
            _in_plain_words(context, ranks.lowest),
        ]
    if weaker:
        text = N_("Customers give lower marks here than elsewhere:")
        harder = N_("Dealing with us takes customers more effort here than elsewhere:")
        blocks += [Paragraph(t(harder if _of_effort(survey) else text)), _listed(weaker)]
    if not blocks and (len(ranks.elements) > 1 or len(compared) > 1):
        blocks.append(Paragraph(t("Nothing stands out as weaker beyond chance variation.")))
    return Section("wished", tuple(blocks))


def _in_plain_words(context: Context, measures: tuple[Measure, ...]) -> Bullets:
    words = [IN_PLAIN_WORDS[measure.scope["element"]] for measure in measures]
    return Bullets(tuple(("", context.t(word)) for word in words))


def _listed(names: list[str]) -> Bullets:
    """Return the client's own names a line each: they may be long, and may have commas in them."""
    return Bullets(tuple(("", name) for name in names))


def _touchpoints(survey: Survey) -> tuple[Compared, ...]:
    measure = main_measure(survey)
    if measure is None or "touchpoint" not in survey.dimensions:
        return ()
    return compare(survey, measure, CUSTOMERS, "touchpoint")


def _of_effort(survey: Survey) -> bool:
    return main_measure(survey) is CES_EFFORT


def _figures(survey: Survey) -> tuple[Figure, ...]:
    """Return the figures behind the sentences: of all customers, and the main measure by touchpoint."""
    scope = {"respondent_group": CUSTOMERS}
    pairs = [(measure, survey.whole(measure, CUSTOMERS)) for measure in (NPS, CSAT, HEARD)]
    pairs += ranking(survey).elements
    whole = [Figure(measure.figure, scope | measure.scope, found) for measure, found in pairs if found is not None]
    by_touchpoint = [
        Figure(item.cell.measure.figure, {**scope, "touchpoint": str(item.cell.category)}, item.cell.estimate)
        for item in _touchpoints(survey)
    ]
    return (*whole, *by_touchpoint)
