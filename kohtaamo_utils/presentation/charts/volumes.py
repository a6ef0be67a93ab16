"""How often and how well: a bar of volume and a dot of quality with its interval on the same line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.charts.intervals import draw_estimate
from kohtaamo_utils.presentation.charts.letters import fitted
from kohtaamo_utils.presentation.charts.look import HOUSE, Look
from kohtaamo_utils.presentation.charts.rows import rows_of, rule, write_rows
from kohtaamo_utils.presentation.charts.style import axis_height, canvas, name_axis, number_axis, to_svg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from kohtaamo_utils.presentation.charts.intervals import IntervalRow

LEFT, RIGHT = 70.0, 108.0
"""Width in points of the two halves' names."""


@dataclass(frozen=True)
class VolumeRow:
    """One line: how often something happens, and how well."""

    volume: float
    volume_text: str
    quality: IntervalRow


def volume_svg(
    rows: Sequence[VolumeRow], *, volume_axis: str, quality_axis: str, locale: str, look: Look = HOUSE
) -> str:
    """Draw volume and quality side by side, first row on top.

    Parameters
    ----------
    rows
        What to draw; the quality's label names the line.
    volume_axis, quality_axis
        What the numbers are, with their units.
    locale
        Babel locale of the axes' numbers.
    look
        The chart's colours.
    """
    laid = rows_of([row.quality.label for row in rows], [row.quality.text for row in rows])
    below = max(axis_height(volume_axis, LEFT), axis_height(quality_axis, RIGHT))
    with canvas(look, below + laid.height) as (figure, axes):
        figure.delaxes(axes)
        left, right = figure.subplots(1, 2, width_ratios=(0.8, 1.2))
        for place, row in zip(laid.places, rows, strict=True):
            _volume(left, place, row, look)
            draw_estimate(right, place, row.quality, look)
        left.set_xlim(0, 1.45 * max(row.volume for row in rows) or 1)
        left.set_xticks([])
        left.set_xlabel("\n".join(fitted(volume_axis, LEFT)))
        right.margins(x=0.12)
        name_axis(right, quality_axis, RIGHT)
        number_axis(right, locale)
        rule(right, laid, look)
        right.set_ylim(0, laid.height)
        right.set_yticks([])
        write_rows(left, laid, look)
        return to_svg(figure)


def _volume(axes: Axes, position: float, row: VolumeRow, look: Look) -> None:
    axes.barh(position, row.volume, height=9, color=look.fills[1])
    axes.annotate(
        row.volume_text, (row.volume, position), xytext=(3, 0), textcoords="offset points", va="center", fontsize=8,
        color=look.ink,
    )  # fmt: skip
