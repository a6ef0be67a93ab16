"""Whether a pilot's rows can be compared: each unit on one side, periods of one sort, and none after the start before one before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from kohtaamo_utils.errors import DataError, say
from kohtaamo_utils.measures.periods import places

if TYPE_CHECKING:
    from kohtaamo_utils.intake.columns.part import Part
    from kohtaamo_utils.tables import Table

PILOT = "pilot"


class _Row(NamedTuple):
    """A row of a pilot, and where it stands."""

    part: Part
    row: int
    unit: str
    place: float
    treated: bool
    after: bool


def check_pilot(parts: list[Part], table: Table) -> None:
    """Record a problem for each unit whose rows contradict each other, over all files of a source.

    Parameters
    ----------
    parts
        Typed rows of the source's files; rows with a cell that could not be read are problems already.
    table
        What the source is read for; nothing is looked at in other tables.
    """
    if table.name != PILOT or not all(set(table.required) <= set(part.frame.columns) for part in parts):
        return
    units: dict[str, list[_Row]] = {}
    for row in _rows(parts, table):
        units.setdefault(row.unit, []).append(row)
    for rows in units.values():
        _check_side(rows)
        _check_turn(rows)


def _rows(parts: list[Part], table: Table) -> list[_Row]:
    known = [(part, part.frame[list(table.required)].dropna()) for part in parts]
    periods = [frame["period"] for _, frame in known]
    if not periods or not sum(map(len, periods)):
        return []
    try:
        order = iter(places(pd.concat(periods, ignore_index=True)).tolist())
    except DataError as error:  # each file is of one sort, but not the same
        advice = say("Write all periods of the source in one way, such as 2024-01.")
        last = parts[-1]
        last.findings.problem(
            "mixed_periods",
            error.message,
            expected=table.columns["period"].expected,
            advice=advice,
            column=last.label("period"),
        )
        return []
    return [
        _Row(part, int(row), str(unit), next(order), bool(treated), bool(after))
        for part, frame in known
        for row, unit, treated, after in zip(frame.index, frame["unit"], frame["treated"], frame["after"], strict=True)
    ]


def _check_side(rows: list[_Row]) -> None:
    first = rows[0]
    other = next((row for row in rows if row.treated != first.treated), None)
    if other is not None:
        other.part.findings.problem(
            "both_sides",
            say('Unit "{unit}" is marked both treated and not. A unit stays on one side throughout.', unit=first.unit),
            expected=say("what the unit's other rows say"),
            advice=say(
                "`treated` says whether the unit is in the pilot at all, also before it began; `after` says whether it had begun."
            ),
            row=other.row,
            column=other.part.label("treated"),
            value=other.part.raw("treated", other.row),
        )


def _check_turn(rows: list[_Row]) -> None:
    begun = min((row for row in rows if row.after), key=lambda row: row.place, default=None)
    late = max((row for row in rows if not row.after), key=lambda row: row.place, default=None)
    if begun is not None and late is not None and late.place > begun.place:
        late.part.findings.problem(
            "period_order",
            say(
                'For unit "{unit}" {late} is before the start of the pilot, but the earlier {begun} is after it.',
                unit=late.unit,
                late=late.part.raw("period", late.row),
                begun=begun.part.raw("period", begun.row),
            ),
            expected=say("periods before the start that come before those after it"),
            advice=say(
                "Correct `after` or `period`; periods that are only numbered must go on over the turn of a year."
            ),
            row=late.row,
            column=late.part.label("period"),
            value=late.part.raw("period", late.row),
        )
