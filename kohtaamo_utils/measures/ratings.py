"""Scoring of one reviewee's 360 ratings: raters' competency scores, group means and the mean of the others.

Everything here is exact (fractions) and unprotected: what of it may be published, `kohtaamo_utils.disclosure` decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from typing import TYPE_CHECKING, Literal

from kohtaamo_utils.errors import DataError, say

if TYPE_CHECKING:
    import pandas as pd

SELF = "self"
FIRST_YEAR = 1900
SEASONS = {
    word: place
    for place, words in enumerate(
        (
            ("kevät", "vår", "våren", "spring"),
            ("kesä", "sommar", "summer"),
            ("syksy", "höst", "hösten", "autumn", "fall"),
        )
    )
    for word in words
}
WAVE_WORDS = {*SEASONS, "q", "kierros", "aalto", "mätning", "omgång", "wave", "round", "w"}
"""Words that may stand in a wave's name without making its order unclear."""
Others = Literal["raters", "groups"]
Catalogue = Mapping[str, str | None]
"""Each item and the competency that it measures; None where no competency is named."""


@dataclass(frozen=True)
class Score:
    """One rater's score on one question (an item or a competency), on the question's own scale."""

    rater_id: str
    group: str
    value: Fraction


@dataclass(frozen=True)
class Sheet:
    """What one rater answered as a member of one rater group; unanswered items are absent."""

    rater_id: str
    group: str
    answers: Mapping[str, Fraction]


@dataclass(frozen=True, kw_only=True)
class ReviewScores:
    """One reviewee's scored review.

    Parameters
    ----------
    reviewee_id
        Who was reviewed.
    wave
        The wave that was scored: the last one, waves being sorted as text; None where none is named.
    earlier_waves
        Waves that were left out, in order; "" stands for rows without a wave.
    catalogue
        The programme's items and their competencies, in the order of the questionnaire.
    sheets
        One per rater and group that answered at least one item.
    min_item_share
        Share of a competency's items (0-1) that a rater must have answered to count in its mean.
    """

    reviewee_id: str
    wave: str | None
    earlier_waves: tuple[str, ...]
    catalogue: Catalogue
    sheets: tuple[Sheet, ...]
    min_item_share: float

    @property
    def competencies(self) -> tuple[str, ...]:
        """Competencies that somebody's answers score, in the order of the questionnaire."""
        named = dict.fromkeys(competency for competency in self.catalogue.values() if competency is not None)
        return tuple(competency for competency in named if self.competency_scores(competency))

    @property
    def loose_items(self) -> tuple[str, ...]:
        """Answered items without a competency: they are reported as items only."""
        return tuple(item for item in self._answered if self.catalogue[item] is None)

    def items_of(self, competency: str) -> tuple[str, ...]:
        """Return the competency's items that somebody answered in this review."""
        return tuple(item for item in self._answered if self.catalogue[item] == competency)

    def item_scores(self, item: str) -> tuple[Score, ...]:
        """Return the item's answers, one per rater who answered it."""
        return self._by_item.get(item, ())

    def competency_scores(self, competency: str) -> tuple[Score, ...]:
        """Return the raters' competency scores; raters who answered too few of its items are left out."""
        return self._by_competency.get(competency, ())

    @cached_property
    def _by_item(self) -> dict[str, tuple[Score, ...]]:
        found: dict[str, list[Score]] = {}
        for sheet in self.sheets:
            for item, value in sheet.answers.items():
                found.setdefault(item, []).append(Score(sheet.rater_id, sheet.group, value))
        return {item: tuple(scores) for item, scores in found.items()}

    @cached_property
    def _by_competency(self) -> dict[str, tuple[Score, ...]]:
        items: dict[str, list[str]] = {}
        for item, competency in self.catalogue.items():
            if competency is not None:
                items.setdefault(competency, []).append(item)
        return {competency: tuple(self._scored(its)) for competency, its in items.items()}

    def _scored(self, items: Sequence[str]) -> Iterable[Score]:
        for sheet in self.sheets:
            value = competency_score(sheet.answers, items, self.min_item_share)
            if value is not None:
                yield Score(sheet.rater_id, sheet.group, value)

    @cached_property
    def _answered(self) -> tuple[str, ...]:
        answered = {item for sheet in self.sheets for item in sheet.answers}
        return tuple(item for item in self.catalogue if item in answered)


