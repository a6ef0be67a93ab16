"""The share of satisfied customers by month on a chart whose limits follow each month's number of answers."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from kohtaamo_utils.measures.control_charts import p_chart
from kohtaamo_utils.presentation.blocks import Block, Chart, Fold, Paragraph, Table
from kohtaamo_utils.presentation.charts import trend_svg
from kohtaamo_utils.reports.catalogue import CSAT
from kohtaamo_utils.reports.current_state.headline import short
from kohtaamo_utils.reports.drawing import drawn, trend_point
from kohtaamo_utils.reports.phrases import value_with_interval

if TYPE_CHECKING:
    from kohtaamo_utils.measures.control_charts import PChart
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.survey import Cell, Survey

FEWEST_FOR_LIMITS = 6
"""Months from which control limits are drawn; fewer give limits that mean little."""


def share_chart(context: Context, survey: Survey) -> tuple[Block, ...]:
    """Return the p-chart of satisfied customers; nothing with few months, and nothing where answers are weighted.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    survey
        The answers of the period.
    """
    if "customer" not in survey.groups or survey.weights(survey.rows_for(CSAT, "customer")) is not None:
        return ()
    cells = survey.by(CSAT, "customer", "month")
    if len(cells) < FEWEST_FOR_LIMITS:
        return ()
    counts = [cell.estimate.n for cell in cells]
    satisfied = [round((cell.estimate.value or 0.0) * n) for cell, n in zip(cells, counts, strict=True)]
    found = p_chart(satisfied, counts)
    if not 0 < found.center < 1:
        return ()
    return (_chart(context, cells, found), _note(context))


def month_text(context: Context, cell: Cell) -> str:
    """Return a cell's month as the reader sees it."""
    return context.f.month(dt.date.fromisoformat(f"{cell.category}-01"))


def _chart(context: Context, cells: tuple[Cell, ...], found: PChart) -> Chart:
    t, f = context.t, context.f
    out = {signal.index for signal in found.signals}
    limits = list(zip(found.lower, found.upper, strict=True))
    rows = [
        (
            month_text(context, cell),
            value_with_interval(context, cell.estimate),
            f.integer(cell.estimate.n),
            f.interval(replace(cell.estimate, low=low, high=high)),
        )
        for cell, (low, high) in zip(cells, limits, strict=True)
    ]
    facts = "; ".join(f"{row[0]}: {row[1]}, {t('n = {n}', n=row[2])}, {row[3]}" for row in rows)
    return Chart(
        svg=trend_svg(
            [trend_point(month_text(context, cell), cell.estimate, signal=place in out) for place, cell in enumerate(cells)],
            axis=t(CSAT.axis) + ", %",
            locale=f.locale, look=context.look,
            level=drawn(found.center, "share"),
            level_text=t("all {value}", value=f.percent(found.center)),
            bands=[(drawn(low, "share"), drawn(high, "share")) for low, high in limits],
        ),
        title=_finding(context, cells, sorted(out)),
        description=t("{measure} by month, with interval, n and control limits: {facts}.", measure=short(context, CSAT), facts=facts),
        table=Table(
            caption=t("{measure} by month", measure=short(context, CSAT)),
            columns=(t("Month"), short(context, CSAT), "n", t("Control limits")),
            rows=tuple(rows),
            numeric=frozenset({1, 2, 3}),
        ),
    )  # fmt: skip


def _finding(context: Context, cells: tuple[Cell, ...], out: list[int]) -> str:
    if not out:
        return context.t("The share of satisfied customers varies from month to month no more than chance lets it.")
    months = ", ".join(month_text(context, cells[place]) for place in out)
    return context.t("Months whose share of satisfied customers is outside its limits: {months}.", months=months)


def _note(context: Context) -> Fold:
    return Fold(
        context.t("Why do the limits differ from month to month?"),
        (
            Paragraph(
                context.t(
                    "A share of few answers varies more by chance. Each month's limits are three standard errors of the whole period's share at that month's number of answers (p-chart); a month outside them is a signal."
                )
            ),
        ),
    )
