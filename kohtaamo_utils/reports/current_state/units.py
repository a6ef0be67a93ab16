"""Which units have a supervisor's report of their own: those of which something may be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kohtaamo_utils.reports.survey import Survey

UNIT = "unit"


@dataclass(frozen=True)
class Units:
    """The units of a survey, by name.

    Parameters
    ----------
    shown
        Units of which customers' or employees' answers may be shown.
    hidden
        Units of which nothing may be shown.
    """

    shown: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.shown, *self.hidden)


def units_of(survey: Survey) -> Units:
    """Return which units have a report.

    Parameters
    ----------
    survey
        The answers of the period.
    """
    if UNIT not in survey.dimensions:
        return Units()
    every = sorted(set(map(str, survey.frame[UNIT].dropna())))
    shown: set[str] = set()
    for group in ("customer", "employee"):
        for measure in survey.measures:
            shown |= set(survey.published(measure, group).shown.get(UNIT, {}))
    return Units(tuple(name for name in every if name in shown), tuple(name for name in every if name not in shown))
