"""What goes into the workbook: the model, the numbers that it is given, where they come from, and the scenarios."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from kohtaamo_utils.reports.roi.origins import Origins
from kohtaamo_utils.reports.roi.scenarios import scenario_name
from kohtaamo_utils.roi.drivers import DRIVERS
from kohtaamo_utils.roi.printing.names import defined_name, defined_names
from kohtaamo_utils.roi.triangle import PERT_WEIGHT, Pert

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.roi.blocks import Effect
    from kohtaamo_utils.roi.case import RoiCase
    from kohtaamo_utils.roi.settings import RoiSettings
    from kohtaamo_utils.roi.steps import Input, Model, Step


@dataclass(frozen=True)
class Note:
    """Where an input comes from.

    Parameters
    ----------
    source
        Who or what says so.
    grade
        Grade of the evidence; empty where it is not graded.
    override
        Written decision to use weak evidence; empty where none is needed.
    points
        Whether the input is a number of percentage points; None where it is no effect.
    """

    source: str
    grade: str = ""
    override: str = ""
    points: bool | None = None


@dataclass(frozen=True)
class Range:
    """Low and high end of an input's range, the names of their cells, and how much the likely value weighs in the mean."""

    low: float
    high: float
    low_name: str
    high_name: str
    weight: int = 1


@dataclass(frozen=True)
class Column:
    """One scenario: where each input comes from, and what the model gives.

    Parameters
    ----------
    label
        What the scenario is called.
    sources
        By input: a formula, or a number that the reader may change.
    values
        Every input and step; NaN where there is none.
    """

    label: str
    sources: Mapping[str, str | float]
    values: Mapping[str, float]


@dataclass(frozen=True)
class Content:
    """Everything that the sheets are printed from.

    Parameters
    ----------
    context
        Client, language, currency.
    model
        Inputs and steps.
    drivers
        The inputs' groups: the driver that each belongs to; those in none belong to the programme.
    values
        Every input and step with the inputs as given; NaN where there is none.
    ranges, notes
        By input.
    scenarios
        Side by side, in this order.
    horizon
        Number of years after year 0.
    """

    context: Context
    model: Model
    drivers: Mapping[str, tuple[str, ...]]
    values: Mapping[str, float]
    ranges: Mapping[str, Range]
    notes: Mapping[str, Note]
    scenarios: tuple[Column, ...]
    horizon: int

    @cached_property
    def parts(self) -> dict[str, Input | Step]:
        """Every input and step by name."""
        every: tuple[Input | Step, ...] = (*self.model.inputs, *self.model.steps)
        return {part.name: part for part in every}

    @cached_property
    def names(self) -> dict[str, str]:
        """Name of each input's and step's cell."""
        return defined_names(self.parts)


def content(context: Context, settings: RoiSettings, case: RoiCase) -> Content:
    """Put a client's case into the form that the sheets are printed from.

    Parameters
    ----------
    context
        Client, language, currency.
    settings
        The ``roi`` block.
    case
        The business case that was made of it.
    """
    made = Content(
        context=context,
        model=case.model,
        drivers=_drivers(case),
        values=plain(case.values(case.scenario("likely"))),
        ranges=_ranges(case),
        notes={part.name: _note(context, settings, part.name) for part in case.model.inputs},
        scenarios=(),
        horizon=case.horizon,
    )
    return replace(made, scenarios=tuple(_column(made, case, name) for name in case.scenarios))


def _drivers(case: RoiCase) -> dict[str, tuple[str, ...]]:
    """Return the inputs of each driver, its effect first."""
    found = {name: [DRIVERS[name].effect_name] for name in case.effects}
    for part in case.model.inputs:
        if part.driver in found and part.name not in found[part.driver]:
            found[part.driver].append(part.name)
    return {name: tuple(parts) for name, parts in found.items()}


def _ranges(case: RoiCase) -> dict[str, Range]:
    spreads = {_input_name(name): spread for name, spread in case.uncertain.items()}
    return {
        name: Range(
            spread.low,
            spread.high,
            defined_name(f"{name}_low"),
            defined_name(f"{name}_high"),
            PERT_WEIGHT if isinstance(spread, Pert) else 1,
        )
        for name, spread in spreads.items()
    }


def _input_name(name: str) -> str:
    return DRIVERS[name].effect_name if name in DRIVERS else name


def plain(values: Mapping[str, object]) -> dict[str, float]:
    """Return a model's values as plain numbers; what is not finite is NaN."""
    numbers = {name: float(value) for name, value in values.items()}  # type: ignore[arg-type]
    return {name: value if math.isfinite(value) else math.nan for name, value in numbers.items()}


def _column(made: Content, case: RoiCase, scenario: str) -> Column:
    chosen = case.scenario(scenario)
    changes = {_input_name(name): value for name, value in chosen.items()}
    sources: dict[str, str | float] = {part.name: made.names[part.name] for part in made.model.inputs}
    if scenario in case.saved:
        sources |= {_input_name(name): value for name, value in case.saved[scenario].items()}
    elif scenario != "likely":
        sources |= {name: _end(made, name, scenario, changes[name]) for name in made.ranges}
    return Column(scenario_name(made.context, scenario), sources, plain(case.values(chosen)))


def _end(made: Content, name: str, scenario: str, value: float) -> str:
    """Return the formula of one end of a range, or of its mean; which end is the cautious one the case has decided."""
    spread, likely = made.ranges[name], made.names[name]
    if scenario == "expected":
        middle = likely if spread.weight == 1 else f"{spread.weight}*{likely}"
        return f"({spread.low_name}+{middle}+{spread.high_name})/{spread.weight + 2}"
    return spread.low_name if value == spread.low else spread.high_name


def _note(context: Context, settings: RoiSettings, name: str) -> Note:
    effect = _effect(settings, name)
    if effect is not None:
        return Note(effect.source, effect.grade, effect.override or "", effect.unit == "points")
    return Note(context.t(Origins(settings).of(name)))


def _effect(settings: RoiSettings, name: str) -> Effect | None:
    return next(
        (block.effect for driver, block in settings.drivers.items() if DRIVERS[driver].effect_name == name), None
    )
