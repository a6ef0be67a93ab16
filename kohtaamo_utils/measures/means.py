"""Means of answers on their own scale, with Student's t intervals."""

from __future__ import annotations

from fractions import Fraction
from math import isnan, sqrt
from typing import TYPE_CHECKING

from kohtaamo_utils.measures.answers import Answers, Numbers, valid
from kohtaamo_utils.measures.differences import Difference
from kohtaamo_utils.measures.estimate import LEVEL, Estimate, nothing

if TYPE_CHECKING:
    from decimal import Decimal

    import pandas as pd

METHOD = "t"


def t_of(level: float, df: float) -> float:
    """Return the two-sided quantile of Student's t for a confidence level.

    Examples
    --------
    >>> round(t_of(0.95, 9), 6)
    2.262157
    """
    from scipy.special import stdtrit

    return float(stdtrit(df, 0.5 + level / 2))


def mean(values: Numbers, weights: Numbers | None = None, level: float = LEVEL, unit: str = "scale") -> Estimate:
    """Estimate a mean: x̄ ± t(n-1)·s/√n.

    With weights the mean and the variance are weighted, and Kish's effective number stands for n. One answer has no
    interval.

    Parameters
    ----------
    values
        Answers; missing ones are dropped.
    weights
        Weights of the same rows.
    level
        Confidence level.
    unit
        Unit of the answers.

    Returns
    -------
    Estimate
        In the answers' own unit.

    Examples
    --------
    >>> mean([7, 6, 5, 7, 4, 3, 6, 7, 2, 5]).value
    5.2
    """
    answers = valid(values, weights)
    if answers.empty:
        return nothing(unit, METHOD)
    value, squared_error = answers.mean, _squared_error(answers)
    if isnan(squared_error):
        return Estimate(value=value, n=answers.n, unit=unit, method=METHOD, level=level)
    reach = t_of(level, answers.n_effective - 1) * sqrt(squared_error)
    return Estimate(
        value=value, n=answers.n, low=value - reach, high=value + reach, unit=unit, method=METHOD, level=level
    )


def mean_of_sums(n: int, total: Decimal, squares: Decimal, level: float = LEVEL, unit: str = "scale") -> Estimate:
    """Estimate a mean of which only the sums are known: x̄ ± t(n-1)·s/√n.

    Parameters
    ----------
    n
        Number of values.
    total, squares
        Their sum and the sum of their squares; exact, so that nothing is lost where the values are large and alike.
    level
        Confidence level.
    unit
        Unit of the values.

    Returns
    -------
    Estimate
        As of `mean`: one value has no interval, none has no mean.

    Examples
    --------
    >>> from decimal import Decimal
    >>> mean_of_sums(4, Decimal(10), Decimal(30)).value  # 1, 2, 3 and 4
    2.5
    """
    if not n:
        return nothing(unit, METHOD)
    value = float(Fraction(total) / n)
    if n == 1:
        return Estimate(value=value, n=n, unit=unit, method=METHOD, level=level)
    variance = max((Fraction(squares) - Fraction(total) ** 2 / n) / (n - 1), Fraction(0))
    reach = t_of(level, n - 1) * sqrt(variance / n)
    return Estimate(value=value, n=n, low=value - reach, high=value + reach, unit=unit, method=METHOD, level=level)


def mean_difference(
    a: Numbers, b: Numbers, wa: Numbers | None = None, wb: Numbers | None = None, level: float = LEVEL
) -> Difference:
    """Compare the means of two independent groups by Welch's t test, which lets their spreads differ.

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
        Mean of a minus mean of b. No interval and no p where a group has one answer, or neither has any spread.

    Examples
    --------
    >>> mean_difference([4, 5, 5], [2, 3, 4]).value
    1.666666666666667
    """
    first, second = valid(a, wa), valid(b, wb)
    if first.empty or second.empty:
        return Difference(value=None, unit="scale", method="welch", n1=first.n, n2=second.n, level=level)
    gap = first.mean - second.mean
    low, high, p = _welch(gap, first, second, level)
    return Difference(
        value=gap, low=low, high=high, p=p, unit="scale", method="welch", n1=first.n, n2=second.n, level=level
    )


def all_of(frame: pd.DataFrame) -> pd.Series:
    """Return each row's mean over all columns where every column was answered, else NaN.

    The heard index is the mean of being heard, understood and valued among those who answered all three.

    Examples
    --------
    >>> import pandas as pd
    >>> all_of(pd.DataFrame({"heard": [4, 5], "understood": [5, None]})).tolist()
    [4.5, nan]
    """
    return frame.astype("float64").mean(axis="columns", skipna=False)


def _squared_error(answers: Answers) -> float:
    return answers.variance / answers.n_effective


def _welch(
    gap: float, first: Answers, second: Answers, level: float
) -> tuple[float, float, float] | tuple[None, None, None]:
    from scipy.special import stdtr

    one, two = _squared_error(first), _squared_error(second)
    if not one + two > 0:
        return None, None, None
    df = (one + two) ** 2 / (one**2 / (first.n_effective - 1) + two**2 / (second.n_effective - 1))
    error = sqrt(one + two)
    reach = t_of(level, df) * error
    return gap - reach, gap + reach, float(2 * stdtr(df, -abs(gap) / error))
