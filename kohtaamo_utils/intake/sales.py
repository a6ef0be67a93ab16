"""The sources of ``transactions``: files of any size, gathered into one ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.engagement import TableName  # noqa: TC001 - annotates a constant
from kohtaamo_utils.errors import DataError
from kohtaamo_utils.intake.block import Block, no_rows
from kohtaamo_utils.intake.findings import Findings
from kohtaamo_utils.intake.large import is_large, read_large
from kohtaamo_utils.intake.mapping import check_settings
from kohtaamo_utils.ledger import Ledger, Store, gather, plain_lines
from kohtaamo_utils.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from kohtaamo_utils.engagement import Engagement, Source

TABLE: TableName = "transactions"


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
        sources = engagement.settings.sources[TABLE]
        self._alone = sum(len(source.file) for source in sources) == 1

    def read(self, source: Source) -> list[Block]:
        """Read all files of a source; nothing is raised, all problems are collected."""
        large = [file for file in source.file if is_large(self._engagement.path(file), source)]
        blocks = [self._large(file, source) for file in large]
        left = tuple(file for file, block in zip(large, blocks, strict=True) if block is None)
        small = tuple(file for file in source.file if file not in large or file in left)
        read = [block for block in blocks if block is not None]
        rest = source.model_copy(update={"file": small})
        if not small:
            return read
        from kohtaamo_utils.intake.source import read_source  # pandas, which large files need none of

        return [*read, read_source(self._engagement, TABLE, rest)]

    def _large(self, file: str, source: Source) -> Block | None:
        findings = Findings(TABLE, file)
        check_settings(TABLES[TABLE], source, findings)
        table = f"part_{len(self._tables)}"
        try:
            found = read_large(self._engagement, source, findings, self._store, table, alone=self._alone)
        except DataError:  # its problem is among the findings
            return Block((), tuple(findings.problems), tuple(findings.entries), ())
        except OSError:  # the usual reading tells why the file cannot be opened
            return None
        if found is None:
            return None
        if found.made:
            self._tables.append(table)
        if found.used == 0:
            no_rows([findings], findings)
        return Block((), tuple(dict.fromkeys(findings.problems)), tuple(findings.entries), (found.file,))

    @property
    def large(self) -> bool:
        """Whether any file was too large to be held."""
        return bool(self._tables)

    def ledger(self, frames: Iterable[pd.DataFrame]) -> Ledger:
        """Return the ledger of all sources.

        Parameters
        ----------
        frames
            Canonical ``transactions`` of the small files.
        """
        held = {f"held_{number}": plain_lines(frame) for number, frame in enumerate(frames)}
        for name, frame in held.items():
            self._store.register(name, frame)
        whole = [f"SELECT * FROM {table} WHERE why = 0" for table in self._tables]
        gather(self._store, [*whole, *(f"SELECT * FROM {name}" for name in held)], summed=not held and len(whole) == 1)
        for name in held:
            self._store.unregister(name)
        return Ledger(self._store)

    def close(self) -> None:
        """Let go of what was read."""
        self._store.close()
