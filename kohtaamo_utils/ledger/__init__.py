"""Sales of any size as one table of purchases, kept and counted by DuckDB; only figures leave it."""

from kohtaamo_utils.ledger.codes import code, codes_of, one_of, order_code, order_number, renamed
from kohtaamo_utils.ledger.ledger import (
    Cohort,
    Ledger,
    Money,
    Month,
    Retained,
    Totals,
    Window,
    ledger_of,
)
from kohtaamo_utils.ledger.lines import (
    LARGEST,
    LINES,
    MONEY,
    UNIT,
    gather,
    held,
    names_in,
    plain_lines,
    purchases,
    without_unit,
)
from kohtaamo_utils.ledger.store import Store, StoreError, SumError
from kohtaamo_utils.ledger.units import ByUnit, UnitSales

__all__ = [
    "LARGEST",
    "LINES",
    "MONEY",
    "UNIT",
    "ByUnit",
    "Cohort",
    "Ledger",
    "Money",
    "Month",
    "Retained",
    "Store",
    "StoreError",
    "SumError",
    "Totals",
    "UnitSales",
    "Window",
    "code",
    "codes_of",
    "gather",
    "held",
    "ledger_of",
    "names_in",
    "one_of",
    "order_code",
    "order_number",
    "plain_lines",
    "purchases",
    "renamed",
    "without_unit",
]
