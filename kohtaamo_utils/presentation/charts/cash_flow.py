"""Money in, money out and where it has come to, by year."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.charts.legends import legend_of
from kohtaamo_utils.presentation.charts.letters import width_of
from kohtaamo_utils.presentation.charts.look import HOUSE, Look
from kohtaamo_utils.presentation.charts.style import canvas, name_height, number_axis, to_svg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes


_HATCHES = ("", "///", "\\\\\\", "---")
_COSTS = "|||"
"""In grey the costs are as dark as the first benefit."""
ROOM = 165.0
"""Width in points that the years' names share."""


def cash_flow_svg(
    years: Sequence[str],
    benefits: Sequence[tuple[str, Sequence[float]]],
    costs: tuple[str, Sequence[float]],
    cumulative: tuple[str, Sequence[float]],
    *,
    axis: str,
    locale: str,
    look: Look = HOUSE,
) -> str:
    """Draw benefits stacked above zero, costs below it, and the cumulative net as a line.

    Parameters
    ----------
    years
        Labels of year 0, 1, ...
    benefits
        Name and yearly amounts of each driver (positive).
    costs
        Name and yearly amounts (positive; drawn below zero).
    cumulative
        Name and cumulative net.
    axis
        What the number is, with its unit.
    locale
        Babel locale of the axis's numbers.
    look
        The chart's colours.
    """
    names = [cumulative[0], *(name for name, _ in benefits), costs[0]]  # as matplotlib puts lines before bars
    legend = legend_of(names)
    with canvas(look, 150 + legend.height, grid="y") as (figure, axes):
        places = list(range(len(years)))
        _stack(axes, look, [(name, its) for name, (_, its) in zip(legend.labels[1:], benefits, strict=False)])
        axes.bar(
            places,
            [-cost for cost in costs[1]],
            width=0.55,
            color=look.contrast,
            hatch=_COSTS,
            label=legend.labels[-1],
            edgecolor=look.edge,
            linewidth=0.5,
        )
        axes.plot(
            places,
            cumulative[1],
            "-D",
            color=look.ink,
            markersize=4.5,
            linewidth=1.4,
            label=legend.labels[0],
        )
        axes.axhline(0, color=look.muted, linewidth=0.9)
        step = max(1, round(sum(width_of(year, 8) + 7 for year in years) / ROOM + 0.49))
        axes.set_xticks(places[::step], list(years)[::step])
        name_height(axes, axis, look)
        number_axis(axes, locale, "y")
        legend.draw(figure)
        return to_svg(figure)


def _stack(axes: Axes, look: Look, benefits: Sequence[tuple[str, Sequence[float]]]) -> None:
    """Draw the benefits one on another, each with its colour and hatching."""
    years = len(benefits[0][1]) if benefits else 0
    places, bottom = list(range(years)), [0.0] * years
    for (name, amounts), fill, hatch in zip(benefits, cycle(look.fills), cycle(_HATCHES), strict=False):
        axes.bar(
            places, amounts, bottom=bottom, width=0.55, color=fill, hatch=hatch, edgecolor=look.edge, linewidth=0.5,
            label=name,
        )  # fmt: skip
        bottom = [low + amount for low, amount in zip(bottom, amounts, strict=True)]
