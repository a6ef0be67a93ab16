"""Monte Carlo over the uncertain assumptions: how likely the programme pays."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from kohtaamo_utils.roi.percentiles import percentile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kohtaamo_utils.roi.steps import FloatArray, Numbers
    from kohtaamo_utils.roi.triangle import Triangle

BLOCK = 20_000
"""Draws computed at a time: fits the processor's cache, and memory does not grow with the number of draws."""


@dataclass(frozen=True)
class Simulation:
    """What came of the draws.

    Parameters
    ----------
    p10, p50, p90
        NPV that 10, 50 and 90 % of the draws stay below.
    probability_positive
        Share of draws with an NPV above zero.
    npv
        Every draw's NPV.
    """

    p10: float
    p50: float
    p90: float
    probability_positive: float
    npv: FloatArray = field(repr=False, compare=False)

    @property
    def draws(self) -> int:
        """Number of draws."""
        return len(self.npv)


def simulate(
    npv: Callable[[Mapping[str, Numbers]], Numbers], ranges: Mapping[str, Triangle], draws: int, seed: int
) -> Simulation:
    """Draw the assumptions independently of each other and value each draw.

    Each assumption has its own stream of random numbers, made from the seed and its name: their order does not matter,
    and another assumption leaves the draws of the others as they were.

    Parameters
    ----------
    npv
        From assumptions by name (arrays of one length) to NPVs.
    ranges
        Distributions by name.
    draws
        Number of draws.
    seed
        Same seed, same result.

    Examples
    --------
    >>> from kohtaamo_utils.roi.triangle import Triangle
    >>> result = simulate(lambda drawn: drawn["basket"], {"basket": Triangle(-1, 0, 1)}, 20_000, seed=1)
    >>> abs(result.p50) < 0.02, result.draws
    (True, 20000)
    """
    streams = {name: np.random.default_rng([abs(seed), zlib.crc32(name.encode())]) for name in ranges}
    values = np.empty(draws)
    for start in range(0, draws, BLOCK):
        block = values[start : start + BLOCK]
        block[:] = npv({name: ranges[name].quantile(streams[name].random(len(block))) for name in ranges})
    p10, p50, p90 = (percentile(values, share) for share in (0.1, 0.5, 0.9))
    return Simulation(p10, p50, p90, np.count_nonzero(values > 0) / draws, values)
