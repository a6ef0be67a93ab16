"""One canonical table as it was read, whether or not it could be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.intake import check

if TYPE_CHECKING:
    from kohtaamo_utils.engagement import Engagement, Source
    from kohtaamo_utils.errors import Problem
    from kohtaamo_utils.intake import Dataset


@dataclass(frozen=True)
class Reading:
    """One canonical table.

    Parameters
    ----------
    table
        Its name.
    sources
        Its blocks in the settings.
    problems
        What is wrong in its files or their mapping.
    dataset
        The table and its log; None where there is any problem.
    """

    table: str
    sources: tuple[Source, ...]
    problems: tuple[Problem, ...]
    dataset: Dataset | None


def read_each(engagement: Engagement) -> tuple[Reading, ...]:
    """Read the tables one by one, so that a problem in one leaves the others to be looked at."""
    readings = []
    for table, sources in engagement.settings.sources.items():
        problems, dataset = check(engagement, [table])
        readings.append(Reading(table, sources, problems, dataset))
    return tuple(readings)
