"""Difference in differences: what a pilot changed beyond what changed anyway."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kohtaamo_utils.errors import DataError, say
from kohtaamo_utils.measures.estimate import LEVEL, Estimate, nothing
from kohtaamo_utils.measures.periods import places

if TYPE_CHECKING:
    from kohtaamo_utils.measures.answers import FloatArray

METHOD = "cluster-robust"
COLUMNS = ["unit", "period", "treated", "after", "outcome"]
FEWEST_UNITS = 2
"""Units each side must have for an interval: one unit's own luck cannot be told from the effect."""


def difference_in_differences(frame: pd.DataFrame, level: float = LEVEL) -> Estimate:
    """Estimate a pilot's effect: (treated after - before) - (control after - before).

    Least squares with the interaction of treated and after; errors clustered by unit, t with one degree of freedom
    less than units. After Card & Krueger (1994).

    Parameters
    ----------
    frame
        Canonical ``pilot``: unit, period, treated, after, outcome. Rows with a missing value are dropped.
    level
        Confidence level.

    Returns
    -------
    Estimate
        In the outcome's own unit; ``n`` counts rows. No value unless both sides have rows before and after; no interval
        with fewer than two units on a side.

    Raises
    ------
    DataError
        A unit is both in the pilot and a control.

    Examples
    --------
    >>> pilot = pd.DataFrame({"unit": list("aabb"), "period": [1, 2, 1, 2], "treated": [1, 1, 0, 0],
    ...                       "after": [0, 1, 0, 1], "outcome": [20.0, 23.0, 21.0, 22.0]})
    >>> round(difference_in_differences(pilot).value, 6)
    2.0
    """
    rows = _usable(frame)
    treated, after = rows["treated"].to_numpy(dtype=float), rows["after"].to_numpy(dtype=float)
    if len(set(zip(treated, after, strict=True))) < 4:
        return _unknown(rows, level)
    return _interaction(rows, treated, after, level)


def pre_trend(frame: pd.DataFrame, level: float = LEVEL) -> Estimate:
    """Estimate how much faster the pilot's units grew than the controls before the pilot, per period.

    The method trusts that this is nought: an interval far from 0 speaks against the effect.

    Parameters
    ----------
    frame
        Canonical ``pilot``; only rows before the pilot are used.
    level
        Confidence level.

    Returns
    -------
    Estimate
        In the outcome's unit per period; periods are counted in their order, one that no unit has is none. No value with fewer than two periods before
        the pilot on either side; no interval with fewer than two units on a side.

    Raises
    ------
    DataError
        A unit is both in the pilot and a control, or the periods are texts whose order is not sure.

    Examples
    --------
    >>> before = pd.DataFrame({"unit": list("aabb"), "period": [1, 2, 1, 2], "treated": [1, 1, 0, 0],
    ...                        "after": 0, "outcome": [20.0, 22.0, 21.0, 22.0]})
    >>> round(pre_trend(before).value, 6)
    1.0
    """
    rows = _usable(frame)
    rows = rows[rows["after"].to_numpy(dtype=float) == 0]
    time = places(rows["period"])
    treated = rows["treated"].to_numpy(dtype=float)
    if min((len(set(time[treated == side])) for side in (0, 1)), default=0) < 2:
        return _unknown(rows, level)
    return _interaction(rows, treated, time, level)


def _interaction(rows: pd.DataFrame, treated: FloatArray, time: FloatArray, level: float) -> Estimate:
    """Estimate the coefficient of treated x time, with errors clustered by unit."""
    from statsmodels.api import OLS

    design = np.column_stack([np.ones(len(rows)), treated, time, treated * time])
    model, units = OLS(rows["outcome"].to_numpy(dtype=float), design), pd.factorize(rows["unit"])[0]
    value = float(model.fit().params[3])
    if rows.groupby("treated", observed=True)["unit"].nunique().min() < FEWEST_UNITS:
        return Estimate(value=value, n=len(rows), unit="scale", method=METHOD, level=level)
    clustered = model.fit(cov_type="cluster", cov_kwds={"groups": units}, use_t=True)
    # a perfect fit leaves a variance of nought or a hair below it
    with np.errstate(invalid="ignore"):
        limits = clustered.conf_int(alpha=1 - level)[3]
    low, high = (float(limit) if np.isfinite(limit) else None for limit in limits)
    return Estimate(value=value, n=len(rows), low=low, high=high, unit="scale", method=METHOD, level=level)


def _usable(frame: pd.DataFrame) -> pd.DataFrame:
    rows = frame[COLUMNS].dropna()
    sides = rows.groupby("unit", observed=True)["treated"].nunique()
    if (sides > 1).any():
        raise DataError(
            say(
                'Unit "{unit}" is marked both treated and not. A unit stays on one side throughout.',
                unit=str(sides.index[sides > 1][0]),
            )
        )
    return rows


def _unknown(rows: pd.DataFrame, level: float) -> Estimate:
    if rows.empty:
        return nothing("scale", METHOD)
    return Estimate(value=None, n=len(rows), unit="scale", method=METHOD, level=level)
