"""What customers buy at a time, unit by unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.ledger import Ledger, Window, ledger_of
from kohtaamo_utils.measures.estimate import LEVEL, Estimate
from kohtaamo_utils.measures.means import mean_of_sums

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd


@dataclass(frozen=True, kw_only=True)
class UnitBaskets:
    """Mean baskets of a window by unit.

    Parameters
    ----------
    baskets
        Mean amount of an order, in money, by unit; n is the unit's orders. Returns are no orders.
    customers
        Customers with an order in the unit; one may be in several units.
    several
        Orders whose lines name more than one unit: they count in none.
    nowhere
        Orders of which no line names a unit.
    """

    baskets: Mapping[str, Estimate]
    customers: Mapping[str, int]
    several: int
    nowhere: int


def unit_baskets(sales: Ledger | pd.DataFrame, window: Window, level: float = LEVEL) -> UnitBaskets | None:
    """Measure the mean basket of each unit.

    Parameters
    ----------
    sales
        A ledger, or canonical ``transactions``.
    window
        First and last day, both inside.
    level
        Confidence level of Student's t interval.

    Returns
    -------
    UnitBaskets or None
        None where the sales say no units.

    Examples
    --------
    >>> import pandas as pd
    >>> from datetime import date
    >>> lines = pd.DataFrame({"customer_id": ["a", "a", "b"], "amount": [10.0, 20.0, 30.0], "unit": ["Turku", "Turku", "Espoo"],
    ...                       "ordered_on": pd.to_datetime(["2025-01-01", "2025-02-01", "2025-01-03"])})
    >>> found = unit_baskets(lines, (date(2025, 1, 1), date(2025, 12, 31)))
    >>> {unit: basket.value for unit, basket in found.baskets.items()}
    {'Espoo': 30.0, 'Turku': 15.0}
    """
    found = ledger_of(sales).by_unit(window)
    if found is None:
        return None
    return UnitBaskets(
        baskets={
            each.unit: mean_of_sums(each.orders, each.bought, each.squares, level=level, unit="money")
            for each in found.units
        },
        customers={each.unit: each.customers for each in found.units},
        several=found.several,
        nowhere=found.nowhere,
    )
