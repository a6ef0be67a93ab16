"""The page's script computes and writes what the report itself would: checked in Node against numpy, scipy and Babel."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from roi_examples import example
from scripts import run_script

from kohtaamo_utils.engagement import LANGUAGES
from kohtaamo_utils.presentation.controls import script, script_hash
from kohtaamo_utils.presentation.numbers import Numbers
from kohtaamo_utils.reports.roi.what_if import model_data
from kohtaamo_utils.roi.drivers import DRIVERS
from kohtaamo_utils.roi.triangle import Triangle

if TYPE_CHECKING:
    from kohtaamo_utils.roi.case import RoiCase

MOST_BYTES = 20_000


class _Context:
    """As much of a report's context as the model's data need."""

    def __init__(self, case_settings: Any = None) -> None:
        from types import SimpleNamespace

        from kohtaamo_utils.presentation.wording import Wording

        self.t, self.f = Wording("en"), Numbers("en")
        self.engagement = SimpleNamespace(settings=SimpleNamespace(roi=case_settings))


def cases() -> list[RoiCase]:
    """Return business cases of one, two and three drivers over one, three, seven and twenty years."""
    names = [("retention",), ("basket",), ("turnover",), ("retention", "turnover"), ("retention", "turnover", "basket")]
    return [example(*used, horizon_years=years) for used, years in itertools.product(names, (1, 3, 7, 20))]


def moved(case: RoiCase, rng: np.random.Generator, kind: int) -> RoiCase:
    """Return a case with every input and effect moved: at random, or to a place where formulas change their shape."""
    inputs = {name: value * rng.uniform(0, 3) if value else rng.uniform(0, 100) for name, value in case.inputs.items()}
    for name in {"retention_rate", "margin_rate"} & set(inputs):
        inputs[name] = rng.uniform(0, 1)
    inputs["discount_rate"] = rng.uniform(-0.5, 1)
    effects = {driver: rng.uniform(-0.3, 0.5) for driver in case.effects}
    if kind == 1:  # nothing at all: no costs, no effects, no discounting
        inputs |= dict.fromkeys(
            (name for name in inputs if name.endswith(("_initial", "_per_year", "hourly_cost"))), 0.0
        ) | {"discount_rate": 0.0}
        effects = dict.fromkeys(effects, 0.0)
    if kind == 2:  # effects at the ends of what is possible
        ends = {driver: DRIVERS[driver].bracket(inputs) for driver in effects}
        effects = {driver: end[int(rng.integers(2))] for driver, end in ends.items()}
    if kind == 3:  # everybody stays, nobody stays; whole amounts
        inputs = {name: float(round(value)) for name, value in inputs.items()} | {
            "discount_rate": float(rng.integers(2))
        }
    ranges = {driver: Triangle(min(0.0, v), v, max(0.2, v)) for driver, v in effects.items()}
    return replace(case, inputs=inputs, effects=ranges)


def assumption_sets() -> list[RoiCase]:
    """Return 400 business cases, twenty of each shape, a quarter of them at a boundary."""
    rng = np.random.default_rng(20260101)
    return [moved(case, rng, kind if kind < 4 else 0) for case in cases() for kind in range(20)]


@pytest.fixture(scope="module")
def answers(node) -> list[tuple[RoiCase, dict[str, Any]]]:
    """Give each assumption set with the script's answer."""
    sets, found = assumption_sets(), []
    for case, group in itertools.groupby(sets, key=lambda each: each.model):
        members = list(group)
        data = model_data(members[0], _Context())
        start = [_inputs(member) for member in members]
        per_case = [
            data
            | {
                "drivers": [
                    d | {"low": m.effects[d["name"]].low, "high": m.effects[d["name"]].high} for d in data["drivers"]
                ]
            }
            for m in members
        ]
        body = "const run = (all) => all.map(([data, set]) => business(data)(set));"
        found += zip(members, run_script(node, body, list(zip(per_case, start, strict=True))), strict=True)
        assert case is members[0].model
    return found


def _inputs(case: RoiCase) -> dict[str, float]:
    effects = {DRIVERS[driver].effect_name: value for driver, value in case.scenario("likely").items()}
    return {**case.inputs, **effects}


