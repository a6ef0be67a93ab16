"""The current-state report's frame: which tables it reads and which sections it has."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from kohtaamo_utils.engagement.actions import actions_of
from kohtaamo_utils.errors import SettingsError, say
from kohtaamo_utils.reports.context import Context, in_language
from kohtaamo_utils.reports.current_state.business_link import business_link
from kohtaamo_utils.reports.current_state.chain import chain
from kohtaamo_utils.reports.current_state.comments import comments
from kohtaamo_utils.reports.current_state.delay import delay
from kohtaamo_utils.reports.current_state.differences import differences
from kohtaamo_utils.reports.current_state.dimensions import dimensions
from kohtaamo_utils.reports.current_state.drivers import key_drivers
from kohtaamo_utils.reports.current_state.expectation import expectation
from kohtaamo_utils.reports.current_state.explained import Explanations, explain
from kohtaamo_utils.reports.current_state.headline import headline
from kohtaamo_utils.reports.current_state.journey import journey
from kohtaamo_utils.reports.current_state.mirror import mirror_gap
from kohtaamo_utils.reports.current_state.mystery import mystery_shopping
from kohtaamo_utils.reports.current_state.operations import operations
from kohtaamo_utils.reports.current_state.priorities import priorities
from kohtaamo_utils.reports.current_state.quality import data_quality
from kohtaamo_utils.reports.current_state.surveyed import survey_context, survey_of, with_sales
from kohtaamo_utils.reports.current_state.touchpoints import touchpoint_map
from kohtaamo_utils.reports.current_state.trend import trend
from kohtaamo_utils.reports.current_state.views import elements, measures_by_group
from kohtaamo_utils.reports.current_state.waves import waves
from kohtaamo_utils.reports.report import Report
from kohtaamo_utils.reports.survey_figures import figures_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kohtaamo_utils.presentation.section import Section
    from kohtaamo_utils.reports.survey import Survey


@in_language
def open_report(engagement: str, language: str = "", audience: str = "management") -> CurrentState:
    """Open the current-state report of an engagement.

    Parameters
    ----------
    engagement
        Engagement folder.
    language
        ``fi``, ``sv``, ``en``, or empty for the engagement's own.
    audience
        ``management``. The other audiences have templates of their own.

    Raises
    ------
    SettingsError
        The audience is another one.
    MissingDataError
        The engagement has no survey.
    """
    if audience != "management":
        raise SettingsError(
            say(
                "This template is for management, not for {audience}. Use templates/current_state_supervisor.ipynb or templates/current_state_employee.ipynb.",
                audience=repr(audience),
            )
        )
    context = with_sales(survey_context(engagement, language))
    return CurrentState(context, audience)


class CurrentState(Report):
    """How good the encounters are now, for one audience.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    audience
        Whom the report is for; its name in the file's name and in ``results.json``.
    """

    name = "current_state"
    template = "current_state.ipynb"

    def __init__(self, context: Context, audience: str) -> None:
        super().__init__(context)
        self.subject = audience

    @cached_property
    def survey(self) -> Survey:
        """The answers of the period."""
        return survey_of(self.context)

    @cached_property
    def explanations(self) -> Explanations:
        """What goes with customers' satisfaction and recommendation, worked out once."""
        return explain(self.survey)

    def facts(self) -> Iterable[tuple[str, str]]:
        """Return the cover's facts: period and how many answered."""
        yield from super().facts()
        yield self.t("Responses"), self._answered()

    def _answered(self) -> str:
        """Return how many answered, in the groups of which that may be told."""
        counts = [self.survey.responses(group) for group in self.survey.groups]
        told = [count.n for count in counts if count is not None]
        minimum = self.f.integer(self.survey.minimum)
        if told or not counts:
            return self.f.integer(sum(told))
        if len(counts) == 1:
            return self.t("fewer than {minimum}", minimum=minimum)
        return self.t("fewer than {minimum} of each group", minimum=minimum)

    def headline(self) -> Section:
        """Return the answer first."""
        return self._section("headline", lambda: headline(self.context, self.survey, self.explanations))

    def touchpoint_map(self) -> Section:
        """Return measure × touchpoint."""
        return self._section("touchpoints", lambda: touchpoint_map(self.context, self.survey))

    def journey(self) -> Section:
        """Return the journey's encounters from all sides, with the register."""
        return self._section("journey", lambda: journey(self.context, self.survey))

    def chain(self) -> Section:
        """Return the chain from the management to the customers."""
        return self._section("chain", lambda: chain(self.context, self.survey))

    def measures(self) -> Section:
        """Return the headline measures by respondent group."""
        return self._section("measures", lambda: measures_by_group(self.context, self.survey))

    def dimensions(self) -> Section:
        """Return the measures by their three dimensions, and what each does not tell."""
        return self._section("dimensions", lambda: dimensions(self.context, self.survey))

    def elements(self) -> Section:
        """Return the five elements, and being heard, understood and valued."""
        return self._section("elements", lambda: elements(self.context, self.survey))

    def differences(self) -> Section:
        """Return differences between channels, phases, units and segments."""
        return self._section("differences", lambda: differences(self.context, self.survey))

    def drivers(self) -> Section:
        """Return which elements go with satisfaction and recommendation."""
        return self._section("drivers", lambda: key_drivers(self.context, self.survey, self.explanations))

    def trend(self) -> Section:
        """Return the monthly trend."""
        return self._section("trend", lambda: trend(self.context, self.survey))

    def waves(self) -> Section:
        """Return the last round of each group against the one before."""
        return self._section("waves", lambda: waves(self.context, self.survey))

    def delay(self) -> Section:
        """Return what the delay from encounter to answer goes with."""
        return self._section("delay", lambda: delay(self.context, self.survey))

    def mirror_gap(self) -> Section:
        """Return staff's belief against customers' experience."""
        return self._section("mirror", lambda: mirror_gap(self.context, self.survey))

    def expectation(self) -> Section:
        """Return customers' expectation against their experience."""
        return self._section("expectation", lambda: expectation(self.context, self.survey))

    def comments(self) -> Section:
        """Return what people say in their own words."""
        return self._section("comments", lambda: comments(self.context, self.survey))

    def mystery_shopping(self) -> Section:
        """Return what mystery-shopping visits found."""
        return self._section("mystery", lambda: mystery_shopping(self.context))

    def operations(self) -> Section:
        """Return the operational figures."""
        return self._section("operations", lambda: operations(self.context))

    def business_link(self) -> Section:
        """Return encounter quality beside business figures by unit."""
        return self._section("business_link", lambda: business_link(self.context, self.survey))

    def priorities(self) -> Section:
        """Return strengths and development areas."""
        return self._section("priorities", self._priorities)

    def _priorities(self) -> Section:
        plan = actions_of(self.context.engagement)
        shown = tuple(figure for section in self._sections.values() for figure in section.figures)
        figures = shown if "headline" in self._sections else (*figures_of(self.survey), *shown)
        return priorities(self.context, self.survey, self.explanations, plan, figures)

    def data_quality(self) -> Section:
        """Return what came in, what was left out and why."""
        return self._section("quality", lambda: data_quality(self.context, self.survey, self._sections))
