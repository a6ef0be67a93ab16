"""What has changed in sales between the two last years: more customers, more often, larger baskets, or dearer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.measures.decomposition import Factors, Sales, lmdi, sales_in, shapley
from kohtaamo_utils.measures.estimate import Estimate
from kohtaamo_utils.measures.transactions import last_year_window
from kohtaamo_utils.presentation.blocks import Block, Callout, Fold, Lead, Paragraph, Table
from kohtaamo_utils.presentation.section import Figure, Section
from kohtaamo_utils.presentation.wording import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kohtaamo_utils.ledger import Ledger
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.roi.settings import Prices

FACTORS = {
    "customers": N_("Number of customers"),
    "frequency": N_("Orders per customer"),
    "basket": N_("Size of a basket"),
    "price": N_("Change of prices"),
}
SLACK = dt.timedelta(days=31)
"""Days that may lack at the beginning: a shop without a sale on New Year's Day has the whole year all the same."""


@dataclass(frozen=True)
class _Change:
    """Two years' sales and the division of what lies between them."""

    before: Sales
    after: Sales
    level: float

    @property
    def factors(self) -> tuple[Factors, Factors]:
        return self.before.factors(), self.after.factors(self.level)

    @property
    def parts(self) -> dict[str, Factors]:
        return {"lmdi": lmdi(*self.factors), "shapley": shapley(*self.factors)}

    @property
    def change(self) -> float:
        return self.after.revenue - self.before.revenue


def sales_change(context: Context) -> Section:
    """Make the section; empty where the sales do not cover two whole years.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    """
    settings, ledger = context.engagement.settings.roi, context.dataset.ledger
    prices = None if settings is None else settings.prices
    found = None if ledger is None else _two_years(ledger, prices)
    if found is None:
        return Section("sales-change", ())
    blocks = (_answer(context, found), _table(context, found), *_notes(context, found, prices))
    return Section("sales-change", blocks, tuple(_figures(found)))


def _two_years(ledger: Ledger, prices: Prices | None) -> _Change | None:
    window, days = last_year_window(ledger), ledger.days()
    if window is None or days is None:
        return None
    start, end = window
    earlier = (
        start.replace(year=start.year - 1) if (start.month, start.day) != (2, 29) else start - dt.timedelta(days=365)
    )
    if days[0] > earlier + SLACK:
        return None
    before, after = sales_in(ledger, earlier, start - dt.timedelta(days=1)), sales_in(ledger, start, end)
    if not (before.can_be_divided and after.can_be_divided):
        return None
    return _Change(before, after, 1.0 if prices is None else prices.level)


def _answer(context: Context, found: _Change) -> Lead:
    t, f = context.t, context.f
    if f.money(abs(found.change)) == f.money(0):
        return Lead(t("Sales did not change in a year."))
    values = {"amount": f.money(abs(found.change)), "share": f.percent(abs(found.change) / found.before.revenue, 1)}
    direction = 1 if found.change >= 0 else -1
    largest = max(found.parts["lmdi"].items(), key=lambda part: direction * part[1])[0]
    cause = t("The largest part of it comes from: {factor}.", factor=t(FACTORS[largest]).lower())
    if found.change >= 0:
        change = t("Sales grew by {amount} ({share}) in a year.", **values)
    else:
        change = t("Sales fell by {amount} ({share}) in a year.", **values)
    return Lead(f"{change} {cause}")


def _table(context: Context, found: _Change) -> Table:
    t, f = context.t, context.f
    (before, after), parts = found.factors, found.parts
    formats: dict[str, Callable[[float], str]] = {
        "customers": f.integer,
        "frequency": lambda value: f.number(value, 2),
        "basket": lambda value: f.money(value, 2),
        "price": lambda value: f.number(value, 3),
    }
    rows = [
        (t(FACTORS[name]), formats[name](before[name]), formats[name](after[name]), f.signed_money(parts["lmdi"][name]))
        for name in _shown(found)
    ]
    rows.append((t("Sales"), f.money(found.before.revenue), f.money(found.after.revenue), f.signed_money(found.change)))
    columns = (
        t("Factor"),
        f.period(found.before.start, found.before.end),
        f.period(found.after.start, found.after.end),
        t("Part of the change"),
    )
    return Table(t("Where did the change of sales come from?"), columns, tuple(rows), frozenset({1, 2, 3}))


def _shown(found: _Change) -> list[str]:
    return [name for name in FACTORS if name != "price" or found.level != 1.0]


def _notes(context: Context, found: _Change, prices: Prices | None) -> list[Block]:
    t = context.t
    blocks: list[Block] = []
    if prices is None:
        blocks.append(
            Callout(
                t(
                    "How prices changed was not given, so a dearer basket and a fuller one look alike here. Give the change of prices to tell them apart."
                ),
                "caution",
            )
        )
    else:
        blocks.append(
            Paragraph(
                t(
                    "Baskets are at the earlier year's prices; the change of prices stands on a row of its own. Prices: {source}.",
                    source=prices.source.rstrip("."),
                )
            )
        )
    method = t(
        "Sales are customers × orders per customer × basket × price level, returns taken off. The change is divided by logarithmic means (LMDI), without a remainder; Shapley's division differs by {most} at most.",
        most=context.f.money(_largest_difference(found), 2),
    )
    identity = t("This tells what the change consists of, not why it came.")
    return [*blocks, Fold(t("How was the change divided?"), (Paragraph(method), Paragraph(identity)))]


def _largest_difference(found: _Change) -> float:
    one, other = found.parts.values()
    return max(abs(one[name] - other[name]) for name in one)


def _figures(found: _Change) -> Iterable[Figure]:
    def money(name: str, scope: dict[str, str | int], value: float, method: str) -> Figure:
        estimate = Estimate(value=value, n=found.after.customers, unit="money", method=method)
        return Figure(name, scope, estimate)

    yield money("revenue_change", {}, found.change, "difference")
    for method, parts in found.parts.items():
        for factor in _shown(found):
            yield money("revenue_change_part", {"factor": factor, "division": method}, parts[factor], method)
