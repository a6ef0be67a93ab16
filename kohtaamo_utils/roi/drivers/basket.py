"""Bigger baskets: what customers buy at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.measures import transactions
from kohtaamo_utils.roi.drivers.driver import Driver, needed_table
from kohtaamo_utils.roi.steps import Input, Step, symbol

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from kohtaamo_utils.engagement.roi_settings import BasketDriver, Effect, RoiSettings
    from kohtaamo_utils.measures.transactions import BasketFigures

FURTHEST = 1e6
"""Largest effect in which a break-even is looked for; the benefit is linear, so a far bound costs nothing."""


@dataclass(frozen=True)
class BasketBaseline:
    """Where baskets stand.

    Parameters
    ----------
    revenue
        Revenue of the data's last twelve months; money without VAT.
    margin_rate
        Margin as a share of revenue.
    figures
        Customers, orders and baskets over all data; None where only the model is wanted.
    """

    revenue: float
    margin_rate: float
    figures: BasketFigures | None = None

    def inputs(self) -> dict[str, float]:
        """Return the model's inputs by name."""
        return {"revenue": self.revenue, "margin_rate": self.margin_rate}


def measure(driver: BasketDriver, tables: Mapping[str, pd.DataFrame]) -> BasketBaseline:
    """Measure baskets from the transactions.

    Parameters
    ----------
    driver
        The ``roi.basket`` block.
    tables
        Canonical tables that the engagement has.

    Raises
    ------
    MissingDataError
        There are no transactions.
    """
    frame = needed_table(tables, "transactions", "roi.basket")
    return BasketBaseline(transactions.last_year_revenue(frame), driver.margin_rate, transactions.basket(frame))


def steps(horizon: int) -> tuple[Step, ...]:
    """Return the driver's steps: the same gain each year, on the base revenue.

    Examples
    --------
    >>> steps(1)[0].expression
    effect_basket*margin_rate*revenue
    """
    gain = symbol("revenue") * symbol("effect_basket") * symbol("margin_rate")
    years = range(1, horizon + 1)
    return (
        Step("basket_gain", "money", gain, driver="basket"),
        *(Step(f"benefit_basket_{year}", "money", symbol("basket_gain"), year, "basket") for year in years),
    )


def _effect(settings: RoiSettings) -> Effect | None:
    return settings.basket.effect if settings.basket else None


def _bracket(_: Mapping[str, float]) -> tuple[float, float]:
    return -1.0, FURTHEST


DRIVER = Driver(
    name="basket",
    inputs=(Input("revenue", "money"), Input("margin_rate", "share")),
    steps=steps,
    effect=_effect,
    bracket=_bracket,
)
"""The basket driver."""
