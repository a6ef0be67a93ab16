"""Self against the others: quadrants and gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.publication import Shown
from kohtaamo_utils.presentation.blocks import Block, Bullets, Callout, Fold, Paragraph, Table
from kohtaamo_utils.presentation.section import Figure, Hidden, Section
from kohtaamo_utils.reports.phrases import listed
from kohtaamo_utils.reports.review_360.cells import competency_label, entry, in_text
from kohtaamo_utils.reports.review_360.johari import GAP, QUADRANT_LABELS, cut

if TYPE_CHECKING:
    from kohtaamo_utils.reports.review_360.profile import Profile


def self_and_others(profile: Profile) -> Section:
    """Make the quadrants and the gaps."""
    context, t, publication = profile.context, profile.context.t, profile.publication
    if not publication.gaps:
        return Section("gaps", ())
    found = profile.quadrants()
    items = tuple(
        (
            f"{t(QUADRANT_LABELS[place])}:",
            listed(context, [in_text(context, c) for c in names]) or t("no competency"),
        )
        for place, names in found.items()
    )
    rows = [
        (
            competency_label(context, c),
            context.f.signed(cell.number, 1) if isinstance(cell, Shown) else context.f.number(None),
        )
        for c, cell in publication.gaps.items()
    ]
    made = [entry(cell, "gap", {"competency": c}, publication.minimum_raters) for c, cell in publication.gaps.items()]
    rule = t(
        "A gap of at least {gap} scale points upwards is called a blind spot, downwards a hidden strength. The rest are known strengths when the others' mean is at least {cut}, and known development areas otherwise.",
        gap=context.f.number(GAP, 1),
        cut=context.f.number(cut(profile.scale), 1),
    )
    usual = t(
        "It is usual to rate oneself somewhat higher: in Western studies self-ratings are on average about a third of a standard deviation above the manager's (Heidemeier and Moser 2009)."
    )
    blocks: tuple[Block, ...] = (
        Bullets(items),
        Table(t("Self less all others, scale points"), (t("Competency"), t("Gap")), tuple(rows), frozenset({1})),
        Callout(usual),
        Fold(t("How are the quadrants made?"), (Paragraph(rule),)),
    )
    return Section(
        "gaps",
        blocks,
        tuple(item for item in made if isinstance(item, Figure)),
        tuple(item for item in made if isinstance(item, Hidden)),
    )
