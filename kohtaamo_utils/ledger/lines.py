"""Order lines, and the queries that sum them to purchases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.ledger.codes import code, one_of, order_code
from kohtaamo_utils.ledger.store import RoomError, StoreError, SumError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from kohtaamo_utils.ledger.store import Store

MONEY = "DECIMAL(18, 6)"
"""A purchase is counted in millionths: sums over purchases do not depend on their order, and one may be of up to a million millions."""
LARGEST = 1e11
"""What a line may be of at most, or at least below zero. Bar codes of 13 digits are more, and ten such lines are more than `MONEY` holds."""
LINES = ("customer", "order_id", "ordered_on", "amount", "margin")
"""Columns of the order lines that a ledger is made from; `UNIT` besides where a source says it. Customer and order are codes."""
UNIT = "unit"
"""Column with the code of the unit that a line names."""


def plain_lines(frame: pd.DataFrame) -> pd.DataFrame:
    """Return canonical ``transactions`` as order lines: the columns `LINES` with names for codes, and units' names where the frame has them.

    Lines that cannot count are left out.
    """
    import pandas as pd

    known = frame.dropna(subset=["customer_id", "ordered_on", "amount"])
    ids = {
        name: known[given].astype("str") if given in known else pd.Series(None, index=known.index, dtype="str")
        for name, given in (("customer", "customer_id"), ("order_id", "order_id"))
    }
    margin = known["margin"] if "margin" in known else pd.Series(float("nan"), index=known.index)
    unit = {UNIT: known[UNIT].astype("str")} if UNIT in known else {}
    return pd.DataFrame(
        {**ids, "ordered_on": known["ordered_on"].dt.normalize(), "amount": known["amount"], "margin": margin, **unit}
    )


def names_in(lines: pd.DataFrame) -> list[str]:
    """Return the units that order lines of `plain_lines` name, each once."""
    return [str(name) for name in lines[UNIT].dropna().unique()] if UNIT in lines else []


def held(name: str, lines: pd.DataFrame) -> str:
    """Return the query of order lines that a store knows under a name, with the codes of what they name.

    Parameters
    ----------
    name
        What the store calls the frame.
    lines
        The frame, of `plain_lines`.
    """
    order = order_code("order_id", "ordered_on")
    unit = f", {code(UNIT)} AS {UNIT}" if UNIT in lines else ""
    return f"SELECT {code('customer')} AS customer, {order} AS order_id, ordered_on, amount, margin{unit} FROM {name}"


def without_unit(select: str) -> str:
    """Return the query of order lines without a unit, for the company of others that have one."""
    return f"SELECT *, CAST(NULL AS UBIGINT) AS {UNIT} FROM ({select})"


def gather(store: Store, selects: Sequence[str], *, summed: bool = False, units: bool = False) -> None:
    """Make ``purchases`` from queries that each give order lines.

    Parameters
    ----------
    store
        Where the lines are, and the purchases are made.
    selects
        Queries with the columns `LINES`, and `UNIT` if there are units; an order's lines may lie in several of them.
    summed
        Whether the one query gives whole purchases already.
    units
        Whether the lines name units.
    """
    if summed:
        (select,) = selects
        store.run(f"CREATE VIEW purchases AS {select}")
        return
    columns = ", ".join((*LINES, UNIT) if units else LINES)
    union = " UNION ALL ".join(f"(SELECT {columns} FROM ({select}))" for select in selects)
    purchases(store, "purchases", union, units=units)


def purchases(store: Store, table: str, lines: str, *, units: bool = False) -> None:
    """Make purchases of order lines.

    Parameters
    ----------
    store
        Where the lines are.
    table
        What the table of purchases is called.
    lines
        Query with the columns `LINES`, and `UNIT` if there are units.
    units
        Whether the lines name units.

    Raises
    ------
    SumError
        An order's lines sum up to more than `MONEY` holds.
    """
    try:
        store.run(f"CREATE TABLE {table} AS {_sums(lines, units=units)}")
    except RoomError:
        raise
    except StoreError:
        _check_sums(store, lines)
        raise


def _sum(name: str) -> str:
    return f"sum(CASE WHEN isfinite({name}) THEN {name}::DOUBLE END)"


def _check_sums(store: Store, lines: str) -> None:
    """Raise the error that tells of an order whose sum is too large, if there is one."""
    beyond = " OR ".join(
        f"({_sum(name)} IS NOT NULL AND TRY_CAST({_sum(name)} AS {MONEY}) IS NULL)" for name in ("amount", "margin")
    )
    found = store.rows(
        f"SELECT min(ordered_on)::DATE AS day FROM ({lines}) GROUP BY customer, order_id HAVING {beyond} ORDER BY ALL LIMIT 1"
    )
    for (day,) in found:
        raise SumError(say("The lines of an order of {day} sum up to more money than is counted.", day=str(day)))


def _sums(lines: str, *, units: bool) -> str:
    """Return the query that makes purchases of order lines."""
    unit = f", {one_of(UNIT)} AS {UNIT}" if units else ""
    amount, margin = _sum("amount"), _sum("margin")
    return f"""
        SELECT customer, order_id, min(ordered_on)::DATE AS ordered_on, {amount}::{MONEY} AS amount,
               {margin}::{MONEY} AS margin{unit}
        FROM ({lines}) GROUP BY customer, order_id"""
