"""What the tests of the engine's crew have called in its processes."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kohtaamo_utils.engine.crew import Crew
from kohtaamo_utils.engine.wire import Prepare

if TYPE_CHECKING:
    from collections.abc import Callable

    from kohtaamo_utils.engine.crew import Kind


def echo(tell: Callable[[Any], None], value: Any) -> tuple[int, Any]:
    """Tell a value, and return it with the process."""
    tell(value)
    return os.getpid(), value


def fail(_: object) -> None:
    """Raise."""
    raise ValueError("no such luck")


def die(_: object) -> None:
    """End the process as a crash does."""
    os.abort()


def surroundings(_: object) -> dict[str, Any]:
    """Return what a run finds around it."""
    temporary = tempfile.gettempdir()
    Path(temporary, "left.txt").write_text("left")
    return {
        "environment": dict(os.environ),
        "folder": str(Path.cwd()),
        "temporary": temporary,
        "stdin": sys.stdin.read(),
    }


def sleep(_: object, mark: str) -> None:
    """Write the process's number into a folder and sleep."""
    Path(mark, str(os.getpid())).touch()
    time.sleep(600)


def garbage(_: object) -> tuple[bool, bool]:
    """Return whether the collector of garbage works here, and whether it leaves alone what was loaded before."""
    return gc.isenabled(), gc.get_freeze_count() > len(gc.get_objects())


def start_thread() -> None:
    """Leave a thread in the process."""
    threading.Thread(target=time.sleep, args=(600,), daemon=True, name="left alone").start()


def say_farewell(mark: str) -> None:
    """Leave a sign that the process has tidied up."""
    Path(mark, "farewell").touch()


def own(kind: Kind, mark: str) -> None:
    """Own a crew of two that sleeps; for a process that is then ended."""
    with Crew(workers=2, kind=kind, farewell=Prepare(say_farewell, (mark,))) as crew:
        for _ in range(2):
            crew.submit(sleep, mark)
        list(crew.messages())


if __name__ == "__main__":
    from crew_calls import own as own_by_name  # not by __main__, which other processes do not have

    own_by_name(sys.argv[1], sys.argv[2])  # type: ignore[arg-type]
