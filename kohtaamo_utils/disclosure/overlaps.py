"""Which categories of several dimensions may be shown side by side: no two may differ by a few people only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kohtaamo_utils.disclosure.alike import Alike, nobody
from kohtaamo_utils.disclosure.respondents import visible_categories

FEW = "fewer than {minimum} answers"
COMPLEMENT = "would reveal a group of fewer than {minimum}"
"""Reasons as ``results.json`` gives them."""

Sets = Mapping[str, Mapping[str, frozenset[int]]]


@dataclass(frozen=True)
class Published:
    """What may be shown of some respondents.

    Parameters
    ----------
    shown
        Dimension to category to the rows behind it.
    hidden
        Dimension to category to the reason.
    """

    shown: dict[str, dict[str, frozenset[int]]]
    hidden: dict[str, dict[str, str]]


def publish(sets: Sets, everyone: frozenset[int], minimum: int, alike: Alike = nobody) -> Published:
    """Decide what is shown of several dimensions of the same respondents.

    Within a dimension the total must not give a hidden category away (`visible_categories`). Across dimensions, of two
    sets of which one holds the other and a few people more, only the one that comes first is shown: their difference
    would be those few. What holds for few people holds for such whose answers are so much alike that their figure tells them.

    Parameters
    ----------
    sets
        Dimension to category to rows; dimensions are decided in this order.
    everyone
        All rows; their figure is published too.
    minimum
        Smallest number of people that is shown.
    alike
        Tells which people's figure would tell what each answered (`alike.alike_in`).

    Examples
    --------
    >>> web, shop = frozenset(range(21)), frozenset(range(20))
    >>> found = publish({"channel": {"web": web}, "touchpoint": {"shop": shop}}, frozenset(range(60)), 5)
    >>> found.shown["touchpoint"], found.hidden["touchpoint"]
    ({}, {'shop': 'would reveal a group of fewer than 5'})
    """
    published = [everyone]
    result = Published({}, {})
    for dimension, categories in sets.items():
        counts = {name: len(rows) for name, rows in categories.items()}
        visible = visible_categories(counts, minimum, len(everyone)) if counts else None
        shown: dict[str, frozenset[int]] = {}
        hidden = {name: FEW if counts[name] < minimum else COMPLEMENT for name in visible.hidden} if visible else {}
        for name in sorted(visible.shown) if visible else ():
            rows = categories[name]
            if alike(rows) or any(differ_by_few(rows, other, minimum, alike) for other in published):
                hidden[name] = COMPLEMENT
            else:
                shown[name] = rows
        while shown and _tells(_rest(everyone, shown), published, minimum, alike):
            smallest = min(shown, key=lambda name: (len(shown[name]), name))
            hidden[smallest] = COMPLEMENT
            del shown[smallest]
        published += [*shown.values(), _rest(everyone, shown)]
        result.shown[dimension] = shown
        result.hidden[dimension] = {name: reason.format(minimum=minimum) for name, reason in sorted(hidden.items())}
    return result


def _rest(everyone: frozenset[int], shown: Mapping[str, frozenset[int]]) -> frozenset[int]:
    """Return the people whom no shown category holds: their figure can be computed from the total."""
    return everyone.difference(*shown.values())


def _tells(rest: frozenset[int], published: Sequence[frozenset[int]], minimum: int, alike: Alike) -> bool:
    """Tell whether what is left of the total gives few people away, or such as are too much alike."""
    few = 0 < len(rest) < minimum
    return few or alike(rest) or any(differ_by_few(rest, other, minimum, alike) for other in published)


def differ_by_few(one: frozenset[int], other: frozenset[int], minimum: int, alike: Alike = nobody) -> bool:
    """Tell whether one set holds the other and fewer than the minimum more, or such as are too much alike."""
    if not one or not other or len(one) == len(other):
        return False
    if alike is nobody and abs(len(one) - len(other)) >= minimum:
        return False
    if not (one < other or other < one):
        return False
    return abs(len(one) - len(other)) < minimum or alike(one ^ other)
