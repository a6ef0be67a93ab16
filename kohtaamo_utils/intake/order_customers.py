"""Order lines whose customer stands on another line of the order: a till or shop may name it on the first line only."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.cells import as_text, is_blank
from kohtaamo_utils.ledger import UNIT

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from kohtaamo_utils.intake.bound import Bound
    from kohtaamo_utils.intake.findings import Findings

CUSTOMER, ORDER, DAY = "customer_id", "order_id", "ordered_on"


def with_order_customers(bound: dict[str, Bound], findings: Findings, *, whole: bool) -> dict[str, Bound]:
    """Give lines without a customer the one of their order, where its other lines name exactly one; what was done is logged.

    Lines are of one order if their order_id, their day and their unit are the same: tills begin their numbers anew.

    Parameters
    ----------
    bound
        Raw cells of order lines.
    findings
        Takes the entry; or, of a file that is read in pieces, the problem: an order may lie in two of them.
    whole
        Whether the lines are all of the file.
    """
    if CUSTOMER not in bound or ORDER not in bound:
        return bound
    column = bound[CUSTOMER]
    nobody = column.cells.map(is_blank).to_numpy(dtype=bool)
    named = _of_orders(bound, nobody) if nobody.any() else None
    count = 0 if named is None else int(named.notna().sum())
    if named is None or not count:
        return bound
    if not whole:
        _refuse(column, findings)
        return bound
    note_order_customers(count, findings)
    return {**bound, CUSTOMER: replace(column, cells=column.cells.where(~nobody | named.isna(), named))}


def note_order_customers(count: int, findings: Findings) -> None:
    """Log how many lines were given the customer of their order."""
    detail = say("{count} rows without a customer have the one that the other rows of their order name", count=count)
    findings.note("inferred", "order_customer", count, detail, column=CUSTOMER)


def _of_orders(bound: dict[str, Bound], nobody: NDArray[np.bool_]) -> pd.Series:
    """Return for each line without a customer the cell of its order's only one; missing for all others."""
    import pandas as pd  # which a large file needs none of

    cells = bound[CUSTOMER].cells
    keys = pd.DataFrame({name: bound[name].cells.map(as_text) for name in (ORDER, DAY, UNIT) if name in bound})
    if DAY in keys:
        keys[DAY] = keys[DAY].str.split("[ T]", n=1).str[0]
    orders = keys.groupby(list(keys.columns), sort=False).ngroup().where(keys[ORDER] != "", -1)
    wanted = orders.isin(orders[nobody]) & (orders >= 0)
    lines = pd.DataFrame({"order": orders, "cell": cells, "text": cells.map(as_text)})[wanted & ~nobody]
    found = lines.groupby("order").agg(cell=("cell", "first"), texts=("text", "nunique"))
    only = found.loc[found["texts"] == 1, "cell"]
    return orders.where(nobody & wanted).map(only).astype(object)


def _refuse(column: Bound, findings: Findings) -> None:
    findings.problem(
        "order_customer",
        say(
            "Orders have their customer on some of their rows only, and a file of this size and kind is not filled in."
        ),
        expected=say("the customer on each row of an order"),
        advice=say(
            "Export the file with the customer on every row, or fill the column down; a file without `missing` and without odd cells is filled in by itself."
        ),
        column=column.label,
    )
