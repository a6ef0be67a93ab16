"""What the numbers of one column stand for, and how far its scale goes by that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.intake.values.labels import FEWEST, labelled, word_in
from kohtaamo_utils.intake.values.vocabulary import is_no_answer

if TYPE_CHECKING:
    from collections.abc import Collection

    from kohtaamo_utils.intake.sheets.bound import Bound

LAST_LABEL = 11
"""The largest number of a scale of answers: 0–10 in codes that begin at 1."""


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
