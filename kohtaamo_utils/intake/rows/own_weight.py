"""A column called *weight* that nobody has mapped: weights of answers, or what people weigh."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kohtaamo_utils.engagement import Source
    from kohtaamo_utils.intake.columns.part import Part

WEIGHT = "weight"
HEAVY = 5
"""Weights of answers whose median is above it have no mean of 1."""
FEWEST = 10
"""Answers from which on it is telling that none has a weight of 1 or less."""


def around_one(numbers: Sequence[float]) -> bool:
    """Tell whether numbers may be weights of answers, of which the mean is 1; what people weigh is far from it.

    Examples
    --------
    >>> around_one([0.4, 1.2, 3.5]), around_one([69, 55, 102])
    (True, False)
    """
    return min(numbers) <= 1 and median(numbers) <= HEAVY


def check_own_weight(part: Part, source: Source) -> None:
    """Record a problem where weights that are taken by their column's own name are far from 1; a mapping says that they are weights.

    Parameters
    ----------
    part
        Typed rows of a survey.
    source
        The source's block.
    """
    if WEIGHT in source.columns or WEIGHT in source.constants or WEIGHT not in part.frame.columns:
        return
    numbers = part.frame[WEIGHT].dropna().tolist()
    if len(numbers) < FEWEST or around_one(numbers):
        return
    label = part.label(WEIGHT)
    part.findings.problem(
        "own_weight",
        say(
            "The column is taken by its own name for weights of answers, which lie around 1, and its values go from {low} to {high}.",
            low=f"{min(numbers):g}",
            high=f"{max(numbers):g}",
        ),
        advice=say(
            "If they are weights of answers, write `{entry}`; if they are what people weigh, give the column another name in the file.",
            entry=f"columns: {{{WEIGHT}: {label}}}",
        ),
        column=label,
    )
