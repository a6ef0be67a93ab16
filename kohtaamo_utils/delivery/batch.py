"""A whole engagement: what is out of date is made, in separate processes, and the rest is left alone."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import signal
import threading
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING

from kohtaamo_utils import __version__
from kohtaamo_utils.delivery.decisions import write_decisions
from kohtaamo_utils.delivery.files import remove_parts, sha256, to_json, write_whole
from kohtaamo_utils.delivery.gate import Secrets
from kohtaamo_utils.delivery.index import index_html
from kohtaamo_utils.delivery.make import Outcome, make
from kohtaamo_utils.delivery.roster import KINDS, Task, chosen, tasks
from kohtaamo_utils.delivery.spreadsheet import csv_text
from kohtaamo_utils.errors import joined, say
from kohtaamo_utils.intake import Dataset, LogEntry, check
from kohtaamo_utils.telling import Voice, logged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.process import BaseProcess

    import pandas as pd

    from kohtaamo_utils.engagement import Engagement, Language
    from kohtaamo_utils.errors import Problem

_BYTES_A_WORKER = 700_000_000
_SECONDS_TO_END = 5


@dataclass(frozen=True)
class Batch:
    """What a run is asked for.

    Parameters
    ----------
    reports, languages
        Names and languages; empty for all that are possible, and for the engagement's own language.
    audience
        Audience of the current-state report.
    jobs
        How many reports are made at a time; 0 for as many as the machine bears.
    force
        Make reports anew that are up to date.
    """

    reports: tuple[str, ...] = ()
    languages: tuple[Language, ...] = ()
    audience: str = "management"
    jobs: int = 0
    force: bool = False


@dataclass(frozen=True)
class BatchResult:
    """How a run ended."""

    outcomes: tuple[Outcome, ...]
    problems: tuple[Problem, ...] = ()
    skipped: dict[str, str] = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        """Whether anything is not as it should be."""
        return bool(self.problems) or any(outcome.state == "failed" for outcome in self.outcomes)


def run(
    engagement: Engagement, batch: Batch, started: Callable[[int], None], finished: Callable[[Outcome], None]
) -> BatchResult:
    """Make an engagement's reports.

    A report whose data have problems is not started; the others are made. Each file is replaced whole or not at all.

    Parameters
    ----------
    engagement
        The client's folder.
    batch
        What to make.
    started
        Called with the number of reports before the first.
    finished
        Called with each outcome as it comes.
    """
    names = chosen(engagement, batch.reports)
    problems, dataset = check(engagement)
    broken = {problem.table for problem in problems}
    ready = [name for name in names if not broken & set(KINDS[name].tables(engagement)) and not _unplaced(problems)]
    skipped: dict[str, str] = {name: say("its data have problems") for name in names if name not in ready}
    if dataset is None and ready:
        _, dataset = check(engagement, {table for name in ready for table in KINDS[name].tables(engagement)})
    tables: dict[str, pd.DataFrame] = {} if dataset is None else dataset.tables
    planned = tasks(ready, batch.languages or (engagement.settings.language,), batch.audience, tables)
    started(len(planned))
    outcomes = []
    for outcome in _outcomes(engagement, batch, planned, tables):
        outcomes.append(outcome)
        finished(outcome)
    order = {task.stem: position for position, task in enumerate(planned)}
    result = BatchResult(
        tuple(sorted(outcomes, key=lambda outcome: order[outcome.task.stem])), tuple(problems), skipped
    )
    _record(engagement, result, dataset)
    return result


def _unplaced(problems: Sequence[Problem]) -> bool:
    return any(problem.table is None for problem in problems)


def _outcomes(
    engagement: Engagement, batch: Batch, planned: tuple[Task, ...], tables: dict[str, pd.DataFrame]
) -> Iterator[Outcome]:
    jobs = []
    for task in planned:
        key = task_key(engagement, task)
        if not batch.force and up_to_date(engagement.reports, task, key):
            yield Outcome(task, "unchanged")
        else:
            jobs.append(
                (task, engagement.folder, key, Secrets(engagement.folder, other_names(engagement, task, tables)))
            )
    if not jobs:
        return
    context = multiprocessing.get_context("spawn")
    workers = min(len(jobs), batch.jobs or workers_that_fit())
    pool = ProcessPoolExecutor(max_workers=workers, mp_context=context, initializer=_leave_interrupts_to_parent)
    try:
        with _interrupts_held():
            waiting = {pool.submit(make, *job): job[0] for job in jobs}
        for future in as_completed(waiting):
            yield _outcome(future, waiting[future])
    except BaseException:
        _end(multiprocessing.active_children())
        pool.shutdown(wait=False, cancel_futures=True)
        remove_parts(engagement.reports)
        raise
    pool.shutdown()


def _outcome(future: Future[Outcome], task: Task) -> Outcome:
    try:
        return future.result()
    except BrokenProcessPool:
        return Outcome(
            task,
            "failed",
            say(
                "The program that was making the reports was ended from outside, most often for want of memory. "
                "Run again with --jobs 1."
            ),
        )


@contextlib.contextmanager
def _interrupts_held() -> Iterator[None]:
    """Keep Ctrl-C from processes that are just starting: they inherit that it is not for them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    kept = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, kept)


