"""Parquet files: typed columns as records."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pandas as pd

from kohtaamo_utils.intake.cells import Record, cell_of, composed

if TYPE_CHECKING:
    from kohtaamo_utils.intake.findings import Findings

DAMAGED = (
    ValueError,
    OSError,
    LookupError,
    TypeError,
    AttributeError,
    NotImplementedError,
    ArithmeticError,
    MemoryError,
)
"""What pandas and pyarrow raise on a damaged file: each byte can make them expect anything."""


def read_parquet(data: bytes, findings: Findings) -> list[Record]:
    """Return a Parquet file's records, its column names first.

    Raises
    ------
    DataError
        This is no Parquet file.
    """
    try:
        frame = pd.read_parquet(io.BytesIO(data), engine="pyarrow")
    except DAMAGED as error:
        raise findings.stop(
            "unreadable",
            f"The file cannot be opened as Parquet ({error}).",
            advice="Export it again, as Parquet, CSV or Excel.",
        ) from None
    header: Record = [composed(str(name)) for name in frame.columns]
    columns = [[cell_of(value) for value in frame.iloc[:, place].tolist()] for place in range(frame.shape[1])]
    return [header, *(list(row) for row in zip(*columns, strict=True))]
