"""How far raters tell the reviewees apart, how many of them it would take, and whether a competency's items hang together."""

from __future__ import annotations

from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.publication import Shown
from kohtaamo_utils.measures.estimate import Estimate
from kohtaamo_utils.measures.icc import IccOneWay, icc_one_way
from kohtaamo_utils.measures.reliability import alpha, hangs_together, raters_needed
from kohtaamo_utils.presentation.blocks import Block, Fold, Lead, Paragraph, Table
from kohtaamo_utils.presentation.section import Figure, Hidden, Section
from kohtaamo_utils.reports.phrases import AGAINST, against_each_other
from kohtaamo_utils.reports.review_360.cells import competency_label, group_label, in_text
from kohtaamo_utils.reports.review_360.group.profile import FEWEST
from kohtaamo_utils.reports.review_360.profile import OTHERS, SELF
from kohtaamo_utils.reports.review_360.raters_needed import NOT_APART
from kohtaamo_utils.tables import RATER_GROUPS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.review_360.group.profile import GroupProfile

ENOUGH = 0.70
"""Reliability from which a mean is usually relied on."""
PUBLISHED = (("report", 0.30), ("peer", 0.37), ("manager", 0.50))
"""Reliability of a single rater in published studies: the meta-analysis of Conway & Huffcutt (1997)."""


def reliability(group: GroupProfile) -> Section:
    """Make the reliability of the others' and of the groups' ratings; none where nothing of it may be shown."""
    found = {
        pair: correlation
        for competency in group.competencies
        for name in (OTHERS, *RATER_GROUPS)
        if (pair := (competency, name)) in group.publication.reliability
        and (correlation := _correlation(group, *pair)).icc1 is not None
    }
    others = {competency: its for (competency, name), its in found.items() if name == OTHERS}
    if not found:
        return Section("reliability", ())
    every = {c: its for c in others if c in group.publication.consistency and (its := _alpha(group, c)).known}
    alphas = {c: _printed(its) for c, its in every.items() if hangs_together(its)}
    against = [c for c in every if c not in alphas]
    blocks: list[Block] = [*_answer(group.context, others), *_others_table(group.context, others, alphas)]
    if text := against_each_other(group.context, [in_text(group.context, c) for c in against]):
        blocks.append(Paragraph(text))
    blocks += _group_table(group.context, {pair: its for pair, its in found.items() if pair[1] != OTHERS})
    figures, hidden = tuple(_figures(found, alphas)), (*_hidden(found), *_no_alpha(against))
    return Section("reliability", (*blocks, _meaning(group.context)), figures, hidden)


def needed(correlation: IccOneWay) -> int | None:
    """Return how many raters it takes for a mean of .70 by the printed ICC(1); None where it takes more than can be told."""
    value = round(correlation.icc1 or 0.0, 2)
    return raters_needed(value, ENOUGH) if 0 < value < 1 else None


def _correlation(group: GroupProfile, competency: str, name: str) -> IccOneWay:
    scores = group.ratings[group.ratings["competency"] == competency]
    if name != OTHERS:
        shown = [
            review.reviewee_id
            for review in group.reviews
            if isinstance(review.competency_means.get((competency, name)), Shown)
        ]
        scores = scores[(scores["rater_group"] == name) & scores["reviewee_id"].isin(shown)]
    return icc_one_way([its.tolist() for _, its in scores.groupby("reviewee_id", sort=True)["score"]])


def _alpha(group: GroupProfile, competency: str) -> Estimate:
    items = [item for item, its in group.items.items() if its == competency]
    frame = group.frame
    rows = frame[(frame["rater_group"] != SELF) & frame["item"].isin(items)]
    keys = ["reviewee_id", "rater_group", "rater_id"]
    answers = rows.pivot_table(index=keys, columns="item", values="score", aggfunc="first").dropna()
    reviewees = answers.index.get_level_values("reviewee_id").nunique()  # how many raters they have is not told
    return replace(alpha(answers), n=reviewees)


def _printed(estimate: Estimate) -> Estimate:
    """Return an estimate as it is printed, a limit below 0 as 0."""
    found = _rounded(estimate)
    return replace(found, low=None if found.low is None else max(0.0, found.low))


def _no_alpha(competencies: Iterable[str]) -> Iterable[Hidden]:
    for competency in competencies:
        yield Hidden("alpha", {"competency": competency, "rater_group": OTHERS}, AGAINST)


def _rounded(estimate: Estimate) -> Estimate:
    """Return an estimate as it is printed: two decimals."""
    value, low, high = (
        None if part is None else round(part, 2) for part in (estimate.value, estimate.low, estimate.high)
    )
    return Estimate(value=value, n=estimate.n, low=low, high=high, unit=estimate.unit, method=estimate.method)


def _single(correlation: IccOneWay) -> Estimate | None:
    """Return ICC(1) as it is printed."""
    return _told(correlation, correlation.single())


def _average(correlation: IccOneWay) -> Estimate | None:
    """Return ICC(2) as it is printed."""
    return _told(correlation, correlation.average())


def _told(correlation: IccOneWay, estimate: Estimate) -> Estimate | None:
    """Return an estimate as it is printed, a limit below 0 as 0; None where it lies below 0, for no share does."""
    return _printed(estimate) if correlation.tells_apart else None


def _hidden(found: dict[tuple[str, str], IccOneWay]) -> Iterable[Hidden]:
    for (competency, name), correlation in found.items():
        for figure in ("icc1", "icc2") if not correlation.tells_apart else ():
            yield Hidden(figure, {"competency": competency, "rater_group": name}, NOT_APART)


