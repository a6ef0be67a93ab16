"""What a cell writes: Python's two streams and the descriptors below them, as messages of the kernel's protocol."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_WATCHED = sys.platform.startswith(("linux", "darwin"))
"""Where ipykernel watches the descriptors too."""


class Stream(io.TextIOBase):
    """Stands in for ``sys.stdout`` or ``sys.stderr`` while a cell runs.

    Text is kept until somebody flushes, as ipykernel does: before something is displayed, and at the cell's end.

    Parameters
    ----------
    descriptor
        1 or 2; what programs that the cell starts write there belongs to the stream too.
    send
        Takes the stream's name and its text.
    """

    def __init__(self, descriptor: int, send: Callable[[str, str], None]) -> None:
        super().__init__()
        self._name = {1: "stdout", 2: "stderr"}[descriptor]
        self._descriptor = descriptor
        self._send = send
        self._text: list[str] = []
        self._below = tempfile.TemporaryFile(buffering=0) if _WATCHED else None  # noqa: SIM115 - open as long as the process
        self._read = 0
        if self._below is not None:
            os.dup2(self._below.fileno(), descriptor)

    @property
    def name(self) -> str:
        """The stream's name in the protocol."""
        return f"<{self._name}>"

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """What ipykernel's streams say."""
        return "UTF-8"

    def writable(self) -> bool:
        """Tell that the stream can be written."""
        return True

    def isatty(self) -> bool:
        """Tell that nobody looks at it."""
        return False

    def fileno(self) -> int:
        """Return the descriptor that programs started by the cell write to."""
        return self._descriptor

    def write(self, text: str) -> int:
        """Keep text until the next flush."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        self._take_below()
        self._text.append(text)
        return len(text)

    def flush(self) -> None:
        """Send what was written since the last flush, what programs wrote included."""
        self._take_below()
        text, self._text = "".join(self._text), []
        if text:
            self._send(self._name, text)

    def _take_below(self) -> None:
        if self._below is None:
            return
        size = os.fstat(self._below.fileno()).st_size
        if size > self._read:
            self._text.append(os.pread(self._below.fileno(), size - self._read, self._read).decode(errors="replace"))
            self._read = size
