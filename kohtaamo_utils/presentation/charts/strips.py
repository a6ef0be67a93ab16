"""Stacked strips: how many answers lie at each point of a scale, one strip a question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.charts.style import INK, canvas, number_axis, row_labels, to_svg, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

LOW_END, MIDDLE, HIGH_END = (180, 83, 26), (233, 236, 237), (11, 93, 107)
"""Colours of the scale's ends and middle: the house's contrast and primary colours, grey between."""
HEADING = 46
"""Letters in a line of a heading."""
DARK = 0.55
"""Lightness below which a strip's number is written in white."""


@dataclass(frozen=True)
class StripRow:
    """One strip: its label and the number of answers at each point, lowest first; without counts it is a heading."""

    label: str
    counts: tuple[int, ...] = ()


def strips_svg(rows: Sequence[StripRow], *, points: Sequence[str], axis: str, locale: str) -> str:
    """Draw the spread of answers, first row on top; each part is named by its point of the scale.

    Parameters
    ----------
    rows
        What to draw, as many counts as points.
    points
        The scale's points, lowest first.
    axis
        What the length is.
    locale
        Babel locale of the axis's numbers.
    """
    with canvas(0.62 + 0.36 * len(rows)) as (figure, axes):
        for position, row in zip(range(len(rows) - 1, -1, -1), rows, strict=True):
            if row.counts:
                _draw(axes, position, row.counts, points)
            else:
                axes.annotate(wrapped(row.label, HEADING), (0, position - 0.35), va="bottom", fontsize=8, color=INK)
        row_labels(axes, [row.label if row.counts else "" for row in rows])
        axes.set_ylim(-0.6, len(rows) - 0.4)
        axes.set_xlim(0, max(sum(row.counts) for row in rows))
        axes.set_xlabel(axis)
        number_axis(axes, locale)
        return to_svg(figure)


def _draw(axes: Axes, position: int, counts: Sequence[int], points: Sequence[str]) -> None:
    start = 0
    for place, count in enumerate(counts):
        if not count:
            continue
        red, green, blue = colour = _colour(place, len(points))
        axes.barh(position, count, left=start, height=0.66, color=colour, edgecolor="white", linewidth=0.8)
        dark = 0.299 * red + 0.587 * green + 0.114 * blue < DARK
        axes.annotate(
            points[place], (start + count / 2, position), ha="center", va="center", fontsize=8,
            color="white" if dark else INK,
        )  # fmt: skip
        start += count


def _colour(place: int, points: int) -> tuple[float, float, float]:
    """Return the colour of a point of the scale: from one end's through the middle's to the other's.

    Examples
    --------
    >>> _colour(0, 5) == tuple(part / 255 for part in LOW_END), _colour(4, 5) == tuple(part / 255 for part in HIGH_END)
    (True, True)
    """
    share = 2 * place / (points - 1) - 1
    end = LOW_END if share < 0 else HIGH_END
    red, green, blue = ((middle + (part - middle) * abs(share)) / 255 for middle, part in zip(MIDDLE, end, strict=True))
    return red, green, blue
