"""What the business case assumes, where each assumption comes from, and how good the evidence is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.blocks import Block, Callout, Fold, Paragraph, Table
from kohtaamo_utils.presentation.section import Section
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.roi.case import DRIVER_LABELS

if TYPE_CHECKING:
    from kohtaamo_utils.engagement.roi_settings import Effect, RoiSettings
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.roi.baselines import Baselines
    from kohtaamo_utils.roi.leaver_cost import LeaverCost

GRADES = {
    "A": N_("A: the client's own controlled trial"),
    "B": N_("B: the client's own measurement, or a good study of a like case"),
    "C": N_("C: a survey or study of other conditions"),
    "D": N_("D: a common claim whose source was not found"),
    "E": N_("E: a claim without a source"),
}
_COMPONENTS = {
    "separation": N_("Administration of leaving"),
    "vacancy_cost": N_("Vacancy"),
    "recruiting": N_("Recruiting"),
    "onboarding": N_("Onboarding"),
    "ramp_up_cost": N_("Lower output while learning"),
}


def assumptions(context: Context, settings: RoiSettings, measured: Baselines) -> Section:
    """Make the tables of assumptions.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    settings
        The ``roi`` block.
    measured
        The baselines that the drivers start from.
    """
    effects = {name: effect for name in DRIVER_LABELS if (effect := _effect(settings, name)) is not None}
    blocks: list[Block] = [_effects(context, effects)]
    blocks += [
        Callout(
            context.t(
                "{driver}: evidence of grade {grade} is used by a written decision: {override}.",
                driver=context.t(DRIVER_LABELS[name]),
                grade=effect.grade,
                override=effect.override.rstrip("."),
            ),
            "caution",
        )
        for name, effect in effects.items()
        if effect.override
    ]
    blocks.append(_starting_points(context, settings, measured))
    if measured.turnover is not None:
        blocks.append(_leaver_cost(context, measured.turnover.cost))
    blocks.append(
        Fold(
            context.t("What do the grades of evidence mean?"),
            tuple(Paragraph(context.t(text)) for text in GRADES.values()),
        )
    )
    blocks.append(
        Callout(
            context.t(
                "Innovation and the value of the brand may benefit too, but they are not turned into money here: there is no evidence of the client's own for it."
            )
        )
    )
    return Section("assumptions", tuple(blocks))


def _effect(settings: RoiSettings, driver: str) -> Effect | None:
    block = getattr(settings, driver)
    return None if block is None else block.effect


def _effects(context: Context, effects: dict[str, Effect]) -> Table:
    t = context.t
    rows = [
        (
            t(DRIVER_LABELS[name]),
            *(_value(context, effect, value) for value in (effect.low, effect.likely, effect.high)),
            effect.source,
            effect.grade,
        )
        for name, effect in effects.items()
    ]
    return Table(
        t("Assumed effects"),
        (t("Driver"), t("Low"), t("Likely"), t("High"), t("Source"), t("Grade")),
        tuple(rows),
        frozenset({1, 2, 3}),
        t("Retention in percentage points; turnover and basket in per cent of today's level."),
    )


def _value(context: Context, effect: Effect, value: float) -> str:
    if effect.unit == "points":
        return context.t("{n} pp", n=context.f.number(value * 100, 1))
    return context.f.percent(value, 1)


def _starting_points(context: Context, settings: RoiSettings, measured: Baselines) -> Table:
    t, f = context.t, context.f
    rows: list[tuple[str, str]] = []
    if measured.retention is not None:
        rows += [
            (t("Retention brought to a year"), f.percent(measured.retention.annual_rate, 1)),
            (t("Customers in the calculation"), f.integer(measured.retention.customers)),
            (t("Yearly margin of a customer"), f.money(measured.retention.margin_per_customer, 2)),
        ]
    if measured.turnover is not None:
        rate = (
            t("Exits per person-year")
            if measured.turnover.rate_from == "exits_per_person_year"
            else t("Outgoing turnover in a year")
        )
        rows += [
            (t("Headcount in the calculation"), f.number(measured.turnover.headcount, 1)),
            (rate, f.percent(measured.turnover.annual_rate, 1)),
        ]
    if measured.basket is not None:
        rows += [
            (t("Revenue of the last twelve months"), f.money(measured.basket.revenue)),
            (t("Margin of revenue"), f.percent(measured.basket.margin_rate, 1)),
        ]
    costs = settings.costs
    rows += [
        (t("Costs at the start"), f.money(costs.initial)),
        (t("Costs a year"), f.money(costs.per_year)),
        (t("Own hours at the start"), f.integer(costs.internal_hours.initial)),
        (t("Own hours a year"), f.integer(costs.internal_hours.per_year)),
        (t("Cost of an own hour"), f.money(costs.hourly_cost, 2)),
        (t("Discount rate"), f.percent(settings.discount_rate, 1)),
        (t("Years"), f.integer(settings.horizon_years)),
    ]
    return Table(t("Starting points and costs"), (t("Item"), t("Value")), tuple(rows), frozenset({1}))


def _leaver_cost(context: Context, cost: LeaverCost) -> Table:
    t, f = context.t, context.f
    rows = [(t(_COMPONENTS[name]), f.money(amount)) for name, amount in cost.components.items()]
    rows.append((t("Cost of one leaver"), f.money(cost.total)))
    note = t(
        "Monthly salary {salary}; with holiday pay and side costs {loaded}.",
        salary=f.money(cost.monthly_salary),
        loaded=f.money(cost.monthly_loaded_pay),
    )
    return Table(t("What does one leaver cost?"), (t("Item"), t("Value")), tuple(rows), frozenset({1}), note)
