"""The whole model of a business case: the drivers' steps, the programme's costs and the valuation."""

from __future__ import annotations

from functools import cache

from kohtaamo_utils.errors import SettingsError, say
from kohtaamo_utils.roi.cashflow import DISCOUNT_RATE, valuation_steps
from kohtaamo_utils.roi.costs import COST_INPUTS, cost_steps
from kohtaamo_utils.roi.credit import credit_inputs, credit_steps, interaction_steps
from kohtaamo_utils.roi.drivers import DRIVERS, Driver
from kohtaamo_utils.roi.steps import Input, Model


def model(drivers: tuple[str, ...], horizon: int) -> Model:
    """Return the model of a business case.

    **One euro is counted once.** Each driver names the money that its benefit is counted on, and two of the same money
    are refused. Retention is valued at the margin of the customers who would have left, the basket on the revenue of the
    last twelve months as it was. What the kept customers buy in bigger baskets (the product of both effects) stands in
    ``interaction_<year>`` and in no sum, so the case is a little smaller than the truth, never larger.

    Parameters
    ----------
    drivers
        Names of the drivers that are used, of `DRIVERS`.
    horizon
        Number of years after year 0.

    Raises
    ------
    SettingsError
        Two drivers count their benefit on the same money.

    Examples
    --------
    >>> model(("basket",), 1).steps[-1].name
    'payback_years'
    """
    return _model(tuple(DRIVERS[name] for name in drivers), horizon)


def model_inputs(drivers: tuple[str, ...], horizon: int) -> tuple[Input, ...]:
    """Return the model's inputs without making its steps, which takes longer.

    Examples
    --------
    >>> [part.name for part in model_inputs(("basket",), 1)][-3:]
    ['confidence_basket', 'ramp_basket_1', 'effect_basket']
    """
    used = [DRIVERS[name] for name in drivers]
    return (
        DISCOUNT_RATE,
        *COST_INPUTS,
        *(part for driver in used for part in (*driver.inputs, *credit_inputs(driver.name, horizon))),
        *(driver.effect_input for driver in used),
    )


@cache
def _model(used: tuple[Driver, ...], horizon: int) -> Model:
    _check_bases(used)
    names = tuple(driver.name for driver in used)
    return Model(
        inputs=model_inputs(names, horizon),
        steps=(
            *(step for driver in used for step in (*driver.steps(horizon), *credit_steps(driver, horizon))),
            *interaction_steps(used, horizon),
            *cost_steps(horizon),
            *valuation_steps(horizon, names),
        ),
    )


def _check_bases(used: tuple[Driver, ...]) -> None:
    bases: dict[str, str] = {}
    for driver in used:
        if driver.base in bases:
            raise SettingsError(
                say(
                    "The drivers {one} and {other} both count their benefit on the same money ({base}), so it would be counted twice. Use one of them.",
                    one=bases[driver.base],
                    other=driver.name,
                    base=driver.base,
                )
            )
        bases[driver.base] = driver.name
