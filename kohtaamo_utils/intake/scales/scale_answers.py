"""Scores that are answered in words, or in numbers with words, as numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import either, say
from kohtaamo_utils.intake.columns.no_answers import is_score
from kohtaamo_utils.intake.scales.effort_question import CES, LONGEST
from kohtaamo_utils.intake.scales.number_words import labelled_ends, words_of_numbers
from kohtaamo_utils.intake.scales.scale_order import contradicting, order_of
from kohtaamo_utils.intake.scales.scale_refusals import (
    ease_as_effort,
    emptied,
    falling,
    of_another_scale,
    of_codes,
    of_five,
    of_other_ends,
    of_other_words,
    out_of_another,
    refused,
    unlabelled,
)
from kohtaamo_utils.intake.scales.worded import NotWords, Shorter, Unclear, Unknown, read_words
from kohtaamo_utils.intake.values.answer_codes import codes_in
from kohtaamo_utils.intake.values.cells import Cell, as_text, distinct
from kohtaamo_utils.intake.values.labels import Answer, answer_in, number_of, score_in
from kohtaamo_utils.intake.values.out_of import out_of
from kohtaamo_utils.intake.values.scale_words import EASE_OF_FIVE, folded
from kohtaamo_utils.intake.values.vocabulary import is_no_answer

if TYPE_CHECKING:
    from kohtaamo_utils.engagement import Source
    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.sheets.bound import Bound
    from kohtaamo_utils.tables import Column

_EASE = frozenset(word for scale in EASE_OF_FIVE for step in (0, 1, 3, 4) for word in scale[step].split("|"))
"""Words of ease, without those between the ends, which other scales have too."""


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
    column = _by_own_numbers(_without_no_answers(column, findings), findings)
    _, cells = distinct(column.cells)
    codes = codes_in(cells)
    if codes is not None:
        return of_codes(column, codes, low, high, findings)
    shares = out_of(cells)
    if any(score.most != high for score in shares.values()):
        return out_of_another(column, shares, (low, high), findings)
    if shares:
        column = _as_numbers(column, {cell: score.number for cell, score in shares.items()}, findings)
    return _by_their_words(column, source, (low, high), findings)


def _by_their_words(column: Bound, source: Source, ends: tuple[int, int], findings: Findings) -> Bound:
    """Read numbers with their words, and words alone, where they are of the column's scale."""
    low, high = ends
    _, cells = distinct(column.cells)
    combined = _combined(cells)
    answers = {**_labelled(column, cells), **combined}
    said = set(answers.values()) | {Answer(int(number), word) for number, word in words_of_numbers(column).items()}
    if (other := _other_ends(column, cells, ends, source)) is not None:
        return of_other_ends(column, cells, other, ends, findings)
    order = order_of(said, low, high) if answers else "unknown"
    if order == "falls" and column.name.removeprefix("score.") not in source.reverse:
        return falling(column, answers, low, high, findings)
    if order == "other" and all(low <= answer.number <= high for answer in answers.values()):
        return of_another_scale(column, answers, contradicting(said, low, high)[0], ends, findings)
    if combined:
        return _as_numbers(column, {cell: answer.number for cell, answer in combined.items()}, findings)
    if column.name == CES and high == LONGEST and CES not in source.reverse:
        ease = next((cell for cell in cells if folded(as_text(cell)) in _EASE), None)
        if ease is not None:
            return ease_as_effort(column, ease, low, high, findings)
    return _from_words(column, cells, low, high, findings)


def _combined(cells: list[Cell]) -> dict[Cell, Answer]:
    """Return the number and the word of each cell that has both; nothing where they do not go in pairs."""
    each: dict[Cell, Answer | None] = {cell: score_in(cell) for cell in cells if isinstance(cell, str)}
    found = {cell: answer for cell, answer in each.items() if answer is not None and answer.word}
    pairs = set(found.values())
    in_pairs = len({pair.number for pair in pairs}) == len({pair.word for pair in pairs}) == len(pairs)
    return found if in_pairs else {}


