"""A class of shares as text and as a hidden figure's reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kohtaamo_utils.disclosure.shares import ShareClass
    from kohtaamo_utils.reports.context import Context

_THIRDS = 3


def share_text(context: Context, found: ShareClass | None) -> str:
    """Return a class of shares as a reader sees it; a dash where there is none."""
    t, f = context.t, context.f
    if found is None:
        return f.number(None)
    if found.parts == _THIRDS:
        return (t("under 1/3"), t("1/3 to 2/3"), t("2/3 or more"))[found.place]
    if not found.place:
        return t("under {share}", share=f.percent(found.high))
    if found.place == found.parts - 1:
        return t("{share} or more", share=f.percent(found.low))
    return t("{low} to {high}", low=f.integer(100 * found.low), high=f.percent(found.high))


def share_reason(found: ShareClass) -> str:
    """Return a class as ``results.json`` gives it.

    Examples
    --------
    >>> from kohtaamo_utils.disclosure.shares import ShareClass
    >>> share_reason(ShareClass(1, 5))
    'shown as a band: 0.20 to 0.40'
    """
    return f"shown as a band: {found.low:.2f} to {found.high:.2f}"
