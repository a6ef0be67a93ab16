"""The employee's report: short, in the second person, without units and without tables in front."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from kohtaamo_utils.reports.context import in_language
from kohtaamo_utils.reports.current_state.employee.basis import basis
from kohtaamo_utils.reports.current_state.employee.met import met
from kohtaamo_utils.reports.current_state.employee.tries import tries
from kohtaamo_utils.reports.current_state.employee.valued import thanked, wished
from kohtaamo_utils.reports.current_state.surveyed import survey_context, survey_of
from kohtaamo_utils.reports.report import Report

if TYPE_CHECKING:
    from kohtaamo_utils.presentation.section import Section
    from kohtaamo_utils.reports.survey import Survey


@in_language
def open_employee(engagement: str, language: str = "") -> Employee:
    """Open the current-state report for the client's employees.

    Parameters
    ----------
    engagement
        Engagement folder.
    language
        ``fi``, ``sv``, ``en``, or empty for the engagement's own.

    Raises
    ------
    MissingDataError
        The engagement has no survey.
    """
    return Employee(survey_context(engagement, language))


class Employee(Report):
    """What customers value in an encounter, and what one can do oneself."""

    name = "current_state"
    template = "current_state_employee.ipynb"
    subject = "employee"

    @cached_property
    def survey(self) -> Survey:
        """The answers of the period."""
        return survey_of(self.context)

    def thanked(self) -> Section:
        """Return what customers are glad of: the answer first."""
        return self._section("thanked", lambda: thanked(self.context, self.survey))

    def wished(self) -> Section:
        """Return what customers wish more of."""
        return self._section("wished", lambda: wished(self.context, self.survey))

    def met(self) -> Section:
        """Return how employees are met themselves, and where they see things otherwise than customers."""
        return self._section("met", lambda: met(self.context, self.survey))

    def tries(self) -> Section:
        """Return three things to try."""
        return self._section("tries", lambda: tries(self.context, self.survey))

    def basis(self) -> Section:
        """Return the figures behind the sentences, folded."""
        return self._section("basis", lambda: basis(self.context, self.survey, self._sections))
