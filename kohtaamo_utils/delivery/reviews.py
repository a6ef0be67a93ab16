"""The editions that today's 360 reports are, for the release ledger; and what to say of one that may not be released."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.editions import Edition, comments_of, edition_of
from kohtaamo_utils.disclosure.programme import items_of
from kohtaamo_utils.disclosure.review import publish, rules_of
from kohtaamo_utils.engagement.releases import day_of
from kohtaamo_utils.errors import Said, say
from kohtaamo_utils.measures.ratings import Catalogue, in_wave, latest_wave, score
from kohtaamo_utils.presentation.numbers import Numbers

if TYPE_CHECKING:
    import pandas as pd

    from kohtaamo_utils.disclosure.released import Refusal
    from kohtaamo_utils.engagement import EngagementSettings, Language


class ReviewEditions:
    """What each 360 report of an engagement would tell, if it were released as it is.

    Parameters
    ----------
    ratings
        Canonical ``ratings_360`` rows of all reviewees.
    settings
        Of the engagement.
    secret
        Key of the pseudonyms.
    """

    def __init__(self, ratings: pd.DataFrame, settings: EngagementSettings, secret: str) -> None:
        self._frames = {str(name): its for name, its in ratings.groupby("reviewee_id", sort=True)}
        self._ratings, self._settings, self._secret = ratings, settings, secret
        self._made: dict[str, Edition] = {}

    @cached_property
    def _items(self) -> Catalogue:
        return items_of(self._ratings)

    @cached_property
    def wave(self) -> str | None:
        """The programme's last wave: that of the group report."""
        return latest_wave(self._ratings)[0]

    def of(self, reviewee: str) -> Edition:
        """Return the edition that a reviewee's report is."""
        if reviewee not in self._made:
            review, frame = self._settings.review_360, self._frames[reviewee]
            scores = score(frame, min_item_share=review.min_item_share, scale=review.scale, items=self._items)
            publication = publish(scores, rules_of(self._settings.disclosure, review))
            comments = comments_of(in_wave(frame, scores.wave))
            self._made[reviewee] = edition_of(scores, publication, self._settings, comments, self._secret)
        return self._made[reviewee]

    def in_group(self) -> dict[str, Edition]:
        """Return the editions that the group report is made of: of everybody who was reviewed in the last wave."""
        every = {name: self.of(name) for name in self._frames}
        return {name: edition for name, edition in every.items() if edition.wave == self.wave}


def refusal_text(refusal: Refusal, language: Language) -> Said:
    """Return what to tell of an edition that may not be released, and what to do.

    It names no rater and no number of them but the threshold, so that the message itself tells nothing.
    """
    date, minimum = Numbers(language).date(day_of(refusal.released_at)), refusal.minimum
    if refusal.why == "settings":
        return say(
            "Beside the edition released on {date} it would tell of fewer than {minimum} protected raters, because thresholds, scoring or items are set otherwise. Set them as they were, or keep the released edition.",
            date=date,
            minimum=minimum,
        )
    if refusal.why == "figures":
        return say(
            "Beside the edition released on {date} a figure would tell of fewer than {minimum} protected raters: in each group none or at least {minimum} must have been added, removed or changed. Wait for more answers, or keep the released edition.",
            date=date,
            minimum=minimum,
        )
    if refusal.why == "spread":
        return say(
            "Beside the edition released on {date} the spread of the answers would tell of fewer than {minimum} protected raters: where both show it, none or at least {minimum} must have been added, removed or changed. Wait for more answers, or keep the released edition.",
            date=date,
            minimum=minimum,
        )
    if refusal.why == "extreme":
        return say(
            "Beside the edition released on {date} it would tell what single raters answered. Wait for more answers, or keep the released edition.",
            date=date,
        )
    if refusal.why == "comments":
        return say(
            "Between this edition and that released on {date} fewer than {minimum} of the protected raters who commented were added, removed or changed; none or at least {minimum} are needed. Wait for more answers, or keep the released edition.",
            date=date,
            minimum=minimum,
        )
    if refusal.why == "reviewees":
        return say(
            "Between this group report and that released on {date} fewer than {minimum} reviewees were added, removed or changed whose own reports are not released. Approve their own reports first, or keep the released group report.",
            date=date,
            minimum=minimum,
        )
    return say(
        "Between this edition and that released on {date} fewer than {minimum} protected raters were added, removed or changed; none or at least {minimum} are needed. Wait for more answers, or keep the released edition.",
        date=date,
        minimum=minimum,
    )
