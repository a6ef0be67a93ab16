"""Rows from all over a large text file, where reading all of its rows once more would take as long as all else."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kohtaamo_utils.intake.large.head import Head

SPOTS, LENGTH = 8, 8_192
"""Places looked at, the file's end among them, and the bytes that are read there."""


def texts_at_spots(head: Head, places: Iterable[int]) -> dict[int, set[str]]:
    """Return what some rows hold in some columns.

    A spot may begin within a cell of several lines: rows of another number of cells count for nothing, and of what is
    found here no more is made than a reason to look at every row.

    Parameters
    ----------
    head
        The file.
    places
        Its columns.
    """
    found: dict[int, set[str]] = {place: set() for place in places}
    for row in _rows(head.path, head.separator, len(head.start.names)):
        for place, texts in found.items():
            texts.add(row[place])
    return found


def _rows(path: Path, separator: str, width: int) -> Iterator[list[str]]:
    size = path.stat().st_size
    with path.open("rb") as stream:
        for number in range(1, SPOTS + 1):
            stream.seek(max(0, size * number // SPOTS - LENGTH))
            stream.readline()
            lines = stream.read(LENGTH).decode("utf-8", errors="ignore").splitlines()
            yield from (row for row in csv.reader(lines, delimiter=separator) if len(row) == width)
