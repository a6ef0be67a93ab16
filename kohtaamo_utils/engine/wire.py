"""Messages between two processes over a pair of pipes: a length, then a pickle."""

from __future__ import annotations

import os
import pickle
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_LENGTH = struct.Struct(">Q")
_BLOCK = 1 << 20


@dataclass(frozen=True)
class Prepare:
    """Call something in the process that later makes the others, so that they find it done."""

    call: Callable[..., Any]
    args: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Run:
    """Call something in a process that has run nothing before.

    `job` is the pickle of a function and its arguments, read in that process only. The function gets one argument
    more, before the others: a function that tells something to whoever waits for the result.
    """

    number: int
    job: bytes
    environment: dict[str, str]
    folder: str


@dataclass(frozen=True)
class Ready:
    """The preparations are done; `trouble` says why no process may be forked here, if so."""

    trouble: str = ""


@dataclass(frozen=True)
class Refused:
    """A run was not begun, because of threads that would not have survived the fork."""

    number: int
    trouble: str


@dataclass(frozen=True)
class Event:
    """Something that a run tells before it ends: a pickle, for only the receiver need read it."""

    number: int
    content: bytes


@dataclass(frozen=True)
class Ended:
    """A run's process is gone: with the pickle of its result, or with the status that it ended with."""

    number: int
    content: bytes | None
    status: int = 0


@dataclass(frozen=True)
class Outcome:
    """How a call ended: its value, or what it raised, as text."""

    value: Any = None
    error: str = ""


class Wire:
    """One end of a pair of pipes.

    Parameters
    ----------
    source, sink
        Descriptors to read from and to write to.

    Examples
    --------
    >>> wire = Wire(*os.pipe())
    >>> wire.send(("x", 1))
    >>> wire.receive()
    ('x', 1)
    """

    def __init__(self, source: int, sink: int) -> None:
        self.source = source
        self._sink = sink

    def send(self, message: Any) -> None:
        """Send a message whole."""
        self.send_bytes(pickle.dumps(message, protocol=5))

    def send_bytes(self, content: bytes) -> None:
        """Send what is a pickle already."""
        for part in (_LENGTH.pack(len(content)), content):
            left = memoryview(part)
            while left:
                left = left[os.write(self._sink, left) :]

    def receive(self) -> Any:
        """Wait for a message.

        Raises
        ------
        EOFError
            The other end is gone.
        """
        return pickle.loads(self.receive_bytes())  # noqa: S301 - from our own process, over a pipe that nobody else has

    def receive_bytes(self) -> bytes:
        """Wait for a message and return it as it was sent."""
        (length,) = _LENGTH.unpack(self._exactly(_LENGTH.size))
        return self._exactly(length)

    def _exactly(self, length: int) -> bytes:
        parts: list[bytes] = []
        while length:
            part = os.read(self.source, min(length, _BLOCK))
            if not part:
                raise EOFError
            parts.append(part)
            length -= len(part)
        return b"".join(parts)
