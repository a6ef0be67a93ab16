"""Ctrl-C while sales are read: it is neither swallowed by DuckDB nor called a fault, and it kills no library that is loading."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a signal is sent otherwise on Windows")

ENDLESS = "SELECT count(*) FROM range(1000000000000) numbers(one) WHERE one % 7 = 3"


def told(program: str) -> list[str]:
    """Return what a program prints that is run in a process of its own, whose main thread hears signals."""
    begin = "import os, signal, threading\nfrom kohtaamo_utils.ledger import Store\nfrom kohtaamo_utils.ledger.interrupts import waiting\n"
    done = subprocess.run(
        [sys.executable, "-c", begin + program], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_a_query_is_ended_by_an_interrupt() -> None:
    """An interrupt during a query comes out as an interrupt, soon, and the store is of use afterwards."""
    program = f"""
with Store() as store:
    threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()
    try:
        store.rows({ENDLESS!r})
    except KeyboardInterrupt:
        print("interrupted", store.row("SELECT 1 + 1")[0])
"""
    assert told(program) == ["interrupted", "2"]


def test_a_fault_of_the_work_is_raised_as_it_is() -> None:
    """What goes wrong in the thread comes out where the work was asked for, and so does what it gives."""
    program = """
from kohtaamo_utils.ledger.interrupts import Worker
def fail():
    raise ValueError("fault")
worker = Worker()
try:
    worker.do(fail, fail)
except ValueError as error:
    print(error, worker.do(lambda: 7, fail))
"""
    assert told(program) == ["fault", "7"]


def test_the_thread_stays_for_short_work_only() -> None:
    """One thread does short work; after long work it ends, and with the store."""
    program = """
import time
from kohtaamo_utils.ledger.interrupts import Worker
def there():
    time.sleep(0.05)  # a thread that was told to end needs a moment
    return threading.active_count() - 1
worker = Worker()
print(len({worker.do(threading.get_ident, print) for _ in range(3)}), there())
worker.do(lambda: time.sleep(0.06), print)
print(there(), worker.do(lambda: 7, print), there())
del worker
print(there())
store = Store()
store.row("SELECT 1")
before = there()
store.close()
print(before, there())
"""
    assert told(program) == ["1", "1", "0", "7", "1", "0", "1", "0"]


def test_a_fork_has_a_thread_of_its_own() -> None:
    """A process that was forked beside an idle thread does its work all the same."""
    program = """
from kohtaamo_utils.ledger.interrupts import Worker
worker = Worker()
worker.do(lambda: 7, print)
child = os.fork()
if not child:
    print(worker.do(lambda: 8, print), flush=True)
    os._exit(0)
os.waitpid(child, 0)
print(worker.do(lambda: 9, print))
"""
    assert told(program) == ["8", "9"]


def test_an_interrupt_waits_while_a_library_loads() -> None:
    """What has begun to load is loaded to its end; then the interrupt comes, once, and the next one comes at once."""
    program = """
try:
    with waiting():
        os.kill(os.getpid(), signal.SIGINT)
        print("loaded")
except KeyboardInterrupt:
    print("interrupted")
try:
    os.kill(os.getpid(), signal.SIGINT)
    print("lost")
except KeyboardInterrupt:
    print("again")
"""
    assert told(program) == ["loaded", "interrupted", "again"]


def test_who_ignores_interrupts_goes_on_ignoring_them() -> None:
    """In a process that ignores interrupts, and in a thread, nothing is changed."""
    program = """
def here():
    with waiting():
        print(signal.getsignal(signal.SIGINT) is handler)
handler = signal.default_int_handler
thread = threading.Thread(target=here)
thread.start()
thread.join()
handler = signal.SIG_IGN
signal.signal(signal.SIGINT, handler)
here()
os.kill(os.getpid(), signal.SIGINT)
print("on")
"""
    assert told(program) == ["True", "True", "on"]
