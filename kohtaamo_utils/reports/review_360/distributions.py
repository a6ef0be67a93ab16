"""How a group's answers to a question were spread over the scale, where five or more answered and it may be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.publication import Shown
from kohtaamo_utils.measures.estimate import Estimate
from kohtaamo_utils.presentation.blocks import Chart, Fold, Table
from kohtaamo_utils.presentation.charts import StripRow, strips_svg
from kohtaamo_utils.presentation.section import Figure
from kohtaamo_utils.reports.review_360.cells import group_label, item_text
from kohtaamo_utils.reports.review_360.profile import OTHERS, SELF

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kohtaamo_utils.reports.review_360.profile import Profile

Spread = tuple[str, str, tuple[int, ...]]
"""An item, a rater group, and the number of answers at each point of the scale."""


def distribution_fold(profile: Profile, label: str, items: Sequence[str]) -> tuple[Fold | None, list[Figure]]:
    """Make the spread of answers to a competency's items, folded, and its figures.

    Parameters
    ----------
    profile
        What may be published.
    label
        The competency's name.
    items
        Its items.

    Returns
    -------
    tuple
        No fold where nothing of it may be shown.
    """
    t = profile.context.t
    found = [(item, group, counts) for item in items for group, counts in _counts(profile, item)]
    if not found:
        return None, []
    table = _table(profile, label, found)
    fold = Fold(
        t("How were the answers spread? {competency}", competency=label), (_chart(profile, label, found), table)
    )
    return fold, _figures(profile, found)


def _counts(profile: Profile, item: str) -> list[tuple[str, tuple[int, ...]]]:
    """Return the counts of a question's answers by the groups that may show them."""
    low, high = profile.scale
    competency = profile.catalogue.get(item)
    found = []
    for group in profile.groups:
        if competency is None or (competency, group) not in profile.publication.spread:
            continue
        if (item, group) not in profile.publication.item_spread:
            continue
        answers = [
            score.value
            for score in profile.scores.item_scores(item)
            if (score.group != SELF if group == OTHERS else profile.display(score.group) == group)
        ]
        whole = [int(answer) for answer in answers if answer.denominator == 1]
        if len(whole) == len(answers):
            found.append((group, tuple(whole.count(point) for point in range(low, high + 1))))
    return found


def _table(profile: Profile, label: str, found: Sequence[Spread]) -> Table:
    context, t = profile.context, profile.context.t
    low, high = profile.scale
    rows = tuple(
        (item_text(context, item), group_label(context, group), *(context.f.integer(count) for count in counts))
        for item, group, counts in found
    )
    columns = (t("Question"), t("Group"), *(str(point) for point in range(low, high + 1)))
    caption = t("Number of answers at each point of the scale: {competency}", competency=label)
    return Table(caption, columns, rows, frozenset(range(2, len(columns))))


def _chart(profile: Profile, label: str, found: Sequence[Spread]) -> Chart:
    context, t = profile.context, profile.context.t
    low, high = profile.scale
    points = [str(point) for point in range(low, high + 1)]
    rows: list[StripRow] = []
    facts = []
    for item, group, counts in found:
        heading = StripRow(item_text(context, item))
        rows += [] if heading in rows else [heading]
        rows.append(StripRow(group_label(context, group), counts))
        told = ", ".join(f"{point}: {count}" for point, count in zip(points, counts, strict=True))
        facts.append(f"{heading.label}, {group_label(context, group)} – {told}")
    return Chart(
        svg=strips_svg(
            rows,
            points=points,
            locale=context.f.locale,
            look=context.look,
            axis=t("Number of answers; the figure in a part is the answer"),
        ),
        title=t("The spread of the answers: {competency}", competency=label),
        description=f"{'; '.join(facts)}.",
    )


def _figures(profile: Profile, found: Sequence[Spread]) -> list[Figure]:
    low = profile.scale[0]
    figures = []
    for item, group, counts in found:
        cell = profile.publication.item_means.get((item, group))
        n = cell.n if isinstance(cell, Shown) else sum(counts)
        figures += [
            Figure(
                "answers",
                {"item": item, "rater_group": group, "score": low + place},
                Estimate(value=float(count), n=n, unit="count", method="count"),
            )
            for place, count in enumerate(counts)
        ]
    return figures
