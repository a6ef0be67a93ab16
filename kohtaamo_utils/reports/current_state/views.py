"""How each group sees the encounters: recommendation, satisfaction, ease, being heard, and the five elements."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from kohtaamo_utils.measures.reliability import alpha, hangs_together
from kohtaamo_utils.presentation.blocks import Block, Chart, Fold, Paragraph, Table
from kohtaamo_utils.presentation.charts import interval_svg
from kohtaamo_utils.presentation.section import Figure, Hidden, Section
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.catalogue import (
    CES,
    CES_SHARE,
    CSAT,
    CSAT_MEAN,
    ELEMENT_MEASURES,
    ENPS,
    GROUP_LABELS,
    HEARD,
    HEARD_MEASURES,
    NPS,
    Measure,
)
from kohtaamo_utils.reports.current_state.ranking import Ranking
from kohtaamo_utils.reports.drawing import interval_row
from kohtaamo_utils.reports.phrases import (
    AGAINST,
    against_each_other,
    dash_note,
    in_brackets,
    listed,
    value_with_interval,
)
from kohtaamo_utils.reports.survey import STAFF
from kohtaamo_utils.tables import ELEMENTS, HEARD_ITEMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kohtaamo_utils.measures.estimate import Estimate
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.survey import Survey

WHOSE_VIEW = N_("Customers tell how they were met; staff tell how they believe customers are met.")
STAFF_VIEW = N_("Staff tell how they believe customers are met.")
_TABLE = (NPS, CSAT, CSAT_MEAN, CES, CES_SHARE, HEARD, ENPS)
SCALES = {"heard": HEARD_ITEMS, "elements": ELEMENTS}


def measures_by_group(context: Context, survey: Survey) -> Section:
    """Make the table of headline measures by respondent group, with response counts."""
    t = context.t
    counts = {group: survey.responses(group) for group in survey.groups}
    figures = [Figure("responses", {"respondent_group": group}, count) for group, count in counts.items() if count]
    rows: list[tuple[str, ...]] = [
        (t(measure.label), *(value_with_interval(context, survey.whole(measure, group)) for group in survey.groups))
        for measure in survey.asked_as(_TABLE)
        if any(survey.whole(measure, group) for group in survey.groups)
    ]
    few = t("fewer than {minimum}, not shown", minimum=context.f.integer(survey.minimum))
    answers = (t("Responses"), *(context.f.integer(count.value) if count else few for count in counts.values()))
    table = Table(
        caption=t("Measures by respondent group"),
        columns=(t("Measure"), *(t(GROUP_LABELS[group]) for group in survey.groups)),
        rows=(answers, *rows),
        numeric=frozenset(range(1, 1 + len(survey.groups))),
        note=_note(context, survey, rows),
    )
    blocks: tuple[Block, ...] = (table, _notes(context, survey)) if rows else (table,)
    return Section("measures", blocks, tuple(figures), tuple(survey.hidden))


def _note(context: Context, survey: Survey, rows: list[tuple[str, ...]]) -> str:
    """Say what the brackets and dashes of the table mean, where it has any, and whose view each group's is."""
    t = context.t
    sentences = [t("In brackets the 95% interval.")] if rows else []
    sentences += [t("The groups are not added together in this table.")] if len(survey.groups) > 1 else []
    if any(survey.whole(HEARD, group) for group in survey.groups if group in STAFF):
        view = WHOSE_VIEW if "customer" in survey.groups else STAFF_VIEW
        sentences.append(t(view))
    return " ".join(filter(None, [*sentences, dash_note(context, rows)]))


def _notes(context: Context, survey: Survey) -> Fold:
    """Tell how the measures that are shown are computed."""
    t = context.t
    shown = {
        measure.figure
        for measure in survey.asked_as(_TABLE)
        if any(survey.whole(measure, group) for group in survey.groups)
    }
    satisfied = t("CSAT is the share of those who answered 4 or 5 on a scale of 1–5.")
    eased = t("CES is the mean of how easy it was, on a scale of 1–7; its share is of those who answered 5, 6 or 7.")
    effort = t(
        "CES 1.0 is the older question: the mean of how much effort it took, on a scale of 1–5, so a smaller number is better; its share is of those who answered 1 or 2. It cannot be compared with CES 2.0, which asks how easy it was."
    )
    points = t(
        "NPS is the share of promoters, who answered 9–10, less the share of detractors, who answered 0–6, in points from −100 to +100."
    )
    met = t(
        "Being met (heard, understood, valued) is the mean of three questions on a scale of 1–5, of those who answered all three."
    )
    told = (
        ({NPS.figure, ENPS.figure}, points),
        ({CSAT.figure, CSAT_MEAN.figure}, satisfied),
        ({CES.figure, CES_SHARE.figure}, effort if survey.older_ces else eased),
        ({HEARD.figure}, met),
    )
    texts = [text for figures, text in told if figures & shown]
    texts.append(
        t(
            "Intervals: adjusted Wald for NPS, Wilson for shares, Student's t for means. The true value lies within a 95% interval in about 19 measurements out of 20."
        )
    )
    return Fold(t("How are these computed?"), tuple(Paragraph(text) for text in texts))


