"""Scores that are answered in words, or in numbers with words, as numbers."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from kohtaamo_utils.errors import either, say
from kohtaamo_utils.intake.cells import Cell, as_text, distinct
from kohtaamo_utils.intake.no_answers import is_score
from kohtaamo_utils.intake.scale_words import folded, known_scales
from kohtaamo_utils.intake.vocabulary import is_no_answer
from kohtaamo_utils.intake.worded import NotWords, Unclear, Unknown, read_words

if TYPE_CHECKING:
    from kohtaamo_utils.engagement import Source
    from kohtaamo_utils.intake.bound import Bound
    from kohtaamo_utils.intake.findings import Findings
    from kohtaamo_utils.tables import Column

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

LONGEST = 300
"""A longer text is no answer to a scale; searching it for one could take hours."""


class Answer(NamedTuple):
    """A number and the word that the file gives for it."""

    number: int
    word: str


def numbered(column: Bound, rule: Column, source: Source, findings: Findings) -> Bound:
    """Return a score's column with numbers for its words; any other column as it is.

    Words are read only where all of the column's answers belong to one known scale of the column's length. Each
    answer that is read so is logged.

    Parameters
    ----------
    column
        Raw cells, those that mean no answer already empty.
    rule
        What the column must hold; its limits are the scale.
    source
        The source's block: which scores are reversed.
    findings
        Takes what was read as what, and a problem where that is not clear.
    """
    if column.constant or not is_score(column.name) or rule.low is None or rule.high is None:
        return column
    low, high = int(rule.low), int(rule.high)
    column = _without_no_answers(column, findings)
    _, cells = distinct(column.cells)
    combined = _combined(cells)
    answers = {**_coded(column, cells), **combined}
    if column.name.removeprefix("score.") not in source.reverse and _runs_down(set(answers.values()), low, high):
        return _falling(column, answers, low, high, findings)
    if combined:
        return _as_numbers(column, {cell: answer.number for cell, answer in combined.items()}, findings)
    return _from_words(column, cells, low, high, findings)


def _combined(cells: list[Cell]) -> dict[Cell, Answer]:
    """Return the number and the word of each cell that has both; nothing where they do not go in pairs."""
    found: dict[Cell, Answer] = {}
    for cell in cells:
        text = as_text(cell) if isinstance(cell, str) else ""
        patterns = COMBINED if len(text) <= LONGEST else ()
        match = next((match for pattern in patterns if (match := pattern.fullmatch(text))), None)
        if match:
            found[cell] = Answer(int(match["number"]), folded(match["label"]))
    pairs = set(found.values())
    in_pairs = len({pair.number for pair in pairs}) == len({pair.word for pair in pairs}) == len(pairs)
    return found if in_pairs else {}


def _without_no_answers(column: Bound, findings: Findings) -> Bound:
    """Empty the cells whose number stands for no answer by its word: 6 - En osaa sanoa."""
    _, cells = distinct(column.cells)
    gone = [cell for cell, answer in _combined(cells).items() if is_no_answer(answer.word)]
    counts = column.cells.value_counts()
    for cell in gone:
        detail = say("{value} in {name} read as no answer", value=as_text(cell), name=column.name)
        findings.note("inferred", "no_answer", int(counts[cell]), detail, column=column.name, value=as_text(cell))
    return replace(column, cells=column.cells.mask(column.cells.isin(gone), "")) if gone else column


def _coded(column: Bound, cells: list[Cell]) -> dict[Cell, Answer]:
    """Return what the file says that the column's numbers stand for."""
    labels = {cell: column.codes[cell] for cell in cells if cell in column.codes and not isinstance(cell, str)}
    return {cell: Answer(int(cell), folded(label)) for cell, label in labels.items()}


def _runs_down(answers: set[Answer], low: int, high: int) -> bool:
    """Tell whether the numbers fall as the words rise, in a scale that knows one of the words."""
    for words in known_scales(low, high):
        known = [(number, words[word]) for number, word in answers if word in words and 2 * words[word] != low + high]
        if known and all(number == low + high - place for number, place in known):
            return True
    return False


def _falling(column: Bound, answers: dict[Cell, Answer], low: int, high: int, findings: Findings) -> Bound:
    cell, answer = min(answers.items(), key=lambda pair: pair[1].number)
    name = column.name.removeprefix("score.")
    return _refused(
        column,
        cell,
        findings,
        kind="falling_scale",
        message=say(
            '{number} stands for "{word}": the numbers fall as the answers get better.',
            number=str(answer.number),
            word=answer.word,
        ),
        expected=say("{low} for the worst answer and {high} for the best", low=low, high=high),
        advice=say(
            "Add `{entry}` to the source's block; then {low} is read as {high}.",
            entry=f"reverse: [{name}]",
            low=low,
            high=high,
        ),
    )


def _from_words(column: Bound, cells: list[Cell], low: int, high: int, findings: Findings) -> Bound:
    found = read_words(cells, low, high)
    if isinstance(found, NotWords):
        return column
    if isinstance(found, Unclear):
        return _refused(
            column,
            found.cell,
            findings,
            kind="ambiguous_words",
            message=say(
                "This may be {numbers}: the answers fit scales that differ.", numbers=either(map(str, found.numbers))
            ),
            expected=say("numbers from {low} to {high}, or words of one scale", low=low, high=high),
            advice=say("Export the column as numbers."),
        )
    if isinstance(found, Unknown):
        for cell in found.cells:
            _unknown(column, cell, found.words, findings)
        return _emptied(column)
    return _as_numbers(column, found, findings)


def _unknown(column: Bound, cell: Cell, words: tuple[str, ...], findings: Findings) -> None:
    for row in column.cells.index[column.cells == cell].tolist():
        findings.problem(
            "not_in_scale",
            say("The other answers are the words of a scale, but this is none of them."),
            expected=say("one of {names}", names=", ".join(words)),
            advice=say("Correct it, list it under `missing` if it means no answer, or export the column as numbers."),
            row=row,
            column=column.label,
            value=as_text(cell),
        )


def _refused(
    column: Bound, cell: Cell, findings: Findings, *, kind: str, message: str, expected: str, advice: str
) -> Bound:
    """Record one problem for the whole column, at the first row of a cell that shows it."""
    row = int(column.cells.index[column.cells == cell][0])
    findings.problem(kind, message, expected=expected, advice=advice, row=row, column=column.label, value=as_text(cell))
    return _emptied(column)


def _emptied(column: Bound) -> Bound:
    return replace(column, cells=pd.Series("", index=column.cells.index, dtype=object))


def _as_numbers(column: Bound, numbers: dict[Cell, int], findings: Findings) -> Bound:
    counts = column.cells.value_counts()
    for cell, number in numbers.items():
        detail = say("{value} in {name} read as {number}", value=as_text(cell), name=column.label, number=number)
        findings.note("inferred", "scale_words", int(counts[cell]), detail, column=column.name, value=as_text(cell))
    return replace(column, cells=column.cells.map(lambda cell: numbers.get(cell, cell)))
