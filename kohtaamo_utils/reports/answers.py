"""The answers of a period: whose they are, from which side they speak, and what they can be grouped by."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from kohtaamo_utils.measures.period import between
from kohtaamo_utils.reports.catalogue import ALL_MEASURES, CES, OLDER, Measure
from kohtaamo_utils.tables import RESPONDENT_GROUPS, SEGMENT_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from kohtaamo_utils.engagement.settings import Period

WITHOUT_PERSPECTIVE = ("nps", "enps", "csat", "csat_mean", "ces", "ces_share")


def default_perspective(group: str) -> str:
    """Return from whose side a group speaks unless the data say otherwise."""
    return "experienced" if group == "customer" else "believed"


def within(frame: pd.DataFrame, column: str, period: Period | None) -> pd.DataFrame:
    """Return the rows of the period; rows without a date are outside it. All rows where there is no such column.

    Parameters
    ----------
    frame
        A canonical table.
    column
        Its date column.
    period
        First and last day, both included.
    """
    return frame if period is None else between(frame, column, period.start, period.end)


def _seen_from(rows: pd.DataFrame, group: str, perspective: str | None) -> pd.DataFrame:
    own = default_perspective(group)
    if "perspective" not in rows.columns:
        return rows if perspective in (None, own) else rows.iloc[:0]
    if perspective is None:
        return rows[rows["perspective"].ne("expected").fillna(True)]
    return rows[rows["perspective"].fillna(own) == perspective]


class Answers:
    """All answers of a period, before anything is decided of what may be shown.

    Parameters
    ----------
    frame
        Canonical ``survey``.
    period
        First and last day; None for all rows.
    older_ces
        Whether `ces` holds answers to the older question, on effort.
    """

    def __init__(self, frame: pd.DataFrame, period: Period | None, *, older_ces: bool = False) -> None:
        self.all_rows = len(frame)
        self.frame = within(frame, "answered_on", period).reset_index(drop=True)
        self.older_ces = older_ces
        self._rows: dict[tuple[str, str | None], pd.DataFrame] = {}

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """Respondent groups that answered, customers first."""
        there = set(self.frame["respondent_group"])
        return tuple(group for group in RESPONDENT_GROUPS if group in there)

    @cached_property
    def segments(self) -> tuple[str, ...]:
        """Segment columns: ``segment`` or ``segment.<name>``."""
        return tuple(name for name in self.frame.columns if name == "segment" or name.startswith(SEGMENT_PREFIX))

    @property
    def ces(self) -> Measure:
        """The measure of ease, or of effort where that was asked."""
        return self.asked_as((CES,))[0]

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """Every measure, as it was asked."""
        return self.asked_as(ALL_MEASURES)

    def asked_as(self, measures: Iterable[Measure]) -> tuple[Measure, ...]:
        """Return measures as this client asked them: on the older scale where its settings say so."""
        return tuple(OLDER.get(each.figure, each) if self.older_ces else each for each in measures)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Dimensions that the data have, months apart."""
        plain = tuple(name for name in ("touchpoint", "channel", "phase", "unit") if name in self.frame.columns)
        return (*plain, *self.segments)

    def rows(self, group: str, perspective: str | None = None) -> pd.DataFrame:
        """Return a group's rows from one perspective (its usual one unless given)."""
        return self._looked_up(group, perspective or default_perspective(group))

    def rows_for(self, measure: Measure, group: str, perspective: str | None = None) -> pd.DataFrame:
        """Return the rows that a measure is computed from; recommendation and satisfaction have no perspective of others."""
        if perspective is None and measure.figure in WITHOUT_PERSPECTIVE:
            return self._looked_up(group, None)
        return self.rows(group, perspective)

    def _looked_up(self, group: str, perspective: str | None) -> pd.DataFrame:
        """Return a group's rows from one perspective, or (None) all that are no expectations; looked up once, each its own copy."""
        key = group, perspective
        if key not in self._rows:
            rows = self.frame[self.frame["respondent_group"] == group]
            self._rows[key] = _seen_from(rows, group, perspective)
        return self._rows[key].copy(deep=False)

    def asked(self, measure: Measure, group: str) -> pd.DataFrame:
        """Return the rows of the perspectives in which a group was asked a measure at all."""
        rows = self.rows_for(measure, group)
        if "perspective" not in rows.columns:
            return rows
        perspectives = rows["perspective"].fillna(default_perspective(group))
        return rows[perspectives.isin(set(perspectives[measure.answers(rows).notna()]))]

    def weights(self, rows: pd.DataFrame) -> pd.Series | None:
        """Return the rows' weights, or None where the group is not weighted."""
        if "weight" not in rows.columns or rows["weight"].isna().all():
            return None
        return rows["weight"]

    def usable(self, measure: Measure, rows: pd.DataFrame) -> pd.Series:
        """Return the answers that count: in a weighted group an answer without a weight does not."""
        answers, weights = measure.answers(rows), self.weights(rows)
        return answers if weights is None else answers.where(weights.notna())

    @cached_property
    def has_months(self) -> bool:
        """Whether the answers are dated."""
        return "answered_on" in self.frame.columns and bool(self.frame["answered_on"].notna().any())

    @cached_property
    def grouped(self) -> tuple[str, ...]:
        """Dimensions that figures are shown by, months among them where answers are dated."""
        return (*self.dimensions, *(("month",) if self.has_months else ()))

    def row_sets(self, rows: pd.DataFrame, dimension: str) -> dict[str, frozenset[int]]:
        """Return the rows of each category of a dimension."""
        categories = self.categories(rows, dimension).dropna()
        return {str(name): frozenset(index) for name, index in categories.groupby(categories).groups.items()}

    def categories(self, rows: pd.DataFrame, dimension: str) -> pd.Series:
        """Return each row's category of a dimension; ``month`` is ``YYYY-MM``."""
        if dimension == "month":
            months: pd.Series = rows["answered_on"].dt.strftime("%Y-%m")
            return months
        return rows[dimension]
