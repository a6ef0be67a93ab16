"""A file laid out: named columns of raw cells, each row known by its number in the file."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.sheets.elsewhere import Elsewhere
from kohtaamo_utils.intake.values.cells import Cell, Cells, Codes, Record, as_text, is_blank

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.values.legend import Legend


class Titled(ABC):
    """Columns under their names, in whatever form the cells are kept."""

    names: tuple[str, ...]
    aliases: tuple[tuple[str, ...], ...]

    @property
    def named(self) -> list[str]:
        """The columns' names without blanks, each once."""
        return list(dict.fromkeys(name for name in self.names if name))

    @abstractmethod
    def first(self, place: int, rows: int) -> list[Cell]:
        """Return the distinct cells of a column's first rows."""


@dataclass(frozen=True)
class Sheet(Titled):
    """Raw cells under their names.

    Parameters
    ----------
    names
        The columns' names as the file has them, trimmed; "" where a column has none.
    cells
        Frame of raw cells, its columns numbered in the file's order; the index is the row in the file as a person
        counts it: the first record is row 1, and a quoted line break does not begin a new one.
    aliases
        Other names that each column answers to, e.g. the question's text beside its code.
    codes
        By the column's place, what its codes stand for, where the file says.
    merged
        By the column's place, the first row in which cells below were filled, being merged with it.
    legends, codebooks
        What numbers stand for by the rows above the header, and by other sheets of the workbook.
    elsewhere
        What the rest of the file holds, where these are some of its rows.
    """

    names: tuple[str, ...]
    cells: pd.DataFrame
    aliases: tuple[tuple[str, ...], ...] = ()
    codes: dict[int, Codes] = field(default_factory=dict)
    merged: dict[int, int] = field(default_factory=dict)
    legends: tuple[Legend, ...] = ()
    codebooks: tuple[Legend, ...] = ()
    elsewhere: Elsewhere = field(default_factory=Elsewhere)

    def column(self, place: int) -> Cells:
        """Return a column's raw cells."""
        return self.cells[place]

    def first(self, place: int, rows: int) -> list[Cell]:
        """Return the distinct cells of a column's first rows."""
        return list(dict.fromkeys(self.column(place).head(rows)))

    def without(self, rows: NDArray[np.bool_]) -> Sheet:
        """Return the sheet without these rows."""
        return replace(self, cells=self.cells.loc[~rows])


def first_row(records: list[Record]) -> int:
    """Return the place of the first record that is not blank; the number of records if all are.

    Examples
    --------
    >>> first_row([[""], ["id", "nps"]])
    1
    """
    return next((place for place, record in enumerate(records) if not _blank(record)), len(records))


def build(
    records: list[Record],
    depth: int,
    findings: Findings,
    names: tuple[str, ...] | None = None,
    aliases: tuple[tuple[str, ...], ...] = (),
) -> Sheet:
    """Put records under their names; blank rows go, rows that lack trailing cells are filled.

    Parameters
    ----------
    records
        All rows of the file.
    depth
        Number of header rows, counted from the first row that is not blank.
    findings
        Takes a problem for each row with more cells than the header.
    names, aliases
        The columns' names; the first header row's by default.
    """
    import pandas as pd

    given, kept, rows = under_names(records, depth, findings, names)
    cells = pd.DataFrame(kept, index=pd.Index(rows, dtype="int64"), columns=range(len(given)), dtype=object)
    return Sheet(names=given, cells=cells, aliases=aliases)


def under_names(
    records: list[Record], depth: int, findings: Findings, names: tuple[str, ...] | None = None
) -> tuple[tuple[str, ...], list[Record], list[int]]:
    """Return the columns' names, the rows under them, and the rows' numbers in the file; see `build`."""
    start = first_row(records)
    given = tuple(as_text(cell) for cell in records[start]) if names is None else names
    width = len(given)
    kept: list[Record] = []
    rows: list[int] = []
    for number, record in enumerate(records[start + depth :], start=start + depth + 1):
        if _blank(record):
            continue
        if len(record) > width and not _blank(record[width:]):
            _too_many(record, width, number, findings)
            continue
        kept.append(record if len(record) == width else (record + [""] * width)[:width])
        rows.append(number)
    return given, kept, rows


def _blank(record: Record) -> bool:
    for cell in record:  # noqa: SIM110 - asked of each row of a file: a generator takes twice as long
        if not is_blank(cell):
            return False
    return True


def _too_many(record: Record, width: int, number: int, findings: Findings) -> None:
    findings.problem(
        "too_many_fields",
        say("The row has {n} cells, but the header names {width} columns.", n=len(record), width=width),
        expected=say("{width} cells", width=width),
        advice=say("Put texts that hold the separator in quotation marks, or name the right `separator`."),
        row=number,
        value=as_text(record[width]),
    )
