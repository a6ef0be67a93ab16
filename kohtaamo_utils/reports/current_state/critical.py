"""Critical questions of the visits: how often each earned nothing, and what that does to the score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.measures.critical import failed
from kohtaamo_utils.measures.mystery import mystery_score, visit_scores
from kohtaamo_utils.measures.proportions import share_of
from kohtaamo_utils.presentation.blocks import Block, Callout, Paragraph, Table
from kohtaamo_utils.presentation.section import Figure
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.phrases import value_with_interval

if TYPE_CHECKING:
    from kohtaamo_utils.engagement.mystery_settings import Critical
    from kohtaamo_utils.measures.estimate import Estimate
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.current_state.visited import Visited

BY_WEIGHT = N_("A critical question does not lower the score more than its weight does.")
PULLS_DOWN = {
    ("visit", True): N_("A visit on which a critical question earns nothing scores 0."),
    ("visit", False): N_("A visit on which a critical question earns nothing scores {share} at most."),
    ("element", True): N_(
        "Where a critical question earns nothing, all questions of the same element on that visit score 0."
    ),
    ("element", False): N_(
        "Where a critical question earns nothing, the questions of the same element on that visit score {share} at most together."
    ),
}
AS_WEIGHTED = {"critical": "as_weighted"}
"""Scope of the score as it would be without the rule."""


def critical_questions(context: Context, visits: Visited) -> tuple[list[Block], list[Figure]]:
    """Return the critical questions with the share of visits on which each earned nothing, and what that did.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    visits
        The visits of the period.
    """
    t, f, frame = context.t, context.f, visits.given
    asked = frame[frame["score"].notna()] if visits.asks_critically else frame.iloc[:0]
    asked = asked[asked["critical"].fillna(value=False).astype(bool)] if len(asked) else asked
    if asked.empty:
        if visits.rule is None:
            return [], []
        text = t("No question of these visits is marked as critical, so the rule for critical questions changed nothing.")  # fmt: skip
        return [Callout(text)], []
    gone = failed(asked)
    if not gone.any():
        text = t("No critical question was left without points on any visit.")
    else:
        text = t(
            "Critical questions were not met at all {failed} times out of {asked}.",
            failed=f.integer(int(gone.sum())),
            asked=f.integer(len(asked)),
        )
    found: dict[str, Estimate] = {
        str(name): share_of(int(part.sum()), len(part)) for name, part in gone.groupby(asked["criterion"])
    }
    ordered = sorted(found.items(), key=lambda pair: (-(pair[1].value or 0.0), pair[0]))
    table = Table(
        caption=t("Critical questions: share of visits without any points"),
        columns=(t("Question"), t("Without points"), t("Visits")),
        rows=tuple((name, value_with_interval(context, share), f.integer(share.n)) for name, share in ordered),
        numeric=frozenset({1, 2}),
        note=t(BY_WEIGHT) if visits.rule is None else "",
    )
    figures = [Figure("critical_failed", {"criterion": name}, share) for name, share in ordered]
    made, more = _effect(context, visits)
    return [Paragraph(text), *made, table], [*figures, *more]


def _rule(context: Context, rule: Critical) -> str:
    return context.t(PULLS_DOWN[rule.fails, rule.at_most == 0], share=context.f.percent(rule.at_most))


def _effect(context: Context, visits: Visited) -> tuple[list[Block], list[Figure]]:
    """Tell what the rule says, on how many visits it held, and what the score would be without it."""
    if visits.rule is None:
        return [], []
    t, f = context.t, context.f
    scores = visit_scores(visits.given)
    hit = int(scores["visit_id"].astype(str).isin(visits.failing).sum())
    share, plain = share_of(hit, len(scores)), mystery_score(visits.given)
    nowhere = N_("{rule} This happened on none of the {visits} visits.")
    somewhere = N_("{rule} This concerned {hit} of {visits} visits. Without the rule the average would be {plain}.")
    numbers = {"hit": f.integer(hit), "visits": f.integer(len(scores)), "plain": f.percent(plain.value)}
    text = t(somewhere if hit else nowhere, rule=_rule(context, visits.rule), **numbers)
    if hit and visits.rule.fails == "visit" and "element" in visits.given.columns:
        text += " " + t("The scores by element are as they were earned: the rule lowers those of visits.")
    figures = [
        Figure("critical_failed_visits", {}, share),
        Figure("mystery_shopping_score", dict(AS_WEIGHTED), plain),
    ]
    return [Paragraph(text)], figures
