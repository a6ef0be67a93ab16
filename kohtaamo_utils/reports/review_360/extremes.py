"""The questions that stand out: where the others' printed means are highest and lowest, and where self differs most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.publication import Cell, Shown
from kohtaamo_utils.measures.estimate import Estimate
from kohtaamo_utils.presentation.blocks import Block, Callout, Fold, Paragraph, Table
from kohtaamo_utils.presentation.section import Figure, Section
from kohtaamo_utils.reports.review_360.cells import cell_text, exact, item_text, level, value_text
from kohtaamo_utils.reports.review_360.profile import OTHERS, SELF

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.review_360.profile import Profile

LONGEST = 5
"""Most questions of a list."""
FEWEST = 6
"""Fewest questions with a printed mean among which some can stand out."""

Ranked = list[tuple[str, Shown]]
"""Questions with the others' published mean."""


def extremes(profile: Profile) -> Section:
    """Make the lists of questions; none where nobody but self answered."""
    context, t = profile.context, profile.context.t
    rated = [item for item in profile.items if (item, OTHERS) in profile.publication.item_means]
    if not rated:
        return Section("extremes", ())
    shown = [(item, cell) for item in rated if isinstance(cell := _cell(profile, item, OTHERS), Shown)]
    if len(shown) < FEWEST:
        few = t(
            "The others' mean can be printed for too few questions ({shown} of {all}) to say which of them stand out.",
            shown=context.f.integer(len(shown)),
            all=context.f.integer(len(rated)),
        )
        return Section("extremes", (Callout(few),))
    top, bottom = highest_and_lowest(shown)
    gaps = _gaps(profile, shown)
    blocks: list[Block] = [*_lists(context, top, bottom), *_gap_lists(profile, gaps)]
    blocks.append(Fold(t("How were the questions chosen?"), (Paragraph(_rule(profile, len(shown), len(rated))),)))
    return Section("extremes", tuple(blocks), tuple(_figures(profile, gaps)))


def highest_and_lowest(shown: Ranked) -> tuple[Ranked, Ranked]:
    """Return the questions with the highest and the lowest printed means, five at most and half of all at most.

    A band counts as its limit. Among equals the order of the questionnaire decides; a value that both lists would hold
    stands out in neither and is left out of both.

    Parameters
    ----------
    shown
        Questions in the order of the questionnaire with the others' published means.

    Examples
    --------
    >>> cells = [("a", Shown(3.0, 6)), ("b", Shown(4.1, 6)), ("c", Shown(3.0, 6)), ("d", Shown(2.2, 6))]
    >>> [[item for item, _ in its] for its in highest_and_lowest(cells)]
    [['b'], ['d']]
    """
    longest = min(LONGEST, len(shown) // 2)
    top = sorted(shown, key=lambda entry: -level(entry[1]))[:longest]
    bottom = sorted(shown, key=lambda entry: level(entry[1]))[:longest]
    shared = {level(cell) for _, cell in top} & {level(cell) for _, cell in bottom}
    return [entry for entry in top if level(entry[1]) not in shared], [
        entry for entry in bottom if level(entry[1]) not in shared
    ]


def _cell(profile: Profile, item: str, group: str) -> Cell | None:
    return profile.publication.item_means.get((item, group))


def _lists(context: Context, top: Ranked, bottom: Ranked) -> list[Block]:
    t = context.t
    if not top and not bottom:
        return [Paragraph(t("By the others' printed means no question stands out from the rest."))]
    captions = t("Highest means of the others"), t("Lowest means of the others")
    columns = t("Question"), t("All others")
    return [
        Table(
            caption,
            columns,
            tuple((item_text(context, item), cell_text(context, cell)) for item, cell in chosen),
            frozenset({1}),
        )
        for caption, chosen in zip(captions, (top, bottom), strict=True)
        if chosen
    ]


def _gaps(profile: Profile, shown: Ranked) -> dict[str, float]:
    """Return self less others by question, from the printed means, where both are numbers and far enough apart."""
    gaps = {}
    for item, others in shown:
        own = _cell(profile, item, SELF)
        if isinstance(own, Shown) and own.number is not None and others.number is not None:
            gaps[item] = round(own.number - others.number, 1)
    limit = min(LONGEST, len(gaps) // 2)
    far = {item: gap for item, gap in gaps.items() if abs(gap) >= profile.settings.johari.gap}
    above = sorted((item for item in far if far[item] > 0), key=lambda item: -far[item])[:limit]
    below = sorted((item for item in far if far[item] < 0), key=lambda item: far[item])[:limit]
    return {item: far[item] for item in (*above, *below)}


def _gap_lists(profile: Profile, gaps: Mapping[str, float]) -> list[Block]:
    t = profile.context.t
    if not any((item, SELF) in profile.publication.item_means for item in profile.items):
        return []
    if not gaps:
        none = t(
            "In no question is your own score at least {gap} from the others' printed mean.",
            gap=exact(profile.context, profile.settings.johari.gap),
        )
        return [Paragraph(none)]
    parts = (
        (t("You rate yourself higher than the others do"), [item for item, gap in gaps.items() if gap > 0]),
        (t("You rate yourself lower than the others do"), [item for item, gap in gaps.items() if gap < 0]),
    )
    return [_gap_table(profile, caption, chosen, gaps) for caption, chosen in parts if chosen]


def _gap_table(profile: Profile, caption: str, chosen: Sequence[str], gaps: Mapping[str, float]) -> Table:
    context, t = profile.context, profile.context.t
    rows = tuple(
        (
            item_text(context, item),
            *(
                value_text(context, cell)
                for group in (SELF, OTHERS)
                if isinstance(cell := _cell(profile, item, group), Shown)
            ),
            context.f.signed(gaps[item], 1),
        )
        for item in chosen
    )
    return Table(caption, (t("Question"), t("Self"), t("All others"), t("Gap")), rows, frozenset({1, 2, 3}))


def _rule(profile: Profile, shown: int, rated: int) -> str:
    context = profile.context
    return context.t(
        "From the printed means of the {shown} questions (of {all}) for which the others' mean is shown: at most five in a list, and never more than half of the questions. A band counts as its limit. Among equals the order of the questionnaire decides; a mean that both lists would hold is in neither. A gap is listed from {gap} on, where both means are numbers. Single questions rest on few answers: read them as hints of what to ask about.",
        shown=context.f.integer(shown),
        all=context.f.integer(rated),
        gap=exact(context, profile.settings.johari.gap),
    )


def _figures(profile: Profile, gaps: Mapping[str, float]) -> list[Figure]:
    return [
        Figure("item_gap", {"item": item}, Estimate(value=gap, n=cell.n, unit="scale", method="rounded"))
        for item, gap in gaps.items()
        if isinstance(cell := _cell(profile, item, OTHERS), Shown)
    ]
