"""The beginning of a large file, read as any file is: its columns, and how DuckDB finds the rest of it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from kohtaamo_utils.intake.cells import composed
from kohtaamo_utils.intake.columnar import open_parquet, records_of
from kohtaamo_utils.intake.delimited import ALONE, BLANKS, parted, wide_titles
from kohtaamo_utils.intake.files import PARQUET, arranged, missing_file
from kohtaamo_utils.intake.findings import Findings
from kohtaamo_utils.intake.large.scan import plain_copy, scan
from kohtaamo_utils.intake.layout import PLAIN
from kohtaamo_utils.intake.packed import unpacked
from kohtaamo_utils.ledger import StoreError

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.engagement import Source
    from kohtaamo_utils.intake.cells import Record
    from kohtaamo_utils.intake.sheet import Sheet
    from kohtaamo_utils.ledger import Store

LENGTH = 100_000
"""Characters of a text file that its columns and their formats are judged by."""
TRIED = 200
"""Lines of a text file that DuckDB and the usual reading must divide alike."""
ROWS = 2_000
"""Rows of a Parquet file that they are judged by."""


@dataclass(frozen=True)
class Head:
    """A large file's beginning.

    Parameters
    ----------
    sheet
        Its first rows under their names.
    path
        Where the rows are read from: the file itself, or a plain copy of it.
    kinds
        By place, what Parquet says the column holds: ``text``, ``number``, ``whole``, ``date`` or ``other``; all text
        in a text file.
    separator
        Of a text file; "" in Parquet.
    skipped
        Records of a text file above its first row.
    ascii
        Whether a text file has no character beyond ASCII.
    guarded
        Whether a cell below the header may hold a number as only DuckDB reads it: 1_000 or +-1.
    lead
        Whether its first line only names the separator.
    """

    sheet: Sheet
    path: Path
    kinds: tuple[str, ...]
    separator: str = ""
    skipped: int = 0
    ascii: bool = False
    guarded: bool = True
    lead: bool = False

    def agrees(self, store: Store) -> bool:
        """Tell whether DuckDB divides the first lines of a text file into the cells that we see in them."""
        with self.path.open(encoding="utf-8-sig", newline=None) as stream:
            lines = list(islice(stream, TRIED))
        sample = store.folder / "sample.csv"
        sample.write_text("".join(lines), encoding="utf-8", newline="\n")
        try:
            found = store.rows(f"SELECT * FROM {self.relation(sample)}")
        except StoreError:
            return False
        wanted = self.sheet.cells.head(len(found)).to_numpy(dtype=object).tolist()
        return [[cell or "" for cell in row] for row in found[: len(wanted)]] == wanted

    @property
    def ended(self) -> bool:
        """Whether a text file ends in a line break; one that was cut off does not."""
        with self.path.open("rb") as stream:
            stream.seek(-1, 2)
            return stream.read(1) in b"\r\n"

    def relation(self, path: Path | None = None) -> str:
        """Return the file's rows as a table for a query: columns c0, c1, ...; in a text file all are text.

        Parameters
        ----------
        path
            Another file of the same form.
        """
        file = _quoted(str(path or self.path))
        if not self.separator:
            cells = [
                f"nullif({_name(name)}, '')" if kind == "text" else _name(name)
                for name, kind in zip(self.sheet.names, self.kinds, strict=True)
            ]
            names = ", ".join(f"{cell} AS c{place}" for place, cell in enumerate(cells))
            return f"(SELECT {names} FROM read_parquet({file}))"
        columns = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(len(self.sheet.names)))
        return (
            f"read_csv({file}, columns = {{{columns}}}, auto_detect = false, header = false, skip = {self.skipped}, "
            f"delim = {_quoted(self.separator)}, quote = '\"', escape = '\"', "
            f"buffer_size = 16000000, max_line_size = 2000000)"
        )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def read_head(path: Path, source: Source, findings: Findings, folder: Path) -> Head | None:
    """Read the beginning of a large file.

    Parameters
    ----------
    path
        The file.
    source
        Its block in the settings.
    findings
        Takes what is inferred, and what stops the reading.
    folder
        Where a plain copy may be written.

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
        _parquet(path, source, findings) if path.suffix.casefold() in PARQUET else _text(path, source, findings, folder)
    )


def _text(path: Path, source: Source, findings: Findings, folder: Path) -> Head | None:
    found = scan(path, findings, source.encoding)
    try:
        text = _beginning(path, found.encoding)
        text, separator = parted(text, findings, source.separator)
        records: list[Record] = [list(fields) for fields in _records(composed(text), separator)]
    except (UnicodeDecodeError, LookupError, csv.Error):
        return None  # the usual reading tells what is wrong
    if separator == ALONE or not source.header or unpacked(records, Findings("", "")) != records:
        return None
    sheet, layout = arranged(wide_titles(records), source, findings)
    if layout is not PLAIN or sheet.cells.empty:
        return None
    above = int(sheet.cells.index[0]) - 1
    blanks = separator == BLANKS
    if not found.direct or blanks:
        copy = folder / f"copy-{len(list(folder.iterdir()))}.csv"
        try:
            plain_copy(path, found.encoding, copy, blanks=blanks)
        except UnicodeDecodeError:
            return None
        path, separator = copy, "\t" if blanks else separator
    kinds = ("text",) * len(sheet.names)
    beginning = _beginning(path, "utf-8-sig")
    lead = _has_lead(beginning, source)
    above_rows = beginning.splitlines()[: lead + above]
    guarded = found.two_signs or found.underscores > sum(line.count("_") for line in above_rows)
    return Head(sheet, path, kinds, separator, lead + above, found.ascii, guarded, lead)


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


def _parquet(path: Path, source: Source, findings: Findings) -> Head | None:
    file = open_parquet(path, findings)
    names = [str(name) for name in file.schema_arrow.names]
    batch = next(file.iter_batches(batch_size=ROWS), None)
    rows = [] if batch is None else records_of(batch.to_pandas(ignore_metadata=True))
    records: list[Record] = [[*names], *rows]
    sheet, layout = arranged(records, source, findings)
    if layout is not PLAIN or not source.header or sheet.cells.empty or list(sheet.names) != names:
        return None
    return Head(sheet, path, tuple(_kind(field.type) for field in file.schema_arrow))


def _kind(arrow: object) -> str:
    import pyarrow.types as of

    if of.is_dictionary(arrow):
        arrow = arrow.value_type  # type: ignore[attr-defined]
    if of.is_string(arrow) or of.is_large_string(arrow) or of.is_string_view(arrow):
        return "text"
    if of.is_integer(arrow):
        return "whole"
    if of.is_floating(arrow) or of.is_decimal(arrow):
        return "number"
    return "date" if of.is_date(arrow) or (of.is_timestamp(arrow) and arrow.tz is None) else "other"  # type: ignore[attr-defined]
