"""The answer first: what others value most, and where self and others part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.blocks import Block, Card, Cards, Lead
from kohtaamo_utils.presentation.section import Section
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.phrases import listed
from kohtaamo_utils.reports.review_360.cells import extreme, in_text, level, value_text
from kohtaamo_utils.reports.review_360.gap_intervals import stands_out
from kohtaamo_utils.reports.review_360.johari import QUADRANT_LABELS
from kohtaamo_utils.reports.review_360.profile import OTHERS, SELF

if TYPE_CHECKING:
    from kohtaamo_utils.reports.review_360.profile import Profile

LONGEST = 5
"""Competencies that a sentence names; the sections below name them all."""
HIGHER = {
    True: N_("You rate yourself clearly higher than others do in: {names}."),
    False: N_("There are signs that you rate yourself higher than others do in: {names}."),
}
LOWER = {
    True: N_("You rate yourself clearly lower than others do in: {names}."),
    False: N_("There are signs that you rate yourself lower than others do in: {names}."),
}
"""By whether the gap is beyond chance or suggestive only."""


def headline(profile: Profile) -> Section:
    """Make the answer first: what others value most, and where self and others part."""
    context, t = profile.context, profile.context.t
    found = profile.quadrants()
    blocks: list[Block] = [Lead(" ".join([*_highest(profile), *_comparison(profile)]))]
    cards = [
        Card(
            t(QUADRANT_LABELS[place]),
            context.f.integer(len(names)),
            _begun(_named(profile, [in_text(context, c) for c in names])),
        )
        for place, names in found.items()
    ]
    if any(found.values()):
        blocks.append(Cards(tuple(cards)))
    return Section("headline", tuple(blocks))


def _begun(text: str) -> str:
    """Return a list as it begins a line of its own."""
    return text[:1].upper() + text[1:]


def _comparison(profile: Profile) -> list[str]:
    """Say where one's own view and the others' part, each gap as firmly as its printed interval allows."""
    t, found = profile.context.t, profile.quadrants()
    if not any(found.values()):
        if OTHERS in profile.groups and SELF not in profile.groups:
            return [t("There is no self-rating, so your own view cannot be compared with the others'.")]
        return [t("There are not enough answers for a comparison between you and the others.")]
    sentences = []
    for texts, competencies in ((HIGHER, found["blind_spot"]), (LOWER, found["hidden_strength"])):
        for firm, text in texts.items():
            names = [in_text(profile.context, c) for c in competencies if stands_out(profile, c) == firm]
            sentences += [t(text, names=_named(profile, names))] if names else []
    return sentences or [t("Where the two can be compared, your own view is close to the others'.")]


def _named(profile: Profile, names: list[str]) -> str:
    """Return competencies as a list; of many the first few, and how many more there are."""
    if len(names) <= LONGEST + 1:
        return listed(profile.context, names)
    more = profile.context.f.integer(len(names) - LONGEST)
    return profile.context.t("{names} and {count} more", names=", ".join(names[:LONGEST]), count=more)


def _highest(profile: Profile) -> list[str]:
    """Say where the others' means are highest: a band at the scale's end before any number, and what is hidden owned."""
    context = profile.context
    shown = {c: cell for c in profile.competencies if (cell := profile.shown(c, OTHERS))}
    if not shown:
        return []
    names, value = extreme(context, shown, max)
    if len(shown) == 1:
        return [context.t("The others' score in {name}: {value}.", name=names, value=value)]
    every = len(shown) == len(profile.competencies)
    if len({level(cell) for cell in shown.values()}) == 1:
        text = N_("As printed, the others give you the same score in every competency: {value}.")
        if not every:
            text = N_("As printed, the others give you the same score in every competency that can be shown: {value}.")
        return [context.t(text, value=value_text(context, next(iter(shown.values()))))]
    text = N_("The others give you the highest score in: {names} ({value}).")
    if not every:
        text = N_("Of the scores that can be shown, the others give you the highest in: {names} ({value}).")
    return [context.t(text, names=names, value=value)]
