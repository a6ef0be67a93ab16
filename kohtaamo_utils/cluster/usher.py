"""What the scheduler does for a batch: it lets a report that took workers down try no more, and tidies up behind a client."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from distributed import SchedulerPlugin

if TYPE_CHECKING:
    from distributed import Scheduler

ALONE = "alone"
DEATHS = 1
"""Workers that may die while they have a report, and it is tried again."""


def key_of(batch: str, number: int, *, alone: bool = False) -> str:
    """Return the key of a report; nothing in it tells whose it is, for whoever sees the scheduler sees the keys.

    Examples
    --------
    >>> key_of("kohtaamo-1f", 3), key_of("kohtaamo-1f", 3, alone=True)
    ('kohtaamo-1f-report-3', 'kohtaamo-1f-alone-3')
    """
    return f"{batch}-{ALONE if alone else 'report'}-{number}"


class Usher(SchedulerPlugin):
    """Looks after one batch on the scheduler.

    Parameters
    ----------
    batch
        The batch's name.
    client
        The id that Dask has given to its client.
    """

    def __init__(self, batch: str, client: str) -> None:
        self.name = f"{batch}-usher"
        self._batch = batch
        self._client = client

    def update_graph(self, scheduler: Scheduler, *, tasks: list[Any], **_: Any) -> None:
        """Have the scheduler give up a report after so many deaths of workers, whatever it allows others.

        A report is counted as suspicious from the start, so that the scheduler's own limit is reached earlier; other
        people's work keeps that limit.
        """
        for key in map(str, tasks):
            if key.startswith(f"{self._batch}-"):
                allowed = 0 if key.startswith(f"{self._batch}-{ALONE}-") else DEATHS
                scheduler.tasks[key].suspicious = max(0, scheduler.allowed_failures - allowed)

    def remove_client(self, scheduler: Scheduler, client: str) -> None:
        """When the client is gone, however that came, take its batch away from all workers."""
        if client == self._client:
            scheduler.loop.add_callback(self._tidy, scheduler)

    async def _tidy(self, scheduler: Scheduler) -> None:
        with suppress(ValueError):  # the client has done so itself
            await scheduler.unregister_worker_plugin(comm=None, name=self._batch)
        with suppress(ValueError):
            scheduler.remove_plugin(name=self.name)
