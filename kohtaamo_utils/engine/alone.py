"""Whether this process may be forked: a thread does not come along, and what it held stays held for ever."""

from __future__ import annotations

import os
import threading
from pathlib import Path

SINGLE_THREADED = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
}
"""What keeps numeric libraries from starting threads when they are loaded; to be set before."""

_TASKS = Path("/proc/self/task")


def can_fork() -> bool:
    """Tell whether processes are forked on this system; on macOS its own libraries do not bear it."""
    return hasattr(os, "fork") and _TASKS.is_dir()


def trouble() -> str:
    """Return why a fork would not be safe now, or an empty text."""
    if threading.active_count() > 1:
        return "threads: " + ", ".join(thread.name for thread in threading.enumerate())
    names = [_name(task) for task in _TASKS.iterdir()]
    return "" if len(names) == 1 else "threads of libraries: " + ", ".join(sorted(names))


def _name(task: Path) -> str:
    try:
        return (task / "comm").read_text().strip()
    except OSError:  # it has ended since
        return "?"
