"""Customers who stay: what the kept ones bring, as a closed cohort."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sympy

from kohtaamo_utils.errors import MissingDataError, SettingsError, say
from kohtaamo_utils.measures import durations, transactions, turnover
from kohtaamo_utils.roi.drivers.driver import PERIOD, Driver, has_values, needed_table
from kohtaamo_utils.roi.steps import Input, Step, symbol

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from kohtaamo_utils.engagement.roi_settings import Effect, RetentionDriver, RoiSettings
    from kohtaamo_utils.engagement.settings import Period
    from kohtaamo_utils.measures.estimate import Estimate

KEY = "roi.retention"


@dataclass(frozen=True)
class RetentionBaseline:
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
    """

    annual_rate: float
    customers: float
    margin_per_customer: float
    rate: Estimate | None = None

    def inputs(self) -> dict[str, float]:
        """Return the model's inputs by name."""
        return {
            "retention_rate": self.annual_rate,
            "customers": self.customers,
            "margin_per_customer": self.margin_per_customer,
        }


def measure(driver: RetentionDriver, tables: Mapping[str, pd.DataFrame], period: Period | None) -> RetentionBaseline:
    """Measure retention from the transactions or from the contract customers.

    Parameters
    ----------
    driver
        The ``roi.retention`` block.
    tables
        Canonical tables that the engagement has.
    period
        The engagement's period; contract customers with dates need it.

    Raises
    ------
    MissingDataError
        The table, the baseline's customers or the margin is missing.
    SettingsError
        Contract customers have dates and there is no period.
    """
    frame = needed_table(tables, driver.source, KEY)
    if driver.source == "customers":
        return _from_customers(driver, frame, period)
    return _from_transactions(driver, frame)


def _from_transactions(driver: RetentionDriver, frame: pd.DataFrame) -> RetentionBaseline:
    if driver.baseline is None or driver.follow_up is None:
        raise SettingsError(
            say(
                "`{key}` from transactions needs `baseline` and `follow_up`. Give both, each with start and end.",
                key=KEY,
            )
        )
    before, after = (driver.baseline.start, driver.baseline.end), (driver.follow_up.start, driver.follow_up.end)
    rate = transactions.retention(frame, before, after)
    annual = durations.annual_rate(_known(rate), durations.months_between(before[0], after[0]))
    margin = driver.margin_per_customer
    if margin is None:
        margin = transactions.margin_per_customer(frame, after)
    return RetentionBaseline(annual, transactions.customers_in(frame, after), _given(margin), rate)


def _from_customers(driver: RetentionDriver, frame: pd.DataFrame, period: Period | None) -> RetentionBaseline:
    margin = _given(driver.margin_per_customer)
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
    before, after = symbol("retention_rate"), symbol("retention_after")
    improved = sympy.Max(0, sympy.Min(1, before + symbol("effect_retention")))
    years = range(1, horizon + 1)
    extra = [
        Step(f"extra_customers_{t}", "count", symbol("customers") * (after**t - before**t), t, "retention")
        for t in years
    ]
    margin = symbol("margin_per_customer")
    benefits = [
        Step(f"benefit_retention_{t}", "money", symbol(f"extra_customers_{t}") * margin, t, "retention") for t in years
    ]
    return (Step("retention_after", "share", improved, driver="retention"), *extra, *benefits)


def _effect(settings: RoiSettings) -> Effect | None:
    return settings.retention.effect if settings.retention else None


def _bracket(inputs: Mapping[str, float]) -> tuple[float, float]:
    return -inputs["retention_rate"], 1 - inputs["retention_rate"]


DRIVER = Driver(
    name="retention",
    inputs=(Input("retention_rate", "share"), Input("customers", "count"), Input("margin_per_customer", "money")),
    steps=steps,
    effect=_effect,
    bracket=_bracket,
)
"""The retention driver."""
