"""All the client's files as canonical tables: the one door of intake."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from kohtaamo_utils.errors import DataError, Problem, say_plural
from kohtaamo_utils.intake.beside import RATINGS, SURVEY, WITH_THEMES
from kohtaamo_utils.intake.block import too_large_sum
from kohtaamo_utils.intake.copies import without_copies
from kohtaamo_utils.intake.notes.findings import Findings
from kohtaamo_utils.intake.notes.log import ImportLog
from kohtaamo_utils.intake.planned import with_actions
from kohtaamo_utils.intake.rows.in_common import not_in_common
from kohtaamo_utils.intake.sales import TABLE as SALES
from kohtaamo_utils.intake.sales import Sales
from kohtaamo_utils.intake.settled import with_settled
from kohtaamo_utils.ledger import SumError
from kohtaamo_utils.tables import TABLES, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import pandas as pd

    from kohtaamo_utils.engagement import Engagement, Source, TableName
    from kohtaamo_utils.intake.block import Block
    from kohtaamo_utils.intake.files import InputFile
    from kohtaamo_utils.intake.rows.in_common import Identifiers
    from kohtaamo_utils.ledger import Ledger

T = TypeVar("T")


@dataclass(frozen=True)
class Dataset:
    """Canonical tables, how they came about and what they were made from.

    Parameters
    ----------
    tables
        By name; each keeps its schema in `kohtaamo_utils.tables` and has a plain row index. Columns that no source
        gives are not there; where one source gives a column and another does not, the latter's rows are empty in it.
    log
        What was done with the rows.
    inputs
        The files, each once, in the order they were read.
    ledger
        The sales, from files of any size; None without a source of ``transactions``. The table ``transactions`` itself
        is there only where all of its files are small enough to be held.
    identifiers
        By the id of a reviewee whom the files call by an address, a number or an unfit name: what they call them. For the
        consultant's own list, and for no report.
    writers
        By the id of a rater of a 360 review, the words of their name: to be taken out of comments, and written nowhere.
    derived
        What `once` has computed.
    """

    tables: dict[str, pd.DataFrame]
    log: ImportLog
    inputs: tuple[InputFile, ...]
    ledger: Ledger | None = None
    identifiers: Mapping[str, str] = field(default_factory=dict)
    writers: Mapping[str, str] = field(default_factory=dict, repr=False)
    derived: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, name: str, compute: Callable[[], T]) -> T:
        """Return what was derived from the tables under a name; computed when first asked for.

        Examples
        --------
        >>> dataset = Dataset({}, ImportLog(), ())
        >>> dataset.once("n", lambda: 1), dataset.once("n", lambda: 2)
        (1, 1)
        """
        if name not in self.derived:
            self.derived[name] = compute()
        value: T = self.derived[name]
        return value

    @property
    def names(self) -> tuple[str, ...]:
        """The canonical tables that were read, held or not, in the order of `TABLES`."""
        return tuple(name for name in TABLES if name in self.tables or (name == SALES and self.ledger is not None))


def read(engagement: Engagement, tables: Iterable[str] | None = None) -> Dataset:
    """Read the client's files.

    Parameters
    ----------
    engagement
        The opened engagement folder.
    tables
        Canonical tables to read; None reads every source. Tables without a source are passed over.

    Raises
    ------
    DataError
        Something is wrong in the files or their mapping; the error lists every problem.
    """
    problems, dataset = check(engagement, tables)
    if dataset is None:
        raise DataError(
            say_plural(
                "The client's files cannot be read as they are ({n} problem):",
                "The client's files cannot be read as they are ({n} problems):",
                len(problems),
            ),
            problems,
        )
    return dataset


def check(engagement: Engagement, tables: Iterable[str] | None = None) -> tuple[tuple[Problem, ...], Dataset | None]:
    """Read the client's files and list every problem of every source, raising nothing.

    Returns
    -------
    problems
        All of them, in the order of the sources.
    dataset
        None where there is any problem.
    """
    wanted = set(TABLES) if tables is None else set(tables)
    sources = {name: several for name, several in engagement.settings.sources.items() if name in wanted}
    sales = Sales(engagement) if SALES in sources else None
    blocks = {
        name: [block for source in several for block in _blocks(engagement, name, source, sales)]
        for name, several in sources.items()
    }
    blocks = {name: _compared(several, TABLES[name]) for name, several in blocks.items()}
    if RATINGS in blocks:
        blocks[RATINGS] = _rated(engagement, sources[RATINGS], blocks[RATINGS])
    if any(name in blocks for name in WITH_THEMES):
        from kohtaamo_utils.intake.themes import with_codebook

        for name in WITH_THEMES:
            if name in blocks:
                blocks[name] = with_codebook(engagement, name, blocks[name])
    if SURVEY in blocks:
        blocks[SURVEY] = with_actions(engagement, blocks[SURVEY])
    every = [block for several in blocks.values() for block in several]
    problems = tuple(problem for block in every for problem in block.problems)
    if problems:
        if sales is not None:
            sales.close()
        return problems, None
    held = {name: several for name, several in blocks.items() if name != SALES or sales is None or not sales.large}
    frames: dict[str, pd.DataFrame] = {name: _joined(several, TABLES[name]) for name, several in held.items()}
    entries = [entry for block in every for entry in block.entries]
    if SURVEY in frames:
        from kohtaamo_utils.intake.weighting import weighted

        frames[SURVEY], findings = weighted(frames[SURVEY], engagement.settings)
        if findings.problems:
            return tuple(findings.problems), None
        entries += findings.entries
    entries += not_in_common(_named(sources, every))
    inputs = dict.fromkeys(read_file for block in every for read_file in block.inputs)
    problems, ledger = ((), None) if sales is None else _ledger(sales, sources[SALES], blocks[SALES])
    log, called = (
        ImportLog(with_settled(entries, sources)),
        dict(pair for block in every for pair in block.identifiers.items()),
    )
    writers = dict(pair for block in every for pair in block.writers.items())
    return problems, None if problems else Dataset(frames, log, tuple(inputs), ledger, called, writers)


def _rated(engagement: Engagement, sources: Sequence[Source], blocks: list[Block]) -> list[Block]:
    from kohtaamo_utils.intake.asked import as_asked  # loads pandas, which large sales do without
    from kohtaamo_utils.intake.reviewee_names import with_names

    return with_names(engagement, as_asked(engagement, sources, blocks))


def _named(sources: Mapping[TableName, Sequence[Source]], blocks: Iterable[Block]) -> list[Identifiers]:
    """Return what the rows of each file are called by, in the order of the settings; large files are read before others."""
    places: list[tuple[str, str]] = [
        (name, file) for name, several in sources.items() for source in several for file in source.file
    ]
    named = [file for block in blocks for file in block.compared]
    return sorted(named, key=lambda file: places.index((file.table, file.file)))


def _ledger(sales: Sales, sources: Iterable[Source], blocks: list[Block]) -> tuple[tuple[Problem, ...], Ledger | None]:
    twice = sales.twice(rows for block in blocks for rows in block.rows) if sales.large else ()
    if twice:
        sales.close()
        return twice, None
    try:
        return (), sales.ledger(frame for block in blocks for frame in block.frames)
    except SumError as error:
        sales.close()
        file = next(file for source in sources for file in source.file)
        return too_large_sum(error, Findings(SALES, file)), None


def _blocks(engagement: Engagement, name: str, source: Source, sales: Sales | None) -> list[Block]:
    if sales is not None and name == SALES:
        return without_copies(sales.read(source), source, name)
    from kohtaamo_utils.intake.source import read_source  # pandas, which a large file of sales alone needs none of

    return without_copies([read_source(engagement, name, source)], source, name)


def _compared(blocks: list[Block], table: Table) -> list[Block]:
    if sum(len(block.rows) for block in blocks) < 2:
        return blocks
    from kohtaamo_utils.intake.same_rows import without_same_rows  # pandas, as above

    return without_same_rows(blocks, table)


def _joined(blocks: list[Block], table: Table) -> pd.DataFrame:
    """Put the sources' rows one under another, in the table's order of columns and each in its type."""
    import pandas as pd

    frames = [frame for block in blocks for frame in block.frames]
    names = {name for frame in frames for name in frame.columns}
    order = [name for name in table.columns if name in names]
    order += sorted(names - set(order))
    return pd.concat([_completed(frame, order, table) for frame in frames], ignore_index=True)


def _completed(frame: pd.DataFrame, order: list[str], table: Table) -> pd.DataFrame:
    import pandas as pd

    from kohtaamo_utils.intake.columns.typing_columns import DTYPES

    columns = {}
    for name in order:
        rule = table.column(name)
        dtype = DTYPES["text" if rule is None else rule.kind]
        columns[name] = frame[name] if name in frame else pd.Series(None, index=frame.index, dtype=dtype)
    return pd.DataFrame(columns, index=frame.index)
