"""Krippendorff's alpha: agreement of any number of coders, on any level of measurement, with missing codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

import numpy as np
import pandas as pd

from kohtaamo_utils.errors import DataError, say

if TYPE_CHECKING:
    import numpy.typing as npt

    FloatArray: TypeAlias = npt.NDArray[np.float64]

Level: TypeAlias = Literal["nominal", "ordinal", "interval", "ratio"]
LEVELS = get_args(Level)


def krippendorff(data: pd.DataFrame | npt.ArrayLike, level: Level = "nominal") -> float | None:
    """Return Krippendorff's alpha, 1 - observed / expected disagreement.

    Parameters
    ----------
    data
        One row per coder, one column per thing coded; NaN where a coder left it out. A thing that fewer than two coded
        is dropped. For ``nominal`` the codes may be words.
    level
        What the distance between two codes means.

    Returns
    -------
    float or None
        At most 1; 0 is chance. None where only one code was ever used. Krippendorff (2011).

    Raises
    ------
    DataError
        The level is none of the four.

    Examples
    --------
    >>> round(krippendorff([[1, 2, 3, 3], [1, 2, 3, 4]], "interval"), 3)
    0.889
    """
    if level not in LEVELS:
        raise DataError(
            say('"{level}" came as a level of measurement. Allowed: {levels}.', level=level, levels=", ".join(LEVELS))
        )
    codes, counts = _counted(data if isinstance(data, pd.DataFrame) else pd.DataFrame(np.asarray(data)))
    if len(codes) < 2:
        return None
    totals = counts.sum(axis=1)
    # a unit's pairs weigh so that each of its values counts once
    pairs = (counts / (counts.sum(axis=0) - 1)) @ counts.T - np.diag((counts / (counts.sum(axis=0) - 1)).sum(axis=1))
    distance = _distances(level, codes, totals)
    expected = np.outer(totals, totals) - np.diag(totals)
    return 1 - float((totals.sum() - 1) * (pairs * distance).sum() / (expected * distance).sum())


def _counted(data: pd.DataFrame) -> tuple[npt.NDArray[np.generic], FloatArray]:
    """Return the codes in use and, for each (row) and each pairable unit (column), how many coders gave it."""
    pairable = data.loc[:, data.notna().sum() >= 2]
    long = pairable.melt(var_name="unit", value_name="code").dropna()
    crossed = pd.crosstab(long["code"], long["unit"])
    return crossed.index.to_numpy(), crossed.to_numpy(dtype=float)


def _distances(level: Level, codes: npt.NDArray[np.generic], totals: FloatArray) -> FloatArray:
    """Return the squared distance of every two codes."""
    if level == "nominal":
        return 1.0 - np.eye(len(codes))
    values = np.cumsum(totals) - totals / 2 if level == "ordinal" else codes.astype(np.float64)
    gaps: FloatArray = np.subtract.outer(values, values)
    if level == "ratio":
        sums: FloatArray = np.add.outer(values, values)
        gaps = np.divide(gaps, sums, out=np.zeros_like(sums), where=sums != 0)
    return gaps**2
