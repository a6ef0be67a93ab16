"""The mirror gap unit by unit: who a unit's staff are in it, and why a unit is left out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import pandas as pd

from kohtaamo_utils.disclosure.respondents import visible_categories
from kohtaamo_utils.measures.cautious import cautious_mean_difference
from kohtaamo_utils.reports.catalogue import ELEMENT_MEASURES
from kohtaamo_utils.reports.ordering import natural
from kohtaamo_utils.reports.survey import CUSTOMER, FEW, STAFF, UNIT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kohtaamo_utils.measures.differences import Difference
    from kohtaamo_utils.reports.survey import Survey

Why = Literal["few", "telling"]
"""Why a unit is left out: too few answers, or answers of single people could be told."""


@dataclass(frozen=True)
class UnitGap:
    """A unit's staff against its customers, over the elements.

    Parameters
    ----------
    unit
        Its name.
    groups
        The staff groups that may be shown in the unit by themselves, of which the figure is.
    gap
        Staff less customers.
    """

    unit: str
    groups: tuple[str, ...]
    gap: Difference


@dataclass(frozen=True)
class UnitGaps:
    """All units that may be shown, in order of name, and why the others are not."""

    shown: tuple[UnitGap, ...]
    left_out: Mapping[str, Why]


@dataclass(frozen=True)
class _Side:
    """A group's answers in the units in which they may be shown, and why the group's other units may not be."""

    rows: pd.DataFrame
    hidden: Mapping[str, Why]

    def why(self, unit: str) -> Why | None:
        """Return why the group is not shown in a unit; None where it is."""
        return None if unit in set(self.rows[UNIT]) else self.hidden.get(unit, "few")


def unit_gaps(survey: Survey) -> UnitGaps:
    """Compare staff and customers of each unit over the elements, where both may be shown.

    A unit's staff are those staff groups that may be shown in it by themselves, with each element that they were asked: the
    gap less theirs must not speak of a group of few, nor of the one element that may not be shown.
    """
    if UNIT not in survey.dimensions:
        return UnitGaps((), {})
    sides, customers = [_side(survey, group) for group in STAFF], _side(survey, CUSTOMER)
    staff = pd.concat([side.rows for side in sides])
    shown = sorted(set(staff[UNIT]) & set(customers.rows[UNIT]), key=natural)
    units = {unit for side in (*sides, customers) for unit in (*side.rows[UNIT], *side.hidden)}
    left_out = {unit: _why(unit, sides, customers) for unit in sorted(units - set(shown), key=natural)}
    return UnitGaps(tuple(_gap(survey, unit, staff, customers.rows) for unit in shown), left_out)


def _why(unit: str, staff: Sequence[_Side], customers: _Side) -> Why:
    """Return why a unit is left out: too few of staff or of customers, or else that somebody's answers would be told."""
    ours = [side.why(unit) for side in staff]
    reasons = {customers.why(unit), None if None in ours else "telling" if "telling" in ours else "few"}
    return "few" if "few" in reasons else "telling"


def _gap(survey: Survey, unit: str, staff: pd.DataFrame, customers: pd.DataFrame) -> UnitGap:
    one, two = staff[staff[UNIT] == unit], customers[customers[UNIT] == unit]
    there = set(one["respondent_group"])
    gap = cautious_mean_difference(one["elements"], two["elements"], survey.weights(one), survey.weights(two))
    return UnitGap(unit, tuple(group for group in STAFF if group in there), gap)


def _side(survey: Survey, group: str) -> _Side:
    """Return a group's rows in units that may be shown, each with its mean over the elements that it answered."""
    rows = survey.rows(group)
    columns = [measure.columns[0] for measure in ELEMENT_MEASURES if measure.columns[0] in rows.columns]
    rows = rows.assign(elements=rows[columns].mean(axis="columns")).dropna(subset="elements")
    counts = {str(unit): count for unit, count in Counter(rows[UNIT].dropna()).items()}
    shown = visible_categories(counts, survey.minimum, len(rows)).shown if counts else ()
    published = [
        survey.published(measure, group) for measure in ELEMENT_MEASURES if measure.answers(rows).notna().any()
    ]
    units = [unit for unit in shown if all(unit in its.shown.get(UNIT, {}) for its in published)]
    few = FEW.format(minimum=survey.minimum)
    hidden: dict[str, Why] = {}
    for unit in counts.keys() - set(units):
        reasons = {its.hidden.get(UNIT, {}).get(unit, few) for its in published}
        enough = counts[unit] >= survey.minimum and (unit not in shown or reasons != {few})
        hidden[unit] = "telling" if enough else "few"
    return _Side(rows[rows[UNIT].isin(units)], hidden)
