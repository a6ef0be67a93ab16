"""Cells as they come: text, or a number where the file itself says that it is one (Excel, Parquet)."""

from __future__ import annotations

import math
import unicodedata
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

Cell: TypeAlias = str | int | float
"""A raw cell; "" is an empty one. True dates come as ISO text, true booleans as TRUE and FALSE."""
Record: TypeAlias = list[Cell]
"""One row of a file."""
Cells: TypeAlias = "pd.Series[Any]"
"""A column of raw cells: object, for texts and numbers may be mixed."""
Codes: TypeAlias = dict[Cell, str]
"""What the codes in a column stand for."""

LENGTHS = {"timedelta", "Timedelta"}
"""What Python and pandas call their lengths of time."""
BOOLEANS = {"bool", "bool_"}
"""What Python and numpy call theirs."""
NOTHING = {"NaT", "<NA>"}
"""How pandas writes its own empty values; of all three libraries' values none is asked what it is, so that none is loaded."""
INVISIBLE = "\ufeff\u200b\u2060\u00ad\u034f\u061c\u115f\u1160\u180e\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2800\u3164\uffa0"
"""Signs without ink; a cell of nothing else is empty."""
_AROUND = INVISIBLE + "".join(map(chr, (*range(32), 127)))


def cell_of(value: object) -> Cell:
    r"""Return a value of a typed file (Excel, Parquet) as a cell.

    Examples
    --------
    >>> import datetime as dt
    >>> cell_of(dt.datetime(2025, 7, 4)), cell_of(3.5), cell_of(True), cell_of(None)
    ('2025-07-04 00:00:00', 3.5, 'TRUE', '')
    >>> len(cell_of("a\u0308"))
    1
    """
    if isinstance(value, str):
        return composed(str(value))
    if type(value).__name__ in BOOLEANS:
        return "TRUE" if value else "FALSE"
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real):
        return "" if math.isnan(value) else float(value)
    if type(value).__name__ in LENGTHS:
        return _clock(value.total_seconds())  # type: ignore[attr-defined]  # told by its name, see NOTHING
    text = str(value)
    return "" if value is None or text in NOTHING else composed(text)


def _clock(seconds: float) -> str:
    """Return a length of time as a clock shows it that goes on after a day.

    Examples
    --------
    >>> _clock(205), _clock(-93_605.5)
    ('00:03:25', '-26:00:05.5')
    """
    if seconds < 0:
        return f"-{_clock(-seconds)}"
    minutes, rest = divmod(round(seconds, 6), 60)
    last = f"{rest:09.6f}".rstrip("0").removesuffix(".")
    return f"{int(minutes) // 60:02d}:{int(minutes) % 60:02d}:{last}"


def composed(text: str) -> str:
    """Return a text with each letter and its marks as one character, so that ä from a Mac equals ä from Windows."""
    return unicodedata.normalize("NFC", text)


def as_text(cell: Cell) -> str:
    """Return a cell as a person reads it: trimmed, whole numbers without decimals.

    Examples
    --------
    >>> as_text(" Kassa "), as_text(12345.0), as_text(0.25)
    ('Kassa', '12345', '0.25')
    """
    if isinstance(cell, str):
        text = cell.strip()
        return text if text.isascii() and text.isprintable() else text.strip(_AROUND).strip()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def is_blank(cell: Cell) -> bool:
    """Tell whether a cell is empty or holds white space only."""
    if not isinstance(cell, str) or "!" <= cell[:1] <= "~":  # a first sign that is seen tells of most cells
        return False
    return not as_text(cell)


def distinct(column: Cells) -> tuple[NDArray[np.intp], list[Cell]]:
    """Return a column as codes and the distinct cells they point at: each distinct cell is parsed once.

    Examples
    --------
    >>> import pandas as pd
    >>> codes, cells = distinct(pd.Series(["a", "b", "a"], dtype=object))
    >>> codes.tolist(), cells
    ([0, 1, 0], ['a', 'b'])
    """
    import pandas as pd

    codes, cells = pd.factorize(column.to_numpy(dtype=object))
    return codes, list(cells)
