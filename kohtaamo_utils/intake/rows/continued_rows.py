"""Order lines that say neither customer nor day, because the row above them does: lists as pivot tables and people write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.notes.yaml_text import yaml_text
from kohtaamo_utils.intake.rows.order_customers import CUSTOMER, DAY
from kohtaamo_utils.intake.values.cells import is_blank

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.sheets.bound import Bound
    from kohtaamo_utils.intake.values.cells import Cell

AMOUNT = "amount"
LEAST, SHARE = 3, 0.05
"""So many rows, and so large a share of them, are no oversight, and no totals under the list."""


def check_continued(bound: Mapping[str, Bound], findings: Findings) -> None:
    """Check a file that is held.

    Parameters
    ----------
    bound
        Raw cells of its order lines.
    findings
        Takes a problem: such rows have no customer, and would be left out without a word.
    """
    columns = [bound[name] for name in (CUSTOMER, DAY, AMOUNT) if name in bound]
    if len(columns) == 3 and not any(column.constant for column in columns):
        refuse_continued(zip(*(column.cells for column in columns), strict=True), columns[0].label, findings)


def refuse_continued(rows: Iterable[tuple[Cell, Cell, Cell]], label: str, findings: Findings) -> None:
    """Record a problem where rows say an amount, and often neither whose it is nor of what day.

    Parameters
    ----------
    rows
        Customer, day and amount of each.
    label
        The heading of customers.
    findings
        Takes the problem.
    """
    blank = [tuple(map(is_blank, row)) for row in rows]
    count = blank.count((True, True, False))
    if count < LEAST or count < SHARE * len(blank):
        return
    entry = f"exclude: [{{column: {yaml_text(label)}, empty: true}}]"
    findings.problem(
        "continued_rows",
        say(
            "{count} rows have an amount, but neither customer nor day: they seem to belong to the row above.",
            count=count,
        ),
        expected=say("customer and day on each row"),
        advice=say(
            "Fill the cells down in the file (in a pivot table: repeat all item labels). If the rows are nobody's, leave them out with `{entry}`.",
            entry=entry,
        ),
        column=label,
    )
