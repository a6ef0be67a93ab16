"""Every figure of a survey, as ``results.json`` holds them: wholes, dimensions and months, weighted and not."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.overlaps import COMPLEMENT
from kohtaamo_utils.disclosure.twins import safe_twins
from kohtaamo_utils.presentation.section import Figure, Hidden

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from kohtaamo_utils.reports.catalogue import Measure
    from kohtaamo_utils.reports.survey import Survey


def figures_of(survey: Survey) -> Iterator[Figure]:
    """Give every figure of a survey that may be shown; what may not is noted in the survey.

    Parameters
    ----------
    survey
        The answers of the period.
    """
    for group in survey.groups:
        for measure in survey.measures:
            of_measure = _Figures(survey, measure, group)
            yield from of_measure.whole()
            for dimension in survey.grouped:
                yield from of_measure.by(dimension)


class _Figures:
    """The figures of one measure of one group."""

    def __init__(self, survey: Survey, measure: Measure, group: str) -> None:
        self._survey, self._measure, self._group = survey, measure, group
        self._rows = survey.rows_for(measure, group)
        self._answers = measure.answers(self._rows)
        self._weighted = survey.weights(self._rows) is not None
        self._scope = {"respondent_group": group, **measure.scope}
        self._safe = cache(self._safe_twins)

    def whole(self) -> Iterator[Figure]:
        """Give the figure of the whole group."""
        estimate = self._survey.whole(self._measure, self._group)
        if estimate is None:
            return
        yield Figure(self._measure.figure, self._scope, estimate)
        if self._weighted:
            yield from self._twin(None, self._scope, self._answers)

    def by(self, dimension: str) -> Iterator[Figure]:
        """Give the figures of a dimension's categories."""
        categories = self._survey.categories(self._rows, dimension) if self._weighted else None
        for cell in self._survey.by(self._measure, self._group, dimension):
            scope = {**self._scope, dimension: str(cell.category)}
            yield Figure(self._measure.figure, scope, cell.estimate)
            if categories is not None:
                key = (dimension, str(cell.category))
                yield from self._twin(key, scope, self._answers[categories == cell.category])

    def _twin(self, key: tuple[str, str] | None, scope: dict[str, str], answers: pd.Series) -> Iterator[Figure]:
        """Give the unweighted twin of a weighted figure, unless the two together would give a few people away."""
        survey, twin = self._survey, {**scope, "weighting": "none"}
        if self._group not in survey.raked or key in self._safe():
            yield Figure(self._measure.figure, twin, survey.estimate(self._measure, self._group, answers, None))
        else:
            survey.note(Hidden(self._measure.figure, twin, COMPLEMENT.format(minimum=survey.minimum)))

    def _safe_twins(self) -> frozenset[tuple[str, str] | None]:
        """Return the categories (None: the whole) whose unweighted figure may be shown too."""
        survey, rows = self._survey, self._rows
        usable = survey.usable(self._measure, rows).notna()
        sets: dict[tuple[str, str] | None, frozenset[int]] = {None: frozenset(rows.index[usable])}
        for dimension, shown in survey.published(self._measure, self._group).shown.items():
            sets |= {(dimension, name): chosen for name, chosen in sorted(shown.items())}
        return safe_twins(sets, rows["weight"], survey.minimum)
