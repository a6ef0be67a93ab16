"""The sheet of inputs: the only cells that a reader changes, each with its name, unit, range and source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.workbook import Book, Place, Sheet
from kohtaamo_utils.reports.roi.workbook.labels import driver_label, full_label, unit_label

if TYPE_CHECKING:
    from kohtaamo_utils.reports.roi.workbook.content import Content
    from kohtaamo_utils.roi.steps import Input

VALUE, LOW, HIGH = 1, 3, 4
_HEAD = 3
_LAST = 8
_LOWEST_SHARE, _HIGHEST_SHARE = -0.99, 10.0
_HIGHEST = 1e12


def add(book: Book, content: Content) -> None:
    """Add the sheet."""
    t = content.context.t
    sheet = book.sheet(t("Inputs"))
    sheet.widths(46, 18, 22, 11, 11, 36, 12, 36, 22)
    sheet.merged(Place(0, 0), _LAST, t("What the calculation is given"), "title")
    note = t(
        "Yellow cells can be changed. The results use the values; the ranges are used by the sheet {scenarios}.",
        scenarios=t("Scenarios"),
    )
    sheet.merged(Place(1, 0), _LAST, note, "note")
    heads = (
        *(t("Assumption"), t("Value (likely)"), t("Unit"), t("Low"), t("High"), t("Source"), t("Grade")),
        *(t("Written decision"), t("Name in the formulas")),
    )
    sheet.row(Place(_HEAD, 0), heads, "head")
    sheet.head(_HEAD)
    row = _HEAD + 1
    for heading, parts in groups(content):
        sheet.text(Place(row, 0), heading, "heading")
        sheet.height(row, 24)
        for number, part in enumerate(parts, start=row + 1):
            _input(sheet, content, number, part)
        row += len(parts) + 1


def groups(content: Content) -> list[tuple[str, list[Input]]]:
    """Return the inputs under their headings: of each driver, its effect first; then those of the programme itself."""
    t, by_name = content.context.t, {part.name: part for part in content.model.inputs}
    found = [
        (driver_label(t, driver), [by_name.pop(name) for name in names if name in by_name])
        for driver, names in content.drivers.items()
    ]
    return [*found, (t("Costs and discounting"), list(by_name.values()))]


def _input(sheet: Sheet, content: Content, row: int, part: Input) -> None:
    t, note = content.context.t, content.notes[part.name]
    sheet.text(Place(row, 0), full_label(t, content.context.f, part), "label")
    value = content.values[part.name]
    decimals = 2 if part.unit in {"money", "share"} else None
    sheet.number(Place(row, VALUE), value, "input", part.unit, decimals, content.names[part.name])
    sheet.text(Place(row, 2), unit_text(content, part), "cell")
    found = content.ranges.get(part.name)
    if found is None:
        sheet.row(Place(row, LOW), ("", ""), "cell")
        _plain_limits(sheet, content, Place(row, VALUE), part)
    else:
        sheet.number(Place(row, LOW), found.low, "input", part.unit, decimals, found.low_name)
        sheet.number(Place(row, HIGH), found.high, "input", part.unit, decimals, found.high_name)
        _range_limits(sheet, content, row)
    sheet.row(Place(row, 5), (note.source, note.grade, note.override), "cell")
    sheet.text(Place(row, _LAST), content.names[part.name], "code")


def unit_text(content: Content, part: Input) -> str:
    """Return what an input is counted in; of an effect also what it is added to or a share of."""
    t, points = content.context.t, content.notes[part.name].points
    if points is None:
        return unit_label(t, content.context.f, part)
    return t("percentage points (1% = one point)") if points else t("% of today's level")


def _plain_limits(sheet: Sheet, content: Content, place: Place, part: Input) -> None:
    """Refuse what cannot be: amounts below zero, shares out of all bounds; what stands there is always allowed."""
    t, f, value = content.context.t, content.context.f, content.values[part.name]
    low, high = (_LOWEST_SHARE, _HIGHEST_SHARE) if part.unit == "share" else (0.0, _HIGHEST)
    low, high = min(low, value), max(high, value)
    if part.unit == "share":
        text = t("Enter a number from {low} to {high}.", low=f.percent(low), high=f.percent(high))
    else:
        text = t("Enter a number from {low} up.", low=f.number(low, 0))
    sheet.limits(place, low, high, t("Not a possible value"), text)


def _range_limits(sheet: Sheet, content: Content, row: int) -> None:
    """Ask before a range is taken whose low, likely and high are not in order."""
    t = content.context.t
    title, text = t("Out of order"), t("Low, likely and high should not decrease. Use the value all the same?")
    low, value, high = Place(row, LOW), Place(row, VALUE), Place(row, HIGH)
    sheet.limits(value, f"={low}", f"={high}", title, text, strict=False)
    sheet.limits(low, _LOWEST_SHARE, f"={value}", title, text, strict=False)
    sheet.limits(high, f"={value}", _HIGHEST_SHARE, title, text, strict=False)
