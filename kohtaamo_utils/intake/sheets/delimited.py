"""CSV and its relatives: from text to records, the separator found by trying."""

from __future__ import annotations

import csv
import io
from itertools import islice
from typing import TYPE_CHECKING, cast

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.sheets.decoding import decode
from kohtaamo_utils.intake.sheets.ruled import EDGE, ruled
from kohtaamo_utils.intake.sheets.torn import check_torn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.values.cells import Record

SEPARATORS = (";", ",", "\t", "|")
BLANKS = " "
"""Stands for runs of blanks."""
ALONE = "\x1f"
"""No text holds it: the file has one column, whatever is in its cells."""
NAMES = {"tab": "\t", "\\t": "\t", "blank": BLANKS, "blanks": BLANKS, "space": BLANKS, "comma": ",", "semicolon": ";"}
SAID = {"\t": "tab", BLANKS: "blanks"}
FEWEST = 3
"""So many columns, and so many rows as wide, make a table under lines of one cell."""
SAMPLE = 200
"""Records that the separator is judged by."""
NO_CONTENT = ' \t\r\n;,|"'
"""A file of these alone is empty."""
LONGEST_FIELD = 10_000_000


def read_delimited(
    data: bytes, findings: Findings, *, encoding: str | None = None, separator: str | None = None
) -> list[Record]:
    r"""Return a text file's records; record number i is row i + 1 of the file.

    A quoted line break does not end a record, so that the number is the row that a spreadsheet shows.

    Parameters
    ----------
    data
        The whole file.
    findings
        Takes what was inferred.
    encoding, separator
        What the settings say; found by rule where they say nothing.

    Raises
    ------
    DataError
        The file cannot be decoded, or its quotation marks do not match.

    Examples
    --------
    >>> from kohtaamo_utils.intake.notes.findings import Findings
    >>> read_delimited(b"a;b\n1;2,5\n", Findings("survey", "a.csv"))
    [['a', 'b'], ['1', '2,5']]
    """
    text = decode(data, findings, encoding)
    if not text.strip(NO_CONTENT):
        return []
    printed = ruled(text, findings) if separator in {None, EDGE} else None
    if printed is not None:
        return wide_titles(printed)
    text, chosen = parted(text, findings, separator)
    records = _records(text, chosen, findings)
    if chosen != BLANKS:
        check_torn(records, findings, ended=text.endswith(("\n", "\r")))
    return wide_titles(records)


def parted(text: str, findings: Findings, separator: str | None) -> tuple[str, str]:
    """Return a text without a first line ``sep=;``, and its separator: what the settings say, or found by trying."""
    first, _, rest = text.partition("\n")
    if separator is None and first.strip().casefold().startswith("sep=") and len(first.strip()) == len("sep=;"):
        text, separator = rest, first.strip()[-1]
    chosen = _named(separator, findings) if separator else sniff(text)
    if not separator and chosen not in {",", ALONE}:
        said = SAID.get(chosen, chosen)
        findings.note("inferred", "separator", 1, say("separator {separator}", separator=said), value=said)
    return text, chosen


def wide_titles(records: list[Record]) -> list[Record]:
    """Return the records, those of one cell above a wider one as a spreadsheet would have them: with an empty cell beside."""
    start = next((place for place, record in enumerate(records) if len(record) > 1), 0)
    if start == 0:
        return records
    return [[*record, ""] if record and place < start else record for place, record in enumerate(records)]


def _named(separator: str, findings: Findings) -> str:
    chosen = NAMES.get(separator.strip().casefold(), separator)
    if len(chosen) == 1:
        return chosen
    raise findings.stop(
        "separator",
        say("The separator {separator} is more than one character.", separator=repr(separator)),
        expected=say("one character, or tab or blanks"),
        advice=say("Correct or remove `separator`."),
    )


