"""How every audience's report gets the survey: the same tables, the same answers of the period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.errors import DataError, MissingDataError, say
from kohtaamo_utils.reports.context import Context, open_context
from kohtaamo_utils.reports.survey import STAFF, Survey
from kohtaamo_utils.tables import RESPONDENT_GROUPS

if TYPE_CHECKING:
    import pandas as pd

    from kohtaamo_utils.engagement import TableName
    from kohtaamo_utils.engagement.settings import EngagementSettings, Period

TABLES: tuple[TableName, ...] = ("survey", "mystery_shopping", "operations", "observations")
BESIDE: tuple[TableName, ...] = ("customers", "employees")
"""Tables that one section sets beside the answers; where they cannot be read, the report is made without it."""


def survey_context(engagement: str, language: str) -> Context:
    """Open an engagement that has a survey.

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
    try:
        context = open_context(engagement, language, (*TABLES, *BESIDE))
    except DataError:
        context = open_context(engagement, language, TABLES)
    if "survey" not in context.dataset.tables:
        raise MissingDataError(
            say(
                "The current-state report needs the table `survey`, and the engagement has none. Add it under `sources` in engagement.yaml."
            )
        )
    return context


def survey_of(context: Context) -> Survey:
    """Return the answers of the period, with the settings' thresholds and weights."""
    frame: pd.DataFrame = context.dataset.tables["survey"]
    settings = context.engagement.settings
    return survey_in(settings, frame, context.period)


def survey_in(settings: EngagementSettings, frame: pd.DataFrame, period: Period | None) -> Survey:
    """Return some answers with the settings' thresholds and weights.

    Parameters
    ----------
    settings
        The engagement's.
    frame
        Canonical ``survey``.
    period
        Which answers count; None for all.
    """
    limits = settings.disclosure
    protected = RESPONDENT_GROUPS if limits.alike == "everyone" else STAFF
    return Survey(frame, period, limits.minimum_respondents, settings.weighting, protected)
