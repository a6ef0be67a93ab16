"""From what parsing could not read to problems that name file, row, column and value."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from kohtaamo_utils.intake.values.cells import Cells, as_text, distinct

if TYPE_CHECKING:
    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.values.parsed import Parsed

T = TypeVar("T")


def report(parsed: Parsed[T], column: Cells, label: str, expected: str, findings: Findings) -> None:
    """Record a problem for each row whose cell could not be read, or one for a column that is unclear.

    Parameters
    ----------
    parsed
        What parsing the column's distinct cells gave.
    column
        The raw cells, by their row in the file.
    label
        The column as it is called in the file.
    expected
        What a value must be.
    """
    if parsed.unclear is not None:
        unclear = parsed.unclear
        findings.problem(unclear.kind, unclear.message, expected=expected, advice=unclear.advice, column=label)
    if not parsed.wrong:
        return
    codes, cells = distinct(column)
    for row, code in zip(column.index.tolist(), codes.tolist(), strict=True):
        wrong = parsed.wrong.get(code)
        if wrong is not None:
            findings.problem(
                wrong.kind,
                wrong.message,
                expected=expected,
                advice=wrong.advice,
                row=row,
                column=label,
                value=as_text(cells[code]),
            )
