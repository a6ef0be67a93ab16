"""What the reader makes of the facts: equations and bounds over the answers that he does not know, block by block.

He knows who answered which item, what self and managers answered, and how means are made. A printed number counts as
known with all its digits: whatever he cannot tell then, he cannot tell from the rounded number either.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from file_programmes import PROTECTED, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from file_programmes import Programme
    from file_reader import Printed

Answer = tuple[Sheet, str]
Weights = dict[Answer, Fraction]


@dataclass
class Block:
    """Answers that meet in one another's sums: as a rule those of one reviewee on one competency.

    Parameters
    ----------
    answers
        Columns.
    rows
        Weights of each fact, what the known raters add to it, its bounds, and whether it is a number.
    """

    answers: list[Answer]
    rows: list[tuple[Weights, Fraction, Printed]] = field(default_factory=list)

    @cached_property
    def matrix(self) -> np.ndarray:
        """The facts' weights, shape (facts, answers)."""
        place = {answer: number for number, answer in enumerate(self.answers)}
        found = np.zeros((len(self.rows), len(self.answers)))
        for number, (weights, _, _) in enumerate(self.rows):
            for answer, weight in weights.items():
                found[number, place[answer]] = float(weight)
        return found

    @property
    def numbers(self) -> np.ndarray:
        """Which facts are numbers."""
        return np.array([fact.number for _, _, fact in self.rows], dtype=bool)

    def bounds(self, truth: np.ndarray) -> np.ndarray:
        """Return what the weighted sums may be, shape (facts, 2): numbers exactly as they are, others as printed."""
        bounds = [[float(fact.low - known), float(fact.high - known)] for _, known, fact in self.rows]
        found = np.array(bounds).reshape(len(self.rows), 2)
        found[self.numbers] = (self.matrix @ truth)[self.numbers, None]
        return found


@dataclass(frozen=True)
class Review:
    """One reviewee in one wave: who answered what, and the units in which rater groups are shown."""

    programme: Programme
    wave: str
    reviewee: str
    units: tuple[str, ...]

    @cached_property
    def sheets(self) -> list[Sheet]:
        """Sheets with an answer; self's left out."""
        return [
            sheet
            for sheet, given in self.programme.answers.items()
            if (sheet.wave, sheet.reviewee) == (self.wave, self.reviewee) and sheet.group != "self" and given
        ]

    def answered(self, sheet: Sheet, question: str) -> list[str]:
        """Return the items that a rater's score on an item or a competency is the mean of; none where he does not count."""
        given, items = self.programme.answers[sheet], self.programme.items
        if question in items:
            return [question] if question in given else []
        asked = [item for item, competency in items.items() if competency == question]
        found = [item for item in asked if item in given]
        return found if 2 * len(found) >= len(asked) else []

    def mean(self, question: str, unit: str) -> tuple[Weights, Fraction]:
        """Return a unit's mean as weights of the unknown answers, and what the managers add to it."""
        weights: Weights = {}
        known = Fraction(0)
        counting = self.counting(question, unit)
        parts: dict[str, list[Sheet]] = defaultdict(list)
        for sheet in counting:
            parts[self.unit_of(sheet) if (unit, self.programme.others) == ("others", "groups") else ""].append(sheet)
        for its in parts.values():
            for sheet in its:
                asked = counting[sheet]
                each = Fraction(1, len(parts) * len(its) * len(asked))
                if sheet.known:
                    known += each * sum(self.programme.answers[sheet][item] for item in asked)
                else:
                    weights |= {(sheet, item): each for item in asked}
        return weights, known

    def counting(self, question: str, unit: str) -> dict[Sheet, list[str]]:
        """Return the sheets that a unit's mean is of, with the items that count in each."""
        groups = ("manager", *PROTECTED) if unit == "others" else unit.split("+")
        found = {sheet: self.answered(sheet, question) for sheet in self.sheets if sheet.group in groups}
        return {sheet: asked for sheet, asked in found.items() if asked}

    def unit_of(self, sheet: Sheet) -> str:
        """Return the unit that a sheet is shown in, or its own group where it is in none."""
        return next((unit for unit in self.units if sheet.group in unit.split("+")), sheet.group)

    def own(self, question: str) -> Fraction:
        """Return self's score."""
        sheet = Sheet(self.wave, self.reviewee, "self", self.reviewee)
        asked = self.answered(sheet, question)
        return Fraction(sum(self.programme.answers[sheet][item] for item in asked), len(asked))


