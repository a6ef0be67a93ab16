"""Text for a cell of a spreadsheet that stays text, whatever a client has written."""

from __future__ import annotations

from kohtaamo_utils.visible import visible

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
LONGEST = 32767
"""Characters that Excel takes in one cell; it counts one beyond U+FFFF as two."""


def plain_text(value: str) -> str:
    r"""Return a text that no spreadsheet takes for a formula, now or after being copied or saved as CSV.

    An apostrophe is put before a text that begins as a formula does; signs that nobody sees are left out.

    Parameters
    ----------
    value
        Any text.

    Examples
    --------
    >>> plain_text("=HYPERLINK(A1)"), plain_text("Pilot 2025"), plain_text("\t-1")
    ("'=HYPERLINK(A1)", 'Pilot 2025', "'\t-1")
    """
    plain = visible(value)
    risky = plain.startswith(_STARTS_A_FORMULA) or plain.lstrip().startswith(_STARTS_A_FORMULA)
    text = f"'{plain}" if risky else plain
    if len(text) <= LONGEST // 2:
        return text
    return text.encode("utf-16-le")[: 2 * LONGEST].decode("utf-16-le", errors="ignore")
