"""Seeded chance: one stream for each file, so that a change in one file leaves the others as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar
from zlib import crc32

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SEED = 20260101

T = TypeVar("T")


def stream(name: str) -> np.random.Generator:
    """Return the generator that belongs to one file.

    Parameters
    ----------
    name
        Any fixed name; the same name always gives the same stream.

    Examples
    --------
    >>> bool(stream("myynti").integers(100) == stream("myynti").integers(100))
    True
    """
    return np.random.default_rng([SEED, crc32(name.encode())])


def pick(rng: np.random.Generator, options: Sequence[T]) -> T:
    """Return one of the options, each as likely as the others."""
    return options[int(rng.integers(len(options)))]


def pick_weighted(rng: np.random.Generator, weights: Mapping[T, float]) -> T:
    """Return one key, as likely as its weight is of the weights' sum.

    Examples
    --------
    >>> pick_weighted(stream("x"), {"a": 0.0, "b": 2.0})
    'b'
    """
    keys = list(weights)
    shares = np.cumsum([weights[key] for key in keys])
    return keys[int(np.searchsorted(shares, rng.random() * shares[-1], side="right"))]


def ordinal(latent: float, cuts: Sequence[float], first: int = 1) -> int:
    """Turn a latent value into an answer on a scale that starts at `first`.

    Parameters
    ----------
    latent
        Value on a standard normal scale; higher is better.
    cuts
        Rising limits between neighbouring answers; one fewer than there are answers.

    Examples
    --------
    >>> ordinal(0.0, (-1.75, -1.17, -0.55, 0.47))
    4
    """
    return first + int(np.searchsorted(cuts, latent))
