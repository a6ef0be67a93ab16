"""What customers say of the same in the survey: beside the group's means, and unit by unit where there are enough."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

import pandas as pd

from kohtaamo_utils.measures.correlation import rank_correlation
from kohtaamo_utils.measures.estimate import Estimate
from kohtaamo_utils.measures.means import t_of
from kohtaamo_utils.presentation.blocks import Block, Paragraph, Table
from kohtaamo_utils.presentation.section import Figure, Section
from kohtaamo_utils.reports.catalogue import HEARD, element
from kohtaamo_utils.reports.current_state.surveyed import survey_in
from kohtaamo_utils.reports.review_360.cells import competency_label, value_text
from kohtaamo_utils.reports.review_360.group.profile import FEWEST, GroupProfile
from kohtaamo_utils.reports.review_360.profile import OTHERS
from kohtaamo_utils.tables import ELEMENTS

if TYPE_CHECKING:
    from kohtaamo_utils.disclosure.publication import Shown
    from kohtaamo_utils.reports.survey import Survey

CUSTOMER = "customer"
SURVEY_SCALE = (1, 5)
UNITS = 5
"""Fewest units of a correlation, each with at least five reviewees."""


def customers(group: GroupProfile) -> Section:
    """Make the comparison with the survey; none without a survey, on another scale, or without an element in common."""
    frame = group.context.dataset.tables.get("survey")
    if frame is None or group.scale != SURVEY_SCALE:
        return Section("customers", ())
    survey = survey_in(group.context.engagement, frame)
    found = {
        name: estimate
        for name in ELEMENTS
        if name in group.competencies and (estimate := survey.whole(element(name), CUSTOMER, "experienced")) is not None
    }
    if not found:
        return Section("customers", ())
    printed = {name: _as_printed(estimate) for name, estimate in found.items()}
    figures = [
        Figure("element_mean", {"respondent_group": CUSTOMER, "element": name}, estimate)
        for name, estimate in printed.items()
    ]
    blocks, more = _units(group, survey)
    return Section("customers", (_intro(group), _table(group, printed), *blocks), (*figures, *more))


def _intro(group: GroupProfile) -> Paragraph:
    return Paragraph(
        group.context.t(
            "Here the same elements stand side by side as customers rate them in the survey and as others rate the reviewees. They are different questions: the survey asks of one encounter with anybody, the 360 review of people. A difference between the columns is therefore no finding; that one element is the weakest in both is worth talking about."
        )
    )


def _as_printed(estimate: Estimate) -> Estimate:
    """Return a survey's mean with one decimal, as the 360 review prints."""
    value, low, high = (
        None if part is None else round(part, 1) for part in (estimate.value, estimate.low, estimate.high)
    )
    return Estimate(value=value, n=estimate.n, low=low, high=high, unit=estimate.unit, method=estimate.method)


def _table(group: GroupProfile, found: dict[str, Estimate]) -> Table:
    context, t, f = group.context, group.context.t, group.context.f
    rows = [
        (
            competency_label(context, name),
            _cell(f.number(estimate.value, 1), (estimate.low, estimate.high), estimate.n, group),
            _mean(group, name, CUSTOMER),
            _mean(group, name, OTHERS),
        )
        for name, estimate in found.items()
    ]
    return Table(
        t("The same elements in the survey and in the 360 review"),
        (t("Element"), t("Customers in the survey"), t("Customers as raters"), t("All others")),
        tuple(rows),
        frozenset({1, 2, 3}),
        t(
            "Scale 1–5. In brackets the 95% interval, and the number of answers or reviewees. Intervals of the reviewees' means are given where their standard deviation is told as a number."
        ),
    )


def _mean(group: GroupProfile, competency: str, name: str) -> str:
    """Return a mean over reviewees with the interval that its printed figures give."""
    cell = group.shown(competency, name)
    if cell is None:
        return group.context.f.number(None)
    return _cell(value_text(group.context, cell), interval(group, cell, competency, name), cell.n, group)