def competency_score(answers: Mapping[str, Fraction], items: Iterable[str], min_item_share: float) -> Fraction | None:
    """Return a rater's mean over the answered items of a competency, or None when too few were answered.

    The default share of one half is the Center for Creative Leadership's validity rule for Benchmarks.

    Examples
    --------
    >>> answers = {"a": Fraction(4), "b": Fraction(5)}
    >>> competency_score(answers, ["a", "b", "c", "d"], 0.5)
    Fraction(9, 2)
    >>> competency_score(answers, ["a", "b", "c", "d"], 0.6) is None
    True
    """
    wanted = list(items)
    given = [answers[item] for item in wanted if item in answers]
    if not given or len(given) < _exact(min_item_share) * len(wanted):
        return None
    return sum(given, Fraction(0)) / len(given)


@cache
def _exact(value: float) -> Fraction:
    """Return the fraction that a number is written as: 0.1 is a tenth."""
    return Fraction(str(value))


def mean(scores: Iterable[Score]) -> Fraction | None:
    """Return the mean over raters, each counting once; None without scores.

    Examples
    --------
    >>> mean([Score("a", "peer", Fraction(2)), Score("b", "peer", Fraction(3))])
    Fraction(5, 2)
    """
    values = [score.value for score in scores]
    return sum(values, Fraction(0)) / len(values) if values else None


def group_means(scores: Iterable[Score]) -> dict[str, Fraction]:
    """Return the mean over raters of each rater group that has scores."""
    grouped: dict[str, list[Fraction]] = {}
    for score in scores:
        grouped.setdefault(score.group, []).append(score.value)
    return {group: sum(values, Fraction(0)) / len(values) for group, values in grouped.items()}


def others_weights(sizes: Mapping[str, int], others: Others) -> dict[str, Fraction]:
    """Return the weight of each group's mean in the mean of the others; the weights sum to 1.

    Parameters
    ----------
    sizes
        Raters by group, self left out; empty groups may be there.
    others
        ``raters``: each rater counts the same; ``groups``: each group that answered counts the same.

    Examples
    --------
    >>> others_weights({"manager": 1, "peer": 3}, "raters")
    {'manager': Fraction(1, 4), 'peer': Fraction(3, 4)}
    >>> others_weights({"manager": 1, "peer": 3}, "groups")
    {'manager': Fraction(1, 2), 'peer': Fraction(1, 2)}
    """
    present = {group: size for group, size in sizes.items() if size}
    if others == "groups":
        return {group: Fraction(1, len(present)) for group in present}
    total = sum(present.values())
    return {group: Fraction(size, total) for group, size in present.items()}


def others_mean(scores: Iterable[Score], others: Others) -> Fraction | None:
    """Return the mean of everybody but self, by raters or by groups; None when nobody else answered.

    Examples
    --------
    >>> ratings = [("manager", 4), ("peer", 2), ("peer", 3), *[("report", x) for x in (4, 4, 5, 3, 4)]]
    >>> scores = [Score(str(number), group, Fraction(x)) for number, (group, x) in enumerate(ratings)]
    >>> float(others_mean(scores, "raters")), float(others_mean(scores, "groups"))
    (3.625, 3.5)
    """
    others_scores = [score for score in scores if score.group != SELF]
    means = group_means(others_scores)
    sizes = {group: sum(score.group == group for score in others_scores) for group in means}
    weights = others_weights(sizes, others)
    return sum((weights[group] * means[group] for group in means), Fraction(0)) if means else None


def catalogue(frame: pd.DataFrame) -> dict[str, str | None]:
    """Return the items of canonical ``ratings_360`` rows and their competencies, in order of appearance.

    Raises
    ------
    DataError
        An item is given two competencies.

    Examples
    --------
    >>> import pandas as pd
    >>> catalogue(pd.DataFrame({"item": ["a", "b", "a"], "competency": ["trust", None, None]}))
    {'a': 'trust', 'b': None}
    """
    items: dict[str, str | None] = dict.fromkeys(frame["item"].drop_duplicates().astype(str))
    if "competency" not in frame:
        return items
    named = frame[["item", "competency"]].dropna().drop_duplicates()
    for item, competency in zip(named["item"].astype(str), named["competency"].astype(str), strict=True):
        if items[item] not in (None, competency):
            raise DataError(
                say(
                    'The item "{item}" of ratings_360 belongs to two competencies, "{first}" and "{competency}". '
                    "An item measures one competency: correct the competency column, or rename one of the items.",
                    item=item,
                    first=str(items[item]),
                    competency=competency,
                )
            )
        items[item] = competency
    return items


