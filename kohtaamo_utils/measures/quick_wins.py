"""Which action promises most for its trouble: effect × feasibility, and how sure the order is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from kohtaamo_utils.measures.estimate import Estimate
from kohtaamo_utils.measures.means import t_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kohtaamo_utils.measures.answers import FloatArray
    from kohtaamo_utils.measures.driver_intervals import DrawnShares

METHOD = "bootstrap-percentile"
SCALE = (1.0, 5.0)
SEED = 20260102


@dataclass(frozen=True, kw_only=True)
class Option:
    """One action.

    Parameters
    ----------
    id
        What it is called.
    means
        Element to its mean where the action is done; the elements that the action is meant for.
    reach
        Share of all encounters that it reaches, 0 to 1.
    feasibility
        1 (hard) to 5 (easy).
    place
        Where it is done: actions of one place share one uncertainty of the means.
    """

    id: str
    means: dict[str, Estimate]
    reach: float
    feasibility: int
    place: str


@dataclass(frozen=True, kw_only=True)
class Win:
    """An action's standing.

    Parameters
    ----------
    option
        The action.
    effect
        Driver share × headroom × reach, the mean over its elements; 0 to 1.
    score
        Effect × feasibility, 0 to 5.
    first, last
        Best and worst place in the order that the draws leave open.
    effect_is
        Whether the effect is ``above`` or ``below`` the median effect of the other actions; None where it cannot be told.
    """

    option: Option
    effect: Estimate
    score: Estimate
    first: int
    last: int
    effect_is: Literal["above", "below"] | None


def quick_wins(drawn: DrawnShares, options: Sequence[Option], seed: int = SEED) -> tuple[Win, ...]:
    """Rank actions by effect × feasibility, the highest score first; equal ones stay in their order.

    Headroom is what the mean lacks of the scale's end, as a share of the scale. Uncertain are the drivers' shares, as
    they were drawn, and the means; reach and feasibility are taken as they are given.

    Parameters
    ----------
    drawn
        The drivers with their draws.
    options
        The actions; every element that one names must be among the drivers.
    seed
        Seed of the means' draws.
    """
    if not options:
        return ()
    heads = _drawn_headroom(options, len(drawn.shares), seed)
    effects = np.column_stack([_effects(drawn, option, heads) for option in options])
    scores = effects * np.array([option.feasibility for option in options])
    higher = (scores[:, :, None] < scores[:, None, :]).sum(axis=2) + 1
    ends = _limits(higher.astype(np.float64), drawn.level, method="nearest")
    wins = []
    for place, option in enumerate(options):
        value = _effect(drawn, option)
        effect = _estimate(value, effects[:, place], drawn)
        wins.append(
            Win(
                option=option,
                effect=effect,
                score=effect.scaled(option.feasibility, "ratio"),
                first=int(ends[0][place]),
                last=int(ends[1][place]),
                effect_is=_against_others(effects, place, drawn.level),
            )
        )
    return tuple(sorted(wins, key=lambda win: -(win.score.value or 0.0)))


def headroom(mean: float) -> float:
    """Return how far a mean is from the scale's end, as a share of the scale.

    Examples
    --------
    >>> headroom(4.0)
    0.25
    """
    low, high = SCALE
    return (high - mean) / (high - low)


def _effect(drawn: DrawnShares, option: Option) -> float:
    parts = [drawn.found.shares[name] * headroom(mean.value or 0.0) for name, mean in option.means.items()]
    return option.reach * sum(parts) / len(parts)


def _effects(drawn: DrawnShares, option: Option, heads: dict[tuple[str, str], FloatArray]) -> FloatArray:
    parts = [drawn.shares[:, drawn.names.index(name)] * heads[option.place, name] for name in option.means]
    found: FloatArray = option.reach * np.mean(parts, axis=0)
    return found


def _drawn_headroom(options: Sequence[Option], draws: int, seed: int) -> dict[tuple[str, str], FloatArray]:
    """Draw each place's means around their estimates, as their t intervals are wide, within the scale."""
    rng, heads = np.random.default_rng(seed), dict[tuple[str, str], "FloatArray"]()
    for option in options:
        for name, mean in option.means.items():
            if (option.place, name) in heads:
                continue
            error = 0.0
            if mean.low is not None and mean.high is not None and mean.n > 1:
                error = (mean.high - mean.low) / 2 / t_of(mean.level, mean.n - 1)
            means = np.clip((mean.value or 0.0) + error * rng.standard_normal(draws), *SCALE)
            heads[option.place, name] = (SCALE[1] - means) / (SCALE[1] - SCALE[0])
    return heads


def _against_others(effects: FloatArray, place: int, level: float) -> Literal["above", "below"] | None:
    others = np.delete(effects, place, axis=1)
    if not others.shape[1]:
        return None
    low, high = _limits(effects[:, place] - np.median(others, axis=1), level)
    return "above" if low > 0 else "below" if high < 0 else None


def _estimate(value: float, draws: FloatArray, drawn: DrawnShares) -> Estimate:
    low, high = _limits(draws, drawn.level)
    return Estimate(
        value=value,
        n=drawn.found.n,
        low=float(low),
        high=float(high),
        unit="share",
        method=METHOD,
        level=drawn.level,
    )


def _limits(values: FloatArray, level: float, method: Literal["linear", "nearest"] = "linear") -> FloatArray:
    tail = (1 - level) / 2
    found: FloatArray = np.quantile(values, [tail, 1 - tail], axis=0, method=method)
    return found
