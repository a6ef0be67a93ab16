"""The questions behind the competencies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.blocks import Block, Paragraph, Table
from kohtaamo_utils.presentation.section import Figure, Section
from kohtaamo_utils.reports.review_360.cells import cell_text, competency_label, entries, group_label, item_text
from kohtaamo_utils.reports.review_360.distributions import distribution_fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kohtaamo_utils.reports.review_360.profile import Profile


def items(profile: Profile) -> Section:
    """Make the item detail, competency by competency."""
    t, publication = profile.context.t, profile.publication
    tables: list[Block] = []
    spread: list[Figure] = []
    for competency in (*profile.competencies, None):
        chosen = [item for item, its in profile.items.items() if its == competency]
        made = _item_table(profile, competency, chosen)
        if made is None:
            continue
        fold, counts = distribution_fold(profile, made.caption, chosen)
        tables += [made, fold] if fold is not None else [made]
        spread += counts
    if not tables:
        return Section("items", ())
    figures, hidden = entries(publication.item_means, "item_mean", ("item", "rater_group"), publication.minimum_raters)
    note = Paragraph(
        t("Means of single questions rest on few answers. Read them as hints of what to ask about, not as grades.")
    )
    return Section("items", (note, *_about_answers(profile), *tables), (*figures, *spread), tuple(hidden))


def _about_answers(profile: Profile) -> list[Block]:
    """Say what the numbers of the scale mean, and how unwelcome behaviour is counted, where the instrument tells."""
    context, t = profile.context, profile.context.t
    asked, shown = context.instrument, {item for item, _ in profile.publication.item_means}
    known = [found for item in shown if (found := asked.item(item)) is not None]
    blocks: list[Block] = []
    if known and (asked.scale.low, asked.scale.high) == profile.scale:
        labels = [
            f"{context.f.integer(number)} = {asked.scale.labels[number].in_language(context.language).lower()}"
            for number in sorted(asked.scale.labels)
        ]
        blocks.append(Paragraph(t("The answers: {labels}.", labels=", ".join(labels))))
    if any(item.reverse for item in known):
        turned = t(
            "A question marked “turned” is about something that is better seldom. Its figures are turned round, so that a high figure is good there too."
        )
        blocks.append(Paragraph(turned))
    return blocks


def _item_table(profile: Profile, competency: str | None, chosen: Sequence[str]) -> Table | None:
    context, t, means = profile.context, profile.context.t, profile.publication.item_means
    rows = [
        (item_text(context, item), *(cell_text(context, means.get((item, group))) for group in profile.groups))
        for item in chosen
        if any((item, g) in means for g in profile.groups)
    ]
    if not rows:
        return None
    label = t("Other questions") if competency is None else competency_label(context, competency)
    return Table(
        label,
        (t("Question"), *(group_label(context, group) for group in profile.groups)),
        tuple(rows),
        frozenset(range(1, 1 + len(profile.groups))),
    )
