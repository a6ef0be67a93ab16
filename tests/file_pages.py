"""A programme published in process, as a client gets it: each report's sections as HTML, and its figures.

No kernel runs and no chart is drawn, so that thousands can be afforded. A drawn chart is replaced by a picture that holds
what the chart was given, digit for digit: a reader of it knows more than one of the real chart.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from engagements import SECTIONS

from kohtaamo_utils.disclosure import programme as programme_rules
from kohtaamo_utils.disclosure import review as review_rules
from kohtaamo_utils.disclosure import text_only
from kohtaamo_utils.engagement import Engagement
from kohtaamo_utils.engagement.settings import EngagementSettings
from kohtaamo_utils.intake import Dataset
from kohtaamo_utils.intake.notes.log import ImportLog
from kohtaamo_utils.measures.ratings import ReviewScores, latest_wave
from kohtaamo_utils.measures.ratings import Sheet as Scored
from kohtaamo_utils.presentation.numbers import Numbers
from kohtaamo_utils.presentation.section import MEDIA_TYPE, Section
from kohtaamo_utils.presentation.wording import Wording
from kohtaamo_utils.reports.context import Context
from kohtaamo_utils.reports.review_360 import GroupReview, PersonReview, competencies, distributions, gaps, profile
from kohtaamo_utils.reports.review_360.group import means

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pandas as pd
    from file_programmes import Answers, Programme

    from kohtaamo_utils.disclosure.publication import ReviewPublication
    from kohtaamo_utils.disclosure.question import Rules

LANGUAGE = "fi"
DRAWING = (
    (competencies, "gap_svg"),
    (gaps, "interval_svg"),
    (distributions, "strips_svg"),
    (means, "gap_svg"),
    (means, "spread_svg"),
)
"""What draws: replaced by what writes the numbers down."""
SCORING = (programme_rules, text_only, profile)
"""Modules that score: replaced by what looks the scores up."""


@dataclass(frozen=True)
class File:
    """One report's files: the page's sections, and the content of ``results.json`` without provenance."""

    subject: str
    sections: dict[str, str]
    results: dict[str, Any]


@dataclass(frozen=True)
class Made:
    """A report before it becomes files: equal ones become equal files."""

    sections: dict[str, Section]
    results: dict[str, Any]


class _Numbers(Numbers):
    """The same number formats, each number formatted once."""

    def number(self, value: float | None, decimals: int = 1) -> str:
        """Return a plain number with a fixed count of decimals."""
        return _number(value, decimals)


@cache
def _number(value: float | None, decimals: int) -> str:
    return Numbers(LANGUAGE).number(value, decimals)


def context_of(programme: Programme) -> Context:
    """Return what the reports start from."""
    settings = EngagementSettings(
        client="Testi Oy",
        language=LANGUAGE,
        sources={},
        disclosure=programme.disclosure,
        review_360=programme.review,
    )
    dataset = Dataset({"ratings_360": programme.frame}, ImportLog(), ())
    return Context(Engagement(Path("testi"), settings), dataset, Wording(LANGUAGE), _Numbers(LANGUAGE))


class Press:
    """Publishes a programme, and the same with other answers; a reviewee whose answers are the same is not made again.

    Parameters
    ----------
    programme
        What is published: after each wave every reviewee's report and the group's.
    """

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self._made: dict[Any, Made] = {}
        self._decided: dict[Any, Any] = {}

    def reports(self, answers: Answers) -> dict[tuple[str, str], Made]:
        """Return all reports, by wave and subject."""
        whole = self.programme.with_answers(answers)
        editions = [(wave, whole if wave == whole.waves[-1] else whole.until(wave)) for wave in whole.waves]
        return {(wave, name): made for wave, its in editions for name, made in self._edition(its).items()}

    def _edition(self, programme: Programme) -> dict[str, Made]:
        context = context_of(programme)
        key = cache(lambda reviewee: (programme.waves, reviewee, _answers_about(programme, reviewee)))
        with _pictures_of_numbers(), _each_scored_and_decided_once(programme, key, self._decided):
            for name in programme.reviewees:
                if key(name) not in self._made:
                    self._made[key(name)] = _made(PersonReview(context, name), "person")
            found = {name: self._made[key(name)] for name in programme.reviewees}
            return found | {"group": _made(GroupReview(context), "group")}


def _answers_about(programme: Programme, reviewee: str) -> tuple[Any, ...]:
    return tuple(tuple(given.items()) for sheet, given in programme.answers.items() if sheet.reviewee == reviewee)


def _made(report: Any, kind: str) -> Made:
    sections = {name: getattr(report, name)() for name in SECTIONS[kind]}
    results = report.results().as_dict()
    return Made(sections, {key: results[key] for key in ("subject", "figures", "hidden")})


def files(reports: dict[tuple[str, str], Made]) -> dict[tuple[str, str], File]:
    """Write the reports as a client gets them."""
    return {
        (wave, name): File(
            name,
            {key: section._repr_mimebundle_()[MEDIA_TYPE]["html"] for key, section in report.sections.items()},
            report.results,
        )
        for (wave, name), report in reports.items()
    }


def scores_of(
    programme: Programme, reviewee: str, wave: str = "", earlier: tuple[str, ...] | None = None
) -> ReviewScores:
    """Score a reviewee's wave, the last one if none is named, without a frame; a test compares it with the kit's."""
    wave = wave or programme.waves[-1]
    sheets = sorted(sheet for sheet in programme.answers if (sheet.wave, sheet.reviewee) == (wave, reviewee))
    return ReviewScores(
        reviewee_id=reviewee,
        wave=wave,
        earlier_waves=programme.waves[:-1] if earlier is None else earlier,
        catalogue=programme.items,
        sheets=tuple(
            Scored(sheet.rater, sheet.group, {item: Fraction(score) for item, score in given.items()})
            for sheet in sheets
            if (given := programme.answers[sheet])
        ),
        min_item_share=programme.review.min_item_share,
    )


@contextmanager
def _each_scored_and_decided_once(
    programme: Programme, key: Callable[[str], Any], decided: dict[Any, Any]
) -> Iterator[None]:
    """Let all reports share the scores and the decisions, which each would make anew."""
    scores, publish = cache(partial(scores_of, programme)), review_rules.publish
    settings = programme.disclosure, programme.review

    def score(frame: pd.DataFrame, **_: Any) -> ReviewScores:
        return scores(frame["reviewee_id"].iloc[0], *latest_wave(frame))

    def published(its: ReviewScores, rules: Rules) -> ReviewPublication:
        place = key(its.reviewee_id), its.wave, its.earlier_waves
        if place not in decided:
            decided[place] = publish(its, rules)
        return decided[place]

    with ExitStack() as patches:
        for module in SCORING:
            patches.enter_context(patch.object(module, "score", score))
        for module in (review_rules, programme_rules):
            patches.enter_context(patch.object(module, "publish", published))
        patches.enter_context(patch.object(programme_rules, "items_of", lambda _: programme.items))
        reliability = cache(lambda: profile.ProgrammeReliability(programme.frame, *settings, programme.items))
        patches.enter_context(patch.object(profile.Profile, "reliability", property(lambda _: reliability())))
        yield


@contextmanager
def _pictures_of_numbers() -> Iterator[None]:
    with ExitStack() as patches:
        for module, name in DRAWING:
            patches.enter_context(patch.object(module, name, _numbers_svg if name == "gap_svg" else _any_svg))
        yield


def _numbers_svg(rows: Sequence[Any], **names: Any) -> str:
    marks = [
        f'<circle cx="{value!r}" cy="{place}" class="{side}"/><text>{escape(text)}</text>'
        for place, row in enumerate(rows)
        for side, value, text in (("first", row.first, row.first_text), ("second", row.second, row.second_text))
        if value is not None
    ]
    return f"<svg>{''.join(marks)}<text>{escape(str(names['axis']))}</text></svg>"


def _any_svg(rows: Sequence[Any], **names: Any) -> str:
    return f"<svg><desc>{escape(repr((rows, names)))}</desc></svg>"
