"""Several editions of one review as their reader sees them: figures, and the answers behind each, the same in all editions.

An answer is one unknown of his equations. It is the same unknown in two editions when the same rater gave it in the same
wave and has not changed it. In another wave everybody is asked again, so the answers are new ones, unless all of a rater's
are as they were: then he was not asked again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.editions import KNOWN, Edition, Pair, RaterLine
from kohtaamo_utils.disclosure.pooling import OTHERS
from kohtaamo_utils.measures.ratings import others_weights

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kohtaamo_utils.disclosure.publication import Shown

Answer = tuple[str, int, str, str]
"""An unknown: rater, which of the times that he was asked, item, mark of the answer."""
Given = tuple[str, frozenset[Answer]]
"""One rater's answers to one question."""
Row = dict[Answer, Fraction]


@dataclass
class _Asking:
    """One time that a rater was asked: the waves that it was reported in, the groups, and the answers as they have been."""

    number: int
    waves: set[str | None] = field(default_factory=set)
    groups: set[str] = field(default_factory=set)
    sheets: set[frozenset[Pair]] = field(default_factory=set)


@dataclass(frozen=True)
class Figure:
    """A printed figure of one question: whose answers it is of."""

    group: str
    cell: Shown
    given: frozenset[Given]
    spread: bool

    @property
    def is_number(self) -> bool:
        """Whether a number is printed, not a band."""
        return self.cell.number is not None


class Seen:
    """One edition among others; `seen_of` makes them."""

    def __init__(self, edition: Edition, answers: Sequence[Mapping[str, Answer]]) -> None:
        self.edition = edition
        self._lines = list(zip(edition.protected, answers, strict=True))
        self._units = {line.group: self._unit(line.group) for line, _ in self._lines}
        self._groups: dict[str, list[str]] = {}
        for question, group in edition.shown:
            if group not in KNOWN:
                self._groups.setdefault(question, []).append(group)
        self._figures: dict[str, list[Figure]] = {}

    @property
    def sheets(self) -> frozenset[Given]:
        """Everything that each protected rater answered."""
        return frozenset((line.rater, frozenset(answers.values())) for line, answers in self._lines)

    def figures(self, question: str) -> list[Figure]:
        """Return what is printed of a question (``c:`` or ``i:`` and its name) of protected raters, others included."""
        if question not in self._figures:
            self._figures[question] = [self._figure(question, group) for group in self._groups.get(question, ())]
        return self._figures[question]

    def _figure(self, question: str, group: str) -> Figure:
        return Figure(
            group,
            self.edition.shown[question, group],
            frozenset(self._given(question, group)),
            (question, group) in self.edition.spread,
        )

    def row(self, question: str, group: str) -> Row:
        """Return each answer's weight in a printed mean, but for a factor; known raters' answers are left out."""
        row: Row = {}
        for line, answers in self._counting(question, group):
            for answer in answers:
                row[answer] = row.get(answer, Fraction(0)) + self._weight(question, group, line) / len(answers)
        return row

    def _weight(self, question: str, group: str, line: RaterLine) -> Fraction:
        if group != OTHERS or self.edition.others == "raters":
            return Fraction(1)
        sizes: dict[str, int] = {}
        for other, _ in self._counting(question, OTHERS):
            sizes[self._units[other.group]] = sizes.get(self._units[other.group], 0) + 1
        unit = self._units[line.group]
        return others_weights(sizes, "groups")[unit] / sizes[unit]

    def _given(self, question: str, group: str) -> Iterator[Given]:
        return ((line.rater, frozenset(answers)) for line, answers in self._counting(question, group))

    def _counting(self, question: str, group: str) -> list[tuple[RaterLine, list[Answer]]]:
        """Return the protected raters of a group who count for a question, each with his answers to it."""
        kind, _, name = question.partition(":")
        items = self.edition.items_of(name) if kind == "c" else (name,)
        share = Fraction(str(self.edition.min_item_share)) if kind == "c" else Fraction(0)
        members = {line.group for line, _ in self._lines} if group == OTHERS else set(group.split("+"))
        found = (
            (line, [answers[item] for item in items if item in answers])
            for line, answers in self._lines
            if line.group in members
        )
        return [(line, answers) for line, answers in found if answers and len(answers) >= share * len(items)]

    def _unit(self, group: str) -> str:
        return next((name for name in self.edition.groups if group in name.split("+")), group)


def seen_of(editions: Iterable[Edition]) -> list[Seen]:
    """Return editions of one reviewee, with the same answers as the same unknowns."""
    askings: dict[str, list[_Asking]] = {}
    seen = []
    for edition in editions:
        taken: dict[str, list[_Asking]] = {}
        answers = []
        for line in edition.protected:
            asking = _asking_of(
                line, edition.wave, askings.setdefault(line.rater, []), taken.setdefault(line.rater, [])
            )
            answers.append({item: (line.rater, asking.number, item, mark) for item, mark in line.answers.items()})
        seen.append(Seen(edition, answers))
    return seen


def _asking_of(line: RaterLine, wave: str | None, known: list[_Asking], taken: list[_Asking]) -> _Asking:
    """Return the time of asking that a rater's line is of; one line of an edition each, if he is in two groups."""
    sheet = frozenset(line.answers.items())
    free = [asking for asking in known if asking not in taken]

    def likeness(asking: _Asking) -> tuple[bool, bool, bool]:
        return sheet in asking.sheets, wave in asking.waves, line.group in asking.groups

    asking = max(free, key=likeness, default=None)
    if asking is None or not any(likeness(asking)[:2]):
        asking = _Asking(len(known))
        known.append(asking)
    taken.append(asking)
    asking.waves.add(wave)
    asking.groups.add(line.group)
    asking.sheets.add(sheet)
    return asking
