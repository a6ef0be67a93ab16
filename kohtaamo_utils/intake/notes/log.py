"""What intake did with the client's rows: counted, structured, and said in a report's appendix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LogKind = Literal[
    "unsettled",
    "settled",
    "rows_in",
    "rows_out",
    "excluded",
    "no_customer",
    "duplicates_dropped",
    "incomplete",
    "preview",
    "spam",
    "too_fast",
    "straight_lining",
    "missing_value",
    "inferred",
    "flagged",
    "dropped",
    "redacted",
    "pseudonymised",
    "weighted",
]
LEFT_OUT: tuple[LogKind, ...] = (
    "preview",
    "spam",
    "incomplete",
    "excluded",
    "too_fast",
    "straight_lining",
    "no_customer",
    "duplicates_dropped",
)
"""Kinds that take rows away: rows in, less these, are rows out."""


@dataclass(frozen=True, kw_only=True)
class LogEntry:
    """One thing that intake did or noticed in one file.

    Parameters
    ----------
    table
        Canonical table that the file was read for.
    file
        File as the engagement names it.
    kind
        What sort of entry it is; ``unsettled`` is what was read as it stands, and whoever knows the client must say
        whether that is right; ``settled`` is the same after somebody has said so.
    rule
        Machine name within the kind: ``matches``, ``separator``, ``straight_lining``.
    count
        Number of rows (of cells for ``missing_value``, ``pseudonymised`` and words that mean no answer, of places in
        texts for ``redacted``, of columns for ``dropped``).
    detail
        The entry as a message, e.g. ``InvoiceNo matches ^C``.
    column
        Column that the rule speaks of: the file's for ``excluded`` and ``dropped``, the canonical one otherwise; "" for none.
    value
        What the rule compares with or what was inferred; "" for none.
    reason
        What the rows are, or why a matter is settled, in the words of who wrote the rule; "" where nobody said.
    """

    table: str
    file: str
    kind: LogKind
    rule: str
    count: int
    detail: str = ""
    column: str = ""
    value: str = ""
    reason: str = ""


@dataclass(frozen=True)
class ImportLog:
    """The entries of one reading, in the order of the sources.

    Examples
    --------
    >>> log = ImportLog((LogEntry(table="survey", file="a.csv", kind="rows_in", rule="rows_in", count=10),
    ...                  LogEntry(table="survey", file="a.csv", kind="excluded", rule="empty", count=3),
    ...                  LogEntry(table="survey", file="a.csv", kind="rows_out", rule="rows_out", count=7)))
    >>> log.rows_in("survey"), log.excluded("survey"), log.rows_out("survey")
    (10, 3, 7)
    """

    entries: tuple[LogEntry, ...] = ()

    def of(self, table: str, *kinds: LogKind) -> tuple[LogEntry, ...]:
        """Return a table's entries, of these kinds only if any are given."""
        return tuple(entry for entry in self.entries if entry.table == table and (not kinds or entry.kind in kinds))

    def count(self, table: str, *kinds: LogKind) -> int:
        """Return the sum of the counts of a table's entries of these kinds."""
        return sum(entry.count for entry in self.of(table, *kinds))

    def rows_in(self, table: str) -> int:
        """Rows that the table's files hold, blank lines and headers apart."""
        return self.count(table, "rows_in")

    def rows_out(self, table: str) -> int:
        """Rows that the canonical table holds."""
        return self.count(table, "rows_out")

    def excluded(self, table: str) -> int:
        """Rows that the engagement's own ``exclude`` rules left out."""
        return self.count(table, "excluded")

    def left_out(self, table: str) -> int:
        """All rows that were left out, for whatever reason; rows in less this is rows out."""
        return self.count(table, *LEFT_OUT)
