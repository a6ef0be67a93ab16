"""The business case as an Excel workbook that calculates: the client can put in numbers of his own."""

from kohtaamo_utils.reports.roi.workbook.build import build, with_workbook
from kohtaamo_utils.reports.roi.workbook.content import Content, content

__all__ = ["Content", "build", "content", "with_workbook"]
