"""How many rated, as far as it may be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.measures.estimate import Estimate
from kohtaamo_utils.presentation.blocks import Fold, Paragraph, Table
from kohtaamo_utils.presentation.section import Figure, Hidden, Section
from kohtaamo_utils.reports.review_360.cells import entry, group_label
from kohtaamo_utils.tables import RATER_GROUPS

if TYPE_CHECKING:
    from kohtaamo_utils.reports.review_360.profile import Profile


def raters(profile: Profile) -> Section:
    """Make the table of how many rated, as far as it may be told."""
    context, t, publication = profile.context, profile.context.t, profile.publication
    few = t("fewer than {minimum}, not shown", minimum=context.f.integer(publication.minimum_raters))
    pooled = t("shown in a common group")
    rows, figures, hidden = [], [], []
    for group, count in sorted(publication.raters.items(), key=lambda entry: _place(entry[0])):
        if isinstance(count, int):
            rows.append((group_label(context, group), context.f.integer(count)))
            figures.append(
                Figure("raters", {"rater_group": group}, Estimate(value=float(count), n=count, unit="count"))
            )
        else:
            rows.append((group_label(context, group), pooled if count.reason == "pooled_elsewhere" else few))
            made = entry(count, "raters", {"rater_group": group}, publication.minimum_raters)
            hidden += [made] if isinstance(made, Hidden) else []
    table = Table(t("Who answered"), (t("Group"), t("Raters")), tuple(rows), frozenset({1}))
    note = t(
        "Groups of peers, reports and customers are shown when at least {minimum} answered. Smaller ones are shown together with another group, or not at all. A figure is also left out when it would let somebody compute the answers of so few. Manager and self are always shown.",
        minimum=context.f.integer(publication.minimum_raters),
    )
    return Section(
        "raters", (table, Fold(t("How are the raters protected?"), (Paragraph(note),))), tuple(figures), tuple(hidden)
    )


def _place(group: str) -> tuple[int, int]:
    """Return a group's place in the table: rater groups in their order, a pool after its last member, the others last."""
    members = group.split("+")
    return max((RATER_GROUPS.index(name) for name in members if name in RATER_GROUPS), default=len(RATER_GROUPS)), len(
        members
    )
