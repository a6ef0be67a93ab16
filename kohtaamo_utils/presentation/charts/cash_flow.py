"""Money in, money out and where it has come to, by year."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING, Any

from kohtaamo_utils.presentation.charts.style import (
    CONTRAST,
    INK,
    LEGEND,
    MUTED,
    PALE,
    PRIMARY,
    canvas,
    number_axis,
    to_svg,
    wrapped,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_FILLS = (PRIMARY, PALE, "#5c8f7b", "#c9a24b")
_HATCHES = ("", "///", "\\\\\\", "---")
_BAR: dict[str, Any] = {"width": 0.55, "edgecolor": "white", "linewidth": 0.5}
_COSTS = "..."
"""In grey the costs are as dark as the first benefit."""


def cash_flow_svg(
    years: Sequence[str],
    benefits: Sequence[tuple[str, Sequence[float]]],
    costs: tuple[str, Sequence[float]],
    cumulative: tuple[str, Sequence[float]],
    *,
    axis: str,
    locale: str,
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
    """
    with canvas(3.1, grid="y") as (figure, axes):
        places = list(range(len(years)))
        bottom = [0.0] * len(years)
        for (name, amounts), fill, hatch in zip(benefits, cycle(_FILLS), cycle(_HATCHES), strict=False):
            axes.bar(
                places,
                amounts,
                bottom=bottom,
                color=fill,
                hatch=hatch,
                label=wrapped(name, LEGEND),
                **_BAR,
            )
            bottom = [low + amount for low, amount in zip(bottom, amounts, strict=True)]
        axes.bar(
            places,
            [-cost for cost in costs[1]],
            color=CONTRAST,
            hatch=_COSTS,
            label=wrapped(costs[0], LEGEND),
            **_BAR,
        )
        axes.plot(
            places, cumulative[1], "-D", color=INK, markersize=4.5, linewidth=1.4, label=wrapped(cumulative[0], LEGEND)
        )
        axes.axhline(0, color=MUTED, linewidth=0.9)
        axes.set_xticks(places, list(years))
        axes.set_ylabel(axis)
        number_axis(axes, locale, "y")
        figure.legend(loc="outside upper left", ncols=2, frameon=False, fontsize=8, handlelength=1.4)
        return to_svg(figure)
