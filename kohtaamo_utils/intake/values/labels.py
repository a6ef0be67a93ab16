"""What a file says that the numbers of an answer scale stand for: beside the number, in an SPSS file's labels, in a heading."""

from __future__ import annotations

import re
from typing import NamedTuple

from kohtaamo_utils.intake.values.cells import Cell, as_text
from kohtaamo_utils.intake.values.scale_words import folded

_NUMBER, _LABEL = "(?P<number>[0-9]{1,2})", r"(?P<label>[^\W\d].*?)"
COMBINED = tuple(
    re.compile(pattern, re.DOTALL)
    for pattern in (
        rf"{_NUMBER}(?:\s*[-–—=:)]\s*|\.?\s+){_LABEL}",
        rf"{_NUMBER}\s*\({_LABEL}\)",
        rf"\({_NUMBER}\)\s*{_LABEL}",
        rf"{_LABEL}\s*\({_NUMBER}\)",
    )
)
"""``4 - Samaa mieltä``, ``4 Samaa mieltä``, ``4 = Samaa mieltä``, ``4 (Samaa mieltä)``, ``(4) Samaa mieltä``, ``Samaa mieltä (4)``."""
BEHIND = re.compile(r"(?P<label>[^\W\d][^\d]*?)\s*[-–—=:]\s*(?P<number>[0-9]{1,2})")
"""``Extremely likely - 10``, as SurveyMonkey has it."""
IN_HEADING = re.compile(
    r"(?<![\w.,/])(?P<number>[0-9]{1,2})(?:\s*[=:–—-]\s*|\s+)(?P<label>[^\W\d][^,;()\n\[\]=]*?)"
    r"(?=\s*(?:[,;()\n\]]|$|[-–—.…]*\s*(?<!\d)[0-9]{1,2}\s*[=:]))"
)
"""``(1 = täysin eri mieltä, 5 = täysin samaa mieltä)``."""
LONGEST = 300
"""A longer text is no answer to a scale; searching it for one could take hours."""
FEWEST = 2
"""So many numbers must have words in a heading, to be no number of a question."""


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


def score_in(text: str) -> Answer | None:
    """Return what `answer_in` does, for a cell: also with its number behind, as headings have theirs that count questions.

    Examples
    --------
    >>> score_in("Extremely likely - 10"), answer_in("Question - 10"), score_in("Klo 12-13")
    (Answer(number=10, word='extremely likely'), None, None)
    """
    match = BEHIND.fullmatch(" ".join(text.split())) if len(text) <= LONGEST else None
    return answer_in(text) or (Answer(int(match["number"]), folded(match["label"])) if match else None)


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
