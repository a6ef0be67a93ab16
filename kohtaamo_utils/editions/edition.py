"""One edition of a report, read from its ``results.json``; found beside a page, or below a folder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeGuard

from kohtaamo_utils.delivery.files import sha256
from kohtaamo_utils.errors import SettingsError, say

if TYPE_CHECKING:
    from pathlib import Path

RESULTS = ".results.json"
PAGE = ".html"
WORKBOOK = ".xlsx"


@dataclass(frozen=True)
class Edition:
    """What ``results.json`` says of a report.

    Parameters
    ----------
    file
        The file that was named, or found in a folder.
    results
        Its content.
    """

    file: Path
    results: dict[str, Any]

    @property
    def what(self) -> tuple[str, str]:
        """Report and subject: two editions with the same can be compared."""
        return str(self.results["report"]), str(self.results.get("subject") or "")

    @property
    def report(self) -> str:
        """Report and subject as a person reads them."""
        return "/".join(part for part in self.what if part)

    @property
    def client(self) -> str:
        """Whose report it is."""
        return str(self.results["client"])

    @property
    def provenance(self) -> dict[str, Any]:
        """What it was made from."""
        return dict(self.results["provenance"])

    @property
    def page_is_its_own(self) -> bool:
        """Whether the page beside the results, if there is one, is the one that was made with them."""
        page = self.file.with_name(stem_of(self.file) + PAGE)
        mark = self.provenance.get("html_sha256")
        return mark is None or not page.is_file() or sha256(page.read_bytes()) == mark


def stem_of(file: Path) -> str:
    """Return a delivered file's name without its ending.

    Examples
    --------
    >>> from pathlib import Path
    >>> stem_of(Path("roi.fi.results.json")), stem_of(Path("roi.fi.html"))
    ('roi.fi', 'roi.fi')
    """
    return next(
        (file.name.removesuffix(end) for end in (RESULTS, PAGE, WORKBOOK) if file.name.endswith(end)), file.name
    )


def read_results(file: Path) -> dict[str, Any] | None:
    """Return the content of a ``results.json``; None where there is none that can be read."""
    try:
        found = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return None
    return found if _is_results(found) else None


def _is_results(found: Any) -> TypeGuard[dict[str, Any]]:
    try:
        entries = [*found["figures"], *found["hidden"]]
        named = all(isinstance(entry["name"], str) and isinstance(entry["scope"], dict) for entry in entries)
        heads = all(isinstance(found[name], str) for name in ("report", "client", "language"))
        return named and heads and isinstance(found["provenance"], dict)
    except (KeyError, TypeError):
        return False


def read_edition(file: Path) -> Edition:
    """Return the edition that a page, a workbook or a ``results.json`` belongs to.

    Raises
    ------
    SettingsError
        The file is not a report's, or its ``results.json`` is not beside it or cannot be read.
    """
    if not file.name.endswith((RESULTS, PAGE, WORKBOOK)):
        raise not_a_report(file)
    beside = file.with_name(stem_of(file) + RESULTS)
    results = read_results(beside)
    if results is None:
        raise SettingsError(
            say(
                "The figures of {file} are not known: {results} is not beside it, or is not as a run writes it. Give a report with its results.json, or a folder of reports.",
                file=file.name,
                results=beside.name,
            )
        )
    return Edition(file, results)


def no_such(path: Path) -> SettingsError:
    """Return the error for a path where nothing is."""
    return SettingsError(say("There is no {file}. Give a report, or an engagement's folder.", file=str(path)))


def not_a_report(file: Path) -> SettingsError:
    """Return the error for a path that is no report."""
    return SettingsError(
        say(
            "{file} is not a report. Give a page (.html), a workbook (.xlsx), a .results.json, or an engagement's folder.",
            file=str(file),
        )
    )


def editions_in(folder: Path) -> dict[str, Edition]:
    """Return the editions below an engagement's folder, or its folder of reports, by path without the ending.

    Raises
    ------
    SettingsError
        There is none.
    """
    reports = folder / "reports" if (folder / "reports").is_dir() else folder
    files = sorted(reports.glob(f"*/*{RESULTS}"))
    found = {f"{file.parent.name}/{stem_of(file)}": read_results(file) for file in files}
    editions = {stem: Edition(reports / f"{stem}{RESULTS}", results) for stem, results in found.items() if results}
    if not editions:
        raise SettingsError(
            say(
                "There are no reports below {folder}. Give an engagement whose reports were made, or its folder reports.",
                folder=str(folder),
            )
        )
    return editions
