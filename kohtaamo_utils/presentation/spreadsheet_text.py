"""Text for a cell of a spreadsheet that stays text, whatever a client has written."""

from __future__ import annotations

import re

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
LONGEST = 32767
"""Characters that Excel takes in one cell."""


def plain_text(value: str) -> str:
    r"""Return a text that no spreadsheet takes for a formula, now or after being copied or saved as CSV.

    An apostrophe is put before a text that begins as a formula does; control characters are left out.

    Parameters
    ----------
    value
        Any text.

    Examples
    --------
    >>> plain_text("=HYPERLINK(A1)"), plain_text("Pilot 2025"), plain_text("\t-1")
    ("'=HYPERLINK(A1)", 'Pilot 2025', "'\t-1")
    """
    visible = _CONTROL.sub("", value)
    risky = visible.startswith(_STARTS_A_FORMULA) or visible.lstrip().startswith(_STARTS_A_FORMULA)
    return (f"'{visible}" if risky else visible)[:LONGEST]