def interval(group: GroupProfile, cell: Shown, competency: str, name: str) -> tuple[float | None, float | None]:
    """Return the 95% interval of a mean over reviewees, from the printed mean and deviation and from nothing finer."""
    spread = group.spread(competency, name)
    if cell.number is None or spread is None or spread.number is None:
        return None, None
    reach = t_of(0.95, spread.n - 1) * spread.number / sqrt(spread.n)
    return max(cell.number - reach, float(group.scale[0])), min(cell.number + reach, float(group.scale[1]))


def _cell(value: str, limits: tuple[float | None, float | None], n: int, group: GroupProfile) -> str:
    f = group.context.f
    within = "" if limits[0] is None else f"{f.number(limits[0], 1)}…{f.number(limits[1], 1)}; "
    return f"{value} ({within}n = {f.integer(n)})"


def _units(group: GroupProfile, survey: Survey) -> tuple[list[Block], list[Figure]]:
    """Tell whether units where others rate higher have customers who feel more heard; nothing of a single unit."""
    t, f = group.context.t, group.context.f
    means = unit_means(group)
    if means is None:
        return [], []
    cells = {str(cell.category): cell.estimate.value for cell in survey.by(HEARD, CUSTOMER, "unit")}
    both = [unit for unit in means.index if unit in cells]
    if len(both) < UNITS:
        text = t(
            "Whether units where others rate higher also have customers who feel more heard cannot be told: it would take at least five units with at least five reviewees each, and enough answers from customers."
        )
        return [Paragraph(text)], []
    found = rank_correlation(means[both].tolist(), [cells[unit] for unit in both])
    if found.value is None:
        return [], []
    low, high = (None if part is None else round(part, 2) for part in (found.low, found.high))
    value = round(found.value, 2)
    estimate = Estimate(value=value, n=found.n, low=low, high=high, unit=found.unit, method=found.method)
    limits = "" if low is None else f" ({f.number(low, 2)}…{f.number(high, 2)})"
    table = Table(
        t("Others' ratings and customers' experience, unit by unit"),
        (t("Measure"), t("Rank correlation"), t("Units")),
        ((t(HEARD.label), f"{f.number(value, 2)}{limits}", f.integer(found.n)),),
        frozenset({1, 2}),
        t(
            "1: the same order of the units in both, −1: the opposite order, 0: no relation. In brackets the 95% interval."
        ),
    )
    return [Paragraph(_said(group, low, high)), table], [
        Figure("unit_correlation", {"measure": HEARD.figure}, estimate)
    ]


def unit_means(group: GroupProfile) -> pd.Series | None:
    """Return the mean of the others over competencies and reviewees of each unit that has five reviewees.

    None without units. A reviewee of several units, or without a mean of the others, is in none.
    """
    if "unit" not in group.frame.columns:
        return None
    pairs = group.frame[["reviewee_id", "unit"]].dropna().drop_duplicates()
    pairs = pairs[~pairs["reviewee_id"].duplicated(keep=False)]
    if pairs.empty:
        return None
    named = dict(zip(pairs["reviewee_id"], pairs["unit"], strict=True))
    rows = pd.DataFrame(
        {
            "level": group.printed(OTHERS).mean(axis="columns"),
            "unit": [named.get(review.reviewee_id) for review in group.reviews],
        }
    ).dropna()
    found = rows.groupby("unit", sort=True)["level"].agg(["mean", "count"])
    return found.loc[found["count"] >= FEWEST, "mean"]


def _said(group: GroupProfile, low: float | None, high: float | None) -> str:
    t = group.context.t
    if low is not None and low > 0:
        return t(
            "Units where others rate higher have customers who feel more heard. That is no proof that the one brings the other."
        )
    if high is not None and high < 0:
        return t(
            "Units where others rate higher have customers who feel less heard. That is no proof that the one brings the other."
        )
    return t(
        "Whether units where others rate higher have customers who feel more heard cannot be told from so few units."
    )
