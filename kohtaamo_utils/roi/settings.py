"""The ``roi`` block of ``engagement.yaml``: horizon, discounting, costs, drivers, ranges and saved scenarios."""

from __future__ import annotations

import datetime as dt
import difflib
from typing import Annotated, Any, Self, get_args

from pydantic import AfterValidator, Field, SerializeAsAny, create_model, field_validator, model_validator

from kohtaamo_utils.errors import joined, say
from kohtaamo_utils.roi.blocks import Block, DriverBlock, Share, Spread, within
from kohtaamo_utils.roi.costs import Costs
from kohtaamo_utils.roi.drivers import DRIVERS
from kohtaamo_utils.roi.evidence import check_effect
from kohtaamo_utils.roi.model import model_inputs
from kohtaamo_utils.roi.result import Scenario

MOST_YEARS = 20
UNBOUNDED = {"discount_rate", "turnover_rate"}
"""Shares that need not lie between 0 and 1: in a year more people may leave than there are at a time."""
LOWEST_LEVEL, HIGHEST_LEVEL = 0.5, 2.0
"""How far prices may have moved in a year; an index of 102.1 was meant as a level of 1.021."""


def _is_level(value: float) -> float:
    if not LOWEST_LEVEL <= value <= HIGHEST_LEVEL:
        raise ValueError(
            say(
                "This is the later year's price level by the earlier one's, from {least} to {most}: 1.021 where prices rose by 2.1 %.",
                least=f"{LOWEST_LEVEL:g}",
                most=f"{HIGHEST_LEVEL:g}",
            )
        )
    return value


class Prices(Block):
    """How prices moved between the two last years of the sales, so that dearer is not taken for more.

    ``index`` is the later year's price level by the earlier one's (1.021: 2.1 % dearer), ``source`` where it is from.
    ``vat_before`` and ``vat_after`` are for files whose amounts could not be freed of value added tax; else they stay 0.
    """

    index: Annotated[float, AfterValidator(_is_level)]
    source: str = Field(min_length=1)
    vat_before: Share = 0
    vat_after: Share = 0

    @property
    def level(self) -> float:
        """The later year's level by the earlier one's, value added tax included.

        Examples
        --------
        >>> round(Prices(index=1.02, source="index", vat_before=0.24, vat_after=0.255).level, 6)
        1.032339
        """
        return self.index * (1 + self.vat_after) / (1 + self.vat_before)


class RoiSettings(Block):
    """The business case.

    In the file each driver's block stands beside the other keys under ``roi``; here they are together in `drivers`.
    ``ranges`` makes further inputs of the model uncertain, ``scenarios`` names sets of values that differ from likely: the
    effect of a driver by the driver's name, any other input by its own. ``prices`` takes the change of prices out of the
    change of sales. ``as_of`` is the day on which dated parameters
    must be valid; without it that is the end of the engagement's period.
    """

    horizon_years: int = Field(default=3, ge=1, le=MOST_YEARS)
    discount_rate: float = Field(default=0.10, gt=-1, le=1)
    costs: Costs = Costs()
    drivers: dict[str, SerializeAsAny[DriverBlock]] = Field(default_factory=dict)
    ranges: dict[str, Spread] = Field(default_factory=dict)
    scenarios: dict[str, dict[str, float]] = Field(default_factory=dict)
    prices: Prices | None = None
    as_of: dt.date | None = None
    simulations: int = Field(default=100_000, ge=1_000, le=5_000_000)
    seed: int = 20260101

    @model_validator(mode="before")
    @classmethod
    def _gather_drivers(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        if "drivers" in value:
            raise ValueError(
                say(
                    "`drivers` is no key; each of {names} stands under `roi` by its own name.",
                    names=", ".join(DRIVERS),
                )
            )
        named = {name: value[name] for name in DRIVERS if value.get(name) is not None}
        rest = {key: part for key, part in value.items() if key not in DRIVERS}
        return {**rest, "drivers": named}

    @field_validator("drivers", mode="before")
    @classmethod
    def _as_their_blocks(cls, value: Any) -> Any:
        fields: dict[str, Any] = {name: (DRIVERS[name].block, ...) for name in value}
        checked = create_model("Drivers", **fields).model_validate(value)  # its errors tell the driver and the key
        return {name: getattr(checked, name) for name in value}

    @classmethod
    def keys(cls) -> dict[str, Any]:
        """Return the keys that may stand under ``roi`` with what stands there, the drivers' own among them."""
        plain = {name: part.annotation for name, part in cls.model_fields.items() if name != "drivers"}
        return plain | {name: driver.block for name, driver in DRIVERS.items()}

    @model_validator(mode="after")
    def _has_a_driver(self) -> Self:
        if not self.drivers:
            raise ValueError(say("Give at least one of {names}.", names=", ".join(DRIVERS)))
        return self

    @model_validator(mode="after")
    def _evidence_may_feed(self) -> Self:
        for name, block in self.drivers.items():
            check_effect(name, block.effect)
        return self

    @field_validator("scenarios")
    @classmethod
    def _names_are_free(cls, value: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
        taken = [name for name in value if name in get_args(Scenario)]
        if taken:
            raise ValueError(say("The scenario name {name} is the kit's own; choose another.", name=taken[0]))
        return value

    @model_validator(mode="after")
    def _names_are_inputs(self) -> Self:
        known = model_inputs(tuple(self.drivers), self.horizon_years)
        inputs = {part.name for part in known}
        effects = {DRIVERS[name].effect_name for name in self.drivers}
        shares = {part.name for part in known if part.unit == "share"} - effects - UNBOUNDED
        self._check("ranges", self.ranges, inputs - effects)
        for name, spread in self.ranges.items():
            self._check_share(f"ranges.{name}", (spread.low, spread.high), 0 if name in shares else -1, name in shares)
        for name, values in self.scenarios.items():
            self._check(f"scenarios.{name}", values, (inputs - effects) | set(self.drivers))
            for key, value in values.items():
                self._check_share(
                    f"scenarios.{name}.{key}", (value,), 0 if key in shares else -1, key in shares | set(self.drivers)
                )
        return self

    @staticmethod
    def _check_share(place: str, values: tuple[float, ...], least: float, is_share: bool) -> None:
        try:
            _ = [within(least, 1)(value) for value in values if is_share]
        except ValueError as error:
            raise ValueError(joined([place, error.args[0]], ": ")) from None

    @staticmethod
    def _check(place: str, names: dict[str, Any], known: set[str]) -> None:
        for name in names:
            if name not in known:
                near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
                hint = say("Expected: {expected}.", expected=say("one of {names}", names=", ".join(sorted(known))))
                hint = say("Did you mean {offer}?", offer=near[0]) if near else hint
                message = say("{place}: the model has no input {name} with these drivers.", place=place, name=name)
                raise ValueError(joined([message, hint]))
