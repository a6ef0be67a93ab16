"""Order lines whose customer stands on another line of the order: a till or shop may name it on the first line only."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.values.cells import as_text, is_blank
from kohtaamo_utils.ledger import UNIT

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.sheets.bound import Bound

CUSTOMER, ORDER, DAY = "customer_id", "order_id", "ordered_on"
KEYS = (ORDER, DAY, UNIT)
"""Lines are of one order if these are the same: tills begin their numbers anew."""


class Pieces(Protocol):
    """Knows the customers of orders of a file that is read in pieces."""

    def seen(self, bound: Mapping[str, Bound]) -> Mapping[str, Bound]:
        """Return the cells of a piece, filled in if it is time for that."""
        ...


def with_order_customers(bound: dict[str, Bound], findings: Findings, pieces: Pieces | None) -> dict[str, Bound]:
    """Give lines without a customer the one of their order, where its other lines name exactly one; what was done is logged.

    Parameters
    ----------
    bound
        Raw cells of order lines.
    findings
        Takes the entry.
    pieces
        What is known of the whole file, where the lines are only some of it.
    """
    if CUSTOMER not in bound or ORDER not in bound:
        return bound
    if pieces is not None:
        return dict(pieces.seen(bound))
    nobody = bound[CUSTOMER].cells.map(is_blank).to_numpy(dtype=bool)
    named = _of_orders(bound, nobody) if nobody.any() else None
    if named is None or not named.notna().any():
        return bound
    note_order_customers(int(named.notna().sum()), findings)
    return filled(bound, named)


def filled(bound: Mapping[str, Bound], named: pd.Series) -> dict[str, Bound]:
    """Return lines with the customers that others of their orders name; missing where there is none to fill in."""
    column = bound[CUSTOMER]
    return {**bound, CUSTOMER: replace(column, cells=column.cells.where(named.isna(), named))}


def note_order_customers(count: int, findings: Findings) -> None:
    """Log how many lines were given the customer of their order."""
    detail = say("{count} rows without a customer have the one that the other rows of their order name", count=count)
    findings.note("inferred", "order_customer", count, detail, column=CUSTOMER)


def order_keys(bound: Mapping[str, Bound]) -> pd.DataFrame:
    """Return what tells the order of each line, as texts; a time of day is no part of it."""
    import pandas as pd  # which a large file that is read at once needs none of

    index = bound[ORDER].cells.index
    keys = {name: bound[name].cells.map(as_text) if name in bound else pd.Series("", index=index) for name in KEYS}
    return pd.DataFrame({**keys, DAY: keys[DAY].str.split("[ T]", n=1).str[0]})


def _of_orders(bound: dict[str, Bound], nobody: NDArray[np.bool_]) -> pd.Series:
    """Return for each line without a customer the cell of its order's only one; missing for all others."""
    import pandas as pd

    cells, keys = bound[CUSTOMER].cells, order_keys(bound)
    orders = keys.groupby(list(keys.columns), sort=False).ngroup().where(keys[ORDER] != "", -1)
    wanted = orders.isin(orders[nobody]) & (orders >= 0)
    lines = pd.DataFrame({"order": orders, "cell": cells, "text": cells.map(as_text)})[wanted & ~nobody]
    found = lines.groupby("order").agg(cell=("cell", "first"), texts=("text", "nunique"))
    only = found.loc[found["texts"] == 1, "cell"]
    return orders.where(nobody & wanted).map(only).astype(object)
