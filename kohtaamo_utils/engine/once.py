"""A process that is started ahead of need and makes one run.

It stands in for a fork where there is none: on Windows, on macOS, and where threads forbid one.
"""

from __future__ import annotations

import os
import pickle
import threading
from contextlib import suppress
from typing import Any

from kohtaamo_utils.engine import private
from kohtaamo_utils.engine.wire import Ended, Event, Hello, Ready, Run, Wire
from kohtaamo_utils.engine.zygote import own_wire


def _end_with_owner(wire: Wire, hello: Hello) -> None:
    """Wait for the owner's end, for it sends nothing more, and end with it."""
    with suppress(EOFError):
        wire.receive()
    private.prepare(hello.farewell)
    os._exit(1)


def _make(wire: Wire, order: Run, environment: dict[str, str]) -> None:
    def tell(event: Any) -> None:
        wire.send(Event(order.number, pickle.dumps(event)))

    with private.temporary_folder() as temporary:
        before = os.getcwd()  # noqa: PTH109 - to go back where the folder can be removed
        private.settle(order, temporary, private.added(environment))
        content = private.call(order, tell)
        os.chdir(before)
    wire.send(Ended(order.number, content))


def main() -> None:
    """Serve on the standard streams."""
    private.leave_interrupts_to_owner()
    wire, environment = own_wire(), dict(os.environ)
    hello: Hello = wire.receive()
    while True:
        try:
            order = wire.receive()
        except EOFError:
            return
        if isinstance(order, Run):
            break
        with private.dying_with_owner(hello):
            wrong = private.prepare(order)
        wire.send(Ready(wrong))
    threading.Thread(target=_end_with_owner, args=(wire, hello), daemon=True).start()
    _make(wire, order, environment)
    os._exit(0)
