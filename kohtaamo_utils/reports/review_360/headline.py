"""The answer first: what others value most, and where self and others part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.blocks import Block, Card, Cards, Lead
from kohtaamo_utils.presentation.section import Section
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.phrases import listed
from kohtaamo_utils.reports.review_360.cells import competency_label, extreme, in_text
from kohtaamo_utils.reports.review_360.johari import QUADRANT_LABELS
from kohtaamo_utils.reports.review_360.profile import OTHERS

if TYPE_CHECKING:
    from kohtaamo_utils.reports.review_360.profile import Profile


def headline(profile: Profile) -> Section:
    """Make the answer first: what others value most, and where self and others part."""
    context, t = profile.context, profile.context.t
    sentences = _highest(profile)
    found = profile.quadrants()
    higher, lower = found["blind_spot"], found["hidden_strength"]
    if higher:
        names = listed(context, [in_text(context, competency) for competency in higher])
        sentences.append(t("You rate yourself clearly higher than others do in: {names}.", names=names))
    if lower:
        names = listed(context, [in_text(context, competency) for competency in lower])
        sentences.append(t("You rate yourself clearly lower than others do in: {names}.", names=names))
    if not sentences:
        sentences.append(t("There are not enough answers for a comparison between you and the others."))
    blocks: list[Block] = [Lead(" ".join(sentences))]
    cards = [
        Card(
            t(QUADRANT_LABELS[place]),
            context.f.integer(len(names)),
            ", ".join(competency_label(context, c) for c in names),
        )
        for place, names in found.items()
    ]
    if any(found.values()):
        blocks.append(Cards(tuple(cards)))
    return Section("headline", tuple(blocks))


def _highest(profile: Profile) -> list[str]:
    """Say where the others' means are highest: a band at the scale's end before any number, and what is hidden owned."""
    context = profile.context
    shown = {c: cell for c in profile.competencies if (cell := profile.shown(c, OTHERS))}
    if len(shown) < 2:
        return []
    names, value = extreme(context, shown, max)
    if len(shown) == len(profile.competencies):
        return [context.t("The others give you the highest score in: {names} ({value}).", names=names, value=value)]
    text = N_("Of the scores that can be shown, the others give you the highest in: {names} ({value}).")
    return [context.t(text, names=names, value=value)]
