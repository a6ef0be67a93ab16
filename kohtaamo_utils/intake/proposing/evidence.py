"""What the values say: whether a column can be what its heading promises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from kohtaamo_utils.errors import quoted, say
from kohtaamo_utils.intake.notes.personal_data import KINDS, MARK, is_person, kinds_in, redacted
from kohtaamo_utils.intake.people.privacy import personal_kind
from kohtaamo_utils.intake.proposing.names import says_weighting
from kohtaamo_utils.intake.proposing.reading import LOOKED_AT, Taken, Way, taken
from kohtaamo_utils.intake.proposing.scales import scale_named
from kohtaamo_utils.intake.rows.own_weight import WEIGHT, around_one
from kohtaamo_utils.intake.scales.ten_points import TEN_POINTS, looks
from kohtaamo_utils.intake.values.cells import as_text, distinct, is_blank
from kohtaamo_utils.intake.values.parse_dates import parse_dates
from kohtaamo_utils.intake.values.parse_numbers import parse_numbers
from kohtaamo_utils.intake.values.parse_periods import parse_periods
from kohtaamo_utils.intake.values.unit_words import UNITS
from kohtaamo_utils.intake.values.vocabulary import parse_choices, parse_flags
from kohtaamo_utils.tables import SURVEY_MEASURES, Column, Table

if TYPE_CHECKING:
    from kohtaamo_utils.errors import Problem
    from kohtaamo_utils.intake.sheets.sheet import Sheet
    from kohtaamo_utils.intake.values.cells import Cell
    from kohtaamo_utils.intake.values.parsed import Parsed

T = TypeVar("T")
EXAMPLES, EXAMPLE_LENGTH = 3, 24
ALMOST_ALL = 0.95
IN_DOUBT, MOST_ODD = 0.8, 0.5
"""What it leaves of the confidence in a column of choices that at most this share of its words are none."""
FEW, MANY = 10, 0.8
"""In so few rows anything may differ; beyond that a grouping has fewer values than this share of the rows."""
UNIT = "unit"
UNITS_OF_COUNT = {*UNITS, "ea", "each", "l.", "pkt", "pkg", "m", "m2", "cm", "stk", "stck", "unt"}
"""What goods and figures are counted in, and no shop is called."""
FREE = ("comment", "text", "item", "criterion", "reviewee_name")
"""Texts in which every value may differ."""


@dataclass(frozen=True)
class Evidence:
    """How far a column's values bear its heading out.

    Parameters
    ----------
    factor
        What the heading's confidence is multiplied by; 0 refuses.
    reason
        Why, in English.
    """

    factor: float
    reason: str


def evidence(sheet: Sheet, place: int, table: Table, name: str, way: Way) -> Evidence:
    """Return what a column's values say about its being a canonical column.

    Parameters
    ----------
    sheet
        The file, laid out.
    place
        The column's place in it.
    table, name
        The canonical column.
    way
        How the file is read.
    """
    rule = table.columns[name]
    read = taken(sheet, place, way, name, rule)
    cells = read.cells
    if not cells:
        return Evidence(0.6, say("the column is empty"))
    if read.problem is not None:
        return _in_doubt(read, read.problem)
    if rule.kind == "number":
        return _number(sheet, place, table.name, name, rule, parse_numbers(cells, way.source.decimal))
    if rule.kind in {"date", "month"}:
        return _parsed(parse_dates(cells, way.source.dates, months=rule.kind == "month"), say("dates"))
    if rule.kind == "period":
        return _parsed(parse_periods(cells, way.source.dates), say("periods"))
    if rule.kind == "choice":
        return _choices(cells, parse_choices(cells, name, rule.choices), rule.choices)
    if rule.kind == "flag":
        return _parsed(parse_flags(cells, name), say("yes or no"))
    if rule.kind == "id":
        return _identifier(sheet, place, table, name, cells)
    return _text(sheet, place, name, cells)


def _parsed(parsed: Parsed[T], what: str) -> Evidence:
    if parsed.unclear is not None:
        return Evidence(
            0.9, say("{what} whose order or mark must be said ({kind})", what=what, kind=parsed.unclear.kind)
        )
    return _share(1 - len(parsed.wrong) / len(parsed.found), what)


def _choices(cells: list[Cell], parsed: Parsed[str], choices: tuple[str, ...]) -> Evidence:
    """Say which words are no choice; where most are, `check` may ask about the others, and reading on is told by it."""
    first = _parsed(parsed, say("words for {names}", names=", ".join(choices[:3])))
    texts = [as_text(cells[place]) for place in parsed.wrong]
    if not texts:
        return first
    shown = ", ".join(MARK if is_person(text) else quoted(text) for text in texts[:EXAMPLES])
    reason = say("{reason}, but not {words}", reason=first.reason, words=shown)
    return Evidence(first.factor or (IN_DOUBT if len(texts) <= MOST_ODD * len(cells) else 0), reason)


def _share(right: float, what: str) -> Evidence:
    """Say how many of the values are what they should be; too few refuse."""
    if right == 1:
        return Evidence(1, say("all values are {what}", what=what))
    if right >= ALMOST_ALL:
        return Evidence(0.85, say("{right} of the values are {what}", right=f"{right:.0%}", what=what))
    return Evidence(0, say("only {right} of the values are {what}", right=f"{right:.0%}", what=what))


def _in_doubt(read: Taken, problem: Problem) -> Evidence:
    """Say what the reader will ask about a column that is answered in words: the heading is borne out, its numbers are not."""
    if problem.kind in {"other_scale", "unknown_words"}:
        return Evidence(0, problem.message)
    if read.unknown:
        return _share(1 - read.unknown, say("words of an answer scale"))
    return Evidence(0.9, say('"{value}": {message}', value=problem.value or "", message=problem.message))


def _number(sheet: Sheet, place: int, table: str, name: str, rule: Column, parsed: Parsed[float]) -> Evidence:
    first = _parsed(parsed, say("numbers"))
    numbers = [value for value in parsed.found if value is not None]
    if not first.factor or not numbers:
        return first
    if name in SURVEY_MEASURES and rule.high is not None:
        headings = (sheet.names[place], *(sheet.aliases[place] if sheet.aliases else ()))
        scale = _scale(name, rule, headings, numbers, len(sheet.cells))
        if scale is not None:
            return scale
    if name == WEIGHT and table == "survey" and not says_weighting(sheet.names[place]) and not around_one(numbers):
        shown = ", ".join(f"{value:g}" for value in numbers[:3])
        return Evidence(0, say("values such as {shown} are no weights of answers, which lie around 1", shown=shown))
    low = float("-inf") if rule.low is None else rule.low
    high = float("inf") if rule.high is None else rule.high
    outside = sorted({value for value in numbers if not low <= value <= high or (rule.whole and value % 1)})
    if not outside:
        return Evidence(
            first.factor,
            say("{reason}, {min} to {max}", reason=first.reason, min=f"{min(numbers):g}", max=f"{max(numbers):g}"),
        )
    shown = ", ".join(f"{value:g}" for value in outside[:3])
    if len(outside) <= 1 and len(numbers) > 3:
        return Evidence(
            0.7, say("{shown} is outside {expected}: does it mean no answer?", shown=shown, expected=rule.expected)
        )
    return Evidence(0, say("values such as {shown} are not {expected}", shown=shown, expected=rule.expected))


def _scale(name: str, rule: Column, headings: tuple[str, ...], numbers: list[float], rows: int) -> Evidence | None:
    """Refuse a question that was asked on another scale; None if nothing speaks for one."""
    ours = f"{rule.low:g}–{rule.high:g}"
    named = next((found for found in map(scale_named, headings) if found is not None), None)
    if named is not None and (named[0] not in {None, rule.low} or named[1] != rule.high):
        said = f"{named[0]}–{named[1]}" if named[0] is not None else say("to {high}", high=f"{named[1]}")
        return Evidence(0, say("the heading says the scale {said}, {name} is {ours}", said=said, name=name, ours=ours))
    if name not in TEN_POINTS or (named is not None and named[0] == 0):
        return None
    low, high = min(numbers), max(numbers)
    found = looks(low, high, rows)
    if found == "five":
        return Evidence(
            0,
            say(
                "the values go from {low} to {high}, {name} is {ours}",
                low=f"{low:g}",
                high=f"{high:g}",
                name=name,
                ours=ours,
            ),
        )
    if found == "from_one":
        return Evidence(
            0,
            say(
                "{rows} answers with a 1 but no 0 look like the scale 1–{high}, {name} is {ours}",
                rows=rows,
                high=f"{high:g}",
                name=name,
                ours=ours,
            ),
        )
    if found == "no_zero":
        return Evidence(
            0.85,
            say(
                "{low} to {high}, no 0 among the answers: is the scale {ours}?",
                low=f"{low:g}",
                high=f"{high:g}",
                ours=ours,
            ),
        )
    return None


def _identifier(sheet: Sheet, place: int, table: Table, name: str, cells: list[Cell]) -> Evidence:
    if not parse_dates(cells).wrong and parse_numbers(cells).wrong:
        return Evidence(0, say("the values are dates"))
    if any(isinstance(cell, float) and not cell.is_integer() for cell in cells):
        return Evidence(0, say("the values are numbers with decimals"))
    column = sheet.column(place)
    filled = column[~column.map(is_blank).to_numpy(dtype=bool)]
    unique = filled.nunique() == len(filled)
    if table.key == (name,):
        return Evidence(1, say("every value once")) if unique else Evidence(0, say("values repeat"))
    return Evidence(1, say("{n} different values in {rows} rows", n=filled.nunique(), rows=len(filled)))


def _text(sheet: Sheet, place: int, name: str, cells: list[Cell]) -> Evidence:
    kind = personal_kind(sheet, place)
    if kind is not None and name not in FREE:
        return Evidence(0, say("it holds {kinds}", kinds=KINDS[kind]))
    if name == UNIT and cells and all(as_text(cell).casefold() in UNITS_OF_COUNT for cell in cells):
        return Evidence(0, say("the values are units of measure"))
    if name in FREE:
        numbers = not parse_numbers(cells).wrong
        return Evidence(0.5, say("the values are numbers")) if numbers else Evidence(1, say("texts"))
    rows = min(len(sheet.cells), LOOKED_AT)
    if rows >= FEW and len(cells) > MANY * rows:
        return Evidence(0.7, say("{n} different values in {rows} rows", n=len(cells), rows=rows))
    return Evidence(1, say("{n} different values", n=len(cells)))


def examples(sheet: Sheet, place: int, *, identifier: bool) -> tuple[str, ...]:
    """Return a column's first three different values, personal data masked.

    Parameters
    ----------
    sheet
        The file, laid out.
    place
        The column's place in it.
    identifier
        Whether it is proposed as an identifier; then what looks like a name is masked too.
    """
    cells = distinct(sheet.column(place).head(LOOKED_AT))[1]
    texts = [as_text(cell) for cell in cells if not is_blank(cell)][:EXAMPLES]
    if personal_kind(sheet, place) is not None and not any(kinds_in(text) for text in texts):
        return (MARK,) * len(texts)
    return tuple(_shown(text, identifier=identifier) for text in texts)


def _shown(text: str, *, identifier: bool) -> str:
    if identifier and is_person(text):
        return MARK
    line = " ".join(redacted(text)[0].split())
    return line if len(line) <= EXAMPLE_LENGTH else line[: EXAMPLE_LENGTH - 1] + "…"
