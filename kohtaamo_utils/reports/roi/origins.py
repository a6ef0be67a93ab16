"""Where each input of the business case comes from: measured, stated in the settings, or a dated figure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.roi.drivers import DRIVERS
from kohtaamo_utils.roi.parameters import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kohtaamo_utils.roi.settings import RoiSettings

MEASURED = N_("Measured from your own data")
STATED = N_("Stated for this case")
DATED = N_("From the dated Finnish figures")


@dataclass(frozen=True)
class Origins:
    """Origins of a case's inputs.

    Parameters
    ----------
    settings
        The ``roi`` block.
    """

    settings: RoiSettings

    def of(self, name: str) -> str:
        """Return the message that tells an input's origin.

        A driver's own input that the settings leave open is a dated figure where there is one of its name, else it was
        measured. All others are stated.
        """
        if name in self._stated or name not in self._own:
            return STATED
        return DATED if name in self._dated else MEASURED

    @cached_property
    def _own(self) -> frozenset[str]:
        return frozenset(part.name for driver in self.settings.drivers for part in DRIVERS[driver].inputs)

    @cached_property
    def _dated(self) -> frozenset[str]:
        return frozenset(entry.id for entry in load(None).parameters)

    @cached_property
    def _stated(self) -> frozenset[str]:
        return frozenset(name for block in self.settings.drivers.values() for name in _stated(block.model_dump()))


def _stated(block: dict[str, Any], path: str = "") -> Iterator[str]:
    """Yield the endings of every setting's path that holds a number: ``cost.vacancy.months`` gives ``vacancy_months``."""
    for name, value in block.items():
        whole = f"{path}_{name}" if path else name
        if isinstance(value, dict):
            yield from _stated(value, whole)
        elif isinstance(value, int | float):
            parts = whole.split("_")
            yield from ("_".join(parts[start:]) for start in range(len(parts)))