def _figures(found: dict[tuple[str, str], IccOneWay], alphas: dict[str, Estimate]) -> Iterable[Figure]:
    for (competency, name), correlation in found.items():
        scope = {"competency": competency, "rater_group": name}
        printed = (("icc1", _single(correlation)), ("icc2", _average(correlation)))
        yield from (Figure(figure, scope, estimate) for figure, estimate in printed if estimate is not None)
        raters = needed(correlation)
        if name == OTHERS and raters is not None:
            yield Figure("raters_needed", scope, Estimate(value=float(raters), n=correlation.n, unit="count"))
    for competency, estimate in alphas.items():
        yield Figure("alpha", {"competency": competency, "rater_group": OTHERS}, estimate)


def _text(context: Context, estimate: Estimate | None) -> str:
    """Return a table's cell: value and interval with two decimals."""
    f = context.f
    if estimate is None or estimate.value is None:
        return f.number(None)
    if estimate.low is None or estimate.high is None:
        return f.number(estimate.value, 2)
    return f"{f.number(estimate.value, 2)} ({f.number(estimate.low, 2)}…{f.number(estimate.high, 2)})"


def _answer(context: Context, others: dict[str, IccOneWay]) -> list[Block]:
    """Say how reliable one rater is in the middle of the competencies, and how many it would take."""
    if not others:
        return []
    t, f = context.t, context.f
    middle = round(median(round(its.icc1 or 0.0, 2) for its in others.values()), 2)
    if middle <= 0:
        return [
            Lead(
                t(
                    "The raters of one reviewee agree with each other no more than with anybody else's: these ratings do not tell the reviewees apart."
                )
            )
        ]
    average = sum(its.ratings for its in others.values()) / sum(its.n for its in others.values())
    text = t(
        "The reliability of a single rater's score is {value} (median over the competencies). With that, a mean reaches 0.70 with about {needed} raters for each reviewee; here there were about {average} on average.",
        value=f.number(middle, 2),
        needed=f.integer(raters_needed(middle, ENOUGH)) if middle < 1 else f.integer(1),
        average=f.integer(round(average)),  # to a tenth, it would tell how many a missing report's reviewee has
    )
    return [Lead(text)]


def _others_table(context: Context, others: dict[str, IccOneWay], alphas: dict[str, Estimate]) -> list[Block]:
    if not others:
        return []
    t, f = context.t, context.f
    with_alpha = (t("The items together, alpha"),) if alphas else ()
    rows = [
        (
            competency_label(context, competency),
            _text(context, _single(its)),
            _text(context, _average(its)),
            f.integer(needed(its)) if needed(its) is not None else f.number(None),
            *([_text(context, alphas.get(competency))] if alphas else []),
        )
        for competency, its in others.items()
    ]
    return [
        Table(
            t("Reliability of the others' ratings"),
            (t("Competency"), t("One rater, ICC(1)"), t("The mean of all, ICC(2)"), t("Raters for 0.70"), *with_alpha),
            tuple(rows),
            frozenset(range(1, 4 + len(with_alpha))),
            t(
                "In brackets the 95% interval. A dash: the ratings tell the reviewees apart so little that no number can be given, it cannot be computed, or it would tell too much of a few raters."
            ),
        )
    ]


def _group_table(context: Context, found: dict[tuple[str, str], IccOneWay]) -> list[Block]:
    """Tell the same of single rater groups, where at least five reviewees have one that is shown."""
    t = context.t
    rows = [
        (
            f"{competency_label(context, competency)}: {group_label(context, name)}",
            _text(context, _single(its)),
            _text(context, _average(its)),
            context.f.integer(its.n),
        )
        for (competency, name), its in found.items()
        if its.n >= FEWEST
    ]
    if not rows:
        return []
    table = Table(
        t("Reliability within rater groups"),
        (t("Competency and group"), t("One rater, ICC(1)"), t("The mean of all, ICC(2)"), t("Reviewees")),
        tuple(rows),
        frozenset({1, 2, 3}),
        t(
            "In brackets the 95% interval. A dash: the ratings tell the reviewees apart so little that no number can be given."
        ),
    )
    return [Fold(t("How is it within each rater group?"), (table,))]


def _meaning(context: Context) -> Fold:
    t, f = context.t, context.f
    studies = "; ".join(
        t(
            "{group} {value}, which takes {needed} raters",
            group=group_label(context, name).lower(),
            value=f.number(value, 2),
            needed=f.integer(raters_needed(value, ENOUGH)),
        )
        for name, value in PUBLISHED
    )
    texts = (
        t(
            "ICC(1) tells how reliable one rater's score is, ICC(2) how reliable the mean of a reviewee's raters is. Below 0.70 a mean is a basis for talking, not for decisions about people."
        ),
        t(
            "In published studies a single rater's reliability was: {studies} for 0.70 (Conway & Huffcutt 1997).",
            studies=studies,
        ),
        t(
            "Both are one-way, for each reviewee has raters of their own. The numbers of raters differ, so their intervals are an approximation (F with a mean number of raters; Searle 1971, Donner 1979). An estimate below 0 means that the reviewees' means differ less than chance would make them: no number is given for it, and a limit below 0 is told as 0. A wide interval means that there are too few reviewees to tell. The raters needed follow from ICC(1) by the Spearman–Brown formula."
        ),
        t(
            "Alpha tells how far a competency's items measure the same thing, over all raters but self who answered all of them. A limit below 0 is told as 0."
        ),
    )
    return Fold(t("What do these mean?"), tuple(Paragraph(text) for text in texts))
