"""The workbook's sheets in their order, its bytes, and its place beside the report."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.blocks import Callout
from kohtaamo_utils.presentation.section import Attachment, Section
from kohtaamo_utils.presentation.workbook import Book
from kohtaamo_utils.reports.roi.workbook import about, answer, calculation, inputs, scenarios, sources
from kohtaamo_utils.reports.roi.workbook.content import Content, content

if TYPE_CHECKING:
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.roi.case import RoiCase


def build(content: Content) -> bytes:
    """Return the workbook; the same content gives the same bytes.

    Parameters
    ----------
    content
        What the sheets are printed from.

    Raises
    ------
    ValueError
        The model holds a step that a workbook cannot say.
    """
    context = content.context
    client = context.engagement.settings.client
    title = context.t("Business case: {client}", client=client)
    book = Book(context.f, title, context.period.end if context.period else None, client, context.brand)
    for sheet in (answer, inputs, calculation, scenarios, sources, about):
        sheet.add(book, content)
    return book.content()


def with_workbook(context: Context, case: RoiCase, section: Section) -> Section:
    """Return a section that also carries the workbook, and says so by its name.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    case
        The business case.
    section
        The section on method.
    """
    settings = context.engagement.settings.roi
    if settings is None:
        return section
    file = Attachment(f"roi.{context.language}.xlsx", build(content(context, settings, case)))
    text = context.t(
        "The same calculation is in the Excel workbook {file}, which comes with this report: change an assumption there, and everything is computed anew.",
        file=file.name,
    )
    return replace(section, blocks=(Callout(text), *section.blocks), attachments=(file,))
