"""The answer scale that a heading names: 0–10, (1 = vaikea, 7 = helppo)."""

from __future__ import annotations

import re

_RANGE = re.compile(r"(?<![\d.,-])(\d{1,2}) ?(?:[-–—−]|\.{2,3}|…|\bto\b|\btill\b) ?(\d{1,2})(?![\d.,-]*\d)")
_ANCHOR = re.compile(r"(?<!\d)(\d{1,2}) ?(?:=|is the\b|on paras|är bäst)")
WIDEST = 10
"""Largest end of an answer scale that is looked for."""


def scale_named(heading: str) -> tuple[int | None, int] | None:
    """Return the answer scale that a heading names: its ends, or None and its upper end; None if it names none.

    Examples
    --------
    >>> scale_named("Asteikolla 1-10, kuinka todennäköisesti suosittelisit?"), scale_named("Vuonna 2024-2025")
    ((1, 10), None)
    >>> scale_named("How satisfied are you? (10 is the highest)"), scale_named("Helppous (1 = vaikea, 7 = helppo)")
    ((None, 10), (1, 7))
    """
    for match in _RANGE.finditer(heading):
        low, high = int(match[1]), int(match[2])
        if low in {0, 1} and low < high <= WIDEST:
            return low, high
    anchors = sorted({int(match[1]) for match in _ANCHOR.finditer(heading)})
    if len(anchors) > 1 and anchors[0] in {0, 1} and anchors[-1] <= WIDEST:
        return anchors[0], anchors[-1]
    return (None, anchors[-1]) if anchors and 1 < anchors[-1] <= WIDEST else None
