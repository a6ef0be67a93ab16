"""Colours of a chart's series: kin of the brand's primary, told apart by colour-blind eyes and in grey print."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from kohtaamo_utils.brand.colours import contrast, distance, from_oklch, grey, oklch
from kohtaamo_utils.brand.mending import LARGE

if TYPE_CHECKING:
    from collections.abc import Sequence

COUNT = 4
APART_IN_GREY = 0.08
"""Least difference of OKLab lightness, in grey, between any two series."""
APART = 0.1
"""Least distance in OKLab between any two series, for usual and colour-blind eyes alike."""
_HUES = (150, 210, 60, 300, 120, 240, 30, 0)
"""Turns from the primary's hue, in degrees, that a further series may have."""
_CHROMAS = (0.16, 0.12, 0.07)


def fits(colour: str, others: Sequence[str]) -> bool:
    """Tell whether a colour is told apart from all others, by everybody and in grey.

    Examples
    --------
    >>> fits("#0b5d6b", ["#ffb347"]), fits("#0b5d6b", ["#8b2f1f"])
    (True, False)
    """
    return all(
        abs(grey(colour) - grey(other)) >= APART_IN_GREY and distance(colour, other) >= APART for other in others
    )


def series(first: str, paper: str, second: str | None = None) -> tuple[str, ...]:
    """Return the colours of four series; each reaches 3:1 on the paper.

    Parameters
    ----------
    first
        The first series, which reaches that contrast already.
    paper
        What the chart stands on.
    second
        A colour for the second series, if the brand has one that `fits`.
    """
    chosen = [first]
    if second is not None and fits(second, chosen):
        chosen.append(second)
    for lightness in _lightnesses(chosen, paper):
        chosen.append(_farthest(lightness, first, chosen, paper))
    return tuple(chosen[:COUNT])


def _lightnesses(chosen: Sequence[str], paper: str) -> list[float]:
    """Return the lightness of each further series: evenly in the gaps that the chosen ones leave, the middle first."""
    ends = _range(paper)
    taken = sorted(grey(colour) for colour in chosen)
    missing = COUNT - len(chosen)
    best: list[float] = []
    widest = -1.0
    for split in _splits(missing, len(taken) + 1):
        found = _placed(taken, ends, split)
        gap = min(b - a for a, b in pairwise(sorted([*taken, *found])))
        if gap > widest:
            best, widest = found, gap
    return sorted(best, key=lambda value: -min(abs(value - other) for other in taken))


def _splits(count: int, places: int) -> list[tuple[int, ...]]:
    """Return every way to put so many things into so many places."""
    if places == 1:
        return [(count,)]
    return [(n, *rest) for n in range(count + 1) for rest in _splits(count - n, places - 1)]


def _placed(taken: Sequence[float], ends: tuple[float, float], split: Sequence[int]) -> list[float]:
    """Return lightnesses, so many in each gap; the outer gaps are used to their ends, the inner ones are shared evenly."""
    found: list[float] = []
    low, high = ends
    bounds = [min(low, taken[0]), *taken, max(high, taken[-1])]
    for place, count in enumerate(split):
        start, stop = bounds[place], bounds[place + 1]
        if place == 0:
            found += [start + (stop - start) * n / count for n in range(count)]
        elif place == len(split) - 1:
            found += [stop - (stop - start) * n / count for n in range(count)]
        else:
            found += [start + (stop - start) * (n + 1) / (count + 1) for n in range(count)]
    return found


def _range(paper: str) -> tuple[float, float]:
    """Return the lowest and highest lightness of grey that has the contrast on the paper, short of black and white."""
    reached = [step / 200 for step in range(54, 191) if contrast(from_oklch(step / 200, 0, 0), paper) >= LARGE + 0.1]
    return reached[0], reached[-1]


def _farthest(lightness: float, first: str, chosen: Sequence[str], paper: str) -> str:
    """Return the colour of about a lightness in grey that is farthest from those chosen."""
    hue = oklch(first)[2]
    made = [_of_grey(lightness, chroma, hue + math.radians(turn)) for chroma in _CHROMAS for turn in _HUES]
    usable = [colour for colour in made if contrast(colour, paper) >= LARGE] or [from_oklch(lightness, 0, 0)]
    return max(usable, key=lambda colour: round(min(distance(colour, other) for other in chosen), 6))


def _of_grey(wanted: float, chroma: float, hue: float) -> str:
    """Return a colour that prints as a given grey."""
    low, high = 0.0, 1.0
    for _ in range(14):
        middle = (low + high) / 2
        low, high = (middle, high) if grey(from_oklch(middle, chroma, hue)) < wanted else (low, middle)
    return from_oklch(high, chroma, hue)