def reviews_of(programme: Programme, facts: Mapping[tuple[str, str], list[Printed]]) -> dict[tuple[str, str], Review]:
    """Return the reviews, by edition and reviewee, with the units that their files show.

    Whoever was not rated in an edition's wave is reported on in the last wave in which he was.
    """
    found = {}
    for (edition, name), its in facts.items():
        rated = {sheet.wave for sheet in programme.answers if sheet.reviewee == name and sheet.wave <= edition}
        if name != "group":
            units = tuple(fact.unit for fact in its if fact.kind == "raters")
            found[edition, name] = Review(programme, max(rated), name, units)
    return found


def blocks_of(programme: Programme, facts: Mapping[tuple[str, str], list[Printed]]) -> list[Block]:
    """Return all facts as equations and bounds over the answers of protected raters."""
    reviews = reviews_of(programme, facts)
    groups = [(wave, its) for (wave, name), its in facts.items() if name == "group"]
    joint = [row for wave, its in groups for row in _over_reviewees(reviews, facts, wave, its)]
    together = {next(iter(weights))[0].wave + str(programme.items[next(iter(weights))[1]]) for weights, _, _ in joint}
    blocks: dict[tuple[str, str, str], Block] = {}
    place: dict[Answer, Block] = {}
    for sheet, given in programme.answers.items():
        for item in given if sheet.group in PROTECTED else ():
            topic = str(programme.items[item] or item)
            key = (sheet.wave, "" if sheet.wave + topic in together else sheet.reviewee, topic)
            place[sheet, item] = blocks.setdefault(key, Block([]))
            place[sheet, item].answers.append((sheet, item))
    for key, review in reviews.items():
        for row in _rows(review, facts[key]):
            place[next(iter(row[0]))].rows.append(row)
    for row in joint:
        place[next(iter(row[0]))].rows.append(row)
    return list(blocks.values())


def _rows(review: Review, facts: Iterable[Printed]) -> Iterable[tuple[Weights, Fraction, Printed]]:
    known: set[tuple[str, str]] = set()
    for fact in facts:
        pair = fact.question, fact.unit
        if fact.kind not in ("mean", "gap") or fact.unit in ("self", "manager") or pair in known:
            continue
        weights, rest = review.mean(*pair)
        assert fact.n in (None, len(review.counting(*pair))), fact
        known |= {pair} if fact.number else set()
        if weights and fact.kind == "gap":
            own = review.own(fact.question)
            yield weights, rest, replace(fact, low=own - fact.high, high=own - fact.low)
        elif weights:
            yield weights, rest, fact


def _over_reviewees(
    reviews: Mapping[tuple[str, str], Review],
    facts: Mapping[tuple[str, str], list[Printed]],
    wave: str,
    printed: Iterable[Printed],
) -> Iterable[tuple[Weights, Fraction, Printed]]:
    """Yield the group report's means that are of more than the single reports print.

    A mean over the means that single reports print, of as many reviewees as print one, follows from them. One of more
    reviewees must be of hidden means as well: then it is an equation over all who answered.
    """
    its = {name: review for (edition, name), review in reviews.items() if edition == review.wave == wave}
    for fact in printed:
        if fact.unit in ("self", "manager") or fact.n is None or fact.kind == "reviewees gap":
            continue
        pair = fact.question, fact.unit
        printing = [n for n in its if any((f.kind, f.question, f.unit) == ("mean", *pair) for f in facts[wave, n])]
        parts = [review.mean(*pair) for review in its.values() if review.counting(*pair)]
        if fact.n != len(printing) and fact.n == len(parts):
            weights = {answer: weight / fact.n for its_weights, _ in parts for answer, weight in its_weights.items()}
            yield weights, sum((known for _, known in parts), Fraction(0)) / fact.n, fact
