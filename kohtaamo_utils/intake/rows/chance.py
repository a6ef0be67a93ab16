"""How many alike rows of two files are more than chance: two people may answer the same, and two orders cost the same."""

from __future__ import annotations

from math import sqrt

FEWEST = 5
"""Fewer rows that are alike may be chance, or a correction."""
ALIKE = 0.8
"""Of what two files share, this must be alike in everything: of answers that the same people give in two waves it is not."""
DEVIATIONS = 5
"""So many standard deviations more than chance must be alike."""
CONSIDERABLE = 0.2
"""What must be alike of the smaller file where rows have no number of their own."""


def are_the_same(alike: int, shared: int, smaller: int, chance: float, *, numbered: bool) -> bool:
    """Tell whether rows that two files share, by what tells rows apart, are the same rows.

    Parameters
    ----------
    alike
        Shared rows that are alike in everything else too.
    shared
        Rows that both files have by what tells them apart.
    smaller
        Rows of the smaller file.
    chance
        How probable it is that two rows, whichever, are alike in everything else.
    numbered
        Whether rows are told apart by a number of their own.

    Examples
    --------
    >>> are_the_same(60, 60, 60, 0.2, numbered=True), are_the_same(30, 60, 60, 0.2, numbered=True)
    (True, False)
    >>> are_the_same(10, 10, 1000, 0.01, numbered=True), are_the_same(10, 10, 1000, 0.01, numbered=False)
    (True, False)
    """
    enough = FEWEST if numbered else max(FEWEST, CONSIDERABLE * smaller)
    likely = shared * min(chance, 1.0)
    return alike >= max(enough, ALIKE * shared) and alike - likely > DEVIATIONS * sqrt(likely * (1 - min(chance, 1.0)))
