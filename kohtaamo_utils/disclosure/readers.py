"""Whether the group's figures of a competency may stand side by side: what two kinds of reader could make of them.

*One who holds the group report alone*, as the management does. No combination of its means may speak of fewer than five
reviewees, in exact numbers: seven gaps, seven means of the others and eight self ratings would give the eighth's.

*One who holds single reports too, but not all of them.* He can subtract. What he learns of the missing reviewees is never more
than their own reports print, for the group's figures are computed from those. And how others see somebody is left open by at
least a quarter of a point (`room`), even to a reader who lacks one report only. What somebody answered alone, as self or as
manager, is in whole scores: no rounding that leaves a mean worth printing keeps those from a reader who has all the rest.

Both can add and subtract the means that are printed, so a mean that is withheld may not be a combination of those (`follows`).
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from kohtaamo_utils.disclosure.entries import GROUPS
from kohtaamo_utils.disclosure.linear import exposes_few, rank
from kohtaamo_utils.disclosure.pooling import MANAGER, OTHERS, PROTECTED, SELF
from kohtaamo_utils.disclosure.publication import Band, Cell, Hidden, Shown, Spread
from kohtaamo_utils.disclosure.question import is_number
from kohtaamo_utils.disclosure.room import Range, from_deviation, from_mean, is_left, nothing_known, together
from kohtaamo_utils.disclosure.samples import GAP, MINIMUM_REVIEWEES, Samples

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_HALF = Fraction(1, 20)
_SIGNS = {sign: Fraction(sign) for sign in (-1, 0, 1)}


def bears(samples: Samples, means: Mapping[str, Cell], spreads: Mapping[str, Spread | Hidden]) -> bool:
    """Tell whether the figures that are shown may stand side by side.

    Parameters
    ----------
    samples
        Of whom the figures are.
    means
        By rater group, and the gap.
    spreads
        Standard deviations by rater group.
    """
    shown = {name: cell for name, cell in means.items() if isinstance(cell, Shown)}
    deviations = {name: cell for name, cell in spreads.items() if isinstance(cell, Spread)}
    return not exposes(samples, list(shown)) and _leaves_room(samples, shown, deviations)


def exposes(samples: Samples, shown: Sequence[str]) -> bool:
    """Tell whether a combination of means over reviewees speaks of fewer than five of them.

    Parameters
    ----------
    samples
        Of whom the means are.
    shown
        Rater groups whose mean is shown, and the gap.
    """
    alike: dict[tuple[int, ...], list[str]] = {}
    for (reviewee, _), column in _columns(samples, shown).items():
        owners = alike.setdefault(column, [])
        if len(owners) < MINIMUM_REVIEWEES:  # more are as safe as that many
            owners.append(reviewee)
    columns = [column for column, owners in alike.items() for _ in owners]
    rows = [[_SIGNS[column[row]] for column in columns] for row in range(len(shown))]
    return exposes_few(rows, [owner for owners in alike.values() for owner in owners], MINIMUM_REVIEWEES)


def follows(samples: Samples, means: Mapping[str, Cell]) -> bool:
    """Tell whether a mean that is not printed is a combination of those that are: of self, others and gap any two give the third.

    Parameters
    ----------
    samples
        Of whom the means are.
    means
        By rater group, and the gap: those that are withheld as well.
    """
    shown = [name for name, cell in means.items() if is_number(cell)]
    withheld = [name for name in means if name not in shown]
    return any(_rank(samples, [*shown, name]) == _rank(samples, shown) for name in withheld)


def _rank(samples: Samples, names: Sequence[str]) -> int:
    columns = set(_columns(samples, names).values())
    return rank([[column[row] for column in columns] for row in range(len(names))])


def _columns(samples: Samples, names: Sequence[str]) -> dict[tuple[str, str], tuple[int, ...]]:
    """Return with which sign each single mean is in each mean over reviewees, by reviewee and whose ratings it is of.

    The others' mean of a reviewee whom one rater group only rated is that group's mean.
    """
    signs: dict[tuple[str, str], list[int]] = {}
    for row, name in enumerate(names):
        for sign, group in ((1, SELF), (-1, OTHERS)) if name == GAP else ((1, name),):
            for reviewee in samples.values[name]:
                sizes = samples.sizes[reviewee]
                source = next(iter(sizes)) if group == OTHERS and len(sizes) == 1 else group
                signs.setdefault((reviewee, source), [0] * len(names))[row] += sign
    return {whose: tuple(column) for whose, column in signs.items()}


def _leaves_room(samples: Samples, means: Mapping[str, Shown], spreads: Mapping[str, Spread]) -> bool:
    known = {group: _alone(samples, group, means.get(group), spreads.get(group)) for group in GROUPS}
    gap = _of_mean(samples, GAP, means[GAP]) if GAP in means else None
    left = together(known, gap, samples.weights, SELF, OTHERS)
    told = {OTHERS, *means} if GAP in means else set(means)  # self and the gap give the others, shown or not
    return all(is_left(left[group], samples.guarded(group)) for group in (OTHERS, *PROTECTED) if group in told) and all(
        is_left(
            _of_mean(samples, group, means[group]).meet(_of_spread(samples, group, cell)),
            ~np.isnan(samples.arrays[group]),
        )
        for group, cell in spreads.items()
    )


def _alone(samples: Samples, group: str, mean: Shown | None, spread: Spread | None) -> Range:
    """Return what is possible of a group's means by its own figures: on the scale, and a number outside the bands."""
    scale, n = samples.rules.scale, len(samples.names)
    found = nothing_known(n).within(scale.low, scale.high)
    if mean is not None:
        found = found.meet(_of_mean(samples, group, mean))
    if spread is not None:
        found = found.meet(_of_spread(samples, group, spread))
    if group in (SELF, MANAGER):
        return found
    (low, high), numbers = map(float, scale.inner), samples.guarded(group)
    return found.within(np.where(numbers, low, -np.inf), np.where(numbers, high, np.inf))


def _of_mean(samples: Samples, name: str, cell: Shown) -> Range:
    if isinstance(cell.value, Band):
        low, high = samples.rules.scale.bounds(cell.value.end)
    else:
        low, high = Fraction(str(cell.value)) - _HALF, Fraction(str(cell.value)) + _HALF
    return from_mean(samples.arrays[name], float(low), float(high))


def _of_spread(samples: Samples, group: str, spread: Spread) -> Range:
    """Return what a deviation, or its class, leaves open."""
    scale = samples.rules.scale
    high = float(scale.high - scale.low) if spread.high is None else spread.high + float(_HALF)
    return from_deviation(samples.arrays[group], max(0.0, spread.low - float(_HALF)), high)
