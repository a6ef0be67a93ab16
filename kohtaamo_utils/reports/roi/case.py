"""The business case itself: benefits, costs, whether it pays, and how sure that is."""

from __future__ import annotations

import math
from itertools import accumulate
from typing import TYPE_CHECKING

from kohtaamo_utils.measures.estimate import Estimate
from kohtaamo_utils.presentation.blocks import Card, Cards, Chart, Fold, Lead, Paragraph, Table
from kohtaamo_utils.presentation.charts import cash_flow_svg
from kohtaamo_utils.presentation.numbers import NBSP
from kohtaamo_utils.presentation.section import Figure, Scope, Section
from kohtaamo_utils.roi.drivers import DRIVERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.roi.case import RoiCase
    from kohtaamo_utils.roi.result import RoiResult

THOUSAND = 1000
SURE, EVEN = 0.9, 0.5
"""Share of simulated cases from which the text says that the programme pays in nearly all of them."""


def headline(context: Context, case: RoiCase) -> Section:
    """Make the answer: does it pay, how much, how soon, how surely."""
    t, f = context.t, context.f
    result, simulation = case.result("likely"), case.simulate()
    low = case.result("low")
    cards = (
        Card(
            t.plural(
                "Net present value, {years} year",
                "Net present value, {years} years",
                case.horizon,
                years=f.integer(case.horizon),
            ),
            f.money(result.npv),
            t("likely assumptions"),
        ),
        Card(
            t("Return on investment"), f.percent(result.roi), t("benefits less costs, divided by costs; present values")
        ),
        # in a narrow card the number may stand above its word rather than the word be cut
        Card(
            t("Payback"),
            payback_text(context, result.payback_years).replace(NBSP, " "),
            t("from the start, not discounted"),
        ),
        Card(
            t("Chance that it pays"),
            f.most(simulation.probability_positive),
            t("of {n} simulated cases", n=f.integer(simulation.draws)),
            t("Only as good as the ranges assumed."),
        ),
    )
    lead = _answer(context, result, low, simulation.probability_positive)
    spread = t(
        "In four simulated cases out of five the net present value is between {p10} and {p90}; the middle one is {p50}.",
        p10=f.money(simulation.p10),
        p50=f.money(simulation.p50),
        p90=f.money(simulation.p90),
    )
    figures = [*result_figures(result, {}), *_simulation_figures(case)]
    return Section("headline", (Lead(lead), Cards(cards), Paragraph(spread)), tuple(figures))


def _answer(context: Context, result: RoiResult, low: RoiResult, probability: float) -> str:
    t, npv = context.t, context.f.money(result.npv)
    if result.npv <= 0:
        return t(
            "With the likely assumptions the programme does not pay for itself: its net present value is {npv}.",
            npv=npv,
        )
    if low.npv > 0:
        return t(
            "The programme pays for itself even with the cautious assumptions; with the likely ones its net present value is {npv}.",
            npv=npv,
        )
    if probability >= SURE:
        return t(
            "With the likely assumptions the programme pays for itself, and its net present value is {npv}. With all assumptions at their most cautious it does not.",
            npv=npv,
        )
    if probability < EVEN:
        return t(
            "With the likely assumptions the programme pays for itself, and its net present value is {npv}, but in most of the simulated cases it makes a loss.",
            npv=npv,
        )
    return t(
        "With the likely assumptions the programme pays for itself, and its net present value is {npv}, but a loss is quite possible too.",
        npv=npv,
    )


def payback_text(context: Context, years: float | None) -> str:
    """Return the payback time in months or years, or that there is none within the horizon."""
    if years is None:
        return context.t("not within the period")
    months = math.ceil(years * 12 - 1e-9)
    return context.t.plural("{n} month", "{n} months", months, n=context.f.integer(months))


def result_figures(result: RoiResult, scope: Scope) -> Iterable[Figure]:
    """Return the figures that every scenario has."""
    yield model_figure("npv", scope, result.npv, "money")
    yield model_figure("roi", scope, result.roi, "share")
    yield model_figure("payback_years", scope, result.payback_years, "years")


