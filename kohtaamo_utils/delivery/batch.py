"""A whole engagement: what is out of date is made, in separate processes, and the rest is left alone."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kohtaamo_utils.brand import brand_of
from kohtaamo_utils.delivery.decisions import write_decisions
from kohtaamo_utils.delivery.files import remove_parts, sha256, to_json, write_whole
from kohtaamo_utils.delivery.gate import Secrets
from kohtaamo_utils.delivery.index import index_html
from kohtaamo_utils.delivery.jobs import Jobs
from kohtaamo_utils.delivery.last_run import after_run, read_last_run, write_last_run
from kohtaamo_utils.delivery.lock import held
from kohtaamo_utils.delivery.make import Outcome, make, print_only
from kohtaamo_utils.delivery.origin import Marks, task_key
from kohtaamo_utils.delivery.parcel import parcel_of
from kohtaamo_utils.delivery.pdf import weasy
from kohtaamo_utils.delivery.pdf.adding import beside
from kohtaamo_utils.delivery.plan import Plan, plan_of
from kohtaamo_utils.delivery.reviewees import write_reviewees
from kohtaamo_utils.delivery.roster import ALL, KINDS, Task, chosen, every_task, tasks
from kohtaamo_utils.delivery.spreadsheet import csv_text
from kohtaamo_utils.delivery.units import SUPERVISOR, foreign_names, other_things, units_in, without_report
from kohtaamo_utils.delivery.warmth import hand_over, warm_up, warm_up_delivery
from kohtaamo_utils.delivery.withdrawn import Withdrawn, withdraw
from kohtaamo_utils.engagement.releases import NOTHING_RELEASED, Releases, read_releases
from kohtaamo_utils.engine.crew import Crew
from kohtaamo_utils.engine.wire import Prepare
from kohtaamo_utils.errors import joined, say
from kohtaamo_utils.intake import Dataset, LogEntry, check
from kohtaamo_utils.intake.notes.personal_data import kinds_in
from kohtaamo_utils.telling import Voice, logged, unsettled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from kohtaamo_utils.delivery.parcel import Elsewhere
    from kohtaamo_utils.engagement import Engagement, Language
    from kohtaamo_utils.errors import Problem, Said

_BYTES_A_WORKER = 400_000_000


@dataclass(frozen=True)
class Batch:
    """What a run is asked for.

    Parameters
    ----------
    reports, languages
        Names and languages; empty for all that are possible, and for the engagement's own language.
    audience
        Audience of the current-state report; `roster.ALL` for each.
    jobs
        How many reports are made at a time; 0 for as many as the machine bears.
    force
        Make reports anew that are up to date.
    only
        Paths below ``reports/`` without the ending (``roi/roi.fi``); empty for all.
    into
        Folder that is written instead of ``reports/``, which is then left alone; with ``force``.
    pdf
        Make each report as PDF too. One that has a PDF already is given a new one whenever its page is made.
    """

    reports: tuple[str, ...] = ()
    languages: tuple[Language, ...] = ()
    audience: str = ALL
    jobs: int = 0
    force: bool = False
    only: frozenset[str] = frozenset()
    into: Path | None = None
    pdf: bool = False


@dataclass(frozen=True)
class BatchResult:
    """How a run ended.

    Parameters
    ----------
    outcomes
        What became of each report.
    problems
        What is wrong in the data.
    skipped
        Reports that were not tried, with the reason.
    brand_notes
        What was moved in the brand's colours.
    withdrawn
        Reports that are not offered any more.
    unsettled
        What of the data was read as it stands, and may be wrong.
    """

    outcomes: tuple[Outcome, ...]
    problems: tuple[Problem, ...] = ()
    skipped: dict[str, str] = field(default_factory=dict)
    brand_notes: tuple[Said, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()
    unsettled: tuple[LogEntry, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether anything is not as it should be."""
        bad = any(outcome.state == "failed" or outcome.no_pdf for outcome in self.outcomes)
        return bool(self.problems) or bad or any(one.stuck for one in self.withdrawn)


def run(
    engagement: Engagement,
    batch: Batch,
    started: Callable[[int], None],
    finished: Callable[[Outcome], None],
    waiting: Callable[[], None] = lambda: None,
    elsewhere: Elsewhere | None = None,
) -> BatchResult:
    """Make an engagement's reports.

    A report whose data have problems is not started; the others are made. Each file is replaced whole or not at all.
    One run at a time works on an engagement; another waits for it.

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
    waiting
        Called when another run has to be waited for.
    elsewhere
        Other computers that execute the notebooks; None for this one. What comes home is checked and written here.
    """
    names, reports = chosen(engagement, batch.reports), batch.into or engagement.reports
    brand = brand_of(engagement)  # one that cannot be used stops the run before anything is made
    with held(engagement.folder, waiting) as lock:
        released = read_releases(engagement.folder) or NOTHING_RELEASED
        remove_parts(reports)
        crew = Crew(
            batch.jobs or workers_that_fit(),
            log=reports / "internal" / "kohtaamo.log",
            farewell=Prepare(remove_parts, (reports.resolve(),)),
            inherited=lock,
        )
        try:
            with crew:
                crew.prepare(*((warm_up, names) if elsewhere is None else (warm_up_delivery,)))
                if batch.pdf:
                    crew.prepare(weasy.warm_up)
                if batch.force or not (reports / "index.html").is_file():
                    crew.start()  # it gets ready while the data are read
                result, dataset, plan = _made(engagement, batch, names, crew, released, started, finished, elsewhere)
                result = replace(result, brand_notes=() if brand is None else tuple(brand.notes()))
                if batch.into is None:
                    _record(engagement, result, dataset, plan, released)
        except BaseException:
            remove_parts(reports)
            raise
    return result


