"""A crew that several threads use: each gets what became of its own call."""

from __future__ import annotations

import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import crew_calls
import pytest

from kohtaamo_utils.engine.alone import can_fork
from kohtaamo_utils.engine.crew import Brought, Crew, Done
from kohtaamo_utils.engine.desk import Desk, RunEndedError

needs_fork = pytest.mark.skipif(not can_fork(), reason="no fork on this system")


@needs_fork
def test_each_thread_gets_its_own():
    """Values come back to those who asked, from as many processes as there were calls; an error comes as text, a crash as such."""
    desk = Desk(Crew(workers=2, kind="fork"))
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda value: desk.call(crew_calls.echo, value), range(8)))
    assert [value for _, value in answers] == list(range(8))
    assert len({process for process, _ in answers}) == 8
    with pytest.raises(RuntimeError, match="ValueError: no such luck"):
        desk.call(crew_calls.fail)
    with pytest.raises(RunEndedError, match=f"ended with status {-signal.SIGABRT}"):
        desk.call(crew_calls.die)
    desk.end()
    with pytest.raises(RunEndedError, match="closed"):
        desk.call(crew_calls.echo, 1)


@needs_fork
def test_a_desk_that_is_closed_lets_nobody_wait(tmp_path):
    """Who waits for a run when the desk is closed is told at once, and the run's process is gone."""
    desk = Desk(Crew(workers=1, kind="fork"))
    threading.Timer(1, desk.end).start()
    began = time.monotonic()
    with pytest.raises(RunEndedError):
        desk.call(crew_calls.sleep, str(tmp_path))
    assert time.monotonic() - began < 10
    desk._thread.join()
    for mark in tmp_path.iterdir():
        with pytest.raises(ProcessLookupError):
            os.kill(int(mark.name), 0)


@needs_fork
def test_what_is_brought_stands_among_the_messages():
    """A crew waits for what it was told to expect, though it has nothing to do, and goes on with what is submitted then."""
    with Crew(workers=1, kind="fork") as crew:
        crew.expect(2)
        for number in (1, 2):
            threading.Timer(0.1 * number, crew.bring, (number,)).start()
        seen = []
        for message in crew.messages():
            if isinstance(message, Brought):
                seen.append(message.content)
                crew.submit(crew_calls.echo, -message.content)
            elif isinstance(message, Done):
                seen.append(message.outcome.value[1])
    assert sorted(seen) == [-2, -1, 1, 2]
    assert seen.index(1) < seen.index(-1)
