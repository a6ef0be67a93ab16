"""Whether what is read as months are weeks, quarters or the like: 5/2025 may be any of them, and so may a 5 beside 2025."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.sheets.bound import Bound

OTHER = re.compile(
    r"(?<![^\W_])(?:viiko\w*|viikko\w*|vko|vk|vecko\w*|vecka\w*|veckor\w*|weeks?|wk"
    r"|\w*kvartaali\w*|\w*kvartal\w*|quarters?|qtr|\w*neljännes\w*|q[1-4]?"
    r"|tertiaali\w*|tertial\w*|trimest\w*|puolivuo\w*|halvår\w*|half[ -]?years?)(?![^\W_])",
    re.IGNORECASE,
)
"""Words for weeks, quarters and longer parts of a year."""
MONTHS = re.compile(r"kuukau|(?<![^\W_])kk(?![^\W_])|månad|month", re.IGNORECASE)


def check_longer_periods(bound: Mapping[str, Bound], findings: Findings) -> None:
    """Record a problem where the heading of the months speaks of other parts of a year, and not of months.

    Parameters
    ----------
    bound
        Canonical columns' raw cells.
    findings
        Takes the problem.
    """
    month = bound.get("month")
    if month is None or not OTHER.search(month.heading) or MONTHS.search(month.heading):
        return
    findings.problem(
        "not_months",
        say("The heading speaks of weeks, quarters or other parts of a year: 5/2025 would be read as May."),
        expected=say("a month or a date in it"),
        advice=say(
            "Sum the figures to months in the file, or name its column of months; if the heading is wrong, correct it."
        ),
        column=month.label,
    )
