"""The sheet of steps: every formula of the model with its numbers, years side by side."""

from __future__ import annotations

import math
from itertools import groupby
from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.workbook import Book, Place, Sheet
from kohtaamo_utils.reports.roi.workbook.labels import driver_label, family, label, unit_label
from kohtaamo_utils.roi.printing import excel

if TYPE_CHECKING:
    from kohtaamo_utils.reports.roi.workbook.content import Content
    from kohtaamo_utils.roi.steps import Step

_HEAD = 3
_NAME, _FORMULA, _UNIT, _VALUE, _FIRST_YEAR = 1, 2, 3, 4, 5


def add(book: Book, content: Content) -> None:
    """Add the sheet."""
    t, last = content.context.t, _FIRST_YEAR + content.horizon
    sheet = book.sheet(t("Calculation"))
    sheet.widths(44, 26, 50, 14, 14, *(13 for _ in range(content.horizon + 1)))
    sheet.merged(Place(0, 0), last, t("How the results follow from the inputs"), "title")
    note = t(
        "Each number has a name, and the formulas use the names. A yearly step shows its formula in the last year."
    )
    sheet.merged(Place(1, 0), last, note, "note")
    sheet.row(Place(_HEAD, 0), (t("Step"), t("Name in the formulas"), t("Formula"), t("Unit")), "head")
    years = [t("Year {n}", n=content.context.f.integer(year)) for year in range(content.horizon + 1)]
    sheet.row(Place(_HEAD, _VALUE), (t("Value"), *years), "head_number")
    sheet.head(_HEAD)
    printed = excel.step_formulas(content.model.steps, content.names)
    row = _HEAD + 1
    for driver, steps in groupby(content.model.steps, key=lambda step: step.driver):
        sheet.text(Place(row, 0), _heading(content, driver), "heading")
        sheet.height(row, 24)
        families = _families(list(steps))
        for number, members in enumerate(families.values(), start=row + 1):
            _family(sheet, content, number, members, printed)
        row += len(families) + 1


def _heading(content: Content, driver: str | None) -> str:
    t = content.context.t
    return t("Costs and valuation") if driver is None else driver_label(t, driver)


def _families(steps: list[Step]) -> dict[str, list[Step]]:
    """Return the steps that differ by their year only, together, in the order in which they first stand."""
    found: dict[str, list[Step]] = {}
    for step in steps:
        found.setdefault(family(step), []).append(step)
    return found


def _family(sheet: Sheet, content: Content, row: int, members: list[Step], printed: dict[str, str]) -> None:
    t, first, last = content.context.t, members[0], members[-1]
    total = family(first) in {"npv", "roi", "payback_years"}
    sheet.text(Place(row, 0), label(t, first), "strong_label" if total else "label")
    yearly = first.year is not None
    sheet.text(Place(row, _NAME), f"{family(first)}_…" if yearly else content.names[first.name], "code")
    sheet.text(Place(row, _FORMULA), excel.formula(last.expression, content.names), "code")
    sheet.text(Place(row, _UNIT), unit_label(t, content.context.f, first), "cell")
    filled = {_VALUE if step.year is None else _FIRST_YEAR + step.year: step for step in members}
    style = "strong" if total else "value"
    for column in range(_VALUE, _FIRST_YEAR + content.horizon + 1):
        step = filled.get(column)
        if step is None:
            sheet.text(Place(row, column), "", style)
            continue
        value = content.values[step.name]
        shown = "" if math.isnan(value) else value
        sheet.formula(
            Place(row, column), printed[step.name], shown, style, step.unit, _decimals(step), content.names[step.name]
        )


def _decimals(step: Step) -> int | None:
    return 2 if step.unit in {"count", "years"} else None
