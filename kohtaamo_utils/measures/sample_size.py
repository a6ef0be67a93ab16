"""How many answers it takes, and how many of those asked gave one."""

from __future__ import annotations

from kohtaamo_utils.errors import DataError, say
from kohtaamo_utils.measures.estimate import LEVEL, Estimate, nothing
from kohtaamo_utils.measures.proportions import wilson

CHI2_95 = 3.841
MARGIN = 0.05


def sample_size(population: int, margin: float = MARGIN, share: float = 0.5) -> int:
    """Return how many answers give a share within a margin at 95 % confidence.

    χ²·N·p(1-p) / (d²(N-1) + χ²·p(1-p)) with χ² = 3.841, rounded: Krejcie & Morgan (1970).

    Parameters
    ----------
    population
        How many there are in all.
    margin
        Half the interval's width, as a share.
    share
        The share expected; 0.5 is the hardest case.

    Raises
    ------
    DataError
        The population is empty, or the margin or the share is not between 0 and 1.

    Examples
    --------
    >>> [sample_size(n) for n in (100, 1000, 10_000)]
    [80, 278, 370]
    """
    if population < 1 or not 0 < margin < 1 or not 0 < share < 1:
        raise DataError(
            say(
                "A population of {population} with margin {margin} and share {share} came. The population is 1 or more, the margin and the share lie between 0 and 1.",
                population=population,
                margin=f"{margin:g}",
                share=f"{share:g}",
            )
        )
    spread = CHI2_95 * share * (1 - share)
    return round(spread * population / (margin**2 * (population - 1) + spread))


def response_rate(responses: int, invited: int, level: float = LEVEL) -> Estimate:
    """Return the share of those invited who answered.

    Parameters
    ----------
    responses
        How many answered, at most as many as were invited.
    invited
        How many were asked.
    level
        Confidence level.

    Returns
    -------
    Estimate
        A share; ``n`` is the number invited. No value when nobody was.

    Examples
    --------
    >>> response_rate(30, 120).value
    0.25
    """
    if not invited:
        return nothing("share", "wilson")
    low, high = wilson(responses, invited, level)
    return Estimate(
        value=responses / invited, n=invited, low=low, high=high, unit="share", method="wilson", level=level
    )
