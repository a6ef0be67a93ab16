"""The sources of ``transactions``: files of any size, gathered into one ledger."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from kohtaamo_utils.engagement import TableName  # noqa: TC001 - annotates a constant
from kohtaamo_utils.errors import DataError
from kohtaamo_utils.intake.block import Block, no_rows
from kohtaamo_utils.intake.columns.mapping import check_settings
from kohtaamo_utils.intake.columns.spelling import best_spellings, note_spellings
from kohtaamo_utils.intake.large import is_large, read_large
from kohtaamo_utils.intake.large.customers import identifiers_of
from kohtaamo_utils.intake.large.same_orders import Lines, same_orders
from kohtaamo_utils.intake.large.unit_names import UnitNames, alike, spellings
from kohtaamo_utils.intake.notes.findings import Findings
from kohtaamo_utils.ledger import UNIT, Ledger, Store, codes_of, gather, held, names_in, plain_lines, without_unit
from kohtaamo_utils.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from kohtaamo_utils.engagement import Engagement, Source
    from kohtaamo_utils.errors import Problem
    from kohtaamo_utils.intake.rows.file_rows import FileRows

TABLE: TableName = "transactions"


class _Part(NamedTuple):
    """What one large file gave: its table's name is "" where there is none, its units None where it has none."""

    file: str
    block: Block
    table: str = ""
    units: UnitNames | None = None


class Sales:
    """What the sources of ``transactions`` give: small files as frames, large ones as tables of a store.

    Parameters
    ----------
    engagement
        Whose sales they are.
    """

    def __init__(self, engagement: Engagement) -> None:
        self._engagement = engagement
        self._store = Store()
        self._tables: list[str] = []
        self._files: dict[str, str] = {}
        self._named: dict[str, dict[str, str]] = {}
        sources = engagement.settings.sources[TABLE]
        self._alone = sum(len(source.file) for source in sources) == 1

    def read(self, source: Source) -> list[Block]:
        """Read all files of a source; nothing is raised, all problems are collected."""
        large = [file for file in source.file if is_large(self._engagement.path(file), source)]
        parts = [self._large(file, source) for file in large]
        left = tuple(file for file, part in zip(large, parts, strict=True) if part is None)
        small = tuple(file for file in source.file if file not in large or file in left)
        read = [part for part in parts if part is not None]
        rest = source.model_copy(update={"file": small})
        if not small:
            return self._spelled(read, [])
        from kohtaamo_utils.intake.source import read_source  # pandas, which large files need none of

        also = sum((part.units.lines for part in read if part.units is not None), Counter[str]())
        others = read_source(self._engagement, TABLE, rest, {UNIT: also})
        return [*self._spelled(read, others.frames), others]

    def _spelled(self, parts: Sequence[_Part], frames: Sequence[pd.DataFrame]) -> list[Block]:
        """Give the units of a source's large files one spelling; what was written otherwise is logged."""
        named = [part.units for part in parts if part.units is not None]
        chosen = spellings(named, frames) if named else {}
        blocks = []
        for part in parts:
            findings = Findings(TABLE, part.file)
            if part.units is not None:
                own = best_spellings(part.units.lines)
                self._named[part.table] = {own[text]: chosen[text] for text in own}
                note_spellings(UNIT, part.units.label, part.units.lines, chosen, findings)
            blocks.append(replace(part.block, entries=(*part.block.entries, *findings.entries)))
        return blocks

    def _large(self, file: str, source: Source) -> _Part | None:
        findings = Findings(TABLE, file)
        check_settings(TABLES[TABLE], source, findings)
        table = f"part_{len(self._tables)}"
        try:
            found = read_large(self._engagement, source, findings, self._store, table, alone=self._alone)
        except DataError:  # its problem is among the findings
            return _Part(file, Block((), tuple(findings.problems), tuple(findings.entries), ()))
        except OSError:  # the usual reading tells why the file cannot be opened
            return None
        if found is None:
            return None
        if found.made:
            self._tables.append(table)
            self._files[table] = file
        if found.used == 0:
            no_rows([findings], findings)
        problems = tuple(dict.fromkeys(findings.problems))
        called = (
            () if found.customers is None or problems else (identifiers_of(found.customers, file, self._store, table),)
        )
        block = Block((), problems, tuple(findings.entries), (found.file,), compared=called)
        return _Part(file, block, table, found.units)

    @property
    def large(self) -> bool:
        """Whether any file was too large to be held."""
        return bool(self._tables)

    def twice(self, rows: Iterable[FileRows]) -> tuple[Problem, ...]:
        """Return the problems of large files that share orders with any other file.

        Parameters
        ----------
        rows
            The small files' rows, which are compared with each other elsewhere.
        """
        small = {f"compared_{number}": (each.file, plain_lines(each.frame)) for number, each in enumerate(rows)}
        units = bool(self._named) or any(UNIT in frame for _, frame in small.values())
        for name, (_, frame) in small.items():
            self._store.register(name, frame)
        files = [Lines(self._files[table], self._purchases(table, units=units), large=True) for table in self._tables]
        files += [Lines(file, _held(name, frame, units=units), large=False) for name, (file, frame) in small.items()]
        try:
            return tuple(same_orders(self._store, files, units=units))
        finally:
            for name in small:
                self._store.unregister(name)

    def ledger(self, frames: Iterable[pd.DataFrame]) -> Ledger:
        """Return the ledger of all sources.

        Parameters
        ----------
        frames
            Canonical ``transactions`` of the small files.
        """
        small = {f"held_{number}": plain_lines(frame) for number, frame in enumerate(frames)}
        for name, frame in small.items():
            self._store.register(name, frame)
        units = bool(self._named) or any(UNIT in frame for frame in small.values())
        whole = [self._purchases(table, units=units) for table in self._tables]
        lines = [_held(name, frame, units=units) for name, frame in small.items()]
        gather(self._store, [*whole, *lines], summed=not small and len(whole) == 1, units=units)
        for name in small:
            self._store.unregister(name)
        return Ledger(self._store, self._names(small.values()) if units else None)

    def _purchases(self, table: str, *, units: bool) -> str:
        """Return the query of a large file's purchases."""
        if not units:
            return f"SELECT * FROM {table} WHERE why = 0"
        if table not in self._named:
            return without_unit(f"SELECT * FROM {table} WHERE why = 0")
        return f"{alike(self._store, table, self._named[table])} WHERE why = 0"

    def _names(self, frames: Iterable[pd.DataFrame]) -> dict[int, str]:
        """Return the name of each unit's code."""
        names = [name for frame in frames for name in names_in(frame)]
        names += [name for chosen in self._named.values() for name in chosen.values()]
        return {code: name for name, code in codes_of(self._store, names).items()}

    def close(self) -> None:
        """Let go of what was read."""
        self._store.close()


def _held(name: str, frame: pd.DataFrame, *, units: bool) -> str:
    """Return the query of a small file's lines, with a unit where any file has one."""
    return without_unit(held(name, frame)) if units and UNIT not in frame else held(name, frame)
