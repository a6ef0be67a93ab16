"""What an Excel workbook is made of: sheets, styles, number formats and a chart, without knowing what they tell."""

from kohtaamo_utils.presentation.workbook.book import Book, Place, Sheet

__all__ = ["Book", "Place", "Sheet"]
