"""The raters' agreement, where enough of them answered, and how many raters a firm mean takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from kohtaamo_utils.measures.agreement import ad_m_j, rwg_j
from kohtaamo_utils.measures.estimate import Estimate
from kohtaamo_utils.presentation.blocks import Callout, Table
from kohtaamo_utils.presentation.section import Figure, Section
from kohtaamo_utils.reports.review_360.cells import competency_label, group_label
from kohtaamo_utils.reports.review_360.profile import OTHERS
from kohtaamo_utils.reports.review_360.raters_needed import raters_needed_blocks

if TYPE_CHECKING:
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.review_360.profile import Profile

FIVE_POINTS = 4
"""Length of a scale of five points: the only one for which a slightly skewed null is known."""


@dataclass(frozen=True)
class Agreement:
    """How far one group's raters agree on one competency, as printed.

    Parameters
    ----------
    competency, group
        Whose.
    n
        Raters, as published.
    uniform, skewed
        r_wg(j) = J(1 - s̄²/σ²) / (J(1 - s̄²/σ²) + s̄²/σ²) against answers spread evenly (σ² = (A² - 1)/12) and leaning
        slightly upwards (σ² = 1.34 for five points; None for other scales). James, Demaree & Wolf (1984); both are
        reported as LeBreton & Senter (2008) advise, since ratings of people lean upwards.
    deviation
        AD_M(j): mean over items of the raters' mean distance from their mean, in scale points. Burke & Dunlap (2002).
    """

    competency: str
    group: str
    n: int
    uniform: float
    skewed: float | None
    deviation: float

    @property
    def cautious(self) -> float:
        """The smaller r_wg: what the word for the agreement follows."""
        return self.uniform if self.skewed is None else min(self.uniform, self.skewed)


def agreement(profile: Profile) -> Section:
    """Make the raters' agreement, and how many raters would be needed; none where nobody but self answered."""
    if OTHERS not in profile.groups:
        return Section("agreement", ())
    found = [made for pair in _pairs(profile) if (made := _agreement(profile, *pair)) is not None]
    needed, figures, hidden = raters_needed_blocks(profile)
    none = profile.context.t(
        "The raters' agreement is not shown. It needs a rater group of at least five, and answers from which nobody's own can be told."
    )
    first = _table(profile, found) if found else Callout(none)
    return Section("agreement", (first, *needed), (*_figures(found), *figures), tuple(hidden))


def _pairs(profile: Profile) -> list[tuple[str, str]]:
    """Return what may be shown of single groups: raters of different groups see different sides and need not agree."""
    groups = [group for group in profile.groups if group != OTHERS]
    return [(c, group) for c in profile.competencies for group in groups if (c, group) in profile.publication.spread]


def _agreement(profile: Profile, competency: str, group: str) -> Agreement | None:
    scale, items = profile.scale, profile.scores.items_of(competency)
    wide = pd.DataFrame(
        [
            [float(sheet.answers[item]) if item in sheet.answers else None for item in items]
            for sheet in profile.scores.sheets
            if profile.display(sheet.group) == group
        ],
        columns=list(items),
        dtype="float64",
    )
    uniform, deviation = rwg_j(wide, scale), ad_m_j(wide)
    skewed = rwg_j(wide, scale, "slight_skew") if scale[1] - scale[0] == FIVE_POINTS else None
    cell = profile.shown(competency, group)
    if uniform is None or deviation is None or cell is None:
        return None
    return Agreement(
        competency, group, cell.n, round(uniform, 2), None if skewed is None else round(skewed, 2), round(deviation, 2)
    )


def _table(profile: Profile, found: list[Agreement]) -> Table:
    context, t = profile.context, profile.context.t
    skewed = any(made.skewed is not None for made in found)
    rows = tuple(
        (
            competency_label(context, made.competency),
            group_label(context, made.group),
            context.f.number(made.uniform, 2),
            *((context.f.number(made.skewed, 2),) if skewed else ()),
            context.f.number(made.deviation, 2),
            _band(context, made.cautious),
        )
        for made in found
    )
    columns = (
        t("Competency"),
        t("Group"),
        t("r_wg, even"),
        *((t("r_wg, skewed"),) if skewed else ()),
        "AD",
        t("Agreement"),
    )
    caption = t("Agreement within rater groups")
    return Table(caption, columns, rows, frozenset(range(2, len(columns) - 1)), _note(profile))


def _note(profile: Profile) -> str:
    context, t = profile.context, profile.context.t
    points = profile.scale[1] - profile.scale[0] + 1
    limit = context.f.number(points / 6, 2)
    if points == FIVE_POINTS + 1:
        return t(
            "r_wg: 1 is full agreement, 0 what answers at random would give, spread evenly or leaning slightly upwards as ratings of people do (LeBreton and Senter 2008); the word follows the smaller. AD: the raters' mean distance from their mean; up to {limit} counts as agreement (Burke and Dunlap 2002). Only for groups of at least five raters, and only where the means rule out that all gave the same answer.",
            limit=limit,
        )
    return t(
        "r_wg: 1 is full agreement, 0 what answers spread evenly at random would give. The slightly skewed comparison is known for scales of five points only, so it is left out. AD: the raters' mean distance from their mean; up to {limit} counts as agreement (Burke and Dunlap 2002). Only for groups of at least five raters, and only where the means rule out that all gave the same answer.",
        limit=limit,
    )


def _figures(found: list[Agreement]) -> list[Figure]:
    figures = []
    for made in found:
        scope = {"competency": made.competency, "rater_group": made.group}
        values = (
            ("agreement_rwg", made.uniform, "share", "rwg-uniform"),
            ("agreement_rwg_skewed", made.skewed, "share", "rwg-slight-skew"),
            ("agreement_ad", made.deviation, "scale", "ad-m"),
        )
        figures += [
            Figure(name, scope, Estimate(value=value, n=made.n, unit=unit, method=method))
            for name, value, unit, method in values
            if value is not None
        ]
    return figures


_BANDS = ((0.9, "very strong"), (0.7, "strong"), (0.5, "moderate"), (0.3, "weak"))


def _band(context: Context, value: float) -> str:
    """Return the word for an r_wg: none to .30, weak to .50, moderate to .70, strong to .90, very strong above."""
    t = context.t
    names = {"very strong": t("very strong"), "strong": t("strong"), "moderate": t("moderate"), "weak": t("weak")}
    return next((names[name] for limit, name in _BANDS if value > limit), t("no agreement"))
