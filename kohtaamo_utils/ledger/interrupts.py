"""Ctrl-C beside DuckDB, which swallows it or does not hear it: while the library loads it waits, and a query it ends."""

from __future__ import annotations

import signal
import threading
import time
import weakref
from concurrent.futures import Future, wait
from contextlib import contextmanager
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    _Piece: TypeAlias = tuple[Callable[[], Any], Future[Any]]

T = TypeVar("T")
_PATIENCE = 0.2
"""Seconds; where waiting for a thread cannot be interrupted (Windows), an interrupt is heard so late."""
_LONG = 0.05
"""Seconds; whatever took longer was lent so much memory that giving it back is worth a new thread."""


@contextmanager
def waiting() -> Iterator[None]:
    """Let an interrupt wait until the block has ended; in a thread, and where interrupts are ignored, nothing changes.

    A library written in C++ that is interrupted while it loads aborts the process, or goes on as if nothing had been said.
    """
    kept = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(kept):
        yield
        return
    came: list[int] = []
    signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, kept)
    if came:
        signal.raise_signal(signal.SIGINT)


class Worker:
    """Does work that hears no interrupt in a thread of its own, one piece after another, and has it stopped where one comes.

    The thread is kept for the next piece, but not after a long one: when a thread ends, DuckDB gives back the memory that it
    was lent. It ends with the worker, too.

    Examples
    --------
    >>> Worker().do(lambda: 7, lambda: None)
    7
    """

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None
        self._given: SimpleQueue[_Piece | None] = SimpleQueue()

    def do(self, work: Callable[[], T], stop: Callable[[], None]) -> T:
        """Do a piece of work.

        Parameters
        ----------
        work
            What to do; its errors are raised here.
        stop
            What makes it end, called from here; it may come too early to be heard and is then called again.

        Raises
        ------
        KeyboardInterrupt
            Where Ctrl-C came; the work has ended by then.
        """
        if threading.current_thread() is not threading.main_thread():
            return work()
        begun, answer = time.monotonic(), Future[T]()
        if self._thread is None or not self._thread.is_alive():  # after a fork it is not
            self._start()
        self._given.put((work, answer))
        try:
            while (
                not answer.done()
            ):  # a thread whose `join` was interrupted is called dead by Python 3.11 while it lives
                wait([answer], _PATIENCE)
        except BaseException:
            while not answer.done():
                stop()
                wait([answer], _PATIENCE)
            raise
        finally:
            if time.monotonic() - begun > _LONG:
                self.rest()
        return answer.result()

    def rest(self) -> None:
        """Let the thread end."""
        if self._thread is not None:
            self._given.put(None)
            self._thread = None

    def _start(self) -> None:
        self._given = SimpleQueue()
        self._thread = threading.Thread(target=_work, args=(self._given,), daemon=True)
        self._thread.start()
        weakref.finalize(self, self._given.put, None)


def _work(given: SimpleQueue[_Piece | None]) -> None:
    while (piece := given.get()) is not None:
        work, answer = piece
        try:
            answer.set_result(work())
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is raised where the answer is asked for
            answer.set_exception(error)
        del piece, work, answer  # nothing is held while nothing is to do
