"""Goals beside the present values: reached, not reached, or not to be told, by the whole interval."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import pandas as pd

from kohtaamo_utils.presentation.blocks import Paragraph, Part, Table
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.catalogue import ELEMENT_LABELS, GROUP_LABELS
from kohtaamo_utils.reports.current_state.goal_figures import IMPLIED, fitting, more_figures
from kohtaamo_utils.reports.current_state.operations import decimals_of
from kohtaamo_utils.reports.phrases import value_with_interval
from kohtaamo_utils.reports.survey import FEW

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kohtaamo_utils.engagement.actions import Goal
    from kohtaamo_utils.measures.estimate import Estimate
    from kohtaamo_utils.presentation.section import Figure, Scope
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.survey import Survey

State = Literal["reached", "open", "early", "unclear", "unmeasured"]
COUNTED = ("count", "register", "ek")
"""Methods of figures that are counted in full and have no interval to be unsure by."""
OWN_UNITS = ("number", "money", "count")
"""Units in which a figure without a method is the client's own; a mean without one has an interval that is not shown."""
STATES: dict[State, str] = {
    "reached": N_("reached"),
    "open": N_("not reached"),
    "early": N_("not yet reached"),
    "unclear": N_("cannot be told"),
    "unmeasured": N_("not measured"),
}
NO_METRIC = N_("The goal names no figure or no target.")
NO_FIGURE = N_("There is no such figure to compare the goal with.")
TOO_FEW = N_("Too few answers to be shown.")
SEVERAL = N_("The goal's figure is not named exactly: several fit it.")
NOT_TOLD = N_("Not shown, so that nobody's answers can be told from it.")
UNIT_MIRROR = N_("Employees' belief less customers' experience")
"""A unit's mirror gap, of its team alone: its supervisor is the one who reads it."""
OTHERS = {
    "critical_failed": N_("Mystery shopping, visits without points for a critical question"),
    "critical_failed_visits": N_("Mystery shopping, visits that fail a critical question"),
    "expectation_gap": N_("Experience less expectation"),
    "mystery_shopping_score": N_("Mystery shopping"),
    "mirror_gap": N_("Staff's belief less customers' experience"),
    "turnover_in": N_("Turnover, incoming"),
    "turnover_out": N_("Turnover, outgoing"),
    "turnover_gross": N_("Gross turnover"),
    "weaker_encounter_share": N_("Share of encounters where the experience is weaker"),
}


@dataclass(frozen=True)
class Measured:
    """A goal with what the report knows of it; why it knows nothing is a message id."""

    goal: Goal
    figure: Figure | None = None
    why: str = ""
    until: date | None = None
    """Last day that the figures tell of."""

    @property
    def early(self) -> bool:
        """Whether the goal's day is still to come."""
        return self.until is not None and self.goal.due is not None and self.goal.due > self.until

    @property
    def state(self) -> State:
        """Whether the goal is reached, as far as the interval tells."""
        if self.figure is None or self.goal.target is None:
            return "unmeasured"
        state = state_of(self.figure.estimate, self.goal.target, self.goal.better)
        return "early" if state == "open" and self.early else state


def state_of(estimate: Estimate, target: float, better: str) -> State:
    """Return whether a target is reached: only where the whole interval lies on its good side, or on the other one.

    A figure that is counted in full has no interval and is taken as it is; one whose interval could not be had tells nothing.

    Parameters
    ----------
    estimate
        The present value.
    target
        Value that is wanted.
    better
        ``higher`` or ``lower``: which way is improvement.

    Examples
    --------
    >>> from kohtaamo_utils.measures.estimate import Estimate
    >>> share = Estimate(value=0.8, low=0.7, high=0.9, n=60, unit="share", method="wilson")
    >>> [state_of(share, target, "higher") for target in (0.7, 0.85, 0.95)]
    ['reached', 'unclear', 'open']
    """
    if estimate.value is None:
        return "unmeasured"
    known = estimate.method in COUNTED or (estimate.method == "none" and estimate.unit in OWN_UNITS)
    counted = estimate.low is None and known
    low = estimate.value if counted else estimate.low
    high = estimate.value if counted else estimate.high
    if low is None or high is None:
        return "unclear"
    worst, best = (low, high) if better == "higher" else (-high, -low)
    wanted = target if better == "higher" else -target
    return "reached" if worst >= wanted else "open" if best < wanted else "unclear"


