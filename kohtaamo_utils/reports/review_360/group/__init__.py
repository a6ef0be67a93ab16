"""The report of the whole group: one module a section; never a name, nothing derivable about a person."""

from kohtaamo_utils.reports.review_360.group.report import GroupReview, open_group

__all__ = ["GroupReview", "open_group"]
