"""The report of the whole group: what it reads, and its sections."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure import programme
from kohtaamo_utils.errors import DataError
from kohtaamo_utils.measures.ratings import in_wave
from kohtaamo_utils.presentation.section import Section
from kohtaamo_utils.reports.context import in_language, open_context
from kohtaamo_utils.reports.import_quality import data_blocks
from kohtaamo_utils.reports.report import Report
from kohtaamo_utils.reports.review_360 import text_only
from kohtaamo_utils.reports.review_360.group.customers import customers
from kohtaamo_utils.reports.review_360.group.headline import headline, too_few
from kohtaamo_utils.reports.review_360.group.means import means
from kohtaamo_utils.reports.review_360.group.method import method
from kohtaamo_utils.reports.review_360.group.profile import GroupProfile
from kohtaamo_utils.reports.review_360.group.quadrants import self_and_others
from kohtaamo_utils.reports.review_360.group.ranking import ranking
from kohtaamo_utils.reports.review_360.group.reliability import reliability
from kohtaamo_utils.reports.review_360.person import open_ratings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kohtaamo_utils.reports.context import Context


@in_language
def open_group(engagement: str, language: str = "") -> GroupReview:
    """Open the group's report.

    The survey is read as well where there is one, for what customers say there. One that cannot be read as it is stops the
    current-state report, not this one.

    Parameters
    ----------
    engagement
        Engagement folder.
    language
        ``fi``, ``sv``, ``en``, or empty for the engagement's own.

    Raises
    ------
    SettingsError
        The review is in words only: a group's report is made of scores, and holds nobody's words.
    """
    try:
        context = open_context(engagement, language, ("ratings_360", "survey"))
    except DataError:
        context = open_ratings(engagement, language)
    there = "ratings_360" in context.dataset.tables
    return GroupReview(text_only.scored(context if there else open_ratings(engagement, language)))


class GroupReview(Report):
    """The 360 review of all reviewees together.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    """

    name = "review_360"
    tells_fingerprints = False
    template = "review_360_group.ipynb"
    subject = "group"

    def __init__(self, context: Context) -> None:
        super().__init__(context)

    @cached_property
    def group(self) -> GroupProfile | None:
        """What may be published; None with too few reviewees."""
        frame, settings = self.context.dataset.tables["ratings_360"], self.context.engagement.settings
        decided = programme.decide(frame, settings.disclosure, settings.review_360)
        if decided.group is None:
            return None
        wave = decided.group.wave
        reviews = tuple(review for review in decided.reviews.values() if review.wave == wave)
        return GroupProfile(self.context, decided.group, reviews, in_wave(frame, wave), programme.items_of(frame))

    def facts(self) -> Iterable[tuple[str, str]]:
        """Return the cover's facts: number of reviewees, and which wave."""
        if self.group is None:
            return
        yield self.t("Reviewees"), self.f.integer(self.group.publication.reviewees)
        if self.group.publication.wave:
            yield self.t("Wave"), self.group.publication.wave

    def headline(self) -> Section:
        """Return the answer first, or why there is no group report."""
        return self._section("headline", lambda: headline(self.group) if self.group else too_few(self.context))

    def profile(self) -> Section:
        """Return means and spread over reviewees by competency and rater group."""
        return self._of_group("profile", means)

    def ranking(self) -> Section:
        """Return the competencies in order, and which differences are larger than chance gives."""
        return self._of_group("ranking", ranking)

    def self_and_others(self) -> Section:
        """Return gaps and the shares of blind spots and the other quadrants."""
        return self._of_group("gaps", self_and_others)

    def customers(self) -> Section:
        """Return what customers say of the same in the survey."""
        return self._of_group("customers", customers)

    def reliability(self) -> Section:
        """Return how far raters tell reviewees apart, where it may be shown."""
        return self._of_group("reliability", reliability)

    def method(self) -> Section:
        """Return how the figures were made, and how people are protected."""
        return self._of_group("method", method)

    def data_quality(self) -> Section:
        """Return what came in and what was left out."""
        return self._section("quality", lambda: Section("quality", tuple(data_blocks(self.context))))

    def _of_group(self, key: str, make: Callable[[GroupProfile], Section]) -> Section:
        return self._section(key, lambda: make(self.group) if self.group else Section(key, ()))
