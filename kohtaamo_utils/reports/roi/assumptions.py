"""What the business case assumes, where each assumption comes from, and how good the evidence is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.blocks import Block, Callout, Table
from kohtaamo_utils.presentation.section import Section
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.roi.evidence import evidence_blocks, grade_text
from kohtaamo_utils.reports.roi.parameters import leaver_cost_blocks, parameter_blocks
from kohtaamo_utils.reports.roi.values import effect_text, in_unit, name_of, value_of
from kohtaamo_utils.roi.case import case as make_case
from kohtaamo_utils.roi.costs import COST_INPUTS
from kohtaamo_utils.roi.drivers import DRIVERS
from kohtaamo_utils.roi.drivers.turnover import TurnoverBaseline

if TYPE_CHECKING:
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.roi.baselines import Baselines
    from kohtaamo_utils.roi.case import RoiCase
    from kohtaamo_utils.roi.settings import RoiSettings

SHAPES = {"triangular": N_("triangular"), "pert": N_("PERT")}
OPTIONAL_COSTS = {
    N_("participants' time"): ("participants_hours_initial", "participants_hours_per_year"),
    N_("own staff's hours"): ("hours_initial", "hours_per_year"),
    N_("travel"): ("travel_initial", "travel_per_year"),
    N_("tools and materials"): ("tools_initial", "tools_per_year"),
    N_("measuring"): ("measurement_initial", "measurement_per_year"),
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
    case = make_case(settings, measured)
    turnover = measured.get("turnover")
    blocks: list[Block] = [_effects(context, settings), *_credit(context, settings), *_overrides(context, settings)]
    blocks += _ranges(context, case)
    blocks += [_starting_points(context, case), *_costs(context, case)]
    if isinstance(turnover, TurnoverBaseline):
        blocks += leaver_cost_blocks(context, turnover.cost)
    blocks += parameter_blocks(context, settings, measured)
    blocks += evidence_blocks(context)
    blocks.append(
        Callout(
            context.t(
                "Innovation and the value of the brand may benefit too, but they are not turned into money here: there is no evidence of the client's own for it."
            )
        )
    )
    return Section("assumptions", tuple(blocks))


def _effects(context: Context, settings: RoiSettings) -> Table:
    t = context.t
    effects = {name: settings.drivers[name].effect for name in DRIVERS if name in settings.drivers}
    rows = [
        (
            t(DRIVERS[name].label),
            *(effect_text(context, name, value) for value in (effect.low, effect.likely, effect.high)),
            t(SHAPES[effect.shape]),
            effect.source,
            grade_text(effect.grade),
        )
        for name, effect in effects.items()
    ]
    return Table(
        t("Assumed effects"),
        (t("Driver"), t("Low"), t("Likely"), t("High"), t("Shape"), t("Source"), t("Grade")),
        tuple(rows),
        frozenset({1, 2, 3}),
        t("Percentage points are added to today's level; per cent is of today's level."),
    )


def _credit(context: Context, settings: RoiSettings) -> list[Block]:
    """Tell how much of each effect is counted, where that is not all of it from the first year."""
    t, f = context.t, context.f
    blocks = {name: settings.drivers[name] for name in DRIVERS if name in settings.drivers}
    adjusted = {
        name: block
        for name, block in blocks.items()
        if block.attribution < 1 or block.confidence < 1 or min(block.ramp) < 1
    }
    if not adjusted:
        return []
    years = range(1, settings.horizon_years + 1)
    rows = [
        (
            t(DRIVERS[name].label),
            f.percent(block.attribution),
            f.percent(block.confidence),
            *(f.percent(block.ramp_in(year)) for year in years),
        )
        for name, block in adjusted.items()
    ]
    columns = (t("Driver"), t("Share that the programme brings"), t("Confidence"))
    note = t(
        "The benefit of the full effect is multiplied by all of these: what others bring, and what is unsure, is not counted."
    )
    return [
        Table(
            t("How much of the effect is counted"),
            (*columns, *(t("In force, year {n}", n=f.integer(year)) for year in years)),
            tuple(rows),
            frozenset(range(1, 3 + settings.horizon_years)),
            note,
        )
    ]


def _overrides(context: Context, settings: RoiSettings) -> list[Block]:
    return [
        Callout(
            context.t(
                "{driver}: evidence of grade {grade} is used by a written decision: {override}.",
                driver=context.t(DRIVERS[name].label),
                grade=grade_text(block.effect.grade),
                override=block.effect.override.rstrip("."),
            ),
            "caution",
        )
        for name, block in settings.drivers.items()
        if block.effect.override
    ]


def _ranges(context: Context, case: RoiCase) -> list[Block]:
    if not case.ranges:
        return []
    t, model = context.t, case.model
    rows = [
        (
            name_of(context, model, name),
            *(value_of(context, model, name, value) for value in (spread.low, spread.likely, spread.high)),
        )
        for name, spread in case.ranges.items()
    ]
    return [
        Table(
            t("Other assumptions that are uncertain"),
            (t("Assumption"), t("Low"), t("Likely"), t("High")),
            tuple(rows),
            frozenset({1, 2, 3}),
        )
    ]


def _starting_points(context: Context, case: RoiCase) -> Table:
    t, f = context.t, context.f
    leaver = {part.name for part in DRIVERS["turnover"].inputs} - {"headcount", "turnover_rate"}
    rows = [
        (t(part.label), in_unit(context, case.inputs[part.name], part.unit))
        for driver in case.effects
        for part in DRIVERS[driver].inputs
        if part.name not in leaver
    ]
    rows += [
        (t(part.label), in_unit(context, case.inputs[part.name], part.unit))
        for part in COST_INPUTS
        if (case.inputs[part.name] and _is_used(case, part.name)) or part.name in {"cost_initial", "cost_per_year"}
    ]
    rows += [(t("Discount rate"), f.percent(case.inputs["discount_rate"], 1)), (t("Years"), f.integer(case.horizon))]
    return Table(t("Starting points and costs"), (t("Item"), t("Value")), tuple(rows), frozenset({1}))


def _is_used(case: RoiCase, name: str) -> bool:
    """Tell whether a cost has something to be multiplied by: an hour's price is nothing without hours."""
    hours = {"hourly_cost": "hours", "participants_hourly_cost": "participants_hours"}.get(name)
    return hours is None or any(case.inputs[f"{hours}_{when}"] for when in ("initial", "per_year"))


def _costs(context: Context, case: RoiCase) -> list[Block]:
    """Tell which costs the settings leave at zero, so that nobody takes them for counted."""
    absent = [name for name, parts in OPTIONAL_COSTS.items() if not any(case.inputs[part] for part in parts)]
    if not absent:
        return []
    listed = ", ".join(context.t(name) for name in absent)
    text = context.t("Not among the costs, or counted in the fees: {costs}.", costs=listed)
    return [Callout(text)]
