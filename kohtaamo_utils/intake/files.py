"""From a file in the engagement folder to its sheet: found, hashed, read by its kind, laid out by its tool."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import partial
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import either, quoted, say
from kohtaamo_utils.intake.columns.column_names import places_of
from kohtaamo_utils.intake.columns.mapping import named_columns
from kohtaamo_utils.intake.notes.findings import Findings
from kohtaamo_utils.intake.sheets.columnar import read_parquet
from kohtaamo_utils.intake.sheets.delimited import read_delimited
from kohtaamo_utils.intake.sheets.grid import Grid
from kohtaamo_utils.intake.sheets.hidden_rows import note_hidden
from kohtaamo_utils.intake.sheets.merged_cells import spread
from kohtaamo_utils.intake.sheets.packed import unpacked
from kohtaamo_utils.intake.sheets.sheet import Sheet, first_row
from kohtaamo_utils.intake.sheets.titles import above_header, without_titles
from kohtaamo_utils.intake.tools import (
    google_forms,
    limesurvey,
    ms_forms,
    qualtrics,
    spss,
    surveymonkey,
    typeform,
    webropol,
)
from kohtaamo_utils.intake.tools.layout import PLAIN, Layout, without_header
from kohtaamo_utils.intake.values.legend import legends_above
from kohtaamo_utils.tables import TABLES

if TYPE_CHECKING:
    from kohtaamo_utils.engagement import Source
    from kohtaamo_utils.intake.values.cells import Record

LAYOUTS = (
    limesurvey.LAYOUT,
    qualtrics.LAYOUT,
    surveymonkey.LAYOUT,
    ms_forms.LAYOUT,
    google_forms.LAYOUT,
    typeform.LAYOUT,
    webropol.LAYOUT,
)
"""The survey tools that are recognised, tried in this order; a new tool is a new module and a name here."""
TEXT = {".csv", ".tsv", ".txt", ".tab", ".asc", ".dat"}
WORKBOOKS = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"}
PAGES = {".html", ".htm"}
"""Web pages under their own name; those that programs call .xls are read among the workbooks."""
PARQUET = {".parquet", ".pq"}
ARCHIVES = {".zip", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".7z", ".rar"}
"""Files that must be unpacked before they are any."""
NAMED = {"csv": ".csv", "excel": ".xlsx", "parquet": ".parquet", "spss": ".sav"}
"""Formats that say how to read the file, whatever its suffix."""
LOCK = "~$"
"""How the name of the file begins that a spreadsheet program keeps beside a workbook that is open in it: no file of the client's."""
SHOWN = 10
"""How many of a folder's files a message names."""


@dataclass(frozen=True)
class InputFile:
    """A file that was read.

    Parameters
    ----------
    file
        File as the engagement names it.
    sha256
        Fingerprint of its bytes.
    """

    file: str
    sha256: str

    @property
    def shown(self) -> str:
        """The file as a client's page names it: of a full path, which tells of the consultant's computer, the name only.

        Examples
        --------
        >>> InputFile("data/sales.csv", "").shown, InputFile("/home/liisa/asiakas/sales.csv", "").shown
        ('data/sales.csv', 'sales.csv')
        """
        paths = PurePosixPath(self.file), PureWindowsPath(self.file)
        return next((path.name for path in paths if path.is_absolute()), self.file)


def input_file(path: Path, name: str) -> InputFile:
    """Return a file that was read elsewhere, with its fingerprint.

    Parameters
    ----------
    path
        Where it is.
    name
        File as the engagement names it.
    """
    return InputFile(name, hashlib.sha256(path.read_bytes()).hexdigest())


def open_file(path: Path, source: Source, findings: Findings) -> tuple[InputFile, Sheet, Layout]:
    """Read one file of a source.

    Parameters
    ----------
    path
        Where it is.
    source
        Its block in the settings.
    findings
        Takes problems and what was inferred.

    Raises
    ------
    DataError
        The file is missing, empty, or cannot be read as what it claims to be.
    """
    if not path.is_file():
        raise missing_file(path, findings)
    data = _bytes(path, findings)
    suffix = NAMED.get(source.format, path.suffix.casefold())
    if data and suffix in spss.SUFFIXES:
        sheet = spss.read_spss(data, findings)
        layout = _layout([list(sheet.names)], "auto")
    else:
        grid = _grid(data, suffix, source, findings) if data else Grid([])
        sheet, layout = arranged(unpacked(grid.records, findings), source, findings)
        note_hidden(sheet, grid.hidden, grid.sheet, findings)
        from kohtaamo_utils.intake.scales.legend_rows import (
            without_legend_rows,  # numpy, which a large file of sales needs none of
        )

        sheet = without_legend_rows(spread(sheet, grid.merged, findings), findings)
        sheet = replace(sheet, codebooks=grid.codebooks)
    if source.format == "auto" and layout is not PLAIN:
        findings.note("inferred", "format", 1, say("format {name}", name=layout.name), value=layout.name)
    return InputFile(findings.file, hashlib.sha256(data).hexdigest()), sheet, layout


