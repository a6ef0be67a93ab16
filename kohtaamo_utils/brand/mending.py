"""A brand's colour brought to a contrast: the nearest lightness that reaches it, and a note of what was changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.brand.colours import contrast, from_oklch, oklch
from kohtaamo_utils.errors import Said, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TEXT, LARGE = 4.5, 3.0
"""What WCAG 2.2 AA asks of text, and of large text, parts of charts and controls."""
_STEPS = 400


@dataclass(frozen=True)
class Mending:
    """One colour of a brand that could not be used as it is.

    Parameters
    ----------
    key
        Key in the brand file, e.g. ``color.primary``.
    given, used
        The brand's colour and the one in its place.
    ratio, needed
        Contrast that the brand's colour has, and that it would need.
    use
        What the colour is for, and in which page.
    """

    key: str
    given: str
    used: str
    ratio: float
    needed: float
    use: Said

    @property
    def said(self) -> Said:
        """The mending as a message."""
        return say(
            "`{key}` {given} has a contrast of {ratio}:1 and needs {needed}:1 for {use}: {used} is used there.",
            key=self.key,
            given=self.given,
            ratio=f"{int(self.ratio * 100) / 100:.2f}",  # cut, not rounded: 4.499 has not reached 4.5
            needed=f"{self.needed:g}",
            use=self.use,
            used=self.used,
        )


def lowest(colour: str, grounds: Sequence[str]) -> float:
    """Return the lowest contrast that a colour has with one of the grounds it stands on."""
    return min(contrast(colour, ground) for ground in grounds)


def mended(colour: str, grounds: Sequence[str], needed: float) -> str | None:
    """Return the colour, or the nearest in lightness of its hue that reaches a contrast; None where there is none.

    Parameters
    ----------
    colour
        ``#rrggbb``.
    grounds
        Colours that it stands on.
    needed
        Contrast to reach with each of them.

    Examples
    --------
    >>> mended("#0b5d6b", ["#ffffff"], 4.5), mended("#ffee88", ["#ffffff"], 4.5)
    ('#0b5d6b', '#867600')
    """
    if lowest(colour, grounds) >= needed:
        return colour
    return next((nearest for nearest in _nearest(colour) if lowest(nearest, grounds) >= needed), None)


def _nearest(colour: str) -> Iterator[str]:
    """Yield the colours of the same hue, those of nearly the same lightness first."""
    lightness, chroma, hue = oklch(colour)
    for step in range(1, _STEPS + 1):
        for near in (lightness - step / _STEPS, lightness + step / _STEPS):
            if 0 <= near <= 1:
                yield from_oklch(near, chroma, hue)
