"""Reads comments by a codebook: which themes each speaks of, and whether its writer is content with them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from kohtaamo_utils.codebook.lemmas import Lemmas, LemmaSource
from kohtaamo_utils.codebook.model import TONGUES
from kohtaamo_utils.codebook.patterns import Match, Patterns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kohtaamo_utils.codebook.model import Codebook

Tone = Literal["good", "bad", "open"]
"""Whether somebody is content with what he speaks of; ``open``: neither, both, or it cannot be told."""

LONGEST = 4000
"""Characters of a comment that are read."""
BEFORE, BEHIND = 5, 2
"""How far from a word a denial may stand: ``ei tarvinnut yhtään odottaa``, ``jonoa ei ollut``."""
_TOKEN = re.compile(r"[^\W\d_]+(?:[-'\u2019][^\W\d_]+)*|[.!?;:,()\n\u2026\u2013\u2014]+")
_STOP = re.compile(r"[.!?\n\u2026]")
_WITHOUT = re.compile(r"(?:matta|mättä)\Z")
"""The Finnish form that denies what it is made of: ``jonottamatta``."""
_NEGATION, _TURN, _GOOD, _BAD = "negation", "turn", "good tone", "bad tone"
_OTHER: dict[Tone, Tone] = {"good": "bad", "bad": "good", "open": "open"}


class Mention(NamedTuple):
    """A theme that a comment speaks of."""

    theme: str
    tone: Tone


class Read(NamedTuple):
    """What was read of one comment: its language where it is told, and its themes in the codebook's order."""

    tongue: str | None
    mentions: tuple[Mention, ...]


@dataclass(frozen=True)
class _Clause:
    """A part of a comment that says one thing: its words, each with the numbers of the entries' words that it is."""

    words: list[str]
    numbers: list[frozenset[int]]
    sentence: int


@dataclass
class Coder:
    """Codes comments.

    Parameters
    ----------
    codebook
        Themes and words.
    lemmas
        Where dictionary forms come from.
    default
        The language in which a comment is read that does not tell its own, where no other comment tells one either;
        else that of most of the others.

    Examples
    --------
    >>> from kohtaamo_utils.codebook.reading import bundled_codebook
    >>> coder = Coder(bundled_codebook())
    >>> [read.mentions for read in coder(["Ei tarvinnut odottaa.", "Jonotin kauan."])]
    [(Mention(theme='waiting', tone='good'),), (Mention(theme='waiting', tone='bad'),)]
    """

    codebook: Codebook
    lemmas: LemmaSource = field(default_factory=Lemmas)
    default: str = "fi"

    def __post_init__(self) -> None:
        self._patterns = {tongue: _patterns(self.codebook, tongue) for tongue in TONGUES}
        self._common = {tongue: frozenset(self.codebook.common.of(tongue)) for tongue in TONGUES}
        self._order = {theme.id: place for place, theme in enumerate(self.codebook.themes)}

    def __call__(self, texts: Iterable[str]) -> list[Read]:
        """Return what each text says; texts that are the same are read once.

        Parameters
        ----------
        texts
            Comments; only the first `LONGEST` characters of each are read.
        """
        given = list(texts)
        tokens = {text: _TOKEN.findall(text[:LONGEST].casefold()) for text in dict.fromkeys(given)}
        tongues = {text: self.tongue(words) for text, words in tokens.items()}
        told = Counter(tongue for tongue in tongues.values() if tongue)
        usual = told.most_common(1)[0][0] if told else self.default
        spoken = {text: tongue or usual for text, tongue in tongues.items()}
        numbers = self._numbered(tokens, spoken)
        read = {
            text: Read(tongues[text], self._mentions(words, spoken[text], numbers)) for text, words in tokens.items()
        }
        return [read[text] for text in given]

    def tongue(self, words: Sequence[str]) -> str | None:
        """Return the language whose most common words stand there; None where none, or several as many, do."""
        counts = {tongue: sum(word in common for word in words) for tongue, common in self._common.items()}
        first, second = Counter(counts).most_common(2)
        return first[0] if first[1] > second[1] else None

    def _numbered(
        self, tokens: Mapping[str, list[str]], spoken: Mapping[str, str]
    ) -> dict[tuple[str, str], frozenset[int]]:
        """Look up each distinct word of each language once."""
        distinct: dict[str, dict[str, None]] = {tongue: {} for tongue in TONGUES}
        for text, words in tokens.items():
            distinct[spoken[text]].update(dict.fromkeys(words))
        found: dict[tuple[str, str], frozenset[int]] = {}
        for tongue, every in distinct.items():
            lemmas = self.lemmas((word for word in every if word[0].isalpha()), tongue)
            patterns = self._patterns[tongue]
            found |= {(tongue, word): patterns.numbers(word, lemma) for word, lemma in lemmas.items()}
        return found

    def _mentions(
        self, tokens: list[str], tongue: str, numbers: Mapping[tuple[str, str], frozenset[int]]
    ) -> tuple[Mention, ...]:
        patterns = self._patterns[tongue]
        words = [numbers.get((tongue, token), frozenset()) for token in tokens]
        if not any(words):
            return ()
        told: dict[str, set[Tone]] = {}
        waiting: list[tuple[str, int]] = []
        moods: dict[int, set[Tone]] = {}
        for clause in _clauses(tokens, words, patterns):
            matches = patterns.matches(clause.numbers)
            mood = _mood(matches, clause)
            moods.setdefault(clause.sentence, set()).update(mood)
            for theme, tone in _told(matches, clause):
                if tone != "open":
                    told.setdefault(theme, set()).add(tone)
                elif mood:
                    told.setdefault(theme, set()).update(mood)
                else:
                    waiting.append((theme, clause.sentence))
        for theme, sentence in waiting:  # what the clause does not tell, the sentence may
            told.setdefault(theme, set()).update(() if told.get(theme) else moods[sentence])
        return tuple(
            Mention(theme, tones.copy().pop() if len(tones) == 1 else "open")
            for theme, tones in sorted(told.items(), key=lambda item: self._order[item[0]])
        )


