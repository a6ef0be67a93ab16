"""Which reports an engagement can have now, and why one that it had is not among them any more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.delivery.roster import Task, available, every_task, task_of
from kohtaamo_utils.delivery.units import file_name_of, too_few, units_in
from kohtaamo_utils.errors import Said, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from kohtaamo_utils.engagement import Engagement
    from kohtaamo_utils.reports.current_state.units import Units

TOLD_BY = {"review_360": "ratings_360", "current_state": "survey"}
"""Kinds of which there are several reports, and the table that tells which."""


@dataclass(frozen=True)
class Plan:
    """Which reports the engagement can have now.

    Parameters
    ----------
    tasks
        They, by their paths without the ending.
    kinds
        Kinds of which all are known; of others it cannot be told, because their data cannot be read.
    read
        Kinds whose data were read: what these lack, their data do not have.
    units
        The units of the survey.
    minimum
        Fewest answers of a unit that are shown.
    """

    tasks: Mapping[str, Task]
    kinds: frozenset[str]
    read: frozenset[str]
    units: Units
    minimum: int

    def lacks(self, task: Task) -> bool:
        """Tell whether a report has no source any more."""
        return task.report in self.kinds and task.stem not in self.tasks

    def task(self, stem: str) -> Task | None:
        """Return the report of a path; of one that is not planned, what its path tells."""
        return self.tasks.get(stem) or task_of(stem)

    def why_gone(self, task: Task) -> Said:
        """Return why a report that the plan lacks is not made any more."""
        if task.report not in self.read:
            return say("its source is not in the engagement any more")
        unit = task.parameters.get("unit")
        if unit and any(file_name_of(hidden) == unit for hidden in self.units.hidden):
            return too_few(self.minimum)
        if unit:
            return say("the data have no answers of this unit any more, or none in the period")
        if task.parameters.get("reviewee"):
            return say("the data do not have this reviewee any more")
        return say("data and settings give no such report any more")


def plan_of(engagement: Engagement, tables: dict[str, pd.DataFrame]) -> Plan:
    """Return which reports can be made from the tables that were read; those without any source are known to have none."""
    settings, possible = engagement.settings, available(engagement)
    kinds = [kind for kind in possible if kind not in TOLD_BY or TOLD_BY[kind] in tables]
    units = units_in(engagement, tables)
    every = every_task(kinds, tables, scores=settings.review_360.scores, units=units.shown)
    without = {kind for kind in ("current_state", "roi", "review_360") if kind not in possible}
    return Plan(
        {task.stem: task for task in every},
        frozenset(kinds) | without,
        frozenset(kinds),
        units,
        settings.disclosure.minimum_respondents,
    )
