"""Who stays and who leaves: the curves of groups, and which of them differ from the others.

A list of staff or contracts often lacks those who left before it was begun. Counting the past of those who are on it
would then make everybody seem to stay for ever. So where there are dates, only what happened in the period counts: each
comes under observation with the age that it had at the period's start (left truncation).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kohtaamo_utils.measures.answers import as_floats
from kohtaamo_utils.measures.comparisons import benjamini_hochberg
from kohtaamo_utils.measures.durations import DAYS_PER_MONTH, MONTHS_PER_YEAR
from kohtaamo_utils.measures.employment import DATES, days, says
from kohtaamo_utils.measures.proportions import share
from kohtaamo_utils.measures.survival import LogRank, SurvivalCurve, kaplan_meier, logrank
from kohtaamo_utils.measures.tenure import tenures, yearly_rate

if TYPE_CHECKING:
    from datetime import date

    import numpy.typing as npt

    from kohtaamo_utils.measures.answers import FloatArray
    from kohtaamo_utils.measures.estimate import Estimate

DIFFERS = 0.05
"""Adjusted p-values up to this stand out from chance variation."""
ONE_DAY = 1 / DAYS_PER_MONTH
MOMENT = ONE_DAY / 1000


@dataclass(frozen=True)
class Observed:
    """Employments or contracts as far as they were observed, in months; one element a row of ``index``.

    Parameters
    ----------
    entry
        Age at which each came under observation; just below zero for those who began during it.
    length
        Age at which it was last seen.
    ended
        Whether it ended then.
    index
        Rows of the table that were observed.
    """

    entry: FloatArray
    length: FloatArray
    ended: FloatArray
    index: pd.Index

    def of(self, member: npt.NDArray[np.bool_]) -> Observed:
        """Return some of them."""
        return Observed(self.entry[member], self.length[member], self.ended[member], self.index[member])

    @property
    def curve(self) -> SurvivalCurve:
        """Kaplan-Meier's curve."""
        return kaplan_meier(self.length, self.ended, entries=self.entry)

    def fewest_at_risk(self, months: float) -> int:
        """Return how many were at risk at the age up to some months at which the fewest were."""
        just_after = np.concatenate([[0.0], self.length[self.length < months]]) + MOMENT
        ages = np.concatenate([just_after, self.entry[(self.entry > 0) & (self.entry <= months)], [months]])
        at_risk = ((self.entry < ages[:, None]) & (self.length >= ages[:, None])).sum(axis=1)
        return int(at_risk.min())

    @property
    def rate(self) -> Estimate:
        """Exits per person-year."""
        years = float((self.length - np.maximum(self.entry, 0)).sum()) / MONTHS_PER_YEAR
        return yearly_rate(float(self.ended.sum()), years, len(self.length))


def observe(frame: pd.DataFrame, start: date | None = None, end: date | None = None) -> Observed:
    """Return what was observed: with dates, in a period; with tenures only, from the beginning of each.

    Parameters
    ----------
    frame
        Canonical ``employees`` or ``customers``.
    start, end
        First and last day of the period; needed with dates.

    Raises
    ------
    DataError
        The table has dates and the period is missing, or it has neither dates nor tenure.

    Examples
    --------
    >>> from datetime import date
    >>> staff = pd.DataFrame({"started_on": pd.to_datetime(["2015-01-01", "2025-07-01"]),
    ...                       "ended_on": pd.to_datetime([None, "2025-12-31"])})
    >>> seen = observe(staff, date(2025, 1, 1), date(2025, 12, 31))
    >>> seen.entry.round(1).tolist(), seen.ended.tolist()
    ([120.0, -0.0], [0.0, 1.0])
    """
    months, ended = tenures(frame, end)
    known = months.notna() & ended.notna()
    entry = pd.Series(-ONE_DAY, index=months.index)
    if says(frame, *DATES) and start is not None:
        began = days(frame["started_on"])[months.index]
        gone = days(frame["ended_on"])[months.index]
        before = (pd.Timestamp(start) - began).dt.days.clip(lower=0) / DAYS_PER_MONTH
        entry = before - ONE_DAY
        known &= gone.isna() | (gone >= pd.Timestamp(start))
    chosen = months.index[known]
    columns = (entry[known], months[known], ended[known])
    arrays: list[FloatArray] = [as_floats(column) for column in columns]
    return Observed(arrays[0], arrays[1], arrays[2], chosen)


