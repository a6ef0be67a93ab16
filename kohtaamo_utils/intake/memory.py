"""What was read once, for the reports of a batch: each of them runs in a fork, and so has a copy that it cannot spoil for others.

A process remembers only what it is told to remember. The batch does so, for one engagement, with the tables that it has
checked: the reports of a run are then all of the same moment, also where a file is changed meanwhile.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kohtaamo_utils.intake.beside import RATINGS, read_with
from kohtaamo_utils.intake.notes.log import ImportLog
from kohtaamo_utils.intake.sales import TABLE as SALES
from kohtaamo_utils.ledger import ledger_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kohtaamo_utils.engagement import Engagement
    from kohtaamo_utils.intake.dataset import Dataset

_remembered: dict[tuple[str, str], Dataset] = {}


def _key(engagement: Engagement) -> tuple[str, str]:
    return str(engagement.folder.resolve()), engagement.settings_sha256


def remember(engagement: Engagement, dataset: Dataset) -> None:
    """Keep what was read of an engagement; forget every other.

    Parameters
    ----------
    engagement
        The client's folder and its settings; with other settings the files are read again.
    dataset
        What was read. Of sales the order lines are kept, where they are few enough to be a table; their ledger is a
        database, which a fork cannot share.
    """
    _remembered.clear()
    _remembered[_key(engagement)] = replace(dataset, ledger=None)


def recalled(engagement: Engagement, tables: Iterable[str] | None) -> Dataset | None:
    """Return the remembered tables of an engagement, or None where one that is wanted is not remembered.

    Parameters
    ----------
    engagement
        The client's folder.
    tables
        Tables that are wanted; None for all that have a source.
    """
    if not _remembered:
        return None
    dataset = _remembered.get(_key(engagement))
    sources = engagement.settings.sources
    wanted = [table for table in (sources if tables is None else tables) if table in sources]
    if dataset is None or any(table not in dataset.tables for table in wanted):
        return None
    files = {name for table in wanted for source in sources[table] for name in source.file}
    files |= {name for table in wanted for name in read_with(engagement, table)}
    return replace(
        dataset,
        tables={table: dataset.tables[table] for table in wanted},
        log=ImportLog(tuple(entry for entry in dataset.log.entries if entry.table in wanted)),
        inputs=tuple(file for file in dataset.inputs if file.file in files),
        ledger=ledger_of(dataset.tables[SALES]) if SALES in wanted else None,
        writers=dataset.writers if RATINGS in wanted else {},
    )
