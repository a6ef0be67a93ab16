"""The competency profile: self against the others, and each rater group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.blocks import Chart, Table
from kohtaamo_utils.presentation.charts import GapRow, gap_svg
from kohtaamo_utils.presentation.section import Section
from kohtaamo_utils.reports.review_360.appeals import appeals
from kohtaamo_utils.reports.review_360.cells import cell_text, competency_label, entries, group_label, value_text
from kohtaamo_utils.reports.review_360.profile import OTHERS, SELF

if TYPE_CHECKING:
    from kohtaamo_utils.reports.review_360.profile import Profile


def competencies(profile: Profile) -> Section:
    """Make the profile: self against the others, and each rater group."""
    context, t, publication = profile.context, profile.context.t, profile.publication
    if not profile.competencies:
        return Section("competencies", ())
    rows = [
        (
            competency_label(context, c),
            *(cell_text(context, publication.competency_means.get((c, group))) for group in profile.groups),
        )
        for c in profile.competencies
    ]
    table = Table(
        t("Means by competency and rater group"),
        (t("Competency"), *(group_label(context, group) for group in profile.groups)),
        tuple(rows),
        frozenset(range(1, 1 + len(profile.groups))),
        t(
            "Scale {low}–{high}. In brackets the number of raters. A dash: not shown, or not answered.",
            low=str(profile.scale[0]),
            high=str(profile.scale[1]),
        ),
    )
    figures, hidden = entries(
        publication.competency_means, "competency_mean", ("competency", "rater_group"), publication.minimum_raters
    )
    chart = _chart(profile)
    view, more = appeals(profile)
    return Section("competencies", (*([chart] if chart else []), table, *view), (*figures, *more), tuple(hidden))


def _chart(profile: Profile) -> Chart | None:
    context, t = profile.context, profile.context.t
    rows, facts = [], []
    for competency in profile.competencies:
        own, others = profile.shown(competency, SELF), profile.shown(competency, OTHERS)
        label = competency_label(context, competency)
        first = others.number if others else None
        second = own.number if own else None
        if first is None and second is None:
            continue
        rows.append(
            GapRow(
                label,
                first,
                second,
                value_text(context, others) if others else "",
                value_text(context, own) if own else "",
            )
        )
        facts.append(
            f"{label}: {value_text(context, others) if others else '–'} / {value_text(context, own) if own else '–'}"
        )
    if not rows:
        return None
    first_name, second_name = group_label(context, OTHERS), group_label(context, SELF)
    return Chart(
        svg=gap_svg(
            rows, first=first_name, second=second_name, locale=context.f.locale, look=context.look, limits=(profile.scale[0] - 0.3, profile.scale[1] + 0.3),
            axis=t("Mean, scale {low}–{high}", low=str(profile.scale[0]), high=str(profile.scale[1])),
        ),
        title=t("Your own view and the others'"),
        description=f"{first_name} / {second_name}: {'; '.join(facts)}.",
    )  # fmt: skip
