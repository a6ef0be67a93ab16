"""Names that are written in several ways, as one: Helsinki keskusta, HELSINKI KESKUSTA and Helsinki  keskusta."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from kohtaamo_utils.intake.columns.part import Part
    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.tables import Table

OWN_WORDS = frozenset({"comment", "text", "reviewee_name"})
"""Texts that are nobody's category."""


def one_spelling(parts: list[Part], table: Table, also: Mapping[str, Counter[str]] | None = None) -> list[Part]:
    """Give the texts that differ in case or inner blanks only the spelling that is used most, over all of a source's files.

    Groups of rows are made by these texts; two spellings would be two groups, each too small to be shown.

    Parameters
    ----------
    parts
        A source's files.
    table
        The canonical table; only its short texts are looked at, not what people wrote in their own words.
    also
        For a column, the texts of files that are not among the parts, with how many rows hold each.

    Returns
    -------
    list of Part
        The parts; what was written otherwise is logged.
    """
    names = {str(name) for part in parts for name in part.frame.columns}
    for name in sorted(names - OWN_WORDS):
        rule = table.column(name)
        if rule is not None and rule.kind == "text":
            parts = _spelled(parts, name, (also or {}).get(name, Counter()))
    return parts


def _spelled(parts: list[Part], name: str, also: Counter[str]) -> list[Part]:
    counts = Counter(also)
    for part in parts:
        if name in part.frame:
            counts.update(part.frame[name].dropna().tolist())
    chosen = best_spellings(counts)
    if all(text == best for text, best in chosen.items()):
        return parts
    return [replace(part, frame=_mended(part, name, chosen)) if name in part.frame else part for part in parts]


def best_spellings(counts: Counter[str]) -> dict[str, str]:
    """Return the spelling of each text: the most frequent, of equally frequent ones the first.

    Examples
    --------
    >>> best_spellings(Counter({"Turku": 2, "TURKU": 1, "Helsinki  keskusta": 1}))
    {'Turku': 'Turku', 'TURKU': 'Turku', 'Helsinki  keskusta': 'Helsinki keskusta'}
    """
    best: dict[str, str] = {}
    most: dict[str, int] = {}
    tidy = Counter[str]()
    for text, count in counts.items():
        tidy[" ".join(text.split())] += count
    for text, count in tidy.items():
        if count > most.get(text.casefold(), 0):
            best[text.casefold()], most[text.casefold()] = text, count
    return {text: best[" ".join(text.split()).casefold()] for text in counts}


def note_spellings(
    name: str, label: str, counts: Mapping[str, int], chosen: Mapping[str, str], findings: Findings
) -> None:
    """Log each text that is read as another, with how many rows hold it.

    Parameters
    ----------
    name, label
        Canonical column, and what the file calls it.
    counts
        Rows of each text.
    chosen
        What each is read as.
    findings
        Takes the entries.
    """
    for text, count in counts.items():
        best = chosen[text]
        if text != best:
            detail = say("{value} in {name} read as {best}", value=text, name=label, best=best)
            findings.note("inferred", "spelling", count, detail, column=name, value=text)


def _mended(part: Part, name: str, chosen: dict[str, str]) -> pd.DataFrame:
    column = part.frame[name]
    counts = {str(text): int(count) for text, count in column.value_counts().items()}
    note_spellings(name, part.label(name), counts, chosen, part.findings)
    return part.frame.assign(**{name: column.map(chosen).astype(column.dtype)})
