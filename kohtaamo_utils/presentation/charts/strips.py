"""Stacked strips: how many answers lie at each point of a scale, one strip a question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.brand.colours import Rgb, rgb_of
from kohtaamo_utils.presentation.charts.look import HOUSE, Look
from kohtaamo_utils.presentation.charts.style import canvas, number_axis, row_labels, to_svg, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

HEADING = 46
"""Letters in a line of a heading."""


@dataclass(frozen=True)
class StripRow:
    """One strip: its label and the number of answers at each point, lowest first; without counts it is a heading."""

    label: str
    counts: tuple[int, ...] = ()


def strips_svg(rows: Sequence[StripRow], *, points: Sequence[str], axis: str, locale: str, look: Look = HOUSE) -> str:
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
    look
        The chart's colours.
    """
    with canvas(look, 0.62 + 0.36 * len(rows)) as (figure, axes):
        for position, row in zip(range(len(rows) - 1, -1, -1), rows, strict=True):
            if row.counts:
                _draw(axes, look, position, row.counts, points)
            else:
                axes.annotate(
                    wrapped(row.label, HEADING), (0, position - 0.35), va="bottom", fontsize=8, color=look.ink
                )
        row_labels(axes, [row.label if row.counts else "" for row in rows])
        axes.set_ylim(-0.6, len(rows) - 0.4)
        axes.set_xlim(0, max(sum(row.counts) for row in rows))
        axes.set_xlabel(axis)
        number_axis(axes, locale)
        return to_svg(figure)


def _draw(axes: Axes, look: Look, position: int, counts: Sequence[int], points: Sequence[str]) -> None:
    start = 0
    for place, count in enumerate(counts):
        if not count:
            continue
        colour = _colour(look, place, len(points))
        axes.barh(position, count, left=start, height=0.66, color=colour, edgecolor=look.edge, linewidth=0.8)
        axes.annotate(
            points[place],
            (start + count / 2, position),
            ha="center",
            va="center",
            fontsize=8,
            color=look.text_on(colour),
        )
        start += count


def _colour(look: Look, place: int, points: int) -> Rgb:
    """Return the colour of a point of the scale: from one end's through the middle's to the other's.

    Examples
    --------
    >>> from kohtaamo_utils.brand.colours import hex_of
    >>> hex_of(_colour(HOUSE, 0, 5)) == HOUSE.low_end, hex_of(_colour(HOUSE, 4, 5)) == HOUSE.high_end
    (True, True)
    """
    share = 2 * place / (points - 1) - 1
    end = look.low_end if share < 0 else look.high_end
    red, green, blue = (
        middle + (part - middle) * abs(share) for middle, part in zip(rgb_of(look.middle), rgb_of(end), strict=True)
    )
    return red, green, blue
