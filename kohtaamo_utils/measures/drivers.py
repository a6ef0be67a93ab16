"""Key drivers: how much of the outcome's variation goes with each element. Correlation, not cause."""

from __future__ import annotations

from dataclasses import dataclass
from math import factorial
from typing import TYPE_CHECKING

import numpy as np

from kohtaamo_utils.errors import DataError, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from kohtaamo_utils.measures.answers import FloatArray

ANSWERS_PER_PREDICTOR = 10
MOST_PREDICTORS = 15
SINGULAR = 1e-10


@dataclass(frozen=True, kw_only=True)
class Drivers:
    """A regression taken apart.

    Parameters
    ----------
    r2
        Share of the outcome's variance that goes with all predictors together.
    lmg
        Each predictor's part of R²; they add up to it.
    shares
        ``lmg`` / R²; they add up to 1.
    johnson
        Johnson's relative weights, a second way to part R²; they add up to it too.
    signs
        1, -1 or 0: the sign of the regression coefficient, since a part of R² has none.
    coefficients
        Regression coefficients in the predictors' own units, without the intercept.
    intercept
        The regression's constant.
    vif
        Variance inflation factors; above 5 or so the predictors tell much the same story.
    n
        Complete cases.
    """

    r2: float
    lmg: dict[str, float]
    shares: dict[str, float]
    johnson: dict[str, float]
    signs: dict[str, int]
    coefficients: dict[str, float]
    intercept: float
    vif: dict[str, float]
    n: int


def drivers(
    frame: pd.DataFrame,
    outcome: pd.Series,
    predictors: Sequence[str],
    answers_per_predictor: int = ANSWERS_PER_PREDICTOR,
) -> Drivers | None:
    """Part the variance that an outcome shares with its predictors.

    LMG (Lindeman, Merenda & Gold, 1980): a predictor's mean gain in R² over all orders in which the predictors can
    enter, exactly, from all subsets. Johnson (2000): the same question asked of uncorrelated stand-ins.

    Parameters
    ----------
    frame
        Answers, with a column per predictor.
    outcome
        What is to be explained, on the same rows.
    predictors
        Names of columns, 1 to 15.
    answers_per_predictor
        Complete cases that each predictor takes; fewer give no result.

    Returns
    -------
    Drivers or None
        None where the data cannot carry it: too few complete cases for the predictors, an outcome or a predictor that
        does not vary, or predictors of which one follows from the others.

    Raises
    ------
    DataError
        No predictor, more than fifteen, or a repeated one.

    Examples
    --------
    >>> import pandas as pd
    >>> rng = np.random.default_rng(1)
    >>> answers = pd.DataFrame(rng.normal(size=(100, 2)), columns=["trust", "value"])
    >>> found = drivers(answers, 2 * answers["trust"] + rng.normal(size=100), ["trust", "value"])
    >>> found.shares["trust"] > 0.9, found.signs["trust"]
    (True, 1)
    """
    names, data = complete_cases(frame, outcome, predictors)
    n, p = len(data), len(names)
    if n < max(answers_per_predictor * p, p + 2) or (data.std(axis=0) == 0).any():
        return None
    correlations = np.atleast_2d(np.corrcoef(data, rowvar=False))
    between, toward = correlations[:-1, :-1], correlations[:-1, -1]
    if np.linalg.eigvalsh(between)[0] < SINGULAR:
        return None
    return _drivers(names, data, between, toward)


def complete_cases(frame: pd.DataFrame, outcome: pd.Series, predictors: Sequence[str]) -> tuple[list[str], FloatArray]:
    """Return the predictors' names, and the rows where they and the outcome were all answered.

    Parameters
    ----------
    frame, outcome, predictors
        As for the drivers.

    Returns
    -------
    tuple
        Names, and values of shape (n, p + 1) with the outcome last.

    Raises
    ------
    DataError
        No predictor, more than fifteen, or a repeated one.

    Examples
    --------
    >>> import pandas as pd
    >>> complete_cases(pd.DataFrame({"trust": [4, None]}), pd.Series([9, 8]), ["trust"])[1].tolist()
    [[4.0, 9.0]]
    """
    names = list(predictors)
    if not 1 <= len(names) <= MOST_PREDICTORS or len(set(names)) < len(names):
        raise DataError(
            say(
                "{n} predictors came: {names}. Give 1 to {most} different ones.",
                n=len(names),
                names=", ".join(names),
                most=MOST_PREDICTORS,
            )
        )
    data = frame[names].astype("float64").assign(_outcome=outcome.astype("float64")).dropna()
    return names, data.to_numpy()


