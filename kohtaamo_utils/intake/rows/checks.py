"""Whether typed rows keep the canonical table's rules; each breach becomes a problem placed in the file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from kohtaamo_utils.errors import joined, say
from kohtaamo_utils.intake.columns.no_answers import is_score
from kohtaamo_utils.intake.rows.days_to_come import check_days_to_come
from kohtaamo_utils.intake.rows.stays import check_stays
from kohtaamo_utils.intake.rows.unnamed_raters import RATER, by_row
from kohtaamo_utils.intake.scales.one_scale import other_scale_groups
from kohtaamo_utils.intake.scales.outside_scale import other_scales
from kohtaamo_utils.intake.scales.stated_scale import advice_for
from kohtaamo_utils.ledger import LARGEST
from kohtaamo_utils.tables import TABLES, Column, Table, breaches

if TYPE_CHECKING:
    from kohtaamo_utils.engagement import EngagementSettings
    from kohtaamo_utils.intake.columns.part import Part

OLDER_CES_MOST = 5
"""The older question on effort is answered on 1–5."""
EMPLOYMENT = ("started_on",)
"""The first way to say how long somebody stayed; tables that have it need one of their ways filled on each row."""


def check_rows(part: Part, table: Table, settings: EngagementSettings) -> None:
    """Record a problem for each cell or row that breaks a rule.

    Parameters
    ----------
    part
        Typed rows; cells that could not be read are problems already and are not told twice.
    table
        The rules.
    settings
        The engagement's settings, for the scale of 360 ratings.
    """
    rules = {str(name): rule_of(table, str(name), settings) for name in part.frame.columns if is_score(str(name))}
    ends = {
        name: (int(rule.low), int(rule.high))
        for name, rule in rules.items()
        if rule.low is not None and rule.high is not None
    }
    part = replace(part, other_scales=other_scales(part, ends))
    _check_schema(part, table)
    _check_money(part, table)
    _check_period(part)
    _check_stay(part, table)
    check_stays(part, table)
    check_days_to_come(part)
    _check_scores(part, table, settings)


def table_of(name: str, settings: EngagementSettings) -> Table:
    """Return a canonical table as the settings want it: the older CES ends at 5, a 360 review in words only can do without scores.

    Parameters
    ----------
    name
        A key of `TABLES`.
    settings
        The engagement's.
    """
    table = TABLES[name]
    if name == "survey" and settings.ces_version == "1.0":
        return replace(table, columns={**table.columns, "ces": replace(table.columns["ces"], high=OLDER_CES_MOST)})
    if name == "ratings_360" and not settings.review_360.scores:
        return replace(table, one_of=(*table.one_of, ("comment",)))
    return table


def rule_of(table: Table, name: str, settings: EngagementSettings) -> Column:
    """Return what a column must hold; a 360 rating's scale is the engagement's, and ``score.<item>`` is a score.

    Raises
    ------
    KeyError
        The table has no such column.
    """
    rule = table.column("score" if name.startswith("score.") else name)
    if rule is None:
        raise KeyError(name)
    if table.name == "ratings_360" and is_score(name):
        low, high = settings.review_360.scale
        return replace(rule, low=low, high=high)
    return rule


def _check_schema(part: Part, table: Table) -> None:
    for breach in breaches(table.name, part.frame):
        _breach(part, table, breach.column, breach.rule, breach.row)


def _check_money(part: Part, table: Table) -> None:
    """Find the order lines of more money than a line can be of."""
    for name in ("amount", "margin") if table.name == "transactions" else ():
        if name in part.frame.columns:
            for row, value in _outside_values(part, name, part.frame[name].abs() > LARGEST):
                _too_large(part, name, row, value)


def _too_large(part: Part, name: str, row: int, value: str) -> None:
    most = f"{LARGEST:,.0f}".replace(",", "\u00a0")
    message = say(
        "This is more money than an order line can be of, {most}; it may be a bar code, or another number.", most=most
    )
    if part.bound[name].constant:
        if row == part.frame.index[0]:
            part.findings.setting(
                "too_large", part.label(name), message, expected=say("money"), advice=say("Correct it.")
            )
        return
    part.findings.problem(
        "too_large",
        message,
        expected=say("money"),
        advice=say("See that `{name}` is the right column, or leave the row out with an `exclude` rule.", name=name),
        row=row,
        column=part.label(name),
        value=value,
    )


def _breach(part: Part, table: Table, name: str, rule: str, row: int) -> None:
    column = table.columns[name]
    raw = part.raw(name, row)
    if rule == "not_nullable":
        if not raw:
            _empty(part, table, name, row)
    elif rule == "whole":
        _outside(part, name, row, column, "not_whole", say("{value} is not a whole number.", value=raw))
    else:
        _outside(part, name, row, column, "out_of_range", say("{value} is outside the scale.", value=raw))


def _empty(part: Part, table: Table, name: str, row: int) -> None:
    if name in part.bound and (part.bound[name].constant or row in part.bound[name].broken):
        return
    part.findings.problem(
        "missing_value",
        say("The cell is empty, but every row of {table} needs it.", table=table.name),
        expected=table.columns[name].expected,
        advice=joined(
            [say("Fill it, or leave the row out with an `exclude` rule."), by_row(part) if name == RATER else ""]
        ),
        row=row,
        column=part.label(name),
    )


def _outside(part: Part, name: str, row: int, column: Column, kind: str, message: str) -> None:
    raw = part.raw(name, row)
    if name in part.bound and part.bound[name].constant:
        if row == part.frame.index[0]:
            part.findings.setting(kind, part.label(name), message, expected=column.expected, advice=say("Correct it."))
        return
    part.findings.problem(
        kind,
        message,
        expected=column.expected,
        advice=_advice(part, name, row, kind),
        row=row,
        column=part.label(name),
        value=raw,
    )


def _advice(part: Part, name: str, row: int, kind: str) -> str:
    """Say what to do about a value that its scale does not have: to call it missing where the scale is another one loses the best answers."""
    if kind == "not_whole":
        return say("Correct it, or leave the row out with an `exclude` rule if it sums up the others.")
    low, high = part.other_scales.get(name, (0, -1))
    if low <= part.frame[name].loc[row] <= high:
        seen = say("The answers go from {min} to {max}: it is another scale.", min=low, max=high)
        return joined([seen, advice_for(name, low, high)])
    entry = f"missing: {{{name.partition('.')[0]}: [{part.raw(name, row)}]}}"
    return say("Correct it, or, if it means no answer, add it to `{entry}`.", entry=entry)


def _check_period(part: Part) -> None:
    frame = part.frame
    if not {"started_on", "ended_on"} <= set(frame.columns):
        return
    for row in frame.index[(frame["ended_on"] < frame["started_on"]).to_numpy(dtype=bool)]:
        start = frame["started_on"].loc[row].date()
        part.findings.problem(
            "date_order",
            say("The end is before the start, {start}.", start=str(start)),
            expected=say("{start} or later", start=str(start)),
            advice=say(
                "Correct one of the two; if they are read in the wrong order, set `dates: dmy` or `dates: mdy`."
            ),
            row=int(row),
            column=part.label("ended_on"),
            value=part.raw("ended_on", int(row)),
        )


def _check_stay(part: Part, table: Table) -> None:
    """Each customer or employee needs a start, or a length with whether it ended."""
    ways = [[name for name in names if name in part.frame.columns] for names in table.one_of]
    complete = [way for way, names in zip(ways, table.one_of, strict=True) if len(way) == len(names)]
    if EMPLOYMENT not in table.one_of or not complete:
        return
    filled = pd.concat([part.frame[way].notna().all(axis=1) for way in complete], axis=1).any(axis=1)
    for row in part.frame.index[~filled.to_numpy(dtype=bool)]:
        name = next(name for name in complete[0] if pd.isna(part.frame[name].loc[row]))
        if not part.raw(name, int(row)):
            _empty(part, table, name, int(row))


def _check_scores(part: Part, table: Table, settings: EngagementSettings) -> None:
    """Scores whose scale is not the table's own: 360 ratings and the older CES have the engagement's, criteria their maximum."""
    if table.name == "ratings_360":
        low, high = settings.review_360.scale
        told = other_scale_groups(part, (low, high))
        groups = part.frame["rater_group"] if told else pd.Series("", index=part.frame.index)
        for name in [str(column) for column in part.frame.columns if is_score(str(column))]:
            rule = rule_of(table, name, settings)
            outside = ((part.frame[name] < low) | (part.frame[name] > high)) & ~groups.isin(told)
            for row, value in _outside_values(part, name, outside):
                said = say("{value} is outside the scale that `review_360.scale` gives.", value=value)
                _outside(part, name, row, rule, "out_of_range", said)
    elif "ces" in part.frame.columns and settings.ces_version == "1.0":
        rule = rule_of(table, "ces", settings)
        highest = TABLES[table.name].columns["ces"].high or OLDER_CES_MOST  # what lies above has been told already
        beyond = part.frame["ces"].between(OLDER_CES_MOST, highest, inclusive="right")
        for row, value in _outside_values(part, "ces", beyond):
            said = say("{value} is outside the scale of `ces_version: 1.0`.", value=value)
            _outside(part, "ces", row, rule, "out_of_range", said)
    elif {"score", "maximum"} <= set(part.frame.columns):
        rule = replace(table.columns["score"], low=0)
        outside = part.frame["score"] > part.frame["maximum"]
        for row, value in _outside_values(part, "score", outside):
            most = part.raw("maximum", row)
            said = say("{value} is more than the criterion's maximum, {most}.", value=value, most=most)
            _outside(part, "score", row, rule, "out_of_range", said)


def _outside_values(part: Part, name: str, outside: pd.Series[bool]) -> list[tuple[int, str]]:
    return [(row, part.raw(name, row)) for row in part.frame.index[outside.to_numpy(dtype=bool)].tolist()]
