"""All the client's files as canonical tables: the one door of intake."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from kohtaamo_utils.errors import DataError, Problem
from kohtaamo_utils.intake.log import ImportLog
from kohtaamo_utils.intake.source import Block, read_source
from kohtaamo_utils.intake.typing_columns import DTYPES
from kohtaamo_utils.intake.weighting import weighted
from kohtaamo_utils.tables import TABLES, Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kohtaamo_utils.engagement import Engagement
    from kohtaamo_utils.intake.files import InputFile


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
    """

    tables: dict[str, pd.DataFrame]
    log: ImportLog
    inputs: tuple[InputFile, ...]


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
        count = f"{len(problems)} problems" if len(problems) > 1 else "1 problem"
        raise DataError(f"The client's files cannot be read as they are ({count}):", problems)
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
    blocks = {
        name: [read_source(engagement, name, source) for source in sources]
        for name, sources in engagement.settings.sources.items()
        if name in wanted
    }
    every = [block for several in blocks.values() for block in several]
    problems = tuple(problem for block in every for problem in block.problems)
    if problems:
        return problems, None
    frames: dict[str, pd.DataFrame] = {name: _joined(several, TABLES[name]) for name, several in blocks.items()}
    entries = [entry for block in every for entry in block.entries]
    if "survey" in frames:
        frames["survey"], findings = weighted(frames["survey"], engagement.settings)
        if findings.problems:
            return tuple(findings.problems), None
        entries += findings.entries
    inputs = dict.fromkeys(read_file for block in every for read_file in block.inputs)
    return (), Dataset(frames, ImportLog(tuple(entries)), tuple(inputs))


def _joined(blocks: list[Block], table: Table) -> pd.DataFrame:
    """Put the sources' rows one under another, in the table's order of columns and each in its type."""
    frames = [frame for block in blocks for frame in block.frames]
    names = {name for frame in frames for name in frame.columns}
    order = [name for name in table.columns if name in names]
    order += sorted(names - set(order))
    return pd.concat([_completed(frame, order, table) for frame in frames], ignore_index=True)


def _completed(frame: pd.DataFrame, order: list[str], table: Table) -> pd.DataFrame:
    columns = {}
    for name in order:
        rule = table.column(name)
        dtype = DTYPES["text" if rule is None else rule.kind]
        columns[name] = frame[name] if name in frame else pd.Series(None, index=frame.index, dtype=dtype)
    return pd.DataFrame(columns, index=frame.index)
