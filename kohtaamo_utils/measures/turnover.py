"""Staff turnover after the definitions of EK, the Confederation of Finnish Industries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from kohtaamo_utils.errors import DataError, say
from kohtaamo_utils.measures.employment import DATES, active_before, active_on, days, leaving_in, require
from kohtaamo_utils.measures.tenure import contract_retention, exits_per_person_year, leaver_share, tenure_curve

if TYPE_CHECKING:
    from datetime import date

__all__ = [
    "Turnover",
    "active_on",
    "contract_retention",
    "exits_per_person_year",
    "leaver_share",
    "leaving_in",
    "tenure_curve",
    "turnover",
    "turnover_of",
]


@dataclass(frozen=True, kw_only=True)
class Turnover:
    """How many came and went in a period.

    Parameters
    ----------
    headcount_start, headcount_end, headcount_mean
        Employed on the eve of the first day, at the end of the last day, and the mean of the two.
    hires, leavers
        Employments that started, and that ended, in the period.
    turnover_in, turnover_out
        Hires, and leavers, per mean headcount, as shares; None when nobody was employed.
    turnover_gross
        (hires + leavers) / (2 · mean headcount): the mean of the two, not their sum.
    """

    headcount_start: int
    headcount_end: int
    headcount_mean: float
    hires: int
    leavers: int
    turnover_in: float | None
    turnover_out: float | None
    turnover_gross: float | None


def turnover_of(headcount_start: int, headcount_end: int, hires: int, leavers: int) -> Turnover:
    """Put turnover rates together from counts (EK, Confederation of Finnish Industries).

    Examples
    --------
    >>> round(turnover_of(100, 105, 15, 10).turnover_gross, 6)
    0.121951
    """
    middle = (headcount_start + headcount_end) / 2
    return Turnover(
        headcount_start=headcount_start,
        headcount_end=headcount_end,
        headcount_mean=middle,
        hires=hires,
        leavers=leavers,
        turnover_in=hires / middle if middle else None,
        turnover_out=leavers / middle if middle else None,
        turnover_gross=(hires + leavers) / (2 * middle) if middle else None,
    )


def turnover(frame: pd.DataFrame, start: date, end: date) -> Turnover:
    """Measure turnover over a period.

    Somebody is employed on a day when they have started by then and have not ended, or end later. So the opening
    headcount and hires less leavers always give the closing headcount.

    Parameters
    ----------
    frame
        Canonical ``employees`` with started_on and ended_on, one row per employment.
    start, end
        First and last day of the period. The opening is the eve of ``start``.

    Returns
    -------
    Turnover
        Counts and shares.

    Raises
    ------
    DataError
        The table has no dates, or the period ends before it starts.

    Examples
    --------
    >>> from datetime import date
    >>> staff = pd.DataFrame({"started_on": pd.to_datetime(["2020-01-01", "2025-03-01"]),
    ...                       "ended_on": pd.to_datetime(["2025-06-30", None])})
    >>> turnover(staff, date(2025, 1, 1), date(2025, 12, 31)).turnover_out
    1.0
    """
    require(frame, say("Turnover"), *DATES)
    if end < start:
        raise DataError(
            say(
                "A period from {start} to {end} came. A period must not end before it starts.",
                start=str(start),
                end=str(end),
            )
        )
    first, last = pd.Timestamp(start), pd.Timestamp(end)
    return turnover_of(
        headcount_start=int(active_before(frame, start).sum()),
        headcount_end=int(active_on(frame, end).sum()),
        hires=int(days(frame["started_on"]).between(first, last).sum()),
        leavers=int(leaving_in(frame, start, end).sum()),
    )
