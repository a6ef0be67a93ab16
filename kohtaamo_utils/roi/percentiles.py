"""Percentiles of very many draws, exact and without ordering them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from kohtaamo_utils.roi.steps import FloatArray

FEW = 10_000
"""Up to so many values they are simply ordered."""
SAMPLED = 10_000
"""Values that the search begins with."""
ASIDE = 250
"""Ranks of the sample to each side within which a percentile is looked for: five of its standard errors at the median."""


def percentile(values: FloatArray, share: float) -> float:
    """Return the value that a share of the values stays below, linear between the two nearest (numpy's default).

    A sample tells between which two values it must lie; only what lies there is ordered. Where that misses, all are.

    Parameters
    ----------
    values
        The values, in any order; at least one.
    share
        From 0 to 1.

    Examples
    --------
    >>> percentile(np.arange(100_001.0), 0.1)
    10000.0
    """
    if len(values) <= FEW:
        return float(np.quantile(values, share))
    at = share * (len(values) - 1)
    low, high = _around(values, share)
    below, outside = values < low, values > high
    rank = int(at) - int(np.count_nonzero(below))
    np.logical_or(below, outside, out=outside)
    inside = values[np.logical_not(outside, out=outside)]
    if rank < 0 or rank + 1 >= len(inside):
        return float(np.quantile(values, share))
    inside.partition((rank, rank + 1))
    return float(inside[rank] + (at - int(at)) * (inside[rank + 1] - inside[rank]))


def _around(values: FloatArray, share: float) -> tuple[float, float]:
    sample = np.sort(values[:: len(values) // SAMPLED])
    at = int(share * (len(sample) - 1))
    return float(sample[max(0, at - ASIDE)]), float(sample[min(len(sample) - 1, at + ASIDE)])
