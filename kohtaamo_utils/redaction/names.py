"""Finds people's names in running text, in whatever form they take there."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kohtaamo_utils.redaction.forms import AFTER_SIGN, ENDINGS, SHORTEST, stems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_WORD = re.compile(r"[^\W\d_]+")
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_BETWEEN = re.compile(r"[ \n.'\u2019\u2010-\u2013-]|, ")
_OPENING = frozenset(".!?:;\u2026\n\"\u201d\u201c\u2018\u2019'(\u2013\u2014-*\u2022/")
_INITIAL_BEHIND = re.compile(r" ?([^\W\d_])(?:\.|(?!\w))")
_INITIAL_BEFORE = re.compile(r"(?<!\w)([^\W\d_])\. ?\Z")
PARTICLES = frozenset(
    {
        *("von", "van", "der", "den", "del", "della", "das", "dos", "bin", "ibn", "zur", "och", "and", "tri", "mrs", "prof"),
        *("rva", "hra", "nti"),
    }
)  # fmt: skip
"""Parts of names, and titles beside them, that say nothing by themselves."""


class Part(NamedTuple):
    """A word of somebody's name: whose, the word as it is unbent, and what may follow its stem."""

    person: int
    word: str
    endings: str


class Span(NamedTuple):
    """Where a name stands in a text, and whether it is one of the wished words."""

    start: int
    end: int
    wished: bool


class _Token(NamedTuple):
    """A word of the text, and the words of names that it may be a form of."""

    start: int
    end: int
    small: str
    parts: tuple[Part, ...]


class Names:
    """The names to be found.

    Parameters
    ----------
    people
        Each person's name, all words of it.
    own
        The reader's own name: its words are left alone, unless they make up somebody else's whole name.
    wished
        Words that somebody wants taken out: each in all of its forms, several words as one.
    nicknames
        Single words that people go by, such as their user names.

    Examples
    --------
    >>> names = Names(("Aino Virtanen", "Toivo Salo"))
    >>> text = "Toivon, että Ainolle ja Toivolle annetaan aikaa."
    >>> [text[span.start : span.end] for span in names.spans(text)]
    ['Ainolle', 'Toivolle']
    """

    def __init__(
        self, people: Iterable[str], own: str = "", wished: Iterable[str] = (), nicknames: Iterable[str] = ()
    ) -> None:
        self._own = frozenset(_words_of(own))
        self._people = [words for words in dict.fromkeys(map(_words_of, nicknames)) if words]
        self._first_person = len(self._people)
        self._people += [
            words for words in dict.fromkeys(map(_words_of, people)) if words and set(words) != set(self._own)
        ]
        self._first_wish = len(self._people)
        self._people += [words for words in dict.fromkeys(map(_words_of, wished)) if words]
        self._index: dict[str, list[Part]] = defaultdict(list)
        for person, words in enumerate(self._people):
            for word in dict.fromkeys(words):
                for stem in stems(word):
                    self._index[stem.text].append(Part(person, word, stem.endings))

    def spans(self, text: str) -> tuple[Span, ...]:
        """Return where names stand in a tidied text, in order; words of names that stand side by side are one place.

        Somebody who is known by one word is found however it is written. Of other names a word
        counts by itself from three letters on. One that is an ordinary word as well (``words.txt``) counts where it is
        written as a name, with a capital; a few forms do not at the beginning of a sentence. A whole name counts however
        it is written.
        """
        tokens = [self._token(match) for match in _WORD.finditer(text)]
        taken = set(_side_by_side(tokens, text))
        taken |= {place for place, token in enumerate(tokens) if self._alone(token, text)}
        return tuple(_joined((self._widened(tokens[place], text) for place in sorted(taken)), text))

    def _token(self, match: re.Match[str]) -> _Token:
        small = unicodedata.normalize("NFC", match[0]).casefold()
        found = (
            part
            for cut in range(1, len(small) + 1)
            for part in self._index.get(small[:cut], ())
            if ENDINGS[part.endings].fullmatch(small[cut:])
        )
        return _Token(match.start(), match.end(), small, tuple(dict.fromkeys(found)))

    def _alone(self, token: _Token, text: str) -> bool:
        """Whether a word is a name by itself."""
        sole = [
            part
            for part in token.parts
            if part.person >= self._first_person and len(set(self._people[part.person])) == 1
        ]
        if any(part.person >= self._first_wish or part.word == token.small for part in sole):
            return True
        names = {part.word for part in token.parts if part.person < self._first_wish and self._tells(part.word)}
        if not names or not is_ordinary(token.small):
            return bool(names)
        if not text[token.start].isupper():
            return False
        return token.small not in _openers() or not _opens(text, token.start)

    def _tells(self, word: str) -> bool:
        return len(word) >= SHORTEST and word not in PARTICLES and word not in self._own

    def _widened(self, token: _Token, text: str) -> Span:
        """Take in an ending behind a sign, and an initial of the person's other names."""
        initials = {word[0] for part in token.parts for word in self._people[part.person] if word != part.word}
        ending = AFTER_SIGN.match(text, token.end)
        end = ending.end() if ending else token.end
        behind, before = _INITIAL_BEHIND.match(text, end), _INITIAL_BEFORE.search(text[: token.start])
        if behind and behind[1].isupper() and behind[1].casefold() in initials:
            end = behind.end()
        start = before.start() if before and before[1].casefold() in initials else token.start
        return Span(start, end, all(part.person >= self._first_wish for part in token.parts))