def _patterns(codebook: Codebook, tongue: str) -> Patterns:
    patterns = Patterns(tongue)
    for theme in codebook.themes:
        for kind, words in (("good", theme.good), ("bad", theme.bad), ("open", theme.about), ("never", theme.never)):
            patterns.add(f"{theme.id}\0{kind}", words.of(tongue))
    for name, words in (
        (_NEGATION, codebook.negations),
        (_TURN, codebook.turns),
        (_GOOD, codebook.tone.good),
        (_BAD, codebook.tone.bad),
    ):
        patterns.add(name, words.of(tongue))
    return patterns


def _clauses(tokens: list[str], numbers: list[frozenset[int]], patterns: Patterns) -> Iterable[_Clause]:
    """Part a comment at its stops and at words where a new thought begins; such a word opens its clause."""
    turns = {match.start for match in patterns.matches(numbers, _TURN)}
    clause, sentence = _Clause([], [], 0), 0
    for place, (token, its) in enumerate(zip(tokens, numbers, strict=True)):
        stop = not token[0].isalpha()
        if (stop or place in turns) and clause.words:
            yield clause
        sentence += bool(stop and _STOP.search(token))
        if stop or place in turns:
            clause = _Clause([], [], sentence)
        if not stop:
            clause.words.append(token)
            clause.numbers.append(its)
    if clause.words:
        yield clause


def _mood(matches: list[Match], clause: _Clause) -> set[Tone]:
    """Return what the words of a clause that colour whatever they stand beside tell."""
    kinds: dict[str, Tone] = {_GOOD: "good", _BAD: "bad"}
    return {
        _OTHER[kinds[match.stands_for]] if _denied(match, matches, clause) else kinds[match.stands_for]
        for match in matches
        if match.stands_for in kinds
    }


def _told(matches: list[Match], clause: _Clause) -> Iterable[tuple[str, Tone]]:
    """Yield the themes that a clause speaks of and what their own words tell."""
    kinds: dict[str, Tone] = {"good": "good", "bad": "bad", "open": "open"}
    excluded: dict[str, list[Match]] = {}
    for match in matches:
        theme, _, kind = match.stands_for.partition("\0")
        if kind == "never":
            excluded.setdefault(theme, []).append(match)
    for match in matches:
        theme, _, kind = match.stands_for.partition("\0")
        if kind not in kinds or any(_overlap(match, other) for other in excluded.get(theme, ())):
            continue
        tone = kinds[kind]
        yield theme, _OTHER[tone] if _denied(match, matches, clause) else tone


def _denied(match: Match, matches: list[Match], clause: _Clause) -> bool:
    """Whether a denial speaks of a match: shortly before it, right behind it, or in the form of its last word."""
    if _WITHOUT.search(clause.words[match.end - 1]):
        return True
    denials = [other for other in matches if other.stands_for == _NEGATION]
    if any(_overlap(match, denial) for denial in denials):
        return False  # the entry itself says no: ei mitään käsitystä
    before = range(match.start - BEFORE, match.start)
    behind = range(match.end, match.end + BEHIND)
    return any(denial.start in before or denial.start in behind for denial in denials)


def _overlap(one: Match, other: Match) -> bool:
    return one.start < other.end and other.start < one.end
