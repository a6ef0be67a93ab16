"""The house style of charts, and the way from a figure to inline SVG.

The SVG keeps text as text, has no size of its own (the page scales it), repeats byte for byte, and its ids are prefixed
so that several fit on one page.
"""

from __future__ import annotations

import io
import re
import warnings
from contextlib import contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from babel.numbers import format_decimal

from kohtaamo_utils.presentation.charts.compact import compact
from kohtaamo_utils.presentation.charts.letters import fitted
from kohtaamo_utils.visible import printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from kohtaamo_utils.presentation.charts.look import Look

WIDTH = 3.0
"""Width of every chart in inches: that of a phone, where its text of 8 points is 12 pixels high; the page shows it at up to 25 rem."""
POINTS = 72
"""In an inch."""
ROOM = 200.0
"""Width of a whole line in points."""

_STYLE: dict[str, Any] = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 8.5,
    "axes.labelsize": 8,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.grid": False,
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "grid.linewidth": 0.7,
    "text.parse_math": False,
    "xtick.labelsize": 8,
    "ytick.labelsize": 8,
    "xtick.bottom": False,
    "ytick.left": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "kohtaamo",
    "figure.constrained_layout.use": True,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
}


def _colours(look: Look) -> dict[str, Any]:
    muted, grid, ink = look.muted, look.grid, look.ink
    return {
        "axes.labelcolor": muted,
        "axes.edgecolor": grid,
        "grid.color": grid,
        "text.color": ink,
        "xtick.color": muted,
        "ytick.color": ink,
    }


@contextmanager
def canvas(look: Look, height: float, grid: str = "") -> Iterator[tuple[Figure, Axes]]:
    """Give a figure and its axes in the house style, and close them afterwards.

    Parameters
    ----------
    look
        Colours of text and lines.
    height
        Height in points.
    grid
        Axis that has grid lines, if one has.
    """
    import matplotlib as mpl
    import seaborn as sns
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    with mpl.rc_context(), sns.axes_style("white"):
        settings: Any = _STYLE | _colours(look) | ({"axes.grid": True, "axes.grid.axis": grid} if grid else {})
        mpl.rcParams.update(settings)
        figure = Figure(figsize=(WIDTH, height / POINTS))
        FigureCanvasSVG(figure)
        yield figure, figure.subplots()


def to_svg(figure: Figure) -> str:
    """Return a figure as inline SVG: no XML head, no fixed size, no metadata, ids prefixed."""
    buffer = io.StringIO()
    with warnings.catch_warnings():  # a letter that the layout's font lacks is drawn by the reader's
        warnings.filterwarnings("ignore", r"Glyph .* missing from font", UserWarning)
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    text = buffer.getvalue()
    svg = text[text.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = re.sub(r"\n\s*", "\n", svg)
    svg = re.sub(
        r'<svg[^>]*?viewBox="([^"]+)"[^>]*>',
        r'<svg viewBox="\1" xmlns="http://www.w3.org/2000/svg" aria-hidden="true">',
        svg,
        count=1,
    )
    svg = re.sub(r"<style type=\"text/css\">(.*?)</style>", "", svg, flags=re.DOTALL)
    svg = svg.replace("xlink:href", "href")
    svg = svg.replace(" font-family: 'DejaVu Sans', sans-serif;", "")
    return printed(compact(svg.strip()))


def prefixed(svg: str, prefix: str) -> str:
    """Return the SVG with every id and reference prefixed, so that charts on one page do not share ids.

    Examples
    --------
    >>> prefixed('<g id="a"/><use href="#a"/><g clip-path="url(#a)"/>', "x")
    '<g id="x-a"/><use href="#x-a"/><g clip-path="url(#x-a)"/>'
    """
    return re.sub(r"<[^>]+>", lambda tag: _prefixed_tag(tag[0], prefix), svg)


def _prefixed_tag(tag: str, prefix: str) -> str:
    tag = re.sub(r'\bid="([^"]+)"', rf'id="{prefix}-\1"', tag)
    tag = re.sub(r'href="#([^"]+)"', rf'href="#{prefix}-\1"', tag)
    return re.sub(r"url\(#([^)]+)\)", rf"url(#{prefix}-\1)", tag)


def axis_height(name: str, room: float = ROOM) -> float:
    """Return how many points an axis's numbers and its name take, with the space around the chart.

    Examples
    --------
    >>> axis_height("NPS"), axis_height("Kohtaamisia kuukaudessa", 84)
    (33.5, 44.0)
    """
    return 23.0 + 10.5 * len(fitted(name, room))


def name_axis(axes: Axes, name: str, room: float = ROOM) -> None:
    """Write what the numbers across are, under them."""
    axes.set_xlabel("\n".join(fitted(name, room)))


def name_height(axes: Axes, name: str, look: Look) -> None:
    """Write what the numbers upwards are: over them, in a line that can be read without turning one's head."""
    axes.set_title("\n".join(fitted(name, ROOM - 45)), loc="left", fontsize=8, color=look.muted, x=0, pad=5)


def number_axis(axes: Axes, locale: str, which: str = "x") -> None:
    """Write an axis's numbers in the reader's way, with as many decimals as the ticks need."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axis = axes.xaxis if which == "x" else axes.yaxis
    axis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 2.5, 5, 10]))

    def text(value: float, _position: int | None = None) -> str:
        pattern = _pattern(axis.get_majorticklocs())
        return str(format_decimal(round(value, 9) + 0.0, format=pattern, locale=locale)).replace("-", "\u2212")

    axis.set_major_formatter(FuncFormatter(text))


def _pattern(ticks: Iterable[float]) -> str:
    """Return Babel's pattern with the fewest decimals that tell every tick as it is."""
    values = [float(tick) for tick in ticks]
    step = min((abs(b - a) for a, b in pairwise(values)), default=1.0)
    decimals = next((d for d in range(9) if all(abs(round(v, d) - v) < step / 100 for v in values)), 9)
    return "#,##0" + ("." + "0" * decimals if decimals else "")
