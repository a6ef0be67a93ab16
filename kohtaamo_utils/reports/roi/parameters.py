"""What a leaver costs, and the dated Finnish figures that stand in where the settings are silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.blocks import Block, Callout, Table
from kohtaamo_utils.reports.roi.values import in_unit
from kohtaamo_utils.roi.baselines import parameters
from kohtaamo_utils.roi.leaver_cost import COMPONENTS

if TYPE_CHECKING:
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.roi.baselines import Baselines
    from kohtaamo_utils.roi.leaver_cost import LeaverCost
    from kohtaamo_utils.roi.parameters import Parameter, Parameters
    from kohtaamo_utils.roi.settings import RoiSettings


def leaver_cost_blocks(context: Context, cost: LeaverCost) -> list[Block]:
    """Return the cost of a leaver by component, held against what studies find usual."""
    t, f = context.t, context.f
    rows = [(t(COMPONENTS[name]), f.money(amount)) for name, amount in cost.components.items()]
    rows.append((t("Cost of one leaver"), f.money(cost.total)))
    note = t(
        "Monthly salary {salary}; with holiday pay and side costs {loaded}.",
        salary=f.money(cost.monthly_salary),
        loaded=f.money(cost.monthly_loaded_pay),
    )
    table = Table(t("What does one leaver cost?"), (t("Item"), t("Value")), tuple(rows), frozenset({1}), note)
    return [table, *_plausible(context, cost)]


def _plausible(context: Context, cost: LeaverCost) -> list[Block]:
    share = cost.share_of_annual_pay
    if share is None:
        return []
    from kohtaamo_utils.roi.parameters import load

    register = load()
    low, high = register.get("leaver_cost_low").value, register.get("leaver_cost_high").value
    f = context.f
    values = {"share": f.percent(share), "low": f.integer(low * 100), "high": f.percent(high)}
    if share < low:
        text = context.t(
            "One leaver costs {share} of a year's pay here, less than studies usually find ({low}–{high}): the calculation is cautious, or a cost is missing.",
            **values,
        )
    elif share > high:
        text = context.t(
            "One leaver costs {share} of a year's pay here, more than studies usually find ({low}–{high}): look at the components once more.",
            **values,
        )
    else:
        text = context.t(
            "One leaver costs {share} of a year's pay here; studies usually find {low}–{high}.",
            **values,
        )
    return [Callout(text, "note" if low <= share <= high else "caution")]


def parameter_blocks(context: Context, settings: RoiSettings, measured: Baselines) -> list[Block]:
    """Return the dated figures that the case uses, with a warning for each that does not hold on the case's day."""
    used = list(dict.fromkeys(p for baseline in measured.values() for p in baseline.parameters))
    if not used:
        return []
    register = parameters(settings, context.period)
    return [_table(context, used), *_warnings(context, used, register)]


def _table(context: Context, used: list[Parameter]) -> Table:
    t = context.t
    rows = [
        (
            entry.name.in_language(context.language),
            in_unit(context, entry.value, entry.unit),
            _validity(context, entry),
            entry.source,
        )
        for entry in used
    ]
    return Table(
        t("Figures taken from the Finnish register"),
        (t("Item"), t("Value"), t("Valid"), t("Source")),
        tuple(rows),
        frozenset({1}),
        t("Used because the settings of this calculation do not give their own."),
    )


def _validity(context: Context, entry: Parameter) -> str:
    if entry.valid_until is None:
        return context.t("from {date}", date=context.f.date(entry.valid_from))
    return context.f.period(entry.valid_from, entry.valid_until)


def _warnings(context: Context, used: list[Parameter], register: Parameters) -> list[Block]:
    t, f = context.t, context.f
    texts = []
    for entry in used:
        name, state = entry.name.in_language(context.language), register.state(entry)
        if state == "expired" and register.on and entry.valid_until:
            texts.append(
                t(
                    "{name}: the figure was valid until {until}, and this calculation is as of {day}. Look up the newer figure.",
                    name=name, until=f.date(entry.valid_until), day=f.date(register.on),
                )
            )  # fmt: skip
        elif state == "not_yet" and register.on:
            texts.append(
                t(
                    "{name}: the figure is valid only from {start}, and this calculation is as of {day}.",
                    name=name, start=f.date(entry.valid_from), day=f.date(register.on),
                )
            )  # fmt: skip
        elif state == "unchecked":
            texts.append(
                t("{name}: the calculation has no date, so it was not checked whether the figure is valid.", name=name)
            )
        if entry.verify:
            texts.append(t("{name}: nobody has checked the figure against its source yet.", name=name))
    return [Callout(text, "caution") for text in texts]
