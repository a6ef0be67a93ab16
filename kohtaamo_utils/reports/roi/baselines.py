"""Where the client stands: retention, turnover and baskets, measured from the client's own data."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from kohtaamo_utils.measures.employment import says
from kohtaamo_utils.measures.estimate import Estimate
from kohtaamo_utils.measures.median_stay import followed_for, median_stay
from kohtaamo_utils.measures.staying import Observed, observe
from kohtaamo_utils.measures.tenure import contract_retention, exits_per_person_year, leaver_share
from kohtaamo_utils.measures.transactions import basket
from kohtaamo_utils.measures.turnover import Turnover, turnover
from kohtaamo_utils.presentation.blocks import Block, Fold, Paragraph, Table
from kohtaamo_utils.presentation.numbers import between
from kohtaamo_utils.presentation.section import Figure, Hidden, Section
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.phrases import value_with_interval
from kohtaamo_utils.reports.roi.spans import spans
from kohtaamo_utils.roi.drivers.retention import RetentionBaseline
from kohtaamo_utils.roi.drivers.turnover import TurnoverBaseline

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.roi.baselines import Baselines

LABELS = {
    "customers": N_("Customers with at least one order"),
    "orders": N_("Orders"),
    "revenue": N_("Revenue, returns taken off"),
    "orders_per_customer": N_("Orders per customer"),
    "basket_size": N_("Basket size (mean of an order)"),
    "repeat_rate": N_("Share of customers with two or more orders"),
    "retention_rate": N_("Retention as measured"),
    "headcount_mean": N_("Mean headcount"),
    "turnover_in": N_("Turnover, incoming"),
    "turnover_out": N_("Turnover, outgoing"),
    "turnover_gross": N_("Gross turnover"),
    "leaver_share": N_("Share of employments that have ended"),
    "exits_per_person_year": N_("Exits per person-year"),
    "median_tenure_months": N_("Median length of employment, months"),
    "turnover_cost_per_leaver": N_("Cost of one leaver"),
}


def baselines(context: Context, measured: Baselines | None) -> Section:
    """Make the section on where the client stands now.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    measured
        The baselines that the business case uses; None where there is no business case.
    """
    hidden = tuple(_hidden(context))
    figures = [*_sales(context), *_customers(context, measured), *_staff(context), *_leaver_cost(measured)]
    if not figures:
        return Section("baselines", ())
    t = context.t
    table = Table(
        caption=t("Measured from your own data"),
        columns=(t("Figure"), t("Value and 95% interval"), "n"),
        rows=tuple(_row(context, figure) for figure in figures),
        numeric=frozenset({1, 2}),
        note=spans(context, figures),
    )
    blocks: tuple[Block, ...] = (table, *_notes(context, figures, _is_fitted(measured)))
    return Section("baselines", blocks, tuple(figures), hidden)


def _row(context: Context, figure: Figure) -> tuple[str, ...]:
    estimate = figure.estimate
    label = context.t(LABELS[figure.name])
    count = context.f.integer(estimate.n) if estimate.low is not None else context.f.number(None)
    if figure.name == "median_tenure_months" and estimate.value is None:
        return (label, _not_reached(context), count)
    if estimate.unit == "money":
        decimals = 2 if figure.name == "basket_size" else 0
        text = context.f.money(estimate.value, decimals)
        if estimate.low is not None:
            text += f" ({between(context.f.money(estimate.low, decimals), context.f.money(estimate.high, decimals))})"
        return (label, text, count)
    if estimate.unit == "share":
        interval = (
            ""
            if estimate.low is None
            else f" ({between(context.f.percent(estimate.low, 1), context.f.percent(estimate.high, 1))})"
        )
        return (label, context.f.percent(estimate.value, 1) + interval, count)
    return (label, value_with_interval(context, estimate), count)


def _sales(context: Context) -> Iterable[Figure]:
    if context.dataset.ledger is None:
        return
    found = basket(context.dataset.ledger)
    plain = (
        ("customers", float(found.customers), "count"),
        ("orders", float(found.orders), "count"),
        ("revenue", found.revenue, "money"),
        ("orders_per_customer", found.orders_per_customer, "number"),
    )
    for name, value, unit in plain:
        yield Figure(name, {}, Estimate(value=value, n=found.customers, unit=unit))
    yield Figure("basket_size", {}, found.basket_size)
    yield Figure("repeat_rate", {}, found.repeat_rate)


def _customers(context: Context, measured: Baselines | None) -> Iterable[Figure]:
    retention = (measured or {}).get("retention")
    if isinstance(retention, RetentionBaseline):
        if retention.rate is not None:
            yield Figure("retention_rate", {}, retention.rate)
        return
    frame = context.dataset.tables.get("customers")
    if frame is None:
        return
    if not says(frame, "started_on"):
        yield Figure("retention_rate", {}, contract_retention(frame))
    elif context.period is not None:
        yield Figure("retention_rate", {}, contract_retention(frame, context.period.start, context.period.end))


def _staff(context: Context) -> Iterable[Figure]:
    frame = context.dataset.tables.get("employees")
    if frame is None:
        return
    if says(frame, "started_on"):
        if context.period is not None:
            yield from _turnover(turnover(frame, context.period.start, context.period.end))
    else:
        yield Figure("leaver_share", {}, leaver_share(frame))
        yield Figure("exits_per_person_year", {}, exits_per_person_year(frame))
    seen, minimum = _staying(context), _minimum(context)
    if seen is not None and followed_for(seen, minimum):
        yield Figure("median_tenure_months", {}, median_stay(seen, minimum))


def _turnover(found: Turnover) -> Iterable[Figure]:
    people = found.headcount_start + found.hires
    yield Figure("headcount_mean", {}, Estimate(value=found.headcount_mean, n=people, unit="number"))
    for name in ("turnover_in", "turnover_out", "turnover_gross"):
        yield Figure(name, {}, Estimate(value=getattr(found, name), n=people, unit="share", method="ek"))


def _staying(context: Context) -> Observed | None:
    """Return what was observed of the staff, as the curve of who stays how long has it; None without dates' period."""
    frame, period = context.dataset.tables.get("employees"), context.period
    if frame is None or frame.empty:
        return None
    if not says(frame, "started_on"):
        return observe(frame)
    return None if period is None else observe(frame, period.start, period.end)


