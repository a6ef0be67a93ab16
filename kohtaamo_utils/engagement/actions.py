"""``actions.yaml``: what the client wants to reach, and what it does for it."""

from __future__ import annotations

import datetime as dt
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, Self

from pydantic import Field, model_validator

from kohtaamo_utils.engagement.document import checked, read_document
from kohtaamo_utils.engagement.strict import Strict
from kohtaamo_utils.errors import Problem, SettingsError, either, say

if TYPE_CHECKING:
    from kohtaamo_utils.engagement.engagement import Engagement

ACTIONS_FILE = "actions.yaml"
Element = Literal["listening", "expertise", "value", "trust", "solution"]
Status = Literal["planned", "started", "done", "dropped"]
_ID = r"^\w[\w.-]*$"


class Metric(Strict):
    """The figure that tells whether a goal is reached: its name and scope as in ``results.json``."""

    name: str = Field(min_length=1)
    scope: dict[str, str | int] = Field(default_factory=dict)


class Goal(Strict):
    """What is wanted. `target` is a value of the metric, and `better` tells which way is improvement."""

    id: str = Field(pattern=_ID)
    title: str = Field(min_length=1)
    strategy: str | None = None
    metric: Metric | None = None
    target: float | None = Field(default=None, allow_inf_nan=False)
    better: Literal["higher", "lower"] = "higher"
    owner: str | None = None
    due: dt.date | None = None


class Action(Strict):
    """What is done for a goal.

    `touchpoint` is where it is done; without one it concerns all. `elements` are those that it is meant for; without
    any it counts as meant for all alike. `feasibility` is 1 (hard) to 5 (easy).
    """

    id: str = Field(pattern=_ID)
    title: str = Field(min_length=1)
    goal: str | None = None
    touchpoint: str | None = None
    elements: tuple[Element, ...] = ()
    owner: str | None = None
    due: dt.date | None = None
    feasibility: int | None = Field(default=None, ge=1, le=5)
    status: Status = "planned"

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.status in ("planned", "started")


class ActionPlan(Strict):
    """Goals and actions of an engagement, in the file's order."""

    goals: tuple[Goal, ...] = ()
    actions: tuple[Action, ...] = ()

    @model_validator(mode="after")
    def _named_once(self) -> Self:
        for names in ([goal.id for goal in self.goals], [action.id for action in self.actions]):
            repeated = sorted({name for name in names if names.count(name) > 1})
            if repeated:
                raise ValueError(say("The id {repeated} stands twice.", repeated=", ".join(repeated)))
        return self


def actions_of(engagement: Engagement) -> ActionPlan | None:
    """Read an engagement's goals and actions; None where it has no such file.

    Parameters
    ----------
    engagement
        The client's folder.

    Raises
    ------
    SettingsError
        The file says something that cannot be: an unknown key, a goal that is not there, a touchpoint that the
        register does not have. Every problem is told with its line where it has one.
    """
    path = engagement.path(ACTIONS_FILE)
    if not path.is_file():
        return None
    content = _document(path.read_bytes())
    plan = ActionPlan() if content is None else checked(ActionPlan, content, ACTIONS_FILE)
    wrong = (*_unknown_goals(plan, content), *_unknown_touchpoints(plan, content, engagement))
    if wrong:
        raise SettingsError(say("{file} cannot be used as it is:", file=ACTIONS_FILE), wrong)
    return plan


def action_problems(engagement: Engagement) -> tuple[Problem, ...]:
    """Return what is wrong with the engagement's goals and actions; nothing where there are none."""
    try:
        actions_of(engagement)
    except SettingsError as error:
        return error.problems
    return ()


@cache
def _document(content: bytes) -> Any:
    return read_document(content, ACTIONS_FILE)


def _unknown_goals(plan: ActionPlan, content: Any) -> tuple[Problem, ...]:
    known = [goal.id for goal in plan.goals]
    return tuple(
        _unknown(content, place, "goal", action.goal, known)
        for place, action in enumerate(plan.actions)
        if action.goal is not None and action.goal not in known
    )


def _unknown_touchpoints(plan: ActionPlan, content: Any, engagement: Engagement) -> tuple[Problem, ...]:
    """Return the touchpoints that the register does not have; without a register any name may stand."""
    known = [touchpoint.name for touchpoint in engagement.settings.touchpoints]
    return tuple(
        _unknown(content, place, "touchpoint", action.touchpoint, known)
        for place, action in enumerate(plan.actions)
        if known and action.touchpoint is not None and action.touchpoint not in known
    )


def _unknown(content: Any, place: int, key: str, value: str, known: list[str]) -> Problem:
    near = get_close_matches(value, known, n=2, cutoff=0.5)
    messages = {
        "goal": say("There is no goal with this id."),
        "touchpoint": say("The register of touchpoints in engagement.yaml has no such name."),
    }
    return Problem(
        file=ACTIONS_FILE,
        kind=f"unknown_{key}",
        row=content["actions"][place].lc.key(key)[0] + 1,
        column=f"actions.{place}.{key}",
        value=value,
        message=messages[key],
        expected=say("one of {names}", names=", ".join(known)) if known else "",
        advice=say("Did you mean {offer}?", offer=either(near)) if near else say("Correct it."),
    )