def _side_by_side(tokens: Sequence[_Token], text: str) -> Iterator[int]:
    """Yield the words that stand side by side as words of one person's name, in any order and form."""
    for place, (one, other) in enumerate(pairwise(tokens)):
        both = {part.person for part in one.parts} & {part.person for part in other.parts}
        if not both or _BETWEEN.fullmatch(text, one.end, other.start) is None:
            continue
        pairs = ((a, b) for a in one.parts for b in other.parts if a.person == b.person)
        if any(a.word != b.word for a, b in pairs):
            yield from (place, place + 1)


def _opens(text: str, start: int) -> bool:
    """Whether a sentence begins here."""
    before = text[:start].rstrip(" ")
    return not before or before[-1] in _OPENING or re.search(r"\d[.)]\Z", before[-2:]) is not None


def _joined(spans: Iterable[Span], text: str) -> Iterator[Span]:
    waiting: Span | None = None
    for span in spans:
        if waiting and (span.start <= waiting.end or _BETWEEN.fullmatch(text, waiting.end, span.start)):
            waiting = Span(waiting.start, max(waiting.end, span.end), waiting.wished and span.wished)
            continue
        if waiting:
            yield waiting
        waiting = span
    if waiting:
        yield waiting


def _words_of(name: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(unicodedata.normalize("NFC", _ASIDE.sub(" ", name)).casefold()))


@cache
def is_ordinary(word: str) -> bool:
    """Tell whether a word in small letters, whatever name it may be a form of, is a form of an ordinary word too.

    Examples
    --------
    >>> is_ordinary("virran"), is_ordinary("virtasen")
    (True, False)
    """
    index = _ordinary()
    return any(
        ENDINGS[endings].fullmatch(word[cut:])
        for cut in range(1, len(word) + 1)
        for endings in index.get(word[:cut], ())
    )


@cache
def _ordinary() -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for word in (word for line in _lines() if not line.startswith("^") for word in line.split()):
        for stem in stems(word):
            found[stem.text][stem.endings] = None
    return {text: tuple(endings) for text, endings in found.items()}


@cache
def _openers() -> frozenset[str]:
    return frozenset(word for line in _lines() if line.startswith("^") for word in line.split()[1:])


def _lines() -> list[str]:
    text = resources.files("kohtaamo_utils.redaction").joinpath("words.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]
