"""Order lines whose customer stands on another line of the order: a till or shop may name it on the first line only."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, Protocol

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.values.cells import as_text, is_blank
from kohtaamo_utils.intake.values.one_date import without_time
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


LEAST_SHARED = 0.01
"""From how many orders of several customers, for each that names its one customer on some lines only, tills seem to share numbers.

If every hundredth sale names its customer, two tills that share all numbers give one of the first kind for about 200 of the second;
a few orders of two customers among thousands are corrections that somebody made.
"""


class Shared(NamedTuple):
    """What numbers of orders say of a file.

    Parameters
    ----------
    several
        Orders that name several customers.
    partly
        Orders that name one, and have lines without one.
    """

    several: int
    partly: int

    @property
    def often(self) -> bool:
        """Whether so many numbers are of several customers that tills must share them."""
        return self.several > 0 and self.several >= LEAST_SHARED * self.partly


NONE_SHARED = Shared(0, 0)


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
    if not nobody.any():
        return bound
    named, shared = _of_orders(bound, nobody)
    if not named.notna().any() or refuse_shared_numbers(shared, bound[ORDER].label, findings):
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


def refuse_shared_numbers(shared: Shared, label: str, findings: Findings) -> bool:
    """Tell whether numbers of orders are so often of several customers on one day that tills must share them; it is a problem then.

    Tills of one shop that all begin at 1 give a cash sale the number that another till gives a known customer.
    """
    if not shared.often:
        return False
    findings.problem(
        "shared_numbers",
        say(
            "Rows without a customer would be given the one that other rows of their order name, but the same order number has "
            "several customers on one day ({several} times): tills or shops seem to share their numbers.",
            several=shared.several,
        ),
        expected=say("one customer for each order of a day"),
        advice=say(
            "Map the column of the shop or till as `unit`, or one that tells the orders apart as `order_id`. If the file has neither, leave `order_id` out: "
            "a customer's rows of one day are then one purchase, and rows without a customer do not count."
        ),
        column=label,
    )
    return True


def order_keys(bound: Mapping[str, Bound]) -> pd.DataFrame:
    """Return what tells the order of each line, as texts; a time of day is no part of it."""
    import pandas as pd  # which a large file that is read at once needs none of

    index = bound[ORDER].cells.index
    keys = {name: bound[name].cells.map(as_text) if name in bound else pd.Series("", index=index) for name in KEYS}
    days = {text: without_time(text) for text in keys[DAY].unique()}
    return pd.DataFrame({**keys, DAY: keys[DAY].map(days)})


def _of_orders(bound: dict[str, Bound], nobody: NDArray[np.bool_]) -> tuple[pd.Series, Shared]:
    """Return for each line without a customer the cell of its order's only one, missing for all others; and what the numbers say."""
    import pandas as pd

    cells, keys = bound[CUSTOMER].cells, order_keys(bound)
    orders = keys.groupby(list(keys.columns), sort=False).ngroup().where(keys[ORDER] != "", -1)
    lines = pd.DataFrame({"order": orders, "cell": cells, "text": cells.map(as_text)})[(orders >= 0) & ~nobody]
    found = lines.groupby("order").agg(cell=("cell", "first"), texts=("text", "nunique"))
    only = found.loc[found["texts"] == 1, "cell"]
    named = orders.where(nobody & (orders >= 0)).map(only).astype(object)
    return named, Shared(int((found["texts"] > 1).sum()), int(orders[named.notna()].nunique()))
