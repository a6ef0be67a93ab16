"""Rows of a spreadsheet that sum the others up: they are no respondents, customers or units of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.rows.unread_columns import excluding
from kohtaamo_utils.intake.values.cells import as_text, distinct, is_blank

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.sheets.bound import Bound
    from kohtaamo_utils.intake.sheets.sheet import Sheet
    from kohtaamo_utils.tables import Column

TOTALS = frozenset(
    {
        *("yhteensä", "kaikki yhteensä", "summa", "loppusumma", "välisumma", "keskiarvo", "ka", "mediaani"),
        *("totalt", "summa totalt", "delsumma", "medelvärde", "medeltal", "genomsnitt", "median"),
        *("total", "totals", "grand total", "subtotal", "sum", "average", "mean"),
    }
)
"""What such rows are called in their first cells."""
AT_THE_END = TOTALS | {
    *("yht", "yht.", "kaikki", "vastaajia", "vastaajat", "vastaajien määrä", "lukumäärä", "n", "kpl"),
    *("keskihajonta", "hajonta", "minimi", "maksimi", "min", "max", "moodi"),
    *(
        "antal",
        "antal svar",
        "standardavvikelse",
        "minst",
        "störst",
        "minimum",
        "maximum",
        "typvärde",
        "samtliga",
        "alla",
    ),
    *("count", "responses", "respondents", "std", "std dev", "std. deviation", "standard deviation", "mode", "all"),
}
"""What they are called too, in the last rows of a sheet and a column that is not read: elsewhere it may be somebody's answer."""
OWN_WORDS = frozenset({"comment", "text"})
LAST, NARROW = 20, 2
"""So many rows at a sheet's end are looked at; in a sheet of so few columns a row of one cell may be an answer."""


def check_totals(
    sheet: Sheet | None, bound: Mapping[str, Bound], rules: Mapping[str, Column], findings: Findings
) -> None:
    """Record a problem for each row whose identifier or category is the name of a total, and for totals under the data.

    Parameters
    ----------
    sheet
        The file: its last rows are looked at in whatever column they begin; None where it has no end to speak of.
    bound
        Canonical columns' raw cells.
    rules
        What each must hold; only identifiers and short texts are looked at.
    findings
        Takes the problems, one a row.
    """
    import numpy as np

    told: set[int] = set()
    read = {column.label for column in bound.values()}
    for row, label, text in _under_the_data(sheet) if sheet is not None else ():
        if label not in read:
            told.add(row)
            _total(label, row, text, findings)
    for name, column in bound.items():
        if rules[name].kind not in {"id", "text"} or name in OWN_WORDS or column.constant:
            continue
        codes, cells = distinct(column.cells)
        totals = {code for code, cell in enumerate(cells) if is_total(as_text(cell))}
        rows = column.cells.index[np.isin(codes, list(totals))].tolist() if totals else []
        for row in rows:
            if row not in told:
                told.add(row)
                _total(column.label, row, as_text(column.cells.loc[row]), findings)


def _under_the_data(sheet: Sheet) -> list[tuple[int, str, str]]:
    """Return the rows at the sheet's end that begin with the name of a total, with the column and the cell they begin with.

    Notes between and below them, of one cell, are passed over; what stands in several rows is no name of a total.
    """
    found: list[tuple[int, str, str]] = []
    for row in reversed(sheet.cells.index[-LAST:].tolist()):
        filled = [place for place, cell in enumerate(sheet.cells.loc[row]) if not is_blank(cell)]
        if not filled:
            continue
        said = sheet.column(filled[0]).map(as_text)
        text = said.loc[row]
        if text.casefold().rstrip(":").strip() in AT_THE_END and int((said == text).sum()) == 1:
            found.append((row, sheet.names[filled[0]], text))
        elif len(filled) > 1 or sheet.cells.shape[1] <= NARROW:
            break
    return found[::-1]


def is_total(text: str) -> bool:
    """Tell whether a row's first cell names it a total.

    Examples
    --------
    >>> is_total("Yhteensä:"), is_total("Yhteispalvelu")
    (True, False)
    """
    return text.casefold().rstrip(":").strip() in TOTALS


def _total(label: str, row: int, text: str, findings: Findings) -> None:
    findings.problem(
        "total_row",
        say("This looks like a row that sums up the others; counted beside them it would make their figures wrong."),
        expected=say("rows of the table only"),
        advice=say(
            "Delete the row, or leave it out with `{entry}`.",
            entry=excluding(label, [text]),
        ),
        row=row,
        column=label,
        value=text,
    )