def _close(ours: float, theirs: float, scale: float) -> bool:
    if not math.isfinite(theirs):
        return ours == theirs or (math.isnan(ours) and math.isnan(theirs))
    return abs(ours - theirs) <= 1e-9 * scale


@pytest.mark.slow
def test_every_step_agrees_with_numpy(answers):
    """On 400 random and boundary sets each step differs by at most 1e-9 x max(1, present value of benefits + costs).

    Where the benefits are losses, their size counts: otherwise a sum of millions would have to agree to 1e-9.
    """
    wrong = []
    for case, answer in answers:
        steps = {name: float(value) for name, value in case.values(case.scenario("likely")).items()}
        scale = max(1.0, abs(steps["pv_benefits"]) + steps["pv_costs"])
        assert steps.keys() == answer["values"].keys()
        wrong += [
            (name, answer["values"][name], value)
            for name, value in steps.items()
            if not _close(answer["values"][name], value, max(scale, abs(steps["roi"]) if name == "roi" else 0))
        ]
    assert wrong == []
    assert len(answers) == 400


def test_the_sets_reach_every_answer(answers):
    """The sets include cases that pay at once, later and never, that have no return for want of costs, and losses."""
    values = [answer["values"] for _, answer in answers]
    assert any(v["payback_years"] == 0 for v in values)
    assert any(0 < v["payback_years"] < 20 for v in values)
    assert any(math.isnan(v["payback_years"]) for v in values)
    assert any(not math.isfinite(v["roi"]) for v in values)
    assert any(v["npv"] < 0 for v in values)


def test_break_even_agrees_with_root_finding(answers):
    """Halving finds the effect that scipy's Brent finds, to 1e-6 of it, and none where there is none."""
    found = []
    for case, answer in answers:
        for driver, theirs in zip(case.effects, answer["swings"], strict=True):
            expected = case.break_even(driver)
            found.append(expected)
            if expected is None or theirs["breakEven"] is None:
                assert expected is None, (driver, theirs, case)
                assert theirs["breakEven"] is None, (driver, expected, case)
            else:
                assert theirs["breakEven"] == pytest.approx(expected, abs=1e-6 * max(1.0, abs(expected)))
    assert sum(value is not None for value in found) > 100
    assert sum(value is None for value in found) > 20


@pytest.mark.parametrize(
    ("function", "found"),
    [
        ("(x) => 1 - x", 1),
        ("(x) => x - 1", 1),
        ("(x) => x", 0),
        ("(x) => x - 5", 5),
        ("(x) => 3", None),
        ("(x) => x + 1", None),
        ("(x) => NaN", None),
    ],
)
def test_roots(node, function, found):
    """Rising and falling functions, zero at an end, and none: flat, of one sign, not there."""
    [answer] = run_script(node, f"const run = () => [root({function}, 0, 5)];", None)
    assert answer == (found if found is None else pytest.approx(found, abs=1e-12))


def test_the_tornado_agrees(answers):
    """The bars' ends are the report's: one driver at its low and high, the others as they are."""
    for case, answer in answers:
        scale = max(1.0, answer["values"]["pv_benefits"] + answer["values"]["pv_costs"])
        swings = {swing.name: swing for swing in case.tornado()}
        for driver, theirs in zip(case.effects, answer["swings"], strict=True):
            size = max(scale, *(abs(end) for end in (swings[driver].npv_low, swings[driver].npv_high)))
            assert _close(theirs["low"], swings[driver].npv_low, size)
            assert _close(theirs["high"], swings[driver].npv_high, size)


def test_where_a_break_even_is_looked_for_follows_the_inputs(node):
    """With another retention rate the greatest possible effect is another too: what is missing to 100 %."""
    case = example("retention")
    data = model_data(case, _Context())
    body = "const run = ({data, inputs}) => ({ends: data.drivers[0].bracket.map((end) => formula(end)(inputs))});"
    found = run_script(node, body, {"data": data, "inputs": {**_inputs(case), "retention_rate": 0.35}})
    assert found["ends"] == [-0.35, 0.65]


