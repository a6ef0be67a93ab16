"""The report of one reviewee."""

from __future__ import annotations

from dataclasses import asdict
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kohtaamo_utils.disclosure import programme, review
from kohtaamo_utils.errors import MissingDataError, SettingsError, say
from kohtaamo_utils.measures.ratings import catalogue, in_wave
from kohtaamo_utils.reports.context import Context, in_language, open_context
from kohtaamo_utils.reports.report import Report
from kohtaamo_utils.reports.review_360 import text_only
from kohtaamo_utils.reports.review_360.agreement import agreement
from kohtaamo_utils.reports.review_360.change import change
from kohtaamo_utils.reports.review_360.comments import comments
from kohtaamo_utils.reports.review_360.competencies import competencies
from kohtaamo_utils.reports.review_360.extremes import extremes
from kohtaamo_utils.reports.review_360.gaps import self_and_others
from kohtaamo_utils.reports.review_360.headline import headline
from kohtaamo_utils.reports.review_360.items import items
from kohtaamo_utils.reports.review_360.method import method
from kohtaamo_utils.reports.review_360.plan import plan
from kohtaamo_utils.reports.review_360.profile import Profile
from kohtaamo_utils.reports.review_360.raters import raters
from kohtaamo_utils.reports.review_360.talk import talk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kohtaamo_utils.presentation.section import Section


def open_ratings(engagement: str, language: str) -> Context:
    """Open an engagement with its 360 ratings.

    Raises
    ------
    MissingDataError
        The engagement has no 360 ratings.
    """
    context = open_context(engagement, language, ("ratings_360",))
    if "ratings_360" not in context.dataset.tables:
        raise MissingDataError(
            say(
                "The 360 review needs the table `ratings_360`, and the engagement has none. Add it under `sources` in engagement.yaml."
            )
        )
    return context


@in_language
def open_person(engagement: str, reviewee: str, language: str = "") -> PersonReview:
    """Open one reviewee's report.

    Parameters
    ----------
    engagement
        Engagement folder.
    reviewee
        The reviewee's id.
    language
        ``fi``, ``sv``, ``en``, or empty for the engagement's own.

    Raises
    ------
    SettingsError
        Nobody of that id was rated.
    """
    context = open_ratings(engagement, language)
    if reviewee not in rows_of(context):
        raise SettingsError(
            say(
                "There are no ratings of a reviewee with the id {reviewee}. Give an id from the column `reviewee_id`.",
                reviewee=repr(reviewee),
            )
        )
    return PersonReview(context, reviewee)


def rows_of(context: Context) -> dict[str, Any]:
    """Return the positions of each reviewee's rows of ``ratings_360``; looked for once in a batch."""
    frame = context.dataset.tables["ratings_360"]
    found: Any = context.dataset.once("reviewees_360", lambda: frame.groupby("reviewee_id", sort=False).indices)
    return dict(found)


class PersonReview(Report):
    """One reviewee's 360 review.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    reviewee
        The reviewee's id.
    """

    name = "review_360"
    tells_fingerprints = False
    template = "review_360.ipynb"

    def __init__(self, context: Context, reviewee: str) -> None:
        super().__init__(context)
        self.subject: str = reviewee

    @cached_property
    def profile(self) -> Profile:
        """What may be published of the reviewee."""
        frame, settings = self.context.dataset.tables["ratings_360"], self.context.engagement.settings
        own = frame.iloc[rows_of(self.context)[self.subject]]
        items = self.context.dataset.once("items_360", lambda: programme.items_of(frame))
        publication = review.decide(own, settings.disclosure, settings.review_360, items)
        return Profile(self.context, publication, own, dict(catalogue(in_wave(own, publication.wave))), items)

    def facts(self) -> Iterable[tuple[str, str]]:
        """Return the cover's facts: who, and which wave."""
        frame = self.profile.frame
        names = frame["reviewee_name"].dropna().tolist() if "reviewee_name" in frame.columns else []
        yield self.t("Reviewee"), str(names[0] if names else self.subject)
        if self.profile.publication.wave:
            yield self.t("Wave"), self.profile.publication.wave

    def decisions(self) -> Iterable[Mapping[str, str]]:
        """Return why something is not shown as it is, for the consultant's log."""
        return map(asdict, self.profile.publication.decisions)

    def _section(self, key: str, make: Callable[[], Section]) -> Section:
        return super()._section(key, text_only.instead(self.context, key, make))

    def headline(self) -> Section:
        """Return the answer first."""
        return self._section("headline", lambda: headline(self.profile))

    def raters(self) -> Section:
        """Return how many rated."""
        return self._section("raters", lambda: raters(self.profile))

    def competencies(self) -> Section:
        """Return the competency profile."""
        return self._section("competencies", lambda: competencies(self.profile))

    def self_and_others(self) -> Section:
        """Return quadrants and gaps."""
        return self._section("gaps", lambda: self_and_others(self.profile))

    def extremes(self) -> Section:
        """Return the questions that stand out."""
        return self._section("extremes", lambda: extremes(self.profile))

    def agreement(self) -> Section:
        """Return the raters' agreement where it may be shown, and how many raters would be needed."""
        return self._section("agreement", lambda: agreement(self.profile))

    def change(self) -> Section:
        """Return the comparison with the wave before."""
        return self._section("change", lambda: change(self.profile))

    def items(self) -> Section:
        """Return the item detail."""
        return self._section("items", lambda: items(self.profile))

    def comments(self) -> Section:
        """Return what the raters say in their own words, as far as it may be shown."""
        return self._section("comments", lambda: comments(self.profile))

    def plan(self) -> Section:
        """Return the development plan."""
        return self._section("plan", lambda: plan(self.profile))

    def talk(self) -> Section:
        """Return the guide for going through the report together."""
        return self._section("talk", lambda: talk(self.profile))

    def method(self) -> Section:
        """Return how the figures were made."""
        return self._section("method", lambda: method(self.profile))
