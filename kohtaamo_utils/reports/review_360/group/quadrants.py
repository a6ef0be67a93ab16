"""Where the reviewees' own views and the others' meet: gaps, blind spots and the other quadrants, over the group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.publication import Hidden as NotPublished
from kohtaamo_utils.disclosure.publication import Shown
from kohtaamo_utils.disclosure.shares import ShareClass, shares
from kohtaamo_utils.measures.comparisons import holm
from kohtaamo_utils.measures.estimate import LEVEL
from kohtaamo_utils.measures.paired import paired_difference
from kohtaamo_utils.presentation.blocks import Block, Fold, Lead, Paragraph, Table
from kohtaamo_utils.presentation.section import Figure, Hidden, Section
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.phrases import listed
from kohtaamo_utils.reports.review_360.cells import competency_label, in_text
from kohtaamo_utils.reports.review_360.group.profile import FEWEST, GroupProfile
from kohtaamo_utils.reports.review_360.group.shares import share_reason, share_text
from kohtaamo_utils.reports.review_360.johari import QUADRANT_LABELS, Quadrant, place
from kohtaamo_utils.reports.review_360.profile import OTHERS, SELF

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Shares = dict[Quadrant, ShareClass]


@dataclass(frozen=True)
class ClearGaps:
    """Competencies in which the reviewees rate themselves clearly higher, or lower, than others do."""

    higher: tuple[str, ...]
    lower: tuple[str, ...]


def self_and_others(group: GroupProfile) -> Section:
    """Make gaps and shares of the quadrants; none where there is no gap."""
    if not group.publication.gaps:
        return Section("gaps", ())
    made = [group.mean_entry(cell, "gap", {"competency": c}) for c, cell in group.publication.gaps.items()]
    hidden = [one for one in made if isinstance(one, Hidden)] + list(_hidden_shares(group))
    blocks: list[Block] = [Lead(_answer(group)), _gap_table(group), _share_table(group), _how(group)]
    return Section("gaps", tuple(blocks), tuple(one for one in made if isinstance(one, Figure)), tuple(hidden))


def clear_gaps(group: GroupProfile) -> ClearGaps:
    """Return where the mean gap is larger than chance gives, paired by reviewee, Holm over the competencies.

    Only competencies whose gap is published are named.
    """
    own, others = group.printed(SELF), group.printed(OTHERS)
    found = {
        competency: paired_difference(own[competency], others[competency])
        for competency, cell in group.publication.gaps.items()
        if isinstance(cell, Shown)
    }
    found = {competency: gap for competency, gap in found.items() if gap.n1 >= FEWEST and gap.p is not None}
    adjusted = dict(zip(found, holm([gap.p or 0.0 for gap in found.values()]), strict=True)) if found else {}
    clear = {competency: gap.value or 0.0 for competency, gap in found.items() if adjusted[competency] <= 1 - LEVEL}
    return ClearGaps(tuple(c for c, gap in clear.items() if gap > 0), tuple(c for c, gap in clear.items() if gap < 0))


def competency_shares(group: GroupProfile, competency: str) -> Shares | None:
    """Return the share of the reviewees in each quadrant of a competency, where it may be told."""
    return shares(_counts(_places(group, [competency])))


def whole_shares(group: GroupProfile) -> Shares | None:
    """Return the share of all pairs of a reviewee and a competency in each quadrant, where it may be told.

    At least five reviewees must be in it.
    """
    places = _places(group, group.competencies)
    if sum(any(its) for its in places) < FEWEST:
        return None
    return shares(_counts(places))


def _places(group: GroupProfile, competencies: Iterable[str]) -> list[list[Quadrant | None]]:
    """Return each reviewee's quadrants in competencies, as the single reports have them."""
    settings = group.context.engagement.settings.review_360
    return [[place(review, competency, settings) for competency in competencies] for review in group.reviews]


def _counts(places: Iterable[Iterable[Quadrant | None]]) -> Mapping[Quadrant, int]:
    counts: dict[Quadrant, int] = dict.fromkeys(QUADRANT_LABELS, 0)
    for found in (found for its in places for found in its):
        if found is not None:
            counts[found] += 1
    return counts


def _answer(group: GroupProfile) -> str:
    context, t, found = group.context, group.context.t, clear_gaps(group)
    sentences = [
        t(text, names=listed(context, [in_text(context, name) for name in names]))
        for names, text in (
            (found.higher, N_("The reviewees rate themselves clearly higher than others do in: {names}.")),
            (found.lower, N_("The reviewees rate themselves clearly lower than others do in: {names}.")),
        )
        if names
    ]
    if not sentences:
        sentences = [t("No gap between the reviewees' own view and the others' is larger than chance would give.")]
    whole = whole_shares(group)
    if whole is not None:
        share = share_text(context, whole["blind_spot"])
        sentences.append(t("Blind spots over all reviewees and competencies: {share}.", share=share))
    return " ".join(sentences)


def _gap_table(group: GroupProfile) -> Table:
    context, t, f = group.context, group.context.t, group.context.f
    rows = [
        (
            competency_label(context, competency),
            f.number(None) if isinstance(cell, NotPublished) else f"{f.signed(cell.number, 1)} ({f.integer(cell.n)})",
        )
        for competency, cell in group.publication.gaps.items()
    ]
    note = t(
        "In brackets the number of reviewees. A dash: too few have both, one of the two means is a band, or with the other figures it would tell too much of a few."
    )
    return Table(
        t("Self less all others, scale points"), (t("Competency"), t("Gap")), tuple(rows), frozenset({1}), note
    )


def _share_table(group: GroupProfile) -> Table:
    context, t = group.context, group.context.t
    rows = [
        (competency_label(context, competency), *_cells(group, competency_shares(group, competency)))
        for competency in group.publication.gaps
    ]
    rows.append((t("All competencies"), *_cells(group, whole_shares(group))))
    return Table(
        t("How many of the reviewees have it as …"),
        (t("Competency"), *(t(label) for label in QUADRANT_LABELS.values())),
        tuple(rows),
        note=t(
            "Shares are told in classes, so that nobody's place can be read from them. A dash: fewer than five reviewees could be placed, or the classes together would tell the number."
        ),
    )


def _cells(group: GroupProfile, found: Shares | None) -> list[str]:
    return [share_text(group.context, None if found is None else found[name]) for name in QUADRANT_LABELS]


def _hidden_shares(group: GroupProfile) -> Iterable[Hidden]:
    """Yield the shares, all of which are told as classes or not at all."""
    scopes: list[tuple[dict[str, str], Shares | None]] = [
        ({"competency": competency}, competency_shares(group, competency)) for competency in group.publication.gaps
    ]
    for scope, found in [*scopes, ({}, whole_shares(group))]:
        for name in QUADRANT_LABELS:
            reason = "would tell too much of fewer than 5 reviewees" if found is None else share_reason(found[name])
            yield Hidden("quadrant_share", {**scope, "quadrant": name}, reason)


def _how(group: GroupProfile) -> Fold:
    t = group.context.t
    texts = (
        t(
            "Each reviewee's place is the one that the own report gives. The shares are of everybody who could be placed and not of a sample, so they have no interval."
        ),
        t(
            "People rate themselves a little higher than others do as a rule: by about a third of a standard deviation in Western studies (Heidemeier & Moser 2009). A small gap upwards is therefore usual."
        ),
        t(
            "A gap is called clear when chance hardly explains it (paired by reviewee, Holm's correction over the competencies, 5% risk of any false claim)."
        ),
    )
    return Fold(t("How are gaps and shares to be read?"), tuple(Paragraph(text) for text in texts))
