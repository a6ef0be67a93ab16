"""Net Promoter Score and its employee twin: promoters minus detractors, in points from -100 to 100."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import DataError, say
from kohtaamo_utils.measures.answers import Answers, Numbers, p_of, valid, z_of
from kohtaamo_utils.measures.differences import Difference
from kohtaamo_utils.measures.estimate import LEVEL, Estimate, nothing

if TYPE_CHECKING:
    from kohtaamo_utils.measures.answers import FloatArray

UNIT = "points"
METHOD = "adjusted-wald"
PROMOTER_FROM = 9
DETRACTOR_TO = 6
ADDED_ANSWERS = 3.0
ADDED_PROMOTERS = 0.75
ROUNDING = 1e-12


@dataclass(frozen=True)
class NpsCounts:
    """How many promoters (9-10), passives (7-8) and detractors (0-6) answered.

    Examples
    --------
    >>> NpsCounts(promoters=10, passives=5, detractors=5).n
    20
    """

    promoters: int
    passives: int
    detractors: int

    @property
    def n(self) -> int:
        """Number of valid answers."""
        return self.promoters + self.passives + self.detractors


@dataclass(frozen=True)
class _Shares:
    """Weighted shares of promoters and detractors, and the number of answers that they are worth."""

    promoters: float
    detractors: float
    n: float

    @property
    def net(self) -> float:
        return self.promoters - self.detractors

    @property
    def variance(self) -> float:
        """Variance of one answer that scores 1, 0 or -1."""
        return max(self.promoters + self.detractors - self.net**2, 0.0)

    @property
    def adjusted(self) -> _Shares:
        """The same after three more imagined answers: three quarters each of a promoter and a detractor."""
        n = self.n + ADDED_ANSWERS
        promoters = (self.promoters * self.n + ADDED_PROMOTERS) / n
        detractors = (self.detractors * self.n + ADDED_PROMOTERS) / n
        return _Shares(promoters, detractors, n)

    @property
    def testable(self) -> _Shares:
        """What a comparison uses: these shares, or the adjusted ones where everyone falls in one class.

        There the plain variance is zero, and any gap of a single answer would look certain.
        """
        return self if self.variance > ROUNDING else self.adjusted


def nps(scores: Numbers, weights: Numbers | None = None, level: float = LEVEL) -> Estimate:
    """Estimate the Net Promoter Score from answers of 0-10.

    The value is the plain 100·(promoters - detractors). The interval is the adjusted Wald interval of Rocks (2016):
    three answers are added, ¾ to promoters, ¾ to detractors and the rest to passives, and it is cut at ±100. With
    weights the shares are weighted and the interval uses Kish's effective number of answers.

    Parameters
    ----------
    scores
        Answers 0-10; missing ones are dropped.
    weights
        Weights of the same rows.
    level
        Confidence level.

    Returns
    -------
    Estimate
        In points from -100 to 100; ``n`` counts valid answers.

    Raises
    ------
    DataError
        A score is outside 0-10.

    Examples
    --------
    >>> nps([10, 9, 8, 3]).value
    25.0
    """
    answers = _checked(scores, weights)
    if answers.empty:
        return nothing(UNIT, METHOD)
    shares = _shares(answers)
    adjusted = shares.adjusted
    reach = z_of(level) * sqrt(adjusted.variance / adjusted.n)
    low, high = max(adjusted.net - reach, -1.0), min(adjusted.net + reach, 1.0)
    return Estimate(
        value=100 * shares.net, n=answers.n, low=100 * low, high=100 * high, unit=UNIT, method=METHOD, level=level
    )


def nps_counts(scores: Numbers) -> NpsCounts:
    """Count promoters, passives and detractors, unweighted.

    Examples
    --------
    >>> nps_counts([10, 9, 8, 3, None])
    NpsCounts(promoters=2, passives=1, detractors=1)
    """
    values = _checked(scores, None).numbers
    promoters, detractors = int(_promoting(values).sum()), int(_detracting(values).sum())
    return NpsCounts(promoters, len(values) - promoters - detractors, detractors)


def points(scores: Numbers, weights: Numbers | None = None) -> Answers:
    """Return each answer as what it adds to the score: 100, 0 or -100.

    Parameters
    ----------
    scores
        Answers 0-10; missing ones are dropped.
    weights
        Weights of the same rows.

    Examples
    --------
    >>> points([10, 8, 3, None]).numbers.tolist()
    [100.0, 0.0, -100.0]
    """
    answers = _checked(scores, weights)
    return Answers(100 * (_promoting(answers.numbers) - _detracting(answers.numbers)), answers.weights)


def nps_difference(
    a: Numbers, b: Numbers, wa: Numbers | None = None, wb: Numbers | None = None, level: float = LEVEL
) -> Difference:
    """Compare the scores of two independent groups by the z test of their difference.

    z = Δ / √(σ₁²/n₁ + σ₂²/n₂) with σ² = p + d - (p - d)²; with weights n is Kish's effective number.
    A group whose answers all fall in one class enters the test with three answers added, as in its own interval, because
    its plain variance is zero.

    Parameters
    ----------
    a, b
        Answers 0-10 of the two groups.
    wa, wb
        Their weights.
    level
        Confidence level.

    Returns
    -------
    Difference
        a minus b in points (-200 to 200).

    Examples
    --------
    >>> round(nps_difference([10] * 9 + [0] * 3, [10] * 5 + [0] * 7).value, 2)
    66.67
    """
    return _difference(_checked(a, wa), _checked(b, wb), level, adjust=False)


def nps_difference_adjusted(
    a: Numbers, b: Numbers, wa: Numbers | None = None, wb: Numbers | None = None, level: float = LEVEL
) -> Difference:
    """Compare the scores of two independent groups that may be small; many groups compared at once take this one.

    The gap is the plain one. The test and the interval use both groups' adjusted shares, as the interval of a single
    score does (Rocks 2016): the plain z test calls far too many differences between small groups real.

    Parameters
    ----------
    a, b
        Answers 0-10 of the two groups.
    wa, wb
        Their weights.
    level
        Confidence level.

    Returns
    -------
    Difference
        a minus b in points (-200 to 200).

    Examples
    --------
    >>> round(nps_difference_adjusted([10] * 9 + [0] * 3, [10] * 5 + [0] * 7).p, 3)
    0.105
    """
    return _difference(_checked(a, wa), _checked(b, wb), level, adjust=True)


def _difference(first: Answers, second: Answers, level: float, *, adjust: bool) -> Difference:
    method = METHOD if adjust else "wald"
    if first.empty or second.empty:
        return Difference(value=None, unit=UNIT, method=method, n1=first.n, n2=second.n, level=level)
    one, two = _shares(first), _shares(second)
    tested = (one.adjusted, two.adjusted) if adjust else (one.testable, two.testable)
    low, high, p = _compared(*tested, level)
    return Difference(
        value=100 * (one.net - two.net),
        low=100 * low,
        high=100 * high,
        p=p,
        unit=UNIT,
        method=method,
        n1=first.n,
        n2=second.n,
        level=level,
    )


def _compared(one: _Shares, two: _Shares, level: float) -> tuple[float, float, float]:
    """Return the limits of the gap between two net shares, and its p-value."""
    gap, error = one.net - two.net, sqrt(one.variance / one.n + two.variance / two.n)
    reach = z_of(level) * error
    return gap - reach, gap + reach, p_of(gap / error)


def _checked(scores: Numbers, weights: Numbers | None) -> Answers:
    answers = valid(scores, weights)
    outside = answers.numbers[(answers.numbers < 0) | (answers.numbers > 10)]
    if len(outside):
        raise DataError(
            say(
                "{value} came as a recommendation score. Scores are 0 to 10: correct it, or list it under `missing`.",
                value=f"{outside[0]:g}",
            )
        )
    return answers


def _shares(answers: Answers) -> _Shares:
    promoters, detractors = _promoting(answers.numbers), _detracting(answers.numbers)
    return _Shares(answers.share_of(promoters), answers.share_of(detractors), answers.n_effective)


def _promoting(values: FloatArray) -> FloatArray:
    return (values >= PROMOTER_FROM).astype(float)


def _detracting(values: FloatArray) -> FloatArray:
    return (values <= DETRACTOR_TO).astype(float)
