"""How much of a driver's full effect is counted in each year: ramp, attribution, confidence; and what counts twice.

The adjustment by attribution and confidence is Phillips' for estimates without a control group: effect x share that
the programme brought x how sure the estimate is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.roi.steps import Input, Step, symbol, total
from kohtaamo_utils.roi.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import sympy

    from kohtaamo_utils.roi.blocks import DriverBlock
    from kohtaamo_utils.roi.drivers import Driver


def credit_inputs(driver: str, horizon: int) -> tuple[Input, ...]:
    """Return the inputs that say how much of the full effect is counted.

    Examples
    --------
    >>> [part.name for part in credit_inputs("basket", 2)]
    ['attribution_basket', 'confidence_basket', 'ramp_basket_1', 'ramp_basket_2']
    """
    return (
        Input(f"attribution_{driver}", "share", N_("Share of the change that the programme brings"), driver),
        Input(f"confidence_{driver}", "share", N_("Confidence in the estimate"), driver),
        *(
            Input(f"ramp_{driver}_{year}", "share", N_("Share of the effect in force"), driver, year)
            for year in range(1, horizon + 1)
        ),
    )


def credit_values(driver: str, block: DriverBlock, horizon: int) -> dict[str, float]:
    """Return the values of `credit_inputs` as a driver's block says them."""
    values = {f"attribution_{driver}": block.attribution, f"confidence_{driver}": block.confidence}
    return values | {f"ramp_{driver}_{year}": block.ramp_in(year) for year in range(1, horizon + 1)}


def credit_steps(driver: Driver, horizon: int) -> tuple[Step, ...]:
    """Return ``benefit_<driver>_<year>``: the benefit of the full effect, less what is not counted.

    Parameters
    ----------
    driver
        The driver; its own steps give ``gross_<driver>_<year>``.
    horizon
        Number of years.
    """
    name = driver.name
    return tuple(
        Step(f"benefit_{name}_{t}", "money", symbol(f"gross_{name}_{t}") * _credit(name, t), t, name, driver.label)
        for t in range(1, horizon + 1)
    )


def _credit(driver: str, year: int) -> sympy.Expr:
    return symbol(f"ramp_{driver}_{year}") * symbol(f"attribution_{driver}") * symbol(f"confidence_{driver}")


def interaction_steps(drivers: Sequence[Driver], horizon: int) -> tuple[Step, ...]:
    """Return ``interaction_<year>``: what two effects bring only together, shown beside the case and counted nowhere.

    Customers who stay (retention) would also buy the bigger baskets: their benefit times the basket's effect. It is the
    product of two assumptions, so the careful case leaves it out of benefits and NPV.

    Parameters
    ----------
    drivers
        The drivers of the case.
    horizon
        Number of years.

    Returns
    -------
    tuple of Step
        Empty when no driver of the case multiplies another one.
    """
    pairs = [(driver, other) for driver in drivers for other in driver.multiplies if other in _names(drivers)]
    if not pairs:
        return ()
    return tuple(
        Step(
            f"interaction_{t}",
            "money",
            total([symbol(f"benefit_{o}_{t}") * symbol(d.effect_name) * _credit(d.name, t) for d, o in pairs]),
            t,
            label=N_("Both effects together, not counted"),
        )
        for t in range(1, horizon + 1)
    )


def _names(drivers: Iterable[Driver]) -> set[str]:
    return {driver.name for driver in drivers}
