"""Dots with their confidence intervals, one row a category: the house's main chart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.charts.look import HOUSE, Look
from kohtaamo_utils.presentation.charts.style import (
    canvas,
    number_axis,
    row_labels,
    to_svg,
)

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
        The value as the reader sees it, written beside the dot.
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
    """
    with canvas(look, 0.62 + 0.37 * len(rows) + (0.16 if reference else 0)) as (figure, axes):
        positions = range(len(rows) - 1, -1, -1)
        for position, row in zip(positions, rows, strict=True):
            draw_estimate(axes, position, row, look)
        if reference is not None:
            axes.axvline(reference[0], color=look.muted, linewidth=1, linestyle=(0, (4, 3)))
            axes.annotate(
                reference[1],
                (reference[0], len(rows) - 0.35),
                ha="center",
                va="bottom",
                fontsize=8,
                color=look.muted,
                annotation_clip=False,
            )
        row_labels(axes, [row.label for row in rows])
        axes.set_ylim(-0.6, len(rows) - 0.35)
        if limits is not None:
            axes.set_xlim(*limits)
        axes.set_xlabel(axis)
        number_axis(axes, locale)
        return to_svg(figure)


def draw_estimate(axes: Axes, position: int, row: IntervalRow, look: Look) -> None:
    """Draw a value with its interval and its text on a line of a chart."""
    colour = look.contrast if row.stands_out else look.primary
    if row.low is not None and row.high is not None:
        axes.hlines(position, row.low, row.high, color=colour, linewidth=2.2, alpha=0.45)
    axes.plot(row.value, position, "D" if row.stands_out else "o", color=colour, markersize=6)
    axes.annotate(
        row.text, (row.value, position), xytext=(0, 6), textcoords="offset points", ha="center", fontsize=8,
        color=look.ink,
    )  # fmt: skip
