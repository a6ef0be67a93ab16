"""The competencies in order of the others' means, and which differences are larger than chance gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.blocks import Fold, Lead, Paragraph, Table
from kohtaamo_utils.presentation.section import Section
from kohtaamo_utils.reports.phrases import listed
from kohtaamo_utils.reports.review_360.cells import cell_text, competency_label, in_text, level
from kohtaamo_utils.reports.review_360.profile import OTHERS

if TYPE_CHECKING:
    from collections.abc import Collection

    from kohtaamo_utils.reports.review_360.group.profile import GroupProfile


def ranking(group: GroupProfile) -> Section:
    """Make the order of the competencies; none where fewer than two means are shown."""
    context, t = group.context, group.context.t
    shown = {c: cell for c in group.competencies if (cell := group.shown(c, OTHERS))}
    if len(shown) < 2:
        return Section("ranking", ())
    order = sorted(shown, key=lambda competency: -level(shown[competency]))
    levels = [level(shown[competency]) for competency in order]
    rows = tuple(
        (
            competency_label(context, competency),
            context.f.integer(1 + sum(other > level(shown[competency]) for other in levels)),
            cell_text(context, shown[competency]),
            *([_lower(group, competency) or t("none")] if group.clear else []),
        )
        for competency in order
    )
    table = Table(
        t("The competencies in order of the others' means"),
        (t("Competency"), t("Place"), t("All others"), *([t("Clearly higher than")] if group.clear else [])),
        rows,
        frozenset({1, 2}),
        t(
            "Equal means share a place and stand in the order of the questionnaire. In brackets the number of reviewees."
        ),
    )
    return Section("ranking", (Lead(_answer(group)), table, *_without_place(group, shown), _how(group)))


def _without_place(group: GroupProfile, shown: Collection[str]) -> tuple[Paragraph, ...]:
    """Name the competencies that the order lacks, which the table of means shows with a dash; where they would stand is not told."""
    withheld = [in_text(group.context, name) for name in group.competencies if name not in shown]
    if not withheld:
        return ()
    text = group.context.t(
        "Not in this order, as the others' mean is not shown: {names}. Their place could be any: the places are of the competencies above only.",
        names=listed(group.context, withheld),
    )
    return (Paragraph(text),)


def _lower(group: GroupProfile, competency: str) -> str:
    names = [c for c in group.competencies if (competency, c) in group.clear]
    return listed(group.context, [in_text(group.context, name) for name in names])


def _answer(group: GroupProfile) -> str:
    """Say what stands out and what does not."""
    t, context = group.context.t, group.context
    higher = [in_text(context, c) for c in group.competencies if any(one == c for one, _ in group.clear)]
    lower = [in_text(context, c) for c in group.competencies if any(two == c for _, two in group.clear)]
    if not higher:
        return t(
            "The order says little: no two competencies differ by more than chance would give with {n} reviewees.",
            n=context.f.integer(group.publication.reviewees),
        )
    return t(
        "Clearly above some others: {higher}. Clearly below some others: {lower}. The other differences are no larger than chance would give.",
        higher=listed(context, higher),
        lower=listed(context, lower),
    )


def _how(group: GroupProfile) -> Fold:
    t = group.context.t
    text = t(
        "Two competencies are compared reviewee by reviewee: a difference is clear when the same reviewees get more in the one than in the other so steadily that chance hardly explains it (paired t test, at least five reviewees, Holm's correction over all pairs, 5% risk of any false claim). The question is whether the same would be seen of other people like these."
    )
    return Fold(t("How is it judged what is clear?"), (Paragraph(text),))
