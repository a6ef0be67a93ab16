"""What a command costs: seconds, CPU seconds of it and all that came from it, and peak memory (Linux)."""

from __future__ import annotations

import resource
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

SECONDS_BETWEEN_LOOKS = 0.25


@dataclass(frozen=True)
class Cost:
    """What a command took.

    Parameters
    ----------
    seconds, cpu
        By the clock, and of all its processes together.
    peak
        Bytes at the most, pages that processes share counted once (proportional set size).
    """

    seconds: float
    cpu: float
    peak: int


def family(process: int) -> list[int]:
    """Return a process and all that came from it."""
    found = [process]
    for parent in found:
        with suppress(OSError):  # it has ended
            for task in Path(f"/proc/{parent}/task").iterdir():
                with suppress(OSError):
                    found += map(int, (task / "children").read_text().split())
    return found


def proportional_set(process: int) -> int:
    """Return the memory of a process in bytes, pages that it shares counted in part."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:  # it has ended
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def watched(
    command: Sequence[str], environment: Mapping[str, str] | None = None, look: Callable[[float], None] | None = None
) -> Cost:
    """Run a command.

    Parameters
    ----------
    command, environment
        What is run; without an environment, in this process's own.
    look
        Called at every look with the seconds so far.

    Raises
    ------
    SystemExit
        The command ended with another status than 0.
    """
    with tempfile.TemporaryFile() as told:
        before, began, peak = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic(), 0
        own = None if environment is None else dict(environment)
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=told, env=own)
        while process.poll() is None:
            peak = max(peak, sum(map(proportional_set, family(process.pid))))
            if look:
                look(time.monotonic() - began)
            time.sleep(SECONDS_BETWEEN_LOOKS)
        seconds, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
        if process.returncode:
            told.seek(0)
            raise SystemExit(
                f"{' '.join(command)} ended with {process.returncode}\n{told.read().decode(errors='replace')[-3000:]}"
            )
    return Cost(seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, peak)
