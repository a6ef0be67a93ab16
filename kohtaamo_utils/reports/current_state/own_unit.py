"""One unit's answers beside those of all the others, with nothing that would tell of few in any of the units' reports."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.overlaps import Published
from kohtaamo_utils.measures.comparisons import benjamini_hochberg
from kohtaamo_utils.presentation.section import Figure, Hidden
from kohtaamo_utils.reports.compare import Compared, against_others, compare
from kohtaamo_utils.reports.ordering import natural
from kohtaamo_utils.reports.survey import Cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from kohtaamo_utils.measures.comparisons import GroupComparison
    from kohtaamo_utils.measures.estimate import Estimate
    from kohtaamo_utils.reports.catalogue import Measure
    from kohtaamo_utils.reports.survey import Survey

UNIT = "unit"
GROUPS = ("customer", "employee", "supervisor", "management")
FALSE_FINDS = 0.05


@dataclass(frozen=True)
class Beside:
    """A figure of the unit, and the same of all the others: None where there are none."""

    cell: Cell
    comparison: GroupComparison | None
    differs: bool

    @property
    def better(self) -> bool:
        """Whether the unit stands out for the better."""
        return self.differs and self.gap * self.cell.measure.sign > 0

    @property
    def weaker(self) -> bool:
        """Whether the unit stands out for the worse."""
        return self.differs and self.gap * self.cell.measure.sign < 0

    @property
    def gap(self) -> float:
        """Unit less the others; 0 where it cannot be told."""
        return 0.0 if self.comparison is None else self.comparison.difference.value or 0.0

    @property
    def rest(self) -> Estimate | None:
        """The figure of all the others."""
        return None if self.comparison is None else self.comparison.rest


@dataclass(frozen=True)
class OwnUnit:
    """What a unit's supervisor is shown of the survey.

    Parameters
    ----------
    survey
        The answers of the period, of all units.
    name
        The unit; empty for everybody together, where no unit may be shown by itself.
    """

    survey: Survey
    name: str = ""
    _within: dict[tuple[str, str], Published] = field(default_factory=dict, compare=False, repr=False)

    def estimate(self, measure: Measure, group: str) -> Estimate | None:
        """Return a measure of the unit; None where it may not be shown."""
        if not self.name:
            return self.survey.whole(measure, group)
        found = (cell for cell in self.survey.by(measure, group, UNIT) if cell.category == self.name)
        return next((cell.estimate for cell in found), None)

    def beside(self, measure: Measure, group: str = "customer") -> Compared | None:
        """Return a measure of the unit compared with all the other units together, as the report on the whole compares it."""
        if not self.name:
            return None
        compared = compare(self.survey, measure, group, UNIT) if group in self.survey.groups else ()
        return next((item for item in compared if item.cell.category == self.name), None)

    def cells(self, measure: Measure, dimension: str) -> tuple[Cell, ...]:
        """Return the customers' measure within the unit, by the categories of a dimension that may be shown."""
        if not self.name:
            return self.survey.by(measure, "customer", dimension)
        shown = self._published(measure).shown.get(dimension, {})
        return tuple(
            Cell(measure, "customer", dimension, name, self._of_rows(measure, rows))
            for name, rows in sorted(shown.items())
        )

    def touchpoints(self, measure: Measure) -> tuple[Beside, ...]:
        """Return the unit's touchpoints, each compared with the same touchpoint in all the other units, the best first.

        Each comparison is of two groups; the control for many comparisons is over the unit's touchpoints.
        """
        cells = self.cells(measure, "touchpoint")
        found = [self._same_elsewhere(cell) for cell in cells] if self.name else [None] * len(cells)
        tested = [comparison.difference.p for comparison in found if comparison is not None and comparison.difference.p is not None]  # fmt: skip
        adjusted = iter(benjamini_hochberg(tested).tolist())
        rows = []
        for cell, comparison in zip(cells, found, strict=True):
            known = comparison is not None and comparison.difference.p is not None
            rows.append(Beside(cell, comparison, known and next(adjusted) <= FALSE_FINDS))
        return tuple(sorted(rows, key=lambda row: (-measure.sign * (row.cell.estimate.value or 0.0), natural(str(row.cell.category)))))  # fmt: skip

    def figures(self) -> Iterator[Figure]:
        """Give the unit's figures: every measure of every group, as the report on the whole has them too."""
        for group in (name for name in GROUPS if name in self.survey.groups):
            for measure in self.survey.measures:
                estimate = self.estimate(measure, group)
                if estimate is not None:
                    yield Figure(measure.figure, {"respondent_group": group, **measure.scope, **self.scope}, estimate)

    def figure(self, cell: Cell) -> Figure:
        """Return a figure within the unit; its scope names the unit besides the category."""
        scope = {"respondent_group": cell.group, **cell.measure.scope, **self.scope}
        return Figure(cell.measure.figure, scope | {str(cell.dimension): str(cell.category)}, cell.estimate)

    def others(self, measure: Measure, estimate: Estimate | None) -> tuple[Figure, ...]:
        """Return the figure of all but the unit."""
        scope = {"respondent_group": "customer", **measure.scope, "all_but_unit": self.name}
        return () if estimate is None else (Figure(measure.figure, scope, estimate),)

    @property
    def scope(self) -> dict[str, str]:
        """What every figure of the unit carries in its scope."""
        return {UNIT: self.name} if self.name else {}

    @property
    def hidden(self) -> tuple[Hidden, ...]:
        """What may not be shown of the unit; nothing of other units."""
        return tuple(each for each in self.survey.hidden if each.scope.get(UNIT, self.name) == self.name)

    def _published(self, measure: Measure) -> Published:
        """Return what is shown within the unit, decided once; what is hidden is noted."""
        key = measure.figure, "".join(measure.scope.values())
        if key not in self._within:
            self._within[key] = self.survey.crossed(measure).get(self.name, Published({}, {}))
            for dimension, hidden in self._within[key].hidden.items():
                for name, reason in hidden.items():
                    scope = {"respondent_group": "customer", **measure.scope, UNIT: self.name, dimension: name}
                    self.survey.note(Hidden(measure.figure, scope, reason))
        return self._within[key]

    def _of_rows(self, measure: Measure, chosen: frozenset[int]) -> Estimate:
        rows = self.survey.frame.loc[sorted(chosen)]
        return self.survey.estimate(measure, "customer", self.survey.usable(measure, rows), self.survey.weights(rows))

    def _same_elsewhere(self, cell: Cell) -> GroupComparison | None:
        """Compare a touchpoint with the same touchpoint in all other units, whose answers are its total less the unit's."""
        rows = self._answers_of(cell)
        own = rows[UNIT].eq(self.name).fillna(value=False).map({True: "own", False: "others"})
        return against_others(cell.measure, cell.measure.answers(rows), own, self.survey.weights(rows)).get("own")

    def _answers_of(self, cell: Cell) -> pd.DataFrame:
        rows = self.survey.rows_for(cell.measure, "customer")
        usable = self.survey.usable(cell.measure, rows).notna()
        return rows[
            usable & self.survey.categories(rows, str(cell.dimension)).eq(str(cell.category)).fillna(value=False)
        ]
