"""The workbook gives what numpy gives: LibreOffice calculates it anew, over planted wrong values, for hundreds of cases."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest
from spreadsheets import named, opened, recalculated
from workbook_cases import (
    ANSWERS,
    WRONG,
    boundary_sets,
    computed,
    made,
    random_sets,
    side_by_side,
    tolerance,
    with_inputs,
)

from kohtaamo_utils.reports.roi.workbook import Content, build
from kohtaamo_utils.reports.roi.workbook.scenarios import rows_of

if TYPE_CHECKING:
    from pathlib import Path

CASES = {
    "all": ((), 3, 160),
    "long": ((), 20, 40),
    "year": (("retention",), 1, 40),
    "staff": (("turnover",), 2, 40),
    "baskets": (("basket",), 5, 40),
}
"""Name to drivers, years and count of random sets; boundary sets come on top."""
UNCERTAIN = {
    "ranges": {
        "cost_initial": {"low": 10_000, "high": 40_000},
        "margin_per_customer": {"low": 100, "high": 260, "shape": "pert"},
    },
    "scenarios": {"Slow start": {"ramp_retention_1": 0.5, "basket": 0.005}, "Dear": {"cost_initial": 90_000}},
}
"""Ranges of both shapes, one of which is better at its low end, and scenarios that a client has saved."""
NAMED = 6
"""Sets of each case that are put into a workbook of their own, where formulas use the named cells."""


@dataclass(frozen=True)
class Calculated:
    """Everything that LibreOffice calculated in one start, and what went in."""

    contents: dict[str, Content]
    sets: dict[str, list[dict[str, float]]]
    given: dict[str, bytes]
    books: dict[str, Any]


@pytest.fixture(scope="module")
def calculated(tmp_path_factory: pytest.TempPathFactory) -> Calculated:
    """Calculate all workbooks in one start of LibreOffice."""
    contents = {name: made(*drivers, horizon_years=years) for name, (drivers, years, _) in CASES.items()}
    sets = {
        name: [*boundary_sets(content), *random_sets(content.model, seed, CASES[name][2])]
        for seed, (name, content) in enumerate(contents.items())
    }
    given = {name: build(side_by_side(content, sets[name])) for name, content in contents.items()}
    for name, content in contents.items():
        step = max(1, len(sets[name]) // NAMED)
        given |= {
            f"{name}-{number}": build(with_inputs(content, sets[name][number]))
            for number in range(0, len(sets[name]), step)
        }
    given["delivered"] = build(spoiled(contents["all"]))
    folder: Path = tmp_path_factory.mktemp("libreoffice")
    return Calculated(contents, sets, given, recalculated(folder, given))


def differences(found: dict[str, Any], expected: dict[str, float], scale: dict[str, float]) -> dict[str, Any]:
    """Return the numbers that are not as expected: beyond the tolerance, there where none should be, or an error."""
    allowed = tolerance(scale)
    wrong = {}
    for name, value in expected.items():
        cell = found[name]
        if math.isnan(value):
            agrees = cell in (None, "")
        else:
            agrees = isinstance(cell, int | float) and abs(cell - value) <= allowed
        if not agrees and not (name == "payback_years" and on_the_edge(expected)):
            wrong[name] = (cell, value)
    return wrong


def on_the_edge(expected: dict[str, float]) -> bool:
    """Tell whether the money that is left in a year is zero but for rounding: then either side may be right."""
    left = [value for name, value in expected.items() if name.startswith("cumulative_")]
    return any(value != 0 and abs(value) <= tolerance(expected) for value in left)


def spoiled(content: Content) -> Content:
    """Return a content as it is delivered, but for a wrong value planted for everything that a scenario computes."""
    wrong = tuple(replace(each, values=dict.fromkeys(each.values, WRONG)) for each in content.scenarios)
    return replace(content, scenarios=wrong)


def column(book: Any, content: Content, number: int) -> dict[str, Any]:
    """Return what stands in one column of the sheet of scenarios, by name."""
    sheet = book["Scenarios"]
    return {name: sheet.cell(row + 1, number + 2).value for name, row in rows_of(content).items()}


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_every_step_agrees_side_by_side(case, calculated):
    """Each step of each set of assumptions agrees with numpy to 1e-9 of the case's money, when cells are used."""
    content, book = calculated.contents[case], calculated.books[case]
    wrong = {}
    for number, inputs in enumerate(calculated.sets[case]):
        expected = computed(content.model, inputs)
        found = differences(column(book, content, number), expected, expected)
        wrong |= {(number, name): pair for name, pair in found.items()}
    assert wrong == {}


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_every_named_cell_agrees(case, calculated):
    """Each named cell agrees with numpy to 1e-9 of the case's money, when formulas use names, on other sheets too."""
    content = calculated.contents[case]
    books = {name: book for name, book in calculated.books.items() if name.startswith(f"{case}-")}
    assert len(books) >= NAMED
    for name, book in books.items():
        expected = computed(content.model, calculated.sets[case][int(name.rpartition("-")[2])])
        cells = named(book)
        found = {part: cells[content.names[part]] for part in expected}
        assert differences(found, expected, expected) == {}, name
        shown = [book["Results"].cell(row, 2).value for row in range(5, 10)]
        texts = {"roi": "none without costs", "payback_years": "not within the period"}
        for answer, cell in zip(ANSWERS, shown, strict=True):
            if isinstance(found[answer], int | float):
                assert cell == pytest.approx(found[answer], abs=tolerance(expected))
            else:
                assert cell == texts[answer]


