"""An attack on all current-state files of an engagement together: hidden units' counts and sums solved from what is published."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from engagements import make_engagement

from kohtaamo_utils.delivery.units import units_in
from kohtaamo_utils.engagement import load
from kohtaamo_utils.intake import read
from kohtaamo_utils.reports import current_state

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.reports.current_state.supervisor import Supervisor

SECTIONS = ("customers", "beside_others", "encounters", "team", "gaps", "months", "talk", "basis")
TOUCHPOINTS = ("Kassa", "Puhelin", "Verkko")
MINIMUM = 5
Row = dict[str, Any]


def people(seed: int) -> list[Row]:
    """Return customers of four units of odd sizes over three touchpoints and four months, some of them of few."""
    draw = random.Random(seed)  # noqa: S311 - made-up answers
    sizes = {"Turku": 60, "Oulu": draw.randint(1, 9), "Vaasa": draw.randint(5, 30), "Espoo": 45}
    return [
        {
            "respondent_group": "customer", "unit": unit, "touchpoint": draw.choices(TOUCHPOINTS, (6, 3, 1))[0],
            "answered_on": f"2025-{draw.randint(1, 4):02d}-10", "nps": draw.randint(0, 10),
        }
        for unit, size in sizes.items()
        for _ in range(size)
    ]  # fmt: skip


def published(folder: Path) -> list[dict[str, Any]]:
    """Return the NPS figures of all three audiences' files, as ``results.json`` has them."""
    engagement = load(folder)
    units = units_in(engagement, read(engagement, ["survey"]).tables)
    management = current_state.open_report(str(folder), "en")
    management.headline()
    employee = current_state.open_employee(str(folder), "en")
    employee.thanked()
    reports: list[Any] = [management, employee]
    for unit in units.shown or ("",):
        report: Supervisor = current_state.open_supervisor(str(folder), "en", unit)
        for name in SECTIONS:
            getattr(report, name)()
        reports.append(report)
    found = [json.loads(json.dumps(report.results().as_dict())) for report in reports]
    return [figure for each in found for figure in each["figures"] if figure["name"] == "nps"]


def rows_of(scope: Row, answers: list[Row]) -> frozenset[int]:
    """Return whose answers a figure speaks of."""
    found = set(range(len(answers)))
    for key in scope.keys() & {"unit", "touchpoint"}:
        found &= {row for row, answer in enumerate(answers) if answer[key] == scope[key]}
    if "month" in scope:
        found &= {row for row, answer in enumerate(answers) if answer["answered_on"].startswith(scope["month"])}
    if "all_but_unit" in scope:
        found &= {row for row, answer in enumerate(answers) if answer["unit"] != scope["all_but_unit"]}
    return frozenset(found)


def solved(shown: list[frozenset[int]], target: frozenset[int], count: int) -> bool:
    """Tell whether the answers of some people together are a combination of what is published."""
    matrix = np.array([[row in rows for row in range(count)] for rows in shown], dtype=float)
    wanted = np.array([row in target for row in range(count)], dtype=float)
    found = np.linalg.lstsq(matrix.T, wanted, rcond=None)[0]
    return bool(np.allclose(matrix.T @ found, wanted, atol=1e-8))


@pytest.mark.parametrize("seed", range(6))
def test_nobodys_few_answers_can_be_solved(tmp_path: Path, seed: int) -> None:
    """No unit, and no touchpoint or month within one, of fewer than five can be solved from all files together."""
    answers = people(seed)
    figures = published(make_engagement(tmp_path, {}, {"survey": answers}))
    shown = list({rows_of(figure["scope"], answers) for figure in figures})
    assert all(len(rows) >= MINIMUM for rows in shown)
    for figure in figures:  # what the files say is of those very rows, so that the attack is on what is published
        assert figure["n"] == len(rows_of(figure["scope"], answers)), figure
    units = {answer["unit"] for answer in answers}
    targets = {rows_of({"unit": unit, **more}, answers) for unit in units for more in _categories()}
    few = [target for target in targets if 0 < len(target) < MINIMUM]
    assert [target for target in few if solved(shown, target, len(answers))] == []


def _categories() -> list[Row]:
    months = [{"month": f"2025-{month:02d}"} for month in range(1, 5)]
    return [{}, *months, *({"touchpoint": name} for name in TOUCHPOINTS)]


def test_the_attack_finds_what_is_there_to_find() -> None:
    """A unit that was published beside a total which leaves three is solved: the attack can succeed."""
    everyone, unit = frozenset(range(20)), frozenset(range(17))
    assert solved([everyone, unit], everyone - unit, 20)
    assert not solved([everyone], everyone - unit, 20)
