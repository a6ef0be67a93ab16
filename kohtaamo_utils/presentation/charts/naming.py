"""Where the names of dots can stand: clear of what is drawn, and nearer to their own dot than to any other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import cos, hypot, pi, sin
from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.charts.letters import width_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FONT, LINE = 8.0, 11.0
"""Size of a name's type and height of its line, in points."""
DISTANCES = tuple(range(8, 66, 3))
"""How far from its dot a name may stand, in points, the nearest that is free."""
FAR = tuple(range(8, 90, 4))
"""The same for numbers, which a thin line ties to their dot where they are far."""
TIED = 15.0
"""From where on a number is tied."""
NEARER = 3.0
"""How many points a name must be nearer to its own dot and lines than to others'."""
DIRECTIONS = 16


@dataclass(frozen=True)
class Box:
    """A rectangle on the figure, in points."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    def touches(self, other: Box) -> bool:
        """Tell whether two rectangles share an area."""
        across = min(self.right, other.right) - max(self.left, other.left)
        return across > 0 and min(self.top, other.top) - max(self.bottom, other.bottom) > 0

    def distance(self, other: Box) -> float:
        """Return how far two rectangles are apart; 0 where they touch."""
        across = max(other.left - self.right, self.left - other.right, 0.0)
        return hypot(across, max(other.bottom - self.top, self.bottom - other.top, 0.0))

    def within(self, other: Box) -> bool:
        """Tell whether it lies inside another rectangle."""
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.bottom <= self.bottom
            and self.top <= other.top
        )


@dataclass(frozen=True)
class Dot:
    """A dot on the figure, in points, with the ends of its lines across and up; a line that is not drawn has none."""

    x: float
    y: float
    across: tuple[float, ...] = ()
    up: tuple[float, ...] = ()

    @cached_property
    def boxes(self) -> tuple[Box, ...]:
        """What it covers: its mark and its two lines."""
        found = [Box(self.x - 5, self.y - 5, self.x + 5, self.y + 5)]
        if self.across:
            found.append(Box(min(self.across), self.y - 1.5, max(self.across), self.y + 1.5))
        if self.up:
            found.append(Box(self.x - 1.5, min(self.up), self.x + 1.5, max(self.up)))
        return tuple(found)

    def distance(self, box: Box) -> float:
        """Return how far a rectangle is from all that the dot covers."""
        return min(box.distance(own) for own in self.boxes)


@dataclass(frozen=True)
class Label:
    """A name with its place; ``tied`` where a line leads to its dot."""

    dot: Dot
    lines: tuple[str, ...]
    box: Box
    tied: bool = False


def beside(
    dots: Sequence[Dot],
    names: Sequence[tuple[str, ...]],
    dividing: tuple[float, float],
    inside: tuple[float, float, float, float],
) -> list[Label] | None:
    """Return a place for each name that is clear; None if one finds none.

    Parameters
    ----------
    dots
        What the names belong to.
    names
        Each one's lines.
    dividing
        Where the dividing lines are, across and up.
    inside
        Left, bottom, right and top of the axes.
    """
    frame = Box(*inside)
    across, up = dividing
    taken = [Box(across - 1, frame.bottom, across + 1, frame.top), Box(frame.left, up - 1, frame.right, up + 1)]
    taken += [box for dot in dots for box in dot.boxes]
    found: dict[int, Label] = {}
    for place in _narrowest_first(dots):
        dot, lines = dots[place], names[place]
        others = [other for other in dots if other is not dot]
        clear = (
            box
            for box in _places(dot, lines, DISTANCES)
            if box.within(frame)
            and not any(box.touches(other) for other in taken)
            and all(other.distance(box) >= dot.distance(box) + NEARER for other in others)
        )
        box = next(clear, None)
        if box is None:
            return None
        taken.append(box)
        found[place] = Label(dot, lines, box)
    return [found[place] for place in range(len(dots))]


def _narrowest_first(dots: Sequence[Dot]) -> list[int]:
    """Return the order in which names are placed: those with the nearest neighbours choose first."""

    def nearest(place: int) -> float:
        dot = dots[place]
        return min((hypot(dot.x - other.x, dot.y - other.y) for other in dots if other is not dot), default=0.0)

    return sorted(range(len(dots)), key=nearest)


def numbered(dots: Sequence[Dot], numbers: Sequence[str], inside: tuple[float, float, float, float]) -> list[Label]:
    """Return a place for each number: free of marks and of other numbers, and of lines where there is room for that.

    Parameters
    ----------
    dots
        What the numbers belong to.
    numbers
        The numbers.
    inside
        Left, bottom, right and top of the axes.
    """
    frame = Box(*inside)
    marks = [dot.boxes[0] for dot in dots]
    lines = [box for dot in dots for box in dot.boxes[1:]]
    written: list[Box] = []
    found = []
    for dot, number in zip(dots, numbers, strict=True):
        free = [
            box
            for box in _places(dot, (number,), FAR)
            if box.within(frame) and not any(box.touches(other) for other in (*marks, *written))
        ]
        best = min(free, key=lambda box: _cost(box, dot, lines), default=None) or next(_places(dot, (number,), FAR))
        written.append(best)
        found.append(Label(dot, (number,), best, tied=hypot(best.middle[0] - dot.x, best.middle[1] - dot.y) > TIED))
    return found


def _cost(box: Box, dot: Dot, lines: Sequence[Box]) -> float:
    x, y = box.middle
    return hypot(x - dot.x, y - dot.y) + 9 * sum(box.touches(line) for line in lines)


def _places(dot: Dot, lines: tuple[str, ...], distances: Sequence[float]) -> Iterator[Box]:
    """Give places around a dot, the nearest first: right above it before others."""
    wide, high = max(width_of(line, FONT) for line in lines) + 2, len(lines) * LINE
    for distance in distances:
        for step in range(DIRECTIONS):
            angle = pi / 4 - step * 2 * pi / DIRECTIONS
            x, y = dot.x + cos(angle) * distance, dot.y + sin(angle) * distance
            left = x - wide * (1 - cos(angle)) / 2
            bottom = y - high * (1 - sin(angle)) / 2
            yield Box(left, bottom, left + wide, bottom + high)
