"""One file's rows as they are compared with those of other files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.values.cells import as_text

if TYPE_CHECKING:
    import pandas as pd

    from kohtaamo_utils.engagement import Source
    from kohtaamo_utils.intake.columns.part import Part
    from kohtaamo_utils.intake.values.cells import Cell, Cells

ANSWERED = "answered_on"
TIME = re.compile(
    r"(?<=[ T])(?P<hour>[0-9]{1,2})[:.](?P<rest>[0-9]{2}[:.][0-9]{2})(?![0-9])(?:.*\b(?P<half>[ap])\.?m)?",
    re.IGNORECASE,
)
"""A time of day to the second, behind its date."""


@dataclass(frozen=True, eq=False)
class FileRows:
    """One file's, or one sheet's, rows of a canonical table.

    Parameters
    ----------
    file
        File as the engagement names it.
    sheet
        The workbook's sheet, where the settings name it; else "".
    block
        The block of the settings that reads it, which its other files share.
    frame
        Typed rows by their row in the file.
    labels
        What the file calls each canonical column; constants are not there.
    times
        By row, the time of day to the second that a survey's answers have, "" for none; None where no answer has one.
    """

    file: str
    sheet: str
    block: Source
    frame: pd.DataFrame
    labels: dict[str, str]
    times: pd.Series[str] | None = None

    @property
    def name(self) -> str:
        """File and sheet, as a message names them."""
        return say("{file}, sheet {sheet}", file=self.file, sheet=self.sheet) if self.sheet else self.file


def rows_of(part: Part, source: Source) -> FileRows:
    """Return a part's rows.

    Parameters
    ----------
    part
        What was read of the file.
    source
        Its block in the settings.
    """
    labels = {name: column.label for name, column in part.bound.items() if not column.constant}
    sheet = "" if source.sheet is None else str(source.sheet)
    answered = part.bound.get(ANSWERED) if "response_id" not in part.bound else None
    times = None if answered is None or answered.constant else _times(answered.cells.loc[part.frame.index])
    return FileRows(part.findings.file, sheet, source, part.frame, labels, times)


def _times(cells: Cells) -> pd.Series[str] | None:
    times = cells.map(time_in).astype("str")
    return times if bool((times != "").any()) else None


def time_in(cell: Cell) -> str:
    """Return the time of day to the second in a cell; "" where there is none, or midnight, which spreadsheets add to a bare date.

    Examples
    --------
    >>> time_in("1.1.2025 12.00.07"), time_in("2025-01-01 12:00:07"), time_in("1/1/25 1:00:07 PM"), time_in("13.05.2025")
    ('12:00:07', '12:00:07', '13:00:07', '')
    """
    match = TIME.search(as_text(cell))
    if match is None:
        return ""
    hour = int(match["hour"])
    half = (match["half"] or "").casefold()
    hour = hour % 12 + 12 * (half == "p") if half else hour
    time = f"{hour:02}:{match['rest'].replace('.', ':')}"
    return "" if time == "00:00:00" else time
