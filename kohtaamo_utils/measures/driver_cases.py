"""The answers that key drivers are computed from, and what may stand in the way of computing them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np

from kohtaamo_utils.errors import DataError, say
from kohtaamo_utils.measures.weighting import kish_n

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from kohtaamo_utils.measures.answers import FloatArray

ANSWERS_PER_PREDICTOR = 10
MOST_PREDICTORS = 15
SINGULAR = 1e-10


@dataclass(frozen=True, kw_only=True, eq=False)
class Cases:
    """Complete cases.

    Parameters
    ----------
    names
        The predictors.
    data
        Values of shape (n, p + 1), the outcome last.
    weights
        Positive weights, shape (n,); all ones where the sample is not weighted.
    """

    names: tuple[str, ...]
    data: FloatArray
    weights: FloatArray

    @property
    def n(self) -> int:
        """Number of complete cases."""
        return len(self.data)

    @property
    def n_effective(self) -> float:
        """Kish's effective number of cases; equals ``n`` without weights."""
        return kish_n(self.weights)

    @cached_property
    def means(self) -> FloatArray:
        """Weighted means, shape (p + 1,)."""
        found: FloatArray = np.average(self.data, axis=0, weights=self.weights)
        return found

    @cached_property
    def spread(self) -> FloatArray:
        """Weighted standard deviations, shape (p + 1,), divided by the sum of weights."""
        found: FloatArray = np.sqrt(np.average((self.data - self.means) ** 2, axis=0, weights=self.weights))
        return found

    @cached_property
    def correlations(self) -> FloatArray:
        """Weighted correlations, shape (p + 1, p + 1); only where everything varies."""
        centred = (self.data - self.means) / self.spread
        found: FloatArray = (centred * self.weights[:, None]).T @ centred / self.weights.sum()
        return found


@dataclass(frozen=True, kw_only=True)
class Obstacle:
    """Why there are no drivers.

    Parameters
    ----------
    kind
        ``few`` complete cases, something ``constant``, or ``collinear`` predictors: one follows from the others.
    n, needed
        Complete cases that there are, and the fewest that it takes.
    names
        Predictors that do not vary.
    outcome
        Whether the outcome does not vary.
    """

    kind: Literal["few", "constant", "collinear"]
    n: int
    needed: int
    names: tuple[str, ...] = ()
    outcome: bool = False


def complete_cases(
    frame: pd.DataFrame, outcome: pd.Series, predictors: Sequence[str], weights: pd.Series | None = None
) -> Cases:
    """Return the rows where the predictors and the outcome were all answered.

    Parameters
    ----------
    frame, outcome, predictors, weights
        As for the drivers. A row without a weight, or with the weight 0, does not count.

    Raises
    ------
    DataError
        No predictor, more than fifteen, or a repeated one; or a negative weight.

    Examples
    --------
    >>> import pandas as pd
    >>> complete_cases(pd.DataFrame({"trust": [4, None]}), pd.Series([9, 8]), ["trust"]).data.tolist()
    [[4.0, 9.0]]
    """
    names = tuple(predictors)
    if not 1 <= len(names) <= MOST_PREDICTORS or len(set(names)) < len(names):
        raise DataError(
            say(
                "{n} predictors came: {names}. Give 1 to {most} different ones.",
                n=len(names),
                names=", ".join(names),
                most=MOST_PREDICTORS,
            )
        )
    data = frame[list(names)].astype("float64").assign(_outcome=outcome.astype("float64"))
    if weights is not None:
        if (weights < 0).any():
            raise DataError(say("A weight is negative. Weights are zero or more: correct the weight column."))
        data = data.assign(_weight=weights.astype("float64").where(weights > 0))
    values = data.dropna().to_numpy()
    width = len(names) + 1
    return Cases(
        names=names, data=values[:, :width], weights=np.ones(len(values)) if weights is None else values[:, -1]
    )


def obstacle(cases: Cases, answers_per_predictor: int = ANSWERS_PER_PREDICTOR) -> Obstacle | None:
    """Return what stands in the way of drivers; None where nothing does.

    Parameters
    ----------
    cases
        Complete cases.
    answers_per_predictor
        Complete cases that each predictor takes. Of weighted cases the effective number counts.

    Examples
    --------
    >>> import pandas as pd
    >>> few = complete_cases(pd.DataFrame({"trust": [4, 5]}), pd.Series([9, 8]), ["trust"])
    >>> obstacle(few)
    Obstacle(kind='few', n=2, needed=10, names=(), outcome=False)
    """
    p = len(cases.names)
    needed = max(answers_per_predictor * p, p + 2)
    if cases.n_effective < needed - 1e-9:
        return Obstacle(kind="few", n=cases.n, needed=needed)
    still = (cases.data == cases.data[0]).all(axis=0)
    if still.any():
        names = tuple(name for name, constant in zip(cases.names, still, strict=False) if constant)
        return Obstacle(kind="constant", n=cases.n, needed=needed, names=names, outcome=bool(still[-1]))
    if np.linalg.eigvalsh(cases.correlations[:-1, :-1])[0] < SINGULAR:
        return Obstacle(kind="collinear", n=cases.n, needed=needed)
    return None
