"""Ctrl-C beside DuckDB, which swallows it or does not hear it: while the library loads it waits, and a query it ends."""

from __future__ import annotations

import signal
import threading
from concurrent.futures import Future, wait
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")
_PATIENCE = 0.2
"""Seconds; where waiting for a thread cannot be interrupted (Windows), an interrupt is heard so late."""


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


def interruptible(work: Callable[[], T], stop: Callable[[], None]) -> T:
    """Do work that hears no interrupt in a thread of its own, and have it stopped where one comes.

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
    answer: Future[T] = Future()
    threading.Thread(target=_answer, args=(work, answer), daemon=True).start()
    try:
        while not answer.done():  # a thread whose `join` was interrupted is called dead by Python 3.11 while it lives
            wait([answer], _PATIENCE)
    except BaseException:
        while not answer.done():
            stop()
            wait([answer], _PATIENCE)
        raise
    return answer.result()


def _answer(work: Callable[[], T], answer: Future[T]) -> None:
    try:
        answer.set_result(work())
    except BaseException as error:  # noqa: BLE001 - whatever it is, it is raised where the answer is asked for
        answer.set_exception(error)
