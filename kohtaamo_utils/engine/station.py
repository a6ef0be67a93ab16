"""A process of the engine as its owner sees it: started, given orders, heard, ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import sysconfig
import threading
from contextlib import contextmanager, suppress
from multiprocessing.spawn import get_preparation_data
from typing import TYPE_CHECKING, Any

from kohtaamo_utils.engine import alone
from kohtaamo_utils.engine.wire import Hello, Wire

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from queue import SimpleQueue

    from kohtaamo_utils.engine.wire import Prepare

_SECONDS_TO_END = 1.0
_BEGIN = "import sys; sys.path[:1] == [''] and sys.path.pop(0); from {module} import main; main()"
"""As ipykernel begins: what lies in the working folder shadows no library; the kernel puts it behind them later."""


class Station:
    """One process that takes orders.

    Parameters
    ----------
    module
        What it runs: the zygote, or a process for one run.
    inbox
        Where its messages go, each as ``(station, message)``; None is the last.
    farewell
        What it calls when its owner is gone.
    log
        File for what it and its runs print; nowhere if not given.
    inherited
        Descriptors that stay open in it, so that a lock is held as long as anybody can write.
    """

    def __init__(
        self,
        module: str,
        inbox: SimpleQueue[tuple[Station | None, Any]],
        farewell: Prepare,
        log: Path | None = None,
        inherited: tuple[int, ...] = (),
    ) -> None:
        with _interrupts_held(), _appended(log) as errors:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-c", _BEGIN.format(module=module)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=_environment(),
                pass_fds=inherited,
            )
        assert self._process.stdin is not None  # noqa: S101 - asked for above
        assert self._process.stdout is not None  # noqa: S101 - asked for above
        self._wire = Wire(self._process.stdout.fileno(), self._process.stdin.fileno())
        threading.Thread(target=self._listen, args=(inbox,), daemon=True).start()
        by_main = threading.current_thread() is threading.main_thread()
        self.send(Hello(os.getpid() if by_main else 0, farewell))

    def send(self, order: Any) -> None:
        """Give an order; if the process is gone, the inbox tells it."""
        with suppress(BrokenPipeError):
            self._wire.send(order)

    def _listen(self, inbox: SimpleQueue[tuple[Station | None, Any]]) -> None:
        with suppress(EOFError, OSError):
            while True:
                inbox.put((self, self._wire.receive()))
        inbox.put((self, None))

    def end(self) -> None:
        """End the process and all that it has forked; come back when they are gone."""
        with suppress(OSError):
            assert self._process.stdin is not None  # noqa: S101 - asked for above
            self._process.stdin.close()
        try:
            self._process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Keep Ctrl-C from a process that is just starting: it inherits that it is not for it. Here it waits until then.

    Where signals cannot be held back, one that comes in these milliseconds is lost.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        return
    kept = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, kept)


@contextmanager
def _appended(log: Path | None) -> Iterator[int]:
    if log is None:
        yield subprocess.DEVNULL
        return
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as stream:
        yield stream.fileno()


def _environment() -> dict[str, str]:
    """Return what the process is started with: it finds the modules that its owner finds, and its libraries start no threads.

    A run gets its owner's own environment back.
    """
    more = {} if sys.platform == "win32" else alone.SINGLE_THREADED
    owner: list[str] = get_preparation_data("")["sys_path"]
    given = set(sysconfig.get_paths().values())
    places = [place for place in owner if place and place not in given]
    return {**os.environ, **more, "PYTHONPATH": os.pathsep.join(places)}
