"""Scores that nothing reads and that are answered where those that are read are not: a question in another language, or on another path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.columns.no_answers import blank_words, is_score
from kohtaamo_utils.intake.notes.findings import Findings
from kohtaamo_utils.intake.rows.unread_columns import listed, unread
from kohtaamo_utils.intake.scales.scale_answers import numbered
from kohtaamo_utils.intake.sheets.bound import bound_at
from kohtaamo_utils.intake.values.cells import distinct, is_blank
from kohtaamo_utils.intake.values.parse_numbers import parse_numbers

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kohtaamo_utils.engagement import Source
    from kohtaamo_utils.intake.sheets.bound import Bound
    from kohtaamo_utils.intake.sheets.sheet import Sheet
    from kohtaamo_utils.tables import Column

ENOUGH = 5
"""So many answers that never stand beside those of the column that is read; of fewer it may be chance."""


def check_other_paths(
    sheet: Sheet,
    bound: Mapping[str, Bound],
    rules: Mapping[str, Column],
    used: Collection[str],
    source: Source,
    findings: Findings,
) -> None:
    """Tell of columns on a score's scale that are answered on other rows only: who answered there does not count in it.

    Parameters
    ----------
    sheet
        The answers, also of those who answered nothing that is read.
    bound, rules
        The columns that are read, and what they must hold.
    used
        Names of the columns that this source or another one of the same file reads.
    source
        The source's block.
    findings
        Takes a log entry that names the columns and what to do.
    """
    scores = [
        name
        for name, each in bound.items()
        if is_score(name) and rules[name].high is not None and each.label in sheet.names
    ]
    answered = {name: ~sheet.column(sheet.names.index(bound[name].label)).map(is_blank).astype(bool) for name in scores}
    known = {name.casefold() for name in used}
    found: dict[str, str] = {}
    rows = 0
    for place, name in unread(sheet, used).items() if scores else ():
        given = ~sheet.column(place).map(is_blank).astype(bool)
        if given.sum() < ENOUGH or not known.isdisjoint(alias.casefold() for alias in _aliases(sheet, place)):
            continue
        for score in scores:
            apart = answered[score].sum() >= ENOUGH and not (answered[score] & given).any()
            if apart and _fits(sheet, place, score, rules[score], source):
                found[name] = score
                rows = max(rows, int(given.sum()))
                break
    if found:
        name = next(iter(found))
        detail = say(
            "{names} are not read, and are answered only where {read} is not (up to {rows} rows): who answered there does not count; if these are the same questions, "
            "in another language or on another path, give the file a second block with `{entry}`",
            names=listed(list(found)),
            read=bound[found[name]].label,
            rows=rows,
            entry=f"columns: {{{found[name]}: …}}",
        )
        findings.note("unsettled", "other_path", rows, detail, column=name)


def _aliases(sheet: Sheet, place: int) -> tuple[str, ...]:
    return sheet.aliases[place] if sheet.aliases else ()


def _fits(sheet: Sheet, place: int, score: str, rule: Column, source: Source) -> bool:
    """Tell whether a column's answers are on a score's scale, and differ."""
    nowhere = Findings("", "")
    column = numbered(blank_words(bound_at(score, place, sheet), rule, nowhere), rule, source, nowhere)
    cells = [cell for cell in distinct(column.cells)[1] if not is_blank(cell)]
    read = parse_numbers(cells, source.decimal)
    if read.wrong or read.unclear or len(cells) < 2:
        return False
    return all(value is not None and (rule.low or 0) <= value <= (rule.high or 0) for value in read.found)
