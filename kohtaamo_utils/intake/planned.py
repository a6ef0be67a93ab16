"""The client's goals and actions, read along with the survey: what is wrong with them, and their file's fingerprint."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kohtaamo_utils.engagement.actions import ACTIONS_FILE, action_problems
from kohtaamo_utils.intake.beside import SURVEY
from kohtaamo_utils.intake.files import input_file

if TYPE_CHECKING:
    from kohtaamo_utils.engagement import Engagement
    from kohtaamo_utils.intake.block import Block


def with_actions(engagement: Engagement, blocks: list[Block]) -> list[Block]:
    """Add the goals and actions to what the survey gave: the report on the current state ranks actions by its answers.

    Parameters
    ----------
    engagement
        The engagement.
    blocks
        What each of the survey's sources gave; they stay as they are where there is no such file.
    """
    path = engagement.path(ACTIONS_FILE)
    if not path.is_file():
        return blocks
    first, *others = blocks
    wrong = tuple(replace(problem, table=SURVEY) for problem in action_problems(engagement))
    inputs = (*first.inputs, input_file(path, ACTIONS_FILE))
    return [replace(first, problems=(*first.problems, *wrong), inputs=inputs), *others]
