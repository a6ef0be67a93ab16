"""How reliable the raters of a whole programme are, where that may be told: a yardstick for a person's report.

It may be told where the group report may show it (`GroupPublication.reliability`), but this is found without deciding on
every reviewee: whether a reviewee's spread is published matters only until two reviewees with five raters between them are
known whose spread is not. In a large programme the first few settle it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.pooling import MANAGER, OTHERS
from kohtaamo_utils.disclosure.review import decide
from kohtaamo_utils.disclosure.samples import MINIMUM_REVIEWEES
from kohtaamo_utils.disclosure.spread import SPREAD_MINIMUM, Pair
from kohtaamo_utils.measures.icc import IccOneWay, icc_one_way
from kohtaamo_utils.measures.ratings import SELF, in_wave, latest_wave

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from kohtaamo_utils.engagement.settings import Disclosure, Review360Settings
    from kohtaamo_utils.measures.ratings import Catalogue

LOOKED_AT = 20
"""Reviewees who are decided on; where that does not settle a question, the answer is the safe one."""

Rated = tuple[str, str, float]
"""A rater's group, id and score."""


@dataclass
class ProgrammeReliability:
    """The reliability of the ratings in a programme's last wave.

    Parameters
    ----------
    frame
        Canonical ``ratings_360`` rows of all reviewees.
    disclosure, review
        The blocks of ``engagement.yaml``.
    items
        The programme's items (`kohtaamo_utils.disclosure.programme.items_of`).
    """

    frame: pd.DataFrame
    disclosure: Disclosure
    review: Review360Settings
    items: Catalogue
    _spreads: dict[str, frozenset[Pair]] = field(default_factory=dict)

    def of(self, competency: str, group: str) -> IccOneWay | None:
        """Return the one-way intraclass correlations of a rater group's scores, or None where they may not be told.

        Parameters
        ----------
        competency
            One of the programme's.
        group
            A protected rater group, or ``others`` for all but self.

        Returns
        -------
        IccOneWay or None
            ``ms_within`` is the variance of one rater's score about the mean of the reviewee's raters.
        """
        rated = self._rated(competency, group)
        if not self._may_be_told(competency, group, rated):
            return None
        return icc_one_way([[score for _, _, score in its] for its in rated.values()])

    def _rated(self, competency: str, group: str) -> dict[str, list[Rated]]:
        """Return each reviewee's raters of a group with their scores."""
        wanted = {
            reviewee: [one for one in its if (one[0] != SELF if group == OTHERS else one[0] == group)]
            for reviewee, its in self._scores.get(competency, {}).items()
        }
        return {reviewee: its for reviewee, its in wanted.items() if its}

    def _may_be_told(self, competency: str, group: str, rated: Mapping[str, list[Rated]]) -> bool:
        """Whether the reviewees whose spread is not published are none, or several with enough raters together."""
        if len(rated) < MINIMUM_REVIEWEES or self._reviewees < MINIMUM_REVIEWEES:
            return False
        raters = {reviewee: {one[1] for one in its if one[0] != MANAGER} for reviewee, its in rated.items()}
        left: list[str] = []
        people: set[str] = set()
        for reviewee in sorted(raters, key=lambda name: (len(raters[name]), name)):
            few = len(raters[reviewee]) < SPREAD_MINIMUM
            if not few and reviewee not in self._spreads and len(self._spreads) == LOOKED_AT:
                return False
            if few or (competency, group) not in self._spread(reviewee):
                left.append(reviewee)
                people |= raters[reviewee]
            if len(left) > 1 and len(people) >= SPREAD_MINIMUM:
                return True
        return not left

    def _spread(self, reviewee: str) -> frozenset[Pair]:
        if reviewee not in self._spreads:
            its = self.frame[self.frame["reviewee_id"] == reviewee]
            self._spreads[reviewee] = decide(its, self.disclosure, self.review, self.items).spread
        return self._spreads[reviewee]

    @cached_property
    def _rows(self) -> pd.DataFrame:
        return in_wave(self.frame, latest_wave(self.frame)[0])

    @cached_property
    def _reviewees(self) -> int:
        return int(self._rows["reviewee_id"].nunique())

    @cached_property
    def _scores(self) -> dict[str, dict[str, list[Rated]]]:
        """Raters' scores by competency and reviewee, of those who answered enough of the competency's items."""
        rows = self._rows.dropna(subset=["score"])
        rows = rows.assign(competency=rows["item"].astype(str).map(dict(self.items))).dropna(subset=["competency"])
        keys = ["competency", "reviewee_id", "rater_group", "rater_id"]
        made = rows.groupby(keys, sort=True, observed=True)["score"].agg(["mean", "count"]).reset_index()
        fewest = self._fewest_items
        found: dict[str, dict[str, list[Rated]]] = {}
        columns = (made[name].tolist() for name in (*keys, "mean", "count"))
        for competency, reviewee, group, rater, mean, count in zip(*columns, strict=True):
            if count >= fewest[competency]:
                found.setdefault(competency, {}).setdefault(str(reviewee), []).append((group, str(rater), mean))
        return found

    @property
    def _fewest_items(self) -> dict[str, int]:
        share = Fraction(str(self.review.min_item_share))
        names = [name for name in self.items.values() if name is not None]
        return {name: max(1, ceil(share * names.count(name))) for name in dict.fromkeys(names)}
