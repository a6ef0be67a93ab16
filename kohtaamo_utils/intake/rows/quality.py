"""Answers that look careless: counted for the import log, and left out only where the settings ask for it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.tools.layout import Layout, place_of
from kohtaamo_utils.intake.values.parse_numbers import parse_numbers
from kohtaamo_utils.tables import ELEMENTS, HEARD_ITEMS

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from kohtaamo_utils.engagement import Source
    from kohtaamo_utils.engagement.settings import Careless
    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.sheets.sheet import Sheet

FEWEST_ITEMS = 5
"""An equal answer to fewer items than this is no sign of carelessness."""
FAST = 1 / 3
"""A respondent who took less than this share of the median time is too fast."""


def straight_lines(frame: pd.DataFrame) -> NDArray[np.bool_]:
    """Tell which respondents gave the same score to every item they answered, five items or more.

    Examples
    --------
    >>> import pandas as pd
    >>> straight_lines(pd.DataFrame([[3, 3, 3, 3, 3], [3, 3, 3, 3, 4]], columns=list(ELEMENTS)))
    array([ True, False])
    """
    items = frame[[name for name in (*HEARD_ITEMS, *ELEMENTS) if name in frame.columns]]
    alike = (items.count(axis=1) >= FEWEST_ITEMS) & (items.max(axis=1) == items.min(axis=1))
    return alike.to_numpy(dtype=bool)


def judge_straight_lines(frame: pd.DataFrame, source: Source, findings: Findings) -> pd.DataFrame:
    """Log the respondents who answered in a straight line; return the rows without them if the source asks for it."""
    detail = say("the same score to all of {n} or more items", n=FEWEST_ITEMS)
    return frame.loc[_kept("straight_lining", straight_lines(frame), detail, source, findings)]


def judge_too_fast(sheet: Sheet, layout: Layout, source: Source, findings: Findings) -> Sheet:
    """Log the respondents who took less than a third of the median time, if the tool gives the time.

    Returns
    -------
    Sheet
        Without them if the source asks for it.
    """
    place = None if layout.duration is None else place_of(sheet, layout.duration)
    if place is None:
        return sheet
    seconds = np.array(
        [math.nan if value is None else value for value in parse_numbers(list(sheet.column(place))).found]
    )
    if not np.isfinite(seconds).any():
        return sheet
    limit = float(np.nanmedian(seconds)) * FAST
    detail = say("answered in less than {limit} seconds, a third of the median", limit=round(limit))
    return sheet.without(~_kept("too_fast", seconds < limit, detail, source, findings))


def _kept(
    sign: Careless, rows: NDArray[np.bool_], detail: str, source: Source, findings: Findings
) -> NDArray[np.bool_]:
    """Log the careless rows, if any, and return which rows stay."""
    out = sign in source.exclude_flagged
    count = int(rows.sum())
    if count:
        findings.note(sign if out else "flagged", sign, count, detail)
    return ~rows if out else np.ones(len(rows), dtype=bool)
