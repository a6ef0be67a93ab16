"""Which categories of a dimension stand out from chance variation, and how to say so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kohtaamo_utils.measures.comparisons import each_against_rest
from kohtaamo_utils.reports.drawing import interval_row, with_n
from kohtaamo_utils.reports.ordering import natural

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd

    from kohtaamo_utils.measures.comparisons import GroupComparison
    from kohtaamo_utils.presentation.charts import IntervalRow
    from kohtaamo_utils.reports.catalogue import Measure
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.survey import Cell, Survey

_POOLED = "\0hidden"


@dataclass(frozen=True)
class Compared:
    """A shown category with its comparison against all others; None where there is nothing to compare with."""

    cell: Cell
    comparison: GroupComparison | None

    @property
    def differs(self) -> bool:
        """Whether the category stands out after the control for many comparisons."""
        return self.comparison is not None and self.comparison.differs

    @property
    def gap(self) -> float:
        """Distance from all the others in the measure's own numbers; 0 where it cannot be told."""
        if self.comparison is None or self.comparison.difference.value is None:
            return 0.0
        return self.comparison.difference.value

    @property
    def better(self) -> bool:
        """Whether it stands out for the better."""
        return self.differs and self.gap * self.cell.measure.sign > 0

    @property
    def weaker(self) -> bool:
        """Whether it stands out for the worse."""
        return self.differs and self.gap * self.cell.measure.sign < 0


def compare(survey: Survey, measure: Measure, group: str, dimension: str) -> tuple[Compared, ...]:
    """Compare the shown categories of a dimension, best first (ties by name).

    Parameters
    ----------
    survey
        The answers.
    measure, group, dimension
        What is compared.
    """
    cells = survey.by(measure, group, dimension)
    rows = survey.rows_for(measure, group)
    answers = measure.answers(rows)
    categories = survey.categories(rows, dimension)
    labels = _labels(categories, {cell.category for cell in cells}, answers.notna(), survey.minimum)
    found = against_others(measure, answers, labels, survey.weights(rows))
    compared = [Compared(cell, found.get(str(cell.category))) for cell in cells]
    return tuple(sorted(compared, key=lambda item: (-_value(item.cell), natural(str(item.cell.category)))))


def against_others(
    measure: Measure, answers: pd.Series, groups: pd.Series, weights: pd.Series | None
) -> dict[str, GroupComparison]:
    """Return each group's comparison with all the others, by the group's name; none where there is one group.

    Parameters
    ----------
    measure
        What is compared; the intervals stay on its scale.
    answers
        Its answers; missing ones are dropped.
    groups
        Each answer's group; answers without one are dropped.
    weights
        Weights of the same rows.
    """
    done = each_against_rest(measure.values(answers), groups, measure.kind, weights)
    return {
        str(one.group): replace(one, estimate=measure.bounded(one.estimate), rest=measure.bounded(one.rest))
        for one in done
    }


def _labels(categories: pd.Series, shown: Collection[str | None], answered: pd.Series, minimum: int) -> pd.Series:
    """Return what each answer counts as: a shown category, one pool of the hidden ones, or nothing.

    The others of a category are printed, and less the shown ones they are the hidden ones. So these count only where
    they, and the answers without a category, are none or as many as may be shown.
    """
    hidden = categories.notna() & ~categories.isin(list(shown))
    counts = int((hidden & answered).sum()), int((categories.isna() & answered).sum())
    return categories.where(~hidden, None if any(0 < count < minimum for count in counts) else _POOLED)


def _value(cell: Cell) -> float:
    return float("-inf") if cell.estimate.value is None else cell.estimate.value * cell.measure.sign


def chart_rows(
    context: Context, compared: tuple[Compared, ...], names: dict[str, str] | None = None
) -> list[IntervalRow]:
    """Return chart rows with n in the label; categories that stand out are marked."""
    rows = []
    for item in compared:
        estimate = item.cell.estimate
        if estimate.value is None:
            continue
        name = (names or {}).get(str(item.cell.category), str(item.cell.category))
        rows.append(interval_row(context, with_n(context, name, estimate), estimate, stands_out=item.differs))
    return rows
