"""Legends above a chart: in as many columns as there is room for, or one below the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.charts.letters import fitted, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.figure import Figure

SIZE, LINE, AROUND = 8, 11.2, 4.5
"""Size of a legend's type, height of its lines, and the space around it, in points."""
ROOM = 208.0
"""Width of a whole line in points."""
MARK = 22.0
"""Width of a mark with the space after it."""
MOST_COLUMNS = 3


@dataclass(frozen=True)
class Legend:
    """What the legend of a chart holds and how much room it takes.

    Parameters
    ----------
    labels
        What is drawn, each in its lines.
    columns
        How many stand side by side.
    """

    labels: tuple[str, ...]
    columns: int

    @property
    def height(self) -> float:
        """Its height in points."""
        rows = [self.labels[start :: self._rows] for start in range(self._rows)]
        return AROUND + LINE * sum(max(label.count("\n") + 1 for label in row) for row in rows)

    @property
    def _rows(self) -> int:
        return -(-len(self.labels) // self.columns)

    def draw(self, figure: Figure) -> None:
        """Draw it above the axes, from what was drawn with its labels."""
        figure.legend(
            loc="outside upper left",
            ncols=self.columns,
            frameon=False,
            fontsize=SIZE,
            handlelength=1.5,
            handletextpad=0.5,
            columnspacing=1.0,
            labelspacing=0.35,
            borderpad=0.1,
            borderaxespad=0.2,
        )


def legend_of(labels: Sequence[str]) -> Legend:
    """Return the legend of some labels.

    Parameters
    ----------
    labels
        Names of what is drawn.

    Examples
    --------
    >>> legend_of(["Henkilöstö", "Asiakkaat"]).columns
    2
    >>> legend_of(["Keskiostos: mitä asiakas ostaa kerralla", "Kulut"]).columns
    1
    """
    widest = max(width_of(label, SIZE) for label in labels)
    columns = int((ROOM + 8) // (MARK + widest + 8))
    if columns:
        return Legend(tuple(labels), min(columns, MOST_COLUMNS, len(labels)))
    return Legend(tuple("\n".join(fitted(label, ROOM - MARK, SIZE)) for label in labels), 1)
