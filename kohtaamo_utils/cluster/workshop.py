"""One batch's place on a worker: its files, a warm process of its own, and reports made in forks of that."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from distributed import WorkerPlugin, get_worker

from kohtaamo_utils.cluster.papers import papers
from kohtaamo_utils.cluster.room import clear, furnish, move_in, take_over
from kohtaamo_utils.delivery.executed import execute_apart, nothing_of
from kohtaamo_utils.delivery.warmth import warm_up
from kohtaamo_utils.engine.crew import Crew
from kohtaamo_utils.engine.desk import Desk
from kohtaamo_utils.engine.wire import Prepare
from kohtaamo_utils.errors import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from distributed import Worker

    from kohtaamo_utils.delivery.executed import Executed
    from kohtaamo_utils.delivery.parcel import Parcel


@dataclass(frozen=True)
class Order:
    """A report to execute. Dask writes the arguments of what fails into its log, so its `repr` names nobody.

    Parameters
    ----------
    template
        Place of the template in the parcel.
    parameters
        What it is run with.

    Examples
    --------
    >>> Order("templates/1f/review_360.ipynb", {"reviewee": "r01"})
    Order(template='templates/1f/review_360.ipynb')
    """

    template: str
    parameters: dict[str, str] = field(repr=False)


class Workshop(WorkerPlugin):
    """Where a worker makes a batch's reports; Dask sets it up on every worker, also on those that come later.

    A worker with other versions takes no part: it does not get the resource that the batch's reports ask for.

    Parameters
    ----------
    name
        The batch's name, and that of the resource.
    expected
        What the client makes reports with.
    parcel
        What the reports need.
    """

    def __init__(self, name: str, expected: Mapping[str, str], parcel: Parcel) -> None:
        self.name = name
        self._expected = dict(expected)
        self._parcel: Parcel | None = parcel
        self._engagement, self._reports = parcel.engagement, parcel.reports
        self._room: Path | None = None
        self._desk: Desk | None = None
        self._busy = asyncio.Lock()

    def __getstate__(self) -> dict[str, Any]:
        """Leave out what belongs to one worker."""
        return {key: value for key, value in vars(self).items() if key != "_busy"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Arrive on a worker."""
        vars(self).update(state, _busy=asyncio.Lock())

    async def setup(self, worker: Worker) -> None:
        """Write the files and begin to warm up, if this worker makes reports with the same as the client."""
        async with self._busy:
            parcel, self._parcel = self._parcel, None
            if parcel is None or await asyncio.to_thread(papers) != self._expected:
                return
            below, threads = Path(worker.local_directory), worker.state.nthreads
            self._room = await asyncio.to_thread(furnish, parcel, below, self.name)
            self._desk = await asyncio.to_thread(self._opened, self._room, threads)
            await worker.set_resources(**{self.name: threads})

    def _opened(self, room: Path, threads: int) -> Desk:
        crew = Crew(threads, farewell=Prepare(clear, (room,)))
        crew.prepare(move_in, room)
        crew.prepare(warm_up, self._reports)
        crew.prepare(take_over, room, self._engagement, self._reports)
        crew.start()
        return Desk(crew)

    async def teardown(self, worker: Worker) -> None:
        """End what runs and take the files away: the batch is done, its client is gone, or the worker closes."""
        async with self._busy:
            if worker.status.name == "running":
                await worker.set_resources(**{self.name: 0})
            await asyncio.to_thread(self._close)

    def _close(self) -> None:
        if self._desk is not None:
            self._desk.end()
        if self._room is not None:
            clear(self._room)

    def make(self, order: Order) -> Executed:
        """Execute a report's notebook in a process of its own."""
        assert self._desk is not None  # noqa: S101 - without a desk there is no resource, and no report comes here
        assert self._room is not None  # noqa: S101 - the same
        template, folder = str(self._room / order.template), str(self._room / self._engagement)
        try:
            made: Executed = self._desk.call(execute_apart, template, order.parameters, folder)
        except RuntimeError as error:  # told at home, not in the worker's log
            return nothing_of(template, folder, say("Something unexpected happened: {what}", what=str(error)))
        return made


def make_there(name: str, order: Order) -> Executed:
    """Execute a report's notebook in a batch's workshop on the worker that this runs on.

    Parameters
    ----------
    name
        The batch's name.
    order
        The report.

    Raises
    ------
    RunEndedError
        Its process was ended from outside; Dask tries it again.
    """
    workshop = get_worker().plugins[name]
    assert isinstance(workshop, Workshop)  # noqa: S101 - names are drawn by lot
    return workshop.make(order)
