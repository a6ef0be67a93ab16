"""Charts that have a line a thing: its name above its marks, its figure at the right end of that line.

Names beside the marks would take half of a phone's width; above them they have all of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kohtaamo_utils.presentation.charts.letters import fitted_apart, width_of
from kohtaamo_utils.presentation.charts.style import POINTS, WIDTH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from kohtaamo_utils.presentation.charts.look import Look

SIZE, LINE = 8.5, 11.0
"""Size of a name's type and height of its line, in points."""
MARGIN = 3.0
"""Between the chart's edge and a name or figure."""
ROOM = WIDTH * POINTS - 2 * MARGIN - 4
"""Width of a whole line in points; a reader's font may be a little wider than the one that is measured."""
GAP, LEAST = 12.0, 60.0
"""Between a name and its figure, and what a name has whatever its figure is."""
BAND, CLEAR, UP = 15.0, 5.5, 9.0
"""Height of what holds the marks, half of that of the lines through them, and how far above their middle the name stands."""
BELOW = 2.0
"""Under the last line's marks, in points."""
MANY, CLOSE = 12, 13.0
"""More lines than so many stand closer, so that they go on a sheet of paper with what is said of them."""


@dataclass(frozen=True)
class Rows:
    """Where the lines of a chart lie.

    Parameters
    ----------
    labels
        Each thing's name, in its lines.
    texts
        Each thing's figure, if it has one.
    places
        Height of the middle of each one's marks, in points.
    height
        Of all lines together, in points.
    """

    labels: tuple[tuple[str, ...], ...]
    texts: tuple[str, ...]
    places: tuple[float, ...]
    height: float


def rows_of(labels: Sequence[str], texts: Sequence[str] = ()) -> Rows:
    """Return where lines lie, the first on top.

    Parameters
    ----------
    labels
        Names, on two lines where they need them.
    texts
        Figures at the right end of the names' lines.

    Examples
    --------
    >>> rows_of(["Kassa", "Huolto"], ["52", "12"])
    Rows(labels=(('Kassa',), ('Huolto',)), texts=('52', '12'), places=(34.0, 8.0), height=54.0)
    """
    texts = tuple(texts) or ("",) * len(labels)
    rooms = [max(LEAST, ROOM - (width_of(text, SIZE) + GAP if text else 0)) for text in texts]
    names = fitted_apart(labels, rooms, SIZE)
    band = BAND if len(names) <= MANY else CLOSE
    heights = [len(lines) * LINE + band for lines in names]
    total = sum(heights) + BELOW
    places, top = [], total
    for height in heights:
        top -= height
        places.append(top + band - UP)
    return Rows(tuple(names), texts, tuple(places), total)


def write_rows(axes: Axes, rows: Rows, look: Look) -> None:
    """Set the axes' height and write names and figures into it, from the chart's left edge and to its right one.

    Each line is anchored at its end: the reader's font is not the one that the layout was computed with.

    Parameters
    ----------
    axes
        The axes.
    rows
        Where the lines lie.
    look
        The chart's colours.
    """
    axes.set_ylim(0, rows.height)
    axes.set_yticks([])
    for place, lines, text in zip(rows.places, rows.labels, rows.texts, strict=True):
        for number, line in enumerate(reversed(lines)):
            _write(axes, line, (MARGIN, place), UP + number * LINE, "left", look)
        if text:
            _write(axes, text, (WIDTH * POINTS - MARGIN, place), UP, "right", look)


def _write(axes: Axes, text: str, place: tuple[float, float], up: float, side: str, look: Look) -> None:
    written = axes.annotate(
        text, place, xycoords=("figure points", "data"), xytext=(0, up), textcoords="offset points",
        ha=side, va="baseline", fontsize=SIZE, color=look.ink, annotation_clip=False,
    )  # fmt: skip
    written.set_in_layout(False)  # it was measured already


def rule(axes: Axes, rows: Rows, look: Look, *, at: Sequence[float] | None = None, **style: Any) -> None:
    """Draw upright lines where the axis has its numbers, or at places of one's own, through the marks and not through the names.

    Parameters
    ----------
    axes
        The axes, with everything else drawn.
    rows
        Where the lines lie.
    look
        The chart's colours.
    at
        Where; by default at the axis's numbers.
    style
        How; by default as a grid.
    """
    low, high = axes.get_xlim()
    axes.set_xlim(low, high)
    places = [tick for tick in axes.get_xticks() if low <= tick <= high] if at is None else at
    nothing = float("nan")
    across = [part for x in places for _ in rows.places for part in (x, x, nothing)]
    up = [part for _ in places for y in rows.places for part in (y - CLEAR, y + CLEAR, nothing)]
    drawn: dict[str, Any] = {"color": look.grid, "linewidth": 0.7, "zorder": 0.5, "solid_capstyle": "butt"} | style
    axes.plot(across, up, **drawn)
