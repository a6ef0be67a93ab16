"""The survey, ready for a report: every measure by group and dimension, with what may not be shown taken out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.alike import Alike, nobody
from kohtaamo_utils.disclosure.beside_released import NOTHING_BEFORE, BesideReleased, beside, both
from kohtaamo_utils.disclosure.overlaps import Published, publish
from kohtaamo_utils.disclosure.rounds import few_in_every_round
from kohtaamo_utils.disclosure.within import publish_within
from kohtaamo_utils.measures.estimate import Estimate
from kohtaamo_utils.presentation.section import Hidden
from kohtaamo_utils.reports.answers import Answers
from kohtaamo_utils.reports.ordering import natural
from kohtaamo_utils.reports.protection import EDITION, TELLING, Decision, alike_of, without_telling_spread

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    import pandas as pd

    from kohtaamo_utils.disclosure.survey_editions import Earlier
    from kohtaamo_utils.engagement.settings import Period
    from kohtaamo_utils.reports.catalogue import Measure

CUSTOMER, UNIT = "customer", "unit"
CROSSED = ("touchpoint", "month")
"""Dimensions that are shown within a unit."""
STAFF = ("employee", "supervisor", "management")
FEW = "fewer than {minimum} answers"
"""Reason of a hidden cell, as ``results.json`` gives it."""


@dataclass(frozen=True)
class Cell:
    """One shown estimate: of a measure, a group and at most one category of a dimension."""

    measure: Measure
    group: str
    dimension: str | None
    category: str | None
    estimate: Estimate


class Survey(Answers):
    """The survey answers of an engagement's period.

    Parameters
    ----------
    frame
        Canonical ``survey`` table.
    period
        Period of the engagement, if any.
    minimum
        Smallest number of answers that is shown.
    raked
        Groups whose weights were made from shares that the report shows.
    protected
        Groups of which nothing is shown that would tell what each answered, however many they are.
    repeating
        Groups of them of which the same people may have answered in every round of the survey.
    before
        Gives the released editions beside which the answers of the period are shown.
    late_since
        Moment of the edition since which too few answers came to be shown; empty where none is left out.
    older_ces
        Whether `ces` holds answers to the older question, on effort.
    """

    def __init__(
        self,
        frame: pd.DataFrame,
        period: Period | None,
        minimum: int,
        raked: Collection[str] = (),
        protected: Collection[str] = STAFF,
        repeating: Collection[str] = STAFF,
        before: Callable[[pd.DataFrame], tuple[Earlier, ...]] = lambda _: (),
        late_since: str = "",
        *,
        older_ces: bool = False,
    ) -> None:
        super().__init__(frame, period, older_ces=older_ces)
        self.minimum = minimum
        self.raked, self.protected, self.repeating = frozenset(raked), frozenset(protected), frozenset(repeating)
        self.editions, self.late_since = before(self.frame), late_since
        self.hidden: list[Hidden] = []
        self._shown: dict[tuple[str, ...], Published] = {}
        self._crossed: dict[tuple[str, str], dict[str, Published]] = {}
        self._further: dict[tuple[str, ...], list[frozenset[int]]] = {}
        self._whole: dict[tuple[str, ...], str] = {}

    def responses(self, group: str) -> Estimate | None:
        """Return how many responses a group gave; None where they are too few to be told."""
        count = int((self.frame["respondent_group"] == group).sum())
        if count < self.minimum:
            self.note(Hidden("responses", {"respondent_group": group}, FEW.format(minimum=self.minimum)))
            return None
        return Estimate(value=float(count), n=count, unit="count")

    def whole(self, measure: Measure, group: str, perspective: str | None = None) -> Estimate | None:
        """Return a measure of a whole group; None where nobody answered or too few did."""
        rows = self.rows_for(measure, group, perspective)
        answers = self.usable(measure, rows)
        count = int(answers.notna().sum())
        if count == 0:
            return None
        if count < self.minimum:
            self._hide(measure, group, None, None, FEW, perspective)
            return None
        why = self._why_not(measure, group, rows[answers.notna()], perspective)
        if why:
            self._hide(measure, group, None, None, why, perspective)
            return None
        return self.estimate(measure, group, answers, self.weights(rows))

    def estimate(self, measure: Measure, group: str, answers: pd.Series, weights: pd.Series | None) -> Estimate:
        """Return the estimate of some of a group's answers as it is shown: without an interval that would tell them."""
        found = measure.estimate(answers, weights)
        return without_telling_spread(measure, found) if group in self.protected else found

    def alike(self, measure: Measure, group: str, rows: pd.DataFrame) -> Alike:
        """Return what tells of some of a group's rows whether their figure would tell what each answered."""
        if group not in self.protected:
            return nobody
        alike = alike_of(measure, rows, self.minimum, weighted=self.weights(rows) is not None)
        return both(self._few_people, alike) if group in self.repeating else alike

    def too_few(self, group: str, rows: Iterable[int]) -> bool:
        """Tell whether some of a group's answers are of fewer people than the minimum, or may be."""
        its = frozenset(rows)
        return len(its) < self.minimum or (group in self.repeating and self._few_people(its))

    @cached_property
    def _few_people(self) -> Alike:
        """What tells whether some answers, of whatever round, may be of too few of those who answer in each round."""
        if not self.has_months:
            return nobody
        days = self.frame["answered_on"][self.frame["respondent_group"].isin(self.repeating)]
        return few_in_every_round(days, self.minimum)

    def beside(self, measure: Measure, group: str, rows: pd.DataFrame) -> BesideReleased:
        """Return how some of a group's rows stand beside the editions that were released before."""
        if not self.editions:
            return NOTHING_BEFORE
        return beside(self.editions, measure.columns, group, frozenset(rows.index), self.minimum)

    def tells_within(self, measure: Measure, group: str, rows: pd.DataFrame) -> Alike:
        """Return what tells whether a category within another may not be shown.

        None is where some answers are in a released edition and others are not: beside that edition's own such categories
        no simple rule says what today's would tell.
        """
        if self.beside(measure, group, rows).differs(self.grouped, frozenset(rows.index)):
            return lambda _: True
        return self.alike(measure, group, rows)

    def _why_not(self, measure: Measure, group: str, rows: pd.DataFrame, perspective: str | None) -> str:
        """Return why a measure of a whole group may not be shown though enough answered; an empty text where it may."""
        key = (measure.figure, *measure.scope.values(), group, perspective or "")
        if key not in self._whole:
            released, everyone = self.beside(measure, group, rows), frozenset(rows.index)
            tells = self.alike(measure, group, rows)(everyone)
            self._whole[key] = TELLING if tells else EDITION if released.tells(everyone | released.ghosts) else ""
        return self._whole[key]

    def by(self, measure: Measure, group: str, dimension: str, perspective: str | None = None) -> tuple[Cell, ...]:
        """Return a measure by the categories of a dimension that may be shown, in order of name.

        Categories with too few answers are hidden, and others with them where the total would give them away.
        """
        rows = self.rows_for(measure, group, perspective)
        answers = self.usable(measure, rows)
        published = self.published(measure, group, perspective)
        for name, reason in published.hidden.get(dimension, {}).items():
            self._hide(measure, group, dimension, name, reason, perspective)
        weights = self.weights(rows)
        cells = []
        for name, chosen in sorted(published.shown.get(dimension, {}).items(), key=lambda item: natural(item[0])):
            part = None if weights is None else weights.loc[sorted(chosen)]
            estimate = self.estimate(measure, group, answers.loc[sorted(chosen)], part)
            cells.append(Cell(measure, group, dimension, name, estimate))
        return tuple(cells)

    def published(self, measure: Measure, group: str, perspective: str | None = None) -> Published:
        """Return which rows stand behind each category that may be shown, over all dimensions together.

        Nothing is shown of a group that is too small or too much alike as a whole, not even which categories its answers fall into.
        """
        key = (measure.figure, *measure.scope.values(), group, perspective or "")
        if key not in self._shown:
            rows = self.rows_for(measure, group, perspective)
            rows = rows[self.usable(measure, rows).notna()]
            self._shown[key] = self.publish(rows, of=(measure, group))
        return self._shown[key]

    def publish(
        self,
        rows: pd.DataFrame,
        more: Mapping[str, Mapping[str, frozenset[int]]] | None = None,
        of: tuple[Measure, str] | None = None,
    ) -> Published:
        """Decide which categories of some answers may be shown, over all dimensions and further groupings of them.

        Parameters
        ----------
        rows
            The answers; nothing is shown of fewer than the minimum.
        more
            Further groupings, by name: category to the rows behind it.
        of
            The measure and the group whose answers they are; without it, only how many they are is shown.
        """
        if len(rows) < self.minimum:
            return Published({}, {})
        sets = {name: self.row_sets(rows, name) for name in self.grouped}
        if of is None:
            return publish({**sets, **(more or {})}, frozenset(rows.index), self.minimum)
        decision = Decision(
            self.minimum, self.alike(*of, rows), self.beside(*of, rows), protected=of[1] in self.protected
        )
        if not more:
            return decision.publish(sets, {}, frozenset(rows.index))
        beside = self._further.setdefault((of[0].figure, *of[0].scope.values(), of[1]), [])
        within = self.crossed(of[0]).values() if of[1] == CUSTOMER else ()
        crossed = [its for one in within for parts in one.shown.values() for its in parts.values()]
        found = decision.publish(sets, more, frozenset(rows.index), [*crossed, *beside])
        beside += [its for name in more for its in found.shown.get(name, {}).values()]
        return found

    def crossed(self, measure: Measure) -> dict[str, Published]:
        """Return what customers' measure shows within each unit, decided for all units at once.

        Every unit's report, and the report on the whole, then have the same picture of what the others show.
        """
        key = measure.figure, "".join(measure.scope.values())
        if key not in self._crossed:
            rows = self.rows_for(measure, CUSTOMER)
            rows = rows[self.usable(measure, rows).notna()]
            sets = {name: self.row_sets(rows, name) for name in self.grouped}
            inside = [name for name in CROSSED if name in sets]
            published, everyone = self.published(measure, CUSTOMER), frozenset(rows.index)
            tells = self.tells_within(measure, CUSTOMER, rows)
            self._crossed[key] = publish_within(sets, published, everyone, self.minimum, UNIT, inside, tells)
        return self._crossed[key]

    def _hide(
        self,
        measure: Measure,
        group: str,
        dimension: str | None,
        category: str | None,
        reason: str,
        perspective: str | None = None,
    ) -> None:
        scope = {"respondent_group": group, **measure.scope}
        scope |= {dimension: category} if dimension and category else {}
        scope |= {"perspective": perspective} if perspective else {}
        self.note(Hidden(measure.figure, scope, reason.format(minimum=self.minimum)))

    def note(self, hidden: Hidden) -> None:
        """Record a figure that may not be shown, once."""
        if hidden not in self.hidden:
            self.hidden.append(hidden)
