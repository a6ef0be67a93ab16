"""Shares of answers: customer satisfaction's top two, themes, repeat buyers; Wilson's and Newcombe's intervals."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from kohtaamo_utils.errors import DataError, say
from kohtaamo_utils.measures.answers import Numbers, as_floats, p_of, valid, z_of
from kohtaamo_utils.measures.differences import Difference
from kohtaamo_utils.measures.estimate import LEVEL, Estimate, nothing

if TYPE_CHECKING:
    from collections.abc import Sequence

UNIT = "share"
METHOD = "wilson"


def wilson(successes: float, n: float, level: float = LEVEL) -> tuple[float, float]:
    """Return Wilson's score interval of a proportion.

    (2np̂ + z² ± z√(z² + 4np̂(1-p̂))) / (2(n + z²)), after Wilson (1927), method 3 of Newcombe (1998), Stat Med 17:857.

    Parameters
    ----------
    successes
        Number of successes; a fraction where the sample is weighted.
    n
        Number of trials, or Kish's effective number of them.
    level
        Confidence level.

    Returns
    -------
    tuple of float
        Lower and upper limit inside 0-1.

    Raises
    ------
    DataError
        There are no trials, or the successes are not between none and all of them.

    Examples
    --------
    >>> [round(limit, 4) for limit in wilson(81, 263)]
    [0.2553, 0.3662]
    """
    if not 0 <= successes <= n * (1 + 1e-12) or n <= 0:
        raise DataError(
            say(
                "{successes} of {n} came as a proportion. Give from 0 to n successes of n > 0 trials.",
                successes=f"{successes:g}",
                n=f"{n:g}",
            )
        )
    share = min(successes / n, 1.0)
    z2 = z_of(level) ** 2
    centre = 2 * n * share + z2
    reach = sqrt(z2 * (z2 + 4 * n * share * (1 - share)))
    low, high = (centre - reach) / (2 * (n + z2)), (centre + reach) / (2 * (n + z2))
    # at the ends rounding leaves a hair's breadth between the limit and the share itself
    return (0.0 if share == 0 else max(low, 0.0)), (1.0 if share == 1 else min(high, 1.0))


def share(flags: Numbers, weights: Numbers | None = None, level: float = LEVEL) -> Estimate:
    """Estimate the share of true marks.

    Parameters
    ----------
    flags
        True/false or 1/0; missing ones are dropped.
    weights
        Weights of the same rows; the interval then uses Kish's effective number.
    level
        Confidence level.

    Returns
    -------
    Estimate
        A share 0-1 with Wilson's interval.

    Raises
    ------
    DataError
        A mark is neither 0 nor 1.

    Examples
    --------
    >>> share([True, True, False, None]).n
    3
    """
    answers = valid(flags, weights)
    if not np.isin(answers.numbers, (0.0, 1.0)).all():
        raise DataError(say("A share was asked of answers that are not true or false. Mark each row 1, 0 or missing."))
    if answers.empty:
        return nothing(UNIT, METHOD)
    value = answers.mean
    low, high = wilson(value * answers.n_effective, answers.n_effective, level)
    return Estimate(value=value, n=answers.n, low=low, high=high, unit=UNIT, method=METHOD, level=level)


def share_of(successes: int, n: int, level: float = LEVEL) -> Estimate:
    """Estimate a share that was counted.

    Parameters
    ----------
    successes, n
        How many of how many.
    level
        Confidence level.

    Returns
    -------
    Estimate
        A share 0-1 with Wilson's interval; no value where n is 0.

    Examples
    --------
    >>> share_of(1, 2).value, share_of(0, 0).value
    (0.5, None)
    """
    if not n:
        return nothing(UNIT, METHOD)
    low, high = wilson(successes, n, level)
    return Estimate(value=successes / n, n=n, low=low, high=high, unit=UNIT, method=METHOD, level=level)


def top_two(
    scores: Numbers, top: Sequence[float] = (4, 5), weights: Numbers | None = None, level: float = LEVEL
) -> Estimate:
    """Estimate the share of answers in the top boxes, by default 4 and 5 of a 1-5 scale.

    Parameters
    ----------
    scores
        Answers on their own scale; missing ones are dropped, not counted as outside the boxes.
    top
        The answers that count as favourable.
    weights
        Weights of the same rows.
    level
        Confidence level.

    Returns
    -------
    Estimate
        A share 0-1 with Wilson's interval.

    Examples
    --------
    >>> top_two([5, 4, 3, None]).value
    0.6666666666666666
    """
    answers = valid(scores, weights)
    return share(np.isin(answers.numbers, list(top)), answers.weights, level)


def newcombe(x1: float, n1: float, x2: float, n2: float, level: float = LEVEL) -> Difference:
    """Compare two independent proportions: Newcombe's hybrid score interval and the χ² test.

    The limits are Δ - √((p₁-l₁)² + (u₂-p₂)²) and Δ + √((u₁-p₁)² + (p₂-l₂)²) with the Wilson limits l and u:
    method 10 of Newcombe (1998), Stat Med 17:873. The p-value is that of the uncorrected Pearson χ².

    Parameters
    ----------
    x1, n1, x2, n2
        Successes and trials of the two groups (effective ones where the samples are weighted).
    level
        Confidence level.

    Returns
    -------
    Difference
        First share minus second.

    Raises
    ------
    DataError
        A group has no trials, or more successes than trials.

    Examples
    --------
    >>> round(newcombe(56, 70, 48, 80).low, 4)
    0.0524
    """
    (low1, high1), (low2, high2) = wilson(x1, n1, level), wilson(x2, n2, level)
    p1, p2 = x1 / n1, x2 / n2
    gap = p1 - p2
    return Difference(
        value=gap,
        low=gap - sqrt((p1 - low1) ** 2 + (high2 - p2) ** 2),
        high=gap + sqrt((high1 - p1) ** 2 + (p2 - low2) ** 2),
        p=_p_pooled(x1, n1, x2, n2),
        unit=UNIT,
        method="newcombe",
        n1=round(n1),
        n2=round(n2),
        level=level,
    )


def share_difference(
    a: Numbers, b: Numbers, wa: Numbers | None = None, wb: Numbers | None = None, level: float = LEVEL
) -> Difference:
    """Compare the shares of true marks in two independent groups, weighted if weights come.

    Examples
    --------
    >>> share_difference([1, 1, 0, None], [0, 1, 0]).n1
    3
    """
    first, second = valid(a, wa), valid(b, wb)
    if first.empty or second.empty:
        return Difference(value=None, unit=UNIT, method="newcombe", n1=first.n, n2=second.n, level=level)
    n1, n2 = first.n_effective, second.n_effective
    return replace(newcombe(first.mean * n1, n1, second.mean * n2, n2, level), n1=first.n, n2=second.n)


def flagged(scores: Numbers, low: float, high: float) -> list[float | None]:
    """Mark answers from ``low`` to ``high`` as 1, other answers as 0; a missing answer stays missing.

    Examples
    --------
    >>> flagged([7, 4, None], 5, 7)
    [1.0, 0.0, None]
    """
    return [None if np.isnan(score) else float(low <= score <= high) for score in as_floats(scores)]


def _p_pooled(x1: float, n1: float, x2: float, n2: float) -> float:
    pooled = (x1 + x2) / (n1 + n2)
    error = sqrt(max(pooled * (1 - pooled), 0.0) * (1 / n1 + 1 / n2))
    return 1.0 if error == 0 else p_of((x1 / n1 - x2 / n2) / error)
