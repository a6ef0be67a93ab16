"""The order of names: as people read them, not as computers compare them."""

from __future__ import annotations

import re

_BELOW = frozenset({"alle", "enintään", "under", "högst", "below", "less than", "up to", "<", "<=", "≤"})
_ABOVE = frozenset({"yli", "vähintään", "över", "minst", "over", "above", "more than", "at least", ">", ">=", "≥"})
_BAND = re.compile(
    rf"(?P<before>{'|'.join(sorted(map(re.escape, _BELOW | _ABOVE), key=len, reverse=True))})?\s*(?P<number>-?\d+(?:[.,]\d+)?)"
)
"""A label that begins with a number, or with a word for less or more and a number: a band of ages, years or sums."""
_NUMBER = re.compile(r"\d+")
_LONGEST = 20
"""Digits that a number within a name is compared by."""


def natural(name: str) -> tuple[int, float, int, str]:
    """Return a sorting key that puts numbers and bands of numbers in order of size, before words; numbers within words by size.

    Examples
    --------
    >>> sorted(["60 tai yli", "b", "alle 25", "25–39", "10", "9"], key=natural)
    ['9', '10', 'alle 25', '25–39', '60 tai yli', 'b']
    >>> sorted(["over 8 years", "2-8 years", "under 2 years"], key=natural)
    ['under 2 years', '2-8 years', 'over 8 years']
    >>> sorted(["Team 10", "Team 2"], key=natural)
    ['Team 2', 'Team 10']
    """
    found = _BAND.match(name.casefold())
    if found is None:
        return (1, 0.0, 0, _NUMBER.sub(lambda digits: digits[0].zfill(_LONGEST), name.casefold()))
    before = found["before"] or ""
    side = -1 if before in _BELOW else 1 if before else 0
    return (0, float(found["number"].replace(",", ".")), side, name.casefold())
