"""Goals and actions as their file tells them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from engagements import make_engagement

from kohtaamo_utils.engagement import load
from kohtaamo_utils.engagement.actions import action_problems, actions_of
from kohtaamo_utils.errors import SettingsError
from kohtaamo_utils.intake import check, read

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [{"respondent_group": "customer", "nps": 9}]
REGISTER = [{"name": "Kassa"}, {"name": "Huolto"}]
GOOD = """
goals:
  - {id: T1, title: Lupaukset pitävät, target: 4.2, metric: {name: element_mean, scope: {element: trust}}, due: 2026-12-31}
actions:
  - {id: K1, title: Lupaukset kirjataan, goal: T1, touchpoint: Kassa, elements: [trust], feasibility: 4}
  - {id: K2, title: Tehty jo, status: done}
"""


def written(folder: Path, text: str) -> Path:
    made = make_engagement(folder, {"touchpoints": REGISTER}, {"survey": ROWS})
    (made / "actions.yaml").write_text(text, encoding="utf-8")
    return made


def test_goals_and_actions_are_read(tmp_path: Path) -> None:
    """Every key has its place, and what is done is not open."""
    plan = actions_of(load(written(tmp_path, GOOD)))
    assert [(goal.id, goal.target, goal.metric.scope) for goal in plan.goals] == [("T1", 4.2, {"element": "trust"})]
    assert [(action.id, action.elements, action.feasibility, action.open) for action in plan.actions] == [
        ("K1", ("trust",), 4, True),
        ("K2", (), None, False),
    ]


def test_the_samples_file_is_one(project: Path) -> None:
    """The sample's own goals and actions can be read."""
    plan = actions_of(load(project / "data" / "sample"))
    assert (len(plan.goals), len(plan.actions)) == (5, 8)


@pytest.mark.parametrize("text", ["", "# nothing yet\n"])
def test_an_empty_file_is_an_empty_plan(tmp_path: Path, text: str) -> None:
    """Who has begun the file and written nothing has no goals and no actions."""
    plan = actions_of(load(written(tmp_path, text)))
    assert (plan.goals, plan.actions) == ((), ())


def test_without_the_file_there_is_no_plan(tmp_path: Path) -> None:
    """The file is optional."""
    assert actions_of(load(make_engagement(tmp_path, {}, {"survey": ROWS}))) is None


@pytest.mark.parametrize(
    ("old", "new", "row", "message", "advice"),
    [
        ("feasibility: 4", "feasability: 4", 5, "The key `feasability` under `actions` is not known.", "Did you mean `feasibility`?"),
        ("feasibility: 4", "feasibility: 6", 5, "This should be 5 or less.", ""),
        ("goal: T1", "goal: T2", 5, "There is no goal with this id.", "Did you mean T1?"),
        ("touchpoint: Kassa", "touchpoint: Kasa", 5, "The register of touchpoints in engagement.yaml has no such name.", "Did you mean Kassa?"),
        ("elements: [trust]", "elements: [trusts]", 5, "This should be listening, expertise, value, trust or solution.", ""),
        ("due: 2026-12-31", "due: soon", 3, "This should be a date such as 2025-12-31.", ""),
        ("target: 4.2", "target: .nan", 3, "This should be a number, with a point before the decimals.", ""),
        ("id: K2", "id: K1", None, "The id K1 stands twice.", ""),
        ("status: done", "status: ready", 6, "This should be planned, started, done or dropped.", ""),
        ("actions:", "action:", 4, "The key `action` is not known.", "Did you mean `actions`?"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, row: int | None, message: str, advice: str
) -> None:
    """A slip in the file is told with its line and, where there is one, the nearest name; the survey's check tells it too."""
    engagement = load(written(tmp_path, GOOD.replace(old, new)))
    with pytest.raises(SettingsError, match=r"actions\.yaml cannot be used as it is"):
        actions_of(engagement)
    (problem,) = action_problems(engagement)
    assert (problem.row, problem.message, problem.file) == (row, message, "actions.yaml")
    assert problem.advice == advice or not advice
    problems, dataset = check(engagement)
    assert ([(its.message, its.table) for its in problems], dataset) == ([(message, "survey")], None)


def test_without_a_register_any_touchpoint_may_stand(tmp_path: Path) -> None:
    """A client without a register of touchpoints is not asked for one."""
    made = make_engagement(tmp_path, {}, {"survey": ROWS})
    (made / "actions.yaml").write_text(GOOD.replace("Kassa", "Mikä tahansa"), encoding="utf-8")
    assert actions_of(load(made)).actions[0].touchpoint == "Mikä tahansa"


def test_the_file_is_among_the_inputs(tmp_path: Path) -> None:
    """A report tells that it was made from the actions too."""
    assert [its.file for its in read(load(written(tmp_path, GOOD))).inputs] == ["data/survey.csv", "actions.yaml"]
