"""How long staff and contract customers stay, and how many leave for the time that they were there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from kohtaamo_utils.errors import DataError, say
from kohtaamo_utils.measures.durations import MONTHS_PER_YEAR, tenure_months
from kohtaamo_utils.measures.employment import DATES, TENURE, active_on, days, require, says
from kohtaamo_utils.measures.estimate import LEVEL, Estimate, nothing
from kohtaamo_utils.measures.proportions import share
from kohtaamo_utils.measures.survival import SurvivalCurve, kaplan_meier

if TYPE_CHECKING:
    from datetime import date

RATE_METHOD = "poisson-exact"


def leaver_share(frame: pd.DataFrame, level: float = LEVEL) -> Estimate:
    """Estimate the share of all employments in the table that have ended.

    Parameters
    ----------
    frame
        Canonical ``employees`` with ``ended`` (true/false) or with ended_on.
    level
        Confidence level.

    Returns
    -------
    Estimate
        A share 0-1 with Wilson's interval. Not a yearly rate: it depends on how far back the table reaches.

    Examples
    --------
    >>> leaver_share(pd.DataFrame({"ended": [True, False, False, False]})).value
    0.25
    """
    return share(_ended(frame), level=level)


def exits_per_person_year(frame: pd.DataFrame, on: date | None = None, level: float = LEVEL) -> Estimate:
    """Estimate how many employments end per year of employment: leavers / total tenure in years.

    Parameters
    ----------
    frame
        Canonical ``employees`` with tenure_months and ended, or with dates.
    on
        The last day observed; needed with dates.
    level
        Confidence level.

    Returns
    -------
    Estimate
        A yearly rate (0.16 = 16 per 100 person-years) with the exact Poisson interval (Garwood, 1936). ``n`` counts
        employments.

    Raises
    ------
    DataError
        The table has dates and ``on`` is missing, or it has neither dates nor tenure.

    Examples
    --------
    >>> exits_per_person_year(pd.DataFrame({"tenure_months": [12, 36], "ended": [True, False]})).value
    0.25
    """
    lengths, ended = tenures(frame, on)
    there = lengths.notna() & ended.notna()
    years, exits = float(lengths[there].sum()) / MONTHS_PER_YEAR, float(ended[there].sum())
    return yearly_rate(exits, years, int(there.sum()), level)


def yearly_rate(exits: float, years: float, n: int, level: float = LEVEL) -> Estimate:
    """Estimate a rate of exits from their number and the years in which they could happen.

    Parameters
    ----------
    exits
        How many ended.
    years
        Person-years observed.
    n
        How many were observed.
    level
        Confidence level, of the exact Poisson interval (Garwood, 1936).

    Examples
    --------
    >>> found = yearly_rate(10, 100, 120)
    >>> found.value, round(found.low, 4), round(found.high, 4)
    (0.1, 0.048, 0.1839)
    """
    from scipy.special import gammaincinv

    if not years > 0:
        return nothing("share", RATE_METHOD)
    tail = (1 - level) / 2
    low = float(gammaincinv(exits, tail)) if exits else 0.0
    return Estimate(
        value=exits / years,
        n=n,
        low=low / years,
        high=float(gammaincinv(exits + 1, 1 - tail)) / years,
        unit="share",
        method=RATE_METHOD,
        level=level,
    )


def tenure_curve(frame: pd.DataFrame, on: date | None = None, level: float = LEVEL) -> SurvivalCurve:
    """Estimate how long employments or contracts last, in months.

    Parameters
    ----------
    frame
        Canonical ``employees`` or ``customers``: tenure_months and ended, or started_on and ended_on.
    on
        With dates, the last day observed: whoever ends later counts as still there, whoever starts later not at all.
    level
        Confidence level.

    Returns
    -------
    SurvivalCurve
        Its ``median()`` is the median tenure in months.

    Raises
    ------
    DataError
        The table has dates and ``on`` is missing, or it has neither dates nor tenure.

    Examples
    --------
    >>> tenure_curve(pd.DataFrame({"tenure_months": [3, 5, 8], "ended": [True, True, False]})).median().value
    5.0
    """
    lengths, ended = tenures(frame, on)
    return kaplan_meier(lengths, ended, level)


def contract_retention(
    customers_frame: pd.DataFrame, start: date | None = None, end: date | None = None, level: float = LEVEL
) -> Estimate:
    """Estimate the share of contract customers active at the start of a period who are still active at its end.

    Parameters
    ----------
    customers_frame
        Canonical ``customers``: started_on and ended_on, or tenure_months and ended.
    start, end
        First and last day of the period; not needed with tenure only.
    level
        Confidence level.

    Returns
    -------
    Estimate
        With dates, a share with Wilson's interval, ``n`` the customers active at the start. With tenure only, the
        share of customers who stay longer than twelve months (Kaplan-Meier).

    Raises
    ------
    DataError
        The table has dates and the period is missing, or it has neither dates nor tenure.

    Examples
    --------
    >>> from datetime import date
    >>> contracts = pd.DataFrame({"started_on": pd.to_datetime(["2020-01-01", "2021-01-01"]),
    ...                           "ended_on": pd.to_datetime(["2025-06-30", None])})
    >>> contract_retention(contracts, date(2025, 1, 1), date(2025, 12, 31)).value
    0.5
    """
    if not says(customers_frame, *DATES):
        return tenure_curve(customers_frame, level=level).at(MONTHS_PER_YEAR)
    if start is None or end is None:
        raise DataError(say("Retention from contract dates needs a period. Give `period` with its start and end."))
    at_start, at_end = active_on(customers_frame, start), active_on(customers_frame, end)
    return share(at_end[at_start], level=level)


def tenures(frame: pd.DataFrame, on: date | None = None) -> tuple[pd.Series, pd.Series]:
    """Return months observed and whether they ended: from dates if there are any, else from tenure.

    Parameters
    ----------
    frame
        Canonical ``employees`` or ``customers``.
    on
        With dates, the last day observed; whoever starts later is left out.

    Raises
    ------
    DataError
        The table has dates and ``on`` is missing, or it has neither dates nor tenure.

    Examples
    --------
    >>> months, ended = tenures(pd.DataFrame({"tenure_months": [3, 5], "ended": [True, False]}))
    >>> months.tolist(), ended.tolist()
    ([3, 5], [True, False])
    """
    if not says(frame, *DATES):
        if says(frame, "started_on") and not says(frame, *TENURE):
            require(frame, say("How long people stay"), *DATES)
        require(frame, say("Tenure without dates"), *TENURE)
        return frame["tenure_months"], frame["ended"]
    if on is None:
        raise DataError(say("Tenure from dates needs the last day observed. Give `period` with its end."))
    last, started = pd.Timestamp(on), days(frame["started_on"])
    seen = started <= last
    ended_on = days(frame["ended_on"])[seen]
    ended = ended_on <= last
    return tenure_months(started[seen], ended_on.where(ended, last)), ended


def _ended(frame: pd.DataFrame) -> pd.Series:
    if says(frame, "ended"):
        return frame["ended"]
    require(frame, say("The share of leavers"), "ended_on")
    return frame["ended_on"].notna()
