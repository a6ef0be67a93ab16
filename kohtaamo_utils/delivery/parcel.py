"""What reports need to be made on another computer: no more of an engagement than they depend on, each content once."""

from __future__ import annotations

import json
import os
import pickle
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Protocol

from kohtaamo_utils.brand import brand_of
from kohtaamo_utils.delivery.files import sha256
from kohtaamo_utils.errors import SETTINGS_FILE, SettingsError, say
from kohtaamo_utils.intake.beside import RATINGS, read_with
from kohtaamo_utils.intake.sales import TABLE as SALES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kohtaamo_utils.delivery.executed import Executed
    from kohtaamo_utils.delivery.roster import Task
    from kohtaamo_utils.engagement import Engagement
    from kohtaamo_utils.errors import Said
    from kohtaamo_utils.intake import Dataset

DATASET = "dataset.pickle"
_TEMPLATES, _HOME, _LEVEL = "templates", "engagement", "level"


@dataclass(frozen=True)
class Parcel:
    """Files for a folder on another computer.

    Parameters
    ----------
    contents
        By fingerprint.
    places
        Fingerprint by place below the folder.
    engagement
        Place of the engagement's folder.
    reports
        Names of the reports that are made there.
    """

    contents: dict[str, bytes]
    places: dict[str, str]
    engagement: str
    reports: tuple[str, ...]

    @property
    def sha256(self) -> str:
        """Fingerprint of all of it."""
        return sha256(json.dumps(self.places, sort_keys=True))

    @property
    def size(self) -> int:
        """Bytes of its contents."""
        return sum(map(len, self.contents.values()))

    def template(self, task: Task) -> str:
        """Return the place of a report's template."""
        return template_place(task.template)


class Elsewhere(Protocol):
    """Other computers that execute notebooks."""

    def execute(self, parcel: Parcel, tasks: Sequence[Task], bring: Callable[[Came], None]) -> None:
        """Begin to execute the notebooks of some reports; `bring` is called with each once, from any thread."""


@dataclass(frozen=True)
class Came:
    """What came back from elsewhere for a report: its executed notebook, or why there is none."""

    task: Task
    executed: Executed | None = None
    message: Said | str = ""


@dataclass
class _Packing:
    contents: dict[str, bytes] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    def put(self, place: str, content: bytes) -> None:
        mark = sha256(content)
        self.contents[mark] = content
        self.places[place] = mark


def parcel_of(engagement: Engagement, tasks: Sequence[Task], dataset: Dataset) -> Parcel:
    """Return what some reports need on another computer.

    The tables go as they were read and checked here, so that all reports of a run are of one moment and columns that the
    settings do not name stay at home. Sales that are too large for a table are read by each report, from their files.

    Parameters
    ----------
    engagement
        The client's folder.
    tasks
        The reports.
    dataset
        The engagement's tables.

    Raises
    ------
    SettingsError
        The settings name a file by its full path, which means nothing on another computer.
    """
    packing, names = _Packing(), dict(_files(engagement, tasks, dataset))
    home = PurePosixPath(*[_LEVEL] * max(1, *map(_steps_up, names)), _HOME)
    for name, file in names.items():
        packing.put(_placed(home, name), file.read_bytes())
    for task in tasks:
        packing.put(template_place(task.template), task.template.read_bytes())
    packing.put(DATASET, pickle.dumps(_reduced(dataset, _tables(engagement, tasks)), protocol=5))
    reports = tuple(dict.fromkeys(task.report for task in tasks))
    return Parcel(packing.contents, packing.places, str(home), reports)


def template_place(template: Path) -> str:
    """Return where a template lies in a parcel; two of one name that say different things have two places."""
    return f"{_TEMPLATES}/{sha256(template.read_bytes())[:16]}/{template.name}"


def _tables(engagement: Engagement, tasks: Sequence[Task]) -> set[str]:
    """Return the tables that reports depend on, those that they do not name included."""
    named: set[str] = {table for task in tasks for table in (*task.tables(engagement), *task.untold)}
    return {table for table in engagement.settings.sources if table in named}


def _reduced(dataset: Dataset, tables: set[str]) -> Dataset:
    frames = {name: frame for name, frame in dataset.tables.items() if name in tables}
    writers = dataset.writers if RATINGS in tables else {}  # the comments that name them go too
    return replace(dataset, tables=frames, ledger=None, identifiers={}, writers=writers, derived={})


def _files(engagement: Engagement, tasks: Sequence[Task], dataset: Dataset) -> Iterator[tuple[str, Path]]:
    """Yield the files that reports read themselves, by the names that the settings give them."""
    beside = {name for table in _tables(engagement, tasks) for name in read_with(engagement, table)}
    names = [SETTINGS_FILE, *sorted(beside), *_of_sales(engagement, tasks, dataset), *_of_brand(engagement)]
    for name in dict.fromkeys(names):
        file = engagement.path(name)
        if file.is_file():
            yield name, file


def _of_sales(engagement: Engagement, tasks: Iterable[Task], dataset: Dataset) -> Iterator[str]:
    """Yield the files of sales that are no table here, where a report reads them; the business case reads them with all its tables."""
    sources = engagement.settings.sources
    if SALES in dataset.tables:
        return
    for task in tasks:
        tables = task.tables(engagement)
        if SALES in tables:
            read = tables if task.report == "roi" else (SALES,)
            yield from (name for table in read for source in sources[table] for name in source.file)


def _of_brand(engagement: Engagement) -> Iterator[str]:
    brand, named = brand_of(engagement), engagement.settings.brand
    if brand is not None and named is not None:
        folder = Path(named.file).parent
        yield named.file
        yield from (str(folder / name) for name in brand.inputs if name != Path(named.file).name)


def _steps_up(name: str) -> int:
    """Return how many folders above the engagement a file lies."""
    return os.path.normpath(name).replace(os.sep, "/").split("/").count("..")


def _placed(home: PurePosixPath, name: str) -> str:
    """Return a file's place in a parcel.

    Examples
    --------
    >>> _placed(PurePosixPath("level/engagement"), "../brand/_brand.yml")
    'level/brand/_brand.yml'
    """
    if Path(name).is_absolute():
        raise SettingsError(
            say(
                "engagement.yaml names {file} by its full path, which means nothing on another computer. "
                "Name it as it is seen from the engagement's folder, or leave --cluster out.",
                file=name,
            )
        )
    return os.path.normpath(home / name).replace(os.sep, "/")
