"""The last sheet: whose the workbook is, what it was made from, how to use it, and what is not in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils import __version__
from kohtaamo_utils.presentation.workbook import Book, Place

if TYPE_CHECKING:
    from kohtaamo_utils.reports.roi.workbook.content import Content


def add(book: Book, content: Content) -> None:
    """Add the sheet."""
    context = content.context
    t, settings = context.t, context.engagement.settings
    sheet = book.sheet(t("About"))
    sheet.widths(26, 110)
    sheet.merged(Place(0, 0), 1, t("About this workbook"), "title")
    facts = [
        (t("Client"), settings.client),
        (t("Brand"), context.brand.name if context.brand else ""),
        (t("Period"), context.period_text()),
        (t("Currency"), settings.currency),
        (t("Years in the calculation"), context.f.integer(content.horizon)),
        (t("Made with"), f"Kohtaamo {__version__}"),
        (t("Fingerprint of the settings"), context.engagement.settings_sha256[:12]),
    ]
    told = [fact for fact in facts if fact[1]]
    for row, (name, value) in enumerate(told, start=2):
        sheet.text(Place(row, 0), name, "label")
        sheet.text(Place(row, 1), value, "cell")
    start = 3 + len(told)
    sheet.text(Place(start, 0), t("Notes"), "heading")
    for number, text in enumerate(_notes(content), start=start + 1):
        sheet.merged(Place(number, 0), 1, text, "text")
        sheet.height(number, 15 * (1 + len(text) // 125))


def _notes(content: Content) -> tuple[str, ...]:
    t = content.context.t
    return (
        t(
            "The workbook holds the same formulas as the report. While the inputs are as delivered, its numbers are the report's."
        ),
        t(
            "The yellow cells on the sheet {inputs} can be changed; all other cells are protected against slips, without a password.",
            inputs=t("Inputs"),
        ),
        t(
            "Cash flows fall at the end of their year; year 0 is not discounted. Payback is linear within a year and not discounted."
        ),
        t(
            "The simulation and the points at which the net present value is zero are not in the workbook: they are in the report."
        ),
        t("Money is without value added tax."),
    )
