"""Which report a path stands for, and of which engagement; also of a copy that lies elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kohtaamo_utils.delivery.files import sha256
from kohtaamo_utils.delivery.roster import KINDS, Task, task_of
from kohtaamo_utils.editions.edition import PAGE, RESULTS, WORKBOOK, no_such, not_a_report, read_results, stem_of
from kohtaamo_utils.engagement import LANGUAGES, Engagement, load
from kohtaamo_utils.engagement.releases import NOTHING_RELEASED, read_releases
from kohtaamo_utils.errors import SETTINGS_FILE, SettingsError, say

if TYPE_CHECKING:
    from collections.abc import Iterator

Part = Literal["page", "workbook", "pdf", "figures"]
ENDINGS: dict[Part, str] = {"page": PAGE, "workbook": WORKBOOK, "pdf": ".pdf", "figures": RESULTS}
OPTIONAL: tuple[Part, ...] = ("workbook", "pdf")
"""Files that a report need not have."""
_NAMED = re.compile(rf"(.+)\.({'|'.join(LANGUAGES)})(?![a-z])")


@dataclass(frozen=True)
class Delivered:
    """One file that is to be verified.

    Parameters
    ----------
    file
        Where it is.
    task
        Which report it is to be.
    part
        What of the report it is.
    """

    file: Path
    task: Task
    part: Part

    @property
    def stem(self) -> str:
        """Path of the report below ``reports/`` without the ending."""
        return self.task.stem


def engagement_of(path: Path, named: Path | None = None) -> Engagement:
    """Return whose a file or folder is: the engagement that is named, else the one around it, else around the working folder.

    Raises
    ------
    SettingsError
        The path does not exist, no engagement is found, or its settings cannot be used.
    """
    folder = engagement_folder(path, named)
    if folder is None:
        raise SettingsError(
            say(
                "{file} lies in no engagement. Say whose report it is: kohtaamo verify {file} --engagement DIR",
                file=str(path),
            )
        )
    return load(folder)


def engagement_folder(path: Path, named: Path | None = None) -> Path | None:
    """Return the folder of the engagement that is named, or around a path, or around the working folder; None for none."""
    if named is not None:
        return named
    if not path.exists():
        raise no_such(path)
    around = path.resolve() if path.is_dir() else path.resolve().parent
    working = Path.cwd()
    places = (around, *around.parents, working, *working.parents)
    return next((place for place in places if (place / SETTINGS_FILE).is_file()), None)


def delivered(path: Path, engagement: Engagement, report: str = "") -> tuple[Delivered, ...]:
    """Return the files that a path stands for: itself, or all reports below it.

    Parameters
    ----------
    path
        A page, workbook or ``results.json``; an engagement's folder, or one below its ``reports``.
    engagement
        Whose they are.
    report
        Which report it is, where the file does not tell.

    Raises
    ------
    SettingsError
        It is no report, or it cannot be told which.
    """
    if not path.exists():
        raise no_such(path)
    if path.is_dir():
        return _below(path, engagement)
    part = next((part for part, ending in ENDINGS.items() if path.name.endswith(ending)), None)
    if part is None or not path.is_file():
        raise not_a_report(path)
    return (Delivered(path, _task(path, part, engagement, report), part),)


def _below(folder: Path, engagement: Engagement) -> tuple[Delivered, ...]:
    """Return all files of each report, also those that should be there and are not."""
    reports = engagement.reports.resolve()
    inside = reports if folder.resolve() == engagement.folder.resolve() else folder.resolve()
    stems = [stem for stem in stems_in(reports) if (reports / f"{stem}{PAGE}").is_relative_to(inside)]
    if not stems:
        raise SettingsError(
            say(
                "There are no reports below {folder}. Give an engagement whose reports were made, or its folder reports.",
                folder=str(folder),
            )
        )
    return tuple(each for stem in stems for each in _of_report(engagement.reports, stem))


def _of_report(reports: Path, stem: str) -> Iterator[Delivered]:
    task = task_of(stem)
    for part, ending in ENDINGS.items():
        file = reports / f"{stem}{ending}"
        if task is not None and (part not in OPTIONAL or file.is_file()):
            yield Delivered(file, task, part)


def stems_in(reports: Path) -> tuple[str, ...]:
    """Return the reports of which anything lies in a folder, by path without the ending.

    Examples
    --------
    >>> stems_in(Path("nowhere"))
    ()
    """
    files = (file for ending in ENDINGS.values() for file in reports.glob(f"*/*{ending}"))
    stems = {f"{file.parent.name}/{stem_of(file)}" for file in files}
    return tuple(sorted(stem for stem in stems if task_of(stem) is not None))


def _task(path: Path, part: Part, engagement: Engagement, report: str) -> Task:
    candidates = [report] if report else [*_by_place(path, engagement), *_by_content(path, part, engagement)]
    known = [*candidates, *(() if report else _by_name(path, engagement))]
    found = next((task for stem in known if (task := task_of(stem)) is not None), None)
    if found is None:
        raise SettingsError(
            say(
                "It cannot be told which report {file} is. Say it: --report PATH, such as --report {example}",
                file=path.name,
                example=next(iter(stems_in(engagement.reports)), "roi/roi.fi"),
            )
        )
    return found


def _by_place(path: Path, engagement: Engagement) -> Iterator[str]:
    folder, reports = path.resolve().parent, engagement.reports.resolve()
    if folder.parent == reports:
        yield f"{folder.name}/{stem_of(path)}"


def _by_content(path: Path, part: Part, engagement: Engagement) -> Iterator[str]:
    """Yield the report that was made, or approved, with these very bytes; of figures the one that they name."""
    results = read_results(path) if part == "figures" else None
    if results is not None:
        yield f"{results['report']}/{results.get('subject') or results['report']}.{results['language']}"
    mark = sha256(path.read_bytes())
    for stem in stems_in(engagement.reports):
        file = engagement.reports / f"{stem}{ENDINGS[part]}"
        if file.is_file() and sha256(file.read_bytes()) == mark:
            yield stem
    releases = read_releases(engagement.folder) or NOTHING_RELEASED
    yield from (entry.report for entry in releases.releases if mark in (entry.html_sha256, entry.xlsx_sha256))


def _by_name(path: Path, engagement: Engagement) -> Iterator[str]:
    """Yield what a file's name may mean, ``roi.fi (1).html`` too: first the reports that are there."""
    named = _NAMED.match(stem_of(path))
    if named is not None:
        stems = [f"{kind}/{named[1]}.{named[2]}" for kind in KINDS]
        there = stems_in(engagement.reports)
        yield from sorted(stems, key=lambda stem: stem not in there)
