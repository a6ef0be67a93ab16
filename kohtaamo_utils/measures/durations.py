"""Lengths of time in months, and a yearly rate from one over another length."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.errors import DataError, say

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

MONTHS_PER_YEAR = 12
DAYS_PER_MONTH = 365.25 / MONTHS_PER_YEAR


def months_between(d1: date, d2: date) -> float:
    """Return the months from one day to another.

    Calendar months, plus the difference of the days of the month in parts of a mean month.

    Parameters
    ----------
    d1, d2
        First and last day; the result is negative when they come the other way round.

    Returns
    -------
    float
        In months; from a day to the same day a year later it is exactly 12.

    Examples
    --------
    >>> from datetime import date
    >>> months_between(date(2023, 1, 1), date(2024, 1, 1))
    12.0
    """
    months = (d2.year - d1.year) * MONTHS_PER_YEAR + d2.month - d1.month
    return months + (d2.day - d1.day) / DAYS_PER_MONTH


def annual_rate(r: float, months: float) -> float:
    """Turn a retention rate over some months into a yearly one: r^(12 / months).

    Parameters
    ----------
    r
        Share that stayed, 0-1.
    months
        Over how many months, more than 0.

    Raises
    ------
    DataError
        The time is not positive: the follow-up does not start after the baseline.

    Examples
    --------
    >>> annual_rate(0.5, 6)
    0.25
    """
    if months <= 0:
        raise DataError(
            say(
                "A rate over {months} months came. The follow-up window must start after the baseline window.",
                months=f"{months:g}",
            )
        )
    return float(r ** (MONTHS_PER_YEAR / months))


def tenure_months(started_on: pd.Series, until: pd.Series) -> pd.Series:
    """Return the months between two columns of dates, in mean months of 30.4375 days.

    Examples
    --------
    >>> import pandas as pd
    >>> days = pd.Series(pd.to_datetime(["2020-01-01", "2024-01-01"]))
    >>> tenure_months(days[:1], days[1:].reset_index(drop=True)).tolist()
    [48.0]
    """
    return (until - started_on).dt.days / DAYS_PER_MONTH
