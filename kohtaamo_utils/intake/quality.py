"""Answers that look careless: counted for the import log, never left out."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.layout import Layout, place_of
from kohtaamo_utils.intake.parse_numbers import parse_numbers
from kohtaamo_utils.tables import ELEMENTS, HEARD_ITEMS

if TYPE_CHECKING:
    import pandas as pd

    from kohtaamo_utils.intake.findings import Findings
    from kohtaamo_utils.intake.sheet import Sheet

FEWEST_ITEMS = 5
"""An equal answer to fewer items than this is no sign of carelessness."""
FAST = 1 / 3
"""A respondent who took less than this share of the median time is too fast."""


def straight_lines(frame: pd.DataFrame) -> int:
    """Count the respondents who gave the same score to every item they answered, five items or more.

    Examples
    --------
    >>> import pandas as pd
    >>> straight_lines(pd.DataFrame([[3, 3, 3, 3, 3], [3, 3, 3, 3, 4]], columns=list(ELEMENTS)))
    1
    """
    items = frame[[name for name in (*HEARD_ITEMS, *ELEMENTS) if name in frame.columns]]
    alike = (items.count(axis=1) >= FEWEST_ITEMS) & (items.max(axis=1) == items.min(axis=1))
    return int(alike.sum())


def flag_straight_lines(frame: pd.DataFrame, findings: Findings) -> None:
    """Log the respondents who answered in a straight line, if any."""
    count = straight_lines(frame)
    if count:
        findings.note(
            "flagged",
            "straight_lining",
            count,
            say("the same score to all of {n} or more items", n=FEWEST_ITEMS),
        )


def flag_too_fast(sheet: Sheet, layout: Layout, findings: Findings) -> None:
    """Log the respondents who took less than a third of the median time, if the tool gives the time."""
    place = None if layout.duration is None else place_of(sheet, layout.duration)
    if place is None:
        return
    seconds = np.array(
        [math.nan if value is None else value for value in parse_numbers(list(sheet.column(place))).found]
    )
    if not np.isfinite(seconds).any():
        return
    limit = float(np.nanmedian(seconds)) * FAST
    count = int((seconds < limit).sum())
    if count:
        findings.note(
            "flagged",
            "too_fast",
            count,
            say("answered in less than {limit} seconds, a third of the median", limit=round(limit)),
        )