def _made(
    engagement: Engagement,
    batch: Batch,
    names: Sequence[str],
    crew: Crew,
    released: Releases,
    started: Callable[[int], None],
    finished: Callable[[Outcome], None],
    elsewhere: Elsewhere | None,
) -> tuple[BatchResult, Dataset | None, Plan]:
    problems, dataset = check(engagement)
    broken = {problem.table for problem in problems}
    ready = [name for name in names if not broken & set(KINDS[name].tables(engagement)) and not _unplaced(problems)]
    skipped: dict[str, str] = {name: say("its data have problems") for name in names if name not in ready}
    if dataset is None and ready:
        _, dataset = check(engagement, {table for name in ready for table in KINDS[name].tables(engagement)})
    tables: dict[str, pd.DataFrame] = {} if dataset is None else dataset.tables
    plan = plan_of(engagement, tables)
    told = Voice(engagement.settings.language).told
    withdrawn = () if batch.into else withdraw(engagement.reports, plan, told)  # before what would take their names
    planned = _planned(engagement, batch, ready, tables, plan.units.shown)
    if "current_state" in ready and batch.audience in (SUPERVISOR, ALL):
        skipped |= without_report(engagement, plan.units)
    started(len(planned))
    if dataset is not None and elsewhere is None:
        crew.prepare(hand_over, engagement, replace(dataset, ledger=None, identifiers={}), tuple(ready))
    outcomes = []
    for outcome in _outcomes(engagement, batch, planned, dataset, crew, released, elsewhere):
        outcomes.append(outcome)
        finished(outcome)
    order = {task.stem: position for position, task in enumerate(planned)}
    result = BatchResult(
        tuple(sorted(outcomes, key=lambda outcome: order[outcome.task.stem])),
        tuple(problems),
        skipped,
        withdrawn=withdrawn,
        unsettled=unsettled(dataset),
    )
    return result, dataset, plan


def _planned(
    engagement: Engagement, batch: Batch, ready: Sequence[str], tables: dict[str, pd.DataFrame], units: Sequence[str]
) -> tuple[Task, ...]:
    """Return the reports that are asked for; where some are named, whatever their language and audience."""
    languages, scores = batch.languages or (engagement.settings.language,), engagement.settings.review_360.scores
    if not batch.only:
        return tasks(ready, languages, batch.audience, tables, scores=scores, units=units)
    return tuple(task for task in every_task(ready, tables, scores=scores, units=units) if task.stem in batch.only)


def _unplaced(problems: Sequence[Problem]) -> bool:
    return any(problem.table is None for problem in problems)


def _outcomes(
    engagement: Engagement,
    batch: Batch,
    planned: tuple[Task, ...],
    dataset: Dataset | None,
    crew: Crew,
    released: Releases,
    elsewhere: Elsewhere | None,
) -> Iterator[Outcome]:
    folder, marks = engagement.folder.resolve(), Marks()
    names = Names(engagement, {} if dataset is None else dataset.tables)
    jobs, away = Jobs(crew), []
    for task in sorted(planned, key=lambda task: "reviewee" in task.parameters):  # the long ones first
        key = task_key(engagement, task, marks)
        release = released.of(task.stem, key)
        pdf = beside(engagement.reports / f"{task.stem}.html")
        current = not batch.force and up_to_date(engagement.reports, task, key, approved=release is not None)
        made: tuple[Any, ...] = (task, folder, key, secrets_of(engagement, task, names), release)
        printed = batch.pdf or pdf != "none"
        if current and (pdf == "fits" or not printed):
            yield Outcome(task, "unchanged")
        elif current:
            jobs.begin(task, print_only, *made)
        elif elsewhere is None or _at_home(task, released):
            jobs.begin(task, make, *made, printed, batch.into)
        else:
            away.append((*made, printed, batch.into))
    if elsewhere is not None and dataset is not None and away:
        jobs.send(elsewhere, parcel_of(engagement, [job[0] for job in away], dataset), away)
    yield from jobs.outcomes()


def _at_home(task: Task, released: Releases) -> bool:
    """Tell whether a report stands beside released editions, whose record no other computer gets."""
    return task.report == "current_state" and bool(released.survey_editions)


