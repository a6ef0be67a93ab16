"""Customers' main measure by month, with limits, so that noise is not called a change."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from kohtaamo_utils.measures.control_charts import xmr
from kohtaamo_utils.presentation.blocks import Block, Chart, Fold, Paragraph, Table
from kohtaamo_utils.presentation.charts import TrendPoint, trend_svg
from kohtaamo_utils.presentation.section import Section
from kohtaamo_utils.reports.compare import scaled
from kohtaamo_utils.reports.current_state.headline import main_measure, short
from kohtaamo_utils.reports.phrases import value_with_interval

if TYPE_CHECKING:
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.survey import Cell, Survey

FEWEST_FOR_LIMITS = 6
"""Months from which control limits are drawn; fewer give limits that mean little."""


def trend(context: Context, survey: Survey) -> Section:
    """Make the monthly trend; none with fewer than three months that may be shown."""
    measure = main_measure(survey)
    cells = survey.by(measure, "customer", "month") if measure is not None and survey.has_months else ()
    if measure is None or len(cells) < 3:
        return Section("trend", (), (), tuple(survey.hidden))
    values = [scaled(cell.estimate.value or 0.0, cell.estimate.unit) for cell in cells]
    limits, signals = _limits(values)
    finding = _finding(context, cells, signals, tested=limits is not None)
    t = context.t
    rows = tuple(
        (_month(context, cell), value_with_interval(context, cell.estimate), context.f.integer(cell.estimate.n))
        for cell in cells
    )
    table = Table(
        caption=t("{measure} by month", measure=short(context, measure)),
        columns=(t("Month"), short(context, measure), "n"),
        rows=rows,
        numeric=frozenset({1, 2}),
    )
    level = sum(values) / len(values)
    level_text = t(
        "mean of the months {value}",
        value=context.f.in_unit(level / scaled(1.0, cells[0].estimate.unit), cells[0].estimate.unit),
    )
    points = [_point(context, cell, position in signals) for position, cell in enumerate(cells)]
    chart = Chart(
        svg=trend_svg(
            points, axis=t(measure.axis) + (", %" if measure.kind == "share" else ""), locale=context.f.locale, level=level,
            level_text=level_text, limits=limits,
        ),
        title=finding,
        description=t("{measure} by month: {facts}.", measure=short(context, measure), facts="; ".join(f"{row[0]}: {row[1]}" for row in rows)),
        table=table,
    )  # fmt: skip
    blocks: tuple[Block, ...] = (chart, _note(context)) if limits is not None else (chart,)
    return Section("trend", blocks, (), tuple(survey.hidden))


def _limits(values: list[float]) -> tuple[tuple[float, float] | None, set[int]]:
    if len(values) < FEWEST_FOR_LIMITS:
        return None, set()
    chart = xmr(values)
    return (chart.lower, chart.upper), set(chart.signalled)


def _finding(context: Context, cells: tuple[Cell, ...], signals: set[int], *, tested: bool) -> str:
    if not tested:
        return context.t("There are too few months to tell a change from noise.")
    if not signals:
        return context.t("The months vary no more than chance lets them: there is no trend to report.")
    months = ", ".join(_month(context, cells[position]) for position in sorted(signals))
    return context.t("Months that stand out of the usual variation: {months}.", months=months)


def _month(context: Context, cell: Cell) -> str:
    return context.f.month(dt.date.fromisoformat(f"{cell.category}-01"))


def _point(context: Context, cell: Cell, signal: bool) -> TrendPoint:
    estimate = cell.estimate
    low = None if estimate.low is None else scaled(estimate.low, estimate.unit)
    high = None if estimate.high is None else scaled(estimate.high, estimate.unit)
    return TrendPoint(_month(context, cell), scaled(estimate.value or 0.0, estimate.unit), low, high, signal)


def _note(context: Context) -> Fold:
    text = context.t(
        "Vertical lines are each month's 95% interval. Dotted lines are control limits (XmR): a single month outside them, or a long run on one side of the mean, is a signal; anything else is ordinary variation."
    )
    return Fold(context.t("How is a change told from noise?"), (Paragraph(text),))