def goals_part(
    context: Context, survey: Survey, goals: tuple[Goal, ...], figures: tuple[Figure, ...]
) -> tuple[Part | None, tuple[Figure, ...]]:
    """Return the goals beside their present values, and the figures that they were compared with.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    survey
        The answers of the period.
    goals
        Goals that are written down; without any there is no part.
    figures
        Figures that the report shows.
    """
    if not goals:
        return None, ()
    t, f = context.t, context.f
    until = None if context.period is None else context.period.end
    found = [replace(_measured(context, survey, goal, figures), until=until) for goal in goals]
    counts = {state: sum(one.state == state for one in found) for state in STATES}
    text = t(
        "Goals: {n}. Reached: {reached}. Not yet reached, with time left: {early}. Not reached: {open}. Cannot be told: {unclear}. Not measured: {unmeasured}.",
        n=f.integer(len(found)),
        **{state: f.integer(count) for state, count in counts.items()},
    )
    used = tuple(one.figure for one in found if one.figure is not None)
    return Part(t("Are the goals reached?"), (Paragraph(text), _table(context, survey, found))), used


def _measured(context: Context, survey: Survey, goal: Goal, figures: Iterable[Figure]) -> Measured:
    if goal.metric is None or goal.target is None:
        return Measured(goal, why=NO_METRIC)
    fit = fitting(goal.metric, figures) or fitting(goal.metric, more_figures(context, survey, goal.metric))
    fit = tuple(figure for figure in fit if figure.estimate.value is not None)
    if len(fit) == 1:
        return Measured(goal, fit[0])
    if fit:
        return Measured(goal, why=SEVERAL)
    reasons = {
        its.reason
        for its in survey.hidden
        if its.name == goal.metric.name and _plain(its.scope) == _plain(goal.metric.scope)
    }
    few = reasons <= {FEW.format(minimum=survey.minimum)}
    return Measured(goal, why=NO_FIGURE if not reasons else TOO_FEW if few else NOT_TOLD)


def _plain(scope: Scope) -> dict[str, str]:
    return {name: str(value) for name, value in scope.items() if name not in IMPLIED}


def _table(context: Context, survey: Survey, found: list[Measured]) -> Table:
    t = context.t
    rows = tuple(_row(context, survey, one) for one in found)
    tones = {"reached": "good", "open": "weak", "early": "", "unclear": "", "unmeasured": "muted"}
    return Table(
        caption=t("Goals beside the present values"),
        columns=(t("Goal"), t("Reached?"), t("Figure"), t("Target value"), t("Now (95% interval)")),
        rows=rows,
        numeric=frozenset({3, 4}),
        note=t(
            "A goal is called reached, or not reached, only where the whole interval lies on that side of the target. Operational figures and staff turnover are counted in full and have no interval. That a goal is reached does not tell what did it."
        ),
        tones={place: tones[one.state] for place, one in enumerate(found)},
    )


def _row(context: Context, survey: Survey, one: Measured) -> tuple[str, ...]:
    t, f, goal = context.t, context.f, one.goal
    more = [goal.owner] if goal.owner else []
    if goal.due is not None:
        more.append(f.date(goal.due))
    title = f"{goal.title} ({', '.join(more)})" if more else goal.title
    if one.figure is None:
        return title, t(STATES[one.state]), t(one.why), f.number(None), f.number(None)
    estimate = one.figure.estimate
    target, value = _numbers(context, estimate, goal.target)
    side = t("at least {value}", value=target) if goal.better == "higher" else t("at most {value}", value=target)
    return title, t(STATES[one.state]), _name(context, survey, one.figure), side, value


def _numbers(context: Context, estimate: Estimate, target: float | None) -> tuple[str, str]:
    """Return target and present value in the same unit and with the same decimals."""
    if estimate.unit == "number" and target is not None and estimate.value is not None:
        decimals = decimals_of(pd.Series([estimate.value, target]))
        return context.f.number(target, decimals), context.f.number(estimate.value, decimals)
    return context.f.in_unit(target, estimate.unit), value_with_interval(context, estimate)


def _name(context: Context, survey: Survey, figure: Figure) -> str:
    """Return what a figure is called: whose it is, the measure, and what part of the whole it speaks of."""
    t, scope = context.t, {name: str(value) for name, value in figure.scope.items()}
    measures = (
        one for one in survey.measures
        if one.figure == figure.name and all(scope.get(key) == value for key, value in one.scope.items())
    )  # fmt: skip
    measure = next(measures, None)
    if measure is not None:
        label = t(measure.label)
        scope = {name: value for name, value in scope.items() if name not in measure.scope}
    elif figure.name in OTHERS:
        label = t(UNIT_MIRROR if figure.name == "mirror_gap" and "unit" in scope else OTHERS[figure.name])
    else:
        label = scope.pop("measure", figure.name)
    group = scope.pop("respondent_group", "")
    if group:
        label = f"{t(GROUP_LABELS[group])}: {label}"
    parts = [t(ELEMENT_LABELS[value]) if name == "element" else value for name, value in scope.items()]
    return f"{label} ({', '.join(parts)})" if parts else label
