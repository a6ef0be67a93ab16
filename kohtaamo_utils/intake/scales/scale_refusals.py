"""Scores that are refused whole: one problem for the column, at the first cell that shows it, and no answer is read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from kohtaamo_utils.errors import joined, say
from kohtaamo_utils.intake.scales.effort_question import CES
from kohtaamo_utils.intake.scales.stated_scale import advice_for
from kohtaamo_utils.intake.values.cells import Cell, as_text, is_blank
from kohtaamo_utils.intake.values.labels import number_of

if TYPE_CHECKING:
    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.scales.worded import Shorter
    from kohtaamo_utils.intake.sheets.bound import Bound
    from kohtaamo_utils.intake.values.labels import Answer
    from kohtaamo_utils.intake.values.out_of import OutOf
    from kohtaamo_utils.intake.values.parsed import Wrong

SEVERAL = 2
"""So many words are answers; one may be a slip, or mean no answer."""


def refused(
    column: Bound, cell: Cell, findings: Findings, *, kind: str, message: str, expected: str, advice: str
) -> Bound:
    """Record one problem for the whole column, at the first row of a cell that shows it."""
    row = int(column.cells.index[column.cells == cell][0])
    findings.problem(kind, message, expected=expected, advice=advice, row=row, column=column.label, value=as_text(cell))
    return emptied(column)


def emptied(column: Bound) -> Bound:
    """Return a score's column without its answers, since they cannot be read."""
    return replace(column, cells=pd.Series("", index=column.cells.index, dtype=object))


def of_five(column: Bound, found: Shorter, low: int, high: int, findings: Findings) -> Bound:
    """Refuse words that a scale of five has as well as the column's of seven; the settings for five are named."""
    entry = "ces_version: 1.0` + `reverse: [ces]" if column.name == CES else "review_360: {scale: [1, 5]}"
    return refused(
        column,
        found.cells[0],
        findings,
        kind="shorter_scale",
        message=say(
            "All answers are words of a scale of five, {names}: on one from {low} to {high} it would be stretched.",
            names=", ".join(as_text(cell) for cell in found.cells),
            low=low,
            high=high,
        ),
        expected=say("numbers from {low} to {high}, or words of a scale of seven", low=low, high=high),
        advice=say("If seven answers were offered, export the column as numbers; if five, set `{entry}`.", entry=entry),
    )


def ease_as_effort(column: Bound, cell: Cell, low: int, high: int, findings: Findings) -> Bound:
    """Refuse words of ease in the older measure, of effort, where it is not said that they are turned round."""
    return refused(
        column,
        cell,
        findings,
        kind="falling_scale",
        message=say("This is a word of ease, but with `ces_version: 1.0` a small number stands for little effort."),
        expected=say("{low} for the worst answer and {high} for the best", low=high, high=low),
        advice=say(
            "Add `{entry}` to the source's block; then {low} is read as {high}.",
            entry=f"reverse: [{CES}]",
            low=low,
            high=high,
        ),
    )


def of_other_ends(
    column: Bound, cells: list[Cell], found: tuple[int, int], ends: tuple[int, int], findings: Findings
) -> Bound:
    """Refuse codes whose labels begin or end elsewhere than the column's scale."""
    low, high = ends
    return refused(
        column,
        next(cell for cell in cells if cell != ""),
        findings,
        kind="other_scale",
        message=say(
            "The file's labels go from {min} to {max}: the question was asked on another scale than {low} to {high}.",
            min=found[0],
            max=found[1],
            low=low,
            high=high,
        ),
        expected=say("numbers from {low} to {high}, or words of one scale", low=low, high=high),
        advice=say(
            "If the codes stand for the answers {low} to {high}, export these in place of the codes; else leave `{name}` out.",
            low=low,
            high=high,
            name=column.name,
        ),
    )