def _minimum(context: Context) -> int:
    """Return how many must have been followed: lists with dates begin with few, and their curve may fall there; others begin with all."""
    frame = context.dataset.tables.get("employees")
    if frame is None or not says(frame, "started_on"):
        return 1
    return context.engagement.settings.disclosure.minimum_respondents


def _not_reached(context: Context) -> str:
    """Say how long enough people were followed of whom more than half are still there."""
    seen = _staying(context)
    months = 0 if seen is None else floor(followed_for(seen, _minimum(context)))
    return context.t("more than half stay longer than {months} months", months=context.f.integer(months))


def _hidden(context: Context) -> Iterable[Hidden]:
    """Give the median length of employment where too few were followed from its beginning on."""
    seen, minimum = _staying(context), _minimum(context)
    if seen is not None and not followed_for(seen, minimum):
        yield Hidden("median_tenure_months", {}, f"fewer than {minimum} people were followed from the beginning")


def _leaver_cost(measured: Baselines | None) -> Iterable[Figure]:
    staff = (measured or {}).get("turnover")
    if isinstance(staff, TurnoverBaseline):
        yield Figure("turnover_cost_per_leaver", {}, Estimate(value=staff.cost.total, n=0, unit="money"))


def _is_fitted(measured: Baselines | None) -> bool:
    retention = (measured or {}).get("retention")
    return isinstance(retention, RetentionBaseline) and retention.fitted is not None


def _notes(context: Context, figures: list[Figure], fitted: bool) -> list[Block]:
    t, names = context.t, {figure.name for figure in figures}
    texts = []
    if fitted:
        texts.append(
            t(
                "Retention is the share of today's contract customers who are expected to stay for another year, by the shifted beta-geometric model: each customer has a chance of leaving of his own, so those who have stayed long stay more surely."
            )
        )
    elif "retention_rate" in names:
        texts.append(
            t(
                "Retention is the share of the earlier customers who were still customers later; how it is brought to a year is told under the assumptions."
            )
        )
    if "turnover_out" in names:
        texts.append(
            t(
                "Turnover follows the definitions of Finnish working life: mean headcount is the mean of the headcounts before the first day and after the last, incoming and outgoing turnover are hires and leavers divided by it, and gross turnover is their mean."
            )
        )
    if "median_tenure_months" in names:
        texts.append(
            t(
                "The median length of employment is where the curve of how many of the staff stay how long, by Kaplan and Meier, comes down to one half: the same curve as under “Who stays and who leaves?”."
            )
        )
        if (minimum := _minimum(context)) > 1:
            texts.append(t("It is told as far as at least {n} people were followed.", n=context.f.integer(minimum)))
    if "basket_size" in names:
        texts.append(
            t(
                "An order with a negative sum is a return: its money is taken off the revenue, and it does not count as an order."
            )
        )
        texts.append(t("An order with a sum of zero counts as one."))
    return [Fold(t("How are these measured?"), tuple(Paragraph(text) for text in texts))] if texts else []