def arranged(records: list[Record], source: Source, findings: Findings) -> tuple[Sheet, Layout]:
    """Return records under their names, laid out as the survey tool that wrote them does, titles above passed over."""
    given = records
    records, layout = recognised(records, source, findings)
    sheet = layout.arrange(records, findings) if source.header else without_header(records, findings)
    return replace(sheet, legends=legends_above(given, records)), layout


def recognised(records: list[Record], source: Source, findings: Findings) -> tuple[list[Record], Layout]:
    """Return records without titles above them, and the survey tool that wrote them."""
    records = [record or [""] for record in without_titles(records, named_columns(source), findings)]
    start = first_row(records)
    if start == len(records):
        raise findings.stop(
            "empty_file", say("The file is empty."), advice=say("Export it again, or correct `file` or `sheet`.")
        )
    layout = _layout(records[start : start + 3], source.format) if source.header else PLAIN
    if layout is PLAIN and source.header:
        records = above_header(records, named_columns(source), findings)
    return records, layout


def _lacks(head: list[Record], source: Source, table: str) -> list[str]:
    """Return the columns that a sheet does not have of those that the settings name, or that the table must have."""
    sheet, layout = arranged(head, source, Findings(table, source.file[0]))
    lacking = [name for name in named_columns(source) if not places_of(sheet, name)]
    if lacking or named_columns(source):
        return lacking
    rules = TABLES[table]
    required = [name for name in rules.required if name not in source.constants and name not in layout.own]
    lacking = [name for name in required if not places_of(sheet, name)]
    ways = [[name for name in way if not places_of(sheet, name)] for way in rules.one_of]
    return lacking + min(ways, key=len, default=[])


def _bytes(path: Path, findings: Findings) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise findings.stop(
            "unreadable",
            say("The file cannot be opened ({reason}).", reason=str(error.strerror)),
            advice=say("Close it in other programs, such as Excel, and see that you may read it."),
        ) from None


def _grid(data: bytes, suffix: str, source: Source, findings: Findings) -> Grid:
    if suffix in TEXT:
        return Grid(read_delimited(data, findings, encoding=source.encoding, separator=source.separator))
    if suffix in WORKBOOKS | PAGES:
        # the reader of Excel and numpy, loaded where there is a workbook
        from kohtaamo_utils.intake.sheets.marked_up import read_markup
        from kohtaamo_utils.intake.sheets.workbook import read_workbook

        lacks = partial(_lacks, source=source, table=findings.table)
        page = read_markup(data, findings, source.sheet, source.encoding, lacks, noted=suffix in WORKBOOKS)
        if page is None and suffix in PAGES:
            raise findings.stop(
                "no_one_table",
                say("The web page does not hold exactly one table of data."),
                advice=say("Copy the table into Excel and save it as .xlsx, or export it as CSV or Excel."),
            )
        return page or read_workbook(data, findings, source.sheet, lacks)
    if suffix in PARQUET:
        return Grid(read_parquet(data, findings))
    raise findings.stop(
        "format",
        say("Files of the kind {suffix} are not read.", suffix=suffix)
        if suffix
        else say("Files of the kind without a suffix are not read."),
        expected=say(
            "a file ending in {names}", names=", ".join(sorted(TEXT | WORKBOOKS | PAGES | PARQUET | spss.SUFFIXES))
        ),
        advice=say("Unpack it, and name the file that is in it.")
        if suffix in ARCHIVES
        else say("Export it as CSV or Excel, or say `format: csv` or `format: excel` if it is one."),
    )


def _layout(head: list[Record], wanted: str) -> Layout:
    if wanted == "auto":
        return next((layout for layout in LAYOUTS if layout.recognises(head)), PLAIN)
    return next((layout for layout in LAYOUTS if layout.name == wanted), PLAIN)


def missing_file(path: Path, findings: Findings) -> Exception:
    """Return the error for a file that is not there, with what is."""
    folder, slashed = path.parent, findings.file.replace("\\", "/")
    if "\\" in findings.file and os.sep != "\\":
        return findings.stop(
            "missing_file",
            say("There is no such file: this computer parts folders with / and not with \\."),
            expected=say("folders parted with /, which every computer reads"),
            advice=say("Write {offer}.", offer=quoted(slashed)),
        )
    there = (
        sorted(entry.name for entry in folder.iterdir() if entry.is_file() and not entry.name.startswith(LOCK))
        if folder.is_dir()
        else []
    )
    near = get_close_matches(path.name, there, n=3, cutoff=0.5)
    parent = PurePosixPath(findings.file).parent
    if there:
        names: str = ", ".join(there[:SHOWN])
        names = say("{names} and {n} more", names=names, n=len(there) - SHOWN) if len(there) > SHOWN else names
        expected = say("one of the files in {folder}: {names}", folder=str(parent), names=names)
    elif folder.is_dir():
        expected = say("a file in the folder {folder}, which is empty", folder=str(parent))
    else:
        expected = say("a file in the folder {folder}, which is not there", folder=str(parent))
    return findings.stop(
        "missing_file",
        say("There is no such file.") if not path.exists() else say("This is a folder, not a file."),
        expected=expected,
        advice=say("Did you mean {offer}?", offer=either(quoted(str(parent / name)) for name in near))
        if near
        else say("Copy the file there or correct `file`."),
    )