def _without_no_answers(column: Bound, findings: Findings) -> Bound:
    """Empty the cells whose number stands for no answer by its word: 6 - En osaa sanoa, or 6 where the heading says so."""
    _, cells = distinct(column.cells)
    answers = {**_labelled(column, cells), **_combined(cells)}
    gone = [cell for cell, answer in answers.items() if is_no_answer(answer.word)]
    counts = column.cells.value_counts()
    for cell in gone:
        detail = say("{value} in {name} read as no answer", value=as_text(cell), name=column.name)
        findings.note("inferred", "no_answer", int(counts[cell]), detail, column=column.name, value=as_text(cell))
    return replace(column, cells=column.cells.mask(column.cells.isin(gone), "")) if gone else column


def _labelled(column: Bound, cells: list[Cell]) -> dict[Cell, Answer]:
    """Return the number and the word of each cell that is a number for which the file, or the heading, has a word."""
    words = words_of_numbers(column)
    numbers = {cell: number for cell in cells if (number := number_of(cell)) is not None}
    return {cell: Answer(int(number), words[number]) for cell, number in numbers.items() if words.get(number)}


def _by_own_numbers(column: Bound, findings: Findings) -> Bound:
    """Return an SPSS file's codes as the numbers that their labels say: code 1, labelled "0", is 0.

    Where all labels with a number are equally far from their codes, so are the codes without a label.
    """
    own = {code: answer for code, label in column.codes.items() if (answer := answer_in(label)) is not None}
    if all(code == answer.number for code, answer in own.items()):
        return column
    _, cells = distinct(column.cells)
    shifts = {answer.number - float(code) for code, answer in own.items() if not isinstance(code, str)}
    shift = shifts.pop() if len(shifts) == 1 and len(own) > 1 else None
    numbers: dict[Cell, int] = {}
    for cell in cells:
        if cell in own:
            numbers[cell] = own[cell].number
        elif isinstance(cell, int | float) and cell not in column.codes:
            if shift is None:
                return unlabelled(column, cell, own, findings)
            numbers[cell] = int(cell + shift)
    words: dict[Cell, str] = {float(answer.number): answer.word for answer in own.values()}
    return replace(_as_numbers(column, numbers, findings), codes=words)


def _other_ends(column: Bound, cells: list[Cell], ends: tuple[int, int], source: Source) -> tuple[int, int] | None:
    """Return the ends of the file's labels where they go beyond the column's scale, or begin a step after it and end with it."""
    given = [number for cell in cells if (number := number_of(cell)) is not None]
    listed = source.missing.get(column.name, source.missing.get(column.name.partition(".")[0], ()))
    found = labelled_ends(column, given, {float(code) for code in listed if isinstance(code, int | float)})
    if found is None:
        return None
    beyond = found[0] < ends[0] or found[1] > ends[1] or found == (ends[0] + 1, ends[1])
    return found if beyond else None


def _from_words(column: Bound, cells: list[Cell], low: int, high: int, findings: Findings) -> Bound:
    found = read_words(cells, low, high)
    if isinstance(found, NotWords):
        return of_other_words(column, cells, low, high, findings)
    if isinstance(found, Unclear):
        return refused(
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
    if isinstance(found, Shorter):
        return of_five(column, found, low, high, findings)
    if isinstance(found, Unknown):
        for cell in found.cells:
            _unknown(column, cell, found.words, findings)
        return emptied(column)
    return _as_numbers(column, found, findings)


def _unknown(column: Bound, cell: Cell, words: tuple[str, ...], findings: Findings) -> None:
    for row in column.cells.index[column.cells == cell].tolist():
        findings.problem(
            "not_in_scale",
            say("The other answers are the words of a scale, but this is none of them."),
            expected=say("one of {names}", names=", ".join(words)),
            advice=say(
                "Correct it, or export the column as numbers; list it under `missing` only if it means no answer."
            ),
            row=row,
            column=column.label,
            value=as_text(cell),
        )


def _as_numbers(column: Bound, numbers: dict[Cell, int], findings: Findings) -> Bound:
    counts = column.cells.value_counts()
    for cell, number in numbers.items():
        detail = say("{value} in {name} read as {number}", value=as_text(cell), name=column.label, number=number)
        findings.note("inferred", "scale_words", int(counts[cell]), detail, column=column.name, value=as_text(cell))
    return replace(column, cells=column.cells.map(lambda cell: numbers.get(cell, cell)))
