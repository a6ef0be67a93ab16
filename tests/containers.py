"""Records as bytes: text in an encoding with its separator and line ends, workbooks, Parquet and SPSS files."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import openpyxl
import pandas as pd
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from canonical_tables import Canonical
    from layouts import Cell

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman")


@dataclass(frozen=True)
class TextForm:
    """How a text file is stored."""

    encoding: str = "utf-8"
    separator: str = ";"
    end: str = "\n"
    quoted: bool = False

    def written(self, records: Sequence[Sequence[Cell]]) -> bytes | None:
        """Return the file, or None where its encoding lacks a letter."""
        target = io.StringIO(newline="")
        breaks = any("\n" in cell for record in records for cell in record if isinstance(cell, str))
        quoting = (
            csv.QUOTE_ALL if self.quoted or breaks else csv.QUOTE_MINIMAL
        )  # a lone CR does not make csv quote a LF
        csv.writer(target, delimiter=self.separator, lineterminator=self.end, quoting=quoting).writerows(records)
        try:
            return target.getvalue().encode(self.encoding)
        except UnicodeEncodeError:
            return None


def text_forms(separators: str) -> st.SearchStrategy[TextForm]:
    """Make ways to store a text file."""
    return st.builds(
        TextForm,
        encoding=st.sampled_from(ENCODINGS),
        separator=st.sampled_from(separators),
        end=st.sampled_from(("\n", "\r\n", "\r")),
        quoted=st.booleans(),
    )


def workbook(records: Sequence[Sequence[Cell]]) -> bytes:
    """Return a workbook of one sheet."""
    book = openpyxl.Workbook()
    for record in records:
        book.active.append(["" if cell is None else cell for cell in record])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def parquet(table: Canonical, names: Sequence[str]) -> bytes:
    """Return a Parquet file of typed columns."""
    columns = {name: pd.Series(table.column(column)) for name, column in zip(names, table.columns, strict=True)}
    target = io.BytesIO()
    pd.DataFrame(columns).to_parquet(target, index=False)
    return target.getvalue()


def spss(path: Path, table: Canonical, labels: Sequence[str], coded: dict[str, dict[float, str]]) -> None:
    """Write an SPSS file: variables with labels, dates as dates, and codes with what they stand for."""
    import pyreadstat

    frame = pd.DataFrame({f"v{place}": _variable(table.column(name)) for place, name in enumerate(table.columns)})
    values = {f"v{place}": coded[name] for place, name in enumerate(table.columns) if name in coded}
    pyreadstat.write_sav(frame, path, column_labels=list(labels), variable_value_labels=values)


def _variable(values: list[object]) -> pd.Series[object]:
    if any(isinstance(value, dt.date) for value in values):
        return pd.Series(pd.to_datetime(pd.Series(values, dtype=object))).astype(
            "datetime64[ns]"
        )  # pyreadstat writes no other unit
    if any(isinstance(value, bool) for value in values):
        return pd.Series([None if value is None else float(value) for value in values], dtype="float64")
    if any(isinstance(value, float) for value in values):
        return pd.Series(values, dtype="float64")
    return pd.Series(["" if value is None else value for value in values], dtype=object)
