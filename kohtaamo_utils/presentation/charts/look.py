"""The colours of charts: the house's own, or those that a brand gives."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from kohtaamo_utils.brand.colours import contrast, hex_of

if TYPE_CHECKING:
    from kohtaamo_utils.brand import Scheme
    from kohtaamo_utils.brand.colours import Rgb

_WHITE = "#ffffff"
BLACK = "#000001"
"""Black that a dark page does not change: no other part of a drawing has it."""
ENOUGH = 4.5
"""The contrast that small text needs."""


@dataclass(frozen=True)
class Look:
    """Colours of one chart.

    Parameters
    ----------
    ink, muted, grid, edge
        Text, lesser text, lines, and the thin edge between two areas.
    fills
        Colours of series; the first is the usual one.
    contrast
        What stands out, and the second of two.
    low_end, middle, high_end
        A scale's colours from its lowest answer to its highest.
    on_light
        Text on the light colours of a scale.
    dark_below
        Lightness below which a scale's colour bears white text; None: whichever text has the more contrast.
    """

    ink: str = "#1c2b33"
    muted: str = "#5c6b73"
    grid: str = "#d9dfe1"
    edge: str = "white"
    fills: tuple[str, ...] = ("#0b5d6b", "#9db8bd", "#5c8f7b", "#c9a24b")
    contrast: str = "#b4531a"
    low_end: str = "#b4531b"
    middle: str = "#e9eced"
    high_end: str = "#0b5d6c"
    on_light: str = "#1c2b34"
    dark_below: float | None = 0.55

    @property
    def primary(self) -> str:
        """The usual colour of dots and lines."""
        return self.fills[0]

    def text_on(self, colour: Rgb) -> str:
        """Return the colour of text on a part of a scale."""
        red, green, blue = colour
        if self.dark_below is None:
            return max((_WHITE, self.on_light), key=lambda text: contrast(text, hex_of(colour)))
        usual = _WHITE if 0.299 * red + 0.587 * green + 0.114 * blue < self.dark_below else self.on_light
        if contrast(usual, hex_of(colour)) >= ENOUGH:
            return usual
        return max((_WHITE, BLACK), key=lambda text: contrast(text, hex_of(colour)))

    @cached_property
    def own(self) -> tuple[str, ...]:
        """The colours that a dark page has others for, in a fixed order."""
        return (self.ink, self.muted, self.grid, *self.fills, self.contrast)


HOUSE = Look()
"""The look of charts without a brand. A scale's colours, and the text on them, differ by a step from those that a dark page changes."""


def house_in_the_dark(scheme: Scheme) -> Look:
    """Return the house's look on a dark page: the same hues, told apart by the same eyes.

    Parameters
    ----------
    scheme
        The dark page's colours.
    """
    return replace(
        HOUSE,
        ink=scheme.ink,
        muted=scheme.muted,
        grid=scheme.line,
        edge=scheme.paper,
        fills=("#58b4c5", "#506b74", "#b9e6c9", "#f3d98b"),
        contrast="#e07a3c",
    )


def look_of(scheme: Scheme) -> Look:
    """Return the look that a brand's colours give.

    A scale's parts carry their own text, so they stay as they are in a dark page: their colours differ by the least
    step from those that change there.

    Parameters
    ----------
    scheme
        The page's colours; charts are drawn for the light one.
    """
    first, second, third, fourth = scheme.series
    return Look(
        ink=scheme.ink,
        muted=scheme.muted,
        grid=scheme.line,
        edge=scheme.paper,
        fills=(first, third, fourth, _beside(third)),
        contrast=second,
        low_end=_beside(second),
        middle="#e9eced",
        high_end=_beside(first),
        on_light=BLACK,
        dark_below=None,
    )


def _beside(colour: str) -> str:
    """Return a colour that nobody can tell from this one, and that is written otherwise."""
    blue = int(colour[5:], 16)
    return f"{colour[:5]}{blue + (1 if blue < 128 else -1):02x}"
