"""Rows that stand in two files, sheets or blocks of one table: they would be counted twice.

Two people may answer the same and an order may lie in two files, so that equal rows alone prove nothing. Rows are compared by
what tells them from others: their key, the second at which an answer was given, a long comment, an order's number with its
customer and day. Where nearly all that two files share so is alike in everything else too, more than chance would have it,
it is the same rows.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.copies import ONCE, PART, leave_out
from kohtaamo_utils.intake.notes.findings import Findings
from kohtaamo_utils.intake.rows.chance import are_the_same
from kohtaamo_utils.intake.rows.told_apart import LINES, ROW, Told, told_apart
from kohtaamo_utils.tables import SURVEY_MEASURES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from kohtaamo_utils.errors import Problem
    from kohtaamo_utils.intake.block import Block
    from kohtaamo_utils.intake.rows.file_rows import FileRows
    from kohtaamo_utils.tables import Table

ELSEWHERE = frozenset({"ratings_360"})
"""Tables whose repeats over all sources are looked for by `rated_twice`."""
ADDED = frozenset({"weight", "theme", ROW, LINES})
"""Columns that are worked out or coded afterwards, and ours."""


class Same(NamedTuple):
    """Rows that two files share: how many of the second, and the first of them in each."""

    one: FileRows
    other: FileRows
    rows: int
    row: int
    there: int


def without_same_rows(blocks: Sequence[Block], table: Table) -> list[Block]:
    """Return what a table's sources gave, with a problem for each two files that share rows.

    Parameters
    ----------
    blocks
        Of all sources of the table. Where any has a problem, all stay as they are: it may be the same one.
    table
        The canonical table.
    """
    if table.name in ELSEWHERE or any(block.problems for block in blocks):
        return list(blocks)
    found = [_problem(same, table) for same in same_rows([rows for block in blocks for rows in block.rows], table)]
    if not found:
        return list(blocks)
    return [replace(blocks[0], problems=tuple(found)), *blocks[1:]]


def same_rows(files: Sequence[FileRows], table: Table) -> list[Same]:
    """Return every two files that share rows, in their order, once.

    Parameters
    ----------
    files
        All files, sheets and blocks that a table is read from.
    table
        The canonical table.
    """
    found: dict[tuple[int, int], Same] = {}
    for pair in combinations(range(len(files)), 2) if len(files) > 1 else ():
        one, other = files[pair[0]], files[pair[1]]
        if (one.file, one.sheet) == (other.file, other.sheet) and one.block is not other.block:
            same = _within_a_sheet(one, other, table)
            found |= {} if same is None else {pair: same}
    for way in zip(*(told_apart(rows, table) for rows in files), strict=True) if len(files) > 1 else ():
        for first, second in combinations(_sharing(way), 2):
            one, other = files[first], files[second]
            if (first, second) in found or (one.file, one.sheet) == (other.file, other.sheet):
                continue
            same = _shared(way[first], way[second], table)
            found |= {} if same is None else {(first, second): same}
    return [found[pair] for pair in sorted(found)]


def _sharing(way: Sequence[Told | None]) -> list[int]:
    """Return the places of the files that share anything with another: of many files hardly any do."""
    told = {place: each.frame.index for place, each in enumerate(way) if each is not None}
    if len(told) < 2:
        return []
    every = np.concatenate([index.to_numpy() for index in told.values()])
    owner = np.repeat(list(told), [len(index) for index in told.values()])
    return sorted(set(owner[pd.Series(every).duplicated(keep=False).to_numpy()].tolist()))


def _shared(one: Told | None, other: Told | None, table: Table) -> Same | None:
    if one is None or other is None or (one.rows.block is other.rows.block and one.by_key and table.key):
        return None  # within a block the key is compared row by row
    shared = one.frame.index.intersection(other.frame.index)
    names = _compared(one.frame, other.frame)
    if not len(shared) or not _counted(names, table):
        return None
    alike = _equal(one.frame.loc[shared, names], other.frame.loc[shared, names])
    count = int(alike.sum())
    smaller = min(len(one.frame), len(other.frame))
    chance = 0.0 if one.certain else _chance(one, other, names)
    if not are_the_same(count, len(shared), smaller, chance, numbered=one.numbered):
        return None
    here = other.frame.loc[shared[alike]]
    place = int(here[ROW].to_numpy().argmin())
    there = one.frame.loc[shared[alike]].iloc[place]
    return Same(one.rows, other.rows, int(here[LINES].sum()), int(here[ROW].iloc[place]), int(there[ROW]))


def _within_a_sheet(one: FileRows, other: FileRows, table: Table) -> Same | None:
    """Return the rows that two blocks read of one sheet, from the same columns and as the same."""
    shared = one.frame.index.intersection(other.frame.index)
    names = _compared(one.frame, other.frame)
    if any(one.labels.get(name) != other.labels.get(name) for name in names) or not _counted(names, table):
        return None
    alike = _equal(one.frame.loc[shared, names], other.frame.loc[shared, names])
    rows = shared[alike]
    return Same(one, other, len(rows), int(rows[0]), int(rows[0])) if len(rows) else None


def _compared(one: pd.DataFrame, other: pd.DataFrame) -> list[str]:
    return [str(name) for name in one.columns if name in other.columns and name not in ADDED]


def _counted(names: Iterable[str], table: Table) -> bool:
    """Tell whether what both files have is counted: two questions of one survey may be read in two blocks."""
    return table.name != "survey" or not set(SURVEY_MEASURES).isdisjoint(names)


def _equal(one: pd.DataFrame, other: pd.DataFrame) -> NDArray[np.bool_]:
    pairs = [(_plain(one[name]), _plain(other[name])) for name in one.columns]
    each = [((here == there) | (here.isna() & there.isna())).fillna(False) for here, there in pairs]
    alike: NDArray[np.bool_] = np.logical_and.reduce([column.to_numpy(dtype=bool) for column in each])
    return alike


def _plain(values: pd.Series[str]) -> pd.Series[str]:
    """Return texts as they are compared."""
    return values.str.strip().str.casefold() if isinstance(values.dtype, pd.StringDtype) else values


def _chance(one: Told, other: Told, names: list[str]) -> float:
    """Return how probable it is that a row of one and a row of the other, whichever, are alike."""
    shares = [_hashed(each.frame[names]).value_counts(normalize=True) for each in (one, other)]
    return float(shares[0].mul(shares[1], fill_value=0).sum())


def _hashed(frame: pd.DataFrame) -> pd.Series[int]:
    plain = pd.DataFrame({name: _plain(frame[name]) for name in frame.columns})
    return pd.util.hash_pandas_object(plain, index=False)


def _problem(same: Same, table: Table) -> Problem:
    one, other = same.one, same.other
    within = [each for each in (other, one) if same.rows >= len(each.frame)]
    return Findings(table.name, other.file).problem(
        "same_rows",
        say(
            "Rows of {this} that stand in {other} too: {n}. The first is row {there} of the other; all would be counted twice.",
            this=other.name,
            other=one.name,
            n=same.rows,
            there=same.there,
        ),
        expected=ONCE,
        advice=leave_out(within[0].name) if within else PART,
        row=same.row,
    )
