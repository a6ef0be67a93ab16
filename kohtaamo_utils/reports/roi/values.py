"""The business case's names and values as a reader meets them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kohtaamo_utils.roi.drivers import DRIVERS

if TYPE_CHECKING:
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.roi.steps import Input, Model


def name_of(context: Context, model: Model, name: str) -> str:
    """Return what a reader calls an assumption: a driver for its effect, or an input of the model."""
    if name in DRIVERS:
        return context.t(DRIVERS[name].label)
    part = input_of(model, name)
    label = context.t(part.label) if part.label else part.name
    if part.year is not None:
        label = context.t("{name}, year {year}", name=label, year=context.f.integer(part.year))
    if part.driver is not None and part.name not in {own.name for own in DRIVERS[part.driver].inputs}:
        label = context.t("{name}: {detail}", name=short_name(context, part.driver), detail=label)
    return label


def short_name(context: Context, driver: str) -> str:
    """Return a driver's label without its explanation, which follows a colon or stands in brackets, e.g. Retention."""
    return re.split("[:(]", context.t(DRIVERS[driver].label))[0].strip()


def value_of(context: Context, model: Model, name: str, value: float, decimals: int = 1) -> str:
    """Return an assumption's value in its unit; an effect in points as percentage points."""
    if name in DRIVERS:
        return effect_text(context, name, value, decimals)
    return in_unit(context, value, input_of(model, name).unit)


def effect_text(context: Context, driver: str, value: float, decimals: int = 1) -> str:
    """Return an effect: percentage points where it is added, per cent where it multiplies."""
    if DRIVERS[driver].effect_unit == "points":
        return context.t("{n} pp", n=context.f.number(value * 100, decimals))
    return context.f.percent(value, decimals)


def in_unit(context: Context, value: float, unit: str) -> str:
    """Return a value of the model in its unit."""
    f = context.f
    if unit == "share":
        return f.percent(value, 1)
    if unit == "money":
        return f.money(value, 2 if 0 < abs(value) < 1000 else 0)
    if unit == "money_per_hour":
        return f.money(value, 2)
    return f.integer(value) if float(value).is_integer() else f.number(value, 1)


def input_of(model: Model, name: str) -> Input:
    """Return the model's input of a name."""
    return next(part for part in model.inputs if part.name == name)
