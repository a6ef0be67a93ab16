"""Two groups of which one may be small, or all of one opinion: what many comparisons at once can be trusted to.

Answers on a short scale pile up at its top. A test that takes each group's own spread then finds six people who all gave
the best answer certain to differ, because their spread is none; one that takes the spread of all together finds the few
who did not certain to differ, because so few others gave their answer. The first fails towards the top, the second
towards the bottom. A difference is as sure as the less sure of the two says; the limits are the usual ones. Simulated with twelve groups of 5 to 40 that do not
differ (`tests/test_measures_cautious.py`), at least one is called different in about 5 surveys of 100 at most; by each group's own
spread alone it is up to 99.
"""

from __future__ import annotations

from dataclasses import replace
from math import sqrt
from typing import TYPE_CHECKING

from kohtaamo_utils.measures.answers import Numbers, p_of, valid
from kohtaamo_utils.measures.estimate import LEVEL
from kohtaamo_utils.measures.means import mean_difference
from kohtaamo_utils.measures.nps import nps_difference_adjusted, points
from kohtaamo_utils.measures.proportions import share_difference

if TYPE_CHECKING:
    from kohtaamo_utils.measures.answers import Answers
    from kohtaamo_utils.measures.differences import Difference

ADDED_EACH = 1.0
"""Successes and failures that Agresti and Caffo add to each group."""


def cautious_mean_difference(
    a: Numbers, b: Numbers, wa: Numbers | None = None, wb: Numbers | None = None, level: float = LEVEL
) -> Difference:
    """Compare two means by Welch's t test and by Student's with the pooled variance; the less sure one decides.

    Parameters
    ----------
    a, b
        Answers of the two groups.
    wa, wb
        Their weights; Kish's effective numbers then stand for the counts.
    level
        Confidence level.

    Returns
    -------
    Difference
        As of `mean_difference`, with the larger p; Welch's limits stay.

    Examples
    --------
    >>> six, all_others = [5.0] * 6, [5.0] * 290 + [3.5] * 110
    >>> mean_difference(six, all_others).p < 1e-9, round(cautious_mean_difference(six, all_others).p, 3)
    (True, 0.133)
    """
    from scipy.special import stdtr

    found = mean_difference(a, b, wa, wb, level)
    if found.value is None or found.p is None:
        return found
    first, second = valid(a, wa), valid(b, wb)
    df = first.n_effective + second.n_effective - 2
    squares = sum((answers.n_effective - 1) * answers.variance for answers in (first, second))
    error = sqrt(squares / df * _by_numbers(first, second))
    return replace(found, p=max(found.p, float(2 * stdtr(df, -abs(found.value) / error))))


def cautious_share_difference(
    a: Numbers, b: Numbers, wa: Numbers | None = None, wb: Numbers | None = None, level: float = LEVEL
) -> Difference:
    """Compare two shares by the χ² test and by that of Agresti and Caffo; the less sure one decides.

    Agresti & Caffo (2000), The American Statistician 54:280, add one success and one failure to each group.

    Parameters
    ----------
    a, b
        True/false or 1/0 of the two groups.
    wa, wb
        Their weights.
    level
        Confidence level.

    Returns
    -------
    Difference
        As of `share_difference`, with the larger p; Newcombe's limits, which hold for small groups, stay.

    Examples
    --------
    >>> one, other = [1] + [0] * 4, [1] * 348 + [0] * 52
    >>> f"{share_difference(one, other).p:.5f} {cautious_share_difference(one, other).p:.5f}"
    '0.00002 0.00069'
    """
    found = share_difference(a, b, wa, wb, level)
    if found.p is None:
        return found
    (one, n1), (two, n2) = (_added(valid(a, wa)), _added(valid(b, wb)))
    error = sqrt(one * (1 - one) / n1 + two * (1 - two) / n2)
    return replace(found, p=max(found.p, p_of((one - two) / error)))


def cautious_nps_difference(
    a: Numbers, b: Numbers, wa: Numbers | None = None, wb: Numbers | None = None, level: float = LEVEL
) -> Difference:
    """Compare two Net Promoter Scores by their adjusted shares and by the shares of both together; the less sure one decides.

    Parameters
    ----------
    a, b
        Answers 0-10 of the two groups.
    wa, wb
        Their weights.
    level
        Confidence level.

    Returns
    -------
    Difference
        As of `nps_difference_adjusted`, with the larger p; its limits stay.

    Examples
    --------
    >>> one, other = [10, 10, 10, 2, 2, 2, 2, 2], [10] * 250 + [2] * 150
    >>> f"{nps_difference_adjusted(one, other).p:.3f} {cautious_nps_difference(one, other).p:.3f}"
    '0.123 0.149'
    """
    found = nps_difference_adjusted(a, b, wa, wb, level)
    if found.value is None or found.p is None:
        return found
    first, second = points(a, wa), points(b, wb)
    both = [answers.n_effective for answers in (first, second)]
    mean, squares = (
        sum(n * answers.share_of(answers.numbers**power) for n, answers in zip(both, (first, second), strict=True))
        / sum(both)
        for power in (1, 2)
    )
    error = sqrt(max(squares - mean**2, 0.0) * _by_numbers(first, second))
    return replace(found, p=max(found.p, p_of(found.value / error))) if error > 0 else found


def _by_numbers(first: Answers, second: Answers) -> float:
    return 1 / first.n_effective + 1 / second.n_effective


def _added(answers: Answers) -> tuple[float, float]:
    """Return a share after a success and a failure more, and the number that it is of."""
    n = answers.n_effective + 2 * ADDED_EACH
    return (answers.mean * answers.n_effective + ADDED_EACH) / n, n
