"""Small texts that all reports share: an estimate with its interval, a list, a table of estimates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.engagement.releases import day_of
from kohtaamo_utils.presentation.blocks import Card
from kohtaamo_utils.presentation.wording import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kohtaamo_utils.measures.estimate import Estimate
    from kohtaamo_utils.presentation.section import Section
    from kohtaamo_utils.reports.catalogue import Measure
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.survey import Survey

DIFFERS = {
    True: N_("better than the others"),
    False: N_("weaker than the others"),
    None: N_("no difference beyond chance"),
}
_PROTECTED = N_(
    "Figures are left out as well that would tell what single people answered: nearly all may have chosen the same end of the scale."
)
_STAFF_PROTECTED = N_(
    "Of staff, figures are left out as well that would tell what single people answered: nearly all may have chosen the same end of the scale."
)


def detail(context: Context, estimate: Estimate) -> str:
    """Return the interval and n of an estimate, e.g. ``95 %:n väli 12…31, n = 240``."""
    count = context.f.integer(estimate.n)
    if estimate.low is None:
        return context.t("n = {n}", n=count)
    return context.t("95% interval {interval}, n = {n}", interval=context.f.interval(estimate), n=count)


def card(context: Context, measure: Measure, estimate: Estimate, label: str = "") -> Card:
    """Return the headline card of a measure."""
    label = label or context.t(measure.label)
    if estimate.unit == "scale":
        ends = (context.f.integer(int(end)) for end in measure.limits)
        label = context.t("{measure}, on a scale of {scale}", measure=label, scale="–".join(ends))
    return Card(
        label=label,
        value=context.f.in_unit(estimate.value, estimate.unit),
        detail=detail(context, estimate),
        caveat=context.t(measure.caveat),
    )


AGAINST = "the items run against each other"
"""Reason of an alpha below 0 that is not told, as ``results.json`` gives it."""


def against_each_other(context: Context, names: Sequence[str]) -> str:
    """Say of which scales alpha lies below 0, what that means and what to look at; "" for none."""
    if not names:
        return ""
    return context.t(
        "No alpha is given for: {names}. It lies below 0 there, and is then no measure: the questions run against each other. See whether one of them is worded the other way round and was not turned, and whether they belong together at all.",
        names=listed(context, names),
    )


def listed(context: Context, items: Sequence[str]) -> str:
    """Return items as a list in running text: a, b and c."""
    if len(items) < 2:
        return "".join(items)
    return context.t("{items} and {last}", items=", ".join(items[:-1]), last=items[-1])


def first_of(context: Context, items: Sequence[str], most: int) -> str:
    """Return items as a list in running text, so many of them and how many more there are; one more is named, too."""
    if len(items) <= most + 1:
        return listed(context, items)
    return context.t("{names} and {n} more", names=", ".join(items[:most]), n=context.f.integer(len(items) - most))


def protection_note(context: Context, survey: Survey) -> str:
    """Return what is left out of the figures of people who could be told even where many answered; empty without such."""
    if not survey.protected & set(survey.groups):
        return ""
    everyone = survey.protected >= set(survey.groups) and "customer" in survey.groups
    return context.t(_PROTECTED if everyone else _STAFF_PROTECTED)


def interval_note(context: Context, sections: Mapping[str, Section]) -> str:
    """Return why a group's figure stands without its interval; empty where none of the sections has such a figure."""
    figures = [figure for section in sections.values() for figure in section.figures]
    asked = [figure.estimate for figure in figures if "respondent_group" in figure.scope]
    bare = any(estimate.method == "none" and estimate.unit != "count" for estimate in asked)
    return context.t("A figure has no interval where everybody may have answered alike.") if bare else ""


def dash_note(context: Context, rows: Sequence[tuple[str, ...]]) -> str:
    """Return what a dash means; empty where the rows of a table have none."""
    dashed = any(context.f.number(None) in row for row in rows)
    return context.t("A dash: not asked, or not shown.") if dashed else ""


def in_brackets(context: Context, text: str, estimates: Iterable[Estimate]) -> str:
    """Return a text of values with what the brackets in it hold, where any value has its interval.

    Parameters
    ----------
    context
        The reader's language.
    text
        Sentences in which the values stand as `value_with_interval` writes them.
    estimates
        The values.
    """
    bracketed = any(estimate.low is not None for estimate in estimates)
    return f"{text} {context.t('In brackets the 95% interval.')}" if bracketed else text


def late_note(context: Context, survey: Survey) -> str:
    """Return that answers are left out which would be told beside a released edition; empty where none are."""
    if not survey.late_since:
        return ""
    return context.t(
        "Answers that came since the edition approved on {date} are left out where they are fewer than {minimum}: beside that edition they would be told. They count as soon as there are enough.",
        date=context.f.date(day_of(survey.late_since)),
        minimum=context.f.integer(survey.minimum),
    )


def value_with_interval(context: Context, estimate: Estimate | None) -> str:
    """Return a table cell: value, interval and n; a dash where there is nothing."""
    if estimate is None or estimate.value is None:
        return context.f.number(None)
    value = context.f.in_unit(estimate.value, estimate.unit)
    return f"{value} ({context.f.interval(estimate)})" if estimate.low is not None else value
