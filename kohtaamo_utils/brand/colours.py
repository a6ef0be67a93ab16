"""Colours as numbers: sRGB and OKLCH, the contrast of two of them by WCAG 2.2, and how colour-blind eyes see one."""

from __future__ import annotations

import math
from typing import TypeAlias

Rgb: TypeAlias = tuple[float, float, float]
"""Red, green and blue of sRGB, each 0 to 1."""
_TO_LMS = ((0.4122214708, 0.5363325363, 0.0514459929), (0.2119034982, 0.6806995451, 0.1073969566), (0.0883024619, 0.2817188376, 0.6299787005))  # fmt: skip
_TO_LAB = ((0.2104542553, 0.7936177850, -0.0040720468), (1.9779984951, -2.4285922050, 0.4505937099), (0.0259040371, 0.7827717662, -0.8086757660))  # fmt: skip
_FROM_LAB = ((1.0, 0.3963377774, 0.2158037573), (1.0, -0.1055613458, -0.0638541728), (1.0, -0.0894841775, -1.2914855480))  # fmt: skip
_FROM_LMS = ((4.0767416621, -3.3077115913, 0.2309699292), (-1.2684380046, 2.6097574011, -0.3413193965), (-0.0041960863, -0.7034186147, 1.7076147010))  # fmt: skip
BLINDNESS = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""What linear red, green and blue become for eyes that lack a kind of cone (Machado, Oliveira and Fernandes 2009, severity 1)."""


def rgb_of(colour: str) -> Rgb:
    """Return a colour of the form ``#rrggbb`` as numbers.

    Examples
    --------
    >>> rgb_of("#ff0033")
    (1.0, 0.0, 0.2)
    """
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def hex_of(rgb: Rgb) -> str:
    """Return numbers as ``#rrggbb``.

    Examples
    --------
    >>> hex_of((1.0, 0.0, 0.2))
    '#ff0033'
    """
    return "#" + "".join(f"{round(min(max(part, 0.0), 1.0) * 255):02x}" for part in rgb)


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2.2, 0 for black and 1 for white.

    Examples
    --------
    >>> round(luminance("#ffffff"), 4), round(luminance("#767676"), 4)
    (1.0, 0.1812)
    """
    red, green, blue = _linear(rgb_of(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2.2, from 1 to 21.

    Examples
    --------
    >>> round(contrast("#000000", "#ffffff"), 2), round(contrast("#767676", "#ffffff"), 2)
    (21.0, 4.54)
    """
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """Return a colour with a share of another in it.

    Examples
    --------
    >>> mixed("#000000", "#ffffff", 0.2)
    '#333333'
    """
    red, green, blue = (a + (b - a) * share for a, b in zip(rgb_of(one), rgb_of(other), strict=True))
    return hex_of((red, green, blue))


def oklab(colour: str) -> Rgb:
    """Return lightness and the two axes of OKLab, where equal steps look equal."""
    return _oklab(_linear(rgb_of(colour)))


def oklch(colour: str) -> tuple[float, float, float]:
    """Return lightness (0 to 1), chroma and hue (radians) in OKLCH.

    Examples
    --------
    >>> [round(part, 3) for part in oklch("#ff0000")]
    [0.628, 0.258, 0.51]
    """
    lightness, a, b = oklab(colour)
    return lightness, math.hypot(a, b), math.atan2(b, a)


def from_oklch(lightness: float, chroma: float, hue: float) -> str:
    """Return the colour of a lightness and hue, with as much of the chroma as a screen can show.

    Examples
    --------
    >>> from_oklch(*oklch("#0b5d6b")), from_oklch(1.0, 0.2, 0.0)
    ('#0b5d6b', '#ffffff')
    """
    low, high = 0.0, chroma
    if not _shown(lightness, chroma, hue):
        for _ in range(20):
            middle = (low + high) / 2
            low, high = (middle, high) if _shown(lightness, middle, hue) else (low, middle)
        chroma = low
    return hex_of(_encoded(_linear_of(lightness, chroma, hue)))


def as_seen(colour: str, kind: str) -> Rgb:
    """Return the OKLab values that a colour has for colour-blind eyes.

    Parameters
    ----------
    colour
        ``#rrggbb``.
    kind
        A name in `BLINDNESS`.
    """
    seen = _times(BLINDNESS[kind], _linear(rgb_of(colour)))
    red, green, blue = (min(max(part, 0.0), 1.0) for part in seen)
    return _oklab((red, green, blue))


def distance(one: str, other: str) -> float:
    """Return how far two colours are apart in OKLab for those who see it least: usual or colour-blind eyes.

    Examples
    --------
    >>> round(distance("#000000", "#ffffff"), 2), distance("#0b5d6b", "#0b5d6b")
    (1.0, 0.0)
    """
    pairs = [(oklab(one), oklab(other)), *((as_seen(one, kind), as_seen(other, kind)) for kind in BLINDNESS)]
    return min(math.dist(*pair) for pair in pairs)


def grey(colour: str) -> float:
    """Return the lightness, 0 to 1, that is left of a colour when it is printed in grey.

    Examples
    --------
    >>> round(grey("#767676"), 3) == round(oklab("#767676")[0], 3)
    True
    """
    return float(luminance(colour) ** (1 / 3))


def _times(matrix: tuple[Rgb, Rgb, Rgb], vector: Rgb) -> Rgb:
    one, two, three = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return one, two, three


def _linear(rgb: Rgb) -> Rgb:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb)
    return red, green, blue


def _encoded(linear: Rgb) -> Rgb:
    red, green, blue = (
        12.92 * part if part <= 0.0031308 else 1.055 * max(part, 0.0) ** (1 / 2.4) - 0.055 for part in linear
    )
    return red, green, blue


def _oklab(linear: Rgb) -> Rgb:
    long, medium, short = _times(_TO_LMS, linear)
    return _times(_TO_LAB, (math.cbrt(long), math.cbrt(medium), math.cbrt(short)))


def _linear_of(lightness: float, chroma: float, hue: float) -> Rgb:
    long, medium, short = _times(_FROM_LAB, (lightness, chroma * math.cos(hue), chroma * math.sin(hue)))
    return _times(_FROM_LMS, (long**3, medium**3, short**3))


def _shown(lightness: float, chroma: float, hue: float) -> bool:
    return all(-1e-4 <= part <= 1 + 1e-4 for part in _linear_of(lightness, chroma, hue))
