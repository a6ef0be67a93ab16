"""How reliable the raters of a whole programme are, where that may be told: a yardstick for a person's report.

An intraclass correlation gives, to a reader who holds all the single reports, the sum of the spreads that those do not
print. It may be told when that sum is of several reviewees and enough raters, or when nothing is left to learn. Then the
group report may tell it too (`GroupPublication.reliability`). A few reviewees settle it as a rule, so that a report need not
decide on all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.pooling import OTHERS, PROTECTED
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
"""Reviewees who are decided on; where they do not settle it, the answer is the safe one."""

Rated = tuple[str, str, float]
"""A rater's group, id and score."""


@dataclass
class ProgrammeReliability:
    """The reliability of all raters but self in a programme's last wave.

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

    def of(self, competency: str) -> IccOneWay | None:
        """Return the one-way intraclass correlations of the others' scores, or None where they may not be told.

        Returns
        -------
        IccOneWay or None
            ``ms_within`` is the variance of one rater's score about the mean of the reviewee's raters.
        """
        rated = self._scores.get(competency, {})
        if not self._may_be_told(competency, rated):
            return None
        return icc_one_way([[score for _, _, score in its] for its in rated.values()])

    def _may_be_told(self, competency: str, rated: Mapping[str, list[Rated]]) -> bool:
        """Whether the raters whose spread no report prints are many, and of several reviewees, or there are none."""
        if len(rated) < MINIMUM_REVIEWEES:
            return False
        left: set[str] = set()
        people: set[str] = set()
        for reviewee in sorted(rated)[:LOOKED_AT]:
            groups = {name for its, group in self._spread(reviewee) if its == competency for name in group.split("+")}
            unprinted = {rater for group, rater, _ in rated[reviewee] if group in PROTECTED and group not in groups}
            left |= {reviewee} if unprinted else set()
            people |= unprinted
            if len(left) > 1 and len(people) >= SPREAD_MINIMUM:
                return True
        return len(rated) <= LOOKED_AT and all((competency, OTHERS) in self._spread(reviewee) for reviewee in rated)

    def _spread(self, reviewee: str) -> frozenset[Pair]:
        if reviewee not in self._spreads:
            its = self.frame[self.frame["reviewee_id"] == reviewee]
            self._spreads[reviewee] = decide(its, self.disclosure, self.review, self.items).spread
        return self._spreads[reviewee]

    @cached_property
    def _scores(self) -> dict[str, dict[str, list[Rated]]]:
        """The others' scores by competency and reviewee, of those who answered enough of the competency's items."""
        rows = in_wave(self.frame, latest_wave(self.frame)[0]).dropna(subset=["score"])
        rows = rows[rows["rater_group"] != SELF]
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
