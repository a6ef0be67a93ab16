"""What tells a file's rows from each other: ways that rows of different files can be known again by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from kohtaamo_utils.intake.rows.file_rows import FileRows
    from kohtaamo_utils.tables import Table

ROW, LINES = "row", "lines"
"""Columns of `Told.frame` beside the canonical ones: the first row, and how many rows."""
WORDS = {"survey": "comment", "observations": "text"}
"""Columns of people's own words."""
LONG = 25
"""Characters of words that two people do not write alike."""


@dataclass(frozen=True, eq=False)
class Told:
    """A file's rows by what tells them from each other.

    Parameters
    ----------
    rows
        The file's rows.
    frame
        By the hash of what tells them apart, the other columns with `ROW` and `LINES`; what repeats is left out.
    by_key
        Whether they are told apart by the table's key.
    numbered
        Whether each has a number of its own, so that few tell enough.
    certain
        Whether nobody else's row would have it.
    """

    rows: FileRows
    frame: pd.DataFrame
    by_key: bool = False
    numbered: bool = False
    certain: bool = False


def told_apart(rows: FileRows, table: Table) -> tuple[Told | None, ...]:
    """Return the ways that a file's rows are told apart, the surest first; None for one that this file has not.

    Parameters
    ----------
    rows
        The file's rows.
    table
        The canonical table; each has its own ways, the same for all files.
    """
    if table.name == "transactions":
        return (_purchases(rows, table),)
    return (_by_key(rows, table), _by_moment(rows), _by_words(rows, WORDS.get(table.name, "")))


def _purchases(rows: FileRows, table: Table) -> Told | None:
    """Return an order's lines as one row, dated by the first of them, as the ledger does."""
    required = list(table.required)
    if any(name not in rows.frame for name in required):  # what `map` would read, with a column that is not sure
        return None
    frame = rows.frame.dropna(subset=required)
    if frame.empty:
        return None
    day = frame["ordered_on"].dt.strftime("%Y-%m-%d")
    numbered = "order_id" in frame and bool(frame["order_id"].notna().any())
    order = frame["order_id"].astype("str").fillna("\x01" + day) if numbered else day
    work = frame.assign(order=order, day=day, row=frame.index)
    parts = {name: (name, "first") for name in ("unit", "segment") if name in frame}
    summed = work.groupby(["customer_id", "order"], sort=False).agg(
        day=("day", "min"), amount=("amount", "sum"), **{ROW: ("row", "min"), LINES: ("row", "size")}, **parts
    )
    summed = summed.assign(amount=summed["amount"].round(2), lines_alike=summed[LINES]).reset_index()
    marks = _hashed(summed[["customer_id", "order", "day"]])
    frame = summed.drop(columns=["customer_id", "order", "day"]).set_axis(pd.Index(marks))
    return Told(rows, frame, numbered=numbered)


def _by_key(rows: FileRows, table: Table) -> Told | None:
    names = [name for name in table.key if name in rows.frame]
    required = [name for name in names if name in table.required]
    if not names or any(name not in names for name in table.key if name in table.required):
        return None
    known = rows.frame[names].notna().any(axis=1) & rows.frame[required].notna().all(axis=1)
    return _told(rows, rows.frame[names], known, names, by_key=True, numbered=True)


def _by_moment(rows: FileRows) -> Told | None:
    if rows.times is None:
        return None
    given = pd.DataFrame({"day": rows.frame["answered_on"], "time": rows.times.reindex(rows.frame.index)})
    return _told(rows, given, given["day"].notna() & (given["time"] != ""), [])


def _by_words(rows: FileRows, name: str) -> Told | None:
    if name not in rows.frame:
        return None
    words = rows.frame[[name]]
    return _told(rows, words, words[name].str.len().ge(LONG).fillna(False).astype(bool), [], certain=True)


def _told(
    rows: FileRows,
    marks: pd.DataFrame,
    known: pd.Series[bool],
    names: list[str],
    *,
    by_key: bool = False,
    numbered: bool = False,
    certain: bool = False,
) -> Told | None:
    single = known & ~_hashed(marks).duplicated(keep=False)
    if not single.any():
        return None
    frame = rows.frame.loc[single].drop(columns=names).assign(row=rows.frame.index[single], lines=1)
    frame = frame.set_axis(pd.Index(_hashed(marks.loc[single])))
    return Told(rows, frame, by_key=by_key, numbered=numbered, certain=certain)


def _hashed(frame: pd.DataFrame) -> pd.Series[int]:
    return pd.util.hash_pandas_object(frame, index=False)
