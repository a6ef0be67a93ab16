"""The last day on which something can have happened."""

from __future__ import annotations

import datetime as dt


def latest_day() -> dt.date:
    """Return that day: today, and tomorrow for what lies east of here.

    It decides what is refused and never what a report says: files that are read today are read alike on every later day.
    """
    return dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)
