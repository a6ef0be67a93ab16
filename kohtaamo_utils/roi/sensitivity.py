"""Whose uncertainty the result's uncertainty is: Sobol's indices of the NPV."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kohtaamo_utils.roi.steps import Numbers
    from kohtaamo_utils.roi.triangle import Triangle

POINTS = 2048
"""Points of the base sample, a power of two; the model is computed (assumptions + 2) times as often."""


@dataclass(frozen=True)
class SobolIndex:
    """One assumption's part in the variance of the NPV.

    Parameters
    ----------
    first
        Share of the variance that it makes alone.
    total
        Share that it takes part in, together with others; equal to `first` where nothing is multiplied.
    first_error, total_error
        Half-widths of their 95 % intervals.
    """

    first: float
    total: float
    first_error: float
    total_error: float


def sobol(
    npv: Callable[[Mapping[str, Numbers]], Numbers], ranges: Mapping[str, Triangle], seed: int
) -> dict[str, SobolIndex]:
    """Divide the variance of the NPV among the assumptions (Saltelli's sample, Sobol's and Jansen's estimators).

    Parameters
    ----------
    npv
        From assumptions by name (arrays of one length) to NPVs.
    ranges
        Distributions by name; one without width is left out.
    seed
        Of the sample; same seed, same result.

    Returns
    -------
    dict of str to SobolIndex
        By name; empty when nothing varies.

    Examples
    --------
    >>> from kohtaamo_utils.roi.triangle import Triangle
    >>> found = sobol(lambda x: 3 * x["a"] + x["b"], {name: Triangle(0, 1, 2) for name in "ab"}, seed=1)
    >>> round(found["a"].total, 2), round(found["b"].first, 2)
    (0.9, 0.1)
    """
    import numpy as np
    from SALib.analyze import sobol as analysis
    from SALib.sample import sobol as sampling

    moving = {name: spread for name, spread in ranges.items() if spread.high > spread.low}
    if not moving:
        return {}
    fixed = {name: spread.likely for name, spread in ranges.items() if name not in moving}
    problem = {"num_vars": len(moving), "names": list(moving), "bounds": [[0.0, 1.0]] * len(moving)}
    sample = sampling.sample(problem, POINTS, calc_second_order=False, seed=abs(seed))
    drawn = {name: spread.quantile(sample[:, at]) for at, (name, spread) in enumerate(moving.items())}
    values = np.asarray(npv({**fixed, **drawn}), dtype=np.float64)
    if values.std() <= 1e-12 * max(1.0, float(np.abs(values).max())):
        return {}
    found = analysis.analyze(problem, values, calc_second_order=False, seed=abs(seed))
    parts = zip(found["S1"], found["ST"], found["S1_conf"], found["ST_conf"], strict=True)
    return {name: SobolIndex(*map(float, part)) for name, part in zip(moving, parts, strict=True)}
