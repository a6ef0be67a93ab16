"""Control charts: which changes from wave to wave are more than the usual to and fro."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kohtaamo_utils.errors import DataError, say
from kohtaamo_utils.measures.answers import Numbers, as_floats

if TYPE_CHECKING:
    from kohtaamo_utils.measures.answers import FloatArray

D2 = 1.128
"""Mean of the range of two normal values, in standard deviations."""
LIMIT = 3 / D2
RANGE_LIMIT = 3.267
RUN = 8
NEAR_LIMIT, OF_LAST = 3, 4
FEWEST = 2


@dataclass(frozen=True, order=True)
class Signal:
    """One point that is more than noise.

    Parameters
    ----------
    index
        Its place in the values as they came, from 0.
    rule
        ``outside`` the limits; ``run`` of eight on one side of the centre; ``near_limit``: three of four in a row
        nearer the same limit than the centre; ``range``: a jump from the point before that is too large.
    """

    index: int
    rule: str


@dataclass(frozen=True, kw_only=True)
class XmR:
    """Individuals and moving range chart.

    Parameters
    ----------
    center
        Mean of the baseline.
    moving_range
        Mean distance of neighbouring values in the baseline.
    lower, upper
        Natural process limits.
    range_limit
        Upper limit of a moving range.
    signals
        Points that break a rule, in order.
    """

    center: float
    moving_range: float
    lower: float
    upper: float
    range_limit: float
    signals: tuple[Signal, ...]

    @property
    def signalled(self) -> tuple[int, ...]:
        """The places of all points that break at least one rule."""
        return tuple(sorted({signal.index for signal in self.signals}))


@dataclass(frozen=True, kw_only=True)
class PChart:
    """Control chart of shares out of samples that may differ in size.

    Parameters
    ----------
    center
        The pooled share.
    shares, lower, upper
        Each sample's share and its own limits, inside 0-1.
    signals
        Samples outside their limits.
    """

    center: float
    shares: tuple[float, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    signals: tuple[Signal, ...]


def xmr(values: Numbers, baseline: int | None = None) -> XmR:
    """Chart single values in order of time.

    Limits x̄ ± 3/1.128·mR̄ and 3.267·mR̄ for the moving range (Shewhart; NIST/SEMATECH e-Handbook 6.3.2.2). Run rules
    after Wheeler.

    Parameters
    ----------
    values
        One value per wave or month; missing ones are skipped, the others keep their places.
    baseline
        How many of the first values that are there set the limits; without it all do.

    Returns
    -------
    XmR
        From five or six values on the limits mean something, and they stay uncertain.

    Raises
    ------
    DataError
        The baseline has fewer than two values.

    Examples
    --------
    >>> chart = xmr([32, 35, 31, 38, 36, 34, 33, 37, 45, 47, 46, 48], baseline=8)
    >>> round(chart.upper, 2), chart.signalled
    (43.24, (8, 9, 10, 11))
    """
    numbers = as_floats(values)
    places = np.flatnonzero(~np.isnan(numbers))
    there = numbers[places]
    base = there[:baseline]
    if len(base) < FEWEST:
        raise DataError(
            say(
                "A control chart came with {n} baseline values. It takes {least}, better six, or more.",
                n=len(base),
                least=FEWEST,
            )
        )
    center, moving = float(base.mean()), float(np.abs(np.diff(base)).mean())
    reach = LIMIT * moving
    found = _broken_rules(there - center, reach, RANGE_LIMIT * moving)
    return XmR(
        center=center,
        moving_range=moving,
        lower=center - reach,
        upper=center + reach,
        range_limit=RANGE_LIMIT * moving,
        signals=tuple(sorted(Signal(int(places[index]), rule) for index, rule in found)),
    )


def p_chart(successes: Numbers, n: Numbers) -> PChart:
    """Chart shares: p̄ ± 3·√(p̄(1-p̄)/nᵢ), with the limits cut at 0 and 1.

    Parameters
    ----------
    successes, n
        Each sample's successes and size, in order of time.

    Returns
    -------
    PChart
        NIST/SEMATECH e-Handbook 6.3.3.1.

    Raises
    ------
    DataError
        There are no samples, one is empty, or one has more successes than answers.

    Examples
    --------
    >>> p_chart([5, 6, 40], [100, 100, 100]).signals
    (Signal(index=0, rule='outside'), Signal(index=2, rule='outside'))
    """
    hits, sizes = as_floats(successes), as_floats(n)
    if not len(hits) or len(hits) != len(sizes) or not ((sizes > 0) & (hits >= 0) & (hits <= sizes)).all():
        raise DataError(
            say("A share chart takes one sample or more, each with answers and from none to all of them successes.")
        )
    center = float(hits.sum() / sizes.sum())
    reach = 3 * np.sqrt(center * (1 - center) / sizes)
    shares, lower, upper = hits / sizes, np.clip(center - reach, 0, 1), np.clip(center + reach, 0, 1)
    outside = np.flatnonzero((shares < lower) | (shares > upper))
    return PChart(
        center=center,
        shares=tuple(shares.tolist()),
        lower=tuple(lower.tolist()),
        upper=tuple(upper.tolist()),
        signals=tuple(Signal(int(index), "outside") for index in outside),
    )


def _broken_rules(gaps: FloatArray, reach: float, range_limit: float) -> set[tuple[int, str]]:
    """Return the points that break a rule; ``gaps`` are distances from the centre."""
    found = {(int(index), "outside") for index in np.flatnonzero(np.abs(gaps) > reach)}
    found |= {(int(index) + 1, "range") for index in np.flatnonzero(np.abs(np.diff(gaps)) > range_limit)}
    for side in (gaps, -gaps):
        found |= {(index, "run") for index in _crowded(side > 0, RUN, RUN)}
        found |= {(index, "near_limit") for index in _crowded(side > reach / 2, NEAR_LIMIT, OF_LAST)}
    return found


def _crowded(marks: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], least: int, width: int) -> set[int]:
    """Return the marked points of every stretch of ``width`` points with ``least`` marks or more."""
    stretches = [range(first, first + width) for first in range(len(marks) - width + 1)]
    return {index for stretch in stretches if marks[list(stretch)].sum() >= least for index in stretch if marks[index]}
