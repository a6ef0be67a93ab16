"""Agreement of coders beyond chance on categories: Cohen's, weighted and Fleiss' kappa."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
import pandas as pd

from kohtaamo_utils.errors import DataError, say
from kohtaamo_utils.measures.answers import z_of
from kohtaamo_utils.measures.estimate import LEVEL, Estimate, nothing

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    import numpy.typing as npt

UNIT = "share"
METHOD = "kappa-asymptotic"

Credit: TypeAlias = Literal["none", "linear", "quadratic"]
"""How much a near miss counts: nothing, by steps, or by squared steps."""

Codes: TypeAlias = "pd.Series | Sequence[Hashable]"


def cohen_kappa(first: Codes, second: Codes, level: float = LEVEL) -> Estimate:
    """Estimate the agreement of two coders beyond chance.

    Parameters
    ----------
    first, second
        The coders' categories of the same things; a thing that either left out is dropped.
    level
        Confidence level.

    Returns
    -------
    Estimate
        At most 1; 0 is chance. No value where both used one and the same category throughout.

    Examples
    --------
    >>> cohen_kappa(["a", "a", "b", "b"], ["a", "a", "b", "a"]).value
    0.5
    """
    return kappa_of_table(_crossed(first, second, None), "none", level)


def weighted_kappa(
    first: Codes,
    second: Codes,
    credit: Credit = "linear",
    categories: Sequence[Hashable] | None = None,
    level: float = LEVEL,
) -> Estimate:
    """Estimate the agreement of two coders on ordered categories, where a near miss counts in part.

    Parameters
    ----------
    first, second
        The coders' categories of the same things.
    credit
        ``linear`` 1 - |i-j|/(k-1), or ``quadratic`` 1 - (i-j)²/(k-1)².
    categories
        All categories in order; without it those that occur, sorted. Give it where a category may be unused.
    level
        Confidence level.

    Returns
    -------
    Estimate
        As for Cohen's kappa.

    Examples
    --------
    >>> weighted_kappa([1, 2, 3, 3], [1, 2, 3, 2], categories=[1, 2, 3]).value
    0.7142857142857143
    """
    return kappa_of_table(_crossed(first, second, categories), credit, level)


def kappa_of_table(
    table: npt.ArrayLike, credit: Credit | npt.NDArray[np.float64] = "none", level: float = LEVEL
) -> Estimate:
    """Estimate kappa from a square table of counts, rows for one coder and columns for the other.

    κ = (Σwp - Σwe) / (1 - Σwe), with the large-sample standard error of Fleiss, Cohen & Everitt (1969).

    Parameters
    ----------
    table
        Counts, shape (k, k).
    credit
        How much a near miss counts, or the weights themselves, shape (k, k), with 1 on the diagonal.
    level
        Confidence level.

    Returns
    -------
    Estimate
        ``n`` is the sum of the table.

    Raises
    ------
    DataError
        The table is not square.

    Examples
    --------
    >>> round(kappa_of_table([[20, 5], [10, 15]]).value, 6)
    0.4
    """
    counts = np.asarray(table, dtype=float)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1]:
        raise DataError(
            say(
                "A table of shape {shape} came. Two coders' table is square: one row and column per category.",
                shape=str(counts.shape),
            )
        )
    n = counts.sum()
    if n == 0:
        return nothing(UNIT, METHOD)
    shares, weights = counts / n, _weights(credit, len(counts))
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    observed, expected = float((weights * shares).sum()), float((weights * np.outer(rows, columns)).sum())
    if expected >= 1:
        return Estimate(value=None, n=round(n), unit=UNIT, method=METHOD, level=level)
    value = (observed - expected) / (1 - expected)
    # each coder's own average credit per category
    own = np.add.outer(weights @ columns, weights.T @ rows)
    spread = float((shares * (weights - own * (1 - value)) ** 2).sum()) - (value - expected * (1 - value)) ** 2
    reach = z_of(level) * sqrt(max(spread, 0.0) / n) / (1 - expected)
    return Estimate(
        value=value, n=round(n), low=value - reach, high=value + reach, unit=UNIT, method=METHOD, level=level
    )


def fleiss_kappa(counts: npt.ArrayLike) -> float | None:
    """Return the agreement beyond chance of several coders who each put every thing into one category.

    Parameters
    ----------
    counts
        For each thing (row), how many coders chose each category (column); every row has the same sum, two or more.

    Returns
    -------
    float or None
        (P̄ - P̄ₑ) / (1 - P̄ₑ), Fleiss (1971). None where all chose one and the same category throughout.

    Raises
    ------
    DataError
        The things do not have the same number of coders, two or more.

    Examples
    --------
    >>> fleiss_kappa([[3, 0], [0, 3], [2, 1]])
    0.55
    """
    table = np.asarray(counts, dtype=float)
    raters = table.sum(axis=1)
    if len(raters) == 0 or (raters != raters[0]).any() or raters[0] < 2:
        raise DataError(say("Fleiss' kappa needs the same number of coders, two or more, for everything coded."))
    m = raters[0]
    agreed = float((((table**2).sum(axis=1) - m) / (m * (m - 1))).mean())
    chance = float(((table.sum(axis=0) / table.sum()) ** 2).sum())
    return (agreed - chance) / (1 - chance) if chance < 1 else None


def _weights(credit: Credit | npt.NDArray[np.float64], k: int) -> npt.NDArray[np.float64]:
    if isinstance(credit, np.ndarray):
        return credit
    if credit == "none" or k < 2:
        return np.eye(k)
    steps = np.abs(np.subtract.outer(np.arange(k), np.arange(k))) / (k - 1)
    return 1 - (steps if credit == "linear" else steps**2)


def _crossed(first: Codes, second: Codes, categories: Sequence[Hashable] | None) -> npt.NDArray[np.float64]:
    if len(first) != len(second):
        raise DataError(
            say(
                "One coder has {n} codes and the other {other}. Both must code the same things.",
                n=len(first),
                other=len(second),
            )
        )
    pairs = pd.DataFrame({"first": list(first), "second": list(second)}).dropna()
    order = categories if categories is not None else sorted(pd.unique(pairs.to_numpy().ravel()))
    index = pd.Index(order)
    rows, columns = index.get_indexer(pd.Index(pairs["first"])), index.get_indexer(pd.Index(pairs["second"]))
    if (rows < 0).any() or (columns < 0).any():
        raise DataError(
            say("A coder used a category that is not among {order}. List every category.", order=str(list(order)))
        )
    table = np.zeros((len(index), len(index)))
    np.add.at(table, (rows, columns), 1)
    return table
