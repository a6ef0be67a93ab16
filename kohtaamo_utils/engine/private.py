"""What a run gets for itself in its process: folder, environment, temporary files; and how its call is made."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import pickle
import shutil
import signal
import sys
import tempfile
import traceback
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kohtaamo_utils.engine.wire import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kohtaamo_utils.engine.wire import Hello, Prepare, Run

_ON_DEATH_OF_PARENT = 1
"""Linux's PR_SET_PDEATHSIG."""


@contextlib.contextmanager
def temporary_folder() -> Iterator[Path]:
    """Give a run a folder for its temporary files, and take it away with all that is in it."""
    folder = Path(tempfile.mkdtemp(prefix="kohtaamo-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def leave_interrupts_to_owner() -> None:
    """Take no notice of Ctrl-C, which ends the owner, and by it this process; it was held back while this one started."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def die_with_parent(parent: int) -> None:
    """Have Linux kill this process when the one that it came from is gone; end at once if that is so already."""
    _prctl(signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


@contextlib.contextmanager
def dying_with_owner(hello: Hello) -> Iterator[None]:
    """Be killed with the owner while preparing, for only afterwards is there time to see that it has gone."""
    if sys.platform != "linux" or not hello.process:
        yield
        return
    die_with_parent(hello.process)
    try:
        yield
    finally:
        _prctl(0)


def _prctl(number: int) -> None:
    ctypes.CDLL(None).prctl(_ON_DEATH_OF_PARENT, number)


def settle(order: Run, temporary: Path, added: dict[str, str]) -> None:
    """Put this process where the run belongs.

    Parameters
    ----------
    order
        The run.
    temporary
        Where its temporary files go.
    added
        Variables that the kernel has set for its cells.
    """
    os.chdir(order.folder)
    os.environ.clear()
    os.environ.update({**order.environment, **added, "TMPDIR": str(temporary)})
    tempfile.tempdir = None
    numpy = sys.modules.get("numpy")
    if numpy is not None:  # forks would all draw the same numbers
        numpy.random.seed()


def prepare(order: Prepare) -> str:
    """Do what spares the runs work; return what went wrong, for they can do without.

    What it leaves stays as long as the process: the collector of garbage does not look through it, neither now nor in each
    run. That spares a fifth of the start and an eighth of a report, and a fork does not copy the pages that it would mark.
    """
    gc.disable()
    try:
        order.call(*order.args)
    except Exception as error:  # noqa: BLE001 - a run meets the same, and tells it
        traceback.print_exc()
        return f"{type(error).__name__}: {error}"
    finally:
        gc.freeze()
        gc.enable()
    with warnings.catch_warnings():
        pass  # forgets what was warned of, so that a run is warned again
    return ""


def added(before: dict[str, str]) -> dict[str, str]:
    """Return the variables that were set since: by the kernel, for its cells."""
    return {name: text for name, text in os.environ.items() if before.get(name) != text}


def call(order: Run, tell: Callable[[Any], None]) -> bytes:
    """Make the run's call and return the pickle of an `Outcome`; nothing that it raises goes further."""
    try:
        function, args = pickle.loads(order.job)  # noqa: S301 - from our owner
        return pickle.dumps(Outcome(function(tell, *args)), protocol=5)
    except BaseException as error:  # noqa: BLE001 - the process ends here; whoever waits is told
        traceback.print_exc()
        return pickle.dumps(Outcome(error=f"{type(error).__name__}: {error}"), protocol=5)
