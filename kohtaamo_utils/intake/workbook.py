"""Excel and OpenDocument workbooks: one sheet as records."""

from __future__ import annotations

import io
from difflib import get_close_matches
from typing import TYPE_CHECKING

import pandas as pd
from python_calamine import CalamineError

from kohtaamo_utils.intake.cells import Record, cell_of

if TYPE_CHECKING:
    from kohtaamo_utils.intake.findings import Findings


def read_workbook(data: bytes, findings: Findings, sheet: str | int | None = None) -> list[Record]:
    """Return a sheet's records; record number i is row i + 1 of the sheet.

    Parameters
    ----------
    data
        The whole file.
    findings
        Takes the sheet's name where it was not given and there are several.
    sheet
        The sheet's name, or its number counted from 1; None is the first.

    Raises
    ------
    DataError
        This is no workbook, or it has no such sheet.
    """
    try:
        with pd.ExcelFile(io.BytesIO(data), engine="calamine") as book:
            name = _sheet_name([str(name) for name in book.sheet_names], sheet, findings)
            frame = pd.read_excel(book, sheet_name=name, header=None, dtype=object, keep_default_na=False)
    except (CalamineError, ValueError, OSError) as error:
        raise findings.stop(
            "unreadable",
            f"The workbook cannot be opened ({error}).",
            expected="an Excel or OpenDocument workbook without a password",
            advice="Open it in Excel and save it again as .xlsx.",
        ) from None
    return [[cell_of(value) for value in row] for row in frame.itertuples(index=False, name=None)]


def _sheet_name(names: list[str], wanted: str | int | None, findings: Findings) -> str:
    if wanted is None:
        if len(names) > 1:
            findings.note("inferred", "sheet", 1, f"sheet {names[0]}", value=names[0])
        return names[0]
    if isinstance(wanted, int) and 1 <= wanted <= len(names):
        return names[wanted - 1]
    found = [name for name in names if name.strip().casefold() == str(wanted).strip().casefold()]
    if found:
        return found[0]
    near = get_close_matches(str(wanted), names, n=1, cutoff=0.5)
    raise findings.stop(
        "missing_sheet",
        f'The workbook has no sheet "{wanted}".',
        expected="one of its sheets: " + ", ".join(names),
        advice=f'Did you mean "{near[0]}"?' if near else "Correct `sheet`.",
    )
