"""What stands behind the mystery-shopping score: critical questions, partial credit, each visit, double visits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.measures.comparisons import each_against_rest
from kohtaamo_utils.measures.mystery import DESCRIBING, double_visits, visit_scores
from kohtaamo_utils.measures.proportions import share_of
from kohtaamo_utils.presentation.blocks import Block, Fold, Paragraph, Table
from kohtaamo_utils.presentation.section import Figure
from kohtaamo_utils.reports.current_state.critical import critical_questions

if TYPE_CHECKING:
    import pandas as pd

    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.current_state.visited import Visited


def behind_the_score(context: Context, visits: Visited) -> tuple[list[Block], list[Figure]]:
    """Return the parts that explain the score, and their figures.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    visits
        The visits of the period.
    """
    blocks: list[Block] = []
    figures: list[Figure] = []
    parts = (
        critical_questions(context, visits),
        _partial(context, visits.given),
        _double(context, visits.given),
    )
    for made, found in parts:
        blocks += made
        figures += found
    return [*blocks, *_each_visit(context, visits)], figures


def standing_out(frame: pd.DataFrame, dimension: str) -> dict[str, bool]:
    """Return the categories whose visits differ from all others beyond chance: True where better.

    The means of visits' scores are compared as `measures.cautious` does, Benjamini–Hochberg over the categories; categories of one visit are in the others only.

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
    if found is None and any(name not in frame or frame[name].isna().all() for name in DESCRIBING):
        text = context.t("The visits do not tell their unit, touchpoint and day, so how far two shoppers would agree is not known.")  # fmt: skip
        return [Paragraph(text)], []
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


def _each_visit(context: Context, visits: Visited) -> list[Block]:
    """Return each visit's score without its day, so that nobody's shift is looked up."""
    scores, t = visit_scores(visits.scored), context.t
    columns = [
        (name, label) for name, label in (("unit", t("Unit")), ("touchpoint", t("Touchpoint"))) if name in scores
    ]
    marked = visits.failing if visits.rule is not None else frozenset[str]()
    ordered = scores.assign(visit_id=scores["visit_id"].astype(str)).sort_values(["score", "visit_id"])
    dash = context.f.number(None)
    rows = tuple(
        (
            str(row["visit_id"]),
            *(dash if row[name] is None or row[name] != row[name] else str(row[name]) for name, _ in columns),
            context.f.percent(float(row["score"])),
            context.f.integer(int(row["criteria"])),
            *((t("a critical question failed") if row["visit_id"] in marked else "",) if marked else ()),
        )
        for row in ordered.to_dict("records")
    )
    table = Table(
        caption=t("Each visit's score, weakest first"),
        columns=(
            t("Visit"),
            *(label for _, label in columns),
            t("Score"),
            t("Questions"),
            *((t("Remark"),) if marked else ()),
        ),
        rows=rows,
        numeric=frozenset({len(columns) + 1, len(columns) + 2}),
        note=t("One visit tells how it went that time. It is no ground for judging the person who was there."),
    )
    return [Fold(t("How did each visit go?"), (table,))]
