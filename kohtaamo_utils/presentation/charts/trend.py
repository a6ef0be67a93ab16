"""A measure by month with its intervals and the level of the whole period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.charts.legends import legend_of
from kohtaamo_utils.presentation.charts.letters import width_of
from kohtaamo_utils.presentation.charts.look import HOUSE, Look
from kohtaamo_utils.presentation.charts.style import canvas, name_height, number_axis, to_svg

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOM = 165.0
"""Width in points that the months' names share."""


@dataclass(frozen=True)
class TrendPoint:
    """One month: its label, value and limits; ``signal`` marks a point that differs from the usual level."""

    label: str
    value: float
    low: float | None = None
    high: float | None = None
    signal: bool = False


def trend_svg(
    points: Sequence[TrendPoint],
    *,
    axis: str,
    locale: str,
    look: Look = HOUSE,
    level: float,
    level_text: str,
    limits: tuple[float, float] | None = None,
    bands: Sequence[tuple[float, float]] = (),
) -> str:
    """Draw a monthly trend.

    Parameters
    ----------
    points
        Months in order.
    axis
        What the number is.
    locale
        Babel locale of the axis's numbers.
    look
        The chart's colours.
    level, level_text
        The level of the whole period and its label.
    limits
        Control limits drawn as thin lines, if there are enough months for them.
    bands
        Control limits of each month's own, where samples differ in size.
    """
    legend = legend_of([level_text])
    with canvas(look, 135 + legend.height, grid="y") as (figure, axes):
        places = list(range(len(points)))
        axes.axhline(level, color=look.muted, linewidth=1, linestyle=(0, (4, 3)), label=legend.labels[0])
        for limit in limits or ():
            axes.axhline(limit, color=look.muted, linewidth=0.8, linestyle=(0, (1, 2)))
        for side in zip(*bands, strict=True):
            axes.step(places, side, where="mid", color=look.muted, linewidth=0.8, linestyle=(0, (1, 2)))
        for place, point in zip(places, points, strict=True):
            if point.low is not None and point.high is not None:
                axes.vlines(place, point.low, point.high, color=look.primary, linewidth=2.2, alpha=0.3)
        axes.plot(places, [point.value for point in points], "-", color=look.primary, linewidth=1.6)
        for place, point in zip(places, points, strict=True):
            axes.plot(place, point.value, "D" if point.signal else "o", color=look.primary, markersize=5.5)
        step = _step([point.label for point in points])
        axes.set_xticks(places[::step], [point.label for point in points][::step])
        name_height(axes, axis, look)
        number_axis(axes, locale, "y")
        legend.draw(figure)
        return to_svg(figure)


def _step(labels: Sequence[str]) -> int:
    """Return how many months lie from one that is named to the next, so that their names do not touch.

    Examples
    --------
    >>> _step(["1/2025"] * 10), _step(["1/2025"] * 24), _step(["1", "2"])
    (3, 6, 1)
    """
    named = max(1, int(ROOM // (max(width_of(label, 8) for label in labels) + 9)))
    return -(-len(labels) // named)
