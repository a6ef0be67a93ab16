"""Customers who stay: what the kept ones bring, as a closed cohort."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Self

from pydantic import Field, model_validator

from kohtaamo_utils.errors import MissingDataError, SettingsError, say
from kohtaamo_utils.roi.blocks import DriverBlock, Window
from kohtaamo_utils.roi.drivers.driver import PERIOD, Driver, DriverBaseline, has_values, needed_table
from kohtaamo_utils.roi.steps import Input, Step, symbol
from kohtaamo_utils.roi.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from kohtaamo_utils.ledger import Ledger
    from kohtaamo_utils.measures.estimate import Estimate
    from kohtaamo_utils.measures.shifted_beta_geometric import ShiftedBetaGeometric
    from kohtaamo_utils.roi.drivers.driver import Days, Situation

KEY = "roi.retention"


class RetentionDriver(DriverBlock):
    """Customers who stay.

    ``model`` is how contract customers' retention is found: as observed over the period, or by the shifted beta-geometric
    model, which knows that those who have stayed long stay more surely.
    """

    source: Literal["transactions", "customers"] = "transactions"
    model: Literal["observed", "shifted_beta_geometric"] = "observed"
    baseline: Window | None = None
    follow_up: Window | None = None
    margin_per_customer: float | None = Field(default=None, gt=0)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.effect.unit != "points":
            raise ValueError(say("Retention takes an effect in points (added to the retention rate)."))
        if self.source == "transactions" and (self.baseline is None or self.follow_up is None):
            raise ValueError(
                say("Retention from transactions needs `baseline` and `follow_up`, each with `start` and `end`.")
            )
        if self.source == "transactions" and self.model != "observed":
            raise ValueError(
                say("`model: shifted_beta_geometric` is for `source: customers`, whose contracts end on a known day.")
            )
        if self.baseline and self.follow_up and self.follow_up.start <= self.baseline.start:
            raise ValueError(say("`follow_up` must start after `baseline` starts."))
        return self


@dataclass(frozen=True)
class RetentionBaseline(DriverBaseline):
    """Where retention stands.

    Parameters
    ----------
    annual_rate
        Share of customers who stay for a year, 0-1.
    customers
        Customers in the cohort that the benefit is counted on.
    margin_per_customer
        Yearly margin of one customer; money.
    rate
        Retention as measured, over the windows as they are; None where only the model is wanted.
    fitted
        The shifted beta-geometric model, where the settings ask for it.
    """

    annual_rate: float
    customers: float
    margin_per_customer: float
    rate: Estimate | None = None
    fitted: ShiftedBetaGeometric | None = None

    def inputs(self) -> dict[str, float]:
        """Return the model's inputs by name."""
        return {
            "retention_rate": self.annual_rate,
            "customers": self.customers,
            "margin_per_customer": self.margin_per_customer,
        }


def measure(block: RetentionDriver, situation: Situation) -> RetentionBaseline:
    """Measure retention from the transactions or from the contract customers.

    Parameters
    ----------
    block
        The ``roi.retention`` block.
    situation
        The engagement's tables, and its period, which contract customers with dates need.

    Raises
    ------
    MissingDataError
        The table, the baseline's customers or the margin is missing.
    SettingsError
        Contract customers have dates and there is no period.
    """
    if block.source == "customers":
        return _from_customers(block, needed_table(situation.tables, block.source, KEY), situation.period)
    return _from_transactions(block, situation.sales(KEY))


def _from_transactions(block: RetentionDriver, sales: Ledger) -> RetentionBaseline:
    from kohtaamo_utils.measures import durations, transactions

    if block.baseline is None or block.follow_up is None:
        raise SettingsError(
            say(
                "`{key}` from transactions needs `baseline` and `follow_up`. Give both, each with start and end.",
                key=KEY,
            )
        )
    before, after = (block.baseline.start, block.baseline.end), (block.follow_up.start, block.follow_up.end)
    rate = transactions.retention(sales, before, after)
    annual = durations.annual_rate(_known(rate), durations.months_between(before[0], after[0]))
    margin = block.margin_per_customer
    if margin is None:
        margin = transactions.margin_per_customer(sales, after)
    return RetentionBaseline(annual, transactions.customers_in(sales, after), _given(margin), rate)


