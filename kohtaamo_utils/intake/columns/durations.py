"""Lengths of time in a column of numbers, as numbers of the unit that the file states: 00:03:25 under *Vastausaika (min)*."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.columns.heading_units import stated_units
from kohtaamo_utils.intake.values.cells import as_text
from kohtaamo_utils.intake.values.lengths import form_in, length_of, without_form
from kohtaamo_utils.intake.values.parsed import Wrong
from kohtaamo_utils.intake.values.unit_words import DAY, HOUR, MINUTE, SECOND

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.sheets.bound import Bound
    from kohtaamo_utils.intake.values.cells import Cell, Cells
    from kohtaamo_utils.tables import Column

SECONDS = {SECOND: 1, MINUTE: 60, HOUR: 3600, DAY: 86_400}
"""How long a unit is."""
NAMES = {SECOND: say("seconds"), MINUTE: say("minutes"), HOUR: say("hours"), DAY: say("days")}
_RATE = re.compile(
    r"(?:/|(?<!\w)per(?!\w))\s*[^\W\d_]+|(?<!\w)(?:päivässä|tunnissa|minuutissa|daily|hourly|dagligen)(?!\w)",
    re.IGNORECASE,
)
"""Of what time or thing a length is, which is no unit of it: *odotusaika per päivä*, *min/puhelu*."""
SECOND_OR_KRONA = "sek"
"""Beside a length of time it is no money."""


class _Lengths(NamedTuple):
    """One figure's lengths, and the unit that their numbers are to be in."""

    unit: str
    seconds: list[float]


def as_numbers(column: Bound, rule: Column, names: Cells | None, findings: Findings) -> Bound:
    """Return a column whose lengths of time are numbers of the unit that its heading or their figure's name states.

    Nothing is guessed: lengths without a unit, and such as may be minutes and seconds or hours and minutes, are a problem.

    Parameters
    ----------
    column
        A canonical column's raw cells.
    rule
        What it must hold; a column that cannot hold lengths is left alone.
    names
        What the figure of each row is called; None where that is not known yet: lengths without a unit then stand in seconds.
    findings
        Takes the problems, and how many lengths were read.
    """
    if not rule.any_unit or column.constant or all(length_of(cell) is None for cell in column.cells.unique()):
        return column
    called = ["" for _ in column.cells] if names is None else [as_text(name) for name in names]
    cells, told, read = column.cells.copy(), set[int](), Counter[str]()
    for name in dict.fromkeys(called):
        rows = [row for row, own in zip(cells.index, called, strict=True) if own == name and length_of(cells[row])]
        if not rows:
            continue
        given = _read([cells[row] for row in rows], _headings(column, name), known=names is not None)
        if isinstance(given, Wrong):
            _tell(given, column, rule, rows[0], findings)
            told.update(rows)
            cells[rows] = ""
            continue
        cells[rows] = pd.Series([second / SECONDS[given.unit] for second in given.seconds], index=rows, dtype=object)
        read[given.unit] += len(rows)
    for unit, count in read.items():
        detail = say("lengths of time in {name} read in {unit}", name=column.label, unit=NAMES[unit])
        findings.note("inferred", "durations", count, detail, column=column.name)
    return replace(column, cells=cells, broken=column.broken | told)


def _headings(column: Bound, name: str) -> tuple[str, ...]:
    """Return what may state a length's unit, nearest first."""
    return tuple(text for text in (name, column.heading, column.label) if text)


def _read(cells: Sequence[Cell], headings: Sequence[str], *, known: bool) -> _Lengths | Wrong:
    """Return one figure's lengths and their unit, or why they cannot be read."""
    form = next((form for heading in headings if (form := form_in(heading)) is not None), None)
    lengths = [length for cell in cells if (length := length_of(cell, form)) is not None]
    seconds = [length.seconds for length in lengths if length.seconds is not None]
    example = as_text(cells[0])
    if len(seconds) < len(cells):
        return _either(next(as_text(cell) for cell, one in zip(cells, lengths, strict=True) if one.seconds is None))
    units = _units(headings)
    if len(units) > 1:
        return _several(units)
    if not units and known:
        return _no_unit(example, headings[0] if headings else "")
    unit = units[0] if units else SECOND
    if form is None and unit in {SECOND, MINUTE} and any(seconds) and all(length.whole for length in lengths):
        return _typed_short(example)
    return _Lengths(unit, seconds)


def _units(headings: Sequence[str]) -> list[str]:
    """Return the units of time that the headings state, each once."""
    found: dict[str, None] = {}
    for heading in headings:
        stated = stated_units(_RATE.sub(" ", without_form(heading)))
        units = [unit for unit in stated.units if unit in SECONDS]
        found |= dict.fromkeys(units or ([SECOND] if stated.money == SECOND_OR_KRONA else []))
    return list(found)


def _tell(wrong: Wrong, column: Bound, rule: Column, row: int, findings: Findings) -> None:
    findings.problem(
        wrong.kind,
        wrong.message,
        expected=rule.expected,
        advice=wrong.advice,
        row=row,
        column=column.label,
        value=as_text(column.cells[row]),
    )


def _either(text: str) -> Wrong:
    return Wrong(
        "ambiguous_length",
        say("{text} may be minutes and seconds or hours and minutes, and nothing says which.", text=text),
        say(
            "Write the form into the column's heading or the figure's name, {minutes} or {hours}, or export the times with all "
            "three parts (00:03:25).",
            minutes="(mm:ss)",
            hours="(h:mm)",
        ),
    )


def _no_unit(text: str, heading: str) -> Wrong:
    return Wrong(
        "no_unit",
        say(
            "{text} is a length of time, and nothing says whether the figure is in seconds, minutes or hours.",
            text=text,
        ),
        say(
            "Write the unit in brackets into the column's heading or the figure's name: {example}; (s) and (h) are read too.",
            example=f"{heading} (min)".strip(),
        ),
    )


def _several(units: Sequence[str]) -> Wrong:
    return Wrong(
        "ambiguous_length",
        say(
            "The figure's name and the column's heading state two units, {one} and {other}.",
            one=NAMES[units[0]],
            other=NAMES[units[1]],
        ),
        say("Keep only one of the two."),
    )


def _typed_short(text: str) -> Wrong:
    return Wrong(
        "ambiguous_length",
        say(
            "All times end in :00, such as {text}: Excel makes hours and minutes of minutes and seconds that are typed as 3:25.",
            text=text,
        ),
        say(
            "Write the form that was meant into the column's heading or the figure's name: {hours} takes the times as they are; "
            "if minutes and seconds were typed, export them anew.",
            hours="(h:mm:ss)",
        ),
    )
