"""One group's comments by theme: who speaks of what, in which tone, and which shares may be shown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.overlaps import COMPLEMENT, FEW
from kohtaamo_utils.measures.proportions import share
from kohtaamo_utils.presentation.section import Figure, Hidden

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from kohtaamo_utils.codebook import Tone
    from kohtaamo_utils.measures.estimate import Estimate
    from kohtaamo_utils.reports.current_state.words.coding import Coding
    from kohtaamo_utils.reports.survey import Survey


@dataclass(frozen=True)
class ThemeShare:
    """A theme that may be shown.

    Parameters
    ----------
    theme
        Its id, or a coder's own label.
    whole, good, bad
        Shares of the comments that speak of it, and that do so content or not content.
    """

    theme: str
    whole: Estimate
    good: Estimate
    bad: Estimate


class Spoken:
    """The comments of one group.

    Parameters
    ----------
    survey
        The answers of the period.
    coding
        What was read of the comments.
    group
        The respondent group; groups are never put together.
    """

    def __init__(self, survey: Survey, coding: Coding, group: str) -> None:
        self.survey, self.coding, self.group = survey, coding, group

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The group's rows whose comment says something; in a weighted group those with a weight."""
        frame = self.survey.frame
        chosen = frame[frame["respondent_group"] == self.group]
        if "comment" not in chosen.columns:
            return chosen.iloc[:0]
        chosen = chosen[chosen["comment"].isin(self.coding.said.keys())]
        weights = self.survey.weights(chosen)
        return chosen if weights is None else chosen[weights.notna()]

    @cached_property
    def tones(self) -> dict[str, dict[int, Tone]]:
        """By theme, the rows that speak of it and their tone, in the codebook's order; a coder's own labels last.

        Where a coder gave themes (column ``theme``), they stand and the rule's go; the tone stays the rule's.
        """
        found: dict[str, dict[int, Tone]] = {theme.id: {} for theme in self.coding.codebook.themes}
        rows = self.rows
        manual = rows["theme"] if "theme" in rows.columns else None
        for row, raw in zip(rows.index, rows["comment"], strict=True):
            told = dict(self.coding.said[raw].read.mentions)
            label = None if manual is None else manual.loc[row]
            if isinstance(label, str) and label.strip():
                told = {theme: told.get(theme, "open") for theme in self.coding.codebook.labels(label)}
            for theme, tone in told.items():
                found.setdefault(theme, {})[row] = tone
        return found

    @property
    def enough(self) -> bool:
        """Whether as many commented as may be shown."""
        return not self.survey.too_few(self.group, self.rows.index)

    @cached_property
    def shares(self) -> tuple[ThemeShare, ...]:
        """The themes that may be shown, most common first (ties in the codebook's order)."""
        if not self.enough:
            return ()
        made = [self._share(theme, tones) for theme, tones in self.tones.items() if self._shown(tones)]
        return tuple(sorted(made, key=lambda item: -(item.whole.value or 0.0)))

    def _shown(self, tones: dict[int, Tone]) -> bool:
        others = self.rows.index.difference(list(tones))
        if self.survey.too_few(self.group, tones):
            return False
        return others.empty or not self.survey.too_few(self.group, others)

    def _share(self, theme: str, tones: dict[int, Tone]) -> ThemeShare:
        rows, weights = self.rows, self.survey.weights(self.rows)
        told = {tone: [row for row, its in tones.items() if its == tone] for tone in ("good", "bad")}
        whole, good, bad = (
            share(rows.index.isin(chosen).astype(float), None if weights is None else weights.to_numpy())
            for chosen in (list(tones), told["good"], told["bad"])
        )
        return ThemeShare(theme, whole, good, bad)

    def figures(self) -> Iterator[Figure]:
        """Give the shares of the themes that may be shown."""
        for item in self.shares:
            scope = {"respondent_group": self.group, "theme": item.theme}
            yield Figure("theme_share", scope, item.whole)
            yield Figure("theme_good_share", scope, item.good)
            yield Figure("theme_bad_share", scope, item.bad)

    def hidden(self) -> Iterator[Hidden]:
        """Name the themes that may not be shown, alike whether few, nobody or nearly everybody speaks of them."""
        minimum = self.survey.minimum
        if not len(self.rows):
            return
        if not self.enough:
            yield Hidden("theme_share", {"respondent_group": self.group}, FEW.format(minimum=minimum))
            return
        for theme in self.coding.codebook.themes:
            if not self._shown(self.tones[theme.id]):
                scope = {"respondent_group": self.group, "theme": theme.id}
                yield Hidden("theme_share", scope, COMPLEMENT.format(minimum=minimum))
