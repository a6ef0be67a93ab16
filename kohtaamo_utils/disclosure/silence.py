"""Which spreads a report may show so that those it does not show tell nothing.

A spread is withheld where all gave the same answer (`kohtaamo_utils.disclosure.spread`). A reader who sees the other
spreads, and knows that rule, would take the gap in the table for just that, and with the mean he would have every answer.
So a spread is shown only where the printed means rule a common answer out by themselves: they are not whole numbers, nor,
for a competency of a few items, a score that all could share. Why any other spread is missing can then be read off the
page: too few raters, a mean that is not a number, items that are not shown, or such a mean.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.bands import printed
from kohtaamo_utils.disclosure.pooling import MANAGER, OTHERS
from kohtaamo_utils.disclosure.publication import Shown
from kohtaamo_utils.disclosure.spread import SPREAD_MINIMUM, Pair
from kohtaamo_utils.measures.ratings import SELF

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kohtaamo_utils.disclosure.publication import Cell, ReviewPublication
    from kohtaamo_utils.measures.ratings import Catalogue

FEW_ITEMS = 3
"""Most items of a competency of which a common score is looked for in its printed mean. With more items nearly every mean
could be one, while that all raters share one without sharing an answer hardly ever happens."""


def spreads_to_show(publication: ReviewPublication, items: Catalogue) -> frozenset[Pair]:
    """Return the (competency, group) whose interval, agreement and distributions a report shows.

    Parameters
    ----------
    publication
        What may be published. Of `ReviewPublication.spread` this is a part.
    items
        The programme's items and their competencies.

    Returns
    -------
    frozenset
        Nothing at all where a spread that the printed means allow was withheld all the same: which one it was, the
        reader cannot tell. ``others`` only where every protected group of the competency shows its own.
    """
    expected = _expected(publication, items)
    if not expected <= publication.spread:
        return frozenset()
    everybody = {
        competency
        for competency, group in publication.spread
        if group == OTHERS and set(_protected(publication, competency)) <= {g for c, g in expected if c == competency}
    }
    return expected | {(competency, OTHERS) for competency in everybody}


def _expected(publication: ReviewPublication, items: Catalogue) -> frozenset[Pair]:
    """Return the (competency, group) of which the printed means rule out that all gave the same answer."""
    there = {item for item, _ in publication.item_means}
    asked: dict[str, list[str]] = {}
    for item, competency in items.items():
        if competency is not None and item in there:
            asked.setdefault(competency, []).append(item)
    enough = max(SPREAD_MINIMUM, publication.minimum_raters)
    return frozenset(
        (competency, group)
        for competency, its in asked.items()
        for group in _protected(publication, competency)
        if _rules_out_unanimity(
            publication.competency_means.get((competency, group)),
            [publication.item_means.get((item, group)) for item in its],
            enough,
        )
    )


def _protected(publication: ReviewPublication, competency: str) -> list[str]:
    """Return the protected groups as they are shown for a competency: pools, not their members."""
    pooled = {name for name in publication.groups if "+" in name}
    members = {member for name in pooled for member in name.split("+")}
    groups = (group for its, group in publication.competency_means if its == competency)
    return [group for group in groups if group not in (SELF, MANAGER, OTHERS) and group not in members]


def _rules_out_unanimity(mean: Cell | None, items: Sequence[Cell | None], enough: int) -> bool:
    cells = [cell for cell in (mean, *items) if isinstance(cell, Shown) and cell.n >= enough]
    numbers = [cell.number for cell in cells if cell.number is not None]
    if len(numbers) < 1 + len(items):
        return False
    return not any(number.is_integer() for number in numbers[1:]) and not _may_be_common(numbers[0], len(items))


def _may_be_common(mean: float, items: int) -> bool:
    """Whether a printed competency mean could be a score that every rater has: answers over up to `items` items.

    Examples
    --------
    >>> [_may_be_common(mean, 2) for mean in (3.5, 4.0, 3.6)], _may_be_common(3.7, 3)
    ([True, True, False], True)
    """
    if items > FEW_ITEMS:
        return False
    return any(printed(Fraction(round(mean * given), given)) == mean for given in range(1, items + 1))
