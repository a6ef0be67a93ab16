"""Remarks from interviews, observation and development talks by theme and kind, and how well coder and rule agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kohtaamo_utils.disclosure.overlaps import publish
from kohtaamo_utils.measures.coding_agreement import FEWEST, CodingAgreement, coding_agreement
from kohtaamo_utils.measures.proportions import share_of
from kohtaamo_utils.presentation.section import Figure
from kohtaamo_utils.reports.answers import within

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from kohtaamo_utils.measures.estimate import Estimate
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.current_state.words.coding import Coding


@dataclass(frozen=True)
class Remarks:
    """The remarks of the period, by theme.

    Parameters
    ----------
    n
        How many say something.
    themes
        Share of the remarks that speak of a theme, most common first; themes of fewer than the minimum are not there.
    kinds
        By theme, how many remarks of each kind speak of it, where that may be shown.
    """

    n: int
    themes: dict[str, Estimate]
    kinds: dict[str, dict[str, int]]

    def figures(self) -> Iterator[Figure]:
        """Give the shares, and the counts by kind."""
        for theme, estimate in self.themes.items():
            yield Figure("observation_theme_share", {"theme": theme}, estimate)


def remarks_of(context: Context, coding: Coding, minimum: int) -> Remarks | None:
    """Return the remarks by theme; None where there are fewer than may be shown.

    Where a coder gave a theme it stands, else what the rule found.

    Parameters
    ----------
    context
        The engagement.
    coding
        What was read of the remarks.
    minimum
        Fewest remarks that are shown: a single one can be known again by whoever was there.
    """
    frame = context.dataset.tables.get("observations")
    if frame is None:
        return None
    rows = within(frame, "observed_on", context.period).reset_index(drop=True)
    rows = rows[rows["text"].isin(coding.said.keys())]
    if len(rows) < minimum:
        return None
    found: dict[str, set[int]] = {theme.id: set() for theme in coding.codebook.themes}
    for row, raw, label in _labelled(rows):
        for theme in coding.codebook.labels(label) if label else _read(coding, raw):
            found.setdefault(theme, set()).add(row)
    n = len(rows)
    shown = {theme: its for theme, its in found.items() if len(its) >= minimum and not 0 < n - len(its) < minimum}
    order = sorted(shown, key=lambda theme: -len(shown[theme]))
    kinds = rows["kind"] if "kind" in rows.columns else None
    return Remarks(
        n=n,
        themes={theme: share_of(len(shown[theme]), n) for theme in order},
        kinds={} if kinds is None else {theme: _kinds(kinds, shown[theme], minimum) for theme in order},
    )


def _kinds(kinds: pd.Series, chosen: set[int], minimum: int) -> dict[str, int]:
    """Return how many remarks of each kind speak of a theme; kinds that the theme's total would give away are left out."""
    its = kinds.loc[sorted(chosen)].dropna()
    sets = {str(kind): frozenset(index) for kind, index in its.groupby(its).groups.items()}
    published = publish({"kind": sets}, frozenset(chosen), minimum)
    return {kind: len(rows) for kind, rows in published.shown["kind"].items()}


def agreement_of(coding: Coding, frames: Iterable[pd.DataFrame]) -> CodingAgreement | None:
    """Compare a coder's themes with the rule's, over all texts that a coder gave a theme of the codebook.

    Parameters
    ----------
    coding
        What the rule read.
    frames
        Tables with the columns ``text`` and ``theme``.

    Returns
    -------
    CodingAgreement or None
        None where a coder gave themes to fewer than ten texts.
    """
    order = {theme.id: place for place, theme in enumerate(coding.codebook.themes)}
    pairs = []
    for frame in frames:
        for _, raw, label in _labelled(frame[frame["text"].isin(coding.said.keys())]):
            manual = [theme for theme in coding.codebook.labels(label) if theme in order] if label else []
            if manual:
                pairs.append((manual, _read(coding, raw)))
    if len(pairs) < FEWEST:
        return None
    matrices = np.zeros((2, len(pairs), len(order)), dtype=bool)
    for place, both in enumerate(pairs):
        for coder, themes in enumerate(both):
            matrices[coder, place, [order[theme] for theme in themes]] = True
    return coding_agreement(matrices[0], matrices[1])


def _read(coding: Coding, raw: str) -> list[str]:
    return [mention.theme for mention in coding.said[raw].read.mentions]


def _labelled(rows: pd.DataFrame) -> Iterator[tuple[int, str, str]]:
    """Yield row, text and a coder's label (empty for none)."""
    labels = rows["theme"] if "theme" in rows.columns else [None] * len(rows)
    for row, raw, label in zip(rows.index, rows["text"], labels, strict=True):
        yield row, raw, label.strip() if isinstance(label, str) else ""