def secrets_of(engagement: Engagement, task: Task, names: Names) -> Secrets:
    """Return what a report must not hold, and the thresholds that it keeps."""
    limits = engagement.settings.disclosure
    return Secrets(
        engagement.folder.resolve(),
        names.of_others(task),
        minimum_respondents=limits.minimum_respondents,
        minimum_raters=limits.minimum_raters,
    )


def workers_that_fit() -> int:
    """Return how many reports to make at a time: one a core, fewer where memory is short."""
    cores = os.cpu_count() or 1
    try:
        memory = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return cores
    return max(1, min(cores, memory // _BYTES_A_WORKER))


def up_to_date(reports: Path, task: Task, key: str, *, approved: bool = False) -> bool:
    """Tell whether a report's files are there, unharmed, made from the same, and a draft only if not approved."""
    html, results = reports / f"{task.stem}.html", reports / f"{task.stem}.results.json"
    try:
        content = json.loads(results.read_text(encoding="utf-8"))
        provenance = content["provenance"]
        made = {html.with_name(name): mark for name, mark in provenance.get("attachments", {}).items()}
        made[html] = provenance["html_sha256"]
        same = provenance["key"] == key and content.get("draft", True) is not approved
        return bool(same and all(sha256(file.read_bytes()) == mark for file, mark in made.items()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


class Names:
    """Names that belong to single reports, looked up once for all reports of a run."""

    def __init__(self, engagement: Engagement, tables: Mapping[str, pd.DataFrame]) -> None:
        ratings = tables.get("ratings_360")
        self._client = engagement.settings.client
        self._own: dict[str, set[str]] = {}
        if ratings is not None and "reviewee_name" in ratings.columns:
            pairs = ratings[["reviewee_id", "reviewee_name"]].drop_duplicates().dropna()
            for reviewee, name in zip(pairs["reviewee_id"].tolist(), pairs["reviewee_name"].tolist(), strict=True):
                self._own.setdefault(reviewee, set()).add(name)
        self._all = sorted({name for own in self._own.values() for name in own} - {self._client})
        self._engagement, self._tables = engagement, tables

    @cached_property
    def _units(self) -> tuple[str, ...]:
        return units_in(self._engagement, self._tables).names

    @cached_property
    def _other_things(self) -> tuple[str, ...]:
        return other_things(self._engagement, self._tables.get("survey"))

    def of_others(self, task: Task) -> tuple[str, ...]:
        """Return the names that must not be in a report: other reviewees', everybody's address and, in a supervisor's, other units'."""
        if "unit" in task.parameters:
            foreign = foreign_names(task.parameters["unit"], self._units, self._other_things)
            return (*foreign, *self._addresses)
        if task.report != "review_360":
            return self._addresses
        own = self._own.get(task.parameters.get("reviewee", ""), set())
        return (*(name for name in self._all if name not in own), *self._addresses)

    @cached_property
    def _addresses(self) -> tuple[str, ...]:
        """Addresses by which the settings name reviewees: unlike others there, they are nobody's to show."""
        return tuple(key for key in self._engagement.settings.review_360.names if kinds_in(key))


def other_names(engagement: Engagement, task: Task, tables: dict[str, pd.DataFrame]) -> tuple[str, ...]:
    """Return the names that must not be in a report: other reviewees' (all of them in the group report)."""
    return Names(engagement, tables).of_others(task)


def _record(
    engagement: Engagement, result: BatchResult, dataset: Dataset | None, plan: Plan, released: Releases
) -> None:
    """Write the index, the import log and the problems for the consultant."""
    voice = Voice(engagement.settings.language)
    before = read_last_run(engagement.reports)
    met = after_run(before, result.outcomes, result.problems, result.skipped, voice.told)
    write_last_run(engagement.reports, met)
    write_whole(engagement.reports / "index.html", index_html(engagement, plan, released, met))
    entries = [] if dataset is None else [logged(voice, entry) for entry in dataset.log.entries]
    columns = [*(field.name for field in fields(LogEntry)), "text"]
    internal = engagement.reports / "internal"
    write_reviewees(engagement.reports, dataset)
    write_decisions(engagement.reports, [outcome.task for outcome in result.outcomes if outcome.state != "failed"])
    write_whole(internal / "import_log.json", to_json(entries))
    write_whole(
        internal / "import_log.csv", csv_text(columns, [[entry[name] for name in columns] for entry in entries])
    )
    failed = [
        joined([outcome.task.stem, outcome.message], ": ") for outcome in result.outcomes if outcome.state == "failed"
    ]
    notes = "".join(f"{voice.told(note)}\n" for note in result.brand_notes)
    if notes or (internal / "brand.txt").exists():
        write_whole(internal / "brand.txt", notes)
    skipped = [joined([name, reason], ": ") for name, reason in result.skipped.items() if name not in KINDS]
    text = "\n".join(map(voice.told, [*(problem.said for problem in result.problems), *failed, *skipped]))
    write_whole(internal / "problems.txt", text + "\n" if text else "")
