"""One person's profile: raters, competencies by rater group, self against the others, items."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.publication import ReviewPublication, Shown
from kohtaamo_utils.reports.review_360.johari import QUADRANT_LABELS, Quadrant, quadrant

if TYPE_CHECKING:
    import pandas as pd

    from kohtaamo_utils.reports.context import Context

OTHERS, SELF = "others", "self"
FEWEST = 5
"""Fewest raters of a group whose agreement is shown."""


@dataclass(frozen=True)
class Profile:
    """One reviewee's publication with what is needed to say it.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    publication
        What may be published.
    frame
        The reviewee's rows of ``ratings_360``; used only where the publication allows agreement to be shown.
    items
        Item to competency, in the order of the questionnaire.
    """

    context: Context
    publication: ReviewPublication
    frame: pd.DataFrame
    items: dict[str, str | None]

    @property
    def scale(self) -> tuple[int, int]:
        """Lowest and highest score."""
        return self.context.engagement.settings.review_360.scale

    @property
    def groups(self) -> tuple[str, ...]:
        """Rater groups that are shown, in order."""
        return self.publication.groups

    @property
    def competencies(self) -> tuple[str, ...]:
        """Competencies in the order of the questionnaire."""
        there = {competency for competency, _ in self.publication.competency_means}
        named = dict.fromkeys(competency for competency in self.items.values() if competency in there)
        return tuple(competency for competency in named if competency is not None)

    def shown(self, competency: str, group: str) -> Shown | None:
        """Return a published competency mean, or None."""
        cell = self.publication.competency_means.get((competency, group))
        return cell if isinstance(cell, Shown) else None

    def quadrants(self) -> dict[Quadrant, list[str]]:
        """Return the competencies by quadrant."""
        found: dict[Quadrant, list[str]] = {name: [] for name in QUADRANT_LABELS}
        for competency in self.competencies:
            own, others = self.shown(competency, SELF), self.shown(competency, OTHERS)
            place = quadrant(own, others, self.scale) if own and others else None
            if place is not None:
                found[place].append(competency)
        return found
