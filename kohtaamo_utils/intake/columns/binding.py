"""A file's columns as canonical ones: the raw cells of what `mapping` chose."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.columns.date_parts import date_of
from kohtaamo_utils.intake.columns.mapping import Chosen, choose
from kohtaamo_utils.intake.columns.stated_unit import check_units
from kohtaamo_utils.intake.sheets.bound import Bound, bound_at
from kohtaamo_utils.intake.sheets.broken_cells import broken_in
from kohtaamo_utils.intake.sheets.wrong_cells import report
from kohtaamo_utils.intake.values.cells import Cells, cell_of, distinct, is_blank
from kohtaamo_utils.intake.values.currencies import bare_amount
from kohtaamo_utils.intake.values.parse_numbers import parse_numbers

if TYPE_CHECKING:
    from kohtaamo_utils.engagement import Source
    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.sheets.elsewhere import Texts
    from kohtaamo_utils.intake.sheets.sheet import Sheet
    from kohtaamo_utils.tables import Table


def bind(
    table: Table,
    source: Source,
    sheet: Sheet,
    findings: Findings,
    own: dict[str, str] | None = None,
    currency: str = "",
) -> dict[str, Bound]:
    """Return the canonical columns that a file gives, in the table's order.

    Parameters
    ----------
    table, source, sheet, findings, own
        As in `mapping.choose`.
    currency
        The engagement's, for amounts that have it beside them or in their heading.
    """
    chosen = choose(table, source, sheet, findings, own)
    check_units(chosen, sheet, currency, findings)
    return {name: _bound(name, one, source, sheet, findings, currency) for name, one in chosen.items()}


def _bound(name: str, chosen: Chosen, source: Source, sheet: Sheet, findings: Findings, currency: str) -> Bound:
    if chosen.place is not None:
        return bound_at(name, chosen.place, sheet)
    if chosen.factors:
        return Bound(name, chosen.label, _product(chosen, source, sheet, findings, currency))
    if chosen.parts:
        return Bound(name, chosen.label, _date(chosen, sheet, name, findings), heading=chosen.label)
    index = sheet.cells.index
    if chosen.constant:
        cells = pd.Series([cell_of(source.constants[name])] * len(index), index=index, dtype=object)
        return Bound(name, chosen.label, cells, constant=True)
    return Bound(name, chosen.label, pd.Series(index, index=index, dtype=object))


def _date(chosen: Chosen, sheet: Sheet, name: str, findings: Findings) -> Cells:
    """Put years, months and days together; a row that has none of the file's parts has no date."""
    index = sheet.cells.index
    columns = [sheet.column(place).tolist() for place, _ in chosen.parts if place is not None]
    years = [int(number) for place, number in chosen.parts if place is None]
    made = {
        cells: date_of([*years, *cells]) if any(not is_blank(cell) for cell in cells) else ""
        for cells in set(zip(*columns, strict=True))
    }
    findings.note(
        "inferred",
        "date_parts",
        1,
        say("{name} put together from {columns}", name=name, columns=chosen.label),
        column=name,
    )
    return pd.Series([made[cells] for cells in zip(*columns, strict=True)], index=index, dtype=object)


def _product(chosen: Chosen, source: Source, sheet: Sheet, findings: Findings, currency: str) -> Cells:
    """Multiply columns and numbers; the result is empty where a factor is."""
    total = pd.Series(1.0, index=sheet.cells.index)
    for place, number in chosen.factors:
        if place is None:
            total *= number
            continue
        elsewhere = sheet.elsewhere.factors.get(place, ())
        total *= numbers_of(sheet.column(place), sheet.names[place], source, findings, currency, elsewhere)
    return total.astype(object).map(cell_of)


def numbers_of(
    column: Cells, label: str, source: Source, findings: Findings, currency: str, elsewhere: Texts = ()
) -> pd.Series[float]:
    """Return a column as numbers, without a number where a cell is none; what cannot be read is a problem.

    Parameters
    ----------
    column
        Its raw cells.
    label
        What the file calls it.
    source
        The source's block: its decimal mark.
    findings
        Takes the problems.
    currency
        The engagement's, for amounts that have it beside them.
    elsewhere
        What decides with the cells, where these are only some of the file's.
    """
    codes, cells = distinct(column)
    broken = broken_in(cells)
    whole = ["" if place in broken else bare_amount(cell, currency) for place, cell in enumerate(cells)]
    parsed = parse_numbers(whole, source.decimal, elsewhere)
    parsed = replace(parsed, wrong=parsed.wrong | broken)
    report(parsed, column, label, say("a number"), findings)
    values = [math.nan if value is None else value for value in parsed.found]
    return pd.Series([values[code] for code in codes], index=column.index, dtype="float64")
