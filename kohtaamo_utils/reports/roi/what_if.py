"""The business case in the reader's hands: every assumption as a control, and what the page's script needs to follow."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kohtaamo_utils.presentation.blocks import Table, WhatIf
from kohtaamo_utils.presentation.controls import Control, ControlGroup, Live
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.roi.names import Names
from kohtaamo_utils.reports.roi.origins import Origins
from kohtaamo_utils.reports.roi.scenarios import scenario_name
from kohtaamo_utils.reports.roi.values import name_of
from kohtaamo_utils.roi.drivers import DRIVERS
from kohtaamo_utils.roi.printing.javascript import program, programs
from kohtaamo_utils.roi.reach import Reach, reach, reach_of
from kohtaamo_utils.roi.steps import symbol

if TYPE_CHECKING:
    from kohtaamo_utils.presentation.section import Section
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.roi.case import RoiCase
    from kohtaamo_utils.roi.settings import RoiSettings
    from kohtaamo_utils.roi.steps import Input

MOVES_MOST = N_("What moves the result most?")
PER_CENT = 100
SMALL = 1000
"""Money below this is shown with cents."""


def with_what_if(section: Section, context: Context, case: RoiCase, settings: RoiSettings) -> Section:
    """Return the section of scenarios with the live what-if in it.

    The what-if takes the place of the table of what moves the result, which stands there where scripts are blocked.

    Parameters
    ----------
    section
        Scenarios and what moves the result.
    context
        The engagement and the reader's language.
    case
        The business case; its model says what there is to move.
    settings
        The ``roi`` block: sources, grades, and what was stated rather than measured.
    """
    t, maker = context.t, _Maker(context, case, settings)
    stands_for = tuple(b for b in section.blocks if isinstance(b, Table) and b.caption == t(MOVES_MOST))
    what_if = WhatIf(
        t("Try your own assumptions"),
        t("Move a slider or type a number: the result and the charts follow at once. Everything is computed in this page; nothing is sent or stored, and the report itself stays as it is."),
        Live(maker.groups(), maker.scenarios(), model_data(case, context), maker.words(), maker.labels()),
        stands_for,
    )  # fmt: skip
    others = [block for block in section.blocks if block not in stands_for]
    place = section.blocks.index(stands_for[0]) if stands_for else len(others)
    return replace(section, blocks=(*others[:place], what_if, *others[place:]))


def control_groups(context: Context, case: RoiCase, settings: RoiSettings) -> tuple[ControlGroup, ...]:
    """Return every assumption as a control: the effects, then costs and discounting, then each driver's starting points.

    Parameters
    ----------
    context
        The reader's language.
    case
        The business case.
    settings
        The ``roi`` block: sources, grades, and what was stated rather than measured.
    """
    return _Maker(context, case, settings).groups()


def model_data(case: RoiCase, context: Context) -> dict[str, Any]:
    """Return the model as plain data: its steps, its drivers with their ranges, its years, and how numbers are written.

    Parameters
    ----------
    case
        The business case.
    context
        The reader's language.
    """
    names, f = Names(context.t), context.f
    return {
        "steps": programs(case.model),
        "drivers": [
            {
                "name": driver,
                "label": names.driver(driver),
                "effect": DRIVERS[driver].effect_name,
                "low": effect.low,
                "high": effect.high,
                "bracket": _bracket(case, driver),
                "points": _in_points(driver),
            }
            for driver, effect in case.effects.items()
        ],
        "ranges": [
            {
                "label": name_of(context, case.model, name),
                "effect": name,
                "low": spread.low,
                "high": spread.high,
            }
            for name, spread in case.ranges.items()
        ],
        "years": [context.t("Year {n}", n=f.integer(year)) for year in range(case.horizon + 1)],
        "style": f.style,
    }


def _bracket(case: RoiCase, driver: str) -> list[Any]:
    """Return where a break-even is looked for, as formulas over the inputs, for the reader may move those too."""
    symbols: Any = {name: symbol(name) for name in case.inputs}
    ends: Any = DRIVERS[driver].bracket(symbols)
    return [program(end) if hasattr(end, "free_symbols") else float(end) for end in ends]


def _in_points(driver: str) -> bool:
    return DRIVERS[driver].effect_unit == "points"


@dataclass(frozen=True)
class _Maker:
    context: Context
    case: RoiCase
    settings: RoiSettings

    @cached_property
    def names(self) -> Names:
        return Names(self.context.t)

    @cached_property
    def origins(self) -> Origins:
        """Where the inputs come from."""
        return Origins(self.settings)

    def groups(self) -> tuple[ControlGroup, ...]:
        """Return the effects, then each driver's starting points, then costs and discounting."""
        t = self.context.t
        rest = {part.name: part for part in self.case.model.inputs if part.name in self.case.inputs}
        effects = tuple(self._effect(driver) for driver in self.case.effects)
        groups = [ControlGroup(t("Assumed effects"), effects, opened=True)]
        for driver in self.case.effects:
            own = [rest.pop(name) for name, part in list(rest.items()) if part.driver == driver]
            title = t("Starting points: {driver}", driver=self.names.driver_short(driver))
            groups.append(ControlGroup(title, tuple(map(self._input, own))))
        groups.insert(1, ControlGroup(t("Costs and discounting"), tuple(map(self._input, rest.values()))))
        return tuple(group for group in groups if group.controls)

    def _effect(self, driver: str) -> Control:
        t, range_ = self.context.t, self.case.effects[driver]
        ends = reach(range_, DRIVERS[driver].bracket(self.case.inputs))
        points = _in_points(driver)
        low, likely, high = (
            self._share(value, ends.decimals, points=points) for value in (range_.low, range_.likely, range_.high)
        )
        notes = [t("In the report {likely}, range {low} to {high}", likely=likely, low=low, high=high)]
        effect = self.settings.drivers[driver].effect
        notes.append(t("Source: {source}, grade {grade}", source=effect.source.rstrip("."), grade=effect.grade))
        return Control(
            name=DRIVERS[driver].effect_name,
            label=self.names.driver(driver),
            unit=t("{n} pp", n="").strip() if points else "%",
            note=" ".join(f"{note.rstrip('.')}." for note in notes),
            value=range_.likely,
            low=ends.low,
            high=ends.high,
            scale=PER_CENT,
            step=round(ends.step * PER_CENT, 9),
            decimals=ends.decimals,
        )

    def _share(self, value: float, decimals: int, *, points: bool) -> str:
        t, f = self.context.t, self.context.f
        return t("{n} pp", n=f.number(value * PER_CENT, decimals)) if points else f.percent(value, decimals)

    def _input(self, part: Input) -> Control:
        t, value, spread = self.context.t, self.case.inputs[part.name], self.case.ranges.get(part.name)
        ends = reach_of(part, value, spread)
        unit, scale, decimals = self._unit(part, value, ends)
        likely, *limits = (
            self._text(part, number, unit, decimals)
            for number in ((value,) if spread is None else (value, spread.low, spread.high))
        )
        stated = (
            t("In the report {likely}, range {low} to {high}", likely=likely, low=limits[0], high=limits[1])
            if limits
            else t("In the report {likely}", likely=likely)
        )
        source = f"{t(self.origins.of(part.name))}."
        return Control(
            name=part.name,
            label=self.names.control(part),
            unit=unit,
            note=f"{stated.rstrip('.')}. {source}",
            value=value,
            low=ends.low,
            high=ends.high,
            scale=scale,
            step=round(ends.step * scale, 9),
            decimals=decimals,
        )

    def _text(self, part: Input, value: float, unit: str, decimals: int) -> str:
        """Return a value with its unit where the reader's language has it: €9,000 and 9 000 €."""
        f = self.context.f
        if part.unit == "share":
            return f.percent(value, decimals)
        if part.unit in {"money", "money_per_hour"}:
            return f.money(value, decimals)
        return f"{f.number(value, decimals)} {unit}".strip()

    def _unit(self, part: Input, value: float, ends: Reach) -> tuple[str, float, int]:
        """Return what a field counts in, its scale and its decimals."""
        if part.unit == "share":
            return "%", PER_CENT, ends.decimals
        units = {
            "money": (self.context.f.currency_symbol, 0 if abs(value) >= SMALL or ends.high >= SMALL else 2),
            "money_per_hour": (self.context.f.currency_symbol, 2),
            "months": (self.context.t("months"), 1),
            "hours": (self.context.t("hours"), 0 if value == round(value) else 1),
        }
        unit, decimals = units.get(part.unit, ("", 0 if value == round(value) else 1))
        return unit, 1, decimals

    def scenarios(self) -> tuple[tuple[str, dict[str, float]], ...]:
        """Return each scenario's name and effects."""
        return tuple(
            (
                scenario_name(self.context, name),
                {
                    DRIVERS[assumption].effect_name if assumption in DRIVERS else assumption: value
                    for assumption, value in self.case.scenario(name).items()
                },
            )
            for name in self.case.scenarios
        )

    def words(self) -> dict[str, Any]:
        """Return what the script says."""
        t, f = self.context.t, self.context.f
        return {
            "nothing": f.money(None),
            "never": t("not within the period"),
            "months": [t.plural("{n} month", "{n} months", count) for count in (1, 2)],
            "without": t("pays without it"),
            "alone": t("does not pay by it alone"),
            "points": t("{n} pp"),
            "was": t("in the report {value}"),
            "moved": "{name}: {was} → {now}",
            "status": t("Net present value {npv}, return on investment {roi}, payback {payback}"),
            "paid": t("The benefits have covered the costs after: {time}. In the end {amount} is left."),
            "unpaid": t("The benefits do not cover the costs within the period"),
            "costs": t("Costs"),
            "net": t("Net"),
            "cumulative": t("Net, cumulative"),
            "axis": t("thousand {currency}", currency=f.currency_symbol),
            "bars": [
                t("Effect at its low"),
                t("Effect at its high"),
                t("Net present value, thousand {currency}", currency=f.currency_symbol),
            ],
        }

    def labels(self) -> dict[str, Any]:
        """Return what the panel says by itself."""
        t, f = self.context.t, self.context.f
        npv = f.money(self.case.result().npv)
        return {
            "npv": t("Net present value"),
            "roi": t("Return on investment"),
            "payback": t("Payback"),
            "presets": t("Start from a scenario"),
            "reset": t("Back to the report's assumptions"),
            "changed": t("These are not the report's assumptions; with those the net present value is {npv}.", npv=npv),
            "cash": {
                "title": "",
                "caption": t("Benefits and costs by year, with these assumptions"),
                "columns": (
                    t("Item"),
                    *(t("Year {n}", n=f.integer(year)) for year in range(self.case.horizon + 1)),
                ),
            },
            "tornado": {
                "title": t(MOVES_MOST),
                "caption": t("The result at the ends of each range"),
                "columns": (
                    t("Driver"),
                    t("NPV at its low"),
                    t("NPV at its high"),
                    t("Effect at which NPV is zero"),
                ),
                "note": t("One driver at a time, the others as set above; the widest first."),
                "below": t("A zero point below zero means: the programme pays even if that figure gets so much worse."),
            },
        }
