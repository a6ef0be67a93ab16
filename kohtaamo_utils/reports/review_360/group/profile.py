"""What may be published of the group, with what is needed to say it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from kohtaamo_utils.disclosure.publication import (
    Band,
    GroupPublication,
    Hidden,
    Reason,
    ReviewPublication,
    Shown,
    Spread,
)
from kohtaamo_utils.measures.paired import clear_pairs
from kohtaamo_utils.measures.rater_scores import rater_scores
from kohtaamo_utils.presentation import section
from kohtaamo_utils.reports.review_360.cells import entry
from kohtaamo_utils.reports.review_360.profile import OTHERS, SELF

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kohtaamo_utils.disclosure.publication import Cell
    from kohtaamo_utils.reports.context import Context

FEWEST = 5
"""Fewest reviewees of any figure, and of any comparison."""
GROUP_REASONS: dict[Reason, str] = {
    "too_few_reviewees": "fewer than 5 reviewees",
    "complementary": "would tell too much of fewer than 5 reviewees",
    "band": "would be computed from bands",
}
"""Reasons as ``results.json`` gives them."""


@dataclass(frozen=True)
class GroupProfile:
    """The group's publication, and the single reports' publications that it was computed from.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    publication
        What may be published of the group.
    reviews
        What is published of each reviewee of its wave; only what no reader can lead back to one of them is told of it.
    frame
        The wave's rows of ``ratings_360``; used only where the publication allows reliability to be shown.
    items
        The programme's items and their competencies.
    """

    context: Context
    publication: GroupPublication
    reviews: tuple[ReviewPublication, ...]
    frame: pd.DataFrame
    items: Mapping[str, str | None]

    @property
    def scale(self) -> tuple[int, int]:
        """Lowest and highest score."""
        return self.context.engagement.settings.review_360.scale

    @property
    def minimum(self) -> int:
        """Fewest raters of a protected group."""
        return self.context.engagement.settings.disclosure.minimum_raters

    @cached_property
    def competencies(self) -> tuple[str, ...]:
        """Competencies in the order of the questionnaire."""
        return tuple(dict.fromkeys(competency for competency, _ in self.publication.competency_means))

    def shown(self, competency: str, group: str) -> Shown | None:
        """Return a published mean over reviewees, or None."""
        cell = self.publication.competency_means.get((competency, group))
        return cell if isinstance(cell, Shown) else None

    def spread(self, competency: str, group: str) -> Spread | None:
        """Return a published standard deviation over reviewees, or None."""
        cell = self.publication.spreads.get((competency, group))
        return cell if isinstance(cell, Spread) else None

    def printed(self, group: str) -> pd.DataFrame:
        """Return the means that the single reports print: a row a reviewee, a column a competency; a band's middle for it."""
        rows = [
            {
                competency: self._level(review.competency_means.get((competency, group)))
                for competency in self.competencies
            }
            for review in self.reviews
        ]
        return pd.DataFrame(rows, columns=list(self.competencies), dtype="float64")

    def _level(self, cell: Cell | None) -> float | None:
        if not isinstance(cell, Shown):
            return None
        if isinstance(cell.value, Band):
            return (cell.value.limit + self.scale[cell.value.end == "high"]) / 2
        return cell.value

    @cached_property
    def clear(self) -> frozenset[tuple[str, str]]:
        """Pairs of competencies of which others clearly rate the first higher; only those whose means are shown."""
        shown = [competency for competency in self.competencies if self.shown(competency, OTHERS)]
        return clear_pairs(self.printed(OTHERS)[shown], FEWEST)

    @cached_property
    def ratings(self) -> pd.DataFrame:
        """Every rater's competency scores but self's; for reliability, where it may be shown."""
        share = self.context.engagement.settings.review_360.min_item_share
        scores = rater_scores(self.frame, self.items, share)
        return scores[scores["rater_group"] != SELF]

    def mean_entry(self, cell: Cell, name: str, scope: dict[str, str]) -> section.Figure | section.Hidden:
        """Return a mean over reviewees as a figure, or as hidden with its reason."""
        if isinstance(cell, Hidden):
            return section.Hidden(name, scope, GROUP_REASONS[cell.reason])
        return entry(cell, name, scope, self.minimum)
