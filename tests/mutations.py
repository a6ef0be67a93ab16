"""Client's files, and what may have happened to them on their way: each mutation says what must still hold."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import random

Keeps = Literal["table", "first_rows", "rows", "problems"]
BIG = 1_000_000
"""Characters of a gigantic field."""
WIDE = 1_500
"""Columns of a gigantic header."""
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Original:
    """A whole file, and how the settings say to read it."""

    name: str
    content: bytes
    table: str
    source: dict[str, Any]
    encoding: str = "utf-8"
    separator: str = ","
    depth: int = 1
    suffix: str = ".csv"
    ratings: int = 1
    """Rows of the table that one row of the file gives."""

    @property
    def rows(self) -> list[list[str]]:
        """The file's records, its headers first."""
        text = self.content.decode(self.encoding)
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=self.separator))

    def written(self, rows: list[list[str]], separator: str | None = None, end: str = "\r\n") -> bytes:
        """Write records as the file has them."""
        target = io.StringIO(newline="")
        csv.writer(target, delimiter=separator or self.separator, lineterminator=end).writerows(rows)
        return target.getvalue().encode(self.encoding)


@dataclass(frozen=True)
class Mutant:
    """A mutated file, and what must hold if it is read without a problem.

    ``table``: the table is the original's, its columns without `columns`. ``first_rows``: it is the original's first
    rows. ``rows``: whatever their order, no more than `touched` rows of the file differ. ``problems``: there must be a
    problem.
    """

    content: bytes
    keeps: Keeps
    touched: int = 0
    lost: frozenset[str] = field(default_factory=frozenset)


def _line_ends(data: bytes) -> list[int]:
    return [place + 1 for place, byte in enumerate(data) if byte == ord("\n")]


def _data_row(original: Original, rng: random.Random) -> int:
    return rng.randrange(original.depth, len(original.rows))


def truncated(original: Original, rng: random.Random) -> Mutant:
    """Cut the file anywhere: the last row may be torn, the others are as they were."""
    return Mutant(original.content[: rng.randrange(len(original.content))], "first_rows", touched=1)


def truncated_at_a_row(original: Original, rng: random.Random) -> Mutant:
    """Cut the file after a row: exactly the first rows are left."""
    return Mutant(original.content[: rng.choice(_line_ends(original.content))], "first_rows")


def flipped(original: Original, rng: random.Random) -> Mutant:
    """Change one to eight bytes to any others."""
    data = bytearray(original.content)
    count = rng.randint(1, 8)
    for _ in range(count):
        data[rng.randrange(len(data))] = rng.randrange(256)
    return Mutant(bytes(data), "rows", touched=2 * count)


def shuffled(original: Original, rng: random.Random) -> Mutant:
    """Shuffle a stretch of bytes."""
    data = bytearray(original.content)
    start = rng.randrange(len(data))
    part = list(data[start : start + rng.randint(2, 40)])
    rng.shuffle(part)
    data[start : start + len(part)] = bytes(part)
    touched = 2 + 2 * part.count(ord("\n"))
    return Mutant(bytes(data), "rows", touched=touched + 2)


def nul(original: Original, rng: random.Random) -> Mutant:
    """Put NULs somewhere: the file is not text any more."""
    place = rng.randrange(len(original.content))
    return Mutant(original.content[:place] + b"\0" * rng.randint(1, 600) + original.content[place:], "problems")


def columns_reordered(original: Original, rng: random.Random) -> Mutant:
    """Put the columns in another order, headers and cells together."""
    rows = original.rows
    if original.depth > 1:
        return row_order(original, rng)
    order = list(range(len(rows[0])))
    rng.shuffle(order)
    return Mutant(original.written([[row[place] for place in order] for row in rows]), "table")


def column_twice(original: Original, rng: random.Random) -> Mutant:
    """Give a column twice: one that is read is ambiguous, any other does no harm."""
    rows = original.rows
    place = rng.randrange(len(rows[0]))
    read = rows[0][place] in str(original.source)
    keeps: Keeps = "problems" if read and original.depth == 1 and rows[0][place] else "rows"
    return Mutant(
        original.written([[*row, row[place]] for row in rows]), keeps, touched=0 if original.depth == 1 else 99
    )


def column_deleted(original: Original, rng: random.Random) -> Mutant:
    """Delete a column that the settings name: it is missing, and none takes its place."""
    rows = original.rows
    named = [place for place, name in enumerate(rows[0]) if original.depth == 1 and f"'{name}'" in str(original.source)]
    if not named:
        return header_only(original, rng)
    place = rng.choice(named)
    return Mutant(original.written([row[:place] + row[place + 1 :] for row in rows]), "problems")


def header_only(original: Original, rng: random.Random) -> Mutant:  # noqa: ARG001 - every mutation's signature
    """Leave the header only."""
    return Mutant(original.written(original.rows[: original.depth]), "problems")


