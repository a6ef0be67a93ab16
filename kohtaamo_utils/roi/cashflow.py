"""From yearly benefits and costs to present value, return and payback, as named steps.

Cash flows fall at the end of their year and year 0 is not discounted, as in Forrester's Total Economic Impact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.roi.steps import Input, Step, symbol, total
from kohtaamo_utils.roi.words import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    import sympy

DISCOUNT_RATE = Input("discount_rate", "share", N_("Discount rate"))


def valuation_steps(horizon: int, drivers: Sequence[str]) -> tuple[Step, ...]:
    """Return the steps from ``benefit_<driver>_<year>`` and ``cost_<year>`` to NPV, ROI and payback.

    ROI is (PV of benefits - PV of costs) / PV of costs; it does not exist without costs.

    Parameters
    ----------
    horizon
        Number of years after year 0.
    drivers
        Names of the benefit drivers; their benefits begin in year 1.

    Examples
    --------
    >>> [step.name for step in valuation_steps(1, ["basket"])]
    ... # doctest: +NORMALIZE_WHITESPACE
    ['benefit_1', 'net_0', 'net_1', 'discount_factor_1', 'pv_benefits', 'pv_costs', 'npv', 'roi',
     'cumulative_0', 'cumulative_1', 'payback_years']
    """
    years = range(1, horizon + 1)
    sums = {t: total([symbol(f"benefit_{driver}_{t}") for driver in drivers]) for t in years}
    benefits = [Step(f"benefit_{t}", "money", sums[t], t, label=N_("Benefits")) for t in years]
    nets = [Step(f"net_{t}", "money", symbol(f"benefit_{t}") - symbol(f"cost_{t}"), t, label=N_("Net")) for t in years]
    factors = [
        Step(f"discount_factor_{t}", "share", (1 + symbol("discount_rate")) ** -t, t, label=N_("Discount factor"))
        for t in years
    ]
    return (
        *benefits,
        Step("net_0", "money", -symbol("cost_0"), 0, label=N_("Net")),
        *nets,
        *factors,
        Step(
            "pv_benefits",
            "money",
            total([_discounted("benefit", t) for t in years]),
            label=N_("Present value of benefits"),
        ),
        Step(
            "pv_costs",
            "money",
            symbol("cost_0") + total([_discounted("cost", t) for t in years]),
            label=N_("Present value of costs"),
        ),
        Step("npv", "money", symbol("pv_benefits") - symbol("pv_costs"), label=N_("Net present value")),
        Step(
            "roi",
            "share",
            (symbol("pv_benefits") - symbol("pv_costs")) / symbol("pv_costs"),
            label=N_("Return on investment"),
        ),
        *_payback_steps(horizon),
    )


def _discounted(name: str, year: int) -> sympy.Expr:
    return symbol(f"{name}_{year}") * symbol(f"discount_factor_{year}")


def _payback_steps(horizon: int) -> tuple[Step, ...]:
    """Return the running sum of the undiscounted net, and the time from which it stays at zero or above.

    Linear within the year. A sum that dips below zero again has not paid back yet; NaN means beyond the horizon.
    """
    import sympy

    label = N_("Net, cumulative")
    sums = [Step("cumulative_0", "money", symbol("net_0"), 0, label=label)]
    sums += (
        Step(f"cumulative_{t}", "money", symbol(f"cumulative_{t - 1}") + symbol(f"net_{t}"), t, label=label)
        for t in range(1, horizon + 1)
    )
    below = [symbol(step.name) < 0 for step in sums]
    last_below_zero = [
        (t - symbol(f"cumulative_{t}") / symbol(f"net_{t + 1}"), below[t]) for t in reversed(range(horizon))
    ]
    never_paid = (sympy.nan, below[horizon])
    payback = sympy.Piecewise(never_paid, *last_below_zero, (0, True))
    return (*sums, Step("payback_years", "years", payback, label=N_("Payback")))
