"""What the current-state report rests on: rows read, answers missing, groups hidden, parts left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.blocks import Block, Bullets, Paragraph, Table
from kohtaamo_utils.presentation.section import Section
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.answers import within
from kohtaamo_utils.reports.catalogue import GROUP_LABELS
from kohtaamo_utils.reports.current_state.headline import short
from kohtaamo_utils.reports.current_state.sampling import sampling
from kohtaamo_utils.reports.import_quality import TABLE_LABELS, data_blocks, missing_cells
from kohtaamo_utils.reports.phrases import dash_note, interval_note, late_note, protection_note

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.survey import Survey

_PARTS = {
    "touchpoints": N_("touchpoint map (customers' answers name no touchpoint, or too few may be shown)"),
    "journey": N_("journey (neither the register nor data that may be shown name an encounter)"),
    "chain": N_(
        "chain from the management to the customers (the same was asked of fewer than two links, or too few answers may be shown)"
    ),
    "dimensions": N_(
        "measures by their three dimensions (too few answers, and neither operational figures nor a register)"
    ),
    "elements": N_("elements of the encounter (not asked of customers, or too few answers)"),
    "differences": N_(
        "differences between groups (customers' answers name no channel, unit, phase or segment, or too few may be shown)"
    ),
    "drivers": N_("key drivers (no customers' answers, or too few)"),
    "trend": N_("monthly trend (customers' answers have no dates, or fewer than three months may be shown)"),
    "waves": N_(
        "change between rounds (no group answered in two rounds apart in time, or too few answers may be shown)"
    ),
    "delay": N_(
        "delay from encounter to answer (the day of one of them is missing, answers are too few, or all answered equally soon)"
    ),
    "mirror": N_("mirror gap (staff and customers were not asked the same, or too few answers may be shown)"),
    "expectation": N_("expectation against experience (not both asked of customers, or too few answered)"),
    "comments": N_("people's own words (no comments, or too few)"),
    "mystery": N_("mystery shopping (no visits)"),
    "operations": N_("operational figures (none)"),
    "business_link": N_("encounters and business figures by unit (fewer than two units have both that may be shown)"),
    "priorities": N_(
        "strengths and development areas (customers' answers name no touchpoints, channels, units or phases that could be compared, or too few may be shown)"
    ),
}


def data_quality(context: Context, survey: Survey, sections: Mapping[str, Section]) -> Section:
    """Make the section on data.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    survey
        The answers of the period.
    sections
        The sections made so far; empty ones are named as left out.
    """
    t = context.t
    blocks: list[Block] = data_blocks(context)
    outside = survey.all_rows - len(survey.frame)
    if outside:
        blocks.append(
            Paragraph(
                t(
                    "Responses outside the period, or without a date: {n}. They are not used.",
                    n=context.f.integer(outside),
                )
            )
        )
    sample = sampling(context, survey)
    blocks += sample.blocks
    answered = _answers(context, survey)
    blocks += [answered] if answered.rows else []
    blocks += _outside(context)
    blocks += missing_cells(context)
    if survey.hidden:
        text = t(
            "Groups of fewer than {minimum} answers are not shown, nor groups that would give such a group away. Figures hidden for this reason: {n}.",
            minimum=context.f.integer(survey.minimum),
            n=context.f.integer(len(survey.hidden)),
        )
        blocks.append(Paragraph(" ".join(filter(None, (text, protection_note(context, survey))))))
    bare = interval_note(context, sections)
    blocks += [Paragraph(bare)] if bare else []
    late = late_note(context, survey)
    blocks += [Paragraph(late)] if late else []
    left_out = tuple(("", t(text)) for key, text in _PARTS.items() if key in sections and not sections[key].blocks)
    if left_out:
        blocks += [Paragraph(t("Left out of this report for lack of data that may be shown:")), Bullets(left_out)]
    return Section("quality", tuple(blocks), sample.figures, tuple(survey.hidden))


def _answers(context: Context, survey: Survey) -> Table:
    """Return the share of respondents who answered each question, by group."""
    t, dash, rows = context.t, context.f.number(None), []
    for measure in survey.measures:
        if len(measure.columns) > 1 or measure.figure in ("csat_mean", "ces_share"):
            continue
        shares = []
        for group in survey.groups:
            part = survey.asked(measure, group)
            answered = part.index[measure.answers(part).notna()]
            shares.append(dash if survey.too_few(group, answered) else context.f.percent(len(answered) / len(part)))
        if any(share != dash for share in shares):
            rows.append((short(context, measure), *shares))
    told = [place for place in range(1, 1 + len(survey.groups)) if any(row[place] != dash for row in rows)]
    kept = [(row[0], *(row[place] for place in told)) for row in rows]
    return Table(
        caption=t("Share of respondents who answered each question"),
        columns=(t("Measure"), *(t(GROUP_LABELS[survey.groups[place - 1]]) for place in told)),
        rows=tuple(kept),
        numeric=frozenset(range(1, 1 + len(told))),
        note=dash_note(context, kept),
    )


def _outside(context: Context) -> list[Block]:
    """Return how many visits and operational figures lie outside the period."""
    t, blocks = context.t, []
    for name, column in (("mystery_shopping", "visited_on"), ("operations", "month"), ("observations", "observed_on")):
        table = context.dataset.tables.get(name)
        beyond = 0 if table is None else len(table) - len(within(table, column, context.period))
        if beyond:
            texts = {"data": t(TABLE_LABELS[name]), "n": context.f.integer(beyond)}
            blocks.append(
                Paragraph(t("{data}: rows outside the period, or without a date: {n}. They are not used.", **texts))
            )
    return list(blocks)
