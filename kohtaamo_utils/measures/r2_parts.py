"""Ways to part R² among correlated predictors: LMG, Johnson's relative weights, and what each explains alone or last."""

from __future__ import annotations

from math import factorial
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from kohtaamo_utils.measures.answers import FloatArray


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


def last_parts(between: FloatArray, toward: FloatArray) -> FloatArray:
    """Return what each predictor adds to R² when it enters after all the others.

    Parameters
    ----------
    between, toward
        Correlations of the predictors, shape (p, p), and with the outcome, shape (p,).

    Returns
    -------
    ndarray
        Shape (p,); they do not add up to R².

    Examples
    --------
    >>> last_parts(np.eye(2), np.array([0.5, 0.1])).round(4).tolist()
    [0.25, 0.01]
    """
    everyone = 2 ** len(toward) - 1
    whole = _r2_of(everyone, between, toward)
    return np.array([whole - _r2_of(everyone ^ (1 << place), between, toward) for place in range(len(toward))])


def _r2_of(subset: int, between: FloatArray, toward: FloatArray) -> FloatArray:
    """R² of the predictors whose bits are set."""
    inside = [index for index in range(toward.shape[-1]) if subset >> index & 1]
    chosen = toward[..., inside, None]
    betas = np.linalg.solve(between[..., inside, :][..., inside], chosen)
    explained: FloatArray = (betas * chosen).sum(axis=(-2, -1))
    return explained
