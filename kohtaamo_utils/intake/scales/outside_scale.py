"""Whether answers outside a scale are codes for no answer, or show that the scale is another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.intake.columns.no_answers import is_score

if TYPE_CHECKING:
    import pandas as pd

    from kohtaamo_utils.intake.columns.part import Part

LAST = 11
"""The largest number of a scale of answers; what lies beyond, such as 99, is a code."""
SEVERAL = 3
"""So many different numbers above a scale are of a longer one, and no codes."""
CODES, SHARE = 4, 0.1
"""More different numbers outside a scale than these, in a tenth of the answers, are of a slider from 0 to 100 perhaps; codes are
fewer, and slips rarer."""
ENOUGH = 10
"""Answers from which on it is telling that nobody gave the lowest, or the highest."""
Ends = tuple[int, int]


def other_scales(part: Part, ends: dict[str, Ends]) -> dict[str, Ends]:
    """Return the scores whose answers are evidently of another scale, with the ends of those answers.

    Parameters
    ----------
    part
        Typed rows.
    ends
        The scale of each column.
    """
    found = {name: other_scale(part.frame[name], *scale) for name, scale in ends.items() if is_score(name)}
    return {name: scale for name, scale in found.items() if scale is not None}


def other_scale(column: pd.Series[float], low: int, high: int) -> Ends | None:
    """Return the ends of the answers where they are evidently of another scale than a column's; None where codes may be among them.

    That is where two numbers that follow upon the scale were given, or three that lie above it; or one step above it where nobody
    gave the lowest (1–11 for 0–10), or one below it where nobody gave the highest; or so many that no codes are. Answers from
    −2 to 2 are of a scale about nought.

    Examples
    --------
    >>> import pandas as pd
    >>> other_scale(pd.Series([4, 6, 7, 10.0]), 1, 5), other_scale(pd.Series([1, 5, 8, 9, 99.0]), 1, 5)
    ((4, 10), None)
    >>> other_scale(pd.Series([*range(1, 12)]), 0, 10), other_scale(pd.Series([*range(12)]), 0, 10)
    ((1, 11), None)
    >>> other_scale(pd.Series([0, 20, 40, 55, 80, 100.0]), 1, 5), other_scale(pd.Series([-2, -1, 0, 1, 2.0] * 2), 1, 5)
    ((0, 100), (-2, 2))
    """
    beyond = column.dropna()[lambda values: ~values.between(low, high)]
    many_kinds = beyond.nunique() > CODES and len(beyond) >= SHARE * column.count()
    if many_kinds or _about_nought(column, high):
        return int(column.min()), int(column.max())
    answers = column[column.between(0, LAST) & (column % 1 == 0)]
    given = {int(value) for value in answers.unique()}
    above, many = {value for value in given if value > high}, len(answers) >= ENOUGH
    longer = {high + 1, high + 2} <= above or len(above) >= SEVERAL
    shifted = many and (
        (above == {high + 1} and min(given) == low + 1) or (low - 1 in given and high not in given and not above)
    )
    return (min(given), max(given)) if longer or shifted else None


def _about_nought(column: pd.Series[float], high: int) -> bool:
    """Tell whether many answers go as far below nought as above it."""
    most = column.max()
    return bool(len(column.dropna()) >= ENOUGH and 0 < most < high and column.min() == -most)
