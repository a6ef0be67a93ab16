"""Rows of a source whose key repeats: an error, or dropped where they repeat exactly and the settings allow it."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kohtaamo_utils.errors import joined, say, say_plural
from kohtaamo_utils.intake.rows.unnamed_raters import by_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from kohtaamo_utils.engagement import Source
    from kohtaamo_utils.intake.columns.part import Part
    from kohtaamo_utils.tables import Table

SHOWN = 5
"""How many earlier rows a message names."""


def check_repeats(parts: list[Part], table: Table, source: Source) -> list[Part]:
    """Compare a source's rows by the table's key, over all its files.

    Rows whose key is empty are not compared; an empty part of a key equals another empty one.

    Returns
    -------
    list of Part
        The parts, without the exact repeats if the settings drop them.
    """
    if source.duplicates == "drop_exact":
        parts = _drop_exact(parts, table)
    for (part, row), earlier in _repeated(parts, table):
        _problem(part, row, earlier, table)
    return parts


def _keys(parts: list[Part], table: Table) -> pd.DataFrame:
    """Return the key of all rows, one under another; no columns if the source has none of them."""
    frame = pd.concat([part.frame for part in parts], ignore_index=True) if parts else pd.DataFrame()
    return frame[[name for name in table.key if name in frame.columns]]


def _drop_exact(parts: list[Part], table: Table) -> list[Part]:
    keys = _keys(parts, table)
    if keys.shape[1] == 0:
        return parts
    whole = pd.concat([part.frame for part in parts], ignore_index=True)
    again = whole.duplicated().to_numpy() & keys.notna().any(axis=1).to_numpy()
    kept: list[Part] = []
    for part, rows in zip(parts, _split(again, parts), strict=True):
        if rows.any():
            part.findings.note(
                "duplicates_dropped", "drop_exact", int(rows.sum()), say("exact repeats of earlier rows")
            )
        kept.append(part.without(rows))
    return kept


def _split(rows: NDArray[np.bool_], parts: list[Part]) -> list[NDArray[np.bool_]]:
    ends = np.cumsum([len(part.frame) for part in parts])[:-1]
    return np.split(rows, ends)


def _repeated(parts: list[Part], table: Table) -> Iterator[tuple[tuple[Part, int], list[tuple[Part, int]]]]:
    """Yield the last place of each repeated key, and its places before that."""
    keys = _keys(parts, table)
    if keys.shape[1] == 0:
        return
    repeats = keys.duplicated(keep=False).to_numpy() & _known(keys, table)
    if not repeats.any():
        return
    places = [(part, row) for part in parts for row in part.frame.index.tolist()]
    numbers = keys.groupby(list(keys.columns), dropna=False, sort=False).ngroup().to_numpy()
    groups: dict[int, list[tuple[Part, int]]] = {}
    for position in np.flatnonzero(repeats):
        groups.setdefault(int(numbers[position]), []).append(places[position])
    for *earlier, last in groups.values():
        yield last, earlier


def _known(keys: pd.DataFrame, table: Table) -> NDArray[np.bool_]:
    """Tell which rows have a key: a cell that every row must have and that could not be read is a problem already."""
    required = [name for name in keys.columns if name in table.required]
    return (keys.notna().any(axis=1) & keys[required].notna().all(axis=1)).to_numpy(dtype=bool)


def _problem(part: Part, row: int, earlier: list[tuple[Part, int]], table: Table) -> None:
    names = [name for name in table.key if name in part.frame.columns]
    alike = all(_values(part, row) == _values(other, place) for other, place in earlier)
    advice = say("The rows are alike: `duplicates: drop_exact` keeps one.") if alike else _differ(table)
    part.findings.problem(
        "duplicate_key",
        say_plural(
            "{places} already has the same value.",
            "{places} already have the same value.",
            len(earlier),
            places=_places(part, earlier),
        ),
        expected=say("each {names} once", names=_with(part.label(name) for name in names)),
        advice=joined([advice, by_row(part)]),
        row=row,
        column=", ".join(part.label(name) for name in names),
        value=", ".join(part.raw(name, row) for name in names),
    )


def _differ(table: Table) -> str:
    """Return what to do with rows of one key that differ: mostly they are parts of what is one row here."""
    if table.name in {"employees", "customers"}:
        contracts = say(
            "Make one row in the file of several contracts one after another: the first one's start and the last one's end."
        )
        return joined([say("The rows differ: keep one."), contracts])
    if table.name in {"operations", "pilot"}:
        parts = say("Make one row in the file of days, weeks, people or parts: their sum or their mean.")
        return joined([say("The rows differ: keep one."), parts])
    return say("The rows differ: keep one.")


def _values(part: Part, row: int) -> dict[str, str]:
    return {str(name): str(value) for name, value in part.frame.loc[row].items()}


def _places(part: Part, earlier: list[tuple[Part, int]]) -> str:
    (first, top), *others = earlier[:SHOWN]
    row, file = str(top), first.findings.file
    head = say("Row {row}", row=row) if first is part else say("Row {row} of {file}", row=row, file=file)
    text = joined([head, *(_place(part, other, row) for other, row in others)], ", ")
    return say("{names} and {n} more", names=text, n=len(earlier) - SHOWN) if len(earlier) > SHOWN else text


def _place(part: Part, other: Part, row: int) -> str:
    if other is part:
        return say("row {row}", row=str(row))
    return say("row {row} of {file}", row=str(row), file=other.findings.file)


def _with(names: Iterable[str]) -> str:
    return reduce(lambda one, other: say("{one} with {other}", one=one, other=other), names)
