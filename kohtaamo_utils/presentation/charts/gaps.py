"""Two views of the same thing on one line: staff and customers, oneself and others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.charts.look import HOUSE, Look
from kohtaamo_utils.presentation.charts.style import (
    LEGEND,
    canvas,
    number_axis,
    row_labels,
    to_svg,
    wrapped,
)

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
    with canvas(look, 0.95 + 0.36 * len(rows)) as (figure, axes):
        positions = range(len(rows) - 1, -1, -1)
        for position, row in zip(positions, rows, strict=True):
            _draw(axes, look, position, row)
        axes.plot([], [], "o", color=look.primary, label=wrapped(first, LEGEND))
        axes.plot([], [], "s", color=look.contrast, label=wrapped(second, LEGEND))
        row_labels(axes, [row.label for row in rows])
        axes.margins(x=0.16)
        axes.set_ylim(-0.6, len(rows) - 0.35)
        if limits is not None:
            axes.set_xlim(*limits)
        axes.set_xlabel(axis)
        number_axis(axes, locale)
        figure.legend(
            loc="outside upper left", ncols=2, frameon=False, fontsize=8, handletextpad=0.3, columnspacing=1.4
        )
        return to_svg(figure)


def _draw(axes: Axes, look: Look, position: int, row: GapRow) -> None:
    if row.first is not None and row.second is not None:
        axes.hlines(position, row.first, row.second, color=look.grid, linewidth=4, zorder=1)
    first_right = row.first is not None and (row.second is None or row.first >= row.second)
    for value, text, mark, colour, right in (
        (row.first, row.first_text, "o", look.primary, first_right),
        (row.second, row.second_text, "s", look.contrast, not first_right),
    ):
        if value is None:
            continue
        axes.plot(value, position, mark, color=colour, markersize=6.5, zorder=2)
        axes.annotate(
            text, (value, position), xytext=(7 if right else -7, 0), textcoords="offset points",
            ha="left" if right else "right", va="center", fontsize=8, color=look.ink,
        )  # fmt: skip
