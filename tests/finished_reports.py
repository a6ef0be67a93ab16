"""Reports of the sample made through the delivery code, once for all the workers of a test run."""

from __future__ import annotations

import json
import multiprocessing
import shutil
import time
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, Any, TypeAlias

from kohtaamo_utils.delivery.batch import Batch, other_names, run
from kohtaamo_utils.delivery.files import write_whole
from kohtaamo_utils.delivery.gate import Secrets
from kohtaamo_utils.delivery.index import index_html
from kohtaamo_utils.delivery.make import make
from kohtaamo_utils.delivery.roster import ALL, tasks
from kohtaamo_utils.engagement import Language, load
from kohtaamo_utils.intake import read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    Maker: TypeAlias = Callable[[Path, Language, Sequence[str]], Mapping[str, str]]

REPORTS = ("current_state", "roi", "review_360")
STEMS = (
    "current_state/management", "current_state/supervisor.Tampere", "current_state/employee",
    "roi/roi", "review_360/r01", "review_360/group",
)  # fmt: skip
"""One report of every template."""
LONGEST_WAIT = 300


def in_a_run(folder: Path, language: Language, stems: Sequence[str]) -> dict[str, str]:
    """Make reports as the command makes them; return each one's message, empty where it was made."""
    only = frozenset(f"{stem}.{language}" for stem in stems)
    result = run(load(folder), Batch(REPORTS, jobs=2, only=only), lambda _: None, lambda _: None)
    return dict.fromkeys(only, "not planned") | {outcome.task.stem: outcome.message for outcome in result.outcomes}


def by_kernels(folder: Path, language: Language, stems: Sequence[str]) -> dict[str, str]:
    """Make reports as papermill's own kernels make them, one for each; return each one's message."""
    engagement = load(folder)
    tables = read(engagement, ["ratings_360"]).tables
    planned = tasks(REPORTS, (language,), ALL, tables, units=["Tampere"])
    wanted = [task for task in planned if task.stem.removesuffix(f".{language}") in stems]
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        jobs = [
            pool.submit(make, task, folder, "key", Secrets(folder, other_names(engagement, task, tables)))
            for task in wanted
        ]
        outcomes = [job.result() for job in jobs]
    write_whole(engagement.reports / "index.html", index_html(engagement))
    return {outcome.task.stem: outcome.message for outcome in outcomes}


def finished(
    parent: Path,
    sample: Path,
    language: Language,
    stems: Sequence[str] = STEMS,
    brand: Mapping[str, bytes] | None = None,
    name: str = "sample",
    maker: Maker = in_a_run,
) -> Path:
    """Return the ``reports`` folder of a copy of the sample with every template's report in a language.

    The first worker that asks makes them; the others wait for it.

    Parameters
    ----------
    parent
        Folder that the workers share.
    sample
        The sample engagement.
    language
        Language of the reports.
    stems
        Which reports.
    brand
        The files of a brand, ``_brand.yml`` among them, to make them in.
    name
        What tells these reports from others of the sample.
    maker
        What makes them: `in_a_run`, which takes a third of the time, or `by_kernels`.
    """
    folder, done = parent / f"{name}-{language}", parent / f"{name}-{language}.done"
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        _wait_for(done)
    else:
        _copy(sample, folder, brand or {})
        done.write_text(json.dumps(maker(folder, language, stems)), encoding="utf-8")
    failed = {stem: message for stem, message in json.loads(done.read_text(encoding="utf-8")).items() if message}
    if failed:
        raise AssertionError(failed)
    return folder / "reports"


def _copy(sample: Path, folder: Path, brand: Mapping[str, bytes]) -> None:
    shutil.copytree(sample, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("reports"))
    for name, content in brand.items():
        (folder / name).write_bytes(content)
    if brand:
        settings = folder / "engagement.yaml"
        text = settings.read_text(encoding="utf-8").replace("currency:", "brand: _brand.yml\ncurrency:", 1)
        settings.write_text(text, encoding="utf-8")


def _wait_for(done: Path) -> None:
    end = time.monotonic() + LONGEST_WAIT
    while not done.exists():
        if time.monotonic() > end:
            raise TimeoutError(f"another worker did not finish {done.name}")
        time.sleep(0.2)


def results(reports: Path, stem: str, language: Language) -> dict[str, Any]:
    """Return a report's recorded figures."""
    found: dict[str, Any] = json.loads((reports / f"{stem}.{language}.results.json").read_text(encoding="utf-8"))
    return found
