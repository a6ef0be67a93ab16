"""A review in words only (``review_360: {scores: false}``): what the report then says, and what it leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.errors import SettingsError, say
from kohtaamo_utils.presentation.blocks import Lead
from kohtaamo_utils.presentation.section import Section

if TYPE_CHECKING:
    from collections.abc import Callable

    from kohtaamo_utils.reports.context import Context

STAYS = frozenset({"raters", "comments", "plan", "talk"})
"""Sections that do not speak of scores. Every other one, also one that is yet to be written, is left out."""


def instead(context: Context, key: str, make: Callable[[], Section]) -> Callable[[], Section]:
    """Return how a section of a person's report is made: as ever, or for a review in words only.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    key
        The section's id.
    make
        Makes the section with scores.
    """
    if context.engagement.settings.review_360.scores or key in STAYS:
        return make
    return (lambda: _headline(context)) if key == "headline" else (lambda: Section(key, ()))


def _headline(context: Context) -> Section:
    text = context.t(
        "This report has no scores. It gives what those who know your work say in their own words: something to think over and to talk about, not a grade."
    )
    return Section("headline", (Lead(text),))


def scored(context: Context) -> Context:
    """Return the context of a review with scores.

    Raises
    ------
    SettingsError
        The review is in words only.
    """
    if context.engagement.settings.review_360.scores:
        return context
    raise SettingsError(
        say(
            "The group's 360 report is made of scores, and the setting `scores` under `review_360` is false. Comments are for the person whom they are about, so no group report is made. Remove the setting if you want one."
        )
    )
