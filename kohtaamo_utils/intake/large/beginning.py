"""Reads the beginning of a large file as any file is read: its columns, and what they hold."""

from __future__ import annotations

import csv
import io
import re
from operator import itemgetter
from typing import TYPE_CHECKING

from kohtaamo_utils.intake.columns.unit_rows import is_unit_row
from kohtaamo_utils.intake.files import PARQUET, missing_file, recognised
from kohtaamo_utils.intake.large.head import Head, quoted, quoted_name
from kohtaamo_utils.intake.large.scan import plain_copy, scan
from kohtaamo_utils.intake.large.start import start_of
from kohtaamo_utils.intake.notes.findings import Findings
from kohtaamo_utils.intake.sheets.delimited import ALONE, BLANKS, parted, wide_titles
from kohtaamo_utils.intake.sheets.packed import unpacked
from kohtaamo_utils.intake.sheets.ruled import looks_ruled
from kohtaamo_utils.intake.tools.layout import PLAIN
from kohtaamo_utils.intake.values.cells import cell_of, composed
from kohtaamo_utils.ledger import StoreError

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.engagement import Source
    from kohtaamo_utils.intake.large.start import Start
    from kohtaamo_utils.intake.values.cells import Record
    from kohtaamo_utils.ledger import Store

LENGTH = 100_000
"""Characters of a text file that its columns and their formats are judged by."""
ROWS = 500
"""Rows of a Parquet file that they are judged by."""
PLACE = "file_row_number"
"""What DuckDB calls a row's place in a Parquet file; one that has a column of this name is read in the usual way."""
KINDS = {
    "text": {"VARCHAR"},
    "whole": {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"},
    "number": {"FLOAT", "DOUBLE", "DECIMAL"},
    "date": {"DATE", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"},
}
"""What columns of a Parquet file hold, by DuckDB's types."""
_NUMBERED = re.compile(r"_[0-9]+\Z")


def read_head(path: Path, source: Source, findings: Findings, store: Store) -> Head | None:
    """Read the beginning of a large file.

    Parameters
    ----------
    path
        The file.
    source
        Its block in the settings.
    findings
        Takes what is inferred, and what stops the reading.
    store
        Reads Parquet; a plain copy of a text file may be written into its folder.

    Returns
    -------
    Head or None
        None where the file is laid out by a survey tool or in another way that only the usual reading knows.

    Raises
    ------
    DataError
        The file cannot be read as what it claims to be.
    """
    if not path.is_file():
        raise missing_file(path, findings)
    return (
        _parquet(path, source, findings, store)
        if path.suffix.casefold() in PARQUET
        else _text(path, source, findings, store.folder)
    )


def _text(path: Path, source: Source, findings: Findings, folder: Path) -> Head | None:
    found = scan(path, findings, source.encoding)
    try:
        text = _beginning(path, found.encoding)
        if looks_ruled(text):
            return None
        text, separator = parted(text, findings, source.separator)
        records: list[Record] = [list(fields) for fields in _records(composed(text), separator)]
    except (UnicodeDecodeError, LookupError, csv.Error):
        return None  # the usual reading tells what is wrong
    if separator == ALONE or not source.header or unpacked(records, Findings("", "")) != records:
        return None
    records, layout = recognised(wide_titles(records), source, findings)
    start = start_of(records, findings)
    if layout is not PLAIN or not start.rows or _has_units(start):
        return None
    blanks = separator == BLANKS
    if not found.direct or blanks:
        copy = folder / f"copy-{len(list(folder.iterdir()))}.csv"
        try:
            plain_copy(path, found.encoding, copy, blanks=blanks)
        except UnicodeDecodeError:
            return None
        path, separator = copy, "\t" if blanks else separator
    kinds = ("text",) * len(start.names)
    beginning = _beginning(path, "utf-8-sig")
    lead = _has_lead(beginning, source)
    above_rows = beginning.splitlines()[: lead + start.above]
    guarded = found.two_signs or found.underscores > sum(line.count("_") for line in above_rows)
    return Head(start, path, kinds, separator, lead + start.above, found.ascii, guarded, lead, found.signs)


def _has_units(start: Start) -> bool:
    """Tell whether the first row gives the columns' units: the usual reading hears them as part of the headings."""
    return is_unit_row(start.rows[0], lambda place: start.column(place)[1:])


def _beginning(path: Path, encoding: str) -> str:
    """Return the first lines of a text file, whole ones only, without a mark of byte order."""
    with path.open(encoding=encoding, newline=None) as stream:
        text = stream.read(LENGTH)
        rest = stream.read(1)
    return (text[: text.rfind("\n") + 1] if rest else text).lstrip("\ufeff")


def _records(text: str, separator: str) -> list[list[str]]:
    if separator == BLANKS:
        return [line.split() for line in text.splitlines()]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    records: list[list[str]] = []
    try:
        records.extend(reader)
    except csv.Error as error:
        if "unexpected end" not in str(error):  # the last record may be cut within quotation marks
            raise
    return records


def _has_lead(text: str, source: Source) -> bool:
    first = text.partition("\n")[0].strip().casefold()
    return source.separator is None and first.startswith("sep=") and len(first) == len("sep=;")


def _parquet(path: Path, source: Source, findings: Findings, store: Store) -> Head | None:
    file = f"read_parquet({quoted(str(path))})"
    try:
        columns = [(str(name), str(kind)) for name, kind, *_ in store.rows(f"DESCRIBE SELECT * FROM {file}")]
        names = [name for name, _ in columns]
        if not source.header or PLACE in map(str.casefold, names) or _repeated(path, names, store):
            return None
        cells = [
            quoted_name(name)
            if _kind(kind) != "other" or kind == "BOOLEAN"
            else f"CAST({quoted_name(name)} AS VARCHAR)"
            for name, kind in columns
        ]
        rows = store.rows(f"SELECT {PLACE}, {', '.join(cells)} FROM {file} WHERE {PLACE} < {ROWS}")
    except StoreError:
        return None  # the usual reading tells what is wrong
    records: list[Record] = [
        [*names],
        *([cell_of(value) for value in cells] for _, *cells in sorted(rows, key=itemgetter(0))),
    ]
    records, layout = recognised(records, source, findings)
    start = start_of(records, findings)
    if layout is not PLAIN or not start.rows or _has_units(start) or list(start.names) != names:
        return None
    return Head(start, path, tuple(_kind(kind) for _, kind in columns))


def _repeated(path: Path, names: list[str], store: Store) -> bool:
    """Tell whether names repeat: DuckDB numbers them then, so that only a name that ends in a number makes it worth asking."""
    if not any(_NUMBERED.search(name) for name in names):
        return False
    known = {name for (name,) in store.rows(f"SELECT name FROM parquet_schema({quoted(str(path))})")}
    return not known.issuperset(names)


def _kind(kind: str) -> str:
    """Return what a column of a DuckDB type holds."""
    name = kind.partition("(")[0]
    return next((said for said, types in KINDS.items() if name in types), "other")
