"""A chart as a picture: its colours as different eyes and a grey printer give them, and how its series are told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from xml.etree import ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"
Colour = tuple[float, float, float]
"""Red, green and blue, 0 to 1."""
Matrix = tuple[tuple[float, float, float], ...]
EYES: dict[str, Matrix] = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "grey": ((0.2126, 0.7152, 0.0722),) * 3,
}
"""Linear RGB as each sees it: Machado, Oliveira and Fernandes 2009, severity 1.0; grey by luminance (Rec. 709)."""


def colour(code: str) -> Colour:
    """Return the colour of a code such as ``#0b5d6b``."""
    red, green, blue = (int(code[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def luminance(one: Colour) -> float:
    """Return the relative luminance of WCAG 2.

    Examples
    --------
    >>> luminance((1, 1, 1))
    1.0
    """
    red, green, blue = map(_linear, one)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def rgb(code: str) -> str:
    """Return a colour as a browser tells it."""
    return f"rgb({', '.join(str(round(255 * part)) for part in colour(code))})"


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of WCAG 2, 1 to 21.

    Examples
    --------
    >>> contrast((0, 0, 0), (1, 1, 1))
    21.0
    """
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _lab(one: Colour, eyes: str) -> Colour:
    seen = [sum(part * _linear(each) for part, each in zip(row, one, strict=True)) for row in EYES[eyes]]
    red, green, blue = (min(max(value, 0), 1) for value in seen)
    xyz = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
    )
    x, y, z = (value ** (1 / 3) if value > 216 / 24389 else (24389 / 27 * value + 16) / 116 for value in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(one: Colour, other: Colour, eyes: str) -> float:
    """Return how far apart two colours are to somebody's eyes, in CIELAB (1976); 2.3 is just noticed.

    Examples
    --------
    >>> round(difference((0, 0, 0), (1, 1, 1), "grey"))
    100
    """
    pairs = zip(_lab(one, eyes), _lab(other, eyes), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


@dataclass(frozen=True)
class Series:
    """How a legend shows one series: the shape of its mark or bar, its hatch, and its colour."""

    shape: str
    hatched: str
    colour: str


def series(svg: str) -> list[Series]:
    """Return the entries of a chart's legend, in order."""
    root = ET.fromstring(svg)  # noqa: S314 - our own
    legends = [part for part in root.iter(f"{SVG}g") if part.get("id", "").startswith("legend")]
    marks = {path.get("id"): path.get("d", "") for path in root.iter(f"{SVG}path") if path.get("id")}
    return [
        _entry(part, marks)
        for legend in legends
        for part in legend
        if re.match(r"(?:patch|line2d)_", part.get("id", "")) and _style(part)
    ]


def _style(part: ET.Element) -> str:
    return " ".join(piece.get("style", "") for piece in part.iter())


def _entry(part: ET.Element, marks: dict[str | None, str]) -> Series:
    used = [marks.get(use.get("href", "")[1:], "") for use in part.iter(f"{SVG}use")]
    shape = re.sub(r"[-\d.\s]+", "", used[0]) if used else "bar" if part.get("id", "").startswith("patch") else "line"
    style = _style(part)
    hatch = re.search(r"fill: url\(#([^)]+)\)", style)
    codes = re.findall(r"(?:fill|stroke): (#[0-9a-f]{6})", style)
    return Series(shape, hatch[1] if hatch else "", next((code for code in codes if code != "#ffffff"), ""))


def alike(found: list[Series], eyes: str, least: float) -> list[tuple[Series, Series]]:
    """Return the pairs of series that somebody can tell apart neither by form nor by colour.

    Parameters
    ----------
    found
        The series.
    eyes
        Whose: a key of `EYES`.
    least
        The smallest difference of colours that is enough.
    """
    return [
        (one, other)
        for one, other in combinations(found, 2)
        if (one.shape, one.hatched) == (other.shape, other.hatched)
        and difference(colour(one.colour), colour(other.colour), eyes) < least
    ]
