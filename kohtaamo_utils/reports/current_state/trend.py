"""Customers' main measure by month, with limits, so that noise is not called a change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.measures.control_charts import xmr
from kohtaamo_utils.presentation.blocks import Block, Chart, Fold, Paragraph, Table
from kohtaamo_utils.presentation.charts import trend_svg
from kohtaamo_utils.presentation.section import Section
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.current_state.headline import main_measure, short
from kohtaamo_utils.reports.current_state.share_trend import FEWEST_FOR_LIMITS, month_text, share_chart
from kohtaamo_utils.reports.drawing import drawn, trend_point
from kohtaamo_utils.reports.phrases import value_with_interval

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kohtaamo_utils.reports.catalogue import Measure
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.survey import Cell, Survey


def trend(context: Context, survey: Survey) -> Section:
    """Make the monthly trend; none with fewer than three months that may be shown."""
    made = _main(context, survey)
    blocks = (*made, *share_chart(context, survey)) if made else ()
    return Section("trend", blocks, (), tuple(survey.hidden))


def _main(context: Context, survey: Survey) -> tuple[Block, ...]:
    measure = main_measure(survey)
    cells = survey.by(measure, "customer", "month") if measure is not None and survey.has_months else ()
    return monthly(context, measure, cells)


def monthly(context: Context, measure: Measure | None, cells: tuple[Cell, ...]) -> tuple[Block, ...]:
    """Return a measure's months as a chart with its finding; nothing with fewer than three months.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    measure
        What the cells are of.
    cells
        A cell a month, in order.
    """
    if measure is None or len(cells) < 3:
        return ()
    values, unit = [cell.estimate.value or 0.0 for cell in cells], cells[0].estimate.unit
    signals = _signals(values)
    finding = _finding(context, cells, signals)
    t = context.t
    rows = tuple(
        (month_text(context, cell), value_with_interval(context, cell.estimate), context.f.integer(cell.estimate.n))
        for cell in cells
    )
    table = Table(
        caption=t("{measure} by month", measure=short(context, measure)),
        columns=(t("Month"), short(context, measure), "n"),
        rows=rows,
        numeric=frozenset({1, 2}),
    )
    level = sum(values) / len(values)
    level_text = t("mean of the months {value}", value=context.f.in_unit(level, unit))
    points = [
        trend_point(month_text(context, cell), cell.estimate, signal=position in signals.months)
        for position, cell in enumerate(cells)
    ]
    chart = Chart(
        svg=trend_svg(
            points, axis=t(measure.axis) + (", %" if measure.kind == "share" else ""), locale=context.f.locale, look=context.look, level=drawn(level, unit),
            level_text=level_text, limits=signals.drawn(unit),
        ),
        title=finding,
        description=t("{measure} by month: {facts}.", measure=short(context, measure), facts="; ".join(f"{row[0]}: {row[1]}" for row in rows)),
        table=table,
    )  # fmt: skip
    return (chart, _note(context)) if signals.limits is not None else (chart,)


@dataclass(frozen=True)
class _Signals:
    """Control limits, and the months that a reader is shown: those outside, or else those of a run."""

    limits: tuple[float, float] | None = None
    months: frozenset[int] = frozenset()
    alone: bool = True
    above: frozenset[int] = frozenset()
    """All months above the mean."""

    def drawn(self, unit: str) -> tuple[float, float] | None:
        """Return the limits as the chart has them."""
        return None if self.limits is None else (drawn(self.limits[0], unit), drawn(self.limits[1], unit))


def _signals(values: list[float]) -> _Signals:
    """Find the months that stand out.

    One month far off drags the mean, so that the others lie in a run on its other side: a run is told only where no
    month stands out alone.
    """
    if len(values) < FEWEST_FOR_LIMITS:
        return _Signals()
    chart = xmr(values)
    limits = chart.lower, chart.upper
    for rules in (("outside",), ("range",)):
        found = frozenset(signal.index for signal in chart.signals if signal.rule in rules)
        if found:
            return _Signals(limits, found)
    above = frozenset(place for place, value in enumerate(values) if value > chart.center)
    return _Signals(limits, frozenset(chart.signalled), alone=False, above=above)


def _finding(context: Context, cells: tuple[Cell, ...], signals: _Signals) -> str:
    if signals.limits is None:
        return context.t("There are too few months to tell a change from noise.")
    if not signals.months:
        return context.t(
            "No month and no run of months stands out from the usual variation: there is no change to report."
        )
    if signals.alone:
        months = _listed(context, cells, sorted(signals.months))
        return context.t("Months that stand out of the usual variation: {months}.", months=months)
    sides = {
        N_("Below the usual level for longer than chance explains: {months}."): sorted(signals.months - signals.above),
        N_("Above the usual level for longer than chance explains: {months}."): sorted(signals.months & signals.above),
    }
    told = [context.t(text, months=_listed(context, cells, months)) for text, months in sides.items() if months]
    return " ".join(told)


def _listed(context: Context, cells: tuple[Cell, ...], places: Sequence[int]) -> str:
    return ", ".join(month_text(context, cells[place]) for place in places)


def _note(context: Context) -> Fold:
    text = context.t(
        "Vertical lines are each month's 95% interval. Dotted lines are control limits (XmR): a single month outside them, or a long run on one side of the mean, is a signal; anything else is ordinary variation."
    )
    return Fold(context.t("How is a change told from noise?"), (Paragraph(text),))
