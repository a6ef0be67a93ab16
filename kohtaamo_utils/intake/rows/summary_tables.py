"""Tables of counts, shares or means, which survey tools and people make of answers: their rows are no single answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import joined, say
from kohtaamo_utils.intake.columns.no_answers import is_score
from kohtaamo_utils.intake.columns.option_columns import adds_up, options_of
from kohtaamo_utils.intake.columns.summary_headings import (
    ANSWERS,
    COUNTS,
    MEANS,
    OPTIONS,
    RESPONDENTS,
    SHARES,
    figures,
    plain,
)
from kohtaamo_utils.intake.rows.total_rows import is_total
from kohtaamo_utils.intake.values.cells import as_text, is_blank
from kohtaamo_utils.intake.values.scale_words import every_scale, folded
from kohtaamo_utils.intake.values.vocabulary import is_no_answer

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.sheets.bound import Bound
    from kohtaamo_utils.intake.sheets.sheet import Sheet
    from kohtaamo_utils.intake.values.cells import Cell

OF_ANSWERS = frozenset({"survey", "ratings_360"})
"""Tables of which each row is what one person answered."""
FEWEST, FEW, WIDEST = 3, 30, 3
"""So many steps make a scale; so many rows may be units; in so many columns a table of scores and counts fits."""
LONGEST = 4
"""Words of a heading that names a mean."""
ROUNDING = 0.006
"""How far a share may be from its count, being rounded to a whole percentage."""
_WORD = re.compile(r"[^\W\d_]+")
_NAME = re.compile(r"[^\W\d][^\d]*")


@dataclass(frozen=True)
class Summary:
    """What shows that a sheet sums answers up.

    Parameters
    ----------
    means
        Whether it is of means; else of counts or shares.
    columns
        The headings that show it.
    """

    means: bool
    columns: tuple[str, ...]

    @property
    def message(self) -> str:
        """What came."""
        names = ", ".join(self.columns)
        if self.means:
            return say("These are means of several people's answers, not single answers: see {names}.", names=names)
        return say("These are counts or shares of answers, not single answers: see {names}.", names=names)

    @property
    def expected(self) -> str:
        """What was wanted."""
        return say("a row for each respondent, with what that person answered")

    @property
    def wanted(self) -> str:
        """What to export."""
        return say(
            "Export the single answers from the survey tool (raw data, `all individual responses`) instead of its summary."
        )

    @property
    def advice(self) -> str:
        """What to do."""
        otherwise = say("If each row is a respondent all the same, call these columns something else.")
        return joined([self.wanted, otherwise])


def single_answers(name: str, sheet: Sheet, bound: dict[str, Bound], findings: Findings) -> dict[str, Bound]:
    """Return the columns of a table of answers; none, and a problem, where the sheet sums answers up.

    Parameters
    ----------
    name
        Canonical table.
    sheet
        The file, laid out.
    bound
        Canonical columns' raw cells.
    findings
        Takes the problem.
    """
    found = summary_in(sheet, _scores(sheet, bound)) if name in OF_ANSWERS else None
    if found is None:
        return bound
    findings.problem(
        "summary_table",
        found.message,
        expected=found.expected,
        advice=found.advice,
        column=found.columns[0],
    )
    return {}


def _scores(sheet: Sheet, bound: Mapping[str, Bound]) -> list[int]:
    labels = {column.label for name, column in bound.items() if is_score(name) and not column.constant}
    return [place for place, name in enumerate(sheet.names) if name in labels]


def summary_in(sheet: Sheet, scores: Collection[int]) -> Summary | None:
    """Return what shows that a sheet sums answers up; None where nothing does.

    Parameters
    ----------
    sheet
        The file, laid out.
    scores
        The places of the columns that are read as scores.

    Examples
    --------
    >>> import pandas as pd
    >>> from kohtaamo_utils.intake.sheets.sheet import Sheet
    >>> cells = pd.DataFrame([["Espoo", "8", "40"], ["Oulu", "7", "33"]], dtype=object)
    >>> summary_in(Sheet(("Myymälä", "NPS ka", "n"), cells), [1])
    Summary(means=True, columns=('NPS ka', 'n'))
    >>> summary_in(Sheet(("Myymälä", "NPS", "kpl"), cells), [1]) is None
    True
    """
    if sheet.cells.empty:
        return None
    headings = [plain(name) for name in sheet.names]
    counts = [place for place, heading in enumerate(headings) if heading in COUNTS and _counts(sheet, place)]
    return (
        _of_options(sheet, headings, counts)
        or _by_option(sheet, headings, counts)
        or _means(sheet, scores, counts)
        or _by_score(sheet, headings, scores, counts)
    )


def _named(sheet: Sheet, *places: int, means: bool = False) -> Summary:
    return Summary(means, tuple(dict.fromkeys(sheet.names[place] for place in places)))


def _counts(sheet: Sheet, place: int) -> bool:
    """Tell whether a column holds whole numbers, and not a one for each row only."""
    given = [number for number in figures(sheet.column(place)) if number is not None]
    return bool(given) and all(number >= 0 and number.is_integer() for number in given) and max(given) > 1


def _of_options(sheet: Sheet, headings: list[str], counts: list[int]) -> Summary | None:
    """Find a row for each question, a column for each answer: Question | 1 | 2 | 3 | 4 | 5 | Mean | n."""
    options = options_of(sheet.names)
    means = [place for place, heading in enumerate(headings) if heading in MEANS]
    return _named(sheet, *options, *means, *counts) if options and adds_up(sheet, options, means, counts) else None


def _by_option(sheet: Sheet, headings: list[str], counts: list[int]) -> Summary | None:
    """Find a row for each answer, with how many gave it and which share they are."""
    if headings[0] in OPTIONS and any(heading in ANSWERS | COUNTS | SHARES for heading in headings[1:]):
        return _named(sheet, *(place for place, heading in enumerate(headings) if heading))
    for count in counts:
        for share, heading in enumerate(headings):
            if heading in SHARES and _proportional(sheet, count, share):
                return _named(sheet, count, share)
    return None


def _proportional(sheet: Sheet, count: int, share: int) -> bool:
    """Tell whether shares are those of the counts, in the rows down to the first that has none."""
    pairs: list[tuple[float, float]] = []
    for number, part in zip(figures(sheet.column(count)), figures(sheet.column(share)), strict=True):
        if number is None or part is None:
            break
        pairs.append((number, part))
    number, part = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
    if len({count for count, _ in pairs}) < 2 or not number or not part:
        return False
    whole = 100 if max(pair[1] for pair in pairs) > 1 else 1
    total = number * whole / part
    return all(abs(pair[0] / total - pair[1] / whole) <= ROUNDING for pair in pairs)


def _means(sheet: Sheet, scores: Collection[int], counts: list[int]) -> Summary | None:
    """Find scores that are means: by their name, with counts or broken numbers or a few units, or by a number of answers beside few units or broken numbers."""
    answered = [place for place in counts if plain(sheet.names[place]) in RESPONDENTS]
    for place in scores:
        if _is_mean(sheet.names[place]) and (counts or _broken(sheet, place) or _few_units(sheet)):
            return _named(sheet, place, *counts, means=True)
        if answered and (_few_units(sheet) or _broken(sheet, place)):
            return _named(sheet, place, *answered, means=True)
    return None


def _is_mean(heading: str) -> bool:
    """Tell whether a heading names a mean; a longer one is a question.

    Examples
    --------
    >>> _is_mean("NPS (ka.)"), _is_mean("How satisfied are you on average?")
    (True, False)
    """
    words = _WORD.findall(plain(heading))
    return len(words) <= LONGEST and not MEANS.isdisjoint(words)


def _broken(sheet: Sheet, place: int) -> bool:
    return any(number is not None and not number.is_integer() for number in figures(sheet.column(place)))


def _few_units(sheet: Sheet) -> bool:
    """Tell whether the rows are few, and the first cell of each is another name; with a figure in it, it may be a respondent's."""
    first = [as_text(cell) for cell in sheet.column(0)]
    return len(set(first)) == len(first) <= FEW and all(map(_NAME.fullmatch, first))