def _from_customers(block: RetentionDriver, frame: pd.DataFrame, period: Days | None) -> RetentionBaseline:
    from kohtaamo_utils.measures import durations, turnover

    margin = _given(block.margin_per_customer)
    if block.model == "shifted_beta_geometric":
        return _fitted(frame, period, margin)
    if not has_values(frame, "started_on"):
        rate = turnover.contract_retention(frame)
        return RetentionBaseline(_known(rate), int((~frame["ended"].astype("boolean")).sum()), margin, rate)
    if period is None:
        raise SettingsError(
            say(
                "`{key}` from `customers` counts who was there at the start and at the end of `period`, which is missing. Add `{example}`.",
                key=KEY,
                example=PERIOD,
            )
        )
    rate = turnover.contract_retention(frame, period.start, period.end)
    months = durations.months_between(period.start, period.end + dt.timedelta(days=1))
    return RetentionBaseline(
        durations.annual_rate(_known(rate), months), int(turnover.active_on(frame, period.end).sum()), margin, rate
    )


def _fitted(frame: pd.DataFrame, period: Days | None, margin: float) -> RetentionBaseline:
    """Return next year's retention of those who are customers now, by the model of all contracts so far."""
    from kohtaamo_utils.measures.shifted_beta_geometric import Renewals, fit
    from kohtaamo_utils.measures.tenure import tenures

    if has_values(frame, "started_on") and period is None:
        raise SettingsError(
            say("`{key}` needs the last day that contracts were seen. Add `{example}`.", key=KEY, example=PERIOD)
        )
    months, ended = tenures(frame, None if period is None else period.end)
    found = fit(Renewals.of_tenures(months, ended))
    rate = found.coming_retention()
    return RetentionBaseline(_known(rate), sum(found.renewals.there), margin, rate, found)


def _known(rate: Estimate) -> float:
    if rate.value is None:
        raise MissingDataError(
            say(
                "`{key}` found no customers who could be followed for the whole time, so there is no retention rate. Expected: customers at the start, and data to the end. Check the dates in the settings against the data.",
                key=KEY,
            )
        )
    return rate.value


def _given(margin: float | None) -> float:
    if margin is None:
        raise MissingDataError(
            say(
                "`{key}` needs the yearly margin of a customer, and there is no `margin` to measure it from. Map `margin` in `transactions`, or write `{key}.margin_per_customer`.",
                key=KEY,
            )
        )
    return margin


def steps(horizon: int) -> tuple[Step, ...]:
    """Return the driver's steps: customers x (new rate^t - old rate^t) x margin in year t.

    The new rate stays within 0-100 %. New customers are nobody's merit here: the cohort is closed.

    Parameters
    ----------
    horizon
        Number of years.

    Examples
    --------
    >>> steps(1)[1].expression
    customers*(retention_after - retention_rate)
    """
    import sympy

    before, after = symbol("retention_rate"), symbol("retention_after")
    improved = sympy.Max(0, sympy.Min(1, before + symbol("effect_retention")))
    margin, label = symbol("margin_per_customer"), N_("Customers kept")
    years = range(1, horizon + 1)
    extra = {t: symbol("customers") * (after**t - before**t) for t in years}
    return (
        Step("retention_after", "share", improved, driver="retention", label=N_("Retention with the programme")),
        *(Step(f"extra_customers_{t}", "count", extra[t], t, "retention", label) for t in years),
        *(
            Step(f"gross_retention_{t}", "money", symbol(f"extra_customers_{t}") * margin, t, "retention")
            for t in years
        ),
    )


def _bracket(inputs: Mapping[str, float]) -> tuple[float, float]:
    return -inputs["retention_rate"], 1 - inputs["retention_rate"]


DRIVER = Driver(
    name="retention",
    order=10,
    label=N_("Retention: customers who stay"),
    formula=N_(
        "Retention: customers × (new retention to the power of t − old retention to the power of t) × yearly margin of a customer, in year t. The customers are a closed group: new ones are not counted as a benefit."
    ),
    base="margin of the customers who would have left",
    block=RetentionDriver,
    effect_unit="points",
    inputs=(
        Input("retention_rate", "share", N_("Retention brought to a year"), "retention"),
        Input("customers", "count", N_("Customers in the calculation"), "retention"),
        Input("margin_per_customer", "money", N_("Yearly margin of a customer"), "retention"),
    ),
    steps=steps,
    measure=measure,
    bracket=_bracket,
)
"""The retention driver: customers who would have left, valued at the margin that they brought before."""
