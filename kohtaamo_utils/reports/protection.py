"""Whose answers are protected even where many gave them, and what of a measure's figure would tell them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.alike import Alike, Scored, alike_in, could_be_common, nobody
from kohtaamo_utils.disclosure.beside_released import BesideReleased, both
from kohtaamo_utils.disclosure.few_told import too_telling
from kohtaamo_utils.disclosure.overlaps import COMPLEMENT, FEW, Published, Sets, publish
from kohtaamo_utils.measures.nps import DETRACTOR_TO, PROMOTER_FROM
from kohtaamo_utils.reports.catalogue import Measure, element

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from kohtaamo_utils.measures.estimate import Estimate

TELLING = "would tell what single people answered"
"""Reason of a hidden cell of protected people, as ``results.json`` gives it: the same whether it is too much alike or would give few away, so that it does not tell which."""

EDITION = "beside an edition released before it would tell of fewer than {minimum}"
"""Reason of a hidden cell between which and a released one only few came or went, as ``results.json`` gives it."""


@dataclass(frozen=True)
class Decision:
    """What decides which categories of a measure of a group are shown.

    Parameters
    ----------
    minimum
        Smallest number of people that is shown.
    alike
        Tells which rows' figure would tell what each person answered.
    released
        How the answers stand beside the editions that were released before.
    protected
        Whether the group's reasons must not tell why a category is missing.
    """

    minimum: int
    alike: Alike
    released: BesideReleased
    protected: bool

    def publish(
        self, sets: Sets, more: Sets, everyone: frozenset[int], known: Sequence[frozenset[int]] = ()
    ) -> Published:
        """Decide over all dimensions, and over further groupings where nothing is otherwise than in a released edition.

        Parameters
        ----------
        sets, more
            The dimensions and the further groupings: category to the rows behind it.
        everyone
            All rows.
        known
            What is shown besides, beside which the further groupings must stand.
        """
        released, ghosts = self.released, self.released.ghosts
        tells = both(self.alike, released.tells) if released.changes else self.alike
        if tells is not nobody and tells(everyone | ghosts):
            return Published({}, {})
        moves = {name: released.telling_moves(its, name) for name, its in sets.items()} if released.changes else {}
        kept = {
            name: {its: rows for its, rows in parts.items() if its not in moves.get(name, ())}
            for name, parts in sets.items()
        }
        if released.changes:
            kept = {name: released.with_ghosts(parts, name) for name, parts in kept.items()}
            further = {} if released.differs(sets, everyone) else more
        else:
            further = more
        found = publish({**kept, **further}, everyone | ghosts, self.minimum, tells)
        told = self._together(self._told(found, {**sets, **more}), tuple(sets), [everyone])
        if not more:
            return told
        shown = [rows for name in sets for rows in told.shown[name].values()]
        return self._together(told, tuple(more), [everyone, *shown, *known])

    def _together(self, found: Published, names: Sequence[str], known: Sequence[frozenset[int]]) -> Published:
        """Hide what, with everything else that is shown, would be the sum of a few people."""
        offered = {(name, its): rows for name in names for its, rows in found.shown[name].items()}
        telling = too_telling(known, offered, self.minimum)
        if not telling:
            return found
        reason = TELLING if self.protected else COMPLEMENT.format(minimum=self.minimum)
        shown = {
            name: {its: rows for its, rows in parts.items() if (name, its) not in telling}
            for name, parts in found.shown.items()
        }
        hidden = {
            name: dict(sorted({**parts, **{its: reason for where, its in telling if where == name}}.items()))
            for name, parts in found.hidden.items()
        }
        return Published(shown, hidden)

    def _told(self, found: Published, sets: Sets) -> Published:
        """Return what was decided of today's rows, with the reasons of all that is not shown."""
        shown = {
            name: {its: rows - self.released.ghosts for its, rows in parts.items()}
            for name, parts in found.shown.items()
        }
        shown = {name: {} if self.released.rest_moves(parts, name) else parts for name, parts in shown.items()}
        few = FEW.format(minimum=self.minimum)
        hidden: dict[str, dict[str, str]] = {}
        for name, parts in sets.items():
            gone = [its for its, rows in parts.items() if rows and its not in shown.get(name, {})]
            hidden[name] = {
                its: few if len(parts[its]) < self.minimum else self._reason(found, name, its) for its in sorted(gone)
            }
        return Published({name: shown.get(name, {}) for name in sets}, hidden)

    def _reason(self, found: Published, name: str, its: str) -> str:
        if self.protected:
            return TELLING
        plain = found.hidden.get(name, {}).get(its, "")
        return EDITION.format(minimum=self.minimum) if self.released.changes else plain


def alike_of(measure: Measure, rows: pd.DataFrame, minimum: int, *, weighted: bool) -> Alike:
    """Return what tells of some of the rows whether a measure's figure would tell what each person answered.

    Parameters
    ----------
    measure
        What is shown.
    rows
        Those who answered it.
    minimum
        Smallest number of people that is shown.
    weighted
        Whether the figure is weighted.
    """
    answers = measure.answers(rows)
    scales = [_scored(measure, answers)]
    if len(measure.columns) > 1:
        scales += [_scored(part, part.answers(rows)[answers.notna()]) for part in map(element, measure.columns)]
    return alike_in(scales, minimum, weighted=weighted)


def without_telling_spread(measure: Measure, estimate: Estimate) -> Estimate:
    """Return an estimate without its interval where everybody could have given its value: the two together would tell it.

    Examples
    --------
    >>> from kohtaamo_utils.measures.means import mean
    >>> from kohtaamo_utils.reports.catalogue import CES
    >>> [without_telling_spread(CES, mean(answers)).low is None for answers in ([3] * 8, [2, 4] * 4, [3] * 7 + [4])]
    [True, True, False]
    """
    if estimate.value is None or estimate.low is None or not _common(measure, estimate.value):
        return estimate
    return replace(estimate, low=None, high=None, method="none")


def _common(measure: Measure, value: float) -> bool:
    if measure.kind == "nps":
        return could_be_common(value, 0.0, 100.0)
    return could_be_common(value, measure.limits[0], 1.0 / len(measure.columns))


def _scored(measure: Measure, answers: pd.Series) -> Scored:
    """Return the answers as the figure counts them: recommendations as 1, 0 and −1, satisfied people as 1."""
    known = answers.dropna().astype("float64")
    if measure.kind == "nps":
        return Scored((known >= PROMOTER_FROM).astype(float) - (known <= DETRACTOR_TO).astype(float), -1.0, 1.0)
    if measure.kind == "share":
        return Scored((known >= 4).astype(float), 0.0, 1.0)
    return Scored(known, measure.limits[0], measure.limits[1], 1.0 / len(measure.columns))
