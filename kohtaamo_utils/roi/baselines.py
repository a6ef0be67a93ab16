"""Where the client stands before the programme: every driver's baseline, measured from the client's own data."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from kohtaamo_utils.ledger import ledger_of
from kohtaamo_utils.roi.drivers import DRIVERS, DriverBaseline, Situation
from kohtaamo_utils.roi.parameters import Parameters, load

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from kohtaamo_utils.ledger import Ledger
    from kohtaamo_utils.roi.drivers import Days
    from kohtaamo_utils.roi.settings import RoiSettings

Baselines: TypeAlias = "Mapping[str, DriverBaseline]"
"""Where each driver of a case starts from, by driver."""


def measure(
    roi: RoiSettings, tables: Mapping[str, pd.DataFrame], period: Days | None, ledger: Ledger | None = None
) -> dict[str, DriverBaseline]:
    """Measure the baseline of every driver that the settings use.

    Parameters
    ----------
    roi
        The ``roi`` block.
    tables
        Canonical tables by name.
    period
        The engagement's period, if it has one.
    ledger
        The sales; made of the table ``transactions`` where there is one and this is None.

    Raises
    ------
    SettingsError
        A driver needs ``period``.
    MissingDataError
        A driver's table or column is missing.
    """
    if ledger is None and "transactions" in tables:
        ledger = ledger_of(tables["transactions"])
    situation = Situation(tables, period, parameters(roi, period), ledger)
    return {name: DRIVERS[name].measure(block, situation) for name, block in roi.drivers.items()}


def parameters(roi: RoiSettings, period: Days | None) -> Parameters:
    """Return the dated parameters as they stand on the day of the case: as stated, else the period's last day."""
    return load(roi.as_of or (period.end if period else None))
