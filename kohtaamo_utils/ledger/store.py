"""The DuckDB database that a ledger lives in: in memory, bounded, spilling into a folder of its own."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from kohtaamo_utils.errors import DataError, KohtaamoError, say
from kohtaamo_utils.ledger.interrupts import Worker, waiting

if TYPE_CHECKING:
    from types import TracebackType

    import duckdb

LEAST, MOST = 250, 800
"""Megabytes that DuckDB may use before it spills to disk: for sales of 10 million lines, and for any more."""
EACH = 0.35
"""Megabytes more for a megabyte of text beyond the first half gigabyte. Measured: with less, 50 million lines spill too often."""


class StoreError(Exception):
    """A query that the database refused; callers decide what it means."""


class RoomError(StoreError, KohtaamoError):
    """There is not enough memory, or not enough room for what is put aside on disk."""


class SumError(StoreError, DataError):
    """The lines of an order sum up to more than money is counted to."""


class Store:
    """One private database; it and what it spilled are gone when it is closed or no longer used.

    Examples
    --------
    >>> with Store() as store:
    ...     store.row("SELECT 1 + 1")
    (2,)
    """

    def __init__(self) -> None:
        with waiting():
            import duckdb

        self._room, self._worker = LEAST, Worker()
        self._folder = tempfile.TemporaryDirectory(prefix="kohtaamo-", ignore_cleanup_errors=True)
        self._connection: duckdb.DuckDBPyConnection = duckdb.connect(
            config={
                "memory_limit": f"{LEAST}MB",
                "temp_directory": self._folder.name,
                "preserve_insertion_order": False,
                "async_threads": 0,  # they fetch ahead from afar; of a file on disk each would hold a piece more, and gain nothing
                "autoinstall_known_extensions": False,  # nothing is ever fetched
                "autoload_known_extensions": False,
            }
        )

    def expect(self, megabytes: float) -> None:
        """Make room for a file of so many megabytes of text, within bounds.

        Examples
        --------
        >>> with Store() as store:
        ...     store.expect(100_000)
        ...     store.row("SELECT current_setting('memory_limit')")
        ('762.9 MiB',)
        """
        room = round(min(MOST, max(LEAST, LEAST + EACH * (megabytes - 500))))
        if room != self._room:
            self.run(f"SET memory_limit = '{room}MB'")
            self._room = room

    @property
    def folder(self) -> Path:
        """A folder that is removed with the store."""
        return Path(self._folder.name)

    def run(self, sql: str, values: list[Any] | None = None) -> None:
        """Run a statement that returns nothing."""
        self.rows(sql, values)

    def rows(self, sql: str, values: list[Any] | None = None) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""
        import duckdb

        try:
            return self._worker.do(
                lambda: self._connection.execute(sql, values or []).fetchall(), self._connection.interrupt
            )
        except (duckdb.OutOfMemoryException, duckdb.IOException) as error:
            raise self._no_room(str(error)) from None
        except duckdb.Error as error:
            raise StoreError(str(error)) from None

    def _no_room(self, told: str) -> RoomError:
        return RoomError(
            say(
                "The order lines cannot be summed on this computer: {reason}. They need free memory, and room in the temporary folder {folder}. "
                "Make room there, or name another folder in the environment variable TMPDIR, and run the command again. Nothing was changed.",
                reason=told.partition("\n")[0].rstrip("."),
                folder=repr(tempfile.gettempdir()),
            )
        )

    def row(self, sql: str, values: list[Any] | None = None) -> tuple[Any, ...]:
        """Return the one row of a query."""
        (only,) = self.rows(sql, values)
        return only

    def register(self, name: str, table: object) -> None:
        """Let queries see a pandas frame under a name."""
        self._connection.register(name, table)

    def unregister(self, name: str) -> None:
        """Let go of a frame."""
        self._connection.unregister(name)

    def close(self) -> None:
        """Close the database and remove what it spilled."""
        self._worker.rest()
        with suppress(Exception):  # closing twice is no error
            self._connection.close()
        self._folder.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
