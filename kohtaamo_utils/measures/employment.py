"""Who is active on a day and who ends in a period: staff and contract customers alike."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pandas as pd

from kohtaamo_utils.errors import DataError, say

if TYPE_CHECKING:
    from datetime import date

DATES = ("started_on", "ended_on")
TENURE = ("tenure_months", "ended")
MAY_BE_EMPTY = "ended_on"


def active_on(frame: pd.DataFrame, day: date) -> pd.Series:
    """Mark the rows that are active at the end of a day: started by then, and not ended or ending later.

    Examples
    --------
    >>> from datetime import date
    >>> staff = pd.DataFrame({"started_on": pd.to_datetime(["2020-01-01"]), "ended_on": pd.to_datetime(["2025-06-30"])})
    >>> [bool(active_on(staff, date(2025, 6, d)).iloc[0]) for d in (29, 30)]
    [True, False]
    """
    ended, at = days(frame["ended_on"]), pd.Timestamp(day)
    return (days(frame["started_on"]) <= at) & (ended.isna() | (ended > at))


def active_before(frame: pd.DataFrame, start: date) -> pd.Series:
    """Mark the rows that are active when a period opens, on the eve of its first day: whoever ends on that day is still among them.

    Examples
    --------
    >>> from datetime import date
    >>> staff = pd.DataFrame({"started_on": pd.to_datetime(["2020-01-01", "2025-01-01"]),
    ...                       "ended_on": pd.to_datetime(["2025-01-01", None])})
    >>> active_before(staff, date(2025, 1, 1)).tolist()
    [True, False]
    """
    return active_on(frame, start - timedelta(days=1))


def leaving_in(frame: pd.DataFrame, start: date, end: date) -> pd.Series:
    """Mark the rows that ended in a period, both its ends inside: the leavers whose pay the cost model averages.

    Examples
    --------
    >>> from datetime import date
    >>> staff = pd.DataFrame({"ended_on": pd.to_datetime(["2025-06-30", None])})
    >>> leaving_in(staff, date(2025, 1, 1), date(2025, 6, 30)).tolist()
    [True, False]
    """
    return days(frame["ended_on"]).between(pd.Timestamp(start), pd.Timestamp(end))


def days(column: pd.Series) -> pd.Series:
    """Return dates without their time of day, whatever type they came in.

    Examples
    --------
    >>> days(pd.Series(["2025-06-30 12:00"])).dt.hour.tolist()
    [0]
    """
    return pd.to_datetime(column).dt.normalize()


def says(frame: pd.DataFrame, *columns: str) -> bool:
    """Tell whether the columns are there and say something; ended_on may be empty, as nobody may have left.

    Examples
    --------
    >>> says(pd.DataFrame({"started_on": [None], "ended_on": [None]}), "started_on", "ended_on")
    False
    """
    return not _silent(frame, columns)


def require(frame: pd.DataFrame, what: str, *columns: str) -> None:
    """Refuse a table whose columns are missing or empty.

    Parameters
    ----------
    frame
        The table.
    what
        What needs the columns, as the message's subject.
    *columns
        Canonical names.

    Raises
    ------
    DataError
        A column is missing or says nothing.

    Examples
    --------
    >>> require(pd.DataFrame({"ended": [True]}), "The share of leavers", "ended")
    """
    silent = _silent(frame, columns)
    if silent:
        raise DataError(
            say(
                "{what} needs the columns {columns}; {silent} is missing or empty. Map it to a column of the client's file.",
                what=what,
                columns=", ".join(columns),
                silent=", ".join(silent),
            )
        )


def _silent(frame: pd.DataFrame, columns: tuple[str, ...]) -> list[str]:
    return [
        name
        for name in columns
        if name not in frame or (name != MAY_BE_EMPTY and frame[name].isna().all() and len(frame))
    ]
