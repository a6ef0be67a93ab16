"""Sales of any size as one table of purchases, kept and counted by DuckDB; only figures leave it."""

from kohtaamo_utils.ledger.ledger import (
    LINES,
    MONEY,
    Cohort,
    Ledger,
    Money,
    Month,
    Retained,
    Totals,
    Window,
    gather,
    ledger_of,
    plain_lines,
    sums,
)
from kohtaamo_utils.ledger.store import Store, StoreError

__all__ = [
    "LINES",
    "MONEY",
    "Cohort",
    "Ledger",
    "Money",
    "Month",
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
