"""A client's business case: its settings and baselines put into the model, and what the model answers."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, get_args

from kohtaamo_utils.errors import MissingDataError, SettingsError, say
from kohtaamo_utils.roi.drivers import DRIVERS
from kohtaamo_utils.roi.model import model
from kohtaamo_utils.roi.result import RoiResult, Swing
from kohtaamo_utils.roi.simulation import Simulation, simulate
from kohtaamo_utils.roi.triangle import Triangle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kohtaamo_utils.engagement.roi_settings import RoiSettings
    from kohtaamo_utils.roi.baselines import Baselines
    from kohtaamo_utils.roi.steps import Model, Numbers

Scenario = Literal["low", "likely", "high", "expected"]
SCENARIOS: tuple[Scenario, ...] = get_args(Scenario)
"""Effects all low, all likely, all high, or each at the mean of its range."""


@dataclass(frozen=True)
class RoiCase:
    """A business case that can be asked; make it with `case`.

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
    """

    horizon: int
    draws: int
    seed: int
    inputs: Mapping[str, float]
    effects: Mapping[str, Triangle]

    @property
    def model(self) -> Model:
        """The model's named steps."""
        return model(tuple(self.effects), self.horizon)

    def scenario(self, name: Scenario, /, **effects: float) -> dict[str, float]:
        """Return each driver's effect in a scenario.

        Parameters
        ----------
        name
            One of `SCENARIOS`.
        effects
            Effects that are to differ from the scenario, by driver.

        Raises
        ------
        SettingsError
            The scenario or a driver is not known.
        """
        if name not in SCENARIOS:
            raise SettingsError(
                say(
                    "There is no scenario {name}. Expected: one of {names}. Choose one of them.",
                    name=repr(name),
                    names=", ".join(SCENARIOS),
                )
            )
        self._check_drivers(*effects)
        triangles = self.effects.items()
        chosen = {driver: t.mean if name == "expected" else float(getattr(t, name)) for driver, t in triangles}
        return chosen | effects

    def values(self, effects: Mapping[str, Numbers]) -> dict[str, Numbers]:
        """Compute every step of the model.

        Parameters
        ----------
        effects
            Effect by driver; arrays are computed with elementwise.
        """
        return self.model.values({**self.inputs, **{DRIVERS[name].effect_name: effects[name] for name in self.effects}})

    def npv(self, effects: Mapping[str, Numbers]) -> Numbers:
        """Return the net present value for effects by driver."""
        return self.values(effects)["npv"]

    def result(self, scenario: Scenario = "likely", /, **effects: float) -> RoiResult:
        """Return what a scenario gives.

        Parameters
        ----------
        scenario
            One of `SCENARIOS`.
        effects
            Effects that are to differ from the scenario, by driver, e.g. ``retention=0.03``.

        Raises
        ------
        SettingsError
            The scenario or a driver is not known.
        """
        chosen = self.scenario(scenario, **effects)
        steps = {name: float(value) for name, value in self.values(chosen).items()}
        years = range(self.horizon + 1)
        return RoiResult(
            effects=chosen,
            benefits={driver: tuple(steps[f"benefit_{driver}_{t}"] for t in years[1:]) for driver in self.effects},
            costs=tuple(steps[f"cost_{t}"] for t in years),
            net=tuple(steps[f"net_{t}"] for t in years),
            npv=steps["npv"],
            roi=_or_none(steps["roi"]),
            payback_years=_or_none(steps["payback_years"]),
            pv_benefits=steps["pv_benefits"],
            pv_costs=steps["pv_costs"],
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
        """Return the Monte Carlo result: every effect drawn from its triangle."""
        return simulate(self.npv, self.effects, self.draws, self.seed)

    def tornado(self) -> tuple[Swing, ...]:
        """Return how far each driver alone moves the NPV, the widest first."""
        swings = [
            Swing(driver, self._npv_at(driver, triangle.low), self._npv_at(driver, triangle.high))
            for driver, triangle in self.effects.items()
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

    def _npv_at(self, driver: str, effect: float) -> float:
        return float(self.npv(self.scenario("likely", **{driver: effect})))

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
    """
    effects = {name: driver.effect(settings) for name, driver in DRIVERS.items()}
    used = {name: Triangle(effect.low, effect.likely, effect.high) for name, effect in effects.items() if effect}
    measured = baselines.by_driver()
    missing = [name for name in used if name not in measured]
    if missing:
        raise MissingDataError(
            say(
                "No baseline was measured for {names}. Measure the baselines with these settings.",
                names=", ".join(missing),
            )
        )
    costs = settings.costs
    inputs = {
        "discount_rate": settings.discount_rate,
        "cost_initial": costs.initial,
        "cost_per_year": costs.per_year,
        "hours_initial": costs.internal_hours.initial,
        "hours_per_year": costs.internal_hours.per_year,
        "hourly_cost": costs.hourly_cost,
    }
    for name in used:
        inputs |= measured[name].inputs()
    return RoiCase(settings.horizon_years, settings.simulations, settings.seed, inputs, used)


def _or_none(value: float) -> float | None:
    return value if math.isfinite(value) else None
