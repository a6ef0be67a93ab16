"""One person's profile: raters, competencies by rater group, self against the others, items."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.publication import ReviewPublication, Shown
from kohtaamo_utils.measures.agreement import rwg_j
from kohtaamo_utils.measures.estimate import Estimate
from kohtaamo_utils.measures.ratings import in_wave
from kohtaamo_utils.presentation.blocks import Block, Bullets, Callout, Card, Cards, Chart, Fold, Lead, Paragraph, Table
from kohtaamo_utils.presentation.charts import GapRow, gap_svg
from kohtaamo_utils.presentation.section import Figure, Hidden, Section
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.phrases import listed
from kohtaamo_utils.reports.review_360.cells import (
    cell_text,
    competency_label,
    entries,
    entry,
    extreme,
    group_label,
    in_text,
    value_text,
)
from kohtaamo_utils.reports.review_360.johari import GAP, QUADRANT_LABELS, Quadrant, cut, quadrant

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from kohtaamo_utils.reports.context import Context

OTHERS, SELF = "others", "self"
FEWEST = 5
"""Fewest raters of a group whose agreement is shown."""


@dataclass(frozen=True)
class Profile:
    """One reviewee's publication with what is needed to say it.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    publication
        What may be published.
    frame
        The reviewee's rows of ``ratings_360``; used only where the publication allows agreement to be shown.
    items
        Item to competency, in the order of the questionnaire.
    """

    context: Context
    publication: ReviewPublication
    frame: pd.DataFrame
    items: dict[str, str | None]

    @property
    def scale(self) -> tuple[int, int]:
        """Lowest and highest score."""
        return self.context.engagement.settings.review_360.scale

    @property
    def groups(self) -> tuple[str, ...]:
        """Rater groups that are shown, in order."""
        return self.publication.groups

    @property
    def competencies(self) -> tuple[str, ...]:
        """Competencies in the order of the questionnaire."""
        there = {competency for competency, _ in self.publication.competency_means}
        named = dict.fromkeys(competency for competency in self.items.values() if competency in there)
        return tuple(competency for competency in named if competency is not None)

    def shown(self, competency: str, group: str) -> Shown | None:
        """Return a published competency mean, or None."""
        cell = self.publication.competency_means.get((competency, group))
        return cell if isinstance(cell, Shown) else None

    def quadrants(self) -> dict[Quadrant, list[str]]:
        """Return the competencies by quadrant."""
        found: dict[Quadrant, list[str]] = {name: [] for name in QUADRANT_LABELS}
        for competency in self.competencies:
            own, others = self.shown(competency, SELF), self.shown(competency, OTHERS)
            place = quadrant(own, others, self.scale) if own and others else None
            if place is not None:
                found[place].append(competency)
        return found


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


def raters(profile: Profile) -> Section:
    """Make the table of how many rated, as far as it may be told."""
    context, t, publication = profile.context, profile.context.t, profile.publication
    few = t("fewer than {minimum}, not shown", minimum=context.f.integer(publication.minimum_raters))
    pooled = t("shown in a common group")
    rows, figures, hidden = [], [], []
    for group, count in publication.raters.items():
        if isinstance(count, int):
            rows.append((group_label(context, group), context.f.integer(count)))
            figures.append(
                Figure("raters", {"rater_group": group}, Estimate(value=float(count), n=count, unit="count"))
            )
        else:
            rows.append((group_label(context, group), pooled if count.reason == "pooled_elsewhere" else few))
            made = entry(count, "raters", {"rater_group": group}, publication.minimum_raters)
            hidden += [made] if isinstance(made, Hidden) else []
    table = Table(t("Who answered"), (t("Group"), t("Raters")), tuple(rows), frozenset({1}))
    note = t(
        "Groups of peers, reports and customers are shown when at least {minimum} answered. Smaller ones are shown together with another group, or not at all. A figure is also left out when it would let somebody compute the answers of so few. Manager and self are always shown.",
        minimum=context.f.integer(publication.minimum_raters),
    )
    return Section(
        "raters", (table, Fold(t("How are the raters protected?"), (Paragraph(note),))), tuple(figures), tuple(hidden)
    )


def competencies(profile: Profile) -> Section:
    """Make the profile: self against the others, and each rater group."""
    context, t, publication = profile.context, profile.context.t, profile.publication
    if not profile.competencies:
        return Section("competencies", ())
    rows = [
        (
            competency_label(context, c),
            *(cell_text(context, publication.competency_means.get((c, group))) for group in profile.groups),
        )
        for c in profile.competencies
    ]
    table = Table(
        t("Means by competency and rater group"),
        (t("Competency"), *(group_label(context, group) for group in profile.groups)),
        tuple(rows),
        frozenset(range(1, 1 + len(profile.groups))),
        t(
            "Scale {low}–{high}. In brackets the number of raters. A dash: not shown, or not answered.",
            low=str(profile.scale[0]),
            high=str(profile.scale[1]),
        ),
    )
    figures, hidden = entries(
        publication.competency_means, "competency_mean", ("competency", "rater_group"), publication.minimum_raters
    )
    chart = _chart(profile)
    return Section("competencies", (*([chart] if chart else []), table), tuple(figures), tuple(hidden))


def _chart(profile: Profile) -> Chart | None:
    context, t = profile.context, profile.context.t
    rows, facts = [], []
    for competency in profile.competencies:
        own, others = profile.shown(competency, SELF), profile.shown(competency, OTHERS)
        label = competency_label(context, competency)
        first = others.number if others else None
        second = own.number if own else None
        if first is None and second is None:
            continue
        rows.append(
            GapRow(
                label,
                first,
                second,
                value_text(context, others) if others else "",
                value_text(context, own) if own else "",
            )
        )
        facts.append(
            f"{label}: {value_text(context, others) if others else '–'} / {value_text(context, own) if own else '–'}"
        )
    if not rows:
        return None
    first_name, second_name = group_label(context, OTHERS), group_label(context, SELF)
    return Chart(
        svg=gap_svg(
            rows, first=first_name, second=second_name, locale=context.f.locale, limits=(profile.scale[0] - 0.3, profile.scale[1] + 0.3),
            axis=t("Mean, scale {low}–{high}", low=str(profile.scale[0]), high=str(profile.scale[1])),
        ),
        title=t("Your own view and the others'"),
        description=f"{first_name} / {second_name}: {'; '.join(facts)}.",
    )  # fmt: skip


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


def agreement(profile: Profile) -> Section:
    """Make the raters' agreement where enough of them answered; none where nothing of it may be shown."""
    context, t = profile.context, profile.context.t
    if not _all_may_show(profile):
        return Section("agreement", ())
    rows, figures = [], []
    for competency in profile.competencies:
        for group in profile.groups:
            if (competency, group) not in profile.publication.spread:
                continue
            value = _rwg(profile, competency, group)
            if value is None:
                continue
            rows.append(
                (
                    competency_label(context, competency),
                    group_label(context, group),
                    context.f.number(value, 2),
                    _band(context, value),
                )
            )
            scope = {"competency": competency, "rater_group": group}
            n = cell.n if (cell := profile.shown(competency, group)) else 0
            figures.append(
                Figure("agreement_rwg", scope, Estimate(value=value, n=n, unit="share", method="rwg-uniform"))
            )
    if not rows:
        return Section("agreement", ())
    table = Table(
        t("Agreement within rater groups"),
        (t("Competency"), t("Group"), "r_wg", t("Agreement")),
        tuple(rows),
        frozenset({2}),
        t(
            "r_wg: 1 is full agreement, 0 what answers at random would give. Shown for groups of at least five raters only."
        ),
    )
    return Section("agreement", (table,), tuple(figures))


