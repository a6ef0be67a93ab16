"""The 360 review: one report for each reviewee and one for the group, with nobody to be identified in either."""

from kohtaamo_utils.reports.review_360.group import GroupReview, open_group
from kohtaamo_utils.reports.review_360.person import PersonReview, open_person

__all__ = ["GroupReview", "PersonReview", "open_group", "open_person"]
