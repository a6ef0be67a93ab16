"""Shares as bars of three parts, each with the interval of its whole length: how many speak of a theme, and in which tone."""

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

HATCHES = ("", "", "////")
"""The last part is hatched, so that it can be told without colours."""
HEIGHT = 10.5
"""Of a bar, in points."""


@dataclass(frozen=True)
class ShareRow:
    """One bar.

    Parameters
    ----------
    label
        What it is of.
    parts
        Lengths of the three parts, in the axis's unit.
    low, high
        Limits of the whole length.
    text
        What is written at the right end of the label's line.
    """

    label: str
    parts: tuple[float, float, float]
    low: float
    high: float
    text: str


def shares_svg(
    rows: Sequence[ShareRow], *, names: tuple[str, str, str], axis: str, locale: str, look: Look = HOUSE
) -> str:
    """Draw bars of three parts with their intervals, first row on top.

    Parameters
    ----------
    rows
        What to draw.
    names
        What the parts are, for the legend.
    axis
        What the length is.
    locale
        Babel locale of the axis's numbers.
    look
        The chart's colours.
    """
    laid, legend = rows_of([row.label for row in rows], [row.text for row in rows]), legend_of(names)
    with canvas(look, axis_height(axis) + laid.height + legend.height) as (figure, axes):
        for place, row in zip(laid.places, rows, strict=True):
            _draw(axes, place, row, look)
        for name, colour, hatch in zip(legend.labels, _colours(look), HATCHES, strict=True):
            axes.bar([0], [0], color=colour, hatch=hatch, edgecolor=look.edge, linewidth=0, label=name)
        axes.set_xlim(0, max(row.high for row in rows) * 1.03)
        name_axis(axes, axis)
        number_axis(axes, locale)
        rule(axes, laid, look)
        write_rows(axes, laid, look)
        legend.draw(figure)
        return to_svg(figure)


def _colours(look: Look) -> tuple[str, str, str]:
    """Return the colours of content, neither and not content; they always stand in this order."""
    return look.primary, look.fills[1], look.contrast


def _draw(axes: Axes, position: float, row: ShareRow, look: Look) -> None:
    start = 0.0
    for part, colour, hatch in zip(row.parts, _colours(look), HATCHES, strict=True):
        if part:
            axes.barh(
                position, part, left=start, height=HEIGHT, color=colour, hatch=hatch, edgecolor=look.edge, linewidth=0.6
            )
        start += part
    axes.hlines(position, row.low, row.high, color=look.ink, linewidth=1.1)
    for limit in (row.low, row.high):
        axes.vlines(limit, position - 2.5, position + 2.5, color=look.ink, linewidth=1.1)
