"""How every audience's report gets the survey: the same tables, the same answers of the period."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.beside_released import late
from kohtaamo_utils.disclosure.survey_editions import Earlier, Lines, earlier_editions
from kohtaamo_utils.engagement import TableName  # noqa: TC001 - annotates a constant
from kohtaamo_utils.engagement.releases import NOTHING_RELEASED, read_releases
from kohtaamo_utils.errors import DataError, MissingDataError, say
from kohtaamo_utils.intake import read, recalled
from kohtaamo_utils.intake.beside import says_unit
from kohtaamo_utils.intake.notes.log import ImportLog
from kohtaamo_utils.reports.answers import within
from kohtaamo_utils.reports.context import Context, open_context
from kohtaamo_utils.reports.survey import STAFF, Survey
from kohtaamo_utils.tables import RESPONDENT_GROUPS

if TYPE_CHECKING:
    import pandas as pd

    from kohtaamo_utils.engagement import Engagement

TABLES: tuple[TableName, ...] = ("survey", "mystery_shopping", "operations", "observations")
BESIDE: tuple[TableName, ...] = ("customers", "employees")
"""Tables that one section sets beside the answers; where they cannot be read, the report is made without it."""
SALES: TableName = "transactions"
"""Another of them, which only the report with that section reads."""


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


def with_sales(context: Context) -> Context:
    """Return a context with the sales, where the settings say their units and they can be read.

    They are read for the one report that sets baskets beside answers, and not with the tables of all: sales may be of any size.

    Parameters
    ----------
    context
        An opened engagement.
    """
    if not says_unit(context.engagement, SALES):
        return context
    try:
        sales = recalled(context.engagement, (SALES,)) or read(context.engagement, (SALES,))
    except DataError:
        return context
    dataset = context.dataset
    log = ImportLog((*dataset.log.entries, *sales.log.entries))
    inputs = tuple(dict.fromkeys((*dataset.inputs, *sales.inputs)))
    return replace(context, dataset=replace(dataset, log=log, inputs=inputs, ledger=sales.ledger))


def survey_of(context: Context) -> Survey:
    """Return the answers of the period, with the settings' thresholds and weights."""
    frame: pd.DataFrame = context.dataset.tables["survey"]
    return survey_in(context.engagement, frame)


def survey_in(engagement: Engagement, frame: pd.DataFrame) -> Survey:
    """Return the answers of the period, with the settings' thresholds and weights, beside the editions that were released.

    Where so few answers of a group have come since the last edition that the difference would tell them, they are left out
    until there are enough: the released figures then stay as they are.

    Parameters
    ----------
    engagement
        The client's folder.
    frame
        Canonical ``survey``.
    """
    settings = engagement.settings
    limits = settings.disclosure
    released = read_releases(engagement.folder) or NOTHING_RELEASED

    def before(shown: pd.DataFrame) -> tuple[Earlier, ...]:
        editions = released.survey_editions
        return earlier_editions(editions, Lines(shown, released.secret)) if editions else ()

    def surveyed(rows: pd.DataFrame, late_since: str = "") -> Survey:
        return Survey(
            rows,
            settings.period,
            limits.minimum_respondents,
            settings.weighting,
            RESPONDENT_GROUPS if limits.alike == "everyone" else STAFF,
            STAFF if limits.staff_rounds == "same_people" else (),
            before,
            late_since,
            older_ces=settings.ces_version == "1.0",
        )

    survey = surveyed(frame)
    if not survey.editions:
        return survey
    groups = {
        group: frozenset(survey.frame.index[survey.frame["respondent_group"] == group]) for group in survey.groups
    }
    left = late(survey.editions[-1], survey.groups, groups, limits.minimum_respondents)
    if not left:
        return survey
    every = frame.reset_index(drop=True)
    kept = every.drop(index=within(every, "answered_on", settings.period).index[sorted(left)])
    return surveyed(kept, survey.editions[-1].released_at)