def elements(context: Context, survey: Survey) -> Section:
    """Make the profile of the five elements and of being heard, as customers see them."""
    group = "customer" if "customer" in survey.groups else None
    shown = _shown(survey, group) if group else []
    if not shown:
        return Section("elements", ())
    t = context.t
    rows = sorted(shown, key=lambda pair: -(pair[1].value or 0))
    finding = _finding(context, Ranking(tuple(rows))) if len(rows) > 1 else ""
    blocks: list[Block] = [Paragraph(finding)] if finding else []
    blocks.append(_chart(context, rows))
    by_group = _by_group(context, survey)
    blocks += [by_group] if by_group is not None else []
    every = [figure for name, items in SCALES.items() for figure in _alpha(survey, name, items)]
    figures = [figure for figure in every if hangs_together(figure.estimate)]
    against = [figure for figure in every if figure not in figures]
    if every:
        blocks.append(Fold(t("How consistent are the scales?"), tuple(_consistency(context, figures, against))))
    no_alpha = (Hidden(figure.name, figure.scope, AGAINST) for figure in against)
    return Section("elements", tuple(blocks), tuple(figures), (*survey.hidden, *no_alpha))


def _consistency(context: Context, figures: Sequence[Figure], against: Sequence[Figure]) -> Iterable[Paragraph]:
    """Tell the scales' alphas, and of which there is none because their questions run against each other."""
    labels = {
        str(figure.scope["scale"]): _scale_label(context, str(figure.scope["scale"])) for figure in (*figures, *against)
    }
    if figures:
        texts = ", ".join(
            f"{labels[str(figure.scope['scale'])]} {context.f.number(figure.estimate.value, 2)}" for figure in figures
        )
        yield Paragraph(context.t("Cronbach's alpha: {values}.", values=texts))
    if against:
        yield Paragraph(against_each_other(context, [labels[str(figure.scope["scale"])] for figure in against]))


def _shown(survey: Survey, group: str) -> list[tuple[Measure, Estimate]]:
    pairs = [(measure, survey.whole(measure, group)) for measure in (*ELEMENT_MEASURES, *HEARD_MEASURES)]
    return [(measure, estimate) for measure, estimate in pairs if estimate is not None]


def _finding(context: Context, ranking: Ranking) -> str:
    """Name what has the highest scores and what has the lowest: more than one where their intervals overlap."""
    t, (best, weakest) = context.t, (ranking.elements[0][1], ranking.elements[-1][1])
    if best.value == weakest.value:
        return t("Customers give the same score to all of these.")
    if best.low is None or weakest.high is None:
        return ""
    if not ranking.lowest:
        return t("The intervals of the highest and the lowest of these scores overlap.")
    highest, lowest = (
        listed(
            context,
            [f"{t(its.label).lower()} ({context.f.number(found.value, 2)})" for its, found in order if its in named],
        )
        for order, named in ((ranking.elements, ranking.best), (ranking.elements[::-1], ranking.lowest))
    )
    return t("Highest in customers' scores: {highest}. Lowest: {lowest}.", highest=highest, lowest=lowest)


def _chart(context: Context, rows: list[tuple[Measure, Estimate]]) -> Chart:
    t = context.t
    bars = [interval_row(context, t(measure.label), estimate) for measure, estimate in rows]
    lowest = min(bar.low if bar.low is not None else bar.value for bar in bars)
    highest = max(bar.high if bar.high is not None else bar.value for bar in bars)
    facts = "; ".join(f"{t(measure.label)}: {value_with_interval(context, estimate)}" for measure, estimate in rows)
    return Chart(
        svg=interval_svg(
            bars, axis=t("Mean, scale 1–5"), locale=context.f.locale, look=context.look, limits=_whole(lowest, highest)
        ),
        title=t("How customers felt they were met"),
        description=in_brackets(context, t("Means: {facts}.", facts=facts), (estimate for _, estimate in rows)),
    )


def _by_group(context: Context, survey: Survey) -> Table | None:
    """Return customers beside the groups of staff of which anything may be shown; none where there is no such group."""
    t = context.t
    measures = (*ELEMENT_MEASURES, *HEARD_MEASURES)
    groups = [group for group in survey.groups if any(survey.whole(measure, group) for measure in measures)]
    if len(groups) < 2:
        return None
    rows: list[tuple[str, ...]] = [
        (t(measure.label), *(value_with_interval(context, survey.whole(measure, group)) for group in groups))
        for measure in measures
        if any(survey.whole(measure, group) for group in groups)
    ]
    return Table(
        caption=t("Elements by respondent group, mean of 1–5"),
        columns=(t("Element"), *(t(GROUP_LABELS[group]) for group in groups)),
        rows=tuple(rows),
        numeric=frozenset(range(1, 1 + len(groups))),
        note=" ".join(filter(None, (t(WHOSE_VIEW), dash_note(context, rows)))),
    )


def _alpha(survey: Survey, name: str, items: tuple[str, ...]) -> list[Figure]:
    rows = survey.rows("customer")
    if any(item not in rows.columns for item in items):
        return []
    estimate = alpha(rows[list(items)])
    enough = estimate.value is not None and estimate.n >= survey.minimum
    return [Figure("alpha", {"respondent_group": "customer", "scale": name}, estimate)] if enough else []


def _scale_label(context: Context, scale: str) -> str:
    return context.t("heard, understood, valued") if scale == "heard" else context.t("the five elements")


def _whole(lowest: float, highest: float) -> tuple[float, float]:
    """Return an axis between whole scale points, at least one apart, so that small differences do not look large."""
    low, high = float(math.floor(lowest)), float(math.ceil(highest))
    return (low - 1 if low == high else low), high
