"""Which categories of a survey may be shown beside their published total."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

CategoryReason = Literal["below_threshold", "complementary"]


@dataclass(frozen=True)
class VisibleCategories:
    """Categories of a partition (units, segments, channels) that may be shown, and why others may not.

    Parameters
    ----------
    shown
        In the order given.
    hidden
        ``below_threshold``: fewer respondents than the minimum; ``complementary``: the total less what is shown would
        speak of too few.
    """

    shown: tuple[str, ...]
    hidden: Mapping[str, CategoryReason]


def visible_categories(counts: Mapping[str, int], minimum: int, total: int | None = None) -> VisibleCategories:
    """Decide which categories may be shown when the total of all respondents is published as well.

    Small categories are hidden. If the respondents who are then in no shown category are some but fewer than the minimum,
    the next smallest category is hidden too, and so on. Categories without respondents are left out.

    Parameters
    ----------
    counts
        Respondents by category; each respondent is in one at most.
    minimum
        Fewest respondents that may be shown.
    total
        Respondents in the published total, those without a category included; the sum of the counts where not given.

    Raises
    ------
    ValueError
        The total is smaller than the sum of the counts.

    Examples
    --------
    >>> visible_categories({"Tech": 60, "Product": 1}, 5)
    VisibleCategories(shown=(), hidden={'Product': 'below_threshold', 'Tech': 'complementary'})
    >>> visible_categories({"Tech": 60, "Sales": 9, "Product": 1}, 5).shown
    ('Tech',)
    """
    sizes = {name: n for name, n in counts.items() if n}
    everyone = sum(sizes.values()) if total is None else total
    if everyone < sum(sizes.values()):
        raise ValueError(f"the total {everyone} is smaller than the sum of its categories, {sum(sizes.values())}")
    hidden: dict[str, CategoryReason] = {name: "below_threshold" for name, n in sizes.items() if n < minimum}
    by_size = sorted((name for name in sizes if name not in hidden), key=lambda name: (sizes[name], name))
    while by_size and 0 < everyone - sum(sizes[name] for name in by_size) < minimum:
        hidden[by_size.pop(0)] = "complementary"
    return VisibleCategories(tuple(name for name in sizes if name in by_size), hidden)
