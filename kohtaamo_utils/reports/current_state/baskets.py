"""Mean baskets by unit, of the units that may be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.respondents import visible_categories
from kohtaamo_utils.measures.unit_baskets import unit_baskets
from kohtaamo_utils.presentation.numbers import between

if TYPE_CHECKING:
    from kohtaamo_utils.ledger import Ledger, Window
    from kohtaamo_utils.measures.estimate import Estimate
    from kohtaamo_utils.measures.unit_baskets import UnitBaskets
    from kohtaamo_utils.reports.context import Context


@dataclass(frozen=True)
class Baskets:
    """The baskets that may be shown.

    Parameters
    ----------
    estimates
        By unit.
    note
        Of which orders they are, and which belong to no unit.
    """

    estimates: dict[str, Estimate]
    note: str


def baskets(context: Context, minimum: int) -> Baskets | None:
    """Return the mean basket of each unit with enough customers; None where there is none to show.

    The orders are those of the period, as the answers are, though everywhere else sales are taken over all the data: orders of other
    years beside the encounters of this one would be compared with what they do not belong to.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    minimum
        Fewest customers of a unit that may be shown, and of all that is not shown together.
    """
    ledger = context.dataset.ledger
    days = None if ledger is None else ledger.days()
    if ledger is None or days is None:
        return None
    window = days if context.period is None else (context.period.start, context.period.end)
    found = unit_baskets(ledger, window)
    if found is None:
        return None
    shown = _shown(ledger, window, found, minimum)
    estimates = {unit: found.baskets[unit] for unit in shown}
    return Baskets(estimates, _note(context, window, found, minimum)) if estimates else None


def _shown(ledger: Ledger, window: Window, found: UnitBaskets, minimum: int) -> list[str]:
    """Return the units whose customers are enough, and whose remainder is of nobody or of enough.

    A customer may buy in several units, so that the remainder is counted and not summed; orders of no unit are in it.
    """
    shown = list(visible_categories(found.customers, minimum).shown)
    shown.sort(key=lambda unit: (found.customers[unit], unit))
    while shown and 0 < ledger.customers_outside(window, shown) < minimum:
        shown.pop(0)
    return sorted(shown)


def basket_text(context: Context, estimate: Estimate) -> str:
    """Return a table cell: mean basket and interval, in money with decimals."""
    text = context.f.money(estimate.value, 2)
    if estimate.low is None:
        return text
    return f"{text} ({between(context.f.money(estimate.low, 2), context.f.money(estimate.high, 2))})"


def _note(context: Context, window: Window, found: UnitBaskets, minimum: int) -> str:
    t, f = context.t, context.f
    days = f.period(*window)
    said = [
        t("Basket: the mean of an order, without value added tax, of the orders of {days}; returns are no orders.", days=days),
        t("A unit with fewer than {n} customers has no basket here, nor has one from which such a unit's could be worked out.", n=f.integer(minimum)),
    ]  # fmt: skip
    if found.several:
        said.append(t("Orders with lines of several units, which count in none: {n}.", n=f.integer(found.several)))
    if found.nowhere:
        said.append(t("Orders without a unit: {n}.", n=f.integer(found.nowhere)))
    return " ".join(said)
