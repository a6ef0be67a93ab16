"""How those who speak of a theme rate the encounter, against the others who wrote."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from kohtaamo_utils.measures.comparisons import GroupComparison, benjamini_hochberg
from kohtaamo_utils.presentation.section import Figure
from kohtaamo_utils.reports.catalogue import CSAT, HEARD, NPS, Measure
from kohtaamo_utils.reports.compare import against_others

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kohtaamo_utils.measures.estimate import Estimate
    from kohtaamo_utils.reports.current_state.words.themes import Spoken

MEASURES: tuple[Measure, ...] = (NPS, CSAT, HEARD)
DISCOVERY_RATE = 0.05


@dataclass(frozen=True)
class ThemeMeasure:
    """A measure of those who speak of a theme and of the other commenters, and whether the two differ beyond chance."""

    theme: str
    estimate: Estimate
    rest: Estimate
    comparison: GroupComparison

    @property
    def better(self) -> bool | None:
        """Whether those who speak of it rate better; None where nothing differs beyond chance."""
        gap = self.comparison.difference.value
        return None if not self.comparison.differs or gap is None else gap > 0


@dataclass(frozen=True)
class MeasuredThemes:
    """One measure by theme."""

    measure: Measure
    themes: dict[str, ThemeMeasure]


def measured(spoken: Spoken) -> tuple[MeasuredThemes, ...]:
    """Return the measures by theme, with Benjamini-Hochberg over the themes; themes whose figure gives few away are left out.

    Parameters
    ----------
    spoken
        One group's comments.
    """
    made = (MeasuredThemes(measure, {item.theme: item for item in _of(spoken, measure)}) for measure in MEASURES)
    return tuple(item for item in made if item.themes)


def figures(spoken: Spoken, found: Iterable[MeasuredThemes]) -> Iterator[Figure]:
    """Give the measures by theme."""
    for each in found:
        for theme, item in each.themes.items():
            scope = {"respondent_group": spoken.group, **each.measure.scope, "theme": theme}
            yield Figure(f"theme_{each.measure.figure}", scope, item.estimate)


def _of(spoken: Spoken, measure: Measure) -> list[ThemeMeasure]:
    survey = spoken.survey
    every = survey.rows_for(measure, spoken.group)
    valid = every[measure.answers(every).notna()]
    rows = valid[valid.index.isin(spoken.rows.index)]
    if len(rows) < 2 * survey.minimum:
        return []
    sets = {item.theme: frozenset(rows.index) & spoken.tones[item.theme].keys() for item in spoken.shares}
    named = {f"theme {theme}": {"yes": frozenset(chosen)} for theme, chosen in sets.items()}
    published = survey.publish(valid, {"comments": {"yes": frozenset(rows.index)}, **named}, (measure, spoken.group))
    made = []
    for theme, chosen in sets.items():
        enough = min(len(chosen), len(rows) - len(chosen)) >= survey.minimum
        if enough and published.shown.get(f"theme {theme}"):
            made.append(_compared(spoken, measure, rows, theme, frozenset(chosen)))
    return _controlled(made)


def _compared(spoken: Spoken, measure: Measure, rows: pd.DataFrame, theme: str, chosen: frozenset[int]) -> ThemeMeasure:
    answers, weights = measure.answers(rows), spoken.survey.weights(rows)
    inside = pd.Series(rows.index.isin(chosen), index=rows.index)
    comparison = against_others(measure, answers, inside.map({True: "yes", False: "no"}), weights)["yes"]
    parts = [measure.estimate(answers[part], None if weights is None else weights[part]) for part in (inside, ~inside)]
    return ThemeMeasure(theme, parts[0], parts[1], comparison)


def _controlled(items: list[ThemeMeasure]) -> list[ThemeMeasure]:
    """Judge all themes together: of those that are called different, about one in twenty is so by chance."""
    tested = [item for item in items if item.comparison.difference.p is not None]
    adjusted = benjamini_hochberg([item.comparison.difference.p or 0.0 for item in tested]).tolist() if tested else []
    found: dict[str, float] = dict(zip((item.theme for item in tested), adjusted, strict=True))
    return [
        replace(
            item,
            comparison=replace(
                item.comparison,
                p_adjusted=found.get(item.theme),
                differs=found.get(item.theme, 1.0) <= DISCOVERY_RATE,
            ),
        )
        for item in items
    ]
