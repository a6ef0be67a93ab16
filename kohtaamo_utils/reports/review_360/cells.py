"""What is published of a 360, as text, as figures and as hidden figures: nothing but what the publication holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.publication import Band, Cell, Reason, Shown
from kohtaamo_utils.measures.estimate import Estimate
from kohtaamo_utils.presentation.section import Figure, Hidden
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.catalogue import COMPETENCY_LABELS
from kohtaamo_utils.reports.phrases import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kohtaamo_utils.reports.context import Context

RATER_LABELS = {
    "self": N_("Self"),
    "manager": N_("Manager"),
    "peer": N_("Peers"),
    "report": N_("Direct reports"),
    "customer": N_("Customers"),
    "others": N_("All others"),
}
REASONS: dict[Reason, str] = {
    "below_threshold": "fewer than {minimum} raters",
    "pooled_elsewhere": "shown only as part of a pooled group",
    "complementary": "would reveal a group of fewer than {minimum} raters",
    "item_coverage": "too few raters answered an item of the competency",
    "near_scale_end": "would tell a mean near the scale's end",
    "band": "would be computed from a band",
    "too_few_reviewees": "too few reviewees",
}
"""Reasons as ``results.json`` gives them."""


def group_label(context: Context, group: str) -> str:
    """Return a rater group's name; a pooled group is its members' names joined by plus signs."""
    return " + ".join(context.t(RATER_LABELS[name]) if name in RATER_LABELS else name for name in group.split("+"))


def competency_label(context: Context, competency: str) -> str:
    """Return a competency's name in the reader's language; one that the instrument does not have keeps its name."""
    known = context.instrument.by_id(competency)
    return competency if known is None else known.name.in_language(context.language)


def in_text(context: Context, competency: str) -> str:
    """Return a competency's name for running text: ours begin small, the client's own stay as they are."""
    label = competency_label(context, competency)
    return label.lower() if label == context.t(COMPETENCY_LABELS.get(competency, "")) else label


def item_text(context: Context, item: str) -> str:
    """Return an item as the reader's language has it, marked where its answers are turned; an unknown one as it is."""
    known = context.instrument.item(item)
    if known is None:
        return item
    text = known.text.in_language(context.language).rstrip(".")
    return context.t("{item} (turned)", item=text) if known.reverse else text


def value_text(context: Context, shown: Shown) -> str:
    """Return a published value as printed: one decimal, or its band."""
    if not isinstance(shown.value, Band):
        return context.f.number(shown.value, 1)
    limit = context.f.number(shown.value.limit, 1)
    return (
        context.t("{limit} or more", limit=limit)
        if shown.value.end == "high"
        else context.t("{limit} or less", limit=limit)
    )


def exact(context: Context, value: float) -> str:
    """Return a number of the settings with as many decimals as it has, one at least.

    Values of the settings are told as they were given: 0.5, 0.25, 3.0.
    """
    decimals = next(places for places in range(1, 10) if places == 9 or round(value, places) == value)
    return context.f.number(value, decimals)


def cell_text(context: Context, cell: Cell | None) -> str:
    """Return a table's cell: the value with the number of raters, or a dash."""
    if not isinstance(cell, Shown):
        return context.f.number(None)
    return f"{value_text(context, cell)} ({context.f.integer(cell.n)})"


def extreme(
    context: Context, shown: Mapping[str, Shown], choose: Callable[[Iterable[float]], float]
) -> tuple[str, str]:
    """Return the competencies whose printed means are highest or lowest, as running text, and that value as printed.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    shown
        Published means by competency, at least one. A band counts as its inner limit, beyond which no number is
        printed.
    choose
        ``max`` or ``min``.
    """
    levels = {name: level(cell) for name, cell in shown.items()}
    value = choose(levels.values())
    names = [name for name, its in levels.items() if its == value]
    return listed(context, [in_text(context, name) for name in names]), value_text(context, shown[names[0]])


def level(shown: Shown) -> float:
    """Return a printed number, or the inner limit of a band.

    Examples
    --------
    >>> level(Shown(3.6, 8)), level(Shown(Band("high", 4.5), 3))
    (3.6, 4.5)
    """
    return shown.value.limit if isinstance(shown.value, Band) else shown.value


def entries(
    cells: Mapping[tuple[str, str], Cell], name: str, keys: tuple[str, str], minimum: int
) -> tuple[list[Figure], list[Hidden]]:
    """Return published cells as figures and the rest as hidden.

    Parameters
    ----------
    cells
        By (question, rater group).
    name
        Figure's name.
    keys
        Names of the two parts of the scope.
    minimum
        Threshold, for the reasons.
    """
    figures, hidden = [], []
    for key, cell in cells.items():
        made = entry(cell, name, dict(zip(keys, key, strict=True)), minimum)
        if isinstance(made, Figure):
            figures.append(made)
        else:
            hidden.append(made)
    return figures, hidden


def entry(cell: Cell, name: str, scope: dict[str, str], minimum: int) -> Figure | Hidden:
    """Return one published cell as a figure, or as hidden with its reason; a band is told as the reason."""
    if not isinstance(cell, Shown):
        return Hidden(name, scope, REASONS[cell.reason].format(minimum=minimum))
    if isinstance(cell.value, Band):
        return Hidden(
            name, scope, f"shown as a band: {cell.value.limit:g} or {'more' if cell.value.end == 'high' else 'less'}"
        )
    return Figure(name, scope, Estimate(value=cell.value, n=cell.n, unit="scale", method="rounded"))
