"""How often and how well: a bar of volume and a dot of quality with its interval on the same line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.charts.intervals import draw_estimate
from kohtaamo_utils.presentation.charts.look import HOUSE, Look
from kohtaamo_utils.presentation.charts.style import canvas, number_axis, row_labels, to_svg, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from kohtaamo_utils.presentation.charts.intervals import IntervalRow


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
    with canvas(look, 0.75 + 0.42 * len(rows)) as (figure, axes):
        figure.delaxes(axes)
        left, right = figure.subplots(1, 2, width_ratios=(0.8, 1.2))
        for position, row in zip(range(len(rows) - 1, -1, -1), rows, strict=True):
            _volume(left, position, row, look)
            draw_estimate(right, position, row.quality, look)
        row_labels(left, [row.quality.label for row in rows])
        right.set_yticks(range(len(rows)), [""] * len(rows))
        for part in (left, right):
            part.set_ylim(-0.6, len(rows) - 0.35)
        left.set_xlim(0, 1.45 * max(row.volume for row in rows) or 1)
        left.set_xticks([])
        left.set_xlabel(wrapped(volume_axis, 16))
        right.set_xlabel(quality_axis)
        right.margins(x=0.12)
        number_axis(right, locale)
        return to_svg(figure)


def _volume(axes: Axes, position: int, row: VolumeRow, look: Look) -> None:
    axes.barh(position, row.volume, height=0.5, color=look.fills[1])
    axes.annotate(
        row.volume_text, (row.volume, position), xytext=(3, 0), textcoords="offset points", va="center", fontsize=8,
        color=look.ink,
    )  # fmt: skip
