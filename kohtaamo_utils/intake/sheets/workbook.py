"""Excel and OpenDocument workbooks: one sheet as records."""

from __future__ import annotations

import io
from difflib import get_close_matches
from typing import TYPE_CHECKING, TypeAlias
from zipfile import BadZipFile

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from kohtaamo_utils.errors import say, say_plural
from kohtaamo_utils.intake.sheets.broken_cells import UNCALCULATED
from kohtaamo_utils.intake.sheets.disguised import why_no_workbook
from kohtaamo_utils.intake.sheets.formulas import valueless
from kohtaamo_utils.intake.sheets.grid import Grid
from kohtaamo_utils.intake.sheets.hidden_rows import hidden_rows
from kohtaamo_utils.intake.sheets.merged_cells import Merged
from kohtaamo_utils.intake.values.cells import Cell, Record, cell_of, composed, is_blank
from kohtaamo_utils.intake.values.legend import CODES, legend_of

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.sheets.binary_errors import Valueless
    from kohtaamo_utils.intake.values.legend import Legend

DAMAGED = (CalamineError, BadZipFile, ValueError, OSError, LookupError, TypeError, ArithmeticError)
"""What opening a damaged workbook raises."""
LARGEST_EXACT = 10**15
"""From this number on a workbook's whole numbers have lost their last digits."""
HEAD = 60
"""Rows that a sheet is chosen by."""
Lacks: TypeAlias = "Callable[[list[Record]], list[str]]"
"""Tells from a sheet's first records which of the columns that the settings name it does not have."""


def read_workbook(data: bytes, findings: Findings, sheet: str | int | None, lacks: Lacks) -> Grid:
    """Return a sheet's records, its cells that are merged downwards, and its hidden rows.

    Parameters
    ----------
    data
        The whole file.
    findings
        Takes the sheet's name where it was not given and there are several.
    sheet
        The sheet's name, or its number counted from 1; None is the one that holds the columns.
    lacks
        What a sheet does not have, to choose by where the sheet is not named.

    Raises
    ------
    DataError
        This is no workbook, it has no such sheet, or not exactly one that holds the columns.
    """
    import pandas as pd

    try:
        with pd.ExcelFile(io.BytesIO(data), engine="calamine") as book:
            names = [str(name) for name in book.sheet_names]
            shown = visible_sheets(book) or names
            name = _named(names, sheet, findings) if sheet is not None else _chosen(book, shown, lacks, findings)
            records, merged = _told(_records(book, name), valueless(data, name)), _merged(book, name)
            codebooks = _codebooks(book, [each for each in shown if each != name])
            return Grid(records, tuple(merged), tuple(hidden_rows(data, name)), name, codebooks)
    except DAMAGED as error:
        message, advice = why_no_workbook(data, str(error))
        expected = say("an Excel or OpenDocument workbook without a password")
        raise findings.stop("unreadable", message, expected=expected, advice=advice) from None


def visible_sheets(book: pd.ExcelFile) -> list[str]:
    """Return the names of the sheets that a person sees who opens the workbook; an older copy of the data may be hidden in it."""
    opened: CalamineWorkbook = book.book  # type: ignore[assignment]  # pandas' types know openpyxl's workbooks only
    return [sheet.name for sheet in opened.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]


def _records(book: pd.ExcelFile, name: str, rows: int | None = None) -> list[Record]:
    import pandas as pd

    frame = pd.read_excel(book, sheet_name=name, header=None, dtype=object, keep_default_na=False, nrows=rows)
    return [[_as_kept(cell_of(value)) for value in row] for row in frame.itertuples(index=False, name=None)]


def _codebooks(book: pd.ExcelFile, names: list[str]) -> tuple[Legend, ...]:
    """Return what the sheets say whose name is one of a sheet of codes."""
    found = [legend_of(name, _records(book, name, HEAD)) for name in names if CODES.search(name)]
    return tuple(legend for legend in found if legend is not None)


def _told(records: list[Record], cells: list[Valueless]) -> list[Record]:
    """Return records with what stands for the cells that have no value.

    Under the last row that says something, errors are of formulas that were drawn further than the data.
    """
    last = max((place for place, record in enumerate(records) if not all(map(is_blank, record))), default=-1)
    for row, place, text in cells:
        if row > last and text != UNCALCULATED:
            continue
        records.extend([] for _ in range(row + 1 - len(records)))
        record = records[row]
        record.extend("" for _ in range(place + 1 - len(record)))
        record[place] = text
    return records


def _merged(book: pd.ExcelFile, name: str) -> list[Merged]:
    """Return the cells that are merged over rows, by their first column; OpenDocument's are not told."""
    opened: CalamineWorkbook = book.book  # type: ignore[assignment]  # as above
    ranges = opened.get_sheet_by_name(name).merged_cell_ranges or []
    return [Merged(top + 1, bottom + 1, left) for (top, left), (bottom, _) in ranges if bottom > top]


def _as_kept(cell: Cell) -> Cell:
    """Return a cell as the workbook keeps it: a number of more than fifteen digits is not exact."""
    return float(cell) if isinstance(cell, int) and abs(cell) >= LARGEST_EXACT else cell


def _chosen(book: pd.ExcelFile, names: list[str], lacks: Lacks, findings: Findings) -> str:
    """Choose the one sheet that holds the columns; empty sheets do not count."""
    heads = {name: _records(book, name, HEAD) for name in names} if len(names) > 1 else {}
    filled = {name: head for name, head in heads.items() if any(not is_blank(cell) for row in head for cell in row)}
    if len(filled) < 2:
        return next(iter(filled), names[0])
    lacking = {name: lacks(head) for name, head in filled.items()}
    whole = [name for name, columns in lacking.items() if not columns]
    if len(whole) == 1:
        findings.note("inferred", "sheet", 1, say("sheet {sheet}", sheet=whole[0]), value=whole[0])
        return whole[0]
    raise _unclear(names, whole, lacking, findings)


def _unclear(names: list[str], whole: list[str], lacking: dict[str, list[str]], findings: Findings) -> Exception:
    if whole:
        message = say_plural(
            "{n} sheet holds the columns: {names}.",
            "{n} sheets hold the columns: {names}.",
            len(whole),
            names=", ".join(whole),
        )
    else:
        nearest = min(lacking, key=lambda name: len(lacking[name]))
        message = say(
            'No sheet holds all the columns; the nearest, "{sheet}", does not have {names}.',
            sheet=nearest,
            names=", ".join(lacking[nearest]),
        )
    return findings.stop(
        "unclear_sheet",
        message,
        expected=say("one of its sheets: {names}", names=", ".join(names)),
        advice=say("Say which with `sheet`.") if whole else say("Say which with `sheet`, or correct `columns`."),
    )


def _named(names: list[str], wanted: str | int, findings: Findings) -> str:
    if isinstance(wanted, int) and 1 <= wanted <= len(names):
        return names[wanted - 1]
    found = [name for name in names if composed(name).strip().casefold() == composed(str(wanted)).strip().casefold()]
    if found:
        return found[0]
    near = get_close_matches(str(wanted), names, n=1, cutoff=0.5)
    raise findings.stop(
        "missing_sheet",
        say('The workbook has no sheet "{wanted}".', wanted=str(wanted)),
        expected=say("one of its sheets: {names}", names=", ".join(names)),
        advice=say('Did you mean "{near}"?', near=near[0]) if near else say("Correct `sheet`."),
    )