@dataclass(frozen=True)
class Staying:
    """How long one group stays, and whether it stands out.

    Parameters
    ----------
    group
        The category.
    seen
        What was observed of it.
    p
        Of the log-rank test against all the others, adjusted for the number of groups (Benjamini-Hochberg); None where
        there is nothing to test.
    expected
        Endings that the group would have had if it left like everybody; None without a test.
    """

    group: str
    seen: Observed
    p: float | None
    expected: float | None

    @property
    def events(self) -> int:
        """How many of the group have left."""
        return int(self.seen.ended.sum())

    @property
    def differs(self) -> bool:
        """Whether the group stands out from chance variation."""
        return self.p is not None and self.p <= DIFFERS

    @property
    def leaves_more(self) -> bool:
        """Whether it stands out by leaving more than the others."""
        return self.differs and self.expected is not None and self.events > self.expected


def stays_longer(seen: Observed, months: float, least: int = 1) -> Estimate:
    """Estimate the share that stays longer than some months, with an interval where nobody left by then, too.

    Kaplan-Meier's limits do not exist at 100 %. There the limits are Wilson's for the fewest who were at risk at any age up
    to then, as if these had been all: the careful side.

    Parameters
    ----------
    seen
        What was observed.
    months
        How long.
    least
        Fewest who must have been at risk at every age up to then; with fewer there is no value.

    Examples
    --------
    >>> staff = pd.DataFrame({"tenure_months": [14.0, 15, 16, 20, 30], "ended": [True, False, False, True, False]})
    >>> found = stays_longer(observe(staff), 12)
    >>> found.value, round(found.low, 3), found.high
    (1.0, 0.566, 1.0)
    """
    found, fewest = seen.curve.at(months), seen.fewest_at_risk(months)
    if fewest < max(1, least):
        return replace(found, value=None, low=None, high=None)
    if found.value != 1:
        return found
    limits = share([True] * fewest, level=found.level)
    return replace(found, low=limits.low, high=limits.high, method="wilson")


def staying_by(seen: Observed, groups: pd.Series, shown: tuple[str, ...]) -> tuple[Staying, ...]:
    """Say of each group how long it stays, and test each against all the others.

    Parameters
    ----------
    seen
        What was observed.
    groups
        Category by row of the table; rows without one belong to none and are among the others of all.
    shown
        Categories to tell of, in the order of the result.

    Examples
    --------
    >>> staff = pd.DataFrame({"tenure_months": [3.0, 5, 8, 2], "ended": [True, True, False, True]})
    >>> found = staying_by(observe(staff), pd.Series(["a", "a", "b", "b"]), ("a",))
    >>> found[0].group, found[0].seen.curve.n, found[0].events
    ('a', 2, 2)
    """
    of = groups[seen.index]
    members = {name: (of == name).fillna(value=False).to_numpy(dtype=bool) for name in shown}
    tests = {
        name: logrank(seen.length, seen.ended, member.tolist(), entries=seen.entry) for name, member in members.items()
    }
    adjusted = _adjusted(tests)
    return tuple(
        Staying(
            group=name,
            seen=seen.of(member),
            p=adjusted.get(name),
            expected=_expected(seen, member) if tests[name] else None,
        )
        for name, member in members.items()
    )


def _adjusted(tests: dict[str, LogRank | None]) -> dict[str, float]:
    found = {name: test.p for name, test in tests.items() if test is not None}
    return dict(zip(found, benjamini_hochberg(list(found.values())).tolist(), strict=True)) if found else {}


def _expected(seen: Observed, member: npt.NDArray[np.bool_]) -> float:
    """Return the endings of a group if at each time it left in proportion to its share of those still there."""
    total = 0.0
    for time in np.unique(seen.length[seen.ended == 1]):
        there = (seen.length >= time) & (seen.entry < time)
        endings = (there & (seen.length == time) & (seen.ended == 1)).sum()
        total += endings * (member & there).sum() / there.sum()
    return float(total)
