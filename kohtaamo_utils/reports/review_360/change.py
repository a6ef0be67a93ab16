"""What has changed since the wave before: both waves as they are published, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure import review
from kohtaamo_utils.disclosure.publication import ReviewPublication, Shown
from kohtaamo_utils.measures.estimate import Estimate
from kohtaamo_utils.measures.ratings import catalogue, in_wave
from kohtaamo_utils.presentation.blocks import Block, Callout, Fold, Paragraph, Table
from kohtaamo_utils.presentation.section import Figure, Section
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.phrases import listed
from kohtaamo_utils.reports.review_360.cells import competency_label, group_label, in_text
from kohtaamo_utils.reports.review_360.profile import MANAGER, OTHERS, SELF

if TYPE_CHECKING:
    import pandas as pd

    from kohtaamo_utils.measures.ratings import Catalogue
    from kohtaamo_utils.reports.review_360.profile import Profile

Z = 1.96
"""Standard errors of a difference beyond which chance alone would go once in twenty times."""
JUDGED = {
    True: N_("more than chance"),
    False: N_("within chance"),
    None: N_("cannot be told"),
}


@dataclass(frozen=True)
class Change:
    """A mean that both waves print as a number.

    Parameters
    ----------
    competency, group
        Whose.
    before, now
        Printed means with their numbers of raters.
    beyond_chance
        Whether the change is larger than chance would make it; None where that cannot be told.
    """

    competency: str
    group: str
    before: Shown
    now: Shown
    beyond_chance: bool | None

    @property
    def size(self) -> float:
        """The change, from the printed means."""
        return round((self.now.number or 0.0) - (self.before.number or 0.0), 1)


def change(profile: Profile) -> Section:
    """Make the comparison with the wave before; none where the reviewee was rated in one wave only."""
    named = [wave for wave in profile.publication.earlier_waves if wave]
    if not named:
        return Section("change", ())
    t = profile.context.t
    if not _on_this_scale(profile, named[-1]):
        other = t("The wave before was answered on another scale, so it is not compared with this one.")
        return Section("change", (Callout(other),))
    before, same = _before(profile, named[-1]), _same_competencies(profile, named[-1])
    found = [_change(profile, before, c, group) for c in same for group in _groups(profile, before)]
    changes = [one for one in found if one is not None]
    notes = [*_left_out(profile, same), *_composition(profile, before)]
    if not changes:
        none = t("No mean is printed as a number in both waves, so nothing can be compared.")
        return Section("change", (Callout(none), *notes))
    fold = Fold(t("When is a change more than chance?"), (Paragraph(_rule(profile)),))
    blocks: tuple[Block, ...] = (Paragraph(_answer(profile, changes)), *_tables(profile, before, changes), *notes, fold)
    return Section("change", blocks, tuple(_figures(before, changes)))


def _everybody(profile: Profile, wave: str | None) -> pd.DataFrame:
    return in_wave(profile.context.dataset.tables["ratings_360"], wave)


def _on_this_scale(profile: Profile, wave: str) -> bool:
    low, high = profile.scale
    return bool(_everybody(profile, wave)["score"].dropna().between(low, high).all())


def _before(profile: Profile, wave: str) -> ReviewPublication:
    """Return what may be published of the wave before, decided by that wave's items and by the same rules."""
    settings, items = profile.context.engagement.settings, catalogue(_everybody(profile, wave))
    return review.decide(in_wave(profile.frame, wave), settings.disclosure, settings.review_360, items)


def _same_competencies(profile: Profile, wave: str) -> list[str]:
    """Return the competencies that both waves asked by the same items."""
    then, now = (catalogue(_everybody(profile, name)) for name in (wave, profile.publication.wave))
    return [c for c in profile.competencies if _items_of(c, then) == _items_of(c, now)]


def _items_of(competency: str, items: Catalogue) -> set[str]:
    return {item for item, its in items.items() if its == competency}


def _groups(profile: Profile, before: ReviewPublication) -> list[str]:
    """Return the groups that both waves show under the same name: a pool only with the same pool."""
    return [group for group in profile.groups if group in before.groups]


def _change(profile: Profile, before: ReviewPublication, competency: str, group: str) -> Change | None:
    then, now = before.competency_means.get((competency, group)), profile.shown(competency, group)
    if not isinstance(then, Shown) or then.number is None or now is None or now.number is None:
        return None
    made = Change(competency, group, then, now, None)
    limit = _limit(profile, made)
    return made if limit is None else Change(competency, group, then, now, abs(made.size) > limit)


def _limit(profile: Profile, change: Change) -> float | None:
    """Return the largest change that chance alone is taken to make, or None where it cannot be told.

    1.96·√(MSW·(1/n₁ + 1/n₂)): the reliable change of Jacobson & Truax (1991) with the standard error of a mean of raters.
    MSW is the variance of one rater's score about the mean of a reviewee's raters, pooled over the programme's reviewees and
    rater groups; it is used only where the group report may tell it. Raters are taken to be others in each wave. Where the same persons
    answer again, chance makes less, so the limit is on the careful side.
    """
    if change.group in (SELF, MANAGER) or (change.group == OTHERS and profile.settings.others == "groups"):
        return None
    found = profile.reliability.of(change.competency)
    if found is None or found.ms_within is None:
        return None
    return Z * sqrt(found.ms_within * (1 / change.before.n + 1 / change.now.n))


