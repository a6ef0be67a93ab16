"""Importance against performance: a dot an element with intervals both ways, named beside it or, where that is not clear, numbered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kohtaamo_utils.presentation.charts.letters import fitted, width_of
from kohtaamo_utils.presentation.charts.look import HOUSE, Look
from kohtaamo_utils.presentation.charts.naming import FONT, LINE, Dot, Label, beside, numbered
from kohtaamo_utils.presentation.charts.style import axis_height, canvas, name_axis, name_height, number_axis, to_svg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HEIGHT = 190.0
"""Of what lies between the axes, in points."""
TITLE = 14.0
"""Of the upward axis's name."""
ROOM = 80.0
"""Width of a label's line beside its dot, in points."""
KEY = 186.0
"""Width of a line in the list of names under the chart, in points; later lines of a name are moved in."""


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

    A name stands beside its dot if it is nearer to it than to all else that is drawn, and covers none of it. If one of them
    cannot, all dots have numbers, and a list under the chart tells their names.

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
    names = (performance, importance)
    return _svg(points, lines, names, locale, look, key=[]) or _svg(
        points, lines, names, locale, look, key=_key(points)
    )


def _key(points: Sequence[ImportancePoint]) -> list[list[str]]:
    """Return the lines of the list of names."""
    return [fitted(f"{number}  {point.label}", KEY, FONT) for number, point in enumerate(points, 1)]


def _svg(
    points: Sequence[ImportancePoint],
    lines: tuple[float, float],
    names: tuple[str, str],
    locale: str,
    look: Look,
    key: list[list[str]],
) -> str:
    """Return the chart; without a key it is empty if not all names find a place."""
    below = LINE * sum(map(len, key)) + 8 if key else 0.0
    tall = HEIGHT + axis_height(names[0]) + TITLE
    with canvas(look, tall + below, "both") as (figure, axes):
        figure.get_layout_engine().set(rect=(0, below / (tall + below), 1, tall / (tall + below)))  # type: ignore[call-arg, union-attr]
        for point in points:
            _draw(axes, point, look)
        style: dict[str, Any] = {"color": look.muted, "linewidth": 1, "linestyle": (0, (4, 3)), "zorder": 0}
        axes.axvline(lines[0], **style)
        axes.axhline(lines[1], **style)
        axes.margins(x=0.12, y=0.1)
        axes.set_ylim(bottom=0)
        name_axis(axes, names[0])
        name_height(axes, names[1], look)
        number_axis(axes, locale)
        number_axis(axes, locale, "y")
        labels = _labels(figure, axes, points, lines, with_numbers=bool(key))
        for label in labels or ():
            _write(axes, label, look)
        _list(figure, key, look)
        return to_svg(figure) if labels is not None else ""


def _draw(axes: Axes, point: ImportancePoint, look: Look) -> None:
    colour = look.contrast if point.stands_out else look.primary
    if point.performance_limits is not None:
        axes.hlines(point.importance, *point.performance_limits, color=colour, linewidth=2, alpha=0.45)
    if point.importance_limits is not None:
        axes.vlines(point.performance, *point.importance_limits, color=colour, linewidth=2, alpha=0.45)
    mark = "D" if point.stands_out else "o"
    axes.plot(point.performance, point.importance, mark, color=colour, markersize=6.5, zorder=3)


def _labels(
    figure: Figure, axes: Axes, points: Sequence[ImportancePoint], lines: tuple[float, float], *, with_numbers: bool
) -> list[Label] | None:
    """Return where each label stands, in points; None if names would not be clear."""
    figure.draw_without_rendering()
    scale = 72 / figure.dpi

    def at(x: float, y: float) -> tuple[float, float]:
        across, up = axes.transData.transform((x, y))
        return float(across) * scale, float(up) * scale

    frame = axes.get_window_extent()
    inside = (frame.x0 * scale, frame.y0 * scale, frame.x1 * scale, frame.y1 * scale)
    dots = [
        Dot(
            *at(p.performance, p.importance),
            tuple(at(limit, p.importance)[0] for limit in p.performance_limits or ()),
            tuple(at(p.performance, limit)[1] for limit in p.importance_limits or ()),
        )
        for p in points
    ]
    if with_numbers:
        return numbered(dots, [str(number + 1) for number in range(len(points))], inside)
    return beside(dots, [tuple(fitted(point.label, ROOM, FONT)) for point in points], at(*lines), inside)


def _write(axes: Axes, label: Label, look: Look) -> None:
    """Write a label where it was found to stand; one that is far from its dot is tied to it by a thin line."""
    x, y = label.dot.x, label.dot.y
    tie: dict[str, Any] = {"arrowstyle": "-", "color": look.muted, "linewidth": 0.6, "shrinkA": 1, "shrinkB": 3.5}
    axes.annotate(
        "\n".join(label.lines),
        (x, y), xycoords="figure points", xytext=(label.box.middle[0] - x, label.box.middle[1] - y), textcoords="offset points",
        ha="center", va="center", fontsize=FONT, linespacing=1.3, color=look.ink, annotation_clip=False, zorder=4,
        arrowprops=tie if label.tied else None,
    ).set_in_layout(False)  # fmt: skip


def _list(figure: Figure, key: list[list[str]], look: Look) -> None:
    """Write the names of numbered dots under the chart, the later lines of a name under its first word."""
    y = LINE * sum(map(len, key))
    for lines in key:
        indent = width_of(f"{lines[0].split(' ')[0]}  ", FONT)
        for number, line in enumerate(lines):
            y -= LINE
            figure.text(
                (4 + (indent if number else 0)) / (figure.get_figwidth() * 72), (y + 3) / (figure.get_figheight() * 72),
                line, fontsize=FONT, color=look.ink, in_layout=False,
            )  # fmt: skip
