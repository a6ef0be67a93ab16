"""One run at a time on an engagement: a lock of the operating system, which is gone when its holder is, however it ended."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import SETTINGS_FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_SECONDS = 0.2
_BEYOND = 1 << 30
"""A byte far behind the end of the settings, which nobody reads: Windows keeps others from what is locked."""


@contextlib.contextmanager
def held(folder: Path, waiting: Callable[[], None]) -> Iterator[tuple[int, ...]]:
    """Hold an engagement for a run; wait while another run holds it.

    No file is left behind. Where the disk knows no locks nothing is held: files are replaced whole all the same.

    Parameters
    ----------
    folder
        The engagement folder.
    waiting
        Called once if another run holds it.

    Yields
    ------
    The descriptors that hold the lock, for processes that write to keep open too.
    """
    descriptor = os.open(folder / SETTINGS_FILE if sys.platform == "win32" else folder, os.O_RDONLY)
    try:
        told = False
        while not _taken(descriptor):
            if not told:
                waiting()
                told = True
            time.sleep(_SECONDS)
        yield () if sys.platform == "win32" else (descriptor,)
    finally:
        os.close(descriptor)


if sys.platform == "win32":
    import msvcrt

    def _taken(descriptor: int) -> bool:
        os.lseek(descriptor, _BEYOND, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

else:
    import fcntl

    def _taken(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a disk without locks
            return True
        return True
