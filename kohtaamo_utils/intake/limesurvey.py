"""LimeSurvey's response export: one header row, of codes or of codes and question texts."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from kohtaamo_utils.intake.cells import Record, as_text
from kohtaamo_utils.intake.layout import Layout, LeftOut, leave, texts_of
from kohtaamo_utils.intake.sheet import Sheet, build

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kohtaamo_utils.intake.findings import Findings

SIGNS = {"id", "submitdate", "lastpage", "startlanguage"}
"""Columns that every response export has."""
NO_DATE = "1980-01-01 00:00:00"
"""What LimeSurvey writes where an anonymous survey keeps no time."""
CODE_AND_TEXT = re.compile(r"^(?P<code>[A-Za-z]\w*(?:\[[^\]]*\])*)\. (?P<text>.+)$", re.DOTALL)


def _recognises(records: list[Record]) -> bool:
    codes = {_code(as_text(cell)) for cell in records[0]} if records else set()
    return codes >= SIGNS


def _code(name: str) -> str:
    match = CODE_AND_TEXT.match(name)
    return match["code"] if match else name


def _aliases(name: str) -> tuple[str, ...]:
    match = CODE_AND_TEXT.match(name)
    return (match["code"], match["text"]) if match else ()


def _arrange(records: list[Record], findings: Findings) -> Sheet:
    sheet = build(records, 1, findings)
    return replace(sheet, aliases=tuple(_aliases(name) for name in sheet.names))


def _left_out(sheet: Sheet) -> Iterator[LeftOut]:
    """Responses without a submit date are unfinished, unless the export holds none at all."""
    dates = texts_of(sheet, "submitdate")
    if dates and any(dates):
        yield from leave("incomplete", "submitdate is empty", np.equal(dates, "").tolist())


LAYOUT = Layout("limesurvey", _recognises, _arrange, _left_out, duration="interviewtime", no_date=NO_DATE)
"""LimeSurvey."""