FORMATS = """const run = ({style, values}) => {
  const f = numbers(style);
  return values.map((x) => [0, 1, 2].map((d) => [f.number(x, d), f.money(x, d), f.percent(x, d)]));
};"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_are_written_as_the_report_writes_them(node, language):
    """Separators, minus, spaces, units and rounding half to even are those of the kit's own formatter, digit for digit."""
    rng = np.random.default_rng(7)
    signs, sizes = rng.choice([-1, 1], 600).tolist(), rng.uniform(-6, 9, 600).tolist()
    drawn = [float(sign * 10**size) for sign, size in zip(signs, sizes, strict=True)]
    halves = [
        0.5,
        1.5,
        2.5,
        -2.5,
        0.125,
        2.675,
        1.005,
        0.045,
        -0.005,
        0.00005,
        1234.5,
        999.5,
        999999.5,
        0.0,
        -0.0,
        -0.4,
    ]
    values = [*drawn, *halves, 1e-9, 5e-324, 12.0, 1000.0, -1234567.891, 1e15, 0.1 + 0.2]
    f = Numbers(language)
    expected = [[[f.number(x, d), f.money(x, d), f.percent(x, d)] for d in range(3)] for x in values]
    assert run_script(node, FORMATS, {"style": f.style, "values": values}) == expected


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [
        ("fi", "2,5", 2.5),
        ("fi", "2.5", 2.5),
        ("fi", "−2,5 %", -2.5),
        ("fi", "-2,5", -2.5),
        ("fi", "1\u00a0234,5", 1234.5),
        ("fi", "12 000 €", 12000),
        ("fi", "+3", 3),
        ("fi", ",5", 0.5),
        ("sv", "1 234", 1234),
        ("en", "1,234.5", 1234.5),
        ("en", "12,000", 12000),
        ("en", "2,5", 2.5),
        ("en", "2.5", 2.5),
        ("fi", "", None),
        ("fi", "kaksi", None),
        ("fi", "1,2,3", None),
        ("fi", "1e5", None),
        ("fi", "-", None),
    ],
)
def test_typed_numbers_are_understood(node, language, typed, meant):
    """A reader may type in the way of the language, with a point, a unit or spaces; what is no number is none."""
    body = "const run = ({style, typed}) => ({meant: numbers(style).parse(typed)});"
    found = run_script(node, body, {"style": Numbers(language).style, "typed": typed})["meant"]
    assert math.isnan(found) if meant is None else found == meant


def test_axes_hold_their_values(node):
    """An axis has at most seven round values, begins at or below and ends at or above what it shows, and has zero on it."""
    sets = [[1.0], [-3.2, 4], [0.0], [18.4, 27.9, -12.8], [123456, -9], [1e-7, 5e-8], [0.3, 0.7], [-1, -2]]
    for values, axis in zip(sets, run_script(node, "const run = (sets) => sets.map(ticks);", sets), strict=True):
        at = axis["at"]
        assert at[0] <= min(values) + 1e-12
        assert at[-1] >= max(values) - 1e-12
        assert 2 <= len(at) <= 7
        assert any(abs(tick) < 1e-12 for tick in at)


def test_the_script_is_small_and_one():
    """The script is under 20 kB, free of what runs text as code, asks for nothing, keeps nothing."""
    assert len(script().encode()) < MOST_BYTES
    for word in (
        "eval",
        "Function(",
        "innerHTML",
        "fetch",
        "XMLHttp",
        "import(",
        "Storage",
        "cookie",
        "document.write",
        "//",
    ):
        assert word not in script().replace("http://www.w3.org/2000/svg", ""), word
    assert script_hash().startswith("sha256-")
    assert len(script_hash()) == len("sha256-") + 44


def test_the_script_is_valid_as_it_is_sent(node):
    """Comments and indentation are taken out without harm: Node reads the whole script, and it finds nothing to do."""
    body = f"const document = {{querySelectorAll: () => []}};\n{script()}\nconst run = () => ({{ok: true}});"
    assert run_script(node, body, None) == {"ok": True}
