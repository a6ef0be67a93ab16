"""Money in, money out and where it has come to, by year."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.charts.look import HOUSE, Look
from kohtaamo_utils.presentation.charts.style import (
    LEGEND,
    canvas,
    number_axis,
    to_svg,
    wrapped,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes


_HATCHES = ("", "///", "\\\\\\", "---")
_COSTS = "|||"
"""In grey the costs are as dark as the first benefit."""


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
    with canvas(look, 3.1, grid="y") as (figure, axes):
        places = list(range(len(years)))
        _stack(axes, look, benefits, len(years))
        axes.bar(
            places,
            [-cost for cost in costs[1]],
            width=0.55,
            color=look.contrast,
            hatch=_COSTS,
            label=wrapped(costs[0], LEGEND),
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
            label=wrapped(cumulative[0], LEGEND),
        )
        axes.axhline(0, color=look.muted, linewidth=0.9)
        axes.set_xticks(places, list(years))
        axes.set_ylabel(axis)
        number_axis(axes, locale, "y")
        figure.legend(loc="outside upper left", ncols=2, frameon=False, fontsize=8, handlelength=1.4)
        return to_svg(figure)


def _stack(axes: Axes, look: Look, benefits: Sequence[tuple[str, Sequence[float]]], years: int) -> None:
    """Draw the benefits one on another, each with its colour and hatching."""
    places, bottom = list(range(years)), [0.0] * years
    for (name, amounts), fill, hatch in zip(benefits, cycle(look.fills), cycle(_HATCHES), strict=False):
        axes.bar(
            places, amounts, bottom=bottom, width=0.55, color=fill, hatch=hatch, edgecolor=look.edge, linewidth=0.5,
            label=wrapped(name, LEGEND),
        )  # fmt: skip
        bottom = [low + amount for low, amount in zip(bottom, amounts, strict=True)]
