"""The raters' agreement, where enough of them answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.measures.agreement import rwg_j
from kohtaamo_utils.measures.estimate import Estimate
from kohtaamo_utils.measures.ratings import in_wave
from kohtaamo_utils.presentation.blocks import Table
from kohtaamo_utils.presentation.section import Figure, Section
from kohtaamo_utils.reports.review_360.cells import competency_label, group_label
from kohtaamo_utils.reports.review_360.profile import OTHERS, SELF

if TYPE_CHECKING:
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.review_360.profile import Profile

FEWEST = 5
"""Fewest raters of a group whose agreement is shown."""


def agreement(profile: Profile) -> Section:
    """Make the raters' agreement where enough of them answered; none where nothing of it may be shown."""
    context, t = profile.context, profile.context.t
    if not _all_may_show(profile):
        return Section("agreement", ())
    rows, figures = [], []
    for competency in profile.competencies:
        for group in profile.groups:
            if (competency, group) not in profile.publication.spread:
                continue
            value = _rwg(profile, competency, group)
            if value is None:
                continue
            rows.append(
                (
                    competency_label(context, competency),
                    group_label(context, group),
                    context.f.number(value, 2),
                    _band(context, value),
                )
            )
            scope = {"competency": competency, "rater_group": group}
            n = cell.n if (cell := profile.shown(competency, group)) else 0
            figures.append(
                Figure("agreement_rwg", scope, Estimate(value=value, n=n, unit="share", method="rwg-uniform"))
            )
    if not rows:
        return Section("agreement", ())
    table = Table(
        t("Agreement within rater groups"),
        (t("Competency"), t("Group"), "r_wg", t("Agreement")),
        tuple(rows),
        frozenset({2}),
        t(
            "r_wg: 1 is full agreement, 0 what answers at random would give. Shown for groups of at least five raters only."
        ),
    )
    return Section("agreement", (table,), tuple(figures))


def _all_may_show(profile: Profile) -> bool:
    """Tell whether every group that is large enough may show its agreement.

    Agreement is withheld where raters gave the same answer. If only those were missing from the table, their absence
    would say so; then no agreement is shown at all.
    """
    large = [
        (competency, group)
        for competency in profile.competencies
        for group in profile.groups
        if group not in (SELF, OTHERS) and (cell := profile.shown(competency, group)) is not None and cell.n >= FEWEST
    ]
    return all(pair in profile.publication.spread for pair in large)


def _rwg(profile: Profile, competency: str, group: str) -> float | None:
    rows = in_wave(profile.frame, profile.publication.wave)
    chosen = [item for item, its in profile.items.items() if its == competency]
    rows = rows[rows["rater_group"].isin(group.split("+")) & rows["item"].isin(chosen)]
    wide = rows.pivot_table(index=["rater_group", "rater_id"], columns="item", values="score", aggfunc="first")
    low, high = profile.scale
    value = rwg_j(wide, scale=(low, high))
    return None if value is None else round(value, 2)


_BANDS = ((0.9, "very strong"), (0.7, "strong"), (0.5, "moderate"), (0.3, "weak"))


def _band(context: Context, value: float) -> str:
    t = context.t
    names = {"very strong": t("very strong"), "strong": t("strong"), "moderate": t("moderate"), "weak": t("weak")}
    return next((names[name] for limit, name in _BANDS if value > limit), t("no agreement"))