def _all_may_show(profile: Profile) -> bool:
    """Tell whether every group that is large enough may show its agreement.

    Agreement is withheld where raters gave the same answer. If only those were missing from the table, their absence
    would say so; then no agreement is shown at all.
    """
    large = [
        (competency, group)
        for competency in profile.competencies
        for group in profile.groups
        if group not in (SELF, OTHERS) and (cell := profile.shown(competency, group)) is not None and cell.n >= FEWEST
    ]
    return all(pair in profile.publication.spread for pair in large)


def _rwg(profile: Profile, competency: str, group: str) -> float | None:
    rows = in_wave(profile.frame, profile.publication.wave)
    chosen = [item for item, its in profile.items.items() if its == competency]
    rows = rows[rows["rater_group"].isin(group.split("+")) & rows["item"].isin(chosen)]
    wide = rows.pivot_table(index=["rater_group", "rater_id"], columns="item", values="score", aggfunc="first")
    low, high = profile.scale
    value = rwg_j(wide, scale=(low, high))
    return None if value is None else round(value, 2)


_BANDS = ((0.9, "very strong"), (0.7, "strong"), (0.5, "moderate"), (0.3, "weak"))


def _band(context: Context, value: float) -> str:
    t = context.t
    names = {"very strong": t("very strong"), "strong": t("strong"), "moderate": t("moderate"), "weak": t("weak")}
    return next((names[name] for limit, name in _BANDS if value > limit), t("no agreement"))


def items(profile: Profile) -> Section:
    """Make the item detail, competency by competency."""
    t, publication = profile.context.t, profile.publication
    tables: list[Block] = []
    for competency in (*profile.competencies, None):
        chosen = [item for item, its in profile.items.items() if its == competency]
        made = _item_table(profile, competency, chosen)
        tables += [made] if made is not None else []
    if not tables:
        return Section("items", ())
    figures, hidden = entries(publication.item_means, "item_mean", ("item", "rater_group"), publication.minimum_raters)
    note = Paragraph(
        t("Means of single questions rest on few answers. Read them as hints of what to ask about, not as grades.")
    )
    return Section("items", (note, *tables), tuple(figures), tuple(hidden))


def _item_table(profile: Profile, competency: str | None, chosen: Sequence[str]) -> Table | None:
    context, t, means = profile.context, profile.context.t, profile.publication.item_means
    rows = [
        (item, *(cell_text(context, means.get((item, group))) for group in profile.groups))
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


def talk(profile: Profile) -> Section:
    """Make the questions for going through the report with one's manager."""
    t = profile.context.t
    questions = (
        t("What do you recognise at once, and what surprises you?"),
        t("In which encounters does your strength show, and where could you use it more?"),
        t("Which gap between your view and the others' would you like to understand better, and whom could you ask?"),
        t("Which one thing will you do differently in your encounters during the next month?"),
        t("How will you notice that it works, and when will you look at it together?"),
    )
    return Section("talk", (Bullets(tuple(("", question) for question in questions), ordered=True),))
