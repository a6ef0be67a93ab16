"""Means and spread over reviewees, by competency and rater group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.publication import Spread
from kohtaamo_utils.measures.estimate import Estimate
from kohtaamo_utils.presentation.blocks import Block, Chart, Table
from kohtaamo_utils.presentation.charts import GapRow, SpreadRow, gap_svg, spread_svg
from kohtaamo_utils.presentation.section import Figure, Hidden, Section
from kohtaamo_utils.reports.review_360.cells import cell_text, competency_label, group_label
from kohtaamo_utils.reports.review_360.group.profile import GROUP_REASONS, GroupProfile
from kohtaamo_utils.reports.review_360.profile import OTHERS, SELF

if TYPE_CHECKING:
    from kohtaamo_utils.reports.context import Context


def means(group: GroupProfile) -> Section:
    """Make the means over reviewees, their spread, and the charts of both."""
    figures, hidden = _entries(group)
    blocks: list[Block] = [
        block for block in (_views(group), _means(group), _spread_chart(group), _spreads(group)) if block
    ]
    return Section("profile", tuple(blocks), tuple(figures), tuple(hidden))


def spread_text(context: Context, spread: Spread | None) -> str:
    """Return a standard deviation as printed: a number, its class, or a dash."""
    if spread is None:
        return context.f.number(None)
    if spread.number is not None:
        return context.f.number(spread.number, 1)
    if not spread.low:
        return context.t("{limit} or less", limit=context.f.number(spread.high, 1))
    if spread.high is None:
        return context.t("{limit} or more", limit=context.f.number(spread.low, 1))
    return f"{context.f.number(spread.low, 1)}…{context.f.number(spread.high, 1)}"


def _groups(group: GroupProfile) -> list[str]:
    return list(dict.fromkeys(name for _, name in group.publication.competency_means))


def _means(group: GroupProfile) -> Table:
    context, t = group.context, group.context.t
    groups, cells = _groups(group), group.publication.competency_means
    note = t(
        "In brackets the number of reviewees in the mean. Each reviewee weighs the same. A dash: too few reviewees have a figure of their own that may be shown, or it would tell too much of a few."
    )
    if group.publication.banded:
        note = " ".join((note, t("Where a reviewee's mean is printed as a band, the band's middle is used.")))
    return Table(
        t("Means over reviewees"),
        (t("Competency"), *(group_label(context, name) for name in groups)),
        tuple(
            (competency_label(context, c), *(cell_text(context, cells.get((c, name))) for name in groups))
            for c in group.competencies
        ),
        frozenset(range(1, 1 + len(groups))),
        note,
    )


def _spreads(group: GroupProfile) -> Table | None:
    context, t = group.context, group.context.t
    groups = [name for name in _groups(group) if any(group.spread(c, name) for c in group.competencies)]
    if not groups:
        return None
    return Table(
        t("How much the reviewees differ: standard deviation"),
        (t("Competency"), *(group_label(context, name) for name in groups)),
        tuple(
            (competency_label(context, c), *(spread_text(context, group.spread(c, name)) for name in groups))
            for c in group.competencies
        ),
        frozenset(range(1, 1 + len(groups))),
        t(
            "About two thirds of the reviewees lie within one standard deviation of the mean, as a rule. Where a number would tell too much of somebody, a class of it is given, or a dash."
        ),
    )


def _views(group: GroupProfile) -> Chart | None:
    """Draw how others see the group beside how it sees itself."""
    context, t, f = group.context, group.context.t, group.context.f
    rows, facts = [], []
    for competency in group.competencies:
        others, own = group.shown(competency, OTHERS), group.shown(competency, SELF)
        first, second = (cell.number if cell else None for cell in (others, own))
        if first is None and second is None:
            continue
        label = competency_label(context, competency)
        rows.append(GapRow(label, first, second, f.number(first, 1), f.number(second, 1)))
        facts.append(f"{label}: {f.number(first, 1)} / {f.number(second, 1)}")
    if not rows:
        return None
    low, high = group.scale
    names = group_label(context, OTHERS), group_label(context, SELF)
    return Chart(
        svg=gap_svg(
            rows, first=names[0], second=names[1], locale=f.locale, look=context.look, limits=(low - 0.3, high + 0.3),
            axis=t("Mean, scale {low}–{high}", low=str(low), high=str(high)),
        ),
        title=t("How others see the group, and how it sees itself"),
        description=f"{names[0]} / {names[1]}: {'; '.join(facts)}.",
    )  # fmt: skip


def _spread_chart(group: GroupProfile) -> Chart | None:
    """Draw the others' means with one standard deviation each way: never a single reviewee, nor the outermost ones."""
    context, t, f = group.context, group.context.t, group.context.f
    rows, facts = [], []
    for competency in group.competencies:
        mean, spread = group.shown(competency, OTHERS), group.spread(competency, OTHERS)
        if mean is None or mean.number is None or spread is None:
            continue
        label, text = competency_label(context, competency), spread_text(context, spread)
        rows.append(SpreadRow(label, mean.number, spread.low, spread.high, f"{f.number(mean.number, 1)} ± {text}"))
        facts.append(f"{label}: {f.number(mean.number, 1)} ± {text}")
    if not rows:
        return None
    low, high = group.scale
    return Chart(
        svg=spread_svg(
            rows, locale=f.locale, look=context.look, limits=(low - 0.3, high + 0.3),
            axis=t("Mean of all others ± one standard deviation"),
        ),
        title=t("How much the reviewees differ in others' eyes"),
        description=t(
            "Means of all others with one standard deviation each way; where only a class of it is told, the paler part of the line is its width. {facts}.",
            facts="; ".join(facts),
        ),
    )  # fmt: skip


def _entries(group: GroupProfile) -> tuple[list[Figure], list[Hidden]]:
    made: list[Figure | Hidden] = [
        group.mean_entry(cell, "competency_mean", {"competency": competency, "rater_group": name})
        for (competency, name), cell in group.publication.competency_means.items()
    ]
    for (competency, name), spread in group.publication.spreads.items():
        scope = {"competency": competency, "rater_group": name}
        made.append(
            _spread_entry(spread, scope)
            if isinstance(spread, Spread)
            else Hidden("competency_sd", scope, GROUP_REASONS[spread.reason])
        )
    return [one for one in made if isinstance(one, Figure)], [one for one in made if isinstance(one, Hidden)]


def _spread_entry(spread: Spread, scope: dict[str, str]) -> Figure | Hidden:
    if spread.number is not None:
        return Figure("competency_sd", scope, Estimate(value=spread.number, n=spread.n, unit="scale", method="rounded"))
    what = f"{spread.low:g} or more" if spread.high is None else f"{spread.low:g} to {spread.high:g}"
    return Hidden(
        "competency_sd",
        scope,
        f"shown as a band: {what}" if spread.low else f"shown as a band: {spread.high:g} or less",
    )
