"""A large file's beginning, and how DuckDB finds the rest of the file."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from kohtaamo_utils.intake.large.scan import WATCHED
from kohtaamo_utils.ledger import StoreError

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.intake.large.start import Start
    from kohtaamo_utils.ledger import Store

TRIED = 200
"""Lines of a text file that DuckDB and the usual reading must divide alike."""
BUFFER, BUFFERS = (4_000_000, 16_000_000), 16
"""Least and most bytes of a text file that are read at a time, and into how many such pieces it is to fall."""


@dataclass(frozen=True)
class Head:
    """A large file's beginning.

    Parameters
    ----------
    start
        Its first rows under their names.
    path
        Where the rows are read from: the file itself, or a plain copy of it.
    kinds
        By place, what Parquet says the column holds: ``text``, ``number``, ``whole``, ``date`` or ``other``; all text
        in a text file.
    separator
        Of a text file; "" in Parquet.
    skipped
        Records of a text file above its first row.
    ascii
        Whether a text file has no character beyond ASCII.
    guarded
        Whether a cell below the header may hold a number as only DuckDB reads it: 1_000 or +-1.
    lead
        Whether its first line only names the separator.
    signs
        Those of `scan.WATCHED` that may be somewhere in the file.
    """

    start: Start
    path: Path
    kinds: tuple[str, ...]
    separator: str = ""
    skipped: int = 0
    ascii: bool = False
    guarded: bool = True
    lead: bool = False
    signs: str = WATCHED

    def agrees(self, store: Store) -> bool:
        """Tell whether DuckDB divides the first lines of a text file into the cells that we see in them."""
        with self.path.open(encoding="utf-8-sig", newline=None) as stream:
            lines = list(islice(stream, TRIED))
        sample = store.folder / "sample.csv"
        sample.write_text("".join(lines), encoding="utf-8", newline="\n")
        try:
            found = store.rows(f"SELECT * FROM {self.relation(sample)}")
        except StoreError:
            return False
        wanted = self.start.rows[: len(found)]
        return [[cell or "" for cell in row] for row in found[: len(wanted)]] == wanted

    @property
    def ended(self) -> bool:
        """Whether a text file ends in a line break; one that was cut off does not."""
        with self.path.open("rb") as stream:
            stream.seek(-1, 2)
            return stream.read(1) in b"\r\n"

    @property
    def _buffer(self) -> int:
        """Bytes that DuckDB takes of a text file at a time: fewer of a smaller file, whose reading then needs less memory."""
        least, most = BUFFER
        return min(most, max(least, self.path.stat().st_size // BUFFERS))

    def blank(self, place: int) -> str | None:
        """Return the condition on Parquet's own column that it says nothing; None where that has to be read.

        DuckDB answers it for most of the file from what Parquet says of its parts.
        """
        if self.separator or self.kinds[place] not in {"text", "whole"}:
            return None
        name = quoted_name(self.start.names[place])
        return f"({name} IS NULL OR {name} = '')" if self.kinds[place] == "text" else f"{name} IS NULL"

    def counts(self, store: Store, condition: str) -> tuple[int, int]:
        """Count the rows of a Parquet file, and those that fulfil a condition on its own columns."""
        rows = f"SELECT count(*) FROM read_parquet({quoted(str(self.path))})"
        count, fulfilling = store.row(f"SELECT ({rows}), ({rows} WHERE {condition})")
        return int(count), int(fulfilling)

    def relation(self, path: Path | None = None) -> str:
        """Return the file's rows as a table for a query: columns c0, c1, ...; in a text file all are text.

        Parameters
        ----------
        path
            Another file of the same form.
        """
        file = quoted(str(path or self.path))
        if not self.separator:
            cells = [
                f"nullif({quoted_name(name)}, '')" if kind == "text" else quoted_name(name)
                for name, kind in zip(self.start.names, self.kinds, strict=True)
            ]
            names = ", ".join(f"{cell} AS c{place}" for place, cell in enumerate(cells))
            return f"(SELECT {names} FROM read_parquet({file}))"
        columns = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(len(self.start.names)))
        return (
            f"read_csv({file}, columns = {{{columns}}}, auto_detect = false, header = false, skip = {self.skipped}, "
            f"delim = {quoted(self.separator)}, quote = '\"', escape = '\"', "
            f"buffer_size = {self._buffer}, max_line_size = 2000000)"
        )


def quoted(text: str) -> str:
    """Return a text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def quoted_name(text: str) -> str:
    """Return a column's name as SQL writes it."""
    return '"' + text.replace('"', '""') + '"'
