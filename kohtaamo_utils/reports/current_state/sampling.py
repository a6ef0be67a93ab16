"""Who answered of those who were asked, and how the answers are weighted: a part of the section on data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.engagement.survey_settings import joined, margins_of, of_group
from kohtaamo_utils.intake.survey_frame import answers_of
from kohtaamo_utils.intake.weighting import joint
from kohtaamo_utils.measures.estimate import Estimate
from kohtaamo_utils.measures.weighting import design_effect, kish_n
from kohtaamo_utils.presentation.blocks import Block, Fold, Paragraph, Table
from kohtaamo_utils.presentation.section import Figure, Hidden
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.catalogue import GROUP_LABELS
from kohtaamo_utils.reports.current_state.differences import category_label, dimension_label
from kohtaamo_utils.reports.phrases import listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from kohtaamo_utils.disclosure.overlaps import Published
    from kohtaamo_utils.engagement.survey_settings import Frame
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.survey import Survey

_QUESTIONNAIRES = {
    "experienced": N_("own experience"),
    "believed": N_("belief about customers' experience"),
    "expected": N_("expectation"),
}
MET_WITHIN = 0.0005
"""A weighted share that is this near its target has met it; a reader sees tenths of a per cent."""


@dataclass(frozen=True)
class Part:
    """Blocks of a section, and their figures."""

    blocks: tuple[Block, ...] = ()
    figures: tuple[Figure, ...] = ()


def sampling(context: Context, survey: Survey) -> Part:
    """Return response rates, non-response by what is known of everybody asked, and what the weighting does.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    survey
        The answers of the period.

    Notes
    -----
    A response rate is a count of all who were asked, not a sample of them, so it has no interval.
    """
    parts = [
        _responses(context, survey, group, frame) for group, frame in context.engagement.settings.survey_frame.items()
    ]
    if any(part.blocks for part in parts):
        text = N_(
            "What those who did not answer think is not known. A low response rate in a group is a reason for care."
        )
        parts.append(Part((Paragraph(context.t(text)),)))
    parts += [_weighting(context, survey, group) for group in survey.groups]
    return Part(
        tuple(block for part in parts for block in part.blocks),
        tuple(figure for part in parts for figure in part.figures),
    )


def _responses(context: Context, survey: Survey, group: str, frame: Frame) -> Part:
    rows = answers_of(survey.frame, group, frame)
    scope = {"respondent_group": group} | ({"perspective": frame.perspective} if frame.perspective else {})
    if len(rows) < survey.minimum:
        survey.note(Hidden("response_rate", scope, f"fewer than {survey.minimum} answers"))
        return Part()
    figure = Figure("response_rate", scope, _rate(len(rows), frame.invited))
    text = context.t(
        "{group}: {n} answers to {invited} invitations. The response rate is {rate}.",
        group=_whose(context, group, frame),
        n=context.f.integer(len(rows)),
        invited=context.f.integer(frame.invited),
        rate=context.f.percent(figure.estimate.value, 1),
    )
    published = survey.publish(rows)
    parts = [_non_response(context, survey, column, frame, rows, published, scope) for column in frame.known]
    return Part(
        (Paragraph(text), *(block for part in parts for block in part.blocks)),
        (figure, *(found for part in parts for found in part.figures)),
    )


def _whose(context: Context, group: str, frame: Frame) -> str:
    """Return a group's name, with its questionnaire where the settings had to say which."""
    name = context.t(GROUP_LABELS[group])
    return f"{name} ({context.t(_QUESTIONNAIRES[frame.perspective])})" if frame.perspective else name


def _rate(answers: int, asked: int) -> Estimate:
    return Estimate(value=answers / asked, n=asked, unit="share", method="count")


def _non_response(
    context: Context,
    survey: Survey,
    column: str,
    frame: Frame,
    answered: pd.DataFrame,
    published: Published,
    scope: Mapping[str, str],
) -> Part:
    """Compare the shares of the invited with the shares of the answers, in one column.

    Shares are of all who were invited and of all answers, those without a category included: a share of those with one
    would tell how many have none, and so how many are in a category that is hidden.
    """
    t, f, answers, group = context.t, context.f, len(answered), scope["respondent_group"]
    shown, hidden = published.shown.get(column, {}), published.hidden.get(column, {})
    rows, figures = [], []
    for name, asked in frame.known[column].items():
        label, inside = category_label(context, column, name), {**scope, column: name}
        cells = [f.number(None), f.number(None)]
        if name in shown:
            figures.append(Figure("response_rate", inside, _rate(len(shown[name]), asked)))
            cells = [f.percent(len(shown[name]) / asked), f.percent(len(shown[name]) / answers)]
        else:
            survey.note(Hidden("response_rate", inside, hidden.get(name, f"fewer than {survey.minimum} answers")))
        rows.append((label, *cells, f.percent(asked / frame.invited), f.integer(asked)))
    without = answers - sum(map(len, shown.values()))
    if without:
        rest = frame.invited - sum(frame.known[column].values())
        told = rest and not hidden
        invited = (f.percent(rest / frame.invited), f.integer(rest)) if told else (f.number(None), f.number(None))
        label = t("Not shown or not known") if hidden else t("Not known")
        rows.append((label, f.number(None), f.percent(without / answers), *invited))
    notes = [_dash(context, survey)] if len(figures) < len(frame.known[column]) else []
    if answered[column].isna().any():
        notes.append(
            t("Answers that do not tell where they belong are in no row's response rate: the true ones may be higher.")
        )
    table = Table(
        caption=t(
            "Who was invited and who answered. {group}, {dimension}",
            group=t(GROUP_LABELS[group]),
            dimension=dimension_label(context, column),
        ),
        columns=(
            dimension_label(context, column),
            t("Response rate"),
            t("Share of the answers"),
            t("Share of the invited"),
            t("Invited"),
        ),
        rows=tuple(rows),
        numeric=frozenset({1, 2, 3, 4}),
        note=" ".join(notes),
    )
    return Part((table,), tuple(figures))


