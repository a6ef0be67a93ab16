"""Which numbers the words of an answer scale are, decided by all of a column's answers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kohtaamo_utils.intake.values.cells import Cell, as_text
from kohtaamo_utils.intake.values.scale_words import folded, known_scales

SEVEN = 7
INNER, OUTER = (2, 4), (1, 5)
"""The steps of seven that a scale of five may leave out: those next to the middle, or those next to the ends."""
PICTURES = re.compile("[\u2600-\u2604\u2607-\u27bf\U0001f000-\U0001faff\ufe0f\u200d]+")
"""Faces and other pictures beside the words of an answer; stars are scores."""
FEWEST = 2
"""So many known words make a column one of words, in which an unknown one is a problem of its own."""


class NotWords:
    """The column is not answered in the words of a scale."""


@dataclass(frozen=True)
class Unclear:
    """A cell that is several numbers, since the answers fit several scales."""

    cell: Cell
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Shorter:
    """Answers that a scale of five has as well as the one of seven, where each would be another number."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Unknown:
    """Cells that are not words of the scale that the others are words of."""

    cells: tuple[Cell, ...]
    words: tuple[str, ...]


def read_words(cells: list[Cell], low: int, high: int) -> dict[Cell, int] | NotWords | Unclear | Shorter | Unknown:
    """Return the number of each distinct cell, or why there is none.

    Parameters
    ----------
    cells
        Distinct cells of a column; empty ones count for nothing.
    low, high
        Ends of the scale: only scales of this length are looked at.

    Examples
    --------
    >>> read_words(["Samaa mieltä", "", "täysin samaa mieltä"], 1, 5)
    {'Samaa mieltä': 4, 'täysin samaa mieltä': 5}
    >>> read_words(["Samaa mieltä", "Instämmer", "Täysin samaa mieltä / Instämmer helt"], 1, 5)
    {'Samaa mieltä': 4, 'Instämmer': 4, 'Täysin samaa mieltä / Instämmer helt': 5}
    >>> read_words(["\U0001f600 Tyytyväinen", "Tyytymätön \u2639\ufe0f"], 1, 5)
    {'\U0001f600 Tyytyväinen': 4, 'Tyytymätön \u2639\ufe0f': 2}
    >>> read_words(["Hyvä", "Huono"], 1, 5)
    Unclear(cell='Huono', numbers=(1, 2))
    >>> read_words(["Very easy", "Easy"], 1, 7)
    Shorter(cells=('Very easy', 'Easy'))
    """
    words = {cell: folded(PICTURES.sub("", as_text(cell))) for cell in cells if as_text(cell)}
    if any(not isinstance(cell, str) for cell in words):
        return NotWords()
    words = {cell: _in_one_tongue(word, low, high) for cell, word in words.items()}
    given = set(words.values())
    scales = [scale for scale in known_scales(low, high) if given & set(scale) and _one_each(given & set(scale), scale)]
    whole = [scale for scale in scales if given <= set(scale)]
    if not whole:
        whole = [together for together in _in_several_tongues(given, scales) if given <= set(together)]
    if not whole:
        return _partly(words, scales)
    if high - low + 1 == SEVEN and not any(_has_seven(given, scale, low) for scale in whole):
        return Shorter(tuple(words))
    for cell, word in words.items():
        numbers = tuple(sorted({scale[word] for scale in whole}))
        if len(numbers) > 1:
            return Unclear(cell, numbers)
    return {cell: whole[0][word] for cell, word in words.items()}


def _in_one_tongue(word: str, low: int, high: int) -> str:
    """Return one of the words that a label gives in several languages, Samaa mieltä / Instämmer, if they are the same number."""
    parts = [folded(part) for part in word.split("/")]
    places = [{scale[part] for scale in known_scales(low, high) if part in scale} for part in parts]
    alike = len(parts) > 1 and all(places) and len(set.union(*places)) == 1
    return parts[0] if alike else word


def _in_several_tongues(given: set[str], scales: list[dict[str, int]]) -> list[dict[str, int]]:
    """Return scales of different languages as one, where they share no word but the one between the ends.

    A word that is several numbers in the scales of its language is left out, so that it is never guessed.
    """
    found: list[dict[str, int]] = []
    for one in scales:
        for other in scales:
            middle = (min(one.values()) + max(one.values())) / 2
            shared = set(one) & set(other)
            if one is not other and all(one[word] == other[word] == middle for word in shared):
                together = one | other
                clear = {word for word in given & set(together) if len({s[word] for s in scales if word in s}) == 1}
                found.append({word: place for word, place in together.items() if word not in given or word in clear})
    return found


def _has_seven(given: set[str], scale: dict[str, int], low: int) -> bool:
    """Tell whether the words show that there were seven: a scale of five has none beside its ends or none beside its middle."""
    steps = {scale[word] - low for word in given}
    return not steps.isdisjoint(INNER) and not steps.isdisjoint(OUTER)


def _one_each(words: set[str], scale: dict[str, int]) -> bool:
    """Tell whether no two of the words are the same number: if two were, the scale would be another."""
    return len({scale[word] for word in words}) == len(words)


def _partly(words: dict[Cell, str], scales: list[dict[str, int]]) -> NotWords | Unknown:
    given = set(words.values())
    best = max(scales, key=lambda scale: len(given & set(scale)), default={})
    if len(given & set(best)) < FEWEST:
        return NotWords()
    first = {number: word for word, number in reversed(best.items())}
    shown = tuple(first[number] for number in sorted(first))
    return Unknown(tuple(cell for cell, word in words.items() if word not in best), shown)
