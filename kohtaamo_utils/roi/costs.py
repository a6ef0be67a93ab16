"""The programme's full costs: what the settings say of them, and the steps that add them up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from kohtaamo_utils.roi.blocks import Amount, Block
from kohtaamo_utils.roi.steps import Input, Step, symbol, total
from kohtaamo_utils.roi.words import N_

if TYPE_CHECKING:
    import sympy


class Yearly(Block):
    """An amount or a number of hours at the start, and in each year after it."""

    initial: Amount = 0
    per_year: Amount = 0


class Costs(Block):
    """Full costs of the programme, in the engagement's currency.

    ``initial`` and ``per_year`` are fees and whatever has no line of its own. ``internal_hours`` are those who plan, lead and
    follow the programme up, ``participants_hours`` those who take part in it.
    """

    initial: Amount = 0
    per_year: Amount = 0
    internal_hours: Yearly = Yearly()
    hourly_cost: Amount = 0
    participants_hours: Yearly = Yearly()
    participants_hourly_cost: float | None = Field(default=None, ge=0, description="hourly_cost where not given")
    travel: Yearly = Yearly()
    tools: Yearly = Yearly()
    measurement: Yearly = Yearly()

    def inputs(self) -> dict[str, float]:
        """Return the model's inputs by name, in the order of `COST_INPUTS`."""
        participants = self.participants_hourly_cost
        return {
            "cost_initial": self.initial,
            "cost_per_year": self.per_year,
            "hours_initial": self.internal_hours.initial,
            "hours_per_year": self.internal_hours.per_year,
            "hourly_cost": self.hourly_cost,
            "participants_hours_initial": self.participants_hours.initial,
            "participants_hours_per_year": self.participants_hours.per_year,
            "participants_hourly_cost": self.hourly_cost if participants is None else participants,
            "travel_initial": self.travel.initial,
            "travel_per_year": self.travel.per_year,
            "tools_initial": self.tools.initial,
            "tools_per_year": self.tools.per_year,
            "measurement_initial": self.measurement.initial,
            "measurement_per_year": self.measurement.per_year,
        }


COST_INPUTS = (
    Input("cost_initial", "money", N_("Fees and other costs at the start")),
    Input("cost_per_year", "money", N_("Fees and other costs a year")),
    Input("hours_initial", "hours", N_("Own hours at the start")),
    Input("hours_per_year", "hours", N_("Own hours a year")),
    Input("hourly_cost", "money_per_hour", N_("Cost of an own hour")),
    Input("participants_hours_initial", "hours", N_("Participants' hours at the start")),
    Input("participants_hours_per_year", "hours", N_("Participants' hours a year")),
    Input("participants_hourly_cost", "money_per_hour", N_("Cost of a participant's hour")),
    Input("travel_initial", "money", N_("Travel at the start")),
    Input("travel_per_year", "money", N_("Travel a year")),
    Input("tools_initial", "money", N_("Tools and materials at the start")),
    Input("tools_per_year", "money", N_("Tools and materials a year")),
    Input("measurement_initial", "money", N_("Measuring at the start")),
    Input("measurement_per_year", "money", N_("Measuring a year")),
)

COST_PARTS = {
    "fees": N_("Fees and other costs"),
    "own_time": N_("Own hours"),
    "participants": N_("Participants' time"),
    "travel": N_("Travel"),
    "tools": N_("Tools and materials"),
    "measurement": N_("Measuring"),
}
"""Parts of the programme's cost; each has the steps ``cost_<part>_initial`` and ``cost_<part>_yearly``."""


def cost_steps(horizon: int) -> tuple[Step, ...]:
    """Return the programme's cost by part, and in year 0 and each year after it.

    Parameters
    ----------
    horizon
        Number of years after year 0.

    Examples
    --------
    >>> [step.name for step in cost_steps(2)][-3:]
    ['cost_0', 'cost_1', 'cost_2']
    """
    sums = {when: total([symbol(f"cost_{part}_{when}") for part in COST_PARTS]) for when in ("initial", "yearly")}
    return (
        *(
            Step(f"cost_{part}_{when}", "money", _part(part, suffix), label=label)
            for when, suffix in (("initial", "initial"), ("yearly", "per_year"))
            for part, label in COST_PARTS.items()
        ),
        *(
            Step(f"cost_{year}", "money", sums["yearly" if year else "initial"], year, label=N_("Costs"))
            for year in range(horizon + 1)
        ),
    )


def _part(part: str, suffix: str) -> sympy.Expr:
    if part == "fees":
        return symbol(f"cost_{suffix}")
    if part == "own_time":
        return symbol(f"hours_{suffix}") * symbol("hourly_cost")
    if part == "participants":
        return symbol(f"participants_hours_{suffix}") * symbol("participants_hourly_cost")
    return symbol(f"{part}_{suffix}")
