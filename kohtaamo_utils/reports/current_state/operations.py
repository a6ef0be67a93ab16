"""Operational figures beside the felt ones: their mean over the months, the latest month, and signals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.measures.control_charts import xmr
from kohtaamo_utils.measures.estimate import Estimate
from kohtaamo_utils.presentation.blocks import Block, Paragraph, Table
from kohtaamo_utils.presentation.section import Figure, Section
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.answers import within
from kohtaamo_utils.reports.current_state.share_trend import FEWEST_FOR_LIMITS

if TYPE_CHECKING:
    import pandas as pd

    from kohtaamo_utils.reports.context import Context


_PLAIN_MEANS = N_(
    "Where a month has figures of several touchpoints or units and none of the whole, it is their plain mean: how many cases each had is not known here."
)


def operations(context: Context) -> Section:
    """Make the section on operational figures; none without them in the period."""
    table = context.dataset.tables.get("operations")
    frame = None if table is None else within(table, "month", context.period)
    if frame is None or frame.empty:
        return Section("operations", ())
    figures, rows = [], []
    for measure, part in sorted(frame.groupby("measure"), key=lambda pair: str(pair[0])):
        name = str(measure)
        series = series_of(part)
        figures.append(Figure("operations", {"measure": name}, _mean(series)))
        figures += _part_figures(name, part)
        rows.append(_row(context, name, part, series))
    t = context.t
    caption = Table(
        caption=t("Operational figures by month"),
        columns=(t("Measure"), t("Mean"), t("Lowest"), t("Highest"), t("Latest month"), t("Better when"), t("Change")),
        rows=tuple(rows),
        numeric=frozenset({1, 2, 3, 4}),
        note=t(_PLAIN_MEANS) if any(_in_parts(part) for _, part in frame.groupby("measure")) else "",
    )
    blocks: tuple[Block, ...] = (
        caption,
        Paragraph(
            t(
                "Operational figures tell what happened; the surveys tell how it felt. Neither explains the other by itself."
            )
        ),
    )
    return Section("operations", blocks, tuple(figures))


def _in_parts(part: pd.DataFrame) -> bool:
    """Tell whether a month has several values, of units or touchpoints, and none of the whole."""
    whole = part
    for column in ("unit", "touchpoint"):
        blank = whole[whole[column].isna()] if column in whole.columns else whole.iloc[:0]
        whole = blank if set(blank["month"]) == set(whole["month"]) else whole
    return bool(whole["month"].duplicated().any())


def _mean(series: pd.Series) -> Estimate:
    return Estimate(value=float(series.mean()), n=len(series), unit="number")


def series_of(part: pd.DataFrame) -> pd.Series:
    """Return the measure by month for the whole: rows without unit and touchpoint where each month has one, else means."""
    whole = part
    for column in ("unit", "touchpoint"):
        blank = whole[whole[column].isna()] if column in whole.columns else whole.iloc[:0]
        if set(blank["month"]) == set(whole["month"]):
            whole = blank
    return whole.groupby("month")["value"].mean().sort_index()


def _part_figures(name: str, part: pd.DataFrame) -> list[Figure]:
    figures = []
    for column in ("unit", "touchpoint"):
        if column not in part.columns:
            continue
        for category, rows in part.groupby(column):
            figures.append(
                Figure(
                    "operations", {"measure": name, column: str(category)}, _mean(rows.groupby("month")["value"].mean())
                )
            )
    return figures


def _row(context: Context, name: str, part: pd.DataFrame, series: pd.Series) -> tuple[str, ...]:
    decimals = decimals_of(series)
    texts = [
        context.f.number(float(value), decimals)
        for value in (series.mean(), series.min(), series.max(), series.iloc[-1])
    ]
    return (name, *texts, _direction(context, part), _change(context, series))


def decimals_of(series: pd.Series) -> int:
    """Return as many decimals as tell the months apart: none for large numbers, three for small shares."""
    size = float(series.abs().max())
    return next((decimals for limit, decimals in ((100, 0), (10, 1), (1, 2)) if size >= limit), 3)


def _direction(context: Context, part: pd.DataFrame) -> str:
    if "higher_is_better" not in part.columns or part["higher_is_better"].dropna().empty:
        return context.f.number(None)
    return context.t("higher") if bool(part["higher_is_better"].dropna().iloc[0]) else context.t("lower")


def _change(context: Context, series: pd.Series) -> str:
    if len(series) < FEWEST_FOR_LIMITS:
        return context.t("too few months to tell")
    if xmr(series.tolist()).signals:
        return context.t("some months stand out")
    return context.t("ordinary variation")
