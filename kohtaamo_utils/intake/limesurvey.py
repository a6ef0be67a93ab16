"""LimeSurvey's response export: one header row, of codes, of question texts, or of both."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.cells import Record, as_text
from kohtaamo_utils.intake.header_rows import joined, other_names
from kohtaamo_utils.intake.layout import Layout, LeftOut, leave, texts_of
from kohtaamo_utils.intake.sheet import Sheet, build

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kohtaamo_utils.intake.findings import Findings

SIGNS = {
    "id": "Response ID",
    "submitdate": "Date submitted",
    "lastpage": "Last page",
    "startlanguage": "Start language",
}
"""Columns that every response export has: code and text."""
NO_DATE = "1980-01-01 00:00:00"
"""What LimeSurvey writes where an anonymous survey keeps no time."""
ROW = re.compile(r"(?P<question>.+) \[(?P<row>[^\[\]]+)\]", re.DOTALL)
"""A column of a question with several: its text, and the subquestion's in brackets."""
CODE_AND_TEXT = re.compile(r"^(?P<code>[A-Za-z]\w*(?:\[[^\]]*\])*)\. (?P<text>.+)$", re.DOTALL)


def _recognises(records: list[Record]) -> bool:
    names = {_code(as_text(cell)) for cell in records[0]} if records else set()
    return names >= set(SIGNS) or names >= set(SIGNS.values())


def _code(name: str) -> str:
    match = CODE_AND_TEXT.match(name)
    return match["code"] if match else name


def _aliases(name: str) -> tuple[str, ...]:
    """Return what else a column answers to: its code, its text, its subquestion.

    Examples
    --------
    >>> _aliases("A8[SQ001]. Palvelu [Kassa]")
    ('A8[SQ001]', 'Palvelu [Kassa]', 'Palvelu – Kassa', 'Kassa', 'Palvelu - Kassa', 'Palvelu / Kassa')
    """
    match = CODE_AND_TEXT.match(name)
    text = match["text"] if match else name
    row = ROW.fullmatch(text)
    codes = [code for code, said in SIGNS.items() if said == name]
    rows = (joined(**row.groupdict()), *other_names(**row.groupdict())) if row else ()
    return (*((match["code"], text) if match else codes), *rows)


def _arrange(records: list[Record], findings: Findings) -> Sheet:
    sheet = build(records, 1, findings)
    return replace(sheet, aliases=tuple(_aliases(name) for name in sheet.names))


def _left_out(sheet: Sheet) -> Iterator[LeftOut]:
    """Responses without a submit date are unfinished, unless the export holds none at all."""
    dates = texts_of(sheet, "submitdate")
    if dates and any(dates):
        yield from leave("incomplete", say("submitdate is empty"), [date == "" for date in dates])


LAYOUT = Layout("limesurvey", _recognises, _arrange, _left_out, duration="interviewtime", no_date=NO_DATE)
"""LimeSurvey."""
