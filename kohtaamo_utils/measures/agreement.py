"""How far the raters of one person agree: r_wg, a_wg and the average deviation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from kohtaamo_utils.errors import DataError, say
from kohtaamo_utils.measures.answers import Numbers, valid
from kohtaamo_utils.measures.kappa import cohen_kappa, fleiss_kappa, kappa_of_table, weighted_kappa
from kohtaamo_utils.measures.krippendorff import krippendorff

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "ad_m",
    "ad_m_j",
    "awg",
    "awg_j",
    "cohen_kappa",
    "fleiss_kappa",
    "kappa_of_table",
    "krippendorff",
    "null_variance",
    "rwg",
    "rwg_j",
    "weighted_kappa",
]

Null: TypeAlias = Literal["uniform", "slight_skew"]
Scale: TypeAlias = tuple[int, int]

FIVE_POINTS: Scale = (1, 5)
SLIGHT_SKEW = (0.05, 0.15, 0.20, 0.35, 0.25)
"""Shares of the five answers when raters only lean to the friendly side (James, Demaree & Wolf, 1984)."""


def null_variance(scale: Scale = FIVE_POINTS, null: Null = "uniform") -> float:
    """Return the variance that ratings would have if raters answered without regard to the person.

    Parameters
    ----------
    scale
        Lowest and highest answer, in whole steps.
    null
        ``uniform``: every answer equally likely, (A² - 1)/12 for A answers. ``slight_skew``: leaning upwards; known for
        five answers only.

    Raises
    ------
    DataError
        The slight skew was asked for a scale that does not have five answers, or the null is unknown.

    Examples
    --------
    >>> null_variance(), round(null_variance(null="slight_skew"), 2)
    (2.0, 1.34)
    """
    answers = scale[1] - scale[0] + 1
    if null == "uniform":
        return float((answers**2 - 1) / 12)
    if null != "slight_skew" or answers != len(SLIGHT_SKEW):
        raise DataError(
            say(
                'Null distribution "{null}" came for {answers} answers. Allowed: "uniform", and "slight_skew" for five answers.',
                null=null,
                answers=answers,
            )
        )
    steps = np.arange(answers)
    return float(np.average(steps**2, weights=SLIGHT_SKEW) - np.average(steps, weights=SLIGHT_SKEW) ** 2)


def rwg(scores: Numbers, scale: Scale = FIVE_POINTS, null: Null = "uniform") -> float | None:
    """Return the agreement of one item's raters: 1 - s²/σ², where σ² is the variance of raters who agree on nothing.

    Parameters
    ----------
    scores
        The raters' answers; missing ones are dropped.
    scale
        Lowest and highest answer.
    null
        The distribution of no agreement.

    Returns
    -------
    float or None
        0-1; a value below 0 is set to 0. None with fewer than two raters. James, Demaree & Wolf (1984).

    Examples
    --------
    >>> rwg([4, 4, 5, 4, 3])
    0.75
    """
    values = valid(scores).numbers
    if len(values) < 2:
        return None
    return max(0.0, float(1 - values.var(ddof=1) / null_variance(scale, null)))


def rwg_j(frame: pd.DataFrame, scale: Scale = FIVE_POINTS, null: Null = "uniform") -> float | None:
    """Return the agreement of raters over the J items of one competency.

    J(1 - s̄²/σ²) / (J(1 - s̄²/σ²) + s̄²/σ²) with s̄² the mean of the items' variances.

    Parameters
    ----------
    frame
        One row per rater, one column per item; each item uses the raters who answered it.
    scale, null
        As for a single item.

    Returns
    -------
    float or None
        0-1; 0 where the formula leaves that range. None when no item has two raters.

    Examples
    --------
    >>> import pandas as pd
    >>> rwg_j(pd.DataFrame({"a": [4, 4, 5, 4, 3], "b": [4, 5, 5, 4, 4], "c": [3, 4, 4, 4, 3]}))
    0.930379746835443
    """
    variances = frame.astype("float64").var(ddof=1).dropna()
    if variances.empty:
        return None
    error = float(variances.mean()) / null_variance(scale, null)
    if error >= 1:
        return 0.0
    agreed = len(variances) * (1 - error)
    return agreed / (agreed + error)


def awg(scores: Numbers, scale: Scale = FIVE_POINTS) -> float | None:
    """Return the agreement of one item's raters against the most that they could disagree at their mean.

    1 - 2s² / (((H + L)·M - M² - H·L)·k/(k-1)) for k raters on a scale from L to H. Brown & Hauenstein (2005).

    Parameters
    ----------
    scores
        The raters' answers; missing ones are dropped.
    scale
        Lowest and highest answer.

    Returns
    -------
    float or None
        At most 1, and 1 when all gave the same answer. None with fewer than two raters, and where the mean lies so near an
        end, beyond (L(k-1) + H)/k or (H(k-1) + L)/k, that the measure means nothing.

    Examples
    --------
    >>> round(awg([4, 4, 5, 4, 3]), 4)
    0.7333
    """
    values = valid(scores).numbers
    k, (low, high) = len(values), scale
    if k < 2:
        return None
    variance, middle = float(values.var(ddof=1)), float(values.mean())
    if variance == 0:
        return 1.0
    if not low * (k - 1) + high <= middle * k <= high * (k - 1) + low:
        return None
    return 1 - 2 * variance / (((high + low) * middle - middle**2 - high * low) * k / (k - 1))


def awg_j(frame: pd.DataFrame, scale: Scale = FIVE_POINTS) -> float | None:
    """Return the mean a_wg over the items (columns) of one competency that have one; None when none has.

    Examples
    --------
    >>> import pandas as pd
    >>> awg_j(pd.DataFrame({"a": [4, 4], "b": [5, 5]}))
    1.0
    """
    return _mean_of([awg(frame[item], scale) for item in frame.columns])


def ad_m(scores: Numbers) -> float | None:
    """Return the mean distance of the answers from their mean, on the scale's own units.

    A sixth of the number of answers or less counts as agreement (Burke & Dunlap, 2002).

    Examples
    --------
    >>> ad_m([4, 4, 5, 4, 3])
    0.4
    """
    values = valid(scores).numbers
    return float(np.abs(values - values.mean()).mean()) if len(values) else None


def ad_m_j(frame: pd.DataFrame) -> float | None:
    """Return the mean AD over the items (columns) of one competency; None when nobody answered.

    Examples
    --------
    >>> import pandas as pd
    >>> ad_m_j(pd.DataFrame({"a": [4, 4], "b": [5, 3]}))
    0.5
    """
    return _mean_of([ad_m(frame[item]) for item in frame.columns])


def _mean_of(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
