"""Sales of any size as one table of purchases, kept and counted by DuckDB; only figures leave it."""

from kohtaamo_utils.ledger.ledger import (
    LINES,
    MONEY,
    Ledger,
    Money,
    Retained,
    Totals,
    Window,
    gather,
    ledger_of,
    plain_lines,
    sums,
)
from kohtaamo_utils.ledger.store import LIMIT, Store, StoreError

__all__ = [
    "LIMIT",
    "LINES",
    "MONEY",
    "Ledger",
    "Money",
    "Retained",
    "Store",
    "StoreError",
    "Totals",
    "Window",
    "gather",
    "ledger_of",
    "plain_lines",
    "sums",
]
