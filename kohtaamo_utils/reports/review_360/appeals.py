"""What the behaviours speak to: ethos, pathos and logos, from printed means of items and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.publication import Shown
from kohtaamo_utils.instrument import APPEALS, Appeal
from kohtaamo_utils.measures.estimate import Estimate
from kohtaamo_utils.presentation.blocks import Block, Fold, Paragraph, Table
from kohtaamo_utils.presentation.section import Figure
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.phrases import listed
from kohtaamo_utils.reports.review_360.cells import group_label, item_text
from kohtaamo_utils.reports.review_360.profile import OTHERS, SELF

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kohtaamo_utils.reports.review_360.profile import Profile

APPEAL_LABELS: dict[Appeal, str] = {
    "ethos": N_("Ethos: reliability"),
    "pathos": N_("Pathos: feeling"),
    "logos": N_("Logos: reason"),
}
IN_TEXT: dict[Appeal, str] = {
    "ethos": N_("reliability (ethos)"),
    "pathos": N_("feeling (pathos)"),
    "logos": N_("reason (logos)"),
}
GROUPS = (SELF, OTHERS)


@dataclass(frozen=True)
class AppealMean:
    """The mean of an appeal's printed item means in one column, to one decimal, and how many items it is of."""

    value: float
    items: int


def items_of(profile: Profile, appeal: Appeal) -> list[str]:
    """Return the items that somebody answered and that carry an appeal, as the data call them."""
    answered = {item for item, _ in profile.publication.item_means}
    asked = profile.context.instrument
    return [
        item
        for item in profile.items
        if item in answered and (known := asked.item(item)) is not None and appeal in known.appeals
    ]


def appeal_mean(profile: Profile, appeal: Appeal, group: str) -> AppealMean | None:
    """Return the mean of an appeal's items over the printed numbers; None unless every one of them is printed as one.

    Nothing can be computed from it that the printed numbers do not give already.
    """
    items = items_of(profile, appeal)
    cells = [profile.publication.item_means.get((item, group)) for item in items]
    numbers = [cell.number for cell in cells if isinstance(cell, Shown) and cell.number is not None]
    if not items or len(numbers) < len(items):
        return None
    tenths = [round(number * 10) for number in numbers]
    return AppealMean((2 * sum(tenths) + len(tenths)) // (2 * len(tenths)) / 10, len(items))


def appeals(profile: Profile) -> tuple[tuple[Block, ...], tuple[Figure, ...]]:
    """Make the view by ethos, pathos and logos; nothing where no appeal has all of its items printed."""
    context, t = profile.context, profile.context.t
    means = {(appeal, group): appeal_mean(profile, appeal, group) for appeal in APPEALS for group in GROUPS}
    shown = [appeal for appeal in APPEALS if any(means[appeal, group] for group in GROUPS)]
    if not shown:
        return (), ()
    rows = []
    for appeal in shown:
        values = [context.f.number(mean.value if (mean := means[appeal, group]) else None, 1) for group in GROUPS]
        rows.append((t(APPEAL_LABELS[appeal]), context.f.integer(len(items_of(profile, appeal))), *values))
    table = Table(
        t("By what the behaviour speaks to"),
        (t("Appeal"), t("Questions"), *(group_label(context, group) for group in GROUPS)),
        tuple(rows),
        frozenset({1, 2, 3}),
        t("Mean of the printed means of the questions. A dash: not all of the questions are printed as numbers."),
    )
    figures = tuple(
        Figure(
            "appeal_mean",
            {"appeal": appeal, "rater_group": group},
            Estimate(value=mean.value, n=mean.items, unit="scale", method="mean-of-printed"),
        )
        for (appeal, group), mean in means.items()
        if mean is not None
    )
    return (*_sentence(profile, means), table, _which(profile, shown)), figures


def _sentence(profile: Profile, means: dict[tuple[Appeal, str], AppealMean | None]) -> tuple[Block, ...]:
    """Say which appeal the others' means are highest and lowest in, where all three stand there."""
    context = profile.context
    found = {appeal: mean.value for appeal in APPEALS if (mean := means[appeal, OTHERS])}
    if len(found) < len(APPEALS):
        return ()
    least, most = min(found.values()), max(found.values())
    if least == most:
        return (Paragraph(context.t("In the others' eyes you speak to reliability, feeling and reason alike.")),)
    text = context.t(
        "Of ethos, pathos and logos the others' means are highest in {high} ({most}) and lowest in {low} ({least}). A difference of a few tenths may be chance.",
        high=_named(profile, found, most),
        most=context.f.number(most, 1),
        low=_named(profile, found, least),
        least=context.f.number(least, 1),
    )
    return (Paragraph(text),)


def _named(profile: Profile, found: dict[Appeal, float], value: float) -> str:
    return listed(
        profile.context, [profile.context.t(IN_TEXT[appeal]) for appeal, its in found.items() if its == value]
    )


def _which(profile: Profile, shown: Sequence[Appeal]) -> Fold:
    """List the questions that carry each appeal."""
    context, t = profile.context, profile.context.t
    lines = tuple(
        Paragraph(
            t(
                "{name}: {detail}",
                name=t(APPEAL_LABELS[appeal]),
                detail="; ".join(item_text(context, item) for item in items_of(profile, appeal)),
            )
        )
        for appeal in shown
    )
    return Fold(t("Which questions speak to what?"), lines)
