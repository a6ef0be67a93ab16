"""Means with one standard deviation each way: how much people differ, without any single one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.charts.look import HOUSE, Look
from kohtaamo_utils.presentation.charts.rows import rows_of, rule, write_rows
from kohtaamo_utils.presentation.charts.style import axis_height, canvas, name_axis, number_axis, to_svg

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
        What is written at the right end of the label's line.
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
    laid = rows_of([row.label for row in rows], [row.text for row in rows])
    with canvas(look, axis_height(axis) + laid.height) as (figure, axes):
        for place, row in zip(laid.places, rows, strict=True):
            _draw(axes, look, place, row)
        if limits is not None:
            axes.set_xlim(*limits)
        name_axis(axes, axis)
        number_axis(axes, locale)
        rule(axes, laid, look)
        write_rows(axes, laid, look)
        return to_svg(figure)


def _draw(axes: Axes, look: Look, position: float, row: SpreadRow) -> None:
    for reach, alpha in ((row.low if row.high is None else row.high, 0.25), (row.low, 0.55)):
        axes.hlines(position, row.mean - reach, row.mean + reach, color=look.primary, linewidth=5, alpha=alpha)
    axes.plot(row.mean, position, "o", color=look.primary, markersize=6.5, clip_on=False)
