"""Contents of ROI workbooks for tests, without files: made cases, and many sets of assumptions to put into them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import roi_examples

from kohtaamo_utils.engagement import Engagement, EngagementSettings, Language
from kohtaamo_utils.presentation.numbers import Numbers
from kohtaamo_utils.presentation.wording import Wording
from kohtaamo_utils.reports.context import Context
from kohtaamo_utils.reports.roi.workbook import Content, content
from kohtaamo_utils.reports.roi.workbook.content import Column, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kohtaamo_utils.roi.steps import Model

WRONG = 987654.25
"""A value that no case gives; planted where a spreadsheet program must calculate by itself."""
ANSWERS = ("npv", "roi", "payback_years", "pv_benefits", "pv_costs")


def context(language: Language = "en", client: str = "Testi Oy", **settings: Any) -> Context:
    """Return a report's context without data."""
    period = {"start": dt.date(2025, 1, 1), "end": dt.date(2025, 12, 31)}
    chosen = EngagementSettings(client=client, **{"period": period, **settings})
    dataset = cast("Any", None)
    return Context(Engagement(Path("asiakas"), chosen), dataset, Wording(language), Numbers(language, chosen.currency))


def made(*drivers: str, language: Language = "en", client: str = "Testi Oy", **changes: Any) -> Content:
    """Return the workbook's content of the small business case that ROI tests share."""
    settings = roi_examples.settings(*drivers, **changes)
    return content(context(language, client), settings, roi_examples.example(*drivers, **changes))


def computed(model: Model, inputs: Mapping[str, float]) -> dict[str, float]:
    """Return what numpy computes; NaN where there is no number."""
    return plain(model.values(inputs))


def with_inputs(base: Content, inputs: Mapping[str, float]) -> Content:
    """Return a content with other inputs and a wrong value planted for every step."""
    return dataclasses.replace(base, values={**planted(base.model), **inputs})


def side_by_side(base: Content, sets: list[dict[str, float]]) -> Content:
    """Return a content whose scenarios are these sets, with a wrong value planted for every step."""
    columns = tuple(Column(f"Set {n}", inputs, {**planted(base.model), **inputs}) for n, inputs in enumerate(sets))
    return dataclasses.replace(base, scenarios=columns)


def planted(model: Model) -> dict[str, float]:
    """Return the wrong value for every step."""
    return {step.name: WRONG for step in model.steps}


def random_sets(model: Model, seed: int, count: int) -> list[dict[str, float]]:
    """Return sets of assumptions over the whole range that settings and readers may give, by unit only."""
    generator = np.random.default_rng(seed)
    return [{part.name: _draw(part.name, part.unit, generator) for part in model.inputs} for _ in range(count)]


def _draw(name: str, unit: str, generator: np.random.Generator) -> float:
    if name.startswith("effect_"):
        return float(generator.uniform(-0.3, 0.6))
    if unit == "share":
        return float(generator.uniform(0, 1))
    if unit in {"money", "money_per_hour"}:
        return float(10 ** generator.uniform(0, 6))
    return float(10 ** generator.uniform(0, 4))


def boundary_sets(base: Content) -> Iterator[dict[str, float]]:
    """Yield sets at the ends of what is possible: each input at zero, one and far out, all at zero, a payback on the day."""
    likely = {part.name: base.values[part.name] for part in base.model.inputs}
    for part in base.model.inputs:
        extremes = (0.0, 1.0, -0.5) if part.unit == "share" else (0.0, 1.0, 1e9)
        yield from ({**likely, part.name: value} for value in extremes)
    yield dict.fromkeys(likely, 0.0)
    yield dict.fromkeys(likely, 1.0)
    for cost in ("cost_initial", "hours_initial"):
        yield {**likely, cost: 1e8}
    free = {part.name: 0.0 for part in base.model.inputs if part.name.startswith(("cost_", "hours_"))}
    yield {**likely, **free}  # no costs: no return
    yield {**likely, "discount_rate": -0.99}
    yield {**likely, **free, "cost_initial": computed(base.model, {**likely, **free})["net_1"]}  # paid back on the day
    yield {**likely, "cost_per_year": 1e7, "cost_initial": 0.0}


def tolerance(expected: Mapping[str, float]) -> float:
    """Return how far another face of the model may be off: 1e-9 of all the money in the case."""
    money = sum(abs(expected[name]) for name in ("pv_benefits", "pv_costs") if math.isfinite(expected[name]))
    return 1e-9 * max(1.0, money)