def sniff(text: str) -> str:
    r"""Return the separator that splits the first records most evenly; blanks only where nothing else splits.

    Examples
    --------
    >>> sniff("id;amount\n1;2,5\n2;3,5\n"), sniff(" id  amount\n 1  2.5\n")
    (';', ' ')
    """
    scores = {separator: _evenness(_sample(text, separator)) for separator in SEPARATORS}
    best = max(scores, key=lambda separator: scores[separator])
    if scores[best] > (0.0, 0):
        return best
    widths = {len(record) for record in _sample(text, BLANKS) if record}
    if len(widths) == 1 and widths != {1}:
        return BLANKS
    return next((separator for separator in SEPARATORS if _under_titles(_sample(text, separator))), ALONE)


def _under_titles(records: list[list[str]]) -> bool:
    """Tell whether an even table of some columns stands under lines of one cell: titles above a header."""
    filled = [record for record in records if any(field.strip() for field in record)]
    start = next((place for place, record in enumerate(filled) if len(record) > 1), len(filled))
    widths = [len(record) for record in filled[start:]]
    return len(widths) >= FEWEST and widths[0] >= FEWEST and len(set(widths)) == 1


def _sample(text: str, separator: str) -> list[list[str]]:
    try:
        return list(islice(_split(text, separator, strict=False), SAMPLE))
    except csv.Error:
        return []


def _evenness(records: list[list[str]]) -> tuple[float, int]:
    """Share of records as wide as the widest of the header rows, and that width; nothing if it splits no header."""
    filled = [record for record in records if any(field.strip() for field in record)]
    width = len(filled[0]) if filled else 0
    if width < 2:
        return 0.0, 0
    return sum(len(record) == width for record in filled) / len(filled), width


def _split(text: str, separator: str, *, strict: bool, quoting: bool = True) -> Iterator[list[str]]:
    lines = io.StringIO(text, newline="")
    if separator == BLANKS:
        return (line.split() for line in lines)
    csv.field_size_limit(LONGEST_FIELD)
    if quoting:
        return csv.reader(lines, delimiter=separator, strict=strict)
    return csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_NONE)


def _records(text: str, separator: str, findings: Findings) -> list[Record]:
    records: list[Record] = []
    try:
        records.extend(cast("Iterator[Record]", _split(text, separator, strict=True)))
    except csv.Error:
        return _unquoted(text, separator, findings, row=len(records) + 1)
    return records


def _unquoted(text: str, separator: str, findings: Findings, *, row: int) -> list[Record]:
    """Read quotation marks as plain text, where every row then is as wide as the header."""
    try:
        plain = list(_split(text, separator, strict=False, quoting=False))
    except csv.Error:
        raise _too_long(findings, row=row) from None
    records: list[Record] = [[_bare(field) for field in fields] for fields in plain]
    widths = {len(record) for record in records if record}
    if len(widths) == 1 and max(widths) > 1 and not _cut_in_quotes(plain):
        findings.note("inferred", "quotes", 1, say("quotation marks read as plain text"))
        return records
    raise unpaired(findings, row=row)


def unpaired(findings: Findings, *, row: int) -> Exception:
    """Return the error for a file whose quotation marks have no pairs, from this row on."""
    return findings.stop(
        "quotes",
        say("A quotation mark here has no pair, so that the rest of the file cannot be divided into rows."),
        expected=say("texts that hold a quotation mark written as {example}", example='"he said ""hi"""'),
        advice=say("Correct the row, or export the file again (Excel also does)."),
        row=row,
    )


def _cut_in_quotes(records: list[list[str]]) -> bool:
    """Tell whether the file ends within a quoted field: the rest of it, and the rows after it, are lost."""
    last = next(record for record in reversed(records) if record)[-1]
    return last.startswith('"') and last.count('"') % 2 == 1


def _bare(field: str) -> str:
    """Return a field without the quotation marks around it; one that stands alone is text."""
    if len(field) > 1 and field[0] == field[-1] == '"':
        return field[1:-1].replace('""', '"')
    return field


def _too_long(findings: Findings, *, row: int) -> Exception:
    return findings.stop(
        "too_long",
        say(
            "A cell has more than {most} characters: the file is damaged, or not a table.",
            most=LONGEST_FIELD,
        ),
        expected=say("a CSV file"),
        advice=say("Export the file again."),
        row=row,
    )
