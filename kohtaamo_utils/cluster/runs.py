"""The reports of a batch on their way through the cluster, seen from the client: given out, brought home, given up."""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from distributed import KilledWorker

from kohtaamo_utils.cluster.usher import key_of
from kohtaamo_utils.cluster.workshop import Order, make_there
from kohtaamo_utils.delivery.parcel import Came
from kohtaamo_utils.engine.desk import RunEndedError
from kohtaamo_utils.errors import say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from distributed import Client, Future

    from kohtaamo_utils.delivery.parcel import Parcel
    from kohtaamo_utils.delivery.roster import Task
    from kohtaamo_utils.errors import Said

_LOOK = 1.0
"""Seconds between two looks at which workers there are."""
_PATIENCE = 60.0
"""Seconds that a batch waits for a worker; Dask's nannies start a new one in a few."""
_RETRIES = 1
"""How often a report is tried again whose process, but not its worker, was ended from outside."""


@dataclass(frozen=True)
class _Given:
    """A report that a worker has, or waits for one."""

    number: int
    future: Future[Any]
    alone: bool


class Runs:
    """Gives reports to a cluster, as many at a time as its workers have threads, and brings each home once.

    A report that is there when workers die may have nothing to do with it: what the scheduler has given up is tried once
    more when all others are home, one at a time, so that only the report to blame is lost.

    Parameters
    ----------
    client
        Dask's client.
    batch
        The batch's name.
    parcel
        What the workers have been sent.
    tasks
        The reports, in the order in which they are begun.
    bring
        Called with what came of each report.
    """

    def __init__(
        self, client: Client, batch: str, parcel: Parcel, tasks: Sequence[Task], bring: Callable[[Came], None]
    ) -> None:
        self._client, self._batch, self._parcel, self._bring = client, batch, parcel, bring
        self._left = dict(enumerate(tasks))
        self._waiting, self._alone = deque(self._left), deque[int]()
        self._given: dict[str, _Given] = {}
        self._done: SimpleQueue[Future[Any]] = SimpleQueue()
        self._room, self._looked = 0, float("-inf")
        self._seen = time.monotonic()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="kohtaamo-cluster", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Bring nothing any more; do not wait long for a scheduler that does not answer."""
        self._stopped.set()
        self._thread.join(2 * _LOOK)

    def _serve(self) -> None:
        try:
            while self._left and not self._stopped.is_set():
                self._look()
                self._give()
                try:
                    self._take(self._done.get(timeout=_LOOK))
                except Empty:
                    continue
        except _GoneError as gone:
            self._give_up(gone.said)
        except Exception as error:  # noqa: BLE001 - whatever it is, somebody waits for each report
            self._give_up(say("Something unexpected happened: {what}", what=f"{type(error).__name__}: {error}"))

    def _look(self) -> None:
        """See how many reports the workers can make at a time; give up if there has been none for long."""
        now = time.monotonic()
        if now - self._looked < _LOOK:
            return
        if self._client.status != "running":
            raise _GoneError(gone())
        workers = self._client.scheduler_info()["workers"].values()
        self._room, self._looked = int(sum(worker["resources"].get(self._batch, 0) for worker in workers)), now
        if self._room:
            self._seen = now
        elif now - self._seen > _PATIENCE:
            raise _GoneError(
                say(
                    "No worker is left in the cluster that makes reports with the same versions as this computer. "
                    "Start workers and run the command again: finished reports are not made anew."
                )
            )

    def _give(self) -> None:
        while self._waiting and len(self._given) < self._room:
            self._submit(self._waiting.popleft())
        if self._alone and self._room and not self._given and not self._waiting:
            self._submit(self._alone.popleft(), alone=True)

    def _submit(self, number: int, *, alone: bool = False) -> None:
        task = self._left[number]
        future: Future[Any] = self._client.submit(
            make_there,
            self._batch,
            Order(self._parcel.template(task), task.parameters),
            key=key_of(self._batch, number, alone=alone),
            resources={self._batch: 1},
            retries=_RETRIES,
            pure=False,
        )
        self._given[str(future.key)] = _Given(number, future, alone)
        future.add_done_callback(self._done.put)

    def _take(self, future: Future[Any]) -> None:
        given = self._given.pop(str(future.key))
        if future.status == "finished":
            self._home(given.number, executed=future.result())
        elif future.cancelled():
            raise _GoneError(gone())
        else:
            error = future.exception()
            if isinstance(error, KilledWorker) and not given.alone:
                self._alone.append(given.number)
            elif isinstance(error, KilledWorker | RunEndedError):
                self._home(given.number, message=died())
            else:
                what = f"{type(error).__name__}: {error}"
                self._home(given.number, message=say("Something unexpected happened: {what}", what=what))
        future.release()

    def _home(self, number: int, **came: Any) -> None:
        self._bring(Came(self._left.pop(number), **came))

    def _give_up(self, why: Said) -> None:
        for number in list(self._left):
            self._home(number, message=why)


class _GoneError(Exception):
    """The cluster is of no more use to the batch."""

    def __init__(self, said: Said) -> None:
        super().__init__(said)
        self.said = said


def died() -> Said:
    """Return what is told of a report with which workers die."""
    return say(
        "The workers that were making the report died, most often for want of memory. "
        "Start workers with more memory or fewer threads, or make the report on this computer, without --cluster."
    )


def gone() -> Said:
    """Return what is told of reports that were under way when the scheduler went."""
    return say(
        "The connection to the cluster's scheduler was lost. "
        "Run the command again when it is there: finished reports are not made anew."
    )
