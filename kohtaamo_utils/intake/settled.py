"""Matters that were read as they stand, and of which somebody who knows the client says in the settings that this is right."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kohtaamo_utils.intake.notes.yaml_text import yaml_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kohtaamo_utils.engagement import Source, TableName
    from kohtaamo_utils.intake.notes.log import LogEntry


def with_settled(entries: Iterable[LogEntry], sources: Mapping[TableName, Sequence[Source]]) -> tuple[LogEntry, ...]:
    """Return the import log's entries; those that are settled stay in it as such, with the reason.

    Parameters
    ----------
    entries
        Of all files.
    sources
        By table. What a source settles is settled in its own files only, and in the column that it names: a status that
        another column begins to hold is told again.
    """
    reasons: dict[tuple[str, str, str, str], str] = {
        (table, file, settled.matter, (settled.column or "").casefold()): settled.reason
        for table, several in sources.items()
        for source in several
        for settled in source.settled
        for file in source.file
    }
    return tuple(_settled(entry, reasons) for entry in entries)


def _settled(entry: LogEntry, reasons: Mapping[tuple[str, str, str, str], str]) -> LogEntry:
    reason = reasons.get((entry.table, entry.file, entry.rule, entry.column.casefold()))
    return entry if entry.kind != "unsettled" or reason is None else replace(entry, kind="settled", reason=reason)


def settling(entry: LogEntry) -> str:
    """Return what settles a matter, as it is written in the source's block; its reason is for a person to give.

    Examples
    --------
    >>> from kohtaamo_utils.intake.notes.log import LogEntry
    >>> print(settling(LogEntry(table="transactions", file="a.csv", kind="unsettled", rule="status", count=1, column="Tila")))
    settled: [{matter: status, column: "Tila", reason: …}]
    """
    column = f", column: {yaml_text(entry.column)}" if entry.column else ""
    return f"settled: [{{matter: {entry.rule}{column}, reason: …}}]"
