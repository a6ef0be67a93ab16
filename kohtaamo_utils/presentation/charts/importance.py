"""Importance against performance: a dot an element with intervals both ways, named beside it."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot
from typing import TYPE_CHECKING, Any

from kohtaamo_utils.presentation.charts.look import HOUSE, Look
from kohtaamo_utils.presentation.charts.style import canvas, number_axis, to_svg, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FONT, LETTER, LINE = 8, 4.9, 11.5
"""Size of a label, and how wide a letter and how high a line of it are, in points; a reader's font may differ a little."""
LETTERS = 20
"""Letters in a line of a label."""
DISTANCES = (8.0, 17.0, 28.0)
"""How far from its dot a label may stand, in points, the nearest that is free."""
ASTRAY = 600.0
"""What it costs a label to stand nearer to another's dot, as if it covered so much."""
DIRECTIONS = ((1, 1), (1, -1), (-1, 1), (-1, -1), (1, 0), (-1, 0), (0, 1), (0, -1))


@dataclass(frozen=True)
class ImportancePoint:
    """One element's dot.

    Parameters
    ----------
    label
        Its name.
    performance, importance
        Where it lies, across and up.
    performance_limits, importance_limits
        Limits of the two; without them no line is drawn.
    stands_out
        Whether it is drawn in the contrast colour and as a diamond.
    """

    label: str
    performance: float
    importance: float
    performance_limits: tuple[float, float] | None = None
    importance_limits: tuple[float, float] | None = None
    stands_out: bool = False


@dataclass(frozen=True)
class _Box:
    """A rectangle on the figure, in points."""

    left: float
    bottom: float
    right: float
    top: float

    def overlap(self, other: _Box) -> float:
        """Return the area that two rectangles share."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.top, other.top) - max(self.bottom, other.bottom)
        return max(wide, 0.0) * max(high, 0.0)

    def distance(self, x: float, y: float) -> float:
        """Return how far a point is from the rectangle; 0 inside it."""
        return hypot(max(self.left - x, 0.0, x - self.right), max(self.bottom - y, 0.0, y - self.top))

    def outside(self, other: _Box) -> float:
        """Return the area that lies outside another rectangle."""
        return (self.right - self.left) * (self.top - self.bottom) - self.overlap(other)


def importance_svg(
    points: Sequence[ImportancePoint],
    *,
    lines: tuple[float, float],
    performance: str,
    importance: str,
    locale: str,
    look: Look = HOUSE,
) -> str:
    """Draw elements by performance (across) and importance (up), with dividing lines.

    Parameters
    ----------
    points
        What to draw.
    lines
        Where the dividing lines are, across and up.
    performance, importance
        What the axes are.
    locale
        Babel locale of the axes' numbers.
    look
        The chart's colours.
    """
    with canvas(look, 3.7, "both") as (figure, axes):
        for point in points:
            _draw(axes, point, look)
        style: dict[str, Any] = {"color": look.muted, "linewidth": 1, "linestyle": (0, (4, 3)), "zorder": 0}
        axes.axvline(lines[0], **style)
        axes.axhline(lines[1], **style)
        axes.margins(x=0.12, y=0.1)
        axes.set_ylim(bottom=0)
        axes.set_xlabel(performance)
        axes.set_ylabel(importance)
        number_axis(axes, locale)
        number_axis(axes, locale, "y")
        _name(figure, axes, points, lines, look.ink)
        return to_svg(figure)


def _draw(axes: Axes, point: ImportancePoint, look: Look) -> None:
    colour = look.contrast if point.stands_out else look.primary
    if point.performance_limits is not None:
        axes.hlines(point.importance, *point.performance_limits, color=colour, linewidth=2, alpha=0.45)
    if point.importance_limits is not None:
        axes.vlines(point.performance, *point.importance_limits, color=colour, linewidth=2, alpha=0.45)
    mark = "D" if point.stands_out else "o"
    axes.plot(point.performance, point.importance, mark, color=colour, markersize=6.5, zorder=3)


def _name(figure: Figure, axes: Axes, points: Sequence[ImportancePoint], lines: tuple[float, float], ink: str) -> None:
    """Write each label where it covers least of what is drawn; the dots that have least room around them first come last."""
    figure.draw_without_rendering()
    scale = 72 / figure.dpi
    frame = axes.get_window_extent()
    inside = _Box(frame.x0 * scale, frame.y0 * scale, frame.x1 * scale, frame.y1 * scale)
    across, up = _at(axes, *lines, scale)
    taken = [_Box(across - 1, inside.bottom, across + 1, inside.top), _Box(inside.left, up - 1, inside.right, up + 1)]
    taken += [box for point in points for box in _drawn(axes, point, scale)]
    dots = [_at(axes, point.performance, point.importance, scale) for point in points]
    for point, (x, y) in zip(points, dots, strict=True):
        text = wrapped(point.label, LETTERS)
        others = [dot for dot in dots if dot != (x, y)]

        def cost(box: _Box, x: float = x, y: float = y, others: list[tuple[float, float]] = others) -> float:
            nearer = any(box.distance(*dot) < box.distance(x, y) + 4 for dot in others)
            covered = sum(box.overlap(other) for other in taken)
            return 3 * covered + box.distance(x, y) + 12 * box.outside(inside) + (ASTRAY if nearer else 0)

        best = min(_candidates(text, x, y), key=cost)
        taken.append(best)
        middle = (best.left + best.right) / 2 - x, (best.bottom + best.top) / 2 - y
        axes.annotate(
            text,
            (point.performance, point.importance),
            xytext=middle,
            textcoords="offset points",
            ha="center",
            va="center",
            fontsize=FONT,
            linespacing=1.3,
            color=ink,
            annotation_clip=False,
            zorder=4,
        )


def _at(axes: Axes, x: float, y: float, scale: float) -> tuple[float, float]:
    across, up = axes.transData.transform((x, y))
    return float(across) * scale, float(up) * scale


def _drawn(axes: Axes, point: ImportancePoint, scale: float) -> Iterator[_Box]:
    """Give what a point covers: its mark, and its two lines."""
    x, y = _at(axes, point.performance, point.importance, scale)
    yield _Box(x - 5, y - 5, x + 5, y + 5)
    if point.performance_limits is not None:
        low, high = (_at(axes, limit, point.importance, scale)[0] for limit in point.performance_limits)
        yield _Box(low, y - 1.5, high, y + 1.5)
    if point.importance_limits is not None:
        low, high = (_at(axes, point.performance, limit, scale)[1] for limit in point.importance_limits)
        yield _Box(x - 1.5, low, x + 1.5, high)


def _candidates(text: str, x: float, y: float) -> Iterator[_Box]:
    rows = text.split("\n")
    wide, high = max(map(len, rows)) * LETTER, len(rows) * LINE
    for distance in DISTANCES:
        for across, up in DIRECTIONS:
            left = x + across * distance - (0 if across > 0 else wide if across < 0 else wide / 2)
            bottom = y + up * distance * 0.7 - (0 if up > 0 else high if up < 0 else high / 2)
            yield _Box(left, bottom, left + wide, bottom + high)
