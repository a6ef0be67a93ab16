"""What if the assumptions do not hold: scenarios side by side, what moves the result most, break-even points."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kohtaamo_utils.measures.estimate import Estimate
from kohtaamo_utils.presentation.blocks import Block, Callout, Table
from kohtaamo_utils.presentation.section import Figure, Section
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.phrases import listed
from kohtaamo_utils.reports.roi.case import model_figure, payback_text, result_figures
from kohtaamo_utils.reports.roi.values import effect_text, name_of, value_of
from kohtaamo_utils.roi.drivers import DRIVERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.roi.case import RoiCase

SCENARIO_LABELS = {
    "low": N_("Cautious (all low)"),
    "likely": N_("Likely"),
    "high": N_("Hopeful (all high)"),
    "expected": N_("Expected (mean of the ranges)"),
}
NOW = N_("Now, as the sliders stand")


def scenarios(context: Context, case: RoiCase) -> Section:
    """Make the scenarios side by side, the tornado and the break-even points."""
    blocks = (*comparison(context, case), *sensitivity(context, case))
    return Section("scenarios", blocks, tuple(_figures(case)))


def comparison(context: Context, case: RoiCase, now: Mapping[str, float] | None = None) -> tuple[Block, ...]:
    """Make the scenarios side by side, and what those that are not the kit's own change.

    Parameters
    ----------
    context
        The reader's language.
    case
        The business case, with its saved scenarios.
    now
        What somebody who tries assumptions has changed from likely, as one more scenario; None where nobody does.
    """
    tried = [] if now is None else [(context.t(NOW), now)]
    changed = [(name, changes) for name, changes in (*case.saved.items(), *tried) if changes]
    table = _side_by_side(context, case, tried)
    caption = context.t("What the saved scenarios change") if now is None else context.t("What the scenarios change")
    return (table, _changes(context, case, changed, caption)) if changed else (table,)


def sensitivity(context: Context, case: RoiCase) -> tuple[Block, ...]:
    """Make what moves the result most, the break-even points, and what is left out of every sum."""
    return (_tornado(context, case), _break_evens(context, case), *_guard(context, case))


def _figures(case: RoiCase) -> Iterable[Figure]:
    for name in case.scenarios:
        yield from result_figures(case.result(name), {"scenario": name})
    for driver in case.effects:
        yield model_figure("break_even", {"driver": driver}, case.break_even(driver), "share")
    for name, index in case.sobol().items():
        for figure, value, error in (
            ("sobol_first", index.first, index.first_error),
            ("sobol_total", index.total, index.total_error),
        ):
            estimate = Estimate(value=value, n=0, low=value - error, high=value + error, unit="share", method="sobol")
            yield Figure(figure, {"assumption": name}, _clipped(estimate))
    for year, amount in enumerate(case.result("likely").interaction, start=1):
        yield model_figure("interaction", {"year": year}, amount, "money")


def _clipped(estimate: Estimate) -> Estimate:
    """Return a share within 0-1, which the estimators of Sobol's indices may leave by a hair."""
    low, value, high = (min(1.0, max(0.0, part or 0.0)) for part in (estimate.low, estimate.value, estimate.high))
    return replace(estimate, low=low, value=value, high=high)


def scenario_name(context: Context, name: str) -> str:
    """Return what a reader calls a scenario; saved ones are called what the settings call them."""
    return context.t(SCENARIO_LABELS[name]) if name in SCENARIO_LABELS else name


def _side_by_side(context: Context, case: RoiCase, tried: Iterable[tuple[str, Mapping[str, float]]]) -> Table:
    t, f = context.t, context.f
    results = [(scenario_name(context, name), case.result(name)) for name in case.scenarios]
    results += [(name, case.result("likely", **changes)) for name, changes in tried]
    rows = [
        (
            name,
            f.money(found.npv),
            f.percent(found.roi),
            payback_text(context, found.payback_years),
        )
        for name, found in results
    ]
    return Table(
        t("Scenarios"),
        (t("Scenario"), t("Net present value"), t("Return on investment"), t("Payback")),
        tuple(rows),
        frozenset({1, 2, 3}),
    )


def _changes(
    context: Context, case: RoiCase, scenarios: Iterable[tuple[str, Mapping[str, float]]], caption: str
) -> Table:
    """Tell what scenarios change, the saved ones and the one that is tried."""
    t, model = context.t, case.model
    likely = {**case.inputs, **{driver: spread.likely for driver, spread in case.effects.items()}}
    rows = [
        (
            scenario,
            name_of(context, model, name),
            value_of(context, model, name, likely[name]),
            value_of(context, model, name, value),
        )
        for scenario, changes in scenarios
        for name, value in changes.items()
    ]
    return Table(
        caption,
        (t("Scenario"), t("Assumption"), t("Likely"), t("In the scenario")),
        tuple(rows),
        frozenset({2, 3}),
    )


def _tornado(context: Context, case: RoiCase) -> Table:
    t, f = context.t, context.f
    parts = case.sobol()
    rows = [
        (
            name_of(context, case.model, swing.name),
            f.money(swing.npv_low),
            f.money(swing.npv_high),
            f.percent(min(1.0, max(0.0, parts[swing.name].total)) if swing.name in parts else 0.0),
        )
        for swing in case.tornado()
    ]
    note = t(
        "One assumption at a time, the others at their likely value; the widest first. The last column tells how large a part of the result's uncertainty the assumption takes part in when all of them vary together."
    )
    return Table(
        t("What moves the result most?"),
        (t("Assumption"), t("NPV at its low"), t("NPV at its high"), t("Part of the uncertainty")),
        tuple(rows),
        frozenset({1, 2, 3}),
        note,
    )


def _break_evens(context: Context, case: RoiCase) -> Table:
    t = context.t
    rows = [
        (t(DRIVERS[driver].label), effect_text(context, driver, spread.likely), break_even_text(context, case, driver))
        for driver, spread in case.effects.items()
    ]
    below = any((case.break_even(driver) or 0) < 0 for driver in case.effects)
    return Table(
        t("How small an effect is still enough?"),
        (t("Driver"), t("Likely effect"), t("Effect at which NPV is zero")),
        tuple(rows),
        frozenset({1, 2}),
        t("A zero point below zero means: the programme pays even if that figure gets so much worse.") if below else "",
    )


def break_even_text(context: Context, case: RoiCase, driver: str) -> str:
    """Return the effect at which a driver's case breaks even, or why there is none."""
    value = case.break_even(driver)
    if value is None:
        pays = case.result("likely", **{driver: 0.0}).npv > 0
        return context.t("pays without it") if pays else context.t("does not pay by it alone")
    return effect_text(context, driver, value, 2)


def _guard(context: Context, case: RoiCase) -> list[Block]:
    """Tell what is left out so that no euro counts twice, and how much it is."""
    amounts = case.result("likely").interaction
    if not amounts:
        return []
    t, f = context.t, context.f
    years = [t("{amount} (year {year})", amount=f.money(a), year=f.integer(y)) for y, a in enumerate(amounts, start=1)]
    texts = (
        [
            t(
                "To keep from counting the same money twice, the basket's benefit is counted on today's revenue, so what the kept customers would buy more of is left out of it."
            )
        ]
        if {"retention", "basket"} <= set(case.effects)
        else []
    )
    texts.append(
        t(
            "What the effects would bring only together is not counted in any sum of this report: {years}.",
            years=listed(context, years),
        )
    )
    return [Callout(" ".join(texts))]
