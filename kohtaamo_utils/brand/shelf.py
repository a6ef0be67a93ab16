"""What was worked out once is at hand for all forks of a process: in a file that has no name and ends with them.

Entries are found by a fingerprint of all that they were made from, so that an old one is never wrong. Where there are no
forks there is no shelf, and everything is worked out as if there never had been one.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

try:
    import fcntl
except ImportError:  # no forks there
    fcntl = None  # type: ignore[assignment]

FULL = 30_000_000
"""Bytes that it holds at most; afterwards nothing is put there."""
_DIGEST, _LENGTH = 32, 8
_HEAD = 2 * _DIGEST + _LENGTH


class Shelf:
    """Keeps bytes for this process and its forks.

    Examples
    --------
    >>> shelf = Shelf()
    >>> shelf.taken(b"key", lambda: b"made"), shelf.taken(b"key", lambda: b"made again")
    (b'made', b'made')
    """

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None
        if fcntl is not None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the process

    def taken(self, made_from: bytes, make: Callable[[], bytes]) -> bytes:
        """Return what was made from something, by anybody in the family, or make it and keep it.

        Parameters
        ----------
        made_from
            Everything that it depends on.
        make
            What makes it.
        """
        key = hashlib.sha256(made_from).digest()
        found, _ = self._found(key)
        if found is None:
            found = make()
            self._put(key, found)
        return found

    def _found(self, key: bytes) -> tuple[bytes | None, int]:
        """Return the entry, and where the last whole one ends: what a killed fork began is passed over."""
        if self._file is None:
            return None, 0
        place, number = 0, self._file.fileno()
        while len(head := os.pread(number, _HEAD, place)) == _HEAD:
            length = int.from_bytes(head[2 * _DIGEST :], "big")
            if head[:_DIGEST] == key or place + _HEAD + length > os.fstat(number).st_size:
                content = os.pread(number, length, place + _HEAD)
                if hashlib.sha256(content).digest() != head[_DIGEST : 2 * _DIGEST]:
                    break
                if head[:_DIGEST] == key:
                    return content, place
            place += _HEAD + length
        return None, place

    def _put(self, key: bytes, content: bytes) -> None:
        if self._file is None:
            return
        number = self._file.fileno()
        fcntl.lockf(number, fcntl.LOCK_EX)  # of this process: a fork's own
        try:
            found, end = self._found(key)
            if found is None and end + _HEAD + len(content) <= FULL:
                head = key + hashlib.sha256(content).digest() + len(content).to_bytes(_LENGTH, "big")
                os.pwrite(number, head + content, end)
        finally:
            fcntl.lockf(number, fcntl.LOCK_UN)