def _answer(profile: Profile, changes: list[Change]) -> str:
    """Say first in which competencies the others' printed mean went up or down by more than chance."""
    context, t = profile.context, profile.context.t
    others = [one for one in changes if one.group == OTHERS]
    if all(one.beyond_chance is None for one in others):
        return t("Whether the others' means have changed by more than chance cannot be told.")
    names = {
        up: [in_text(context, one.competency) for one in others if one.beyond_chance and (one.size > 0) == up]
        for up in (True, False)
    }
    sentences = [
        t(text, names=listed(context, names[up]))
        for up, text in (
            (True, N_("By more than chance the others' mean is higher than in the wave before in: {names}.")),
            (False, N_("By more than chance the others' mean is lower than in the wave before in: {names}.")),
        )
        if names[up]
    ]
    none = t("No mean of the others has changed by more than chance would make it.")
    return " ".join(sentences) or none


def _tables(profile: Profile, before: ReviewPublication, changes: list[Change]) -> list[Block]:
    """Return the others' means side by side, and folded those of self, manager and each rater group."""
    t = profile.context.t
    others = [one for one in changes if one.group == OTHERS]
    rest = [one for one in changes if one.group != OTHERS]
    note = t(
        "In brackets the number of raters. Only what both waves print as a number. A change is not the effect of anything: what has happened in between, the figures do not tell."
    )
    first = _table(profile, before, others, t("All others, the waves side by side"), note) if others else None
    title = t("Yourself, your manager and each rater group")
    second = _table(profile, before, rest, title, "" if others else note) if rest else None
    if first is None:
        return [second] if second else []
    return [first, Fold(title, (second,))] if second else [first]


def _table(profile: Profile, before: ReviewPublication, changes: list[Change], caption: str, note: str) -> Table:
    context, t, f = profile.context, profile.context.t, profile.context.f
    grouped = any(one.group != OTHERS for one in changes)
    rows = tuple(
        (
            competency_label(context, one.competency),
            *((group_label(context, one.group),) if grouped else ()),
            f"{f.number(one.before.number, 1)} ({f.integer(one.before.n)})",
            f"{f.number(one.now.number, 1)} ({f.integer(one.now.n)})",
            f.signed(one.size, 1),
            t(JUDGED[one.beyond_chance]),
        )
        for one in changes
    )
    columns = (
        t("Competency"),
        *((t("Group"),) if grouped else ()),
        before.wave or "",
        profile.publication.wave or "",
        t("Change"),
        t("Judgement"),
    )
    return Table(caption, columns, rows, frozenset(range(len(columns) - 4, len(columns) - 1)), note)


def _left_out(profile: Profile, same: list[str]) -> list[Block]:
    competencies = [c for c in profile.competencies if c not in same]
    if not competencies:
        return []
    names = listed(profile.context, [in_text(profile.context, c) for c in competencies])
    text = profile.context.t("Left out, since their questions are not the same in both waves: {names}.", names=names)
    return [Paragraph(text)]


def _composition(profile: Profile, before: ReviewPublication) -> list[Block]:
    """Say so where the others are not of the same rater groups in both waves."""
    context = profile.context
    then, now = (
        [group for group in ("manager", "peer", "report", "customer") if group in its.raters]
        for its in (before, profile.publication)
    )
    if then == now:
        return []
    text = context.t(
        "The others are not the same rater groups in both waves: then {then}, now {now}. Part of a change in their mean may come from that.",
        then=listed(context, [group_label(context, group).lower() for group in then]),
        now=listed(context, [group_label(context, group).lower() for group in now]),
    )
    return [Callout(text)]


def _rule(profile: Profile) -> str:
    return profile.context.t(
        "A change counts as more than chance when it is larger than {z}·√(V·(1/n₁ + 1/n₂)): V is the variance of raters about the mean of the person they rate, over the whole programme, n₁ and n₂ the raters of the two waves (after Jacobson and Truax 1991). Even without any real change one in twenty would be called so. It cannot be told of a single rater, nor where the programme's figures may not be shown.",
        z=profile.context.f.number(Z, 2),
    )


def _figures(before: ReviewPublication, changes: list[Change]) -> list[Figure]:
    figures = []
    for one in changes:
        scope = {"competency": one.competency, "rater_group": one.group}
        then = Estimate(value=one.before.number, n=one.before.n, unit="scale", method="rounded")
        figures.append(Figure("competency_mean_before", {**scope, "wave": before.wave or ""}, then))
        figures.append(Figure("change", scope, Estimate(value=one.size, n=one.now.n, unit="scale", method="rounded")))
    return figures
