"""Statistics written out once more, straight from their formulas: what the reports' figures are tested against.

Nothing here uses Kohtaamo. Quantiles come from scipy, everything else is arithmetic.
"""

from __future__ import annotations

from itertools import permutations
from math import sqrt
from statistics import fmean, variance
from typing import TYPE_CHECKING

import numpy as np
from scipy import stats

if TYPE_CHECKING:
    from collections.abc import Sequence

Z = 1.959963984540054


def nps(scores: Sequence[float]) -> tuple[float, float, float]:
    """Return NPS with the adjusted Wald interval (Rocks 2016): three answers added, ¾ promoter and ¾ detractor of them."""
    n = len(scores)
    promoters, detractors = sum(s >= 9 for s in scores), sum(s <= 6 for s in scores)
    p, d = (promoters + 0.75) / (n + 3), (detractors + 0.75) / (n + 3)
    reach = Z * sqrt((p + d - (p - d) ** 2) / (n + 3))
    value = (promoters - detractors) / n
    return 100 * value, max(-100.0, 100 * (p - d - reach)), min(100.0, 100 * (p - d + reach))


def share(hits: int, n: int) -> tuple[float, float, float]:
    """Return a share with Wilson's interval."""
    p = hits / n
    middle = (p + Z**2 / (2 * n)) / (1 + Z**2 / n)
    reach = Z * sqrt(p * (1 - p) / n + Z**2 / (4 * n**2)) / (1 + Z**2 / n)
    return p, middle - reach, middle + reach


def mean(values: Sequence[float], low: float = -np.inf, high: float = np.inf) -> tuple[float, float, float]:
    """Return a mean with Student's t interval, cut at the ends of the scale."""
    n, middle = len(values), fmean(values)
    reach = float(stats.t.ppf(0.975, n - 1)) * sqrt(variance(values) / n)
    return middle, max(low, middle - reach), min(high, middle + reach)


def welch(a: Sequence[float], b: Sequence[float]) -> tuple[float, float, float]:
    """Return a difference of means with Welch's interval."""
    one, two = variance(a) / len(a), variance(b) / len(b)
    df = (one + two) ** 2 / (one**2 / (len(a) - 1) + two**2 / (len(b) - 1))
    gap, reach = fmean(a) - fmean(b), float(stats.t.ppf(0.975, df)) * sqrt(one + two)
    return gap, gap - reach, gap + reach


def alpha(items: Sequence[Sequence[float]]) -> tuple[float, float, float]:
    """Return Cronbach's alpha of complete rows with Feldt's interval."""
    n, k = len(items), len(items[0])
    total = variance([sum(row) for row in items])
    value = k / (k - 1) * (1 - sum(variance(column) for column in zip(*items, strict=True)) / total)
    low, high = (float(stats.f.ppf(p, n - 1, (n - 1) * (k - 1))) for p in (0.975, 0.025))
    return value, 1 - (1 - value) * low, 1 - (1 - value) * high


def r_squared(predictors: np.ndarray, outcome: np.ndarray) -> float:
    """Return R² of least squares with an intercept."""
    design = np.column_stack([np.ones(len(outcome)), predictors])
    residuals = outcome - design @ np.linalg.lstsq(design, outcome, rcond=None)[0]
    return float(1 - (residuals**2).sum() / ((outcome - outcome.mean()) ** 2).sum())


def lmg_shares(predictors: np.ndarray, outcome: np.ndarray) -> tuple[np.ndarray, float]:
    """Return each predictor's mean gain in R² over all orders of entering, divided by R²; and R²."""
    width = predictors.shape[1]
    known: dict[frozenset[int], float] = {frozenset(): 0.0}
    gains, orders = np.zeros(width), list(permutations(range(width)))
    for order in orders:
        for position, column in enumerate(order):
            before, after = frozenset(order[:position]), frozenset(order[: position + 1])
            if after not in known:
                known[after] = r_squared(predictors[:, sorted(after)], outcome)
            gains[column] += known[after] - known[before]
    whole = known[frozenset(range(width))]
    return gains / len(orders) / whole, whole


def rwg(answers: np.ndarray, options: int) -> float:
    """Return r_wg(j) of raters × items against answers at random: variance (A² − 1) / 12; below 0 counts as 0.

    Each item's variance is of the raters who answered it; the others are NaN.
    """
    items = answers.shape[1]
    ratio = np.nanvar(answers, axis=0, ddof=1).mean() / ((options**2 - 1) / 12)
    value = items * (1 - ratio) / (items * (1 - ratio) + ratio)
    return float(value) if 0 <= value <= 1 else 0.0


def icc_one_way(groups: Sequence[Sequence[float]]) -> tuple[float, float]:
    """Return ICC(1) and ICC(2) of one-way analysis of variance with k0 raters a target on average."""
    sizes = [len(group) for group in groups]
    total, count = sum(sizes), len(groups)
    grand = sum(map(sum, groups)) / total
    between = sum(len(g) * (fmean(g) - grand) ** 2 for g in groups) / (count - 1)
    within = sum((x - fmean(g)) ** 2 for g in groups for x in g) / (total - count)
    k0 = (total - sum(size**2 for size in sizes) / total) / (count - 1)
    return (between - within) / (between + (k0 - 1) * within), (between - within) / between


def kaplan_meier_median(
    lengths: Sequence[float], ended: Sequence[bool], entries: Sequence[float] | None = None
) -> float | None:
    """Return the time at which half have ended; those who go on are in the risk set until they are last seen.

    With entries, each is in the risk set after its own only.
    """
    alive = 1.0
    entered = [float("-inf")] * len(lengths) if entries is None else entries
    for time in sorted({length for length, end in zip(lengths, ended, strict=True) if end}):
        at_risk = sum(entry < time <= length for entry, length in zip(entered, lengths, strict=True))
        events = sum(end and length == time for length, end in zip(lengths, ended, strict=True))
        alive *= 1 - events / at_risk
        if alive <= 0.5:
            return time
    return None
