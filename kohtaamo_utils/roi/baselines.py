"""Where the client stands before the programme: every driver's baseline, measured from the client's own data."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from kohtaamo_utils.errors import SettingsError, say
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
ROUNDING = 1e-9
"""What a rate of floating-point numbers may be off, where an effect fills the room to the brim."""


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
        A driver needs ``period``, or an effect would take what was measured beyond what can be.
    MissingDataError
        A driver's table or column is missing.
    """
    if ledger is None and "transactions" in tables:
        ledger = ledger_of(tables["transactions"])
    situation = Situation(tables, period, parameters(roi, period), ledger)
    found = {name: DRIVERS[name].measure(block, situation) for name, block in roi.drivers.items()}
    for name, baseline in found.items():
        _check_reach(name, baseline, roi)
    return found


def _check_reach(name: str, baseline: DriverBaseline, roi: RoiSettings) -> None:
    """Refuse an effect that is more than there is room for: the formula would cut it, and the page would tell of all of it."""
    least, most = DRIVERS[name].bracket(baseline.inputs())
    effect = roi.drivers[name].effect
    told = {f"roi.{name}.effect.{key}": getattr(effect, key) for key in ("low", "likely", "high")}
    told |= {f"roi.scenarios.{each}.{name}": values[name] for each, values in roi.scenarios.items() if name in values}
    for key, value in told.items():
        if not least - ROUNDING <= value <= most + ROUNDING:
            raise SettingsError(
                say(
                    "`{key}` is {value}, which the data have no room for: from where they stand, a change from {least} to {most} is possible. Write a value within these.",
                    key=key,
                    value=f"{value:g}",
                    least=f"{max(least, -1):.4g}",
                    most=f"{min(most, 1):.4g}",
                )
            )


def parameters(roi: RoiSettings, period: Days | None) -> Parameters:
    """Return the dated parameters as they stand on the day of the case: as stated, else the period's last day."""
    return load(roi.as_of or (period.end if period else None))
