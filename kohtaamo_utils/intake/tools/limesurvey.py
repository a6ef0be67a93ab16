"""LimeSurvey's response export: one header row, of codes, of question texts in the language of the survey, or of both."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.sheets.header_rows import joined, other_names
from kohtaamo_utils.intake.sheets.sheet import Sheet, build, first_row
from kohtaamo_utils.intake.tools.layout import Layout, LeftOut, leave, texts_of
from kohtaamo_utils.intake.values.cells import Record, as_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kohtaamo_utils.intake.notes.findings import Findings

SIGNS = {
    "id": "Response ID",
    "submitdate": "Date submitted",
    "lastpage": "Last page",
    "startlanguage": "Start language",
}
"""Columns that every response export has unless somebody takes them out, in this order: code and English text."""
OWN_CELLS = (
    re.compile(r"\d+"),
    re.compile(r"(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)?"),
    re.compile(r"\d{0,3}"),
    re.compile(r"[a-z]{2}(?:-[A-Za-z-]{2,12})?"),
)
"""What stands in them."""
FEW = 2
"""So many of their texts other tools have as well (Alchemer's *Response ID*, *Date Submitted*): then dates must be as LimeSurvey writes them."""
NO_DATE = "1980-01-01 00:00:00"
"""What LimeSurvey writes where an anonymous survey keeps no time."""
ROW = re.compile(r"(?P<question>.+) \[(?P<row>[^\[\]]+)\]", re.DOTALL)
"""A column of a question with several: its text, and the subquestion's in brackets."""
CODE_AND_TEXT = re.compile(r"^(?P<code>[A-Za-z]\w*(?:\[[^\]]*\])*)\. (?P<text>.+)$", re.DOTALL)


def _recognises(records: list[Record]) -> bool:
    names = [as_text(cell) for cell in records[0]] if records else []
    signs = [_sign(name) for name in names]
    if "submitdate" not in signs or len(set(signs) & set(SIGNS)) < FEW:
        return _looks_so(records)
    place = signs.index("submitdate")
    if len(set(signs) & set(SIGNS)) > FEW or names[place].startswith("submitdate"):
        return True
    return all(OWN_CELLS[1].fullmatch(as_text(record[place])) for record in records[1:] if place < len(record))


def _sign(name: str) -> str:
    """Return the code of one of the columns of every export; "" for any other.

    Examples
    --------
    >>> _sign("submitdate. Date submitted"), _sign("Date_submitted"), _sign("Q1")
    ('submitdate', 'submitdate', '')
    """
    match = CODE_AND_TEXT.match(name)
    said = (match["code"] if match else name).replace("_", " ").casefold()
    return next((code for code, text in SIGNS.items() if said in {code, text.casefold()}), "")


def _looks_so(records: list[Record]) -> bool:
    """Tell whether the first four columns hold what LimeSurvey's do, whatever they are called: headings are translated."""
    rows = [[as_text(cell) for cell in record[: len(SIGNS)]] for record in records[1:3]]
    return any(row[1] for row in rows if len(row) > 1) and all(
        len(row) == len(SIGNS) and all(its.fullmatch(cell) for its, cell in zip(OWN_CELLS, row, strict=True))
        for row in rows
    )


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
    codes = [code] if (code := _sign(name)) and code != name else []
    rows = (joined(**row.groupdict()), *other_names(**row.groupdict())) if row else ()
    return (*((match["code"], text) if match else codes), *rows)


def _arrange(records: list[Record], findings: Findings) -> Sheet:
    sheet = build(records, 1, findings)
    aliases = [_aliases(name) for name in sheet.names]
    if "submitdate" not in map(_sign, sheet.names):
        if _looks_so(records[first_row(records) :]):
            aliases = [(code, *names) for code, names in zip(SIGNS, aliases, strict=False)] + aliases[len(SIGNS) :]
        else:
            findings.note(
                "unsettled", "unfinished", 1, say("no column tells which responses are unfinished: all are used")
            )
    return replace(sheet, aliases=tuple(aliases))


def _left_out(sheet: Sheet) -> Iterator[LeftOut]:
    """Responses without a submit date are unfinished, unless the export holds none at all."""
    dates = texts_of(sheet, "submitdate")
    if dates and any(dates):
        yield from leave("incomplete", say("submitdate is empty"), [date == "" for date in dates])


LAYOUT = Layout("limesurvey", _recognises, _arrange, _left_out, duration="interviewtime", no_date=NO_DATE)
"""LimeSurvey."""
