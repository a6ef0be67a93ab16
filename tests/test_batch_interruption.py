"""A run may be killed at any moment, and two may meet: what stands in the end is what one undisturbed run makes."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from random import Random

import made_programme
import pytest
from command_line import content, kohtaamo, start

REVIEWEES = 6
MOMENTS = 30
pytestmark = [
    pytest.mark.longest,
    pytest.mark.skipif(os.name == "nt", reason="processes are killed otherwise on Windows"),
]


def _reports(folder: Path) -> dict[str, bytes]:
    return content(folder / "reports", "review_360/*")


def _writers(folder: Path) -> list[str]:
    """Return the processes of the engine that work in a folder: they have its log open, or it is their working folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            places = [str(link.readlink()) for link in (process / "fd").iterdir()]
            places.append(str((process / "cwd").readlink()))
            state, parent = (process / "stat").read_text().rsplit(")", 1)[1].split()[:2]
            command = (process / "cmdline").read_text().replace("\0", " ")
        except OSError:  # it has ended, or is somebody else's
            continue
        ending = (
            state == "Z" or not command
        )  # one without a command has no memory any more: it was killed, and writes nothing
        if not ending and any(place.startswith(str(folder)) for place in places):
            found.append(f"{process.name} of {parent}, {state}: {command}")
    return found


def _wait_for_reports(folder: Path, count: int) -> None:
    end = time.monotonic() + 120
    while len(list(folder.glob("reports/review_360/*.html"))) < count and time.monotonic() < end:
        time.sleep(0.01)


def _wait_for_end(folder: Path) -> None:
    end = time.monotonic() + 10
    while _writers(folder) and time.monotonic() < end:
        time.sleep(0.02)
    assert _writers(folder) == []


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory) -> tuple[Path, float]:
    """Make a small programme's reports in one run, and tell how long that took."""
    folder = made_programme.write(tmp_path_factory.mktemp("undisturbed") / "e", REVIEWEES)
    began = time.monotonic()
    done = kohtaamo("run", "e", "--jobs", "2", folder=folder.parent)
    assert f"tehty {REVIEWEES + 1}" in done.stdout, done.stderr
    return folder, time.monotonic() - began


@pytest.fixture
def fresh(undisturbed, tmp_path) -> Path:
    """Give a copy of the programme without reports."""
    return Path(shutil.copytree(undisturbed[0], tmp_path / "e", ignore=shutil.ignore_patterns("reports")))


def test_killed_at_any_moment(undisturbed, fresh):
    """After kill -9 nothing runs on and nothing is half-written; the next run makes only what is left, and the bytes are the same."""
    folder, seconds = undisturbed
    wanted, random, unfinished = _reports(folder), Random(9), 0  # noqa: S311 - moments
    for number in range(MOMENTS):
        shutil.rmtree(fresh / "reports", ignore_errors=True)
        process = start("run", "e", "--jobs", "2", folder=fresh.parent, start_new_session=True)
        if number % 3:
            _wait_for_reports(fresh, random.randrange(REVIEWEES))
            time.sleep(random.uniform(0, seconds / 20))
        else:
            time.sleep(random.uniform(0, seconds))
        if number % 2:
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)  # the warm process is killed with it
        process.communicate()
        _wait_for_end(fresh)
        if number % 2:
            assert list(fresh.rglob("*.part*")) == []
        before = _reports(fresh)
        assert before.items() <= wanted.items(), number
        finished = sum(name.endswith(".results.json") for name in before)
        unfinished += 0 < finished < REVIEWEES + 1
        done = kohtaamo("run", "e", "--jobs", "2", folder=fresh.parent)
        assert done.returncode == 0, done.stderr
        made = REVIEWEES + 1 - finished
        assert (f"tehty {made}" in done.stdout) == bool(made), (number, done.stdout)
        assert _reports(fresh) == wanted, number
        assert list(fresh.rglob("*.part*")) == []
    assert unfinished, "no moment fell between two reports"


def test_two_runs_at_once(undisturbed, fresh):
    """Of two runs on one engagement one waits; together they make every report once, the same as one run alone."""
    first, second = (start("run", "e", "--jobs", "1", folder=fresh.parent) for _ in range(2))
    ends = [process.communicate(timeout=600) for process in (first, second)]
    assert [first.returncode, second.returncode] == [0, 0], ends
    said = sorted(out.split(".")[0] for out, _ in ends)
    assert said == [f"Raportit: ajan tasalla {REVIEWEES + 1}", f"Raportit: tehty {REVIEWEES + 1}"]
    assert sorted("Toinen ajo" in err for _, err in ends) == [False, True]
    assert _reports(fresh) == _reports(undisturbed[0])


def test_a_run_waits_for_one_that_was_killed_to_be_gone(fresh):
    """No lock is left behind by a run that was killed: the next one starts at once."""
    process = start("run", "e", folder=fresh.parent)
    time.sleep(1)
    process.kill()
    process.communicate()
    _wait_for_end(fresh)
    began = subprocess.run(["flock", "-n", str(fresh), "true"], check=False)
    assert began.returncode == 0
