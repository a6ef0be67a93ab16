"""Which figure a goal is about, found among those of the report by its name and scope; never guessed between several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.measures.employment import says
from kohtaamo_utils.measures.estimate import Estimate
from kohtaamo_utils.measures.turnover import turnover
from kohtaamo_utils.presentation.section import Figure
from kohtaamo_utils.reports.current_state.business_link import business_link
from kohtaamo_utils.reports.current_state.expectation import expectation
from kohtaamo_utils.reports.current_state.journey import journey
from kohtaamo_utils.reports.current_state.mirror import gap_estimate, mirror_gap
from kohtaamo_utils.reports.current_state.mystery import mystery_shopping
from kohtaamo_utils.reports.current_state.operations import operations
from kohtaamo_utils.reports.current_state.own_unit import OwnUnit
from kohtaamo_utils.reports.current_state.supervisor.gaps import gaps_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kohtaamo_utils.engagement.actions import Metric
    from kohtaamo_utils.presentation.section import Scope, Section
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.survey import Survey

IMPLIED = ("respondent_group", "ces_version")
"""What a goal may leave out of a figure's scope where only one figure is left then."""
TURNOVER = ("turnover_in", "turnover_out", "turnover_gross")
SECTIONS: Mapping[str, Callable[[Context, Survey], Section]] = {
    "business_figure": business_link,
    "critical_failed": lambda context, _: mystery_shopping(context),
    "critical_failed_visits": lambda context, _: mystery_shopping(context),
    "expectation_gap": expectation,
    "mirror_gap": mirror_gap,
    "mystery_shopping_score": lambda context, _: mystery_shopping(context),
    "operations": lambda context, _: operations(context),
    "weaker_encounter_share": journey,
}
"""Sections that come after the goals, by the figures that a goal may name: a goal is measured wherever its figure is shown."""


def fitting(metric: Metric, figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Return the figures that a goal's metric fits: the one of exactly its scope, or all that have but an implied part more.

    Parameters
    ----------
    metric
        Name and scope, as in ``results.json``.
    figures
        Figures of the report.

    Examples
    --------
    >>> from kohtaamo_utils.engagement.actions import Metric
    >>> nps = Figure("nps", {"respondent_group": "customer"}, Estimate(value=30.0, n=100, unit="points"))
    >>> [figure.estimate.value for figure in fitting(Metric(name="nps"), [nps])]
    [30.0]
    """
    wanted = _texts(metric.scope)
    named = {_key(figure.scope): figure for figure in figures if figure.name == metric.name}
    exact = [figure for figure in named.values() if _texts(figure.scope) == wanted]
    if exact:
        return tuple(exact)
    return tuple(figure for figure in named.values() if _without(figure.scope, wanted) == wanted)


def more_figures(context: Context, survey: Survey, metric: Metric) -> list[Figure]:
    """Return figures that a goal may be about and that no section before it shows: a later section's, a unit's mirror gap, turnover.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    survey
        The answers of the period.
    metric
        What the goal names.
    """
    unit = metric.scope.get("unit")
    if metric.name == "mirror_gap" and unit is not None and "unit" in survey.dimensions:
        own = OwnUnit(survey, str(unit))
        return [
            Figure("mirror_gap", {**gap.measure.scope, **own.scope}, gap_estimate(gap.difference))
            for gap in gaps_of(own)
        ]
    if metric.name in SECTIONS:
        return list(SECTIONS[metric.name](context, survey).figures)
    frame, period = context.dataset.tables.get("employees"), context.period
    if metric.name not in TURNOVER or frame is None or period is None or not says(frame, "started_on"):
        return []
    found = turnover(frame, period.start, period.end)
    value, people = getattr(found, metric.name), found.headcount_start + found.hires
    return [Figure(metric.name, {}, Estimate(value=value, n=people, unit="share", method="ek"))]


def _texts(scope: Scope) -> dict[str, str]:
    return {name: str(value) for name, value in scope.items()}


def _key(scope: Scope) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(_texts(scope).items()))


def _without(scope: Scope, wanted: dict[str, str]) -> dict[str, str]:
    """Return a figure's scope without the implied parts that the goal does not name."""
    return {name: value for name, value in _texts(scope).items() if name not in IMPLIED or name in wanted}
