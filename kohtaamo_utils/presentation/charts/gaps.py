"""Two views of the same thing on one line: staff and customers, oneself and others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.charts.legends import legend_of
from kohtaamo_utils.presentation.charts.look import HOUSE, Look
from kohtaamo_utils.presentation.charts.rows import rows_of, rule, write_rows
from kohtaamo_utils.presentation.charts.style import axis_height, canvas, name_axis, number_axis, to_svg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes


@dataclass(frozen=True)
class GapRow:
    """One line: the first and the second view, either may be missing; texts are written beside the marks."""

    label: str
    first: float | None
    second: float | None
    first_text: str = ""
    second_text: str = ""


def gap_svg(
    rows: Sequence[GapRow],
    *,
    first: str,
    second: str,
    axis: str,
    locale: str,
    look: Look = HOUSE,
    limits: tuple[float, float] | None = None,
) -> str:
    """Draw the distance between two views, first row on top.

    Parameters
    ----------
    rows
        What to draw.
    first, second
        Names of the views: circle and square.
    axis
        What the number is.
    locale
        Babel locale of the axis's numbers.
    look
        The chart's colours.
    limits
        Ends of the axis.
    """
    laid, legend = rows_of([row.label for row in rows]), legend_of([first, second])
    with canvas(look, axis_height(axis) + laid.height + legend.height) as (figure, axes):
        for place, row in zip(laid.places, rows, strict=True):
            _draw(axes, look, place, row)
        axes.plot([], [], "o", color=look.primary, label=legend.labels[0])
        axes.plot([], [], "s", color=look.contrast, label=legend.labels[1])
        axes.margins(x=0.16)
        if limits is not None:
            axes.set_xlim(*limits)
        name_axis(axes, axis)
        number_axis(axes, locale)
        rule(axes, laid, look)
        write_rows(axes, laid, look)
        legend.draw(figure)
        return to_svg(figure)


def _draw(axes: Axes, look: Look, position: float, row: GapRow) -> None:
    if row.first is not None and row.second is not None:
        axes.hlines(position, row.first, row.second, color=look.grid, linewidth=4, zorder=1)
    first_right = row.first is not None and (row.second is None or row.first >= row.second)
    for value, text, mark, colour, right in (
        (row.first, row.first_text, "o", look.primary, first_right),
        (row.second, row.second_text, "s", look.contrast, not first_right),
    ):
        if value is None:
            continue
        axes.plot(value, position, mark, color=colour, markersize=6.5, zorder=2, clip_on=False)
        axes.annotate(
            text, (value, position), xytext=(7 if right else -7, 0), textcoords="offset points",
            ha="left" if right else "right", va="center", fontsize=8, color=look.ink,
        )  # fmt: skip
