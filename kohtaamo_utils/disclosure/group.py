"""What the group report publishes of one competency: means, gap and standard deviations over reviewees.

Figures are decided on in this order: the others, the gap, self, manager, peers, reports, customers; then the standard
deviations, in the order others, self, manager, peers, reports, customers. One that may not stand beside those before it
(`readers`) is left out; of a standard deviation its class is tried as well. A mean that is left out must not follow from the
others: where self may not be told, the gap beside the others' mean would tell it, and is left out too.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from kohtaamo_utils.disclosure.bands import printed
from kohtaamo_utils.disclosure.entries import GROUPS, Entry, Value
from kohtaamo_utils.disclosure.pooling import MANAGER, OTHERS, PROTECTED, SELF
from kohtaamo_utils.disclosure.publication import Cell, Hidden, Shown, Spread
from kohtaamo_utils.disclosure.question import is_number
from kohtaamo_utils.disclosure.readers import bears, follows
from kohtaamo_utils.disclosure.samples import GAP, MINIMUM_REVIEWEES, Samples

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from kohtaamo_utils.disclosure.question import Rules

MEANS = (OTHERS, GAP, SELF, MANAGER, *PROTECTED)
SPREADS = tuple(name for name in MEANS if name != GAP)
CLASSES = ((0.0, 0.3), (0.4, 0.6), (0.7, 1.0), (1.1, None))
"""Classes of printed standard deviations. The first is always told as a class: it tells of everybody that he is near the
mean. The others where a number would tell too much."""
_TOO_TELLING = Hidden("complementary")
LARGEST_PART = 0.5
"""Largest part of the squared deviations that may be a single reviewee's where a number is printed."""


@dataclass(frozen=True)
class Decided:
    """What is published of a competency over reviewees.

    Parameters
    ----------
    means, spreads
        Means and standard deviations by rater group.
    gap
        Mean gap; None where nobody has one.
    banded
        How many reviewees entered a mean by the middle of their band, by rater group; only those above 0.
    """

    means: Mapping[str, Cell]
    gap: Cell | None
    spreads: Mapping[str, Spread | Hidden]
    banded: Mapping[str, int]


def decide_competency(entries: Sequence[Entry], competency: str, rules: Rules) -> Decided:
    """Decide what the group report publishes of a competency.

    Parameters
    ----------
    entries
        The reviewees.
    competency
        Which.
    rules
        The scale, and what the mean of the others is.
    """
    samples = Samples(entries, competency, rules)
    means = _means(samples)
    spreads: dict[str, Spread | Hidden] = {}
    for name in (name for name in SPREADS if isinstance(means.get(name), Shown)):
        possible = _spreads(samples, name, means[name])
        safe = (spread for spread in possible if bears(samples, means, {**spreads, name: spread}))
        spreads[name] = next(safe, Hidden("complementary" if is_number(means[name]) else "band"))
    shown = [name for name in GROUPS if name in means]
    return Decided(
        means={name: means[name] for name in shown},
        gap=means.get(GAP),
        spreads={name: spreads[name] for name in shown if name in spreads},
        banded={name: samples.banded(name) for name in shown if samples.banded(name)},
    )


def _means(samples: Samples) -> dict[str, Cell]:
    """Return the means and the gap; of those that may not stand together the later are hidden."""
    means: dict[str, Cell] = {}
    for name in (name for name in MEANS if samples.values[name]):
        cell = _mean(samples, name)
        means[name] = cell if isinstance(cell, Hidden) or _may_stand(samples, {**means, name: cell}) else _TOO_TELLING
        while follows(samples, means):
            means[_last_that_tells(samples, means)] = _TOO_TELLING
    return means


def _may_stand(samples: Samples, means: Mapping[str, Cell]) -> bool:
    return not follows(samples, means) and bears(samples, means, {})


def _last_that_tells(samples: Samples, means: Mapping[str, Cell]) -> str:
    """Return the last mean without which nothing that is withheld follows from the rest, or simply the last."""
    shown = [name for name in reversed(list(means)) if is_number(means[name])]
    return next((name for name in shown if not follows(samples, {**means, name: _TOO_TELLING})), shown[0])


def _mean(samples: Samples, name: str) -> Cell:
    """Return a mean as it may be printed by itself; near the scale's end it would tell of everybody.

    A gap beside one of its two means would give the other, so it is not shown where one of them is a band.
    """
    its, scale = samples.values[name], samples.rules.scale
    if len(its) < MINIMUM_REVIEWEES:
        return Hidden("too_few_reviewees")
    if name == GAP:
        near = any(scale.zone(_average([samples.values[group][who] for who in its])) for group in (SELF, OTHERS))
        return Hidden("band") if near else Shown(printed(_average(its.values())), len(its))
    mean = _average(its.values())
    end = scale.zone(mean)
    return Shown(printed(mean) if end is None else scale.band(end), len(its))


def _average(values: Collection[Value]) -> Fraction:
    return sum((value.exact for value in values), Fraction(0)) / len(values)


def _spreads(samples: Samples, name: str, mean: Cell) -> Iterable[Spread]:
    """Yield the standard deviation as it may be printed by itself: as a number, then as its class."""
    values = samples.arrays[name]
    values = values[~np.isnan(values)]
    if not is_number(mean) or 2 * samples.banded(name) > len(values):
        return
    squares = (values - values.mean()) ** 2
    deviation = printed(Fraction(str(round(sqrt(squares.sum() / (len(values) - 1)), 9))))
    low, high = next((low, high) for low, high in CLASSES if high is None or deviation <= high)
    if low and squares.max() <= LARGEST_PART * squares.sum():
        yield Spread(deviation, deviation, len(values))
    yield Spread(low, high, len(values))