def latest_wave(frame: pd.DataFrame) -> tuple[str | None, tuple[str, ...]]:
    """Return the last wave and the earlier ones ("" for rows without a wave).

    Waves are put in order of year and then of season, quarter, month or number: ``2025``, ``3/2025``, ``2025-03``,
    ``Q1 2025``, ``Syksy 2024``.

    Raises
    ------
    DataError
        There are several waves and their order cannot be told from their names.

    Examples
    --------
    >>> import pandas as pd
    >>> latest_wave(pd.DataFrame({"wave": ["2025", "2024", None]}))
    ('2025', ('', '2024'))
    """
    if "wave" not in frame:
        return None, ()
    waves = list(frame["wave"].dropna().astype(str).unique())
    if not waves:
        return None, ()
    waves = in_order(waves)
    unnamed = ("",) if bool(frame["wave"].isna().any()) else ()
    return waves[-1], (*unnamed, *waves[:-1])


def in_order(waves: Sequence[str]) -> list[str]:
    """Return waves from the first to the last.

    Raises
    ------
    DataError
        There are several and their order cannot be told.

    Examples
    --------
    >>> in_order(["Kevät 2025", "Syksy 2024"])
    ['Syksy 2024', 'Kevät 2025']
    >>> in_order(["10", "9"])
    ['9', '10']
    """
    places = {wave: _place(wave) for wave in waves}
    by_season = {any(word in wave.casefold() for word in SEASONS) for wave in waves}
    unclear = None in places.values() or len(set(places.values())) < len(waves) or len(by_season) > 1
    if len(waves) > 1 and unclear:
        raise DataError(
            say(
                "The order of the waves {waves} cannot be told. Name them so that it can, e.g. 2024-1 and 2025-1, in the column `wave`.",
                waves=", ".join(sorted(waves)),
            )
        )
    return sorted(waves, key=lambda wave: places[wave] or ())


def _place(wave: str) -> tuple[int, ...] | None:
    """Return a wave's place in time: year, then season or number; None where it cannot be told."""
    text = wave.casefold()
    numbers = [int(part) for part in re.findall(r"\d+", text)]
    words = re.findall(r"[^\W\d_]+", text)
    seasons = [SEASONS[word] for word in words if word in SEASONS]
    if len(seasons) < len([word for word in words if word not in WAVE_WORDS]) or len(seasons) > 1:
        return None
    years = [number for number in numbers if number >= FIRST_YEAR]
    rest = [number for number in numbers if number < FIRST_YEAR]
    if len(years) > 1 or (seasons and rest) or not numbers or (not years and len(rest) > 1):
        return None
    if len(rest) > 2 or (len(rest) == 2 and not re.match(r"\s*\d{4}", text)):
        return None
    return (*years, *seasons, *rest)


def in_wave(frame: pd.DataFrame, wave: str | None) -> pd.DataFrame:
    """Return the rows of a wave; None means that no wave is named and all rows count."""
    return frame if wave is None else frame[frame["wave"] == wave]


def score(
    frame: pd.DataFrame, *, min_item_share: float, scale: tuple[int, int], items: Catalogue | None = None
) -> ReviewScores:
    """Score one reviewee's canonical ``ratings_360`` rows.

    Parameters
    ----------
    frame
        Rows of one reviewee; any waves, the last one is scored.
    min_item_share
        Share of a competency's items (0-1) that a rater must have answered.
    scale
        Lowest and highest answer.
    items
        The programme's items and competencies; the frame's own where not given.

    Raises
    ------
    DataError
        A score is outside the scale, or an item is given two competencies.
    ValueError
        The rows are of several reviewees.
    """
    if len(frame["reviewee_id"].unique()) > 1:
        raise ValueError("score one reviewee at a time: the rows are of several")
    wave, earlier = latest_wave(frame)
    rows = in_wave(frame, wave)
    return ReviewScores(
        reviewee_id=str(frame["reviewee_id"].iloc[0]) if len(frame) else "",
        wave=wave,
        earlier_waves=earlier,
        catalogue=catalogue(rows) if items is None else dict(items),
        sheets=_sheets(rows, scale),
        min_item_share=min_item_share,
    )


def _sheets(rows: pd.DataFrame, scale: tuple[int, int]) -> tuple[Sheet, ...]:
    given = rows.dropna(subset=["score"])
    answers: dict[tuple[str, str], dict[str, Fraction]] = {}
    columns = (given[name] for name in ("rater_group", "rater_id", "item", "score"))
    for group, rater, item, value in zip(*columns, strict=True):
        if not scale[0] <= value <= scale[1]:
            raise DataError(
                say(
                    'ratings_360 has the score {value} for the item "{item}", outside the scale {low}-{high}. '
                    "Correct the file, list the value under `missing`, or set review_360: scale.",
                    value=f"{value:g}",
                    item=item,
                    low=scale[0],
                    high=scale[1],
                )
            )
        answers.setdefault((str(group), str(rater)), {})[str(item)] = _exact(float(value))
    return tuple(Sheet(rater, group, answers[group, rater]) for group, rater in sorted(answers))
