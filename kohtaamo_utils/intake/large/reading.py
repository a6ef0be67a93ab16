"""How DuckDB is to read a column: the first way that gives what the usual parsers give for the file's beginning.

A way is strict: of a cell that it does not know it makes nothing, and then the file is read by the usual parsers after
all. So no cell is read here otherwise than there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kohtaamo_utils.intake.large.head import quoted
from kohtaamo_utils.intake.large.scan import WATCHED
from kohtaamo_utils.intake.values.cells import as_text
from kohtaamo_utils.intake.values.parse_dates import parse_dates
from kohtaamo_utils.intake.values.parse_numbers import by_shape, mark_of, parse_numbers, tidy

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Sequence

    from kohtaamo_utils.engagement import Source
    from kohtaamo_utils.intake.values.cells import Cell
    from kohtaamo_utils.intake.values.parsed import Parsed
    from kohtaamo_utils.ledger import Store


class Way(NamedTuple):
    """An expression with ``{x}`` for the cell, and what was inferred to choose it."""

    expression: str
    inferred: str


NUMBERS = {
    ".": "TRY_CAST({x} AS DOUBLE)",
    ",": "CASE WHEN NOT contains({x}, '.') THEN TRY_CAST(replace({x}, ',', '.') AS DOUBLE) END",
    "": "CASE WHEN strlen({x}) < 4 OR NOT contains({x}, '.') THEN TRY_CAST({x} AS DOUBLE) END",
}
"""By the decimal mark that the column shows; "" where it shows none: a point in up to three characters groups no thousands."""
GUARDED = "CASE WHEN NOT contains({{x}}, '_') AND NOT contains({{x}}, '+-') THEN {} END"
"""DuckDB takes 1_000 for a thousand and +-1 for less than nothing; nobody else does."""
_DAYS = ("%d.%m.%Y", "%m/%d/%Y", "%d/%m/%Y", "%m-%d-%Y", "%d-%m-%Y", "%Y/%m/%d")
_TIMES = (" %H:%M", " %H.%M", " %H:%M:%S", " %H.%M.%S")
_WITH_TIME = "regexp_full_match({x}, '[0-9/.-]+(T| +)[0-9]{{1,2}}([:.][0-9]{{2}}){{1,2}}')"
"""DuckDB takes 9:5 for a time of day, a tab for a blank, and turns the day where it sees a zone."""
DATES = (
    "CASE WHEN {x} LIKE '____-__-__' THEN TRY_CAST({x} AS DATE) END",
    f"CASE WHEN strlen({{x}}) IN (16, 19) AND {_WITH_TIME} THEN CAST(TRY_CAST({{x}} AS TIMESTAMP) AS DATE) END",
    "CASE WHEN regexp_full_match({x}, '[0-9]{{8}}') THEN CAST(TRY_STRPTIME({x}, '%Y%m%d') AS DATE) END",
    *(f"CASE WHEN {{x}} BETWEEN '0' AND ':' THEN CAST(TRY_STRPTIME({{x}}, '{day}') AS DATE) END" for day in _DAYS),
    *(
        f"CASE WHEN {_WITH_TIME} THEN CAST(TRY_STRPTIME({{x}}, '{day}{time}') AS DATE) END"
        for day in _DAYS
        for time in _TIMES
    ),
)
"""Ways in which dates are written, each a format of its own; a cell begins with a figure, for DuckDB knows words such as epoch."""

PLAIN = (
    " -~"  # ASCII; a blank at an end is seen apart
    "\u00a1-\u00ac\u00ae-\u00c1\u00c4-\u00e1\u00e3-\u02ff"  # Latin, without the soft hyphen, and without what is left of letters read twice
    "\u0370-\u0373\u0375-\u037d\u037f-\u0386\u0388-\u0482\u048a-\u052f"  # Greek and Cyrillic, without marks and what is composed otherwise
)
"""Characters of identifiers that the usual reading leaves as they are; it takes a closer look at those of other scripts."""

SHORTEST_CODE = 11
"""Characters of an identity code."""
_ADDRESS = r"@|[(\[].?(at|ät|@).?[)\]]|[0-9]\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]|:[0-9a-f]{0,4}:"
_CODE = r"(^|[^0-9a-z_])(0[1-9]|[12][0-9]|3[01])(0[1-9]|1[0-2])[0-9]{2}[-+a-y][0-9]{3}[0-9a-y]($|[^0-9a-z_])"
_PERSONNUMMER = "[0-9]{2}(0[1-9]|1[0-2])([0-2][0-9]|3[01]|[6-8][0-9]|9[01])[-+][0-9]{4}($|[^0-9a-z_])"
_PHONE, _NAME = r"^\+", "^[^0-9]* [^0-9]*$"
PERSONAL = f"(?i){_ADDRESS}|{_CODE}|{_PERSONNUMMER}|{_PHONE}|{_NAME}"
"""What every identifier that `privacy` replaces holds; a few others do too. Letters beyond `PLAIN` are odd anyway."""


def number_way(cells: Sequence[Cell], source: Source, store: Store, *, plain: bool) -> Way | None:
    """Return how a column of numbers is read; None if only the usual parsers can.

    Parameters
    ----------
    cells
        The column's first cells, as text.
    source
        The source's block: its decimal mark.
    store
        A database to try in.
    plain
        Whether no number of the file can be one that only DuckDB reads.
    """
    texts = [text for text in by_shape(map(as_text, dict.fromkeys(cells))).values() if text]
    parsed = parse_numbers(list(texts), source.decimal)
    marks = {mark for text in texts if (mark := mark_of(tidy(text))) is not None}
    chosen: str = source.decimal or (next(iter(marks)) if len(marks) == 1 else "")
    if parsed.unclear is not None or parsed.wrong or len(marks) > 1 or (marks and marks != {chosen}):
        return None
    way = NUMBERS[chosen] if plain else GUARDED.format(NUMBERS[chosen])
    return _first([way], texts, parsed, store)


def date_way(cells: Sequence[Cell], source: Source, store: Store) -> Way | None:
    """Return how a column of dates is read; None if only the usual parsers can."""
    texts = [text for text in dict.fromkeys(map(as_text, cells)) if text]
    parsed = parse_dates(list(texts), source.dates)
    if parsed.unclear is not None or parsed.wrong:
        return None
    return _first(DATES, texts, parsed, store)


def _first(ways: Iterable[str], texts: list[str], parsed: Parsed[float] | Parsed[dt.date], store: Store) -> Way | None:
    """Return the first way that reads all texts as they are wanted."""
    if not texts:
        return None
    for way in ways:
        found = [value for (value,) in store.rows(f"SELECT {way.format(x='x')} FROM (SELECT unnest(?) AS x)", [texts])]
        if found == parsed.found:
            return Way(way, parsed.inferred)
    return None


def id_way(kind: str, *, alone: bool) -> str:
    """Return how an identifier is read: numbers of Parquet as `as_text` writes them.

    Parameters
    ----------
    kind
        What Parquet says the column holds.
    alone
        Whether the identifiers are compared with no other file's: whole numbers may then stay what they are.
    """
    if kind == "number":
        whole = "{x} = floor({x}) AND abs({x}) < 1e15 THEN CAST(CAST({x} AS BIGINT) AS VARCHAR)"
        return f"CASE WHEN isnan({{x}}::DOUBLE) THEN NULL WHEN {whole} ELSE CAST({{x}} AS VARCHAR) || ' ' END"
    return "CAST({x} AS VARCHAR)" if kind == "whole" and not alone else "{x}"


def odd_id(name: str, words: Collection[str], *, ascii_only: bool, signs: str = WATCHED) -> str:
    """Return the condition that an identifier needs the usual checks.

    It has blanks around it, is a word for "empty" or "total", was rounded by a spreadsheet, may be `PERSONAL`, or has
    signs other than `PLAIN`. Two things are not looked for, since it would take as long as all the rest: a control sign within
    an identifier of ASCII, and an address in one of fewer than 11 signs from a letter to a figure (fe80::1): it is a customer
    of its own in this file, where another file's usual reading gives it a pseudonym.

    Parameters
    ----------
    name
        Its column in the query.
    words
        What programs write for an empty cell, and what rows of totals are called; none begins or ends in a digit.
    ascii_only
        Whether the file has ASCII only: what tells letters apart is then not made ready, which takes as long as thousands of rows.
    signs
        Those of `scan.WATCHED` that the file may have somewhere; the others are not looked for.
    """
    listed = ", ".join(map(quoted, sorted(words)))
    last = f"reverse({name})"
    figure = f"{last} BETWEEN '0' AND ':'"
    personal = f"regexp_matches({name}, {quoted(PERSONAL)})"
    word = f"lower(rtrim({name}, ': ')) IN ({listed})"
    other = f"WHEN strlen({name}) <> length({name}) THEN {word} OR {personal} OR NOT regexp_full_match({name}, '[{PLAIN}]*') "
    held = " OR ".join(f"contains({name}, '{sign}')" for sign in signs)
    without = f" AND NOT ({name} < 'A' AND ({held}))" if held else ""
    letters = "" if ascii_only else f" AND strlen({name}) = length({name})"
    # that a long identifier is a number is seen sooner than that it holds no code; trying is slow where it fails, mostly for a hyphen
    number = f"CASE WHEN {name} BETWEEN '0' AND ':' AND NOT contains({name}, '-') THEN TRY_CAST({name} AS UBIGINT) IS NOT NULL ELSE false END"
    # what most identifiers are, ending in a figure, is asked at once and first: turning a text round takes longer than all
    # else. A CASE computes a branch for the rows that come to it, OR all of its parts for every row; texts compare by their bytes
    return (
        f"CASE WHEN {name} >= '0' AND {figure} AND strlen({name}) < {SHORTEST_CODE}{letters}{without} THEN false "
        f"WHEN {name} < '!' OR {last} < '!' THEN true {'' if ascii_only else other}"
        f"WHEN {name} BETWEEN '0' AND ':' AND contains({name}, '+') THEN contains(lower({name}), 'e+') OR {personal} "
        f"WHEN {figure} THEN CASE WHEN {number} THEN false ELSE {personal} END ELSE {word} OR {personal} END"
    )
