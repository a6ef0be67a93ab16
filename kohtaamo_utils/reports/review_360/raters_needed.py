"""How many raters a firm mean takes: by published reliabilities of single raters, and by the programme's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.measures.estimate import Estimate
from kohtaamo_utils.measures.reliability import raters_needed, spearman_brown
from kohtaamo_utils.presentation.blocks import Block, Fold, Paragraph, Table
from kohtaamo_utils.presentation.section import Figure, Hidden
from kohtaamo_utils.reports.review_360.cells import competency_label, group_label
from kohtaamo_utils.reports.review_360.profile import OTHERS

if TYPE_CHECKING:
    from kohtaamo_utils.reports.review_360.profile import Profile

TARGET = 0.70
"""Reliability from which a mean is firm enough to act on."""
PUBLISHED = {"manager": 0.50, "peer": 0.37, "report": 0.30}
"""Reliability of one rater of each group (Conway & Huffcutt, 1997). There is none for customers."""
NOT_APART = "the ratings tell the reviewees apart no more than chance does"
"""Reason of a reliability that is not told, as ``results.json`` gives it: an estimate below 0 is no share."""


def raters_needed_blocks(profile: Profile) -> tuple[tuple[Block, ...], list[Figure], list[Hidden]]:
    """Make the tables of the raters that a reliability of 0.70 takes (Spearman-Brown), and their figures."""
    t = profile.context.t
    own, figures, hidden = _own(profile)
    target = profile.context.f.number(TARGET, 2)
    meaning = t(
        "The mean of several raters is firmer than one rater's score: with reliability r of one, k raters together have k·r / (1 + (k − 1)·r) (Spearman and Brown). {target} is a common minimum; below it, take a mean as something to talk about.",
        target=target,
    )
    fold = Fold(t("How is the number of raters reckoned?"), (Paragraph(meaning),))
    return (_published(profile), *([own] if own else []), fold), figures, hidden


def _published(profile: Profile) -> Table:
    """Return the table by published reliabilities; the raters now only where their number is public."""
    context, t = profile.context, profile.context.t
    rows = []
    for group, r in PUBLISHED.items():
        count = profile.publication.raters.get(group)
        now = count if isinstance(count, int) else None
        rows.append(
            (
                group_label(context, group),
                context.f.number(r, 2),
                context.f.integer(raters_needed(r, TARGET)),
                context.f.integer(now),
                context.f.number(None if now is None else spearman_brown(r, now), 2),
            )
        )
    return Table(
        t("How many raters would be needed?"),
        (t("Group"), t("One rater's reliability"), t("Needed for {r}", r=context.f.number(TARGET, 2)), t("Raters now"), t("Reliability now")),
        tuple(rows),
        frozenset({1, 2, 3, 4}),
        t(
            "One rater's reliability is from research (Conway and Huffcutt 1997); there is no such figure for customers. A dash: no raters, or their number is not shown."
        ),
    )  # fmt: skip


def _own(profile: Profile) -> tuple[Table | None, list[Figure], list[Hidden]]:
    """Return the same by the programme's own ratings, for the competencies whose ICC(1) may be told."""
    context, t = profile.context, profile.context.t
    rows: list[tuple[str, ...]] = []
    figures: list[Figure] = []
    hidden: list[Hidden] = []
    for competency in profile.competencies:
        found = profile.reliability.of(competency)
        if found is None or found.icc1 is None:
            continue
        r = round(found.icc1, 2) if found.tells_apart else None
        cell = profile.shown(competency, OTHERS)
        now = None if cell is None else cell.n
        needed = raters_needed(r, TARGET) if r is not None and 0 < r < 1 else None
        reached = None if r is None or needed is None or now is None else round(spearman_brown(r, now), 2)
        numbers = (
            context.f.number(r, 2),
            context.f.integer(needed),
            context.f.integer(now),
            context.f.number(reached, 2),
        )
        rows.append((competency_label(context, competency), *numbers))
        scope = {"competency": competency, "rater_group": OTHERS}
        hidden += [Hidden("icc1", scope, NOT_APART)] if r is None else []
        values = (
            ("icc1", r, found.n, "share", "anova"),
            ("raters_needed", needed, found.n, "count", "spearman-brown"),
            ("reliability", reached, now or 0, "share", "spearman-brown"),
        )
        figures += [
            Figure(name, scope, Estimate(value=float(value), n=n, unit=unit, method=method))
            for name, value, n, unit, method in values
            if value is not None
        ]
    if not rows:
        return None, [], []
    table = Table(
        t("The same by this programme's own ratings, all others together"),
        (t("Competency"), t("One rater, ICC(1)"), t("Needed for {r}", r=context.f.number(TARGET, 2)), t("Raters now"), t("Reliability now")),
        tuple(rows),
        frozenset({1, 2, 3, 4}),
        t("ICC(1) is over all reviewees of the programme. A dash: the ratings tell reviewees apart so little that no number can be given, or the number is not shown."),
    )  # fmt: skip
    return table, figures, hidden
