"""A client's business case: its settings and baselines put into the model, and what the model answers."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import MissingDataError, SettingsError, say
from kohtaamo_utils.roi.credit import credit_values
from kohtaamo_utils.roi.drivers import DRIVERS
from kohtaamo_utils.roi.model import model
from kohtaamo_utils.roi.result import SCENARIOS, RoiResult, Scenario, Swing
from kohtaamo_utils.roi.triangle import Triangle, distribution

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kohtaamo_utils.roi.baselines import Baselines
    from kohtaamo_utils.roi.sensitivity import SobolIndex
    from kohtaamo_utils.roi.settings import RoiSettings
    from kohtaamo_utils.roi.simulation import Simulation
    from kohtaamo_utils.roi.steps import Model, Numbers

__all__ = ["SCENARIOS", "RoiCase", "Scenario", "case"]


@dataclass(frozen=True)
class RoiCase:
    """A business case that can be asked; make it with `case`.

    Wherever names are given, a driver's name stands for its effect, and any other input of the model for itself.

    Parameters
    ----------
    horizon
        Number of years after year 0.
    draws, seed
        Of the simulation.
    inputs
        All of the model's inputs but the effects.
    effects
        Range of each driver's effect, in the order of `DRIVERS`.
    ranges
        Range of every other input that is uncertain.
    saved
        Scenarios of the settings by name: what differs in them from likely.
    """

    horizon: int
    draws: int
    seed: int
    inputs: Mapping[str, float]
    effects: Mapping[str, Triangle]
    ranges: Mapping[str, Triangle] = field(default_factory=dict)
    saved: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    @property
    def model(self) -> Model:
        """The model's named steps."""
        return model(tuple(self.effects), self.horizon)

    @property
    def uncertain(self) -> dict[str, Triangle]:
        """Every assumption that has a range, effects first."""
        return {**self.effects, **self.ranges}

    @property
    def scenarios(self) -> tuple[str, ...]:
        """Names that `result` takes: the four that every case has, then the saved ones."""
        return (*SCENARIOS, *self.saved)

    def scenario(self, name: str, /, **changes: float) -> dict[str, float]:
        """Return what a scenario puts in: each driver's effect, and other inputs that differ from likely.

        Low and high take the low and the high end of every effect, expected the mean. Of other inputs that have a range, low
        takes the end that is worse for the NPV and high the better one, as dearer costs are the cautious ones.

        Parameters
        ----------
        name
            One of `scenarios`.
        changes
            Values that are to differ from the scenario, by name.

        Raises
        ------
        SettingsError
            The scenario or a name is not known.
        """
        self._check_names(*changes)
        if name in self.saved:
            return self._likely | dict(self.saved[name]) | changes
        if name not in SCENARIOS:
            raise SettingsError(
                say(
                    "There is no scenario {name}. Expected: one of {names}. Choose one of them.",
                    name=repr(name),
                    names=", ".join(self.scenarios),
                )
            )
        return {assumption: self._end(name, assumption) for assumption in self.uncertain} | changes

    def _end(self, scenario: str, assumption: str) -> float:
        spread = self.uncertain[assumption]
        if scenario in {"likely", "expected"}:
            return spread.mean if scenario == "expected" else spread.likely
        turned = assumption in self.ranges and self._npv_at(assumption, spread.low) > self._npv_at(
            assumption, spread.high
        )
        return spread.low if (scenario == "low") is not turned else spread.high

    @property
    def _likely(self) -> dict[str, float]:
        return {driver: spread.likely for driver, spread in self.effects.items()}

    def values(self, changes: Mapping[str, Numbers]) -> dict[str, Numbers]:
        """Compute every step of the model.

        Parameters
        ----------
        changes
            Values that differ from likely, by name; arrays are computed with elementwise.
        """
        given: dict[str, Numbers] = {**self._likely, **changes}
        return self.model.values({**self.inputs, **{_input_name(name): value for name, value in given.items()}})

    def npv(self, changes: Mapping[str, Numbers]) -> Numbers:
        """Return the net present value for values that differ from likely, by name."""
        return self.values(changes)["npv"]

    def result(self, scenario: str = "likely", /, **changes: float) -> RoiResult:
        """Return what a scenario gives.

        Parameters
        ----------
        scenario
            One of `scenarios`.
        changes
            Values that are to differ from the scenario, e.g. ``retention=0.03`` or ``discount_rate=0.08``.

        Raises
        ------
        SettingsError
            The scenario or a name is not known.
        """
        chosen = self.scenario(scenario, **changes)
        steps = {name: float(value) for name, value in self.values(chosen).items()}
        years = range(self.horizon + 1)
        return RoiResult(
            effects={driver: chosen[driver] for driver in self.effects},
            benefits={driver: tuple(steps[f"benefit_{driver}_{t}"] for t in years[1:]) for driver in self.effects},
            costs=tuple(steps[f"cost_{t}"] for t in years),
            net=tuple(steps[f"net_{t}"] for t in years),
            npv=steps["npv"],
            roi=_or_none(steps["roi"]),
            payback_years=_or_none(steps["payback_years"]),
            pv_benefits=steps["pv_benefits"],
            pv_costs=steps["pv_costs"],
            interaction=tuple(steps[f"interaction_{t}"] for t in years[1:] if f"interaction_{t}" in steps),
        )

    def break_even(self, driver: str) -> float | None:
        """Return the effect of one driver at which the NPV is zero, the others at likely.

        It is below zero when the case pays even if this driver gets worse by so much. None when no possible effect
        gives zero: retention cannot leave 0-100 %, and turnover cannot fall by more than all of it.

        Parameters
        ----------
        driver
            One of the case's drivers.

        Raises
        ------
        SettingsError
            The case does not have the driver.
        """
        from scipy.optimize import brentq

        self._check_drivers(driver)
        low, high = DRIVERS[driver].bracket(self.inputs)
        at_low, at_high = self._npv_at(driver, low), self._npv_at(driver, high)
        if at_low == at_high or at_low * at_high > 0:
            return None
        return float(brentq(lambda effect: self._npv_at(driver, effect), low, high, xtol=1e-15, rtol=1e-14))

    def simulate(self) -> Simulation:
        """Return the Monte Carlo result: every uncertain assumption drawn from its range."""
        return self._simulated

    @cached_property
    def _simulated(self) -> Simulation:
        from kohtaamo_utils.roi.simulation import simulate

        return simulate(self.fast_npv, self.uncertain, self.draws, self.seed)

    @cached_property
    def fast_npv(self) -> Callable[[Mapping[str, Numbers]], Numbers]:
        """The NPV as a function of the uncertain assumptions alone; equal to `npv` and much faster over many draws."""
        from kohtaamo_utils.roi.compiled import compiled_npv

        likely = {_input_name(name): value for name, value in self._likely.items()}
        names = {_input_name(name): name for name in self.uncertain}
        computed = compiled_npv(self.model, {**self.inputs, **likely}, tuple(names))
        return lambda drawn: computed({given: drawn[name] for given, name in names.items()})

    def sobol(self) -> dict[str, SobolIndex]:
        """Return each uncertain assumption's part in the variance of the NPV."""
        return self._indices

    @cached_property
    def _indices(self) -> dict[str, SobolIndex]:
        from kohtaamo_utils.roi.sensitivity import sobol

        return sobol(self.fast_npv, self.uncertain, self.seed)

    def tornado(self) -> tuple[Swing, ...]:
        """Return how far each uncertain assumption alone moves the NPV, the widest first."""
        swings = [
            Swing(name, self._npv_at(name, spread.low), self._npv_at(name, spread.high))
            for name, spread in self.uncertain.items()
        ]
        return tuple(sorted(swings, key=lambda swing: swing.width, reverse=True))

    def with_effects(self, **effects: float) -> RoiCase:
        """Return the case with other likely effects; a range that does not hold its new likely value is widened to it.

        Parameters
        ----------
        effects
            Likely effect by driver.

        Raises
        ------
        SettingsError
            The case does not have a driver.
        """
        self._check_drivers(*effects)
        moved = {driver: self.effects[driver].moved(value) for driver, value in effects.items()}
        return replace(self, effects={**self.effects, **moved})

    def with_inputs(self, **values: float) -> RoiCase:
        """Return the case with other inputs, e.g. ``discount_rate=0.08``; a range that does not hold its new value is widened.

        Parameters
        ----------
        values
            Likely value by name of an input; effects are moved by `with_effects`.

        Raises
        ------
        SettingsError
            The case does not have an input.
        """
        unknown = [name for name in values if name not in self.inputs]
        if unknown:
            raise SettingsError(
                say(
                    "This business case has no input {name}. Expected: one of {names}. Choose one.",
                    name=repr(unknown[0]),
                    names=", ".join(self.inputs),
                )
            )
        moved = {name: self.ranges[name].moved(value) for name, value in values.items() if name in self.ranges}
        return replace(self, inputs={**self.inputs, **values}, ranges={**self.ranges, **moved})

    def _npv_at(self, name: str, value: float) -> float:
        return float(self.npv({name: value}))

    def _check_names(self, *names: str) -> None:
        for name in names:
            if name not in self.inputs:
                self._check_drivers(name)

    def _check_drivers(self, *drivers: str) -> None:
        for driver in drivers:
            if driver not in self.effects:
                raise SettingsError(
                    say(
                        "This business case has no driver {driver}. Expected: one of {names}. Choose one of them, or add `{key}` under `roi`.",
                        driver=repr(driver),
                        names=", ".join(self.effects),
                        key=driver,
                    )
                )


