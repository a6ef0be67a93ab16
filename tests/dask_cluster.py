"""A Dask scheduler and its workers, started as a person starts them, and a programme whose reports can take a worker down."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
from nbformat.v4 import new_code_cell
from project_files import PROJECT

from kohtaamo_utils.cluster.extra import elsewhere_at
from kohtaamo_utils.delivery import roster
from kohtaamo_utils.delivery.batch import Batch, BatchResult, run
from kohtaamo_utils.engagement import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DASK = Path(sys.executable).with_name("dask.exe" if os.name == "nt" else "dask")
ORIGINAL = roster._template
DEED = """\
import os, signal, time
from pathlib import Path
deed = Path({folder!r}, reviewee)
if deed.exists():
    once = deed.read_text() == "once"
    if once:
        deed.unlink()
    warm = os.getppid()
    worker = int(Path(f"/proc/{{warm}}/stat").read_text().rsplit(")", 1)[1].split()[1])
    os.kill(worker, signal.SIGKILL)
    time.sleep(60)
"""
"""A cell that kills the Dask worker which its report is made on, where the test has said so."""


@dataclass(frozen=True)
class Running:
    """A cluster: its address, where its workers keep files, and what they say."""

    address: str
    folder: Path
    scheduler: subprocess.Popen[bytes]

    def rooms(self) -> list[Path]:
        """Return the folders of batches that are on the workers now."""
        return sorted(self.folder.glob("tmp/dask-scratch-space*/*/kohtaamo-*"))

    def left(self) -> list[Path]:
        """Return all files below the workers' folders but Dask's own locks."""
        places = os.walk(self.folder / "tmp")  # goes on where a folder is taken away meanwhile
        return [Path(place, name) for place, _, names in places for name in names if not name.endswith("lock")]

    def workers(self) -> int:
        """Return how many workers the scheduler knows."""
        from distributed import Client

        with Client(self.address, set_as_default=False) as client:
            return len(client.scheduler_info()["workers"])


@contextmanager
def running(folder: Path, workers: int = 3, threads: int = 1) -> Iterator[Running]:
    """Start a scheduler and workers with nannies, and end them."""
    (folder / "tmp").mkdir(parents=True)
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(PROJECT), str(folder)]),
        "TMPDIR": str(folder / "tmp"),
        "DASK_DISTRIBUTED__SCHEDULER__WORK_STEALING": "False",
    }
    file = folder / "scheduler.json"
    with ExitStack() as after:

        def start(*arguments: str) -> subprocess.Popen[bytes]:
            log = after.enter_context((folder / f"{arguments[0]}.log").open("wb"))
            command = [str(DASK), *arguments, "--no-dashboard"]
            process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=folder)
            after.callback(process.wait)
            after.callback(process.terminate)
            return process

        scheduler = start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))
        assert wait_for(lambda: file.exists() and file.stat().st_size)
        address = json.loads(file.read_text(encoding="utf-8"))["address"]
        start("worker", address, "--nworkers", str(workers), "--nthreads", str(threads))
        cluster = Running(address, folder, scheduler)
        assert wait_for(lambda: cluster.workers() == workers)
        yield cluster


def wait_for(condition: Callable[[], object], seconds: float = 120) -> bool:
    """Wait until something holds; tell whether it came to that."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and not condition():
        time.sleep(0.05)
    return bool(condition())


def template_with_deeds(folder: Path) -> Callable[[str], Path]:
    """Return what stands in for `roster._template`: a person's report then looks in a folder for what it is to do."""
    notebook = nbformat.read(ORIGINAL("review_360"), as_version=4)
    notebook.cells.insert(2, new_code_cell(DEED.format(folder=str(folder)), id="deed"))
    file = folder / "review_360.ipynb"
    nbformat.write(notebook, file)
    return lambda name: file if name == "review_360" else ORIGINAL(name)


def run_on(folder: Path, address: str = "", **batch: object) -> BatchResult:
    """Run an engagement here, or on a cluster."""
    with elsewhere_at(address) as elsewhere:
        asked = Batch(**batch)  # type: ignore[arg-type]
        return run(load(folder), asked, lambda _: None, lambda _: None, elsewhere=elsewhere)