def _end(workers: Sequence[BaseProcess]) -> None:
    for worker in workers:
        worker.terminate()
    for worker in workers:
        worker.join(_SECONDS_TO_END)


def _leave_interrupts_to_parent() -> None:
    """Let Ctrl-C be heard by the parent alone, which then ends the workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def workers_that_fit() -> int:
    """Return how many reports to make at a time: one a core, fewer where memory is short."""
    cores = os.cpu_count() or 1
    try:
        memory = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return cores
    return max(1, min(cores, memory // _BYTES_A_WORKER))


def task_key(engagement: Engagement, task: Task) -> str:
    """Return the fingerprint of everything that a report depends on: data, settings, template, parameters, version."""
    inputs = {}
    for table in KINDS[task.report].tables(engagement):
        for source in engagement.settings.sources[table]:
            for name in source.file:
                file = engagement.path(name)
                inputs[name] = sha256(file.read_bytes()) if file.is_file() else ""
    content = {
        "kohtaamo": __version__,
        "code": _code_sha256(),
        "settings": engagement.settings_sha256,
        "template": sha256(task.template.read_bytes()),
        "parameters": task.parameters,
        "inputs": inputs,
    }
    return sha256(json.dumps(content, sort_keys=True))


def _code_sha256() -> str:
    """Return the fingerprint of the kit's own files, so that a changed formula makes reports anew."""
    root = Path(__file__).parent.parent
    files = sorted(file for file in root.rglob("*") if file.suffix in {".py", ".po", ".j2", ".css"})
    return sha256("".join(f"{file.relative_to(root).as_posix()}:{sha256(file.read_bytes())}" for file in files))


def up_to_date(reports: Path, task: Task, key: str) -> bool:
    """Tell whether a report's files are there, unharmed, and made from the same."""
    html, results = reports / f"{task.stem}.html", reports / f"{task.stem}.results.json"
    try:
        provenance = json.loads(results.read_text(encoding="utf-8"))["provenance"]
        made = {html.with_name(name): mark for name, mark in provenance.get("attachments", {}).items()}
        made[html] = provenance["html_sha256"]
        return bool(provenance["key"] == key and all(sha256(file.read_bytes()) == mark for file, mark in made.items()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def other_names(engagement: Engagement, task: Task, tables: dict[str, pd.DataFrame]) -> tuple[str, ...]:
    """Return the names that must not be in a report: other reviewees' (all of them in the group report)."""
    ratings = tables.get("ratings_360")
    if task.report != "review_360" or ratings is None or "reviewee_name" not in ratings.columns:
        return ()
    others = ratings[ratings["reviewee_id"] != task.parameters.get("reviewee")]
    own = set(ratings.loc[ratings["reviewee_id"] == task.parameters.get("reviewee"), "reviewee_name"].dropna())
    return tuple(sorted(set(others["reviewee_name"].dropna()) - own - {engagement.settings.client}))


def _record(engagement: Engagement, result: BatchResult, dataset: Dataset | None) -> None:
    """Write the index, the import log and the problems for the consultant."""
    write_whole(engagement.reports / "index.html", index_html(engagement, result.outcomes))
    voice = Voice(engagement.settings.language)
    entries = [] if dataset is None else [logged(voice, entry) for entry in dataset.log.entries]
    columns = [*(field.name for field in fields(LogEntry)), "text"]
    internal = engagement.reports / "internal"
    write_decisions(engagement.reports, [outcome.task for outcome in result.outcomes if outcome.state != "failed"])
    write_whole(internal / "import_log.json", to_json(entries))
    write_whole(
        internal / "import_log.csv", csv_text(columns, [[entry[name] for name in columns] for entry in entries])
    )
    failed = [
        joined([outcome.task.stem, outcome.message], ": ") for outcome in result.outcomes if outcome.state == "failed"
    ]
    text = "\n".join(map(voice.told, [*(problem.said for problem in result.problems), *failed]))
    write_whole(internal / "problems.txt", text + "\n" if text else "")
