"""Customers of orders of a file that is read in pieces: an order may lie in several of them, so they are put aside first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pandas as pd

from kohtaamo_utils.intake.rows.order_customers import (
    CUSTOMER,
    KEYS,
    NONE_SHARED,
    ORDER,
    Shared,
    filled,
    order_keys,
    refuse_shared_numbers,
)
from kohtaamo_utils.intake.values.cells import as_text, is_blank

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.sheets.bound import Bound
    from kohtaamo_utils.ledger import Store


class OrdersInPieces:
    """Looks whether a line names an order and no customer; puts aside what orders name, and fills in: each in a pass of its own.

    Parameters
    ----------
    store, table
        Where rows are put aside, and what their tables' names begin with.
    """

    def __init__(self, store: Store, table: str) -> None:
        self._store, self._lines, self._orders = store, f"{table}_named", f"{table}_orders"
        self._doing: Literal["look", "gather", "fill"] = "look"
        self._shared, self._label = NONE_SHARED, ""
        self.needed = False
        self.filled = 0

    def begin(self) -> None:
        """Put aside, from now on, what each line names."""
        self._doing = "gather"
        columns = ", ".join(f"{name} VARCHAR" for name in (*KEYS, CUSTOMER))
        self._store.run(f"CREATE TABLE {self._lines} ({columns})")

    def settle(self) -> None:
        """Keep the orders of exactly one customer that have lines without one; from now on those are filled in."""
        self._doing = "fill"
        keys = ", ".join(KEYS)
        self._store.run(
            f"""CREATE TABLE {self._orders} AS SELECT {keys}, min({CUSTOMER}) AS meant, min({CUSTOMER}) < max({CUSTOMER}) AS several
            FROM {self._lines} GROUP BY {keys} HAVING several OR (count(*) > count({CUSTOMER}) AND NOT several)"""
        )
        counts = self._store.row(f"SELECT count(*) FILTER (several), count(*) FILTER (NOT several) FROM {self._orders}")
        self._shared = Shared(*map(int, counts))
        self._store.run(
            f"DELETE FROM {self._orders} WHERE {'true' if self._shared.often else 'several'}"
        )  # shared numbers fill in nothing
        self._store.run(f"DROP TABLE {self._lines}")

    def check(self, findings: Findings) -> None:
        """Refuse numbers that tills seem to share, where lines would be given a customer by them."""
        if self._shared.partly:
            refuse_shared_numbers(self._shared, self._label, findings)

    def close(self) -> None:
        """Let go of what was put aside."""
        for table in (self._lines, self._orders):
            self._store.run(f"DROP TABLE IF EXISTS {table}")

    def seen(self, bound: Mapping[str, Bound]) -> Mapping[str, Bound]:
        """Return a piece's cells, filled in where that is what is being done."""
        self._label = bound[ORDER].label
        nobody = bound[CUSTOMER].cells.map(is_blank).to_numpy(dtype=bool)
        if self._doing == "look":
            self.needed = self.needed or not bound[ORDER].cells[nobody].map(is_blank).all()
            return bound
        if self._doing == "fill" and not nobody.any():
            return bound
        keys = order_keys(bound)
        if self._doing == "fill":
            found = self._asked(keys[nobody])
            self.filled += len(found)
            return filled(bound, found.reindex(keys.index))
        named = bound[CUSTOMER].cells.where(~nobody).map(as_text, na_action="ignore")
        self._store.register("named", keys.assign(**{CUSTOMER: named.astype("str")})[keys[ORDER] != ""])
        self._store.run(f"INSERT INTO {self._lines} SELECT * FROM named")
        self._store.unregister("named")
        return bound

    def _asked(self, keys: pd.DataFrame) -> pd.Series:
        """Return the customers of lines by their rows; those without one are not there."""
        self._store.register("asked", keys.assign(row=keys.index))
        same = " AND ".join(f"a.{name} = o.{name}" for name in KEYS)
        found = self._store.rows(f"SELECT a.row, o.meant FROM asked a JOIN {self._orders} o ON {same}")
        self._store.unregister("asked")
        return pd.Series(dict(found), dtype=object)
