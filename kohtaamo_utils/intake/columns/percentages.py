"""Figures that are all percentages, as the numbers before their sign: 85 % of calls answered is 85."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.values.cells import as_text

if TYPE_CHECKING:
    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.sheets.bound import Bound
    from kohtaamo_utils.intake.values.cells import Cell, Cells
    from kohtaamo_utils.tables import Column

SIGN = "%"


def bare_percentages(column: Bound, rule: Column, names: Cells | None, findings: Findings) -> Bound:
    """Take the percent sign away from figures all of whose numbers have it; beside a number without it, 5 % may be 5 or 0.05, and stays.

    Parameters
    ----------
    column
        A canonical column's raw cells.
    rule
        What it must hold; only figures of any unit may be percentages.
    names
        What the figure of each row is called; None where that is not known yet: then every percentage is taken.
    findings
        Takes how many there were.
    """
    if not rule.any_unit or column.constant:
        return column
    percent = column.cells.map(_is_percentage).astype(bool)
    if not percent.any():
        return column
    rows = percent
    if names is not None:
        called = names.reindex(column.cells.index).map(as_text)
        rows = percent & ~called.isin(called[~percent & column.cells.map(_has_digit).astype(bool)])
    if not rows.any():
        return column
    cells = column.cells.mask(rows, column.cells.map(_number))
    detail = say("percentages in {name} read as the numbers before the sign: 85 % is 85", name=column.label)
    findings.note("inferred", "percentages", int(rows.sum()), detail, column=column.name)
    return replace(column, cells=cells)


def _number(cell: Cell) -> str:
    return as_text(cell).removesuffix(SIGN).rstrip()


def _is_percentage(cell: Cell) -> bool:
    return isinstance(cell, str) and as_text(cell).endswith(SIGN) and _has_digit(cell)


def _has_digit(cell: Cell) -> bool:
    return any(sign.isdigit() for sign in as_text(cell))
