"""Waves: rounds of answering that are apart in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

GAP_DAYS = 28
"""Days without an answer that part one wave from the next."""


def waves_of(days: pd.Series, gap_days: int = GAP_DAYS) -> pd.Series:
    """Return each answer's wave, from 1 in order of time; missing where there is no day.

    Parameters
    ----------
    days
        When each answer was given.
    gap_days
        Least number of days without an answer between two waves.

    Examples
    --------
    >>> import pandas as pd
    >>> days = pd.Series(pd.to_datetime(["2025-04-07", "2025-10-06", "2025-04-20"]))
    >>> waves_of(days).tolist()
    [1.0, 2.0, 1.0]
    """
    there = days.dropna().drop_duplicates().sort_values()
    numbers = there.diff().dt.days.gt(gap_days).cumsum() + 1
    known = dict(zip(there, numbers, strict=True))
    return days.map(known).astype("float64")
