"""The sheet of scenarios: the whole calculation side by side, each column with assumptions of its own, all of it live."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.workbook import Book, Place, Sheet
from kohtaamo_utils.reports.roi.workbook.inputs import groups
from kohtaamo_utils.reports.roi.workbook.labels import full_label, label
from kohtaamo_utils.roi.printing.excel import step_formulas

if TYPE_CHECKING:
    from kohtaamo_utils.reports.roi.workbook.content import Column, Content
    from kohtaamo_utils.roi.steps import Input

HEAD = 3
ANSWERS = ("npv", "roi", "payback_years")
_DECIMALS = {"roi": 0, "payback_years": 2}


def add(book: Book, content: Content) -> None:
    """Add the sheet."""
    t, last = content.context.t, max(len(content.scenarios), 4)
    sheet = book.sheet(t("Scenarios"))
    sheet.widths(48, *(19 for _ in range(last)))
    sheet.merged(Place(0, 0), last, t("What if the assumptions do not hold?"), "title")
    note = t(
        "Each column is the whole calculation with other assumptions; low and high are those of the sheet {inputs}.",
        inputs=t("Inputs"),
    )
    sheet.merged(Place(1, 0), last, note, "note")
    sheet.text(Place(HEAD, 0), t("Scenario"), "head")
    sheet.row(Place(HEAD, 1), [column.label for column in content.scenarios], "head_number")
    sheet.height(HEAD, 32)
    sheet.head(HEAD)
    rows = rows_of(content)
    _labels(sheet, content, rows)
    for number, column in enumerate(content.scenarios, start=1):
        write_column(sheet, content, rows, number, column)


def rows_of(content: Content) -> dict[str, int]:
    """Return the row of each input and step; above them the answers, and a heading over each part."""
    start = HEAD + 1 + len(ANSWERS) + 1
    inputs = [part.name for _, parts in groups(content) for part in parts]
    rows = {name: start + number for number, name in enumerate(inputs)}
    after = start + len(inputs) + 1
    return rows | {step.name: after + number for number, step in enumerate(content.model.steps)}


def _labels(sheet: Sheet, content: Content, rows: dict[str, int]) -> None:
    t = content.context.t
    for row, name in enumerate(ANSWERS, start=HEAD + 1):
        text = label(t, content.parts[name]) + (f" ({t('years')})" if name == "payback_years" else "")
        sheet.text(Place(row, 0), text, "total_label")
    headings = ((content.model.inputs, t("Assumptions of the scenario")), (content.model.steps, t("Its calculation")))
    for parts, heading in headings:
        row = min(rows[part.name] for part in parts) - 1
        sheet.text(Place(row, 0), heading, "heading")
        sheet.height(row, 24)
    for name, part in content.parts.items():
        sheet.text(Place(rows[name], 0), full_label(t, content.context.f, part), "label")


def write_column(sheet: Sheet, content: Content, rows: dict[str, int], number: int, column: Column) -> None:
    """Write one scenario: its assumptions, every step over cells of its own column, and the answers on top.

    Parameters
    ----------
    sheet, content
        Where to write, and the model.
    rows
        Row of each input and step.
    number
        The sheet's column.
    column
        The scenario.
    """
    places = {name: Place(row, number) for name, row in rows.items()}
    for part in content.model.inputs:
        _source(sheet, places[part.name], part, column)
    printed = step_formulas(content.model.steps, {name: str(place) for name, place in places.items()})
    for step in content.model.steps:
        sheet.formula(places[step.name], printed[step.name], _shown(column, step.name), "value", step.unit)
    for row, name in enumerate(ANSWERS, start=HEAD + 1):
        unit = content.parts[name].unit
        dash = content.context.f.number(None)
        value = _shown(column, name)
        formula = f'IF(ISNUMBER({places[name]}),{places[name]},"{dash}")'
        shown = dash if value == "" else value
        sheet.formula(Place(row, number), formula, shown, "total", unit, _DECIMALS.get(name))


def _source(sheet: Sheet, place: Place, part: Input, column: Column) -> None:
    source = column.sources[part.name]
    decimals = 2 if part.unit in {"money", "share"} else None
    if isinstance(source, str):
        sheet.formula(place, source, _shown(column, part.name), "value", part.unit, decimals)
    else:
        sheet.number(place, source, "input", part.unit, decimals)


def _shown(column: Column, name: str) -> float | str:
    value = column.values[name]
    return "" if math.isnan(value) else value
