"""The benefit drivers: one file each, listed here."""

from __future__ import annotations

from kohtaamo_utils.roi.drivers import basket, retention, turnover
from kohtaamo_utils.roi.drivers.driver import Driver, DriverBaseline

DRIVERS: dict[str, Driver] = {driver.name: driver for driver in (retention.DRIVER, turnover.DRIVER, basket.DRIVER)}
"""Every benefit driver by its key under ``roi``, in the order in which reports show them."""

__all__ = ["DRIVERS", "Driver", "DriverBaseline"]
