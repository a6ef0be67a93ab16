"""Each call runs in a process of its own; none outlives its owner, and a process that dies is told of."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import crew_calls
import pytest

from kohtaamo_utils.engine.alone import can_fork, trouble
from kohtaamo_utils.engine.crew import Crew, Died, Done, Told

MOST_SECONDS_TO_END = 2
KINDS = [pytest.param("fork", marks=pytest.mark.skipif(not can_fork(), reason="no fork on this system")), "pool"]
each_kind = pytest.mark.parametrize("kind", KINDS)
needs_fork = pytest.mark.skipif(not can_fork(), reason="no fork on this system")


def _wait_for(condition, seconds: float = 30) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end and not condition():
        time.sleep(0.02)
    return bool(condition())


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@each_kind
def test_each_call_has_a_process_of_its_own(kind):
    """Values of any size come back whole, from as many processes as there were calls, none of them ours."""
    values = [1, "ä" * 3_000_000, None]
    with Crew(workers=2, kind=kind) as crew:
        numbers = [crew.submit(crew_calls.echo, value) for value in values]
        messages = list(crew.messages())
    told = {message.number: message.content for message in messages if isinstance(message, Told)}
    done = {message.number: message.outcome.value for message in messages if isinstance(message, Done)}
    assert told == dict(zip(numbers, values, strict=True))
    assert {number: value for number, (_, value) in done.items()} == told
    assert len({process for process, _ in done.values()} | {os.getpid()}) == 4


@each_kind
def test_a_call_that_fails_or_dies_takes_no_other_along(kind):
    """An error comes back as text, a crash as such, and the calls after them are made."""
    with Crew(workers=1, kind=kind) as crew:
        failing, dying, well = (
            crew.submit(crew_calls.fail),
            crew.submit(crew_calls.die),
            crew.submit(crew_calls.echo, 7),
        )
        ends = {message.number: message for message in crew.messages() if not isinstance(message, Told)}
    assert ends[failing].outcome.error == "ValueError: no such luck"
    assert isinstance(ends[dying], Died)
    assert kind == "pool" or ends[dying].status == -signal.SIGABRT
    assert ends[well].outcome.value[1] == 7


@each_kind
def test_a_call_finds_its_owner_s_surroundings(kind, tmp_path, monkeypatch):
    """A call has its owner's folder and environment, no input, and temporary files that are gone after it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OWN", "yes")
    with Crew(workers=1, kind=kind) as crew:
        crew.submit(crew_calls.surroundings)
        [done] = list(crew.messages())
    found = done.outcome.value
    assert Path(found["folder"]) == tmp_path.resolve()
    assert found["stdin"] == ""
    assert found["environment"] == dict(os.environ) | {"TMPDIR": found["temporary"]}
    assert _wait_for(lambda: not Path(found["temporary"]).exists())


@each_kind
@pytest.mark.parametrize("preparation", [int, crew_calls.fail], ids=["done", "failed"])
def test_garbage_is_collected_of_a_run_alone(kind, preparation):
    """A run's own garbage is collected; what was loaded before it is not looked through again, for that costs an eighth of a report."""
    with Crew(workers=1, kind=kind) as crew:
        crew.prepare(preparation)
        crew.submit(crew_calls.garbage)
        [done] = [message for message in crew.messages() if isinstance(message, Done)]
    assert done.outcome.value == (True, True)


@needs_fork
def test_a_process_with_threads_is_not_forked(tmp_path):
    """Where a thread lives in the process to fork, calls are made by processes started ahead, and the log says why."""
    log = tmp_path / "log"
    with Crew(workers=2, kind="fork", log=log) as crew:
        crew.prepare(crew_calls.start_thread)
        numbers = {crew.submit(crew_calls.echo, value) for value in (1, 2, 3)}
        done = {message.number for message in crew.messages() if isinstance(message, Done)}
        assert crew.kind == "pool"
    assert done == numbers
    assert "not by forks: threads: MainThread, left alone" in log.read_text(encoding="utf-8")


@needs_fork
def test_threads_are_seen():
    """A thread of Python's is named, and libraries' threads are counted."""
    code = (
        "import threading, time; from kohtaamo_utils.engine.alone import trouble; print(repr(trouble()));"
        "threading.Thread(target=time.sleep, args=(9,), daemon=True, name='t').start(); print(trouble())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["''", "threads: MainThread, t"]
    assert trouble.__doc__


@each_kind
def test_end_comes_at_once(kind, tmp_path):
    """A crew that is ended is gone with all its processes within two seconds, whatever they are doing."""
    with Crew(workers=2, kind=kind) as crew:
        for _ in range(2):
            crew.submit(crew_calls.sleep, str(tmp_path))
        crew._give()
        assert _wait_for(lambda: len(list(tmp_path.iterdir())) == 2)
        began = time.monotonic()
    assert time.monotonic() - began < MOST_SECONDS_TO_END
    assert _wait_for(lambda: not any(_alive(int(file.name)) for file in tmp_path.iterdir()), 2)


@each_kind
@pytest.mark.skipif(os.name == "nt", reason="processes are ended otherwise on Windows")
def test_processes_end_with_their_owner(kind, tmp_path):
    """When the owner is killed its crew ends too, and tidies up."""
    owner = subprocess.Popen([sys.executable, crew_calls.__file__, kind, str(tmp_path)])
    assert _wait_for(lambda: len(list(tmp_path.iterdir())) == 2)
    processes = [int(file.name) for file in tmp_path.iterdir()]
    owner.kill()
    owner.wait()
    assert _wait_for(lambda: not any(map(_alive, processes)), 5)
    assert _wait_for((tmp_path / "farewell").exists, 5)


@needs_fork
def test_forks_end_with_the_process_they_come_from(tmp_path):
    """When the warm process itself is killed the forks do not live on, and their calls are told of as dead."""
    with Crew(workers=1, kind="fork") as crew:
        crew.submit(crew_calls.sleep, str(tmp_path))
        crew._give()
        assert _wait_for(lambda: list(tmp_path.iterdir()))
        [file] = tmp_path.iterdir()
        crew._stations[0]._process.kill()
        [died] = list(crew.messages())
    assert isinstance(died, Died)
    assert _wait_for(lambda: not _alive(int(file.name)), 5)
