"""How well two codings of the same texts agree, where each text may have several codes: of two coders, or of a coder and a rule.

Each pair of a text and a code is one decision: given or not. Decisions of one text hang together, so the intervals come
from drawing whole texts anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from kohtaamo_utils.errors import DataError, say
from kohtaamo_utils.measures.estimate import LEVEL, Estimate
from kohtaamo_utils.measures.proportions import share_of

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    Counts: TypeAlias = npt.NDArray[np.float64]
    Statistic: TypeAlias = Callable[[Counts], Counts]

METHOD = "bootstrap-texts"
DRAWS, SEED = 2000, 20260101
FEWEST = 10
"""Texts below which no interval is given."""


@dataclass(frozen=True, kw_only=True)
class CodingAgreement:
    """Agreement of two codings.

    Parameters
    ----------
    kappa, alpha
        Cohen's kappa and Krippendorff's alpha over all decisions; ``n`` is the number of texts.
    precision, recall
        Share of the second coding's codes that the first gave too, and of the first's that the second found (Wilson).
    """

    kappa: Estimate
    alpha: Estimate
    precision: Estimate
    recall: Estimate


def coding_agreement(first: npt.ArrayLike, second: npt.ArrayLike, level: float = LEVEL) -> CodingAgreement:
    """Compare two codings.

    Parameters
    ----------
    first, second
        True where the coding gave the code; shape (texts, codes). The first is the one to measure by.
    level
        Confidence level.

    Raises
    ------
    DataError
        The two do not have the same shape.

    Examples
    --------
    >>> found = coding_agreement([[1, 0], [0, 1], [1, 0]], [[1, 0], [0, 1], [0, 1]])
    >>> round(found.kappa.value, 3), found.recall.n
    (0.333, 3)
    """
    one, two = np.asarray(first, dtype=bool), np.asarray(second, dtype=bool)
    if one.shape != two.shape or one.ndim != 2:
        raise DataError(
            say(
                "Codings of the shapes {one} and {two} came. Both must tell of the same texts and codes.",
                one=str(one.shape),
                two=str(two.shape),
            )
        )
    # per text: both, only the first, only the second, neither
    cells = np.stack([(one & two).sum(1), (one & ~two).sum(1), (~one & two).sum(1), (~one & ~two).sum(1)], axis=1)
    counts = cells.astype(float)
    both, first_only, second_only, _ = (int(total) for total in cells.sum(axis=0))
    return CodingAgreement(
        kappa=_estimate(counts, _kappa, level),
        alpha=_estimate(counts, _alpha, level),
        precision=share_of(both, both + second_only, level),
        recall=share_of(both, both + first_only, level),
    )


def _estimate(counts: Counts, statistic: Statistic, level: float) -> Estimate:
    n = len(counts)
    value = float(statistic(counts.sum(axis=0)[np.newaxis])[0])
    if not np.isfinite(value) or n < FEWEST:
        found = value if np.isfinite(value) else None
        return Estimate(value=found, n=n, unit="share", method=METHOD, level=level)
    picks = np.random.default_rng(SEED).multinomial(n, np.full(n, 1 / n), size=DRAWS)
    drawn = statistic(picks @ counts)
    low, high = np.quantile(drawn[np.isfinite(drawn)], [(1 - level) / 2, (1 + level) / 2])
    return Estimate(value=value, n=n, low=float(low), high=float(high), unit="share", method=METHOD, level=level)


def _kappa(tables: Counts) -> Counts:
    """Return Cohen's kappa of tables of decisions, rows of: both, first only, second only, neither."""
    both, first, second, neither = tables.T
    n = tables.sum(axis=1)
    chance = ((both + first) * (both + second) + (second + neither) * (first + neither)) / n**2
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Counts = ((both + neither) / n - chance) / (1 - chance)
    return found


def _alpha(tables: Counts) -> Counts:
    """Return Krippendorff's nominal alpha of the same tables, of two coders without gaps."""
    both, first, second, neither = tables.T
    given, left = 2 * both + first + second, 2 * neither + first + second
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Counts = 1 - (given + left - 1) * (first + second) / (given * left)
    return found
