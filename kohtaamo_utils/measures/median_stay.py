"""The length that half of them stay, read from the same curve as the shares that stay, and as far as enough were followed."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from kohtaamo_utils.measures.estimate import Estimate
    from kohtaamo_utils.measures.staying import Observed


def followed_for(seen: Observed, least: int = 1) -> float:
    """Return the longest observed length, in months, up to which enough were at risk at every age; 0 where there is none.

    Parameters
    ----------
    seen
        What was observed.
    least
        Fewest who must have been at risk.

    Examples
    --------
    >>> import pandas as pd
    >>> from kohtaamo_utils.measures.staying import observe
    >>> staff = pd.DataFrame({"tenure_months": [3.0, 5, 8, 9], "ended": [True, True, False, True]})
    >>> followed_for(observe(staff), 3), followed_for(observe(staff), 5)
    (5.0, 0.0)
    """
    lengths: list[float] = np.unique(seen.length).tolist()
    enough = bisect_right(lengths, -max(1, least), key=lambda months: -seen.fewest_at_risk(months))
    return lengths[enough - 1] if enough else 0.0


def median_stay(seen: Observed, least: int = 1) -> Estimate:
    """Estimate the length that half of them stay, in months.

    Parameters
    ----------
    seen
        What was observed: `kohtaamo_utils.measures.staying.stays_longer` tells the shares of the same curve.
    least
        Fewest who must have been at risk at every age up to a length that is told; neither value nor limit lies beyond.

    Returns
    -------
    Estimate
        The first length with a survival of a half or less, with the limits of Brookmeyer & Crowley (1982); None for what
        the observation does not reach.

    Examples
    --------
    >>> import pandas as pd
    >>> from kohtaamo_utils.measures.staying import observe
    >>> staff = pd.DataFrame({"tenure_months": [3.0, 5, 8, 9], "ended": [True, True, False, True]})
    >>> median_stay(observe(staff)).value, median_stay(observe(staff), 4).value
    (5.0, None)
    """
    found, end = seen.curve.median(), followed_for(seen, least)
    value, low, high = (
        None if months is None or months > end else months for months in (found.value, found.low, found.high)
    )
    return replace(found, value=value, low=low, high=high)
