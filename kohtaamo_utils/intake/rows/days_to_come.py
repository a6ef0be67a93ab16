"""Days and months that are still to come: nobody can have bought, answered or observed on one, and no figure is of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.values.latest_day import latest_day

if TYPE_CHECKING:
    from kohtaamo_utils.intake.columns.part import Part

MONTH = "month"
HAPPENED = ("ordered_on", "answered_on", "encountered_on", "observed_on", "visited_on", MONTH)
"""Columns whose days are past; employments and contracts may begin and end on a day to come. A month may have begun only."""


def check_days_to_come(part: Part) -> None:
    """Record a problem for each row with such a day; one would move "the last twelve months" away from all others.

    Parameters
    ----------
    part
        Typed rows.
    """
    latest = pd.Timestamp(latest_day())
    for name in [name for name in HAPPENED if name in part.frame.columns]:
        column, constant = part.frame[name], name in part.bound and part.bound[name].constant
        rows = part.frame.index[(column > latest).to_numpy(dtype=bool)].tolist()
        message, expected = say("This day is still to come."), say("a day that is past")
        if name == MONTH:
            message, expected = say("This month is still to come."), say("a month that has begun")
        if constant and rows:
            part.findings.setting(
                "day_to_come", part.label(name), message, expected=expected, advice=say("Correct it.")
            )
        for row in [] if constant else rows:
            part.findings.problem(
                "day_to_come",
                message,
                expected=expected,
                advice=say(
                    "Correct the year, or the order of day and month (`dates`), or leave the row out with an `exclude` rule."
                ),
                row=row,
                column=part.label(name),
                value=part.raw(name, row),
            )
