"""The first sheet: does it pay, how much, how soon; and the money by year with its chart."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.workbook import Book, Place, Sheet
from kohtaamo_utils.presentation.workbook.cash_flow import insert_chart
from kohtaamo_utils.presentation.workbook.draft import draft_line
from kohtaamo_utils.reports.roi.workbook.labels import driver_label, label

if TYPE_CHECKING:
    from kohtaamo_utils.reports.roi.workbook.content import Content

_BENEFIT = re.compile(r"benefit_(.+)_\d+")
_FIRST_YEAR = 1
"""Column of year 0."""


def add(book: Book, content: Content) -> None:
    """Add the sheet."""
    t = content.context.t
    sheet = book.sheet(t("Results"))
    last = max(content.horizon + _FIRST_YEAR, 4)
    sheet.widths(44, *(15 for _ in range(last)))
    sheet.merged(
        Place(0, 0), last, t("Business case: {client}", client=content.context.engagement.settings.client), "title"
    )
    note = t(
        "Everything here is computed from the sheet {inputs}: change a yellow cell there, and the results follow.",
        inputs=t("Inputs"),
    )
    sheet.merged(Place(1, 0), last, note, "note")
    sheet.merged(Place(2, 0), last, draft_line(content.context.language), "draft")
    _answers(sheet, content)
    head = 11
    rows = _years(sheet, content, head)
    sheet.keep_first_column()
    sheet.print_on_one_page()
    insert_chart(
        sheet,
        Place(rows[-1] + 2, 0),
        head,
        (_FIRST_YEAR, _FIRST_YEAR + content.horizon),
        rows[:-2],
        rows[-1],
        title=t("Benefits, costs and cumulative net by year"),
        alt=t(
            "Chart of the table above it: benefits stacked above zero, costs below it, and the cumulative net as a line."
        ),
    )


def _answers(sheet: Sheet, content: Content) -> None:
    t = content.context.t
    sheet.text(Place(3, 0), t("The answer"), "head")
    sheet.text(Place(3, 1), t("Value"), "head_number")
    missing = {"roi": t("none without costs"), "payback_years": t("not within the period")}
    for row, (name, unit, decimals) in enumerate(
        (
            ("npv", "money", 0),
            ("roi", "share", 0),
            ("payback_years", "years", 2),
            ("pv_benefits", "money", 0),
            ("pv_costs", "money", 0),
        ),
        start=4,
    ):
        text = label(t, content.parts[name]) + (f" ({t('years')})" if unit == "years" else "")
        sheet.text(Place(row, 0), text, "answer_label")
        sheet.height(row, 22)
        cell, value = content.names[name], content.values[name]
        other = missing.get(name, "")
        shown = other if math.isnan(value) else value
        formula = f'IF(ISNUMBER({cell}),{cell},"{other.replace(chr(34), chr(34) * 2)}")'
        sheet.formula(Place(row, 1), formula, shown, "answer", unit, decimals)


def _years(sheet: Sheet, content: Content, head: int) -> list[int]:
    """Write the money by year; return the rows of benefits, costs, net and cumulative net."""
    t = content.context.t
    years = range(content.horizon + 1)
    sheet.text(Place(head - 1, 0), t("Money by year, not discounted; year 0 is the start"), "heading")
    sheet.text(Place(head, 0), t("Item"), "head")
    for year in years:
        text = t("Year {n}", n=content.context.f.integer(year))
        sheet.text(Place(head, _FIRST_YEAR + year), text, "head_number")
    benefits = {f"benefit_{key}": driver_label(t, key) for key in _benefits(content)}
    names = [*benefits, "cost", "net", "cumulative"]
    rows = [head + 1 + number for number in range(len(names))]
    for row, name in zip(rows, names, strict=True):
        total = name in {"net", "cumulative"}
        sheet.text(
            Place(row, 0),
            benefits.get(name) or label(t, content.parts[f"{name}_1"]),
            "total_label" if total else "label",
        )
        for year in years:
            _amount(sheet, content, Place(row, _FIRST_YEAR + year), name, year)
    return rows


def _benefits(content: Content) -> list[str]:
    """Return whatever gives a benefit of its own in some year, in the model's order."""
    found = [match[1] for step in content.model.steps if (match := _BENEFIT.fullmatch(step.name))]
    return list(dict.fromkeys(found))


def _amount(sheet: Sheet, content: Content, place: Place, name: str, year: int) -> None:
    style = "total" if name in {"net", "cumulative"} else "value"
    step = f"{name}_{year}"
    if step not in content.names:
        sheet.number(place, 0, style, "money")
        return
    sign = "-" if name == "cost" else ""
    value = content.values[step]
    shown = "" if math.isnan(value) else (-value if sign else value) + 0.0
    sheet.formula(place, sign + content.names[step], shown, style, "money")
