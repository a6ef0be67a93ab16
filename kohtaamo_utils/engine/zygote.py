"""The process that is warmed once and then forked for every run.

It takes orders on its standard input and answers on its standard output. It has one thread, runs no notebook itself, and
ends, with all that it has forked, when its owner is gone: whoever that was, and however it ended.
"""

from __future__ import annotations

import os
import pickle
import selectors
import signal
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, NoReturn

from kohtaamo_utils.engine import alone, private
from kohtaamo_utils.engine.wire import Ended, Event, Prepare, Ready, Refused, Run, Wire

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.engine.wire import Hello


def own_wire() -> Wire:
    """Take standard input and output for messages; what anybody prints from now on goes where errors go."""
    wire = Wire(os.dup(0), os.dup(1))
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return wire


@dataclass
class _Child:
    """A fork: which run it makes, where its messages come from, and what goes when it has ended."""

    number: int
    process: int
    wire: Wire
    content: bytes | None = None
    after: ExitStack = field(default_factory=ExitStack)


class Zygote:
    """Forks itself for every run.

    Parameters
    ----------
    wire
        Where orders come from.
    hello
        Who the owner is, and what to call when it is gone and the forks are ended, to tidy up behind them.
    """

    def __init__(self, wire: Wire, hello: Hello) -> None:
        self._wire = wire
        self._hello = hello
        self._children: dict[int, _Child] = {}
        self._selector = selectors.DefaultSelector()
        self._selector.register(wire.source, selectors.EVENT_READ, self._order)
        self._environment = dict(os.environ)

    def serve(self) -> None:
        """Take orders until the owner is gone."""
        try:
            while True:
                for key, _ in self._selector.select():
                    key.data()
        except (EOFError, BrokenPipeError):
            self._end()

    def _order(self) -> None:
        order = self._wire.receive()
        if isinstance(order, Prepare):
            with private.dying_with_owner(self._hello):
                wrong = private.prepare(order)
            self._wire.send(Ready(wrong or alone.trouble()))
        elif isinstance(order, Run):
            trouble = alone.trouble()
            if trouble:
                self._wire.send(Refused(order.number, trouble))
            else:
                self._fork(order)

    def _fork(self, order: Run) -> None:
        after = ExitStack()
        temporary = after.enter_context(private.temporary_folder())
        source, sink = os.pipe()
        parent = os.getpid()
        process = os.fork()
        if process == 0:
            self._be_child(order, temporary, parent, Wire(-1, sink))
        with suppress(OSError):  # it has done so itself, or has ended
            os.setpgid(process, process)
        os.close(sink)
        after.callback(os.close, source)
        after.callback(self._forget, source)
        child = _Child(order.number, process, Wire(source, -1), after=after)
        self._children[process] = child
        self._selector.register(source, selectors.EVENT_READ, partial(self._hear, child))
        self._watch(child)

    def _be_child(self, order: Run, temporary: Path, parent: int, wire: Wire) -> NoReturn:
        try:
            with suppress(OSError):
                os.setpgid(0, 0)
            private.die_with_parent(parent)
            for key in list(self._selector.get_map().values()):
                os.close(key.fd)
            signal.signal(signal.SIGINT, signal.default_int_handler)
            private.settle(order, temporary, private.added(self._environment))
            content = private.call(order, lambda event: wire.send(Event(order.number, pickle.dumps(event))))
            wire.send(Ended(order.number, content))
        finally:
            os._exit(0)

    def _watch(self, child: _Child) -> None:
        """When the fork ends, end what it has started: it would hold the pipe open, and nobody waits for it."""
        exits = os.pidfd_open(child.process)
        child.after.callback(os.close, exits)
        child.after.callback(self._forget, exits)

        def ended() -> None:
            self._forget(exits)
            if child.process in self._children:
                _kill(child)

        self._selector.register(exits, selectors.EVENT_READ, ended)

    def _forget(self, descriptor: int) -> None:
        with suppress(KeyError):
            self._selector.unregister(descriptor)

    def _hear(self, child: _Child) -> None:
        try:
            message = child.wire.receive()
        except EOFError:
            status = self._bury(child)
            self._wire.send(Ended(child.number, child.content, status))
            return
        if isinstance(message, Ended):
            child.content = message.content
        else:
            self._wire.send(message)

    def _bury(self, child: _Child) -> int:
        _kill(child)
        _, status = os.waitpid(child.process, 0)
        child.after.close()
        del self._children[child.process]
        return os.waitstatus_to_exitcode(status)

    def _end(self) -> None:
        for child in list(self._children.values()):
            self._bury(child)
        private.prepare(self._hello.farewell)


def _kill(child: _Child) -> None:
    with suppress(ProcessLookupError):
        os.killpg(child.process, signal.SIGKILL)


def main() -> None:
    """Serve on the standard streams."""
    private.leave_interrupts_to_owner()
    wire = own_wire()
    Zygote(wire, wire.receive()).serve()
    os._exit(0)  # taking down all that was loaded would take a second, and nothing of it is to be kept
