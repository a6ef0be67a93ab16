"""The supervisor's report: whose it is, which sections it has, and what of its results is the unit's own."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import MissingDataError, say
from kohtaamo_utils.reports.context import Context, in_language
from kohtaamo_utils.reports.current_state.own_unit import OwnUnit
from kohtaamo_utils.reports.current_state.supervisor.basis import basis
from kohtaamo_utils.reports.current_state.supervisor.beside import beside_others
from kohtaamo_utils.reports.current_state.supervisor.customers import customers
from kohtaamo_utils.reports.current_state.supervisor.encounters import encounters
from kohtaamo_utils.reports.current_state.supervisor.gaps import gaps
from kohtaamo_utils.reports.current_state.supervisor.months import months
from kohtaamo_utils.reports.current_state.supervisor.talk import talk
from kohtaamo_utils.reports.current_state.supervisor.team import team
from kohtaamo_utils.reports.current_state.surveyed import survey_context, survey_of
from kohtaamo_utils.reports.current_state.units import units_of
from kohtaamo_utils.reports.report import Report

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kohtaamo_utils.presentation.section import Results, Section
    from kohtaamo_utils.reports.survey import Survey


@in_language
def open_supervisor(engagement: str, language: str = "", unit: str = "") -> Supervisor:
    """Open the current-state report of one unit, for its supervisor.

    Parameters
    ----------
    engagement
        Engagement folder.
    language
        ``fi``, ``sv``, ``en``, or empty for the engagement's own.
    unit
        The unit, as the data call it; empty for everybody together, where no unit may be shown by itself.

    Raises
    ------
    MissingDataError
        The engagement has no survey, or no answers of the unit that may be shown.
    """
    context = survey_context(engagement, language)
    if unit:
        units = units_of(survey_of(context))
        if unit in units.hidden:
            raise MissingDataError(
                say(
                    "The unit {unit} has no report of its own, because fewer than {minimum} answers are of it, or so few would be given away beside the other reports.",
                    unit=repr(unit),
                    minimum=context.engagement.settings.disclosure.minimum_respondents,
                )
            )
        if unit not in units.shown:
            raise MissingDataError(
                say(
                    "The survey has no unit called {unit}. Its units: {units}.",
                    unit=repr(unit),
                    units=", ".join(units.shown) or "–",
                )
            )
    return Supervisor(context, unit)


class Supervisor(Report):
    """What customers and the team say of one unit, beside all the other units together.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    unit
        The unit; empty for everybody together.
    """

    name = "current_state"
    template = "current_state_supervisor.ipynb"

    def __init__(self, context: Context, unit: str) -> None:
        super().__init__(context)
        self.subject = f"supervisor/{unit}" if unit else "supervisor"
        self.own = OwnUnit(self.survey, unit)

    @cached_property
    def survey(self) -> Survey:
        """The answers of the period, of all units."""
        return survey_of(self.context)

    def facts(self) -> Iterable[tuple[str, str]]:
        """Return the cover's facts: the unit and the period."""
        if self.own.name:
            yield self.t("Unit"), self.own.name
        yield from super().facts()

    def results(self) -> Results:
        """Return the figures of the sections that were shown, and of what is hidden what concerns the unit."""
        return replace(super().results(), hidden=self.own.hidden)

    def customers(self) -> Section:
        """Return what the unit's customers say: the answer first."""
        return self._section("customers", lambda: customers(self.context, self.own))

    def beside_others(self) -> Section:
        """Return the unit's measures beside those of all the other units."""
        return self._section("beside", lambda: beside_others(self.context, self.own))

    def encounters(self) -> Section:
        """Return the unit's touchpoints."""
        return self._section("encounters", lambda: encounters(self.context, self.own))

    def team(self) -> Section:
        """Return what the team says of its work and of how it is met."""
        return self._section("team", lambda: team(self.context, self.own))

    def gaps(self) -> Section:
        """Return what the team believes against what the unit's customers say."""
        return self._section("gaps", lambda: gaps(self.context, self.own))

    def months(self) -> Section:
        """Return the unit's months."""
        return self._section("months", lambda: months(self.context, self.own))

    def talk(self) -> Section:
        """Return what to talk about in the team, with questions."""
        return self._section("talk", lambda: talk(self.context, self.own))

    def basis(self) -> Section:
        """Return what the figures rest on, what is not shown and what is missing."""
        return self._section("basis", lambda: basis(self.context, self.own, self._sections))