def case(settings: RoiSettings, baselines: Baselines) -> RoiCase:
    """Put settings and baselines together into a business case.

    Parameters
    ----------
    settings
        The ``roi`` block.
    baselines
        Where each driver starts from.

    Raises
    ------
    MissingDataError
        A driver of the settings has no baseline.
    SettingsError
        A range does not hold the value that it stands around.
    """
    blocks = {name: settings.drivers[name] for name in DRIVERS if name in settings.drivers}
    missing = [name for name in blocks if name not in baselines]
    if missing:
        raise MissingDataError(
            say(
                "No baseline was measured for {names}. Measure the baselines with these settings.",
                names=", ".join(missing),
            )
        )
    inputs = {"discount_rate": settings.discount_rate, **settings.costs.inputs()}
    for name, block in blocks.items():
        inputs |= {**baselines[name].inputs(), **credit_values(name, block, settings.horizon_years)}
    effects = {name: block.effect for name, block in blocks.items()}
    return RoiCase(
        horizon=settings.horizon_years,
        draws=settings.simulations,
        seed=settings.seed,
        inputs=inputs,
        effects={name: distribution(e.shape, e.low, e.likely, e.high) for name, e in effects.items()},
        ranges={name: _around(name, inputs[name], settings) for name in settings.ranges},
        saved=settings.scenarios,
    )


def _around(name: str, likely: float, settings: RoiSettings) -> Triangle:
    spread = settings.ranges[name]
    if not spread.low <= likely <= spread.high:
        raise SettingsError(
            say(
                "`roi.ranges.{name}` runs from {low} to {high}, and the value that the case has is {likely}. Expected: a range that holds it. Widen the range.",
                name=name,
                low=str(spread.low),
                high=str(spread.high),
                likely=str(likely),
            )
        )
    return distribution(spread.shape, spread.low, likely, spread.high)


def _input_name(name: str) -> str:
    return DRIVERS[name].effect_name if name in DRIVERS else name


def _or_none(value: float) -> float | None:
    return value if math.isfinite(value) else None
