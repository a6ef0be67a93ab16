"""Compound files, the folders within a file that workbooks of the older, binary kind (.xls) are kept in."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

from kohtaamo_utils.intake.sheets.disguised import OLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ENTRY, IN_HEADER = 128, 109
SHIFTS, SMALL_SHIFT = (9, 12), 6
"""Powers of two that sectors are large, and the small ones within the root's stream."""
ROOT = 5
"""Type of the entry that holds all small streams."""
LAST_SECTOR = 0xFFFFFFFA
"""From this number on a sector is none, but says what there is instead."""
DAMAGED = (struct.error, IndexError, ValueError)
"""What reading a damaged file raises."""


class _Stream(NamedTuple):
    """An entry of the directory: its type, where its bytes begin, and how many there are."""

    kind: int
    first: int
    size: int


def stream(data: bytes, names: Sequence[str]) -> bytes:
    """Return the first of these streams that a compound file has; b"" where it has none, or is no such file.

    Parameters
    ----------
    data
        The whole file.
    names
        The streams' names, the one wanted most first.
    """
    if not data.startswith(OLE):
        return b""
    try:
        return _File(data).stream(names)
    except DAMAGED:
        return b""


class _File:
    """A compound file: which sector follows which, and its directory."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        shift, small_shift = struct.unpack_from("<HH", data, 30)
        if shift not in SHIFTS or small_shift != SMALL_SHIFT:
            raise ValueError
        self._size, self._small_size = 1 << shift, 1 << small_shift
        directory, self._cutoff, small_table = (struct.unpack_from("<I", data, place)[0] for place in (48, 56, 60))
        tables = dict.fromkeys(self._tables())  # each once: a damaged file may name one again and again
        self._next = [number for sector in tables for number in self._numbers(sector)]
        self._small_next = [number for sector in self._chain(small_table) for number in self._numbers(sector)]
        self._entries = dict(self._directory(directory))

    def stream(self, names: Sequence[str]) -> bytes:
        found = next((self._entries[name] for name in names if name in self._entries), None)
        if found is None:
            return b""
        if found.size >= self._cutoff:
            return self._long(found.first)[: found.size]
        roots = [entry.first for entry in self._entries.values() if entry.kind == ROOT]
        small = self._long(roots[0])
        size = self._small_size
        sectors = _chain(self._small_next, found.first)
        return b"".join(small[sector * size : (sector + 1) * size] for sector in sectors)[: found.size]

    def _tables(self) -> Iterator[int]:
        """Yield the sectors that say which sector follows which: the header names the first, they name the others."""
        yield from (number for number in struct.unpack_from(f"<{IN_HEADER}I", self._data, 76) if number < LAST_SECTOR)
        (sector,) = struct.unpack_from("<I", self._data, 68)
        seen = set[int]()
        while sector < LAST_SECTOR and sector not in seen:
            seen.add(sector)
            *numbers, sector = self._numbers(sector)
            yield from (number for number in numbers if number < LAST_SECTOR)

    def _numbers(self, sector: int) -> tuple[int, ...]:
        return struct.unpack(f"<{self._size // 4}I", self._sector(sector))

    def _sector(self, sector: int) -> bytes:
        return self._data[(sector + 1) * self._size : (sector + 2) * self._size]

    def _chain(self, first: int) -> Iterator[int]:
        return _chain(self._next, first)

    def _long(self, first: int) -> bytes:
        return b"".join(map(self._sector, self._chain(first)))

    def _directory(self, first: int) -> Iterator[tuple[str, _Stream]]:
        entries = self._long(first)
        for place in range(0, len(entries) - ENTRY + 1, ENTRY):
            entry = entries[place : place + ENTRY]
            length, kind = struct.unpack_from("<HB", entry, 64)
            begin, size = struct.unpack_from("<II", entry, 116)
            yield entry[: max(length - 2, 0)].decode("utf-16-le", "replace"), _Stream(kind, begin, size)


def _chain(following: Sequence[int], first: int) -> Iterator[int]:
    """Yield sectors as they follow each other; one that comes again ends it."""
    seen = set[int]()
    while first < LAST_SECTOR and first not in seen:
        seen.add(first)
        yield first
        first = following[first]
