"""The sheets that proposals are made for: of files that no source names, and of the sources themselves."""

from __future__ import annotations

import filecmp
import io
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pandas as pd
from python_calamine import CalamineError

from kohtaamo_utils.engagement.settings import Source
from kohtaamo_utils.errors import DataError, joined, say
from kohtaamo_utils.intake.files import ARCHIVES, PAGES, PARQUET, TEXT, WORKBOOKS, open_file
from kohtaamo_utils.intake.notes.findings import Findings
from kohtaamo_utils.intake.proposing.reading import Way
from kohtaamo_utils.intake.rows.exclusions import exclude
from kohtaamo_utils.intake.sheets.decoding import MARKS
from kohtaamo_utils.intake.sheets.disguised import is_markup
from kohtaamo_utils.intake.sheets.workbook import visible_sheets
from kohtaamo_utils.intake.tools import spss

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kohtaamo_utils.engagement import Engagement, EngagementSettings
    from kohtaamo_utils.intake.sheets.sheet import Sheet

DATA = "data"
DOCUMENTS = {
    *(".md", ".pdf", ".doc", ".docx", ".odt", ".rtf", ".ppt", ".pptx", ".yaml", ".yml", ".json"),
    *(".xml", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".log", ".eml", ".msg", ".py", ".ipynb"),
}
"""Files that are no tables."""
LOCK = "~$"
"""How the name of the file begins that a spreadsheet program keeps beside a workbook that is open in it."""
_SIGNS: dict[str, tuple[tuple[bytes, ...], set[str]]] = {
    "excel": ((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"), WORKBOOKS),
    "parquet": ((b"PAR1",), PARQUET),
    "spss": ((b"$FL2", b"$FL3"), spss.SUFFIXES),
}
"""How the files of a format begin, and how their names end."""


@dataclass(frozen=True)
class Candidate:
    """A sheet that may be a canonical table.

    Parameters
    ----------
    way
        How it was read.
    sheet
        Its columns; None if it cannot be read.
    problem
        Why not.
    """

    way: Way
    sheet: Sheet | None
    problem: str = ""

    @property
    def source(self) -> Source:
        """The block that reads it."""
        return self.way.source

    @property
    def file(self) -> str:
        """File as the engagement names it."""
        return self.source.file[0]

    @property
    def names(self) -> tuple[str, ...]:
        """Names that may tell what it is: the file's without its ending, and the sheet's."""
        sheet = () if self.source.sheet is None else (str(self.source.sheet),)
        return (PurePosixPath(self.file).stem, *sheet)


def unnamed(engagement: Engagement) -> Iterator[Candidate]:
    """Yield each sheet of the files in the folder ``data`` that no source names; of a file that is there already, why not."""
    named = {
        engagement.path(file).resolve(): file
        for sources in engagement.settings.sources.values()
        for source in sources
        for file in source.file
    }
    seen = dict(named)
    for path in files_of(engagement):
        unread = path.name.startswith(LOCK) or path.suffix.casefold() in DOCUMENTS | ARCHIVES
        if unread or path.resolve() in named:
            continue
        file = path.relative_to(engagement.folder).as_posix()
        same = next((name for other, name in seen.items() if _alike(other, path)), None)
        seen[path] = file
        if same is None:
            yield from _sheets(path, file, engagement.settings)
        else:  # to read both would count every row twice
            way = Way(Source.model_validate({"file": file}), engagement.settings)
            yield Candidate(way, None, say("the same bytes as {file}", file=same))


def _alike(one: Path, other: Path) -> bool:
    """Tell whether two files have the same bytes; what cannot be read is told where it is opened."""
    try:
        return one.stat().st_size == other.stat().st_size > 0 and filecmp.cmp(one, other, shallow=False)
    except OSError:
        return False


def files_of(engagement: Engagement) -> list[Path]:
    """Return the files in the folder ``data``, those that a system hides left out."""
    folder = engagement.path(DATA)
    found = sorted(folder.rglob("*")) if folder.is_dir() else []
    hidden = (any(part.startswith(".") for part in path.relative_to(folder).parts) for path in found)
    return [path for path, unseen in zip(found, hidden, strict=True) if not unseen and path.is_file()]


def _sheets(path: Path, file: str, settings: EngagementSettings) -> Iterator[Candidate]:
    content: dict[str, object] = {"file": file}
    kind = _format(path)
    if kind is not None:
        content["format"] = kind
    names = _sheet_names(path) if kind == "excel" or (kind is None and path.suffix.casefold() in WORKBOOKS) else []
    if len(names) < 2:
        yield opened(path, Source.model_validate(content), settings)
        return
    for name in names:
        found = opened(path, Source.model_validate(content | {"sheet": name}), settings)
        if found.sheet is not None:
            yield found


def _format(path: Path) -> str | None:
    """Return the format that must be named because the file's ending does not tell; None where it tells."""
    suffix = path.suffix.casefold()
    try:
        with path.open("rb") as stream:
            head = stream.read(4096)
    except OSError:
        return None
    for kind, (signs, suffixes) in _SIGNS.items():
        if head.startswith(signs):
            return None if suffix in suffixes else kind
    told = suffix in TEXT | spss.SUFFIXES or (suffix in WORKBOOKS | PAGES and is_markup(head))
    if b"\0" in head and not head.startswith(tuple(mark for mark, _ in MARKS)):
        return None  # no text: another program's own format
    return None if told or not head else "csv"


def _sheet_names(path: Path) -> list[str]:
    try:
        with pd.ExcelFile(io.BytesIO(path.read_bytes()), engine="calamine") as book:
            return visible_sheets(book) or [str(name) for name in book.sheet_names]
    except (CalamineError, ValueError, OSError):
        return []


def opened(path: Path, source: Source, settings: EngagementSettings) -> Candidate:
    """Read a source's first file; what is wrong with it is told in the candidate.

    Parameters
    ----------
    path
        Where it is.
    source
        The block that reads it, or that would.
    settings
        The engagement's.
    """
    findings = Findings("", source.file[0])
    try:
        _, sheet, layout = open_file(path, source, findings)
    except DataError as error:
        advice = [problem.advice for problem in error.problems if problem.advice]
        return Candidate(Way(source, settings), None, joined([error.message, *advice]))
    rows = exclude(layout.answers(sheet, findings), source, findings)
    return Candidate(Way(source, settings, layout), rows)
