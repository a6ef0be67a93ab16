"""One person's profile: raters, competencies by rater group, self against the others, items."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.programme_reliability import ProgrammeReliability
from kohtaamo_utils.disclosure.publication import ReviewPublication, Shown
from kohtaamo_utils.disclosure.silence import spreads_to_show
from kohtaamo_utils.measures.ratings import score
from kohtaamo_utils.reports.review_360.johari import QUADRANT_LABELS, Quadrant, place

if TYPE_CHECKING:
    import pandas as pd

    from kohtaamo_utils.engagement.settings import Review360Settings
    from kohtaamo_utils.measures.ratings import Catalogue, ReviewScores
    from kohtaamo_utils.reports.context import Context

OTHERS, SELF, MANAGER = "others", "self", "manager"


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
        The reviewee's rows of ``ratings_360``; used only where `spreads` allows intervals, agreement and distributions.
    items
        Item to competency, in the order of the questionnaire.
    catalogue
        The whole programme's items and competencies.
    """

    context: Context
    publication: ReviewPublication
    frame: pd.DataFrame
    items: dict[str, str | None]
    catalogue: Catalogue

    @property
    def settings(self) -> Review360Settings:
        """How the ratings are scored."""
        return self.context.engagement.settings.review_360

    @property
    def scale(self) -> tuple[int, int]:
        """Lowest and highest score."""
        return self.settings.scale

    @cached_property
    def spreads(self) -> frozenset[tuple[str, str]]:
        """(competency, rater group) whose interval, agreement and distributions are shown."""
        return spreads_to_show(self.publication, self.catalogue)

    @cached_property
    def scores(self) -> ReviewScores:
        """The reviewee's scores, not protected: for what `spreads` allows and nothing else."""
        settings = self.settings
        return score(self.frame, min_item_share=settings.min_item_share, scale=settings.scale, items=self.catalogue)

    @cached_property
    def reliability(self) -> ProgrammeReliability:
        """The whole programme's reliability, where it may be told."""
        settings = self.context.engagement.settings
        ratings = self.context.dataset.tables["ratings_360"]
        return ProgrammeReliability(ratings, settings.disclosure, settings.review_360, self.catalogue)

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

    def display(self, group: str) -> str:
        """Return the name under which a rater group is shown: its own, or that of the pool it is in."""
        return next((name for name in self.groups if "+" in name and group in name.split("+")), group)

    def shown(self, competency: str, group: str) -> Shown | None:
        """Return a published competency mean, or None."""
        cell = self.publication.competency_means.get((competency, group))
        return cell if isinstance(cell, Shown) else None

    @property
    def high_from(self) -> float:
        """Lowest mean that counts as high."""
        return self.settings.johari.cut(self.scale)

    def quadrants(self) -> dict[Quadrant, list[str]]:
        """Return the competencies by quadrant."""
        found: dict[Quadrant, list[str]] = {name: [] for name in QUADRANT_LABELS}
        for competency in self.competencies:
            found_in = place(self.publication, competency, self.settings)
            if found_in is not None:
                found[found_in].append(competency)
        return found
