"""Shares as bars of three parts, each with the interval of its whole length: how many speak of a theme, and in which tone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.charts.look import HOUSE, Look
from kohtaamo_utils.presentation.charts.style import canvas, number_axis, row_labels, to_svg, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

HATCHES = ("", "", "////")
"""The last part is hatched, so that it can be told without colours."""


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
        What is written behind the bar.
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
    with canvas(look, 0.95 + 0.37 * len(rows)) as (figure, axes):
        for position, row in zip(range(len(rows) - 1, -1, -1), rows, strict=True):
            _draw(axes, position, row, look)
        for name, colour, hatch in zip(names, _colours(look), HATCHES, strict=True):
            axes.bar([0], [0], color=colour, hatch=hatch, edgecolor=look.edge, linewidth=0, label=wrapped(name, 17))
        row_labels(axes, [row.label for row in rows])
        axes.set_ylim(-0.6, len(rows) - 0.4)
        axes.set_xlim(0, max(row.high for row in rows) * 1.16)
        axes.set_xlabel(axis)
        number_axis(axes, locale)
        figure.legend(
            loc="outside upper left", ncols=3, frameon=False, fontsize=8, handletextpad=0.5, columnspacing=1.2
        )
        return to_svg(figure)


def _colours(look: Look) -> tuple[str, str, str]:
    """Return the colours of content, neither and not content; they always stand in this order."""
    return look.primary, look.fills[1], look.contrast


def _draw(axes: Axes, position: int, row: ShareRow, look: Look) -> None:
    start = 0.0
    for part, colour, hatch in zip(row.parts, _colours(look), HATCHES, strict=True):
        if part:
            axes.barh(
                position, part, left=start, height=0.58, color=colour, hatch=hatch, edgecolor=look.edge, linewidth=0.6
            )
        start += part
    axes.hlines(position, row.low, row.high, color=look.ink, linewidth=1.1)
    for limit in (row.low, row.high):
        axes.vlines(limit, position - 0.12, position + 0.12, color=look.ink, linewidth=1.1)
    axes.annotate(
        row.text,
        (row.high, position),
        xytext=(5, 0),
        textcoords="offset points",
        va="center",
        fontsize=8,
        color=look.ink,
    )