def header_again(original: Original, rng: random.Random) -> Mutant:
    """Put the header again between the rows, as files do that are pasted together."""
    rows = original.rows
    place = _data_row(original, rng)
    return Mutant(original.written([*rows[:place], *rows[: original.depth], *rows[place:]]), "table")


def cells_exchanged(original: Original, rng: random.Random) -> Mutant:
    """Exchange the cells that two rows have in one column: both rows change, no other does."""
    rows = original.rows
    one, other = _data_row(original, rng), _data_row(original, rng)
    place = rng.randrange(len(rows[0]))
    rows[one][place], rows[other][place] = rows[other][place], rows[one][place]
    return Mutant(original.written(rows), "rows", touched=2)


def headings_exchanged(original: Original, rng: random.Random) -> Mutant:
    """Exchange two columns' headings: what stands under a heading is then what it says, or is refused."""
    rows = original.rows
    one, other = rng.sample(range(len(rows[0])), 2)
    rows[0][one], rows[0][other] = rows[0][other], rows[0][one]
    return Mutant(original.written(rows), "rows", touched=99)


def number_changed(original: Original, rng: random.Random) -> Mutant:
    """Write another number into a cell: it is read as that, or refused."""
    rows = original.rows
    row, place = _data_row(original, rng), rng.randrange(len(rows[0]))
    rows[row][place] = rng.choice(
        ("0", "-1", "3", "5", "10", "11", "2,5", "2.5", "1e3", "99", "1 000", "1.000", "12,50")
    )
    return Mutant(original.written(rows), "rows", touched=99)


def row_order(original: Original, rng: random.Random) -> Mutant:
    """Put the rows in another order."""
    rows = original.rows
    body = rows[original.depth :]
    rng.shuffle(body)
    return Mutant(original.written([*rows[: original.depth], *body]), "rows")


def line_ends(original: Original, rng: random.Random) -> Mutant:
    """Mix the line ends of Windows, Unix and old Macs."""
    lines = [original.written([row]).removesuffix(b"\r\n") for row in original.rows]
    return Mutant(b"".join(line + rng.choice((b"\r\n", b"\n", b"\r")) for line in lines), "table")


def marks(original: Original, rng: random.Random) -> Mutant:
    """Put byte order marks before the file."""
    count = rng.randint(1, 3) if original.encoding == "utf-8" else 0
    return Mutant(BOM * count + original.content, "table")


