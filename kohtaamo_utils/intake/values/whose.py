"""Roles that are said with "my": whose manager somebody is, is not always told by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.values.parsed import Wrong

if TYPE_CHECKING:
    from collections.abc import Mapping

EITHER_WAY = frozenset({"manager", "report"})
"""Roles of which "my" says nothing: a rater's own manager is rated by a report."""
_MY = {"ni": "", "seni": "nen", "heni": "s", "kaani": "as"}
"""How Finnish words end with "my", and without it."""


def said_with_my(text: str, words: Mapping[str, str]) -> str | None:
    """Return the choice that is said with "my"; None where nothing is.

    Examples
    --------
    >>> said_with_my("alaiseni", {"alainen": "report"}), said_with_my("alainen", {"alainen": "report"})
    ('report', None)
    """
    bent = [text.removesuffix(end) + plain for end, plain in _MY.items() if text.endswith(end)]
    forms = (*bent, text.removeprefix("min "), text.removeprefix("my "))
    return next((words[form] for form in forms if form != text and form in words), None)


def whose(text: str, words: Mapping[str, str]) -> Wrong | None:
    """Refuse a role that is said with "my": read the wrong way round, reports would be shown as managers are."""
    if said_with_my(text, words) not in EITHER_WAY:
        return None
    message = say("This does not say who is whose: is the rater the manager, or the one who is rated?")
    return Wrong(
        "whose", message, say("Write what the rater is to the one who is rated, without “my”: manager or report.")
    )
