"""Stacked strips: how many answers lie at each point of a scale, one strip a question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.brand.colours import Rgb, rgb_of
from kohtaamo_utils.presentation.charts.letters import fitted, width_of
from kohtaamo_utils.presentation.charts.look import HOUSE, Look
from kohtaamo_utils.presentation.charts.style import POINTS, WIDTH, axis_height, canvas, name_axis, number_axis, to_svg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

SIZE, LINE = 8, 10.5
"""Size of a label's type and height of its line, in points."""
ROOM, SIDE = 205.0, 64.0
"""Width of a heading's line, and of a label's beside its strip, in points."""
STRIP, BAR = 17.0, 13.0
"""Height of a row and of its strip, in points."""


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
    side = max((width_of(line, SIZE) for row in rows if row.counts for line in _lines(row)), default=0.0)
    heights = [_height(row) for row in rows]
    most = max(sum(row.counts) for row in rows)
    with canvas(look, axis_height(axis, ROOM - side) + sum(heights)) as (figure, axes):
        top = sum(heights)
        axes.set_ylim(0, top)
        axes.set_xlim(0, most)
        for row, height in zip(rows, heights, strict=True):
            top -= height
            if row.counts:
                _write(axes, _lines(row), top + height / 2, side, look)
                _draw(axes, look, top + height / 2, row.counts, points, (WIDTH * POINTS - side - 24) / most)
            else:
                _write(axes, _lines(row), top + height / 2 - 1, side, look)
        axes.set_yticks([])
        axes.xaxis.grid(visible=True)
        name_axis(axes, axis, ROOM - side)
        number_axis(axes, locale)
        return to_svg(figure)


def _lines(row: StripRow) -> list[str]:
    """Return a label's lines: beside its strip it is narrow, as a heading as wide as the chart."""
    return fitted(row.label, SIDE if row.counts else ROOM, SIZE)


def _height(row: StripRow) -> float:
    """Return a row's height in points."""
    lines = len(_lines(row))
    return max(STRIP, lines * LINE + 2) if row.counts else lines * LINE + 5


def _write(axes: Axes, lines: list[str], place: float, side: float, look: Look) -> None:
    """Write a label from the chart's left edge on; the widest beside a strip decides where the axes begin."""
    for number, line in enumerate(lines):
        axes.annotate(
            line, (0, place), xycoords=("axes fraction", "data"), xytext=(-side - 8, (len(lines) - 1) * LINE / 2 - number * LINE),
            textcoords="offset points", ha="left", va="center", fontsize=SIZE, color=look.ink, annotation_clip=False,
        ).set_in_layout(width_of(line, SIZE) <= side)  # fmt: skip


def _draw(axes: Axes, look: Look, position: float, counts: Sequence[int], points: Sequence[str], unit: float) -> None:
    """Draw a strip; a part that is too narrow for its point's name has its colour alone."""
    start = 0
    for place, count in enumerate(counts):
        if not count:
            continue
        colour = _colour(look, place, len(points))
        axes.barh(position, count, left=start, height=BAR, color=colour, edgecolor=look.edge, linewidth=0.8)
        if width_of(points[place], SIZE) + 1 < count * unit:
            axes.annotate(
                points[place],
                (start + count / 2, position),
                ha="center",
                va="center",
                fontsize=SIZE,
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