def encoded(original: Original, rng: random.Random) -> Mutant:
    """Save the file in another encoding, with or without its mark."""
    text = original.content.decode(original.encoding)
    name = rng.choice(("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "cp1252", "mac_roman", "utf-8-sig"))
    return Mutant(
        text.encode(name, errors="replace"), "rows" if name in {"cp1252", "mac_roman"} else "table", touched=2
    )


def foreign_letter(original: Original, rng: random.Random) -> Mutant:
    """Put a letter in another encoding than the rest: both cannot be read rightly."""
    ends = _line_ends(original.content)
    place = rng.choice(ends[original.depth - 1 :])
    other = "cp1252" if original.encoding == "utf-8" else "utf-8"
    return Mutant(original.content[:place] + "ä".encode(other) + original.content[place:], "rows", touched=1)


def quote(original: Original, rng: random.Random) -> Mutant:
    """Put a lone quotation mark before, into or after a cell."""
    place = rng.randrange(original.content.index(b"\n"), len(original.content))
    return Mutant(original.content[:place] + b'"' + original.content[place:], "rows", touched=2)


def gigantic(original: Original, rng: random.Random) -> Mutant:
    """Make one cell a megabyte."""
    rows = original.rows
    row, column = _data_row(original, rng), rng.randrange(len(rows[0]))
    filler = rng.choice(("x", "9", "a ", " ", "ä", "1,", "a@", "0.", "(", "Aa-", "\n", '"', "1 000 "))
    rows[row][column] = "a" * rng.randint(0, 1) + (filler * (BIG // len(filler))) + "b" * rng.randint(0, 1)
    return Mutant(original.written(rows), "rows", touched=1)


def wide(original: Original, rng: random.Random) -> Mutant:
    """Add thousands of columns."""
    rows = original.rows
    filler = [rng.choice(("", "1", "teksti")) for _ in range(WIDE)]
    heads = [f"lisä {number}" for number in range(WIDE)]
    return Mutant(
        original.written([row + (heads if number == 0 else filler) for number, row in enumerate(rows)]),
        "table" if original.depth == 1 else "rows",
        touched=0 if original.depth == 1 else 99,
    )


def separators(original: Original, rng: random.Random) -> Mutant:
    """Write the file with another separator: those of survey tools and spreadsheets are found."""
    return Mutant(original.written(original.rows, rng.choice(";,\t|")), "table")


def odd_separators(original: Original, rng: random.Random) -> Mutant:
    """Write the file with a separator that nobody uses."""
    return Mutant(
        original.written(original.rows, rng.choice("~:^#§" if original.encoding == "utf-8" else "~:^#")), "rows"
    )


def separator_changed(original: Original, rng: random.Random) -> Mutant:
    """Change, add or take away a separator in one row."""
    rows = original.rows
    number = _data_row(original, rng)
    lines = [original.written([row]) for row in rows]
    parts = lines[number].split(original.separator.encode())
    place = rng.randrange(1, len(parts))
    mark = original.separator.encode()
    between = rng.choice((b"", b"|", b"\t", b",", b";", mark * 2))
    lines[number] = mark.join(parts[:place]) + between + mark.join(parts[place:])
    return Mutant(b"".join(lines), "rows", touched=1)


def blank_rows(original: Original, rng: random.Random) -> Mutant:
    """Put empty rows between the others, the second row among them."""
    lines = [original.written([row]) for row in original.rows]
    for place in (original.depth, rng.randrange(original.depth, len(lines)), len(lines)):
        lines.insert(place, rng.choice((b"\r\n", b" \r\n", original.separator.encode() * 2 + b"\r\n")))
    return Mutant(b"".join(lines), "table")


TEXTS = (
    truncated,
    truncated_at_a_row,
    flipped,
    shuffled,
    nul,
    columns_reordered,
    column_twice,
    column_deleted,
    header_only,
    header_again,
    row_order,
    cells_exchanged,
    headings_exchanged,
    number_changed,
    line_ends,
    marks,
    encoded,
    foreign_letter,
    quote,
    gigantic,
    wide,
    separators,
    odd_separators,
    separator_changed,
    blank_rows,
)
"""What may happen to a text file."""


def _members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return {name: book.read(name) for name in book.namelist()}


def _zipped(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in members.items():
            book.writestr(name, content)
    return target.getvalue()


def member_deleted(original: Original, rng: random.Random) -> Mutant:
    """Take a member out of the workbook."""
    members = _members(original.content)
    del members[rng.choice(sorted(members))]
    return Mutant(_zipped(members), "table")


def member_cut(original: Original, rng: random.Random) -> Mutant:
    """Cut a member of the workbook."""
    members = _members(original.content)
    name = rng.choice(sorted(members))
    members[name] = members[name][: rng.randrange(len(members[name]))]
    return Mutant(_zipped(members), "first_rows", touched=1)


def member_changed(original: Original, rng: random.Random) -> Mutant:
    """Change bytes of a member of the workbook, so that the zip file is whole but its XML is not."""
    members = _members(original.content)
    name = rng.choice(sorted(members))
    members[name] = flipped(Original("", members[name], "", {}), rng).content
    return Mutant(_zipped(members), "rows", touched=99 if "sharedStrings" in name else 16)


def members_exchanged(original: Original, rng: random.Random) -> Mutant:
    """Exchange two members of the workbook."""
    members = _members(original.content)
    one, other = rng.sample(sorted(members), 2)
    members[one], members[other] = members[other], members[one]
    return Mutant(_zipped(members), "table")


def packed_bytes(original: Original, rng: random.Random) -> Mutant:
    """Change bytes of the zip file itself."""
    return Mutant(flipped(original, rng).content, "table")


def packed_cut(original: Original, rng: random.Random) -> Mutant:
    """Cut the zip file."""
    return Mutant(original.content[: rng.randrange(len(original.content))], "table")


WORKBOOKS = (member_deleted, member_cut, member_changed, members_exchanged, packed_bytes, packed_cut)
"""What may happen to a workbook."""


def pasted_twice(original: Original, rng: random.Random) -> Mutant:  # noqa: ARG001 - every mutation's signature
    """Put the file after itself."""
    return Mutant(original.content * 2, "rows", touched=99)


def bytes_inserted(original: Original, rng: random.Random) -> Mutant:
    """Put any bytes somewhere: every length that the file speaks of is then wrong."""
    place = rng.randrange(len(original.content))
    return Mutant(
        original.content[:place] + rng.randbytes(rng.randint(1, 600)) + original.content[place:], "rows", touched=99
    )


def one_byte(original: Original, rng: random.Random) -> Mutant:
    """Change one byte: a value may be another one, or everything is."""
    data = bytearray(original.content)
    data[rng.randrange(len(data))] = rng.randrange(256)
    return Mutant(bytes(data), "rows", touched=99)


def stretch_shuffled(original: Original, rng: random.Random) -> Mutant:
    """Shuffle a stretch of bytes."""
    return Mutant(shuffled(original, rng).content, "rows", touched=99)


def cut(original: Original, rng: random.Random) -> Mutant:
    """Cut the file: of a typed file nothing may be left but its first rows."""
    return Mutant(original.content[: rng.randrange(len(original.content))], "first_rows")


TYPED = (pasted_twice, bytes_inserted, one_byte, stretch_shuffled, cut)
"""What may happen to a Parquet or SPSS file."""
MUTATIONS = {".csv": TEXTS, ".xlsx": WORKBOOKS, ".parquet": TYPED, ".sav": TYPED}
"""By the file's suffix."""