def _by_score(sheet: Sheet, headings: list[str], scores: Collection[int], counts: list[int]) -> Summary | None:
    """Find a row for each score, in its order, with how many gave it: NPS | n, once or once for each question."""
    shares = [place for place, heading in enumerate(headings) if heading in SHARES and _whole(sheet, place)]
    beside = [*counts, *shares]
    others = [place for place in range(len(headings)) if place not in {*beside, *scores} and _filled(sheet, place)]
    if not beside or len(scores) != 1 or len(others) > 1 or len(beside) + 1 + len(others) > WIDEST:
        return None
    (score,) = scores
    groups: dict[str, list[Cell]] = {}
    for row, cell in enumerate(sheet.column(score)):
        if not _is_no_step(as_text(cell)):
            group = "".join(as_text(sheet.column(place).iloc[row]) for place in others)
            groups.setdefault(group, []).append(cell)
    return _named(sheet, score, *beside) if groups and all(map(_steps, groups.values())) else None


def _is_no_step(text: str) -> bool:
    return is_no_answer(text) or is_total(text)


def _whole(sheet: Sheet, place: int) -> bool:
    """Tell whether shares are of one whole, or of one with its total below."""
    total = sum(number for number in figures(sheet.column(place)) if number is not None)
    return any(abs(total / whole - 1) <= ROUNDING * len(sheet.cells) for whole in (1, 2, 100, 200))


def _steps(cells: list[Cell]) -> bool:
    """Tell whether scores are the steps of a scale: each once, in order.

    Examples
    --------
    >>> _steps(["5", "4", "3"]), _steps(["Hyvä", "Huono", "Välttävä"]), _steps([4, 5, 5])
    (True, False, False)
    """
    if len(cells) < FEWEST:
        return False
    words = [folded(as_text(cell)) for cell in cells]
    in_words: list[list[float | None]] = [[scale.get(word) for word in words] for scale in every_scale()]
    return any(map(_in_order, (figures(cells), *in_words)))


def _in_order(numbers: list[float | None]) -> bool:
    given = [number for number in numbers if number is not None]
    rising = sorted(set(given))
    return len(given) == len(numbers) and given in (rising, rising[::-1])


def _filled(sheet: Sheet, place: int) -> bool:
    return not all(map(is_blank, sheet.column(place)))
