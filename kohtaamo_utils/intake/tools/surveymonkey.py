"""SurveyMonkey's export: a row of questions, each above its first column only, and a row of answer choices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.intake.columns.one_choice import joined_choices
from kohtaamo_utils.intake.sheets.header_rows import joined, other_names, texts
from kohtaamo_utils.intake.sheets.sheet import Sheet, build, first_row
from kohtaamo_utils.intake.tools.layout import Layout
from kohtaamo_utils.intake.values.cells import Record, as_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kohtaamo_utils.intake.notes.findings import Findings

FIRST_COLUMN = {"respondent id", "respondentid"}
SINGLE = {"", "response", "open-ended response"}
"""What the second row says where a question has one column only."""


def _recognises(records: list[Record]) -> bool:
    if len(records) < 2 or as_text(records[0][0]).casefold() not in FIRST_COLUMN:
        return False
    return not as_text(records[1][0]) and any(as_text(cell) for cell in records[1])


def _arrange(records: list[Record], findings: Findings) -> Sheet:
    head = records[first_row(records) :]
    width = max(len(record) for record in head[:2])
    labels = texts(head[0], width)
    questions = _filled(labels)
    choices = [_choice(text) for text in texts(head[1] if len(head) > 1 else [], width)]
    pairs = list(zip(questions, choices, strict=True))
    names = tuple(joined(question, choice) for question, choice in pairs)
    aliases = tuple(other_names(question, choice) for question, choice in pairs)
    sheet = build(records, 2, findings, names, aliases)
    return joined_choices(sheet, questions, choices, _groups(labels), findings)


def _groups(labels: list[str]) -> Iterator[range]:
    """Yield the places of each question's columns.

    Examples
    --------
    >>> list(_groups(["Respondent ID", "How easy was it?", "", ""]))
    [range(0, 1), range(1, 4)]
    """
    starts = [place for place, label in enumerate(labels) if label]
    yield from (range(start, end) for start, end in zip(starts, [*starts[1:], len(labels)], strict=True))


def _filled(labels: list[str]) -> list[str]:
    """Carry each question forward to the columns that follow it."""
    filled: list[str] = []
    for label in labels:
        filled.append(label or (filled[-1] if filled else ""))
    return filled


def _choice(label: str) -> str:
    """Return a column's choice; "" where the question has no other column.

    Examples
    --------
    >>> _choice("A New Hope"), _choice("Response")
    ('A New Hope', '')
    """
    return "" if label.casefold() in SINGLE else label


LAYOUT = Layout("surveymonkey", _recognises, _arrange)
"""SurveyMonkey."""