def of_other_words(column: Bound, cells: list[Cell], low: int, high: int, findings: Findings) -> Bound:
    """Refuse a column of words that are of no scale, or whose numbers have two words for the ends; any other stays.

    Told cell by cell, they would be listed as missing, and the best answers be lost.
    """
    given = [cell for cell in cells if not is_blank(cell)]
    words = [cell for cell in given if not any(sign.isdigit() for sign in as_text(cell))]
    numbers = {number_of(cell) for cell in given if cell not in words}
    ends = len(words) == SEVERAL and numbers.isdisjoint((low, high))
    if len(words) < SEVERAL or (numbers and not ends):
        return column
    return refused(
        column,
        words[0],
        findings,
        kind="unknown_words",
        message=say(
            "This is an answer in words, of which the column has several, and they are of no scale that is known."
        ),
        expected=say("numbers from {low} to {high}, or words of one scale", low=low, high=high),
        advice=say(
            "If there were {n} answers, export them as numbers, {low} for the worst and {high} for the best; if not, leave the column out.",
            n=high - low + 1,
            low=low,
            high=high,
        ),
    )


def out_of_another(column: Bound, shares: dict[Cell, OutOf], ends: tuple[int, int], findings: Findings) -> Bound:
    """Refuse scores out of another highest number than the scale's."""
    low, high = ends
    cell, score = next((cell, score) for cell, score in shares.items() if score.most != high)
    return refused(
        column,
        cell,
        findings,
        kind="other_scale",
        message=say("The score is out of {most}, and not of {high}: it is another scale.", most=score.most, high=high),
        expected=say("numbers from {low} to {high}, or words of one scale", low=low, high=high),
        advice=advice_for(column.name, low, score.most),
    )


def of_codes(column: Bound, codes: Wrong, low: int, high: int, findings: Findings) -> Bound:
    """Refuse codes of which nothing says what answers they are."""
    findings.problem(
        codes.kind,
        codes.message,
        expected=say("numbers from {low} to {high}, or words of one scale", low=low, high=high),
        advice=codes.advice,
        column=column.label,
    )
    return emptied(column)


def unlabelled(column: Bound, cell: Cell, own: dict[Cell, Answer], findings: Findings) -> Bound:
    """Refuse a code without a label among others whose labels say another number."""
    code, answer = next((code, answer) for code, answer in own.items() if code != answer.number)
    return refused(
        column,
        cell,
        findings,
        kind="unlabelled_code",
        message=say(
            "The file says that code {code} is {number}, but not which number this code is.",
            code=as_text(code),
            number=answer.number,
        ),
        expected=say("a label with its number for each code, or for none"),
        advice=say("Export the column as numbers."),
    )


def of_another_scale(
    column: Bound,
    answers: dict[Cell, Answer],
    wrong: tuple[Answer, int],
    ends: tuple[int, int],
    findings: Findings,
) -> Bound:
    """Refuse numbers whose words stand elsewhere on the column's scale."""
    answer, place = wrong
    cell = next((cell for cell, its in answers.items() if its == answer), next(iter(answers)))
    low, high = ends
    return refused(
        column,
        cell,
        findings,
        kind="other_scale",
        message=_with_place(
            column,
            say(
                '{number} stands for "{word}", which is {place} on a scale from {low} to {high}: the question was asked on another scale.',
                number=answer.number,
                word=answer.word,
                place=place,
                low=low,
                high=high,
            ),
        ),
        expected=say("numbers from {low} to {high}, or words of one scale", low=low, high=high),
        advice=say("Export the column as words alone, or as numbers alone if they are right as they stand."),
    )


def falling(column: Bound, answers: dict[Cell, Answer], low: int, high: int, findings: Findings) -> Bound:
    """Refuse numbers that fall as the answers get better, where it is not said that they are turned round."""
    cell, answer = min(answers.items(), key=lambda pair: pair[1].number)
    name = column.name.removeprefix("score.")
    return refused(
        column,
        cell,
        findings,
        kind="falling_scale",
        message=_with_place(
            column,
            say(
                '{number} stands for "{word}": the numbers fall as the answers get better.',
                number=str(answer.number),
                word=answer.word,
            ),
        ),
        expected=say("{low} for the worst answer and {high} for the best", low=low, high=high),
        advice=say(
            "Add `{entry}` to the source's block; then {low} is read as {high}.",
            entry=f"reverse: [{name}]",
            low=low,
            high=high,
        ),
    )


def _with_place(column: Bound, message: str) -> str:
    """Return what was heard of a scale, with the place where the file says it, if that is not the column itself."""
    return joined([message, column.said]) if column.said else message
