"""Which rows of a table lie between two days."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    import datetime as dt


def between(frame: pd.DataFrame, column: str, first: dt.date, last: dt.date) -> pd.DataFrame:
    """Return the rows from one day to another, both included; rows without a date are outside.

    Parameters
    ----------
    frame
        A table.
    column
        Its date column. Where it is not there, or holds no date at all, every row counts.
    first, last
        The days.

    Examples
    --------
    >>> import datetime as dt
    >>> days = pd.DataFrame({"day": pd.to_datetime(["2025-01-01", "2025-12-31", "2026-01-01", None])})
    >>> len(between(days, "day", dt.date(2025, 1, 1), dt.date(2025, 12, 31)))
    2
    """
    if column not in frame.columns or frame[column].isna().all():
        return frame
    start, after = pd.Timestamp(first), pd.Timestamp(last) + pd.Timedelta(days=1)
    return frame[(frame[column] >= start) & (frame[column] < after)]
