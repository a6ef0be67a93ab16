"""The sheet of assumptions with their sources: what is assumed, who says so, and how good the evidence is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.workbook import Book, Place, Sheet
from kohtaamo_utils.reports.roi.evidence import GRADES
from kohtaamo_utils.reports.roi.workbook.inputs import groups, unit_text
from kohtaamo_utils.reports.roi.workbook.labels import full_label

if TYPE_CHECKING:
    from kohtaamo_utils.reports.roi.workbook.content import Content
    from kohtaamo_utils.roi.steps import Input

_HEAD = 2
_LAST = 6


def add(book: Book, content: Content) -> None:
    """Add the sheet."""
    t = content.context.t
    sheet = book.sheet(t("Assumptions and sources"))
    sheet.widths(46, 17, 28, 36, 12, 44, 38)
    sheet.merged(Place(0, 0), _LAST, t("What is assumed, and on what evidence?"), "title")
    heads = (
        *(t("Assumption"), t("Value in use"), t("Unit"), t("Source"), t("Grade")),
        *(t("What the grade means"), t("Written decision")),
    )
    sheet.row(Place(_HEAD, 0), heads, "head")
    sheet.head(_HEAD)
    row = _HEAD + 1
    for _, parts in groups(content):
        for number, part in enumerate(parts, start=row):
            _assumption(sheet, content, number, part)
        row += len(parts)
    _grades(sheet, content, row + 1)


def _assumption(sheet: Sheet, content: Content, row: int, part: Input) -> None:
    t, note = content.context.t, content.notes[part.name]
    sheet.text(Place(row, 0), full_label(t, content.context.f, part), "label")
    decimals = 2 if part.unit in {"money", "share"} else None
    sheet.formula(Place(row, 1), content.names[part.name], content.values[part.name], "value", part.unit, decimals)
    meaning = t(GRADES[note.grade[0]]) if note.grade else ""
    sheet.row(Place(row, 2), (unit_text(content, part), note.source, note.grade, meaning, note.override), "cell")


def _grades(sheet: Sheet, content: Content, row: int) -> None:
    t = content.context.t
    sheet.text(Place(row, 0), t("What do the grades of evidence mean?"), "heading")
    texts = [t(text) for text in GRADES.values()]
    texts.append(t("Evidence of grade C, D or E is used only by a written decision, which is printed above."))
    texts.append(
        t(
            "Innovation and the value of the brand may benefit too, but they are not turned into money here: there is no evidence of the client's own for it."
        )
    )
    for number, text in enumerate(texts, start=row + 1):
        sheet.merged(Place(number, 0), _LAST, text, "text")
