"""What a reader calls the model's inputs and steps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.roi.drivers import DRIVERS

if TYPE_CHECKING:
    from kohtaamo_utils.presentation.wording import Wording
    from kohtaamo_utils.roi.steps import Input, Step

SHORT = {
    "customers": N_("Customers"),
    "retention_rate": N_("Retention"),
    "retention_after": N_("New retention"),
    "margin_per_customer": N_("Margin of a customer"),
    "headcount": N_("Headcount"),
    "turnover_rate": N_("Outgoing turnover"),
    "revenue": N_("Revenue of twelve months"),
    "vacancy_months": N_("Months empty"),
    "vacancy_share": N_("Share lost"),
    "ramp_up_share": N_("Share not yet earned"),
}
"""Shorter names, for a formula that has to fit on a line."""


@dataclass(frozen=True)
class Names:
    """Names in a reader's language.

    Parameters
    ----------
    t
        The reader's wording.

    Examples
    --------
    >>> from kohtaamo_utils.presentation.wording import Wording
    >>> from kohtaamo_utils.roi.steps import Input, Step, symbol
    >>> names = Names(Wording("en"))
    >>> names.of(Step("net_2", "money", symbol("a"), 2)), names.of(Input("parking_fees", "money"))
    ('Net', 'Parking fees')
    """

    t: Wording

    def driver(self, driver: str) -> str:
        """Return a driver's whole name."""
        return self.t(DRIVERS[driver].label) if driver in DRIVERS else _plain(driver)

    def driver_short(self, driver: str) -> str:
        """Return a driver's name without what stands behind a colon or in brackets."""
        return re.split(r":| \(", self.driver(driver))[0]

    def short(self, part: Input | Step, within: str | None = None) -> str:
        """Return the name of an input or a step as a formula shows it; within its driver's steps an effect is just that."""
        base = _base(part)
        if within is not None and base == f"effect_{within}":
            return self.t("Effect")
        return self.t(SHORT[base]) if base in SHORT else self.of(part)

    def of(self, part: Input | Step) -> str:
        """Return the name of an input or a step, a yearly one's without the year."""
        base = _base(part)
        if base.startswith("effect_"):
            return self.t("Effect on: {driver}", driver=self.driver_short(base.removeprefix("effect_")))
        if part.driver and base == f"gross_{part.driver}":
            return self.t("Benefit of the full effect. {driver}", driver=self.driver_short(part.driver))
        if part.driver and base == f"benefit_{part.driver}":
            return self.t("Benefit: {driver}", driver=self.driver_short(part.driver))
        return self.t(part.label) if part.label else _plain(base)

    def control(self, part: Input) -> str:
        """Return the name of an input, a yearly one's with the year."""
        name = self.of(part)
        return name if part.year is None else self.t("{name}, year {year}", name=name, year=str(part.year))


def _base(part: Input | Step) -> str:
    return part.name if part.year is None else part.name.removesuffix(f"_{part.year}")


def _plain(name: str) -> str:
    return name.replace("_", " ").capitalize()
