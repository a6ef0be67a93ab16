"""Whether numbers and the words beside them are the same scale: they rise together, fall apart, or are of another length."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from kohtaamo_utils.intake.values.scale_words import known_scales

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kohtaamo_utils.intake.values.labels import Answer

Order = Literal["unknown", "fits", "falls", "other"]


def order_of(answers: Iterable[Answer], low: int, high: int) -> Order:
    """Tell how numbers go with their words.

    Parameters
    ----------
    answers
        Numbers and words, as the file gives them.
    low, high
        Ends of the scale that the numbers are read as.

    Returns
    -------
    Order
        ``falls`` where the numbers fall exactly as the words of a known scale rise; ``other`` where a word is always
        another number, unless every number has its word; ``unknown`` where no word is known.

    Examples
    --------
    >>> from kohtaamo_utils.intake.values.labels import Answer
    >>> order_of([Answer(1, "täysin samaa mieltä"), Answer(4, "eri mieltä")], 1, 5)
    'falls'
    >>> order_of([Answer(1, "täysin eri mieltä"), Answer(4, "täysin samaa mieltä")], 1, 5)
    'other'
    >>> order_of([Answer(1, "huono"), Answer(5, "hyvä")], 1, 5), order_of([Answer(1, "hyvä"), Answer(5, "huono")], 1, 5)
    ('fits', 'falls')
    """
    given = set(answers)
    scales = known_scales(low, high)
    known = [[(number, words[word]) for number, word in given if word in words] for words in scales]
    if any(pairs and all(number == place for number, place in pairs) for pairs in known):
        return "fits"
    ends = {word for number, word in given if number == low}, {word for number, word in given if number == high}
    if {number for number, word in given if word} == {low, high}:
        order = _order_of_ends(*ends, scales)
        if order is not None:
            return order
    sided = [[(number, place) for number, place in pairs if 2 * place != low + high] for pairs in known]
    if any(pairs and all(number == low + high - place for number, place in pairs) for pairs in sided):
        return "falls"
    return "other" if any(True for _ in contradicting(given, low, high)) else "unknown"


def _order_of_ends(low: set[str], high: set[str], scales: Iterable[Mapping[str, int]]) -> Order | None:
    """Return the order of a scale of which only the ends have words: they may be milder than the ends of a known one."""
    places = [
        (words[one], words[other]) for words in scales for one in low for other in high if {one, other} <= words.keys()
    ]
    rising = {one < other for one, other in places if one != other}
    if len(rising) != 1:
        return None
    return "fits" if rising.pop() else "falls"


def contradicting(answers: Iterable[Answer], low: int, high: int) -> list[tuple[Answer, int]]:
    """Return the answers whose word is always another number, and that number.

    A scale of its own, in which each number from the lowest to the highest has a word, may call its steps between the
    ends otherwise.

    Examples
    --------
    >>> from kohtaamo_utils.intake.values.labels import Answer
    >>> contradicting([Answer(4, "täysin samaa mieltä")], 1, 5)
    [(Answer(number=4, word='täysin samaa mieltä'), 5)]
    """
    given = sorted(set(answers))
    scales = known_scales(low, high)
    places = {answer: {words[answer.word] for words in scales if answer.word in words} for answer in given}
    wrong = [(answer, min(its)) for answer, its in places.items() if len(its) == 1 and answer.number not in its]
    if {answer.number for answer in given} >= set(range(low, high + 1)):
        wrong = [(answer, place) for answer, place in wrong if answer.number in {low, high}]
    return wrong
