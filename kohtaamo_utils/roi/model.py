"""The whole model of a business case: the drivers' steps, the programme's costs and the valuation."""

from __future__ import annotations

from functools import cache

from kohtaamo_utils.roi.cashflow import COST_INPUTS, DISCOUNT_RATE, cost_steps, valuation_steps
from kohtaamo_utils.roi.drivers import DRIVERS
from kohtaamo_utils.roi.steps import Input, Model


@cache
def model(drivers: tuple[str, ...], horizon: int) -> Model:
    """Return the model of a business case.

    **One euro is counted once.** Retention is valued at the margin of the customers who would have left, the basket on
    the revenue of the last twelve months as it was. What the kept customers buy in bigger baskets (the product of both
    effects) is left out, so the case is a little smaller than the truth, never larger.

    Parameters
    ----------
    drivers
        Names of the drivers that are used, of `DRIVERS`.
    horizon
        Number of years after year 0.

    Examples
    --------
    >>> model(("basket",), 1).steps[-1].name
    'payback_years'
    """
    used = [DRIVERS[name] for name in drivers]
    effects = [Input(driver.effect_name, "share") for driver in used]
    return Model(
        inputs=(DISCOUNT_RATE, *COST_INPUTS, *(part for driver in used for part in driver.inputs), *effects),
        steps=(
            *(step for driver in used for step in driver.steps(horizon)),
            *cost_steps(horizon),
            *valuation_steps(horizon, drivers),
        ),
    )
