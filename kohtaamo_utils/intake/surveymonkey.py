"""SurveyMonkey's export: a row of questions, each above its first column only, and a row of answer choices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.intake.cells import Record, as_text
from kohtaamo_utils.intake.layout import Layout
from kohtaamo_utils.intake.sheet import Sheet, build, first_row

if TYPE_CHECKING:
    from kohtaamo_utils.intake.findings import Findings

FIRST_COLUMN = {"respondent id", "respondentid"}
SINGLE = {"", "response", "open-ended response"}
"""What the second row says where a question has one column only."""


def _recognises(records: list[Record]) -> bool:
    if len(records) < 2 or as_text(records[0][0]).casefold() not in FIRST_COLUMN:
        return False
    return not as_text(records[1][0]) and any(as_text(cell) for cell in records[1])


def _arrange(records: list[Record], findings: Findings) -> Sheet:
    head = records[first_row(records) :]
    width = max(len(head[0]), len(head[1]) if len(head) > 1 else 0)
    questions = _filled(_texts(head[0], width))
    choices = _texts(head[1] if len(head) > 1 else [], width)
    pairs = list(zip(questions, choices, strict=True))
    names = tuple(_name(question, choice) for question, choice in pairs)
    aliases = tuple(() if choice.casefold() in SINGLE else (choice,) for _, choice in pairs)
    return build(records, 2, findings, names, aliases)


def _texts(record: Record, width: int) -> list[str]:
    return [as_text(cell) for cell in record] + [""] * (width - len(record))


def _filled(texts: list[str]) -> list[str]:
    """Carry each question forward to the columns that follow it."""
    filled: list[str] = []
    for text in texts:
        filled.append(text or (filled[-1] if filled else ""))
    return filled


def _name(question: str, choice: str) -> str:
    """Name a column by its question, and by its choice where the question has several columns.

    Examples
    --------
    >>> _name("Films seen", "A New Hope"), _name("Gender", "Response")
    ('Films seen / A New Hope', 'Gender')
    """
    return question if choice.casefold() in SINGLE else f"{question} / {choice}"


LAYOUT = Layout("surveymonkey", _recognises, _arrange)
"""SurveyMonkey."""
