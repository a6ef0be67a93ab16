"""Whether what a file says of how long people and customers stay can be: ended or not, since when, until when."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd

from kohtaamo_utils.errors import say
from kohtaamo_utils.measures.durations import MONTHS_PER_YEAR, tenure_months

if TYPE_CHECKING:
    from kohtaamo_utils.intake.columns.part import Part
    from kohtaamo_utils.tables import Table

LONGEST_CAREER = 60
"""Years; nobody is employed in one place for longer."""
DAY_ZEROS = tuple(pd.Timestamp(day) for day in (dt.date(1901, 1, 1), dt.date(1904, 1, 1), dt.date(1970, 1, 1)))
"""Days from which programs count, and which they write where there is none; what lies before 1901 is no date at all."""
APART = 20
"""Years between such a day and all other starts that show that it is not meant."""


def check_stays(part: Part, table: Table) -> None:
    """Record what cannot be in a table of employments or contracts, and that nothing says when they end.

    Parameters
    ----------
    part
        Typed rows.
    table
        Its rules; tables of other things are left alone.
    """
    if "ended_on" not in table.columns or "started_on" not in part.frame.columns or part.frame.empty:
        return
    if "ended_on" not in part.frame.columns:
        _note_no_end(part)
    elif "ended" in part.frame.columns:
        _check_ended(part)
    _check_day_zeros(part)
    if table.name == "employees":
        _check_careers(part)


def _note_no_end(part: Part) -> None:
    if not {"tenure_months", "ended"} <= set(part.frame.columns):
        said = say(
            "no column says when they ended: who left, and how long people stay, cannot be told; name `ended_on`"
        )
        part.findings.note("inferred", "no_end", 1, said, column="ended_on")


def _check_ended(part: Part) -> None:
    """Find the rows that say that somebody left and have no day, or that he stays and have a day that is past.

    Past is, so that the same file is read alike on every day, what lies before the last day on which somebody left.
    """
    ended, day = part.frame["ended"], part.frame["ended_on"]
    left, stays = ended.eq(True).fillna(value=False), ended.eq(False).fillna(value=False)
    unread = pd.Series([bool(part.raw("ended_on", int(row))) for row in part.frame.index], index=part.frame.index)
    past = stays & (day <= day[left].max())
    for row in part.frame.index[(left & day.isna() & ~unread).to_numpy(dtype=bool)].tolist():
        _contradicts(part, row, say("The row says that it has ended, but not when: it would count as going on."))
    for row in part.frame.index[past.to_numpy(dtype=bool)].tolist():
        said = say(
            "The row says that it has not ended, but has a day on which it did, {day}.", day=str(day.loc[row].date())
        )
        _contradicts(part, row, said)


def _contradicts(part: Part, row: int, message: str) -> None:
    part.findings.problem(
        "ended_contradicts",
        message,
        expected=say("a day in `ended_on` for each row that has ended, and for no other"),
        advice=say("Correct one of the two columns, or leave the row out with an `exclude` rule."),
        row=row,
        column=part.label("ended"),
        value=part.raw("ended", row),
    )


def _check_day_zeros(part: Part) -> None:
    """Find the starts on a day that programs write where there is none, if no other lies near it."""
    starts = part.frame["started_on"]
    zeros = starts.isin(DAY_ZEROS)
    others = starts[~zeros].dropna()
    if not others.empty:
        zeros &= starts < others.min() - pd.DateOffset(years=APART)
    for row in part.frame.index[zeros.to_numpy(dtype=bool)].tolist():
        _implausible(part, row, say("Programs write this day where there is none, and no other start lies near it."))


def _check_careers(part: Part) -> None:
    """Find the employments that would have lasted longer than anybody works."""
    starts = part.frame["started_on"]
    until = part.frame["ended_on"] if "ended_on" in part.frame.columns else pd.Series(pd.NaT, index=starts.index)
    years = tenure_months(starts, until.fillna(starts.max())) / MONTHS_PER_YEAR
    long = (years > LONGEST_CAREER) & ~starts.isin(DAY_ZEROS)
    for row in part.frame.index[long.to_numpy(dtype=bool)].tolist():
        said = say("The employment would have lasted {years} years.", years=str(int(years.loc[row])))
        _implausible(part, row, said)


def _implausible(part: Part, row: int, message: str) -> None:
    part.findings.problem(
        "implausible_start",
        message,
        expected=say("the day on which it began"),
        advice=say("Correct it, or leave the row out with an `exclude` rule."),
        row=row,
        column=part.label("started_on"),
        value=part.raw("started_on", row),
    )
