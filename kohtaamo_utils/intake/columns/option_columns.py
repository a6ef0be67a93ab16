"""Columns that are each one answer of a scale, as in a table that counts for each question who gave which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.intake.columns.summary_headings import figures
from kohtaamo_utils.intake.values.labels import answer_in
from kohtaamo_utils.intake.values.scale_words import SCALES, folded
from kohtaamo_utils.intake.values.vocabulary import is_no_answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kohtaamo_utils.intake.sheets.sheet import Sheet

FEWEST = 3
"""So many columns are a scale."""
MOST = 11
"""The longest, 0–10."""
NEAR = 0.06
"""How far a mean may be from the one that is computed, being rounded to a decimal."""
ENOUGH = 0.02
"""How far the shares of a row may be from a whole, being rounded each."""
RECOMMENDATION: tuple[tuple[str, ...], ...] = (
    ("arvostelijat", "neutraalit|passiiviset", "suosittelijat"),
    ("kritiker|belackare", "passiva|neutrala", "ambassadörer|främjare"),
    ("detractors", "passives", "promoters"),
)
"""The groups that answers to the question of recommending are counted in."""
_STEPS = tuple(tuple(frozenset(step.split("|")) for step in scale) for scale in (*SCALES, *RECOMMENDATION))
_ANY_STEP = frozenset[str]().union(*(step for scale in _STEPS for step in scale))


def options_of(names: Sequence[str]) -> list[int]:
    """Return the places of the columns that are the answers of one scale, in the order of their numbers; [] where none are.

    Examples
    --------
    >>> options_of(["Kysymys", "1", "2", "3", "4", "5", "n"]), options_of(["id", "1", "3", "5"])
    ([1, 2, 3, 4, 5], [])
    >>> options_of(["", "Arvostelijat %", "Neutraalit %", "Suosittelijat %", "NPS"])
    [1, 2, 3]
    """
    return _numbered(names) or _worded(names)


def _numbered(names: Sequence[str]) -> list[int]:
    numbers = {place: answer.number for place, name in enumerate(names) if (answer := answer_in(name)) is not None}
    rising = sorted(numbers, key=lambda place: numbers[place])
    given = [numbers[place] for place in rising]
    one_scale = given == list(range(given[0], given[0] + len(given))) if given else False
    return rising if one_scale and given[0] in {0, 1} and FEWEST <= len(given) <= MOST else []


def _worded(names: Sequence[str]) -> list[int]:
    words = [(place, word) for place, name in enumerate(names) if (word := folded(name.replace("%", ""))) in _ANY_STEP]
    for scale in _STEPS:
        found = [place for step in scale for place, word in words if word in step]
        if len(found) == len(scale):
            return found
    return []


def adds_up(sheet: Sheet, options: list[int], means: Sequence[int], counts: Sequence[int]) -> bool:
    """Tell whether the options' columns hold counts or shares: they sum up to another column, to a whole, or have its mean.

    Parameters
    ----------
    sheet
        The file, laid out.
    options
        The places of the options' columns, from the smallest number to the largest.
    means, counts
        The places of columns that are called means, and of those that are called counts.
    """
    columns = [figures(sheet.column(place)) for place in options]
    rows = [[number or 0.0 for number in row] for row in zip(*columns, strict=True)]
    if not any(sum(number > 0 for number in row) > 1 for row in rows) or any(
        number < 0 for row in rows for number in row
    ):
        return False  # one choice a row is an answer
    others = [place for place, name in enumerate(sheet.names) if is_no_answer(name)]
    unsure = [
        sum(number or 0.0 for number in row)
        for row in zip(*(figures(sheet.column(place)) for place in others), strict=True)
    ]
    with_unsure = [[*row, more] for row, more in zip(rows, unsure, strict=True)] if unsure else rows
    return (
        any(_sums(rows, sheet, place) or _sums(with_unsure, sheet, place) for place in counts)
        or any(_weighted(rows, _first(sheet, options), sheet, place) for place in means)
        or _wholes(rows)
        or _wholes(with_unsure)
        or _counted_words(sheet, options, columns)
    )


def _first(sheet: Sheet, options: list[int]) -> int:
    answer = answer_in(sheet.names[options[0]])
    return 1 if answer is None else answer.number


def _sums(rows: list[list[float]], sheet: Sheet, place: int) -> bool:
    """Tell whether a column is the sum of the options'."""
    given = figures(sheet.column(place))
    return all(number is not None and abs(sum(row) - number) < NEAR for row, number in zip(rows, given, strict=True))


def _weighted(rows: list[list[float]], first: int, sheet: Sheet, place: int) -> bool:
    """Tell whether a column is the mean of answers so often given, and not the mean of the row's own numbers."""
    given, differs = figures(sheet.column(place)), False
    for row, number in zip(rows, given, strict=True):
        if number is None or not sum(row):
            return False
        if abs(sum(step * times for step, times in enumerate(row, first)) / sum(row) - number) > NEAR:
            return False
        differs |= abs(sum(row) / len(row) - number) > NEAR
    return differs


def _wholes(rows: list[list[float]]) -> bool:
    """Tell whether each row is the shares of a whole."""
    broken = any(0 < number < 1 for row in rows for number in row)
    return any(all(abs(sum(row) / whole - 1) <= ENOUGH for row in rows) for whole in ((1, 100) if broken else (100,)))


def _counted_words(sheet: Sheet, options: list[int], columns: list[list[float | None]]) -> bool:
    """Tell whether options with words are all filled in each row, and with more than ones."""
    worded = all((answer := answer_in(sheet.names[place])) is None or answer.word for place in options)
    filled = [number for column in columns for number in column]
    return (
        worded
        and all(number is not None and number.is_integer() for number in filled)
        and max(number or 0 for number in filled) > 1
    )
