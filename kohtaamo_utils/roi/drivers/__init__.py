"""The benefit drivers: one file each, found by themselves."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from kohtaamo_utils.roi.drivers.driver import Days, Driver, DriverBaseline, Situation

__all__ = ["DRIVERS", "Days", "Driver", "DriverBaseline", "Situation", "discover"]


def discover() -> dict[str, Driver]:
    """Return the ``DRIVER`` of every module in this package by its key under ``roi``, in the order of the reports.

    Examples
    --------
    >>> list(discover())[:3]
    ['retention', 'turnover', 'basket']
    """
    modules = [import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
    found = [module.DRIVER for module in modules if hasattr(module, "DRIVER")]
    return {driver.name: driver for driver in sorted(found, key=lambda driver: (driver.order, driver.name))}


DRIVERS: dict[str, Driver] = discover()
"""Every benefit driver by its key under ``roi``, in the order in which reports show them."""
