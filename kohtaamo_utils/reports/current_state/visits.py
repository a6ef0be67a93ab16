"""What stands behind the mystery-shopping score: critical questions, partial credit, each visit, double visits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.measures.comparisons import each_against_rest
from kohtaamo_utils.measures.mystery import double_visits, visit_scores
from kohtaamo_utils.measures.proportions import share_of
from kohtaamo_utils.presentation.blocks import Block, Fold, Paragraph, Table
from kohtaamo_utils.presentation.section import Figure
from kohtaamo_utils.reports.phrases import value_with_interval

if TYPE_CHECKING:
    import pandas as pd

    from kohtaamo_utils.measures.estimate import Estimate
    from kohtaamo_utils.reports.context import Context


def behind_the_score(context: Context, frame: pd.DataFrame) -> tuple[list[Block], list[Figure]]:
    """Return the parts that explain the score, and their figures.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    frame
        The visits of the period.
    """
    blocks: list[Block] = []
    figures: list[Figure] = []
    for made, found in (_critical(context, frame), _partial(context, frame), _double(context, frame)):
        blocks += made
        figures += found
    return [*blocks, *_each_visit(context, frame)], figures


def standing_out(frame: pd.DataFrame, dimension: str) -> dict[str, bool]:
    """Return the categories whose visits differ from all others beyond chance: True where better.

    Welch's test of visits' scores, Benjamini–Hochberg over the categories; categories of one visit are in the others only.

    Parameters
    ----------
    frame
        Canonical ``mystery_shopping``.
    dimension
        ``unit`` or ``touchpoint``; each visit has one.
    """
    visits = visit_scores(frame)
    found = each_against_rest(visits["score"], visits[dimension], "mean")
    return {str(one.group): (one.difference.value or 0.0) > 0 for one in found if one.differs}


def _critical(context: Context, frame: pd.DataFrame) -> tuple[list[Block], list[Figure]]:
    """Return the critical questions with the share of visits on which each earned nothing."""
    if "critical" not in frame.columns:
        return [], []
    asked = frame[frame["critical"].fillna(value=False).astype(bool) & frame["score"].notna()]
    if asked.empty:
        return [], []
    t, f = context.t, context.f
    failed = asked["score"] <= 0
    if not failed.any():
        text = t("No critical question was left without points on any visit.")
    else:
        text = t(
            "Critical questions were not met at all {failed} times out of {asked}.",
            failed=f.integer(int(failed.sum())),
            asked=f.integer(len(asked)),
        )
    found: dict[str, Estimate] = {
        str(name): share_of(int(part.sum()), len(part)) for name, part in failed.groupby(asked["criterion"])
    }
    ordered = sorted(found.items(), key=lambda pair: (-(pair[1].value or 0.0), pair[0]))
    table = Table(
        caption=t("Critical questions: share of visits without any points"),
        columns=(t("Question"), t("Without points"), t("Visits")),
        rows=tuple((name, value_with_interval(context, share), f.integer(share.n)) for name, share in ordered),
        numeric=frozenset({1, 2}),
        note=t("A critical question does not lower the score more than its weight does."),
    )
    figures = [Figure("critical_failed", {"criterion": name}, share) for name, share in ordered]
    return [Paragraph(text), table], figures


def _partial(context: Context, frame: pd.DataFrame) -> tuple[list[Block], list[Figure]]:
    """Tell how many questions earned a part of their points."""
    scored = frame.dropna(subset=["score", "maximum"])
    partial = (scored["score"] > 0) & (scored["score"] < scored["maximum"])
    unanswered = int(frame["score"].isna().sum())
    if scored.empty or not (partial.any() or unanswered):
        return [], []
    share = share_of(int(partial.sum()), len(scored))
    text = context.t(
        "Questions that earned a part of their points: {share} of {scored}. Questions that did not apply or could not be judged: {unanswered}.",
        share=context.f.percent(share.value),
        scored=context.f.integer(len(scored)),
        unanswered=context.f.integer(unanswered),
    )
    return [Paragraph(text)], [Figure("partial_credit", {}, share)]


def _double(context: Context, frame: pd.DataFrame) -> tuple[list[Block], list[Figure]]:
    """Tell how far two shoppers agreed on the same day, where there are such visits."""
    found, f = double_visits(frame), context.f
    if found is None:
        text = context.t(
            "No touchpoint was visited twice on one day, so how far two shoppers would agree is not known."
        )
        return [Paragraph(text)], []
    text = context.t(
        "Double visits (the same unit, touchpoint and day): {pairs}. The two shoppers gave the same points to {same} of the questions (95% interval {interval}); their scores differed by {gap} percentage points on average.",
        pairs=f.integer(found.pairs),
        same=f.percent(found.same.value),
        interval=f.interval(found.same),
        gap=f.number(100 * found.gap, 0),
    )
    if found.icc is not None:
        text += " " + context.t("Intraclass correlation of the scores: {icc}.", icc=f.number(found.icc, 2))
    return [Paragraph(text)], [Figure("double_visit_agreement", {}, found.same)]


def _each_visit(context: Context, frame: pd.DataFrame) -> list[Block]:
    """Return each visit's score without its day, so that nobody's shift is looked up."""
    visits, t = visit_scores(frame), context.t
    columns = [
        (name, label) for name, label in (("unit", t("Unit")), ("touchpoint", t("Touchpoint"))) if name in visits
    ]
    ordered = visits.assign(visit_id=visits["visit_id"].astype(str)).sort_values(["score", "visit_id"])
    dash = context.f.number(None)
    rows = tuple(
        (
            str(row["visit_id"]),
            *(dash if row[name] is None or row[name] != row[name] else str(row[name]) for name, _ in columns),
            context.f.percent(float(row["score"])),
            context.f.integer(int(row["criteria"])),
        )
        for row in ordered.to_dict("records")
    )
    table = Table(
        caption=t("Each visit's score, weakest first"),
        columns=(t("Visit"), *(label for _, label in columns), t("Score"), t("Questions")),
        rows=rows,
        numeric=frozenset({len(columns) + 1, len(columns) + 2}),
        note=t("One visit tells how it went that time. It is no ground for judging the person who was there."),
    )
    return [Fold(t("How did each visit go?"), (table,))]
