"""The engagement's own rules on which rows to leave out, applied to the file's own columns."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.columns.column_names import find
from kohtaamo_utils.intake.sheets.wrong_cells import report
from kohtaamo_utils.intake.values.cells import Cell, as_text, distinct, is_blank
from kohtaamo_utils.intake.values.equality import equal
from kohtaamo_utils.intake.values.parse_numbers import parse_numbers

if TYPE_CHECKING:
    from kohtaamo_utils.engagement.settings import ExcludeRule, Source
    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.sheets.elsewhere import Texts
    from kohtaamo_utils.intake.sheets.sheet import Sheet
    from kohtaamo_utils.intake.values.parsed import Parsed


def exclude(sheet: Sheet, source: Source, findings: Findings) -> Sheet:
    """Leave out the rows that the rules name, one rule after another, each counted.

    A row that several rules fit is counted by the first. A number rule passes over empty cells; any other text in
    its column is a problem.
    """
    import numpy as np

    for number, rule in enumerate(source.exclude):
        place = find(sheet, rule.column, findings)
        if place is None:
            continue
        codes, cells = distinct(sheet.column(place))
        fits, parsed = fitting(cells, rule, source, sheet.elsewhere.rules.get(number, ()))
        if parsed is not None:
            report(parsed, sheet.column(place), rule.column, say("a number"), findings)
        rows = np.array(fits, dtype=bool)[codes] if cells else np.zeros(0, dtype=bool)
        note_excluded(rule, int(rows.sum()), findings)
        sheet = sheet.without(rows)
    return sheet


def note_excluded(rule: ExcludeRule, count: int, findings: Findings) -> None:
    """Log how many rows a rule left out."""
    condition, value = _said(rule)
    detail = _detail(rule.column, condition, value)
    findings.note("excluded", condition, count, detail, column=rule.column, value=value, reason=rule.reason or "")


def fitting(
    cells: list[Cell], rule: ExcludeRule, source: Source, elsewhere: Texts = ()
) -> tuple[list[bool], Parsed[float] | None]:
    """Tell which distinct cells a rule fits; for a rule on numbers also how they were read.

    Parameters
    ----------
    cells
        Distinct cells of the rule's column.
    rule, source
        The rule and its source's block.
    elsewhere
        Other texts of the column, which decide with these how numbers are read.
    """
    if rule.matches is not None:
        pattern = re.compile(rule.matches)
        return [pattern.search(as_text(cell)) is not None for cell in cells], None
    if rule.equals is not None:
        return equal(cells, rule.equals), None
    if rule.empty is not None:
        return [is_blank(cell) is rule.empty for cell in cells], None
    parsed = parse_numbers(cells, source.decimal, elsewhere)
    low = -math.inf if rule.at_least is None else rule.at_least
    high = math.inf if rule.at_most is None else rule.at_most
    return [value is not None and low <= value <= high for value in parsed.found], parsed


def _said(rule: ExcludeRule) -> tuple[str, str]:
    """Return a rule's condition and what it compares with; exactly one condition is set."""
    for name in ("matches", "equals", "at_most", "at_least"):
        value = getattr(rule, name)
        if value is not None:
            return name, f"{value:.15g}" if isinstance(value, float) else str(value)
    return "empty" if rule.empty else "not_empty", ""


def _detail(column: str, condition: str, value: str) -> str:
    """Return a rule in words.

    Examples
    --------
    >>> _detail("InvoiceNo", "matches", "^C"), _detail("Summa", "at_most", "0"), _detail("Nimi", "not_empty", "")
    ('InvoiceNo matches ^C', 'Summa at most 0', 'Nimi not empty')
    """
    said = {
        "matches": say("{column} matches {value}", column=column, value=value),
        "equals": say("{column} equals {value}", column=column, value=value),
        "at_most": say("{column} at most {value}", column=column, value=value),
        "at_least": say("{column} at least {value}", column=column, value=value),
        "empty": say("{column} empty", column=column),
        "not_empty": say("{column} not empty", column=column),
    }
    return said[condition]
