"""A second reader of a client's file, written with other means: what it can read for sure, intake must have read alike."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import unicodedata
import warnings
from typing import TYPE_CHECKING, Any

import openpyxl
import pyarrow.parquet as pq

from kohtaamo_utils.intake.notes.personal_data import MARK
from kohtaamo_utils.tables import TABLES, Column

if TYPE_CHECKING:
    import pandas as pd
    from mutations import Original

Cells = list[dict[str, Any]]
PLAIN_NUMBER = re.compile(r"-?[0-9]{1,12}([.,][0-9]{1,2})?")
DAY = re.compile(
    r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})|(?P<d2>[0-9]{1,2})\.(?P<m2>[0-9]{1,2})\.(?P<y2>[0-9]{4})"
)
PSEUDONYM = re.compile(r"p-[0-9a-f]{10}")


def witnessed(original: Original, content: bytes) -> Cells | None:
    """Return the mapped cells of each row, by canonical name; None where the file cannot be read simply and for sure."""
    columns = original.source.get("columns", {})
    if original.depth != 1 or "exclude" in original.source or "wide" in original.source:
        return None
    try:
        head, *rows = _RECORDS[original.suffix](original, content)
    except Exception:  # noqa: BLE001 - a damaged file: the witness says nothing
        return None
    names = [_plain(name) for name in head]
    wanted = {canonical: _plain(name) for canonical, name in columns.items() if isinstance(name, str)}
    if any(names.count(name) != 1 for name in wanted.values()) or any(len(row) != len(head) for row in rows):
        return None
    return [{canonical: row[names.index(name)] for canonical, name in wanted.items()} for row in rows]


def rows_in(original: Original, content: bytes) -> int | None:
    """Return how many rows there are under the header, whole or not; None where that is not sure."""
    if original.suffix != ".csv" or original.depth != 1:
        return None
    try:
        records = _text(original, content)
    except Exception:  # noqa: BLE001 - a damaged file: the witness says nothing
        return None
    whole = len(records) > 1 and len(records[0]) == len(original.rows[0]) and records[0] == original.rows[0]
    return len(records) - 1 if whole else None


def _plain(name: object) -> str:
    return unicodedata.normalize("NFC", str(name)).strip()


def _text(original: Original, content: bytes) -> list[list[Any]]:
    text = content.decode(original.encoding)
    if any(sign in text for sign in "\ufeff\0\ufffd"):
        raise ValueError
    records = list(csv.reader(io.StringIO(text, newline=""), delimiter=original.separator, strict=True))
    return [list(record) for record in records if any(cell.strip() for cell in record)]


def _book(original: Original, content: bytes) -> list[list[Any]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    name = original.source.get("sheet")
    sheet = book[name] if name else book.worksheets[0]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    return [row for row in rows if any(cell not in {None, ""} for cell in row)]


def _parquet(_original: Original, content: bytes) -> list[list[Any]]:
    table = pq.read_table(io.BytesIO(content))
    return [table.column_names, *[list(row.values()) for row in table.to_pylist()]]


def _spss(_original: Original, content: bytes) -> list[list[Any]]:
    import pyreadstat

    columns, said = pyreadstat.read_sav(io.BytesIO(content), output_format="dict")
    return [list(said.column_labels), *map(list, zip(*columns.values(), strict=True))]


_RECORDS = {".csv": _text, ".xlsx": _book, ".parquet": _parquet, ".sav": _spss}


def contradiction(table: str, frame: pd.DataFrame, cells: Cells | None) -> str:
    """Return the first cell that was read otherwise than the witness reads it; "" where it has nothing to say."""
    if cells is None or len(cells) != len(frame):
        return ""
    read = frame.astype(object).where(frame.notna(), None)
    for number, (row, was) in enumerate(zip(cells, read.to_dict("records"), strict=True)):
        for name, raw in row.items():
            rule = TABLES[table].column(name)
            if rule is not None and name in was and not _alike(rule, raw, was[name]):
                return f"row {number}, {name}: {raw!r} was read as {was[name]!r}"
    return ""


def _alike(rule: Column, raw: Any, value: Any) -> bool:
    """Tell whether a raw cell may have been read as this; what is not plain to the witness may be anything."""
    empty = raw is None or raw != raw or (isinstance(raw, str) and not raw.strip())
    if empty:
        return value is None
    if rule.kind == "number":
        number = _number(raw)
        return number is None or (value is not None and abs(number - value) < 1e-9 * max(1.0, abs(number)))
    if rule.kind == "date":
        day = _day(raw)
        return day is None or (value is not None and value.date() == day)
    if rule.kind in {"text", "id"} and isinstance(raw, str):
        if rule.kind == "text":  # signs that nobody sees are taken out, and counted in the log
            raw = "".join(
                sign for sign in raw if unicodedata.category(sign) not in {"Cc", "Cf"} or sign in "\t\n\r\v\f"
            )
        return isinstance(value, str) and (
            _folded(raw) == _folded(value) or MARK in value or bool(PSEUDONYM.fullmatch(value))
        )
    return True


def _number(raw: Any) -> float | None:
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return float(raw)
    return (
        float(raw.strip().replace(",", ".")) if isinstance(raw, str) and PLAIN_NUMBER.fullmatch(raw.strip()) else None
    )


def _day(raw: Any) -> dt.date | None:
    if isinstance(raw, dt.datetime):
        return raw.date()
    match = DAY.fullmatch(raw.strip()) if isinstance(raw, str) else None
    if match is None:
        return raw if isinstance(raw, dt.date) else None
    year, month, day = (int(match[part] or match[f"{part}2"]) for part in "ymd")
    return dt.date(year, month, day)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split()).casefold().strip("\u200b\u2060\ufeff")
