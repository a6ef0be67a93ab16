"""Dictionary forms of words, from simplemma: the one door to it.

Measured for Finnish: 3 s and 400 MB to load as the library does by default, 1.5 s and 55 MB as a stream, which is read
more slowly (28 instead of 5 µs a word). So the stream is used, a language is loaded when its first word is looked up, each
distinct word is looked up once, and `forget` lets go of the dictionaries; the forms that were found stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from kohtaamo_utils.codebook.model import TONGUES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simplemma import Lemmatizer


class LemmaSource(Protocol):
    """Gives dictionary forms."""

    def __call__(self, words: Iterable[str], tongue: str) -> dict[str, str]:
        """Return the dictionary form of each word, in small letters."""


class Lemmas:
    """Dictionary forms, each word looked up once.

    Examples
    --------
    >>> Lemmas()(["queues"], "en")
    {'queues': 'queue'}
    """

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], str] = {}
        self._lemmatizer: Lemmatizer | None = None

    def __call__(self, words: Iterable[str], tongue: str) -> dict[str, str]:
        """Return the dictionary form of each word, in small letters.

        Parameters
        ----------
        words
            Words in small letters.
        tongue
            ``fi``, ``sv`` or ``en``.
        """
        distinct = list(dict.fromkeys(words))
        for word in distinct:
            if (tongue, word) not in self._found:
                self._found[tongue, word] = self._looked_up(word, tongue)
        return {word: self._found[tongue, word] for word in distinct}

    def forget(self) -> None:
        """Let go of the dictionaries."""
        self._lemmatizer = None

    def _looked_up(self, word: str, tongue: str) -> str:
        if self._lemmatizer is None:
            from simplemma import Lemmatizer
            from simplemma.strategies import DefaultStrategy
            from simplemma.strategies.dictionaries.stream_dictionary_factory import StreamDictionaryFactory

            factory = StreamDictionaryFactory()  # one of our own: the library's lasts as long as the process
            self._lemmatizer = Lemmatizer(lemmatization_strategy=DefaultStrategy(dictionary_factory=factory))
        return self._lemmatizer.lemmatize(word, tongue).casefold()


def is_word(word: str) -> bool:
    """Tell whether a word in small letters is an ordinary one of Finnish, Swedish or English, in any form; names are not.

    The dictionaries are loaded for the question and let go of: it is asked rarely.

    Examples
    --------
    >>> is_word("koneella"), is_word("finnair")
    (True, False)
    """
    from simplemma.strategies.dictionaries.stream_dictionary_factory import StreamDictionaryFactory

    factory = StreamDictionaryFactory()
    return any(word in factory.get_dictionary(tongue) for tongue in TONGUES)