def lmg_parts(between: FloatArray, toward: FloatArray) -> FloatArray:
    """Part R² by LMG.

    Parameters
    ----------
    between
        Correlations of the predictors, shape (..., p, p): a stack of them is worked through at once.
    toward
        Their correlations with the outcome, shape (..., p).

    Returns
    -------
    ndarray
        Shape (..., p), adding up to R².

    Examples
    --------
    >>> lmg_parts(np.eye(2), np.array([0.5, 0.1])).round(4).tolist()
    [0.25, 0.01]
    """
    p = toward.shape[-1]
    explained = np.stack([_r2_of(subset, between, toward) for subset in range(2**p)], axis=-1)
    subsets = np.arange(2**p)
    sizes = np.array([subset.bit_count() for subset in range(2**p)])
    # of the p! orders, s!(p-s-1)! have exactly these s predictors before the one that enters
    orders = np.array([factorial(s) * factorial(p - s - 1) / factorial(p) for s in range(p)])
    parts = []
    for predictor in range(p):
        without = subsets[(subsets >> predictor) & 1 == 0]
        gains = explained[..., without | (1 << predictor)] - explained[..., without]
        parts.append((gains * orders[sizes[without]]).sum(axis=-1))
    return np.stack(parts, axis=-1)


def johnson_parts(between: FloatArray, toward: FloatArray) -> FloatArray:
    """Part R² by Johnson's relative weights: Λ² (Λ⁻¹ r)² with Λ the symmetric square root of the correlations.

    Parameters
    ----------
    between, toward
        As for LMG.

    Returns
    -------
    ndarray
        Shape (p,), adding up to R².

    Examples
    --------
    >>> johnson_parts(np.eye(2), np.array([0.5, 0.1])).round(4).tolist()
    [0.25, 0.01]
    """
    values, vectors = np.linalg.eigh(between)
    root = (vectors * np.sqrt(values)) @ vectors.T
    parts: FloatArray = root**2 @ np.linalg.solve(root, toward) ** 2
    return parts


def _r2_of(subset: int, between: FloatArray, toward: FloatArray) -> FloatArray:
    """R² of the predictors whose bits are set."""
    inside = [index for index in range(toward.shape[-1]) if subset >> index & 1]
    chosen = toward[..., inside, None]
    betas = np.linalg.solve(between[..., inside, :][..., inside], chosen)
    explained: FloatArray = (betas * chosen).sum(axis=(-2, -1))
    return explained


def _drivers(names: list[str], data: FloatArray, between: FloatArray, toward: FloatArray) -> Drivers | None:
    betas = np.linalg.solve(between, toward)
    r2 = float(betas @ toward)
    if r2 <= SINGULAR:
        return None
    spread = data.std(axis=0, ddof=1)
    slopes = betas * spread[-1] / spread[:-1]
    lmg = lmg_parts(between, toward)
    return Drivers(
        r2=r2,
        lmg=_named(names, lmg),
        shares=_named(names, lmg / r2),
        johnson=_named(names, johnson_parts(between, toward)),
        signs={name: int(np.sign(slope)) for name, slope in zip(names, slopes, strict=True)},
        coefficients=_named(names, slopes),
        intercept=float(data[:, -1].mean() - slopes @ data[:, :-1].mean(axis=0)),
        vif=_named(names, np.diag(np.linalg.inv(between))),
        n=len(data),
    )


def _named(names: list[str], values: FloatArray) -> dict[str, float]:
    return dict(zip(names, values.tolist(), strict=True))