def _dash(context: Context, survey: Survey) -> str:
    text = N_("A dash: fewer than {minimum} answers, or a figure that would give so few away.")
    return context.t(text, minimum=context.f.integer(survey.minimum))


def _weighting(context: Context, survey: Survey, group: str) -> Part:
    """Say what a group's weights are for and what they cost in precision."""
    rows = survey.frame[survey.frame["respondent_group"] == group]
    weights = survey.weights(rows)
    if weights is None or int(weights.notna().sum()) < survey.minimum:
        return Part()
    effect, effective, scope = design_effect(weights), kish_n(weights), {"respondent_group": group}
    count = int(weights.notna().sum())
    figures = (
        Figure("design_effect", scope, Estimate(value=effect, n=count, unit="ratio", method="kish")),
        Figure("effective_n", scope, Estimate(value=effective, n=count, unit="count", method="kish")),
    )
    cost = context.t(
        "{group}: the weighting makes the {n} answers as precise as {effective} answers of equal weight (design effect {effect}). The intervals take this into account.",
        group=context.t(GROUP_LABELS[group]),
        n=context.f.integer(count),
        effective=context.f.integer(effective),
        effect=context.f.number(effect, 2),
    )
    return Part((*_margins(context, survey, group, rows, weights), Paragraph(cost)), figures)


def _margins(context: Context, survey: Survey, group: str, rows: pd.DataFrame, weights: pd.Series) -> tuple[Block, ...]:
    """Return what raked weights were made for and how far they reach it; nothing for weights from a file."""
    settings, t, f = context.engagement.settings, context.t, context.f
    asked = of_group(settings.weighting, group)
    if asked is None:
        return (
            Paragraph(t("{group}: the answers are weighted with weights from the file.", group=t(GROUP_LABELS[group]))),
        )
    margins = margins_of(asked, of_group(settings.survey_frame, group))
    names = {
        "group": t(GROUP_LABELS[group]),
        "columns": listed(context, [dimension_label(context, each) for each in margins]),
    }
    text = N_("{group}: the answers are weighted so that they have the population's shares in: {columns}.")
    if asked.margins is None:
        text = N_(
            "{group}: the answers are weighted so that they have the shares of all who were invited in: {columns}."
        )
    said = t(text, **names)
    if asked.cap is not None:
        low, high = (f.number(limit, 1) for limit in asked.cap)
        said += " " + t("No answer weighs less than {low} or more than {high} times the mean.", low=low, high=high)
    categories = {column: joint(rows[column], shares) for column, shares in margins.items()}
    published = survey.publish(rows, {f"weights {column}": _sets(found) for column, found in categories.items()})
    tables, gap = [], 0.0
    for column, shares in margins.items():
        reached = weights.groupby(categories[column]).sum() / weights[categories[column].notna()].sum()
        total = sum(shares.values())
        gap = max(gap, *(abs(reached[name] - share / total) for name, share in shares.items()))
        shown = published.shown.get(f"weights {column}", {})
        tables.append(_margin_table(context, survey, group, column, shares, shown, reached, rows))
    if gap > MET_WITHIN:
        said += " " + t(
            "The limits keep some shares from their targets; the largest gap is {gap} percentage points.",
            gap=f.number(gap * 100, 1),
        )
    return Paragraph(said), Fold(t("How do the weights change the shares?"), tuple(tables))


def _sets(categories: pd.Series) -> dict[str, frozenset[int]]:
    return {str(name): frozenset(index) for name, index in categories.groupby(categories).groups.items()}


def _margin_table(
    context: Context,
    survey: Survey,
    group: str,
    column: str,
    shares: Mapping[str, float],
    shown: Mapping[str, frozenset[int]],
    reached: pd.Series,
    answered: pd.DataFrame,
) -> Table:
    t, f, total = context.t, context.f, sum(shares.values())
    all_shown = len(shown) == len(shares)
    base = int(answered[column].notna().sum()) if all_shown else len(answered)
    rows = []
    for name, share in shares.items():
        label = ", ".join(category_label(context, column, part) for part in joined(name))
        cells = (f.percent(len(shown[name]) / base, 1), f.percent(reached[name], 1)) if name in shown else None
        rows.append((label, f.percent(share / total, 1), *(cells or (f.number(None), f.number(None)))))
    return Table(
        caption=t(
            "Shares before and after weighting. {group}, {dimension}",
            group=t(GROUP_LABELS[group]),
            dimension=dimension_label(context, column),
        ),
        columns=(dimension_label(context, column), t("Target"), t("Share of the answers"), t("Weighted")),
        rows=tuple(rows),
        numeric=frozenset({1, 2, 3}),
        note="" if all_shown else _dash(context, survey),
    )
