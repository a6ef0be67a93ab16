"""Many calls, each in a process that has run nothing before, so many at a time."""

from __future__ import annotations

import os
import pickle
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Literal, Self

from kohtaamo_utils.engine import alone
from kohtaamo_utils.engine.station import Station
from kohtaamo_utils.engine.wire import Ended, Event, Prepare, Ready, Refused, Run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kohtaamo_utils.engine.wire import Outcome

Kind = Literal["fork", "pool"]
ZYGOTE, ONCE = "kohtaamo_utils.engine.zygote", "kohtaamo_utils.engine.once"
_PATIENCE = 0.2
"""Seconds between two looks for Ctrl-C, which some systems do not let through to one who waits for a lock."""


def nothing() -> None:
    """Do nothing."""


def usual_kind() -> Kind:
    """Return how runs are kept apart on this system."""
    return "fork" if alone.can_fork() else "pool"


@dataclass(frozen=True)
class Told:
    """What a run told before it ended."""

    number: int
    content: Any


@dataclass(frozen=True)
class Died:
    """A run whose process ended without a result: by a signal (negative), or with a status."""

    number: int
    status: int


@dataclass(frozen=True)
class Done:
    """A run that came to its end."""

    number: int
    outcome: Outcome


@dataclass(frozen=True)
class Brought:
    """Something that another thread brought, among what the runs tell."""

    content: Any


class Crew:
    """Makes calls in processes of their own.

    Parameters
    ----------
    workers
        How many runs at a time.
    kind
        ``fork``: one warm process is forked for every run. ``pool``: processes are started ahead and used once each.
        Where a fork turns out not to be safe, the crew goes over to the pool.
    log
        File for what the processes print.
    farewell
        What a process calls when its owner was ended and it has ended the runs: must be quick and must not fail.
    inherited
        Descriptors that the processes keep open.
    """

    def __init__(
        self,
        workers: int,
        kind: Kind | None = None,
        log: Path | None = None,
        farewell: Prepare | None = None,
        inherited: tuple[int, ...] = (),
    ) -> None:
        self.kind: Kind = kind or usual_kind()
        self._workers = workers
        self._log = log
        self._farewell = farewell or Prepare(nothing)
        self._inherited = inherited
        self._inbox: SimpleQueue[tuple[Station | None, Any]] = SimpleQueue()
        self._prepared: list[Prepare] = []
        self._stations: list[Station] = []
        self._retired: list[Station] = []
        self._waiting: deque[Run] = deque()
        self._running: dict[int, tuple[Station, Run]] = {}
        self._numbers = 0
        self._expected = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def start(self) -> None:
        """Start processes now, so that they are ready when the first run is asked for."""
        self._fill()

    def prepare(self, call: Callable[..., Any], *args: Any) -> None:
        """Have something called once in the process that the runs come from, or in each that waits for one."""
        order = Prepare(call, args)
        self._prepared.append(order)
        for station in self._stations:
            station.send(order)

    def submit(self, call: Callable[..., Any], *args: Any) -> int:
        """Ask for a run and return its number; `messages` tells of it.

        Parameters
        ----------
        call
            A function that can be pickled. Its first argument is a function by which it may tell something before it ends.
        args
            Its other arguments.
        """
        self._numbers += 1
        self._waiting.append(Run(self._numbers, pickle.dumps((call, args), protocol=5), dict(os.environ), os.getcwd()))  # noqa: PTH109 - as text
        return self._numbers

    def expect(self, count: int) -> None:
        """Have `messages` go on until so many things more were brought."""
        self._expected += count

    def bring(self, content: Any) -> None:
        """Put something that is expected among the messages; from any thread."""
        self._inbox.put((None, Brought(content)))

    def messages(self) -> Iterator[Told | Died | Done | Brought]:
        """Yield what the runs tell, how they end and what is brought, as it comes, until nothing of it is left."""
        while self._waiting or self._running or self._expected:
            self._give()
            station, message = self._next()
            if station is None:
                self._expected -= 1
                yield message
            elif isinstance(message, Event):
                yield Told(message.number, pickle.loads(message.content))  # noqa: S301 - from our own process
            elif isinstance(message, Ended):
                yield from self._ended(station, message)
            elif isinstance(message, Refused | Ready) and message.trouble:
                self._go_over(station, message)
            elif message is None:
                yield from self._lost(station)

    def _next(self) -> tuple[Station | None, Any]:
        while True:
            with suppress(Empty):
                return self._inbox.get(timeout=_PATIENCE)

    def _give(self) -> None:
        if self._waiting or self._running:
            self._fill()
        while self._waiting and len(self._running) < self._workers:
            busy = [station for station, _ in self._running.values()]
            free = [station for station in self._stations if self.kind == "fork" or station not in busy]
            if not free:
                return
            run = self._waiting.popleft()
            self._running[run.number] = (free[0], run)
            free[0].send(run)

    def _fill(self) -> None:
        """Have as many processes as are needed: one to fork from, or one for each worker and one that gets ready."""
        wanted = 1 if self.kind == "fork" else min(self._workers + 1, max(1, len(self._waiting) + len(self._running)))
        while len(self._stations) < wanted:
            module = ZYGOTE if self.kind == "fork" else ONCE
            station = Station(module, self._inbox, self._farewell, self._log, self._inherited)
            for order in self._prepared:
                station.send(order)
            self._stations.append(station)

    def _ended(self, station: Station, message: Ended) -> Iterator[Died | Done]:
        del self._running[message.number]
        if self.kind == "pool" and not any(where is station for where, _ in self._running.values()):
            self._dismiss(station)
        if message.content is None:
            yield Died(message.number, message.status)
        else:
            yield Done(message.number, pickle.loads(message.content))  # noqa: S301 - from our own process

    def _lost(self, station: Station) -> Iterator[Died]:
        """Tell of what ran in a process that is gone."""
        self._dismiss(station)
        for number, (where, _) in list(self._running.items()):
            if where is station:
                del self._running[number]
                yield Died(number, -1)

    def _go_over(self, station: Station, message: Refused | Ready) -> None:
        """Forks are not safe here: let the running ones end, and start processes for the others."""
        if self._log is not None and self.kind == "fork":
            with self._log.open("a", encoding="utf-8") as stream:
                stream.write(f"Reports are made by processes started ahead, not by forks: {message.trouble}\n")
        if self.kind == "fork":
            self.kind = "pool"
            self._stations.remove(station)
            self._retired.append(station)
        if isinstance(message, Refused):
            _, run = self._running.pop(message.number)
            self._waiting.appendleft(run)

    def _dismiss(self, station: Station) -> None:
        for known in (self._stations, self._retired):
            if station in known:
                known.remove(station)
        station.end()

    def end(self) -> None:
        """End all processes, whatever they are doing; come back when they are gone."""
        self._waiting.clear()
        self._running.clear()
        self._expected = 0
        for station in [*self._stations, *self._retired]:
            self._dismiss(station)
