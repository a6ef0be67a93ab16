"""The answer first: where the group is rated highest and lowest, and whether chance would explain it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.blocks import Block, Callout, Card, Cards, Lead
from kohtaamo_utils.presentation.section import Section
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.phrases import listed
from kohtaamo_utils.reports.review_360.cells import extreme, in_text
from kohtaamo_utils.reports.review_360.group.quadrants import clear_gaps, whole_shares
from kohtaamo_utils.reports.review_360.group.shares import share_text
from kohtaamo_utils.reports.review_360.johari import QUADRANT_LABELS
from kohtaamo_utils.reports.review_360.profile import OTHERS

if TYPE_CHECKING:
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.review_360.group.profile import GroupProfile


def too_few(context: Context) -> Section:
    """Say why there is no group report."""
    text = context.t(
        "There are too few reviewees for a group report: at least five are needed, so that nobody can be told from the means."
    )
    return Section("headline", (Callout(text),))


def headline(group: GroupProfile) -> Section:
    """Make the answer first."""
    t = group.context.t
    shown = {c: cell for c in group.competencies if (cell := group.shown(c, OTHERS))}
    if len(shown) < 2:
        return Section("headline", (Callout(t("There are too few scores that can be shown for a comparison.")),))
    blocks: list[Block] = [Lead(" ".join([_compared(group), *_gaps(group)]))]
    cards = _cards(group)
    return Section("headline", (*blocks, Cards(cards)) if cards else tuple(blocks))


def _compared(group: GroupProfile) -> str:
    """Name the highest and the lowest competency where they differ by more than chance; otherwise only how far they lie apart."""
    context, t = group.context, group.context.t
    shown = {c: cell for c in group.competencies if (cell := group.shown(c, OTHERS))}
    (best, best_value), (least, least_value) = (extreme(context, shown, choose) for choose in (max, min))
    if best == least:
        return t("The group gets much the same score in every competency.")
    whole = len(shown) == len(group.competencies)
    higher = [in_text(context, c) for c in group.competencies if any(one == c for one, _ in group.clear)]
    if not higher:
        text = N_("Of the others' means, the lowest is {least_value} and the highest {best_value}.")
        if not whole:
            text = N_(
                "Of the others' means that can be shown, the lowest is {least_value} and the highest {best_value}."
            )
        none = t("No difference between the competencies is larger than chance would give.")
        return f"{t(text, least_value=least_value, best_value=best_value)} {none}"
    text = N_(
        "The group's highest score from others is in: {best} ({best_value}). Its lowest is in: {least} ({least_value})."
    )
    if not whole:
        text = N_(
            "Of the scores that can be shown, the group's highest from others is in: {best} ({best_value}). The lowest is in: {least} ({least_value})."
        )
    clear = t("Clearly higher than at least one other competency: {names}.", names=listed(context, higher))
    return f"{t(text, best=best, best_value=best_value, least=least, least_value=least_value)} {clear}"


def _gaps(group: GroupProfile) -> list[str]:
    context, t = group.context, group.context.t
    found = clear_gaps(group)
    sentences = []
    for names, text in (
        (found.higher, N_("The reviewees rate themselves clearly higher than others do in: {names}.")),
        (found.lower, N_("The reviewees rate themselves clearly lower than others do in: {names}.")),
    ):
        if names:
            sentences.append(t(text, names=listed(context, [in_text(context, name) for name in names])))
    return sentences


def _cards(group: GroupProfile) -> tuple[Card, ...]:
    """Return the quadrants' shares over all reviewees and competencies, where they may be told."""
    context, t = group.context, group.context.t
    found = whole_shares(group)
    if found is None:
        return ()
    detail = t("of the pairs of a reviewee and a competency")
    return tuple(Card(t(QUADRANT_LABELS[place]), share_text(context, its), detail) for place, its in found.items())
