"""How the group's figures were made, and how nobody can be told from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.blocks import Bullets, Fold
from kohtaamo_utils.presentation.section import Section

if TYPE_CHECKING:
    from kohtaamo_utils.reports.review_360.group.profile import GroupProfile


def method(group: GroupProfile) -> Section:
    """Make the notes on the figures and on the protection of reviewees and raters."""
    return Section("method", (_figures(group), _protection(group)))


def _figures(group: GroupProfile) -> Fold:
    t = group.context.t
    others = (
        t("“All others” is the mean of everybody but self; each rater weighs the same.")
        if group.context.engagement.settings.review_360.others == "raters"
        else t("“All others” is the mean of everybody but self; each rater group weighs the same.")
    )
    notes = (
        (t("Who is in:"), t("everybody who was reviewed in the latest wave. Each reviewee weighs the same, however many rated them.")),
        (t("Means:"), t("of the means that the single reports print, unrounded. What a single report does not show is in no figure here; where it shows only a range at the scale's end, the middle of that range stands for it.")),
        (t("Others:"), others),
        (t("Self and others:"), t("over the same reviewees where only a few have one of the two.")),
        (t("Spread:"), t("the standard deviation of those means over reviewees.")),
    )  # fmt: skip
    return Fold(t("How were the means made?"), (Bullets(notes),))


def _protection(group: GroupProfile) -> Fold:
    t, f = group.context.t, group.context.f
    notes = (
        (t("At least five:"), t("each figure is of five reviewees or more, and no sum or difference of the means speaks of fewer.")),
        (t("Alike:"), t("what would tell of everybody is told as a class: a mean within half a point of the scale's end, a small standard deviation, every share.")),
        (t("Raters:"), t("groups of fewer than {minimum} are in no figure of their own, as in the single reports.", minimum=f.integer(group.minimum))),
        (t("Left out:"), t("where figures together would tell too much of a few reviewees, the later one is left out, in the order: others, gap, self, manager, peers, direct reports, customers, and then their standard deviations. Nor can a mean that is left out be reckoned from those that stand here: of self, others and gap over the same reviewees either all three stand here, or one at most.")),
        (t("What no report can prevent:"), t("whoever holds nearly all the single reports can subtract them from a mean and come close to the rest. Single reports belong to those whom they are about.")),
    )  # fmt: skip
    return Fold(t("How is it seen to that nobody can be told from the figures?"), (Bullets(notes),))
