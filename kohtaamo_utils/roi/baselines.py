"""Where the client stands before the programme: every driver's baseline, measured from the client's own data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import SettingsError, say
from kohtaamo_utils.roi.drivers import DriverBaseline, basket, retention, turnover

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from kohtaamo_utils.engagement import EngagementSettings
    from kohtaamo_utils.roi.drivers.basket import BasketBaseline
    from kohtaamo_utils.roi.drivers.retention import RetentionBaseline
    from kohtaamo_utils.roi.drivers.turnover import TurnoverBaseline


@dataclass(frozen=True, kw_only=True)
class Baselines:
    """The baseline of each driver that the settings use.

    Parameters
    ----------
    retention, turnover, basket
        None when the driver is not used.

    Examples
    --------
    >>> from kohtaamo_utils.roi.drivers.basket import BasketBaseline
    >>> Baselines(basket=BasketBaseline(revenue=1_000_000, margin_rate=0.3)).by_driver()["basket"].inputs()
    {'revenue': 1000000, 'margin_rate': 0.3}
    """

    retention: RetentionBaseline | None = None
    turnover: TurnoverBaseline | None = None
    basket: BasketBaseline | None = None

    def by_driver(self) -> dict[str, DriverBaseline]:
        """Return the baselines that are there, by driver."""
        all_three: dict[str, DriverBaseline | None] = {
            "retention": self.retention,
            "turnover": self.turnover,
            "basket": self.basket,
        }
        return {name: baseline for name, baseline in all_three.items() if baseline is not None}


def measure(settings: EngagementSettings, tables: Mapping[str, pd.DataFrame]) -> Baselines:
    """Measure the baseline of every driver that the settings use.

    Parameters
    ----------
    settings
        The engagement's settings.
    tables
        Canonical tables by name.

    Raises
    ------
    SettingsError
        There is no ``roi`` block, or a driver needs ``period``.
    MissingDataError
        A driver's table or column is missing.
    """
    roi = settings.roi
    if roi is None:
        raise SettingsError(
            say("engagement.yaml has no `roi` block. Expected: costs and at least one driver. Add `roi`.")
        )
    return Baselines(
        retention=retention.measure(roi.retention, tables, settings.period) if roi.retention else None,
        turnover=turnover.measure(roi.turnover, tables, settings.period) if roi.turnover else None,
        basket=basket.measure(roi.basket, tables) if roi.basket else None,
    )
