"""Rows of a spreadsheet that sum the others up: they are no respondents, customers or units of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.cells import as_text, distinct

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kohtaamo_utils.intake.bound import Bound
    from kohtaamo_utils.intake.findings import Findings
    from kohtaamo_utils.tables import Column

TOTALS = frozenset(
    {
        *("yhteensä", "kaikki yhteensä", "summa", "loppusumma", "välisumma", "keskiarvo", "ka", "mediaani"),
        *("totalt", "summa totalt", "delsumma", "medelvärde", "medeltal", "genomsnitt", "median"),
        *("total", "totals", "grand total", "subtotal", "sum", "average", "mean"),
    }
)
"""What such rows are called in their first cells."""
OWN_WORDS = frozenset({"comment", "text"})


def check_totals(bound: Mapping[str, Bound], rules: Mapping[str, Column], findings: Findings) -> None:
    """Record a problem for each row whose identifier or category is the name of a total.

    Parameters
    ----------
    bound
        Canonical columns' raw cells.
    rules
        What each must hold; only identifiers and short texts are looked at.
    findings
        Takes the problems, one a row.
    """
    import numpy as np

    told: set[int] = set()
    for name, column in bound.items():
        if rules[name].kind not in {"id", "text"} or name in OWN_WORDS or column.constant:
            continue
        codes, cells = distinct(column.cells)
        totals = {code for code, cell in enumerate(cells) if is_total(as_text(cell))}
        rows = column.cells.index[np.isin(codes, list(totals))].tolist() if totals else []
        for row in rows:
            if row not in told:
                told.add(row)
                _total(column, row, as_text(column.cells.loc[row]), findings)


def is_total(text: str) -> bool:
    """Tell whether a row's first cell names it a total.

    Examples
    --------
    >>> is_total("Yhteensä:"), is_total("Yhteispalvelu")
    (True, False)
    """
    return text.casefold().rstrip(":").strip() in TOTALS


def _total(column: Bound, row: int, text: str, findings: Findings) -> None:
    findings.problem(
        "total_row",
        say("This looks like a row that sums up the others; counted beside them it would make their figures wrong."),
        expected=say("rows of the table only"),
        advice=say(
            "Delete the row, or leave it out with `{entry}`.",
            entry=f"exclude: [{{column: {column.label!r}, equals: {text!r}}}]",
        ),
        row=row,
        column=column.label,
        value=text,
    )
