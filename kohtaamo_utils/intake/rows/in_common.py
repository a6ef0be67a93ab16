"""Whether files that speak of the same customers or reviewees call them the same: zeros that a program took off or put behind are told."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.notes.findings import Findings
from kohtaamo_utils.intake.notes.personal_data import MARK, is_person, redacted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from kohtaamo_utils.intake.columns.part import Part
    from kohtaamo_utils.intake.notes.log import LogEntry

SOME = 1_000
"""Identifiers of a file that are looked for in others."""
FEWEST = 3
"""So many that are there but for their zeros are no coincidence, if they are more than those that are there as they stand, or none of those begins with a zero."""
ENOUGH = 20
"""Of so many identifiers one at least is in another file of the same customers."""
WIDEST = 12
"""Figures up to which zeros are put before an identifier."""
BROKEN = ".0"
"""What programs that reckon put behind a whole number, where a cell of its column was empty."""
COMPARED = {"transactions": "customer_id", "customers": "customer_id", "ratings_360": "reviewee_id"}
"""The identifiers of each table that also stand in other files."""
SALES = "transactions"
TOGETHER = {"customers": SALES}
"""Whose files are besides compared with those of another table."""


@dataclass(frozen=True)
class Identifiers:
    """The identifiers of one file.

    Parameters
    ----------
    table, file
        Which file it is.
    label
        What the file calls their column.
    some
        Up to `SOME` of them, each once.
    among
        Returns those of given texts that the file has.
    """

    table: str
    file: str
    label: str
    some: tuple[str, ...]
    among: Callable[[Sequence[str]], AbstractSet[str]]


def identifiers_in(parts: Iterable[Part], table: str) -> tuple[Identifiers, ...]:
    """Return the identifiers of files that are held; none of a table whose identifiers stand in no other file."""
    name = COMPARED.get(table, "")
    return tuple(_of_part(part, table, name) for part in parts if name in part.frame.columns)


def _of_part(part: Part, table: str, name: str) -> Identifiers:
    held = [str(text) for text in part.frame[name].dropna().unique()]
    every = frozenset(held)
    return Identifiers(table, part.findings.file, part.label(name), tuple(held[:SOME]), every.intersection)


def not_in_common(files: Sequence[Identifiers]) -> list[LogEntry]:
    """Return what is to be told of files whose identifiers are written in two ways, otherwise than those of others, or have none in common.

    Parameters
    ----------
    files
        Of all sources, in their order. Each is compared with those of its table that come before it, and those of `TOGETHER`.
    """
    return [entry for place, file in enumerate(files) for entry in _told(file, files[:place], files)]


def _told(file: Identifiers, before: Sequence[Identifiers], files: Sequence[Identifiers]) -> Iterator[LogEntry]:
    yield from _within(file)
    for table in (file.table, TOGETHER.get(file.table, "")):
        others = [other for other in (before if table == file.table else files) if other.table == table]
        if others:
            yield from _compared(file, others)


def _within(file: Identifiers) -> list[LogEntry]:
    """Tell of numbers that one file has with and without .0 behind them, as files of two programs do that were put together."""
    whole = {text.removesuffix(BROKEN): text for text in file.some if text.endswith(BROKEN) and _is_number(text)}
    pairs = sorted((whole[text], text) for text in file.among(list(whole)))
    findings = Findings(file.table, file.file)
    if len(pairs) >= FEWEST:
        _note_zeros(file, file, pairs, findings)
    return findings.entries


def _compared(file: Identifiers, others: Sequence[Identifiers]) -> list[LogEntry]:
    there = set(chain.from_iterable(other.among(file.some) for other in others))
    findings = Findings(file.table, file.file)
    kept = any(text.startswith("0") for text in there)
    for other in others:
        pairs = _but_for_zeros(file, other, there)
        if len(pairs) >= FEWEST and (len(pairs) > len(there) or not kept):
            _note_zeros(file, other, pairs, findings)
            return findings.entries
    if not there and file.table == SALES and len(file.some) >= ENOUGH and len(others[0].some) >= ENOUGH:
        _note_none(file, others[0], findings)
    return findings.entries


def _but_for_zeros(file: Identifiers, other: Identifiers, there: set[str]) -> list[tuple[str, str]]:
    """Return the file's identifiers that another has with more or fewer zeros before them, and how it writes them.

    One that the file itself has in both ways is none: there, zeros tell two apart.
    """
    ways = {way: text for text in file.some if text not in there for way in _ways(text)}
    own = file.among(list(ways))
    return sorted((ways[way], way) for way in other.among(list(ways)) - own)


def _ways(text: str) -> Iterator[str]:
    """Yield a number with fewer zeros before it, with more, and with or without .0 behind it.

    Examples
    --------
    >>> list(_ways("0123"))[:3], list(_ways("K1"))
    (['123', '00123', '000123'], [])
    >>> "123.0" in _ways("123"), "123" in _ways("123.0"), list(_ways("1.20"))
    (True, True, [])
    """
    plain = text.removesuffix(BROKEN).lstrip("0") if _is_number(text) else ""
    if plain:
        widths = (plain.zfill(width) for width in range(len(plain), WIDEST + 1))
        yield from (way for way in (*widths, f"{plain}{BROKEN}") if way != text)


def _is_number(text: str) -> bool:
    return text.isascii() and text.removesuffix(BROKEN).isdigit()


def _note_zeros(file: Identifiers, other: Identifiers, pairs: list[tuple[str, str]], findings: Findings) -> None:
    here, written = pairs[0]
    detail = say(
        "{count} of {looked_at} identifiers looked at in {name} stand in {other} with other zeros ({here} here, {there} there) and count as others; a spreadsheet takes zeros off at the front, and other programs put .0 behind: export the file again, with the column as text",
        count=len(pairs),
        looked_at=len(file.some),
        name=file.label,
        other=other.file,
        here=here,
        there=written,
    )
    findings.note("unsettled", "leading_zeros", len(pairs), detail, column=COMPARED[file.table], value=here)


def _note_none(file: Identifiers, other: Identifiers, findings: Findings) -> None:
    detail = say(
        "none of {looked_at} customers looked at in {name} is in {other} ({here} here, {there} there); if both are of the same customers, they must be called the same in both",
        looked_at=len(file.some),
        name=file.label,
        other=other.file,
        here=_shown(file.some[0]),
        there=_shown(other.some[0]),
    )
    findings.note("unsettled", "none_in_common", len(file.some), detail, column=COMPARED[file.table])


def _shown(text: str) -> str:
    return MARK if is_person(text) else redacted(text)[0]
