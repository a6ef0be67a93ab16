"""Self against the others: quadrants and gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.publication import Shown
from kohtaamo_utils.measures.estimate import Estimate
from kohtaamo_utils.presentation.blocks import Block, Bullets, Callout, Chart, Fold, Paragraph, Table
from kohtaamo_utils.presentation.charts import IntervalRow, interval_svg
from kohtaamo_utils.presentation.section import Figure, Hidden, Section
from kohtaamo_utils.reports.phrases import listed
from kohtaamo_utils.reports.review_360.cells import competency_label, entry, exact, in_text
from kohtaamo_utils.reports.review_360.gap_intervals import gap_interval, stands_out
from kohtaamo_utils.reports.review_360.johari import QUADRANT_LABELS, Quadrant

if TYPE_CHECKING:
    from kohtaamo_utils.reports.review_360.profile import Profile

LENIENCY, SELF_MANAGER = 0.32, 0.22
"""Mean difference of self and supervisor in standard deviations (Western samples), and their correlation: Heidemeier & Moser (2009)."""


def self_and_others(profile: Profile) -> Section:
    """Make the quadrants and the gaps."""
    if not profile.publication.gaps:
        return Section("gaps", ())
    context, t = profile.context, profile.context.t
    figures, hidden = _figures(profile)
    if not any(profile.quadrants().values()):
        none = t("The others' means are not shown, so your own view cannot be compared with them.")
        return Section("gaps", (Callout(none),), figures, hidden)
    chart = _chart(profile)
    usual = t(
        "It is usual to rate oneself somewhat higher: in Western studies self-ratings are on average {difference} standard deviations above the manager's, and the two agree only weakly (correlation {correlation}; Heidemeier and Moser 2009).",
        difference=context.f.number(LENIENCY, 2),
        correlation=context.f.number(SELF_MANAGER, 2),
    )
    blocks: tuple[Block, ...] = (
        Bullets(_quadrants(profile)),
        *([chart] if chart else []),
        _table(profile),
        Callout(usual),
        Fold(t("How are the quadrants made?"), (Paragraph(quadrant_rule(profile)),)),
    )
    return Section("gaps", blocks, figures, hidden)


def quadrant_rule(profile: Profile) -> str:
    """Say by which numbers the quadrants are made."""
    context, rule = profile.context, profile.settings.johari
    return context.t(
        "Blind spot: your own score is at least {gap} above the others' mean. Hidden strength: it is at least {gap} below, and the others' mean is at least {cut}. The rest are known strengths when the others' mean is at least {cut}, and known development areas otherwise. The printed figures decide.",
        gap=exact(context, rule.gap),
        cut=exact(context, rule.cut(profile.scale)),
    )


def _quadrants(profile: Profile) -> tuple[tuple[str, str], ...]:
    context, t = profile.context, profile.context.t
    return tuple(
        (
            f"{t(QUADRANT_LABELS[place])}:",
            listed(context, [_name(profile, c, place) for c in names]) or t("no competency"),
        )
        for place, names in profile.quadrants().items()
    )


def _name(profile: Profile, competency: str, place: Quadrant) -> str:
    """Return a competency in its quadrant, with a remark where the gap that put it there is suggestive only."""
    name = in_text(profile.context, competency)
    if place not in ("blind_spot", "hidden_strength") or stands_out(profile, competency):
        return name
    return profile.context.t("{name} (suggestive)", name=name)


def _table(profile: Profile) -> Table:
    context, t, gaps = profile.context, profile.context.t, profile.publication.gaps
    caption = t("Self less all others, scale points")
    dash = context.f.number(None)
    numbers = {c: context.f.signed(cell.number, 1) if isinstance(cell, Shown) else dash for c, cell in gaps.items()}
    if not any(gap_interval(profile, c) for c in gaps):
        rows = tuple((competency_label(context, c), number) for c, number in numbers.items())
        note = t(
            "The gaps are suggestive: an interval is shown only where every rater group has at least five raters and none of their answers can be told from it. A gap is rounded once, from the unrounded means, so it may be a tenth off the difference of the printed ones. A dash: the others' mean is not printed as a number."
        )
        return Table(caption, (t("Competency"), t("Gap")), rows, frozenset({1}), note)
    cells = tuple(
        (competency_label(context, c), number, _limits(profile, c), _reading(profile, c))
        for c, number in numbers.items()
    )
    note = t(
        "The interval is that of the others' mean (Student's t); your own score is taken as it is. Suggestive: your own score lies inside the others' interval, or no interval may be shown. A gap is rounded once, from the unrounded means. A dash: not shown."
    )
    columns = t("Competency"), t("Gap"), t("95% interval"), t("Reading")
    return Table(caption, columns, cells, frozenset({1, 2}), note)


def _limits(profile: Profile, competency: str) -> str:
    """Return a gap's limits as text, or a dash."""
    f, limits = profile.context.f, gap_interval(profile, competency)
    return f"{f.signed(limits[0], 1)}…{f.signed(limits[1], 1)}" if limits else f.number(None)


def _reading(profile: Profile, competency: str) -> str:
    t = profile.context.t
    if not isinstance(profile.publication.gaps[competency], Shown):
        return profile.context.f.number(None)
    return t("beyond chance") if stands_out(profile, competency) else t("suggestive")


def _chart(profile: Profile) -> Chart | None:
    context, t = profile.context, profile.context.t
    rows, facts, ends = [], [], [1.0]
    for competency, cell in profile.publication.gaps.items():
        if not isinstance(cell, Shown) or cell.number is None:
            continue
        label, text = competency_label(context, competency), context.f.signed(cell.number, 1)
        limits = gap_interval(profile, competency)
        low, high = limits or (None, None)
        ends += [abs(end) for end in (cell.number, *(limits or ()))]
        rows.append(IntervalRow(label, cell.number, text, low, high, stands_out(profile, competency)))
        facts.append(f"{label}: {text} ({_limits(profile, competency)})" if limits else f"{label}: {text}")
    if not rows:
        return None
    end = max(ends) + 0.2
    return Chart(
        svg=interval_svg(
            rows,
            axis=t("Self less all others, scale points"),
            locale=context.f.locale,
            look=context.look,
            limits=(-end, end),
            reference=(0.0, t("no gap")),
            marked=t("beyond chance"),
        ),
        title=t("How far your own view is from the others'"),
        description=f"{t('Self less all others, scale points')}: {'; '.join(facts)}.",
    )


def _figures(profile: Profile) -> tuple[tuple[Figure, ...], tuple[Hidden, ...]]:
    figures, hidden = [], []
    for competency, cell in profile.publication.gaps.items():
        scope = {"competency": competency}
        made = entry(cell, "gap", scope, profile.publication.minimum_raters)
        limits = gap_interval(profile, competency)
        if isinstance(made, Hidden):
            hidden.append(made)
        elif limits is None:
            figures.append(made)
        else:
            value = made.estimate.value
            estimate = Estimate(value=value, n=made.estimate.n, low=limits[0], high=limits[1], unit="scale", method="t")
            figures.append(Figure("gap", scope, estimate))
    return tuple(figures), tuple(hidden)
