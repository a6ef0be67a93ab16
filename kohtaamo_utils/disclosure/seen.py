"""Several editions of one review as their reader sees them: figures, and the answers behind each, the same in all editions.

An answer is one unknown of his equations. It is the same unknown in two editions when the same rater gave it in the same
wave and has not changed it. In another wave everybody is asked again, so the answers are new ones. Only where most of a group gave exactly what they
gave before, whole questionnaires alike, were they not asked again: the wave has another name, and whoever gave the same is
the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.editions import KNOWN, Edition, Pair, RaterLine
from kohtaamo_utils.disclosure.pooling import OTHERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kohtaamo_utils.disclosure.publication import Shown

Answer = tuple[str, int, str, str]
"""An unknown: rater, which of the times that he was asked, item, mark of the answer."""
Given = tuple[str, frozenset[Answer]]
"""One rater's answers to one question."""
Row = dict[Answer, Fraction | int]


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
        self._counted: dict[Pair, list[tuple[RaterLine, list[Answer]]]] = {}

    @property
    def sheets(self) -> frozenset[Given]:
        """Everything that each protected rater answered; who only commented is not among them."""
        return frozenset((line.rater, frozenset(answers.values())) for line, answers in self._lines if answers)

    @property
    def comments(self) -> list[frozenset[Pair]]:
        """Who wrote what, under each heading that the comments have in the report, and all of them; none if too few wrote.

        The headings are those of `kohtaamo_utils.disclosure.comments`: a group's name where enough of it and of the rest wrote.
        """
        fewest = self.edition.minimum_comments
        wrote: dict[str, set[Pair]] = {}
        for line in self.edition.commenters:
            wrote.setdefault(self._unit(line.group), set()).add((line.rater, line.comment))
        everybody = frozenset[Pair]().union(*wrote.values())
        if _people(everybody) < fewest:
            return []
        named = [unit for unit in self.edition.groups if _people(wrote.get(unit, ())) >= fewest]
        while named and 0 < _people(_rest(wrote, named)) < fewest:
            named.remove(min(reversed(named), key=lambda unit: _people(wrote[unit])))
        headings = [*(frozenset(wrote[unit]) for unit in named), _rest(wrote, named), everybody]
        return [heading for heading in dict.fromkeys(headings) if heading]

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
        counting = self._counting(question, group)
        whole = lcm(*(len(answers) for _, answers in counting))
        units = [self._units[line.group] for line, _ in counting]
        by_groups = group == OTHERS and self.edition.others == "groups"
        shares = {unit: Fraction(whole, units.count(unit)) for unit in units}
        row: Row = {}
        for (_, answers), unit in zip(counting, units, strict=True):
            weight = shares[unit] / len(answers) if by_groups else whole // len(answers)
            for answer in answers:
                row[answer] = row.get(answer, 0) + weight
        return row

    def _given(self, question: str, group: str) -> Iterator[Given]:
        return ((line.rater, frozenset(answers)) for line, answers in self._counting(question, group))

    def _counting(self, question: str, group: str) -> list[tuple[RaterLine, list[Answer]]]:
        """Return the protected raters of a group who count for a question, each with his answers to it."""
        if (question, group) not in self._counted:
            self._counted[question, group] = self._count(question, group)
        return self._counted[question, group]

    def _count(self, question: str, group: str) -> list[tuple[RaterLine, list[Answer]]]:
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


def _people(wrote: Iterable[Pair]) -> int:
    return len({rater for rater, _ in wrote})


def _rest(wrote: Mapping[str, set[Pair]], named: Sequence[str]) -> frozenset[Pair]:
    return frozenset[Pair]().union(*(its for unit, its in wrote.items() if unit not in named))


def seen_of(editions: Iterable[Edition]) -> list[Seen]:
    """Return editions of one reviewee, with the same answers as the same unknowns."""
    askings: dict[str, list[_Asking]] = {}
    seen = []
    for edition in editions:
        taken: dict[str, list[_Asking]] = {}
        retold = _retold(edition, askings)
        answers = []
        for line in edition.protected:
            asking = _asking_of(
                line,
                edition.wave,
                askings.setdefault(line.rater, []),
                taken.setdefault(line.rater, []),
                line.group in retold,
            )
            answers.append({item: (line.rater, asking.number, item, mark) for item, mark in line.answers.items()})
        seen.append(Seen(edition, answers))
    return seen


def _retold(edition: Edition, askings: Mapping[str, list[_Asking]]) -> set[str]:
    """Return the groups of which most raters who were asked before gave exactly the same as then."""
    alike: dict[str, list[bool]] = {}
    for line in edition.protected:
        if line.rater in askings and line.answers:
            same = any(line.sheet in asking.sheets for asking in askings[line.rater])
            alike.setdefault(line.group, []).append(same)
    return {group for group, found in alike.items() if 2 * sum(found) > len(found)}


def _asking_of(line: RaterLine, wave: str | None, known: list[_Asking], taken: list[_Asking], retold: bool) -> _Asking:
    """Return the time of asking that a rater's line is of; one line of an edition each, if he is in two groups."""

    def likeness(asking: _Asking) -> tuple[bool, bool, bool]:
        return line.sheet in asking.sheets, wave in asking.waves, line.group in asking.groups

    fit = [one for one in known if one not in taken and (wave in one.waves or (retold and line.sheet in one.sheets))]
    asking = max(fit, key=likeness, default=None)
    if asking is None:
        asking = _Asking(len(known))
        known.append(asking)
    taken.append(asking)
    asking.waves.add(wave)
    asking.groups.add(line.group)
    asking.sheets.add(line.sheet)
    return asking
