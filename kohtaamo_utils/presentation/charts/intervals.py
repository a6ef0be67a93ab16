"""Dots with their confidence intervals, one row a category: the house's main chart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.charts.legends import Legend, legend_of
from kohtaamo_utils.presentation.charts.look import HOUSE, Look
from kohtaamo_utils.presentation.charts.rows import rows_of, rule, write_rows
from kohtaamo_utils.presentation.charts.style import axis_height, canvas, name_axis, number_axis, to_svg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes


@dataclass(frozen=True)
class IntervalRow:
    """One category's dot.

    Parameters
    ----------
    label
        Category, and its n if it should show.
    value, low, high
        Estimate and limits; without limits only the dot is drawn.
    text
        The value as the reader sees it, written at the right end of the label's line.
    stands_out
        Whether the row is drawn in the contrast colour and a diamond.
    """

    label: str
    value: float
    text: str
    low: float | None = None
    high: float | None = None
    stands_out: bool = False


def interval_svg(
    rows: Sequence[IntervalRow],
    *,
    axis: str,
    locale: str,
    look: Look = HOUSE,
    limits: tuple[float, float] | None = None,
    reference: tuple[float, str] | None = None,
    marked: str = "",
) -> str:
    """Draw estimates with intervals, first row on top.

    Parameters
    ----------
    rows
        What to draw, top first.
    axis
        What the number is, with its unit.
    locale
        Babel locale of the axis's numbers.
    look
        The chart's colours.
    limits
        Ends of the axis; by default as the data need.
    reference
        A value to compare with, and its label.
    marked
        What it means that a row stands out, for the legend.
    """
    laid = rows_of([row.label for row in rows], [row.text for row in rows])
    legend = _legend_for(rows, marked, reference[1] if reference else "")
    with canvas(look, axis_height(axis) + laid.height + (legend.height if legend else 0)) as (figure, axes):
        for place, row in zip(laid.places, rows, strict=True):
            draw_estimate(axes, place, row, look)
        if legend is not None and _marked_in(rows, marked):
            _name_mark(axes, legend.labels[0], look)
        if reference is not None:
            axes.set_xlim(*_with(axes.get_xlim(), reference[0]))
        if limits is not None:
            axes.set_xlim(*limits)
        name_axis(axes, axis)
        number_axis(axes, locale)
        rule(axes, laid, look)
        if reference is not None and legend is not None:
            dashed = {"color": look.muted, "linewidth": 1.2, "linestyle": (0, (2.5, 1.5)), "label": legend.labels[-1]}
            rule(axes, laid, look, at=[reference[0]], **dashed)
        if legend is not None:
            legend.draw(figure)
        write_rows(axes, laid, look)
        return to_svg(figure)


def _marked_in(rows: Sequence[IntervalRow], marked: str) -> bool:
    """Tell whether a row stands out, and it can be said what that means."""
    return bool(marked) and any(row.stands_out for row in rows)


def _legend_for(rows: Sequence[IntervalRow], marked: str, reference: str = "") -> Legend | None:
    """Return the legend of what stands out and of the value that is compared with; None where there is neither."""
    labels = [marked] * _marked_in(rows, marked) + [reference] * bool(reference)
    return legend_of(labels) if labels else None


def _name_mark(axes: Axes, label: str, look: Look) -> None:
    """Let the legend name the mark of rows that stand out."""
    axes.plot([], [], "D", color=look.contrast, markersize=6, label=label)


def _with(limits: tuple[float, float], value: float) -> tuple[float, float]:
    return min(limits[0], value), max(limits[1], value)


def draw_estimate(axes: Axes, place: float, row: IntervalRow, look: Look) -> None:
    """Draw a value with its interval on a line of a chart."""
    colour = look.contrast if row.stands_out else look.primary
    if row.low is not None and row.high is not None:
        axes.hlines(place, row.low, row.high, color=colour, linewidth=2.2, alpha=0.45)
    axes.plot(row.value, place, "D" if row.stands_out else "o", color=colour, markersize=6, clip_on=False)
