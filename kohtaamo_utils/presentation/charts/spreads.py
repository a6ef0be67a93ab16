"""Means with one standard deviation each way: how much people differ, without any single one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.charts.look import HOUSE, Look
from kohtaamo_utils.presentation.charts.style import canvas, number_axis, row_labels, to_svg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes


@dataclass(frozen=True)
class SpreadRow:
    """One line.

    Parameters
    ----------
    label
        What it is of.
    mean
        Where the dot is.
    low, high
        Between what the deviation lies, equal where it is a number; `high` is None where only the least is known.
    text
        What is written over the dot.
    """

    label: str
    mean: float
    low: float
    high: float | None
    text: str


def spread_svg(
    rows: Sequence[SpreadRow], *, axis: str, locale: str, look: Look = HOUSE, limits: tuple[float, float] | None = None
) -> str:
    """Draw means with their deviation, first row on top; the part that is not known for certain is paler.

    Parameters
    ----------
    rows
        What to draw.
    axis
        What the number is.
    locale
        Babel locale of the axis's numbers.
    look
        The chart's colours.
    limits
        Ends of the axis; lines are cut there.
    """
    with canvas(look, 0.62 + 0.4 * len(rows)) as (figure, axes):
        for position, row in zip(range(len(rows) - 1, -1, -1), rows, strict=True):
            _draw(axes, look, position, row)
        row_labels(axes, [row.label for row in rows])
        axes.set_ylim(-0.6, len(rows) - 0.35)
        if limits is not None:
            axes.set_xlim(*limits)
        axes.set_xlabel(axis)
        number_axis(axes, locale)
        return to_svg(figure)


def _draw(axes: Axes, look: Look, position: int, row: SpreadRow) -> None:
    for reach, alpha in ((row.low if row.high is None else row.high, 0.25), (row.low, 0.55)):
        axes.hlines(position, row.mean - reach, row.mean + reach, color=look.primary, linewidth=5, alpha=alpha)
    axes.plot(row.mean, position, "o", color=look.primary, markersize=6.5)
    axes.annotate(
        row.text,
        (row.mean, position),
        xytext=(0, 6.5),
        textcoords="offset points",
        ha="center",
        fontsize=8,
        color=look.ink,
    )