def model_figure(name: str, scope: Scope, value: float | None, unit: str) -> Figure:
    """Return a figure that the model computes, which has no interval and no n."""
    return Figure(name, scope, Estimate(value=value, n=0, unit=unit, method="model"))


def _simulation_figures(case: RoiCase) -> Iterable[Figure]:
    simulation = case.simulate()
    for name, value, unit in (
        ("npv_p10", simulation.p10, "money"),
        ("npv_p50", simulation.p50, "money"),
        ("npv_p90", simulation.p90, "money"),
        ("probability_npv_positive", simulation.probability_positive, "share"),
    ):
        yield Figure(name, {}, Estimate(value=value, n=simulation.draws, unit=unit, method="monte-carlo"))


def cash_flow(context: Context, case: RoiCase) -> Section:
    """Make benefits and costs by year."""
    t, f = context.t, context.f
    result = case.result("likely")
    years = [t("Year {n}", n=f.integer(year)) for year in range(case.horizon + 1)]
    benefits = [(t(DRIVERS[driver].label), (0.0, *amounts)) for driver, amounts in result.benefits.items()]
    cumulative = list(accumulate(result.net))
    names = (t("Costs"), t("Net"), t("Net, cumulative"))
    rows = [(name, *map(f.money, amounts)) for name, amounts in benefits]
    rows += [
        (names[0], *(f.money(-cost) for cost in result.costs)),
        (names[1], *map(f.money, result.net)),
        (names[2], *map(f.money, cumulative)),
    ]
    table = Table(
        t("Benefits and costs by year, likely assumptions"),
        (t("Item"), *years),
        tuple(rows),
        frozenset(range(1, 2 + case.horizon)),
        t("Not discounted. Year 0 is the start."),
    )
    title = _cash_flow_title(context, result, cumulative)
    chart = Chart(
        svg=cash_flow_svg(
            years,
            [(name, [amount / THOUSAND for amount in amounts]) for name, amounts in benefits],
            (names[0], [cost / THOUSAND for cost in result.costs]),
            (names[2], [amount / THOUSAND for amount in cumulative]),
            axis=t("thousand {currency}", currency=f.currency_symbol),
            locale=f.locale,
            look=context.look,
        ),
        title=title,
        description="; ".join(f"{row[0]}: {', '.join(row[1:])}" for row in rows),
    )
    figures = [
        model_figure("benefit", {"driver": driver, "year": year}, amount, "money")
        for driver, amounts in result.benefits.items()
        for year, amount in enumerate(amounts, start=1)
    ]
    figures += [model_figure("cost", {"year": year}, cost, "money") for year, cost in enumerate(result.costs)]
    return Section("cash-flow", (chart, table), tuple(figures))


def _cash_flow_title(context: Context, result: RoiResult, cumulative: list[float]) -> str:
    if result.payback_years is None:
        return context.t("The benefits do not cover the costs within the period")
    text = payback_text(context, result.payback_years)
    return context.t(
        "The benefits have covered the costs after: {time}. In the end {amount} is left.",
        time=text,
        amount=context.f.money(cumulative[-1]),
    )


def method(context: Context, case: RoiCase) -> Section:
    """Make the notes on method: of the drivers that the case has, and of what is computed from them."""
    t = context.t
    texts = (
        *(t(DRIVERS[name].formula) for name in case.effects),
        t("Net present value: each year's net at the year's end, discounted; year 0 is not discounted. Return on investment: present value of benefits less that of costs, divided by that of costs. Payback: linear within a year, not discounted."),
        t("What is counted of a benefit: its full effect × share in force that year × share that the programme brings × confidence in that estimate."),
        t("Simulation: each uncertain assumption is drawn from its range between low and high, most often near the likely value, independently of the others, with a fixed seed. Parts of the uncertainty: Sobol's total indices."),
    )  # fmt: skip
    return Section("method", (Fold(t("The formulas"), tuple(Paragraph(text) for text in texts)),))
