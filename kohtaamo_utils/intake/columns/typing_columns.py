"""From raw cells to a canonical column of its type."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd
from pandas.api.types import pandas_dtype

from kohtaamo_utils.errors import joined, say
from kohtaamo_utils.intake.sheets.wrong_cells import report
from kohtaamo_utils.intake.values.answer_codes import codes_in
from kohtaamo_utils.intake.values.cells import Cell, as_text, distinct
from kohtaamo_utils.intake.values.dated_texts import turned
from kohtaamo_utils.intake.values.parse_dates import parse_dates
from kohtaamo_utils.intake.values.parse_numbers import parse_numbers
from kohtaamo_utils.intake.values.parse_periods import parse_periods
from kohtaamo_utils.intake.values.parsed import Parsed, Wrong
from kohtaamo_utils.intake.values.vocabulary import parse_choices, parse_flags
from kohtaamo_utils.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from pandas.api.extensions import ExtensionDtype

    from kohtaamo_utils.engagement import Source
    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.sheets.bound import Bound
    from kohtaamo_utils.intake.sheets.elsewhere import Texts
    from kohtaamo_utils.tables import Column, Kind

DTYPES: dict[Kind, np.dtype[Any] | ExtensionDtype] = {
    "id": pandas_dtype("str"),
    "text": pandas_dtype("str"),
    "choice": pandas_dtype("str"),
    "number": pandas_dtype("float64"),
    "date": pandas_dtype("datetime64[us]"),
    "month": pandas_dtype("datetime64[us]"),
    "period": pandas_dtype("str"),
    "flag": pandas_dtype("boolean"),
}
"""Each kind's pandas type, as the schemas in `tables` promise it."""

LARGEST_EXACT = 1e15
"""Spreadsheets keep fifteen digits of a number."""
_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+[0-9]{2,3}")
"""1,23457E+12: how a spreadsheet shows a long number, and saves it."""

Value = str | float | bool | dt.date
Values: TypeAlias = "pd.Series[Any]"
"""A canonical column, of the type in `DTYPES`."""


def typed(column: Bound, rule: Column, source: Source, findings: Findings) -> Values:
    """Parse a canonical column; cells that cannot be read become problems and are empty in the result.

    Parameters
    ----------
    column
        Its raw cells.
    rule
        What it must hold.
    source
        The source's block: its decimal mark and order of dates.

    Returns
    -------
    pandas.Series
        Of the type in `DTYPES`, with the raw cells' index.
    """
    codes, cells = distinct(column.cells)
    parsed = _PARSERS[rule.kind](cells, column.name, rule, source, column.elsewhere)
    if column.constant:
        _report_constant(parsed, column, rule, findings)
    else:
        report(parsed, column.cells, column.label, rule.expected, findings)
    if rule.kind == "text":
        _note_unseen(cells, codes, column, findings)
    if parsed.inferred:
        findings.note_inferred(column.name, column.label, parsed.inferred)
    return _spread(parsed.found, codes, rule.kind, column.cells.index)


def _spread(values: list[Value | None], codes: NDArray[np.intp], kind: Kind, index: pd.Index[int]) -> Values:
    if kind == "month":
        values = [value.replace(day=1) if isinstance(value, dt.date) else None for value in values]
    each: Values = pd.Series(values, dtype=object)
    if kind in {"date", "month"}:
        each = pd.Series(np.array(values, dtype="datetime64[us]"))
    return each.astype(DTYPES[kind]).take(codes).set_axis(index)


def _report_constant(parsed: Parsed[Value], column: Bound, rule: Column, findings: Findings) -> None:
    wrong = parsed.unclear or next(iter(parsed.wrong.values()), None)
    if wrong is not None:
        value = as_text(column.cells.iloc[0])
        message = joined([say("The value {value} cannot be used.", value=value), wrong.message])
        findings.setting(wrong.kind, column.label, message, expected=rule.expected, advice=say("Correct it."))


def _note_unseen(cells: list[Cell], codes: NDArray[np.intp], column: Bound, findings: Findings) -> None:
    """Log how many texts held signs that nobody sees, line ends apart."""
    texts = (as_text(cell).replace("\r\n", "\n").replace("\r", "\n") for cell in cells)
    places = [place for place, text in enumerate(texts) if visible(text) != text]
    if places:
        count = int(np.isin(codes, places).sum())
        detail = say("Signs that nobody sees taken out of {name}", name=column.name)
        findings.note("inferred", "unseen_signs", count, detail, column=column.name)


def _texts(cells: list[Cell], name: str, *_: object) -> Parsed[Value]:
    return Parsed([visible(as_text(cell)).strip() or None for cell in cells], unclear=turned(name, cells))


def _ids(cells: list[Cell], *_: object) -> Parsed[Value]:
    """Return identifiers as they are; those that a spreadsheet has rounded are none any more."""
    texts = [as_text(cell) for cell in cells]
    rounded = {
        place: Wrong(
            "rounded_id",
            say("A spreadsheet has rounded this identifier, so that others may have become equal to it."),
            say("Format the column as text before the file is saved, or export it again from where it came."),
        )
        for place, (cell, text) in enumerate(zip(cells, texts, strict=True))
        if _SCIENTIFIC.fullmatch(text) or (isinstance(cell, float) and abs(cell) >= LARGEST_EXACT)
    }
    return Parsed([None if place in rounded else text or None for place, text in enumerate(texts)], rounded)


def _numbers(cells: list[Cell], _name: str, _rule: Column, source: Source, elsewhere: Texts) -> Parsed[Value]:
    return _widened(parse_numbers(cells, source.decimal, elsewhere))


def _dates(cells: list[Cell], _name: str, rule: Column, source: Source, elsewhere: Texts) -> Parsed[Value]:
    return _widened(parse_dates(cells, source.dates, elsewhere, months=rule.kind == "month"))


def _periods(cells: list[Cell], _name: str, _rule: Column, source: Source, elsewhere: Texts) -> Parsed[Value]:
    return _widened(parse_periods(cells, source.dates, elsewhere))


def _flags(cells: list[Cell], name: str, *_: object) -> Parsed[Value]:
    return _widened(parse_flags(cells, name))


def _choices(cells: list[Cell], name: str, rule: Column, *_: object) -> Parsed[Value]:
    codes = codes_in(cells)
    return Parsed([None] * len(cells), unclear=codes) if codes else _widened(parse_choices(cells, name, rule.choices))


def _widened(parsed: Parsed[float] | Parsed[dt.date] | Parsed[bool] | Parsed[str]) -> Parsed[Value]:
    return Parsed(list(parsed.found), parsed.wrong, parsed.unclear, parsed.inferred)


_PARSERS: dict[Kind, Callable[[list[Cell], str, Column, Source, Texts], Parsed[Value]]] = {
    "id": _ids,
    "text": _texts,
    "choice": _choices,
    "number": _numbers,
    "date": _dates,
    "month": _dates,
    "period": _periods,
    "flag": _flags,
}
