"""Bigger baskets: what customers buy at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from pydantic import Field, model_validator

from kohtaamo_utils.errors import say
from kohtaamo_utils.roi.blocks import DriverBlock
from kohtaamo_utils.roi.drivers.driver import Driver, DriverBaseline
from kohtaamo_utils.roi.steps import Input, Step, symbol
from kohtaamo_utils.roi.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kohtaamo_utils.measures.transactions import BasketFigures
    from kohtaamo_utils.roi.drivers.driver import Situation

FURTHEST = 1e6
"""Largest effect in which a break-even is looked for; the benefit is linear, so a far bound costs nothing."""


class BasketDriver(DriverBlock):
    """What a customer buys at a time."""

    margin_rate: float = Field(gt=0, le=1)

    @model_validator(mode="after")
    def _relative(self) -> Self:
        if self.effect.unit != "relative":
            raise ValueError(say("Basket takes a relative effect (the basket is multiplied by 1 + effect)."))
        return self


@dataclass(frozen=True)
class BasketBaseline(DriverBaseline):
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


def measure(block: BasketDriver, situation: Situation) -> BasketBaseline:
    """Measure baskets from the transactions.

    Parameters
    ----------
    block
        The ``roi.basket`` block.
    situation
        The engagement's tables.

    Raises
    ------
    MissingDataError
        There are no transactions.
    """
    from kohtaamo_utils.measures import transactions

    sales = situation.sales("roi.basket")
    return BasketBaseline(transactions.last_year_revenue(sales), block.margin_rate, transactions.basket(sales))


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
        Step("basket_gain", "money", gain, driver="basket", label=N_("Margin gained")),
        *(Step(f"gross_basket_{year}", "money", symbol("basket_gain"), year, "basket") for year in years),
    )


def _bracket(_: Mapping[str, float]) -> tuple[float, float]:
    return -1.0, FURTHEST


DRIVER = Driver(
    name="basket",
    order=30,
    label=N_("Basket: what is bought at a time"),
    formula=N_("Basket: revenue of the last twelve months × effect × margin, each year."),
    base="margin on the revenue of the last twelve months",
    block=BasketDriver,
    effect_unit="relative",
    inputs=(
        Input("revenue", "money", N_("Revenue of the last twelve months"), "basket"),
        Input("margin_rate", "share", N_("Margin of revenue"), "basket"),
    ),
    steps=steps,
    measure=measure,
    bracket=_bracket,
    multiplies=("retention",),
)
"""The basket driver: a customer's larger purchases, valued on the revenue as it was; who stays does not move it."""