@pytest.mark.slow
def test_delivered_scenarios_agree(calculated):
    """The scenarios of a delivered workbook take low, high and mean from the sheet of inputs, and give what numpy gives."""
    content, book = calculated.contents["all"], calculated.books["delivered"]
    assert len(content.scenarios) >= 4
    for number, scenario in enumerate(content.scenarios):
        found = column(book, content, number)
        assert differences(found, dict(scenario.values), dict(scenario.values)) == {}, scenario.label
        shown = [book["Scenarios"].cell(row, number + 2).value for row in (5, 6, 7)]
        for cell, name in zip(shown, ANSWERS[:3], strict=True):
            assert cell == (found[name] if isinstance(found[name], int | float) else "–")


@pytest.mark.slow
def test_there_are_enough_sets(calculated):
    """At least 300 sets are compared, among them cases without costs, without payback and with a payback on the day."""
    results = [
        computed(calculated.contents[name].model, inputs) for name, sets in calculated.sets.items() for inputs in sets
    ]
    assert len(results) >= 300
    assert sum(math.isnan(each["roi"]) for each in results) >= 5
    assert sum(math.isnan(each["payback_years"]) for each in results) >= 20
    assert sum(each["payback_years"] == 1 for each in results) >= 1
    assert sum(each["npv"] < 0 for each in results) >= 20
    assert sum(on_the_edge(each) for each in results) <= 5


@pytest.mark.slow
def test_the_values_were_calculated_and_not_read(calculated):
    """The files that went in held a wrong value for every step, so what came out was calculated."""
    for case in CASES:
        content = calculated.contents[case]
        before = column(opened(calculated.given[case], values=True), content, 0)
        assert {before[step.name] for step in content.model.steps} == {WRONG}
        number = next(name for name in calculated.given if name.startswith(f"{case}-"))
        cells = named(opened(calculated.given[number], values=True))
        assert {cells[content.names[step.name]] for step in content.model.steps} == {WRONG}


@pytest.mark.slow
def test_no_cell_shows_an_error(calculated):
    """Whatever is put in, no cell of any sheet shows an error."""
    errors = {
        (name, sheet.title, cell.coordinate): cell.value
        for name, book in calculated.books.items()
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("#")
    }
    assert errors == {}
