"""What a file says that the numbers of an answer scale stand for: beside the number, in an SPSS file's labels, in a heading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kohtaamo_utils.intake.cells import Cell, as_text
from kohtaamo_utils.intake.scale_words import folded
from kohtaamo_utils.intake.vocabulary import is_no_answer

if TYPE_CHECKING:
    from collections.abc import Collection

    from kohtaamo_utils.intake.bound import Bound

_NUMBER, _LABEL = "(?P<number>[0-9]{1,2})", r"(?P<label>[^\W\d].*?)"
COMBINED = tuple(
    re.compile(pattern, re.DOTALL)
    for pattern in (
        rf"{_NUMBER}(?:\s*[-–—=:)]\s*|\.?\s+){_LABEL}",
        rf"{_NUMBER}\s*\({_LABEL}\)",
        rf"{_LABEL}\s*\({_NUMBER}\)",
    )
)
"""``4 - Samaa mieltä``, ``4 Samaa mieltä``, ``4 = Samaa mieltä``, ``4 (Samaa mieltä)``, ``Samaa mieltä (4)``."""
IN_HEADING = re.compile(
    r"(?<![\w.,/])(?P<number>[0-9]{1,2})(?:\s*[=:–—-]\s*|\s+)(?P<label>[^\W\d][^,;()\n\[\]=]*?)"
    r"(?=\s*(?:[,;()\n\]]|$|[-–—.…]*\s*(?<!\d)[0-9]{1,2}\s*[=:]))"
)
"""``(1 = täysin eri mieltä, 5 = täysin samaa mieltä)``."""
LONGEST = 300
"""A longer text is no answer to a scale; searching it for one could take hours."""
FEWEST = 2
"""So many numbers must have words in a heading, to be no number of a question."""
LAST_LABEL = 11
"""The largest number of a scale of answers: 0–10 in codes that begin at 1."""


class Answer(NamedTuple):
    """A number and the word that the file gives for it, as it is compared; "" for none."""

    number: int
    word: str


def answer_in(text: str) -> Answer | None:
    """Return the number and the word of a text that has both, or the number that is all of it; None for any other.

    Examples
    --------
    >>> answer_in("4 - Samaa mieltä"), answer_in("10"), answer_in("Samaa mieltä")
    (Answer(number=4, word='samaa mieltä'), Answer(number=10, word=''), None)
    """
    plain = " ".join(text.split())
    if plain.isdecimal() and len(plain) <= 2:
        return Answer(int(plain), "")
    if labelled(plain):  # a legend of several answers is none
        return None
    patterns = COMBINED if len(plain) <= LONGEST else ()
    match = next((match for pattern in patterns if (match := pattern.fullmatch(plain))), None)
    return Answer(int(match["number"]), folded(match["label"])) if match else None


def word_in(text: str) -> str:
    """Return a label's word without its number.

    Examples
    --------
    >>> word_in("6 - En osaa sanoa"), word_in("En osaa sanoa.")
    ('en osaa sanoa', 'en osaa sanoa')
    """
    answer = answer_in(text)
    return folded(text) if answer is None else answer.word


def labelled(heading: str) -> dict[int, str]:
    """Return the numbers that a heading gives words for; nothing where it does so for one only.

    Examples
    --------
    >>> labelled("Tulin kuulluksi (1 = täysin eri mieltä, 5 = täysin samaa mieltä)")
    {1: 'täysin eri mieltä', 5: 'täysin samaa mieltä'}
    >>> labelled("Kysymys 5: Hyvä palvelu")
    {}
    """
    found = {int(match["number"]): folded(match["label"]) for match in IN_HEADING.finditer(heading[:LONGEST])}
    return found if len(found) >= FEWEST else {}


def number_of(cell: Cell) -> float | None:
    """Return a cell's number, written as text or not; None where it is none.

    Examples
    --------
    >>> number_of("5"), number_of(5.0), number_of("5 - Hyvä")
    (5.0, 5.0, None)
    """
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return float(cell)
    text = as_text(cell)
    return float(text) if text.isdecimal() and text.isascii() and len(text) <= 3 else None


def words_of_numbers(column: Bound) -> dict[float, str]:
    """Return what a column's numbers stand for, as the file or, where it is silent, the heading says; words as they are compared."""
    if column.codes:
        return {float(code): word_in(word) for code, word in column.codes.items() if isinstance(code, int | float)}
    return {float(number): word for number, word in labelled(column.heading).items()}


def labelled_ends(column: Bound, given: Collection[float], declared: Collection[float]) -> tuple[int, int] | None:
    """Return the ends of the scale that a file's own labels span; None where they do not say.

    A label far beyond the others is of a code, such as 99, and one beside the scale that means no answer is no end.

    Parameters
    ----------
    column
        The column, with what its codes stand for.
    given
        The answers: a number below the lowest label shows that the labels are not of the whole scale.
    declared
        Codes that the settings list under ``missing``.
    """
    words = words_of_numbers(column) if column.codes else {}
    numbers = sorted(
        int(number)
        for number, word in words.items()
        if 0 <= number <= LAST_LABEL and number not in declared and not is_no_answer(word)
    )
    if len(numbers) < FEWEST or min(given, default=numbers[0]) < numbers[0] or max(given, default=0) > LAST_LABEL:
        return None
    return numbers[0], numbers[-1]
