"""The codebook's words as an index: from a word of a comment to the entries that it may be part of."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from kohtaamo_utils.codebook.model import GAP

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BETWEEN = 3
"""How many words may stand where a phrase has ``..``."""
_SHORTEST_PART = 4
_SHORTEST_BEFORE = 2
_JOINING = frozenset({"fi", "sv"})
"""Languages that write compounds as one word."""


class Entry(NamedTuple):
    """One word or phrase: what it stands for, its words' numbers, and whether others may stand before each of them."""

    stands_for: str
    words: tuple[int, ...]
    gaps: tuple[bool, ...]


class Match(NamedTuple):
    """Where an entry was found: from its first word to behind its last."""

    stands_for: str
    start: int
    end: int


@dataclass
class Patterns:
    """The entries of one language.

    Parameters
    ----------
    tongue
        ``fi``, ``sv`` or ``en``: in Finnish and Swedish a word is found at the end of a compound too.

    Examples
    --------
    >>> found = Patterns("fi")
    >>> found.add("waiting", ["jono", "kestää .. viikko"])
    >>> words = [found.numbers("kassajonossa", "kassajono")]
    >>> found.matches(words)
    [Match(stands_for='waiting', start=0, end=1)]
    """

    tongue: str
    _numbers: dict[str, int] = field(default_factory=dict)
    _exact: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _beginnings: dict[str, int] = field(default_factory=dict)
    _endings: dict[str, int] = field(default_factory=dict)
    _entries: dict[int, list[Entry]] = field(default_factory=lambda: defaultdict(list))

    def add(self, stands_for: str, forms: Iterable[str]) -> None:
        """Add words and phrases that stand for something."""
        for form in forms:
            words: list[int] = []
            gaps: list[bool] = []
            gap = False
            for word in form.split():
                if word == GAP:
                    gap = True
                    continue
                words.append(self._number(word))
                gaps.append(gap)
                gap = False
            self._entries[words[0]].append(Entry(stands_for, tuple(words), tuple(gaps)))

    def _number(self, word: str) -> int:
        if word in self._numbers:
            return self._numbers[word]
        number = self._numbers[word] = len(self._numbers)
        bare = word.lstrip("=").rstrip("*")
        if word.endswith("*"):
            self._beginnings[bare] = number
        else:
            self._exact[bare].append(number)
        if self.tongue in _JOINING and len(bare) >= _SHORTEST_PART and bare == word:
            self._endings[bare] = number
        return number

    def numbers(self, word: str, lemma: str) -> frozenset[int]:
        """Return the numbers of the entries' words that a word of a comment is.

        Parameters
        ----------
        word, lemma
            As it stands, in small letters, and its dictionary form.
        """
        found: set[int] = set()
        for form in {word, lemma, *word.split("-")}:
            found.update(self._exact.get(form, ()))
            for cut in range(1, len(form) + 1):
                if form[:cut] in self._beginnings:
                    found.add(self._beginnings[form[:cut]])
            for cut in range(_SHORTEST_BEFORE, len(form) - _SHORTEST_PART + 1):
                if form[cut:] in self._endings:
                    found.add(self._endings[form[cut:]])
        return frozenset(found)

    def matches(self, words: Sequence[frozenset[int]], only: str = "") -> list[Match]:
        """Return where entries stand in a row of words, in order; of those that begin at a word, the longest of each kind.

        Parameters
        ----------
        words
            The numbers of each word of a comment or clause.
        only
            What the entries must stand for; empty for all.
        """
        found: dict[tuple[str, int], Match] = {}
        for start, numbers in enumerate(words):
            for number in numbers:
                for entry in self._entries.get(number, ()):
                    if only and entry.stands_for != only:
                        continue
                    end = _end(entry, words, start)
                    key = entry.stands_for, start
                    if end and (key not in found or found[key].end < end):
                        found[key] = Match(entry.stands_for, start, end)
        return sorted(found.values(), key=lambda match: (match.start, match.end, match.stands_for))


def _end(entry: Entry, words: Sequence[frozenset[int]], start: int) -> int:
    """Return behind which word an entry that begins at a word ends; 0 where it does not stand there."""
    place = start + 1
    for number, gap in zip(entry.words[1:], entry.gaps[1:], strict=True):
        reach = range(place, min(place + (BETWEEN if gap else 0) + 1, len(words)))
        there = next((at for at in reach if number in words[at]), None)
        if there is None:
            return 0
        place = there + 1
    return place
