"""Parquet files: typed columns as records."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.values.cells import Record, cell_of, composed

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from kohtaamo_utils.intake.notes.findings import Findings

DAMAGED = Exception
"""What pandas and pyarrow raise on a damaged file: each byte can make them expect anything, and pyarrow's own base error is
none of Python's."""


def read_parquet(data: bytes, findings: Findings) -> list[Record]:
    """Return a Parquet file's records, its column names first.

    Raises
    ------
    DataError
        This is no Parquet file.
    """
    import pandas as pd

    try:
        frame = pd.read_parquet(io.BytesIO(data), engine="pyarrow")
        header: Record = [composed(str(name)) for name in frame.columns]
        return [header, *records_of(frame)]  # text is decoded only here
    except DAMAGED as error:
        raise damaged(error, findings) from None


def damaged(error: BaseException, findings: Findings) -> Exception:
    """Return the error for a file that is no Parquet file."""
    return findings.stop(
        "unreadable",
        say("The file cannot be opened as Parquet ({error}).", error=str(error)),
        advice=say("Export it again, as Parquet, CSV or Excel."),
    )


def records_of(frame: pd.DataFrame) -> list[Record]:
    """Return a typed frame's rows as records of raw cells."""
    columns = [[cell_of(value) for value in frame.iloc[:, place].tolist()] for place in range(frame.shape[1])]
    return [list(row) for row in zip(*columns, strict=True)]


def open_parquet(path: Path, findings: Findings) -> Any:
    """Open a Parquet file to read it in batches.

    Raises
    ------
    DataError
        This is no Parquet file.
    """
    from pyarrow.parquet import ParquetFile

    try:
        return ParquetFile(path)
    except DAMAGED as error:
        raise damaged(error, findings) from None
