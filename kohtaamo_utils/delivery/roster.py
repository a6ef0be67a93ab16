"""Which reports an engagement can have, and with which parameters each is run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kohtaamo_utils.delivery.units import SUPERVISOR, check_units, file_name_of
from kohtaamo_utils.engagement import LANGUAGES
from kohtaamo_utils.errors import DeliveryError, Said, SettingsError, either, say, together
from kohtaamo_utils.intake.beside import read_with, says_unit
from kohtaamo_utils.intake.people.file_names import unfit_names
from kohtaamo_utils.resources import bundled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import pandas as pd

    from kohtaamo_utils.engagement import Engagement, Language, TableName

AUDIENCES = ("management", "supervisor", "employee")
"""Audiences of the current-state report."""
ALL = ""
"""Asks for every audience."""
GROUP = "review_360_group"
"""Template of the group's 360 report."""


@dataclass(frozen=True)
class ReportKind:
    """A report that the kit knows.

    Parameters
    ----------
    name
        Name on the command line and folder under ``reports/``.
    needs
        Canonical tables without which it is not made.
    uses
        Tables that it uses where they are there.
    """

    name: str
    needs: tuple[TableName, ...]
    uses: tuple[TableName, ...] = ()

    def tables(self, engagement: Engagement) -> tuple[TableName, ...]:
        """Return the engagement's tables that the report reads."""
        return tuple(table for table in (*self.needs, *self.uses) if table in engagement.settings.sources)


KINDS = {
    kind.name: kind
    for kind in (
        ReportKind("current_state", ("survey",), ("mystery_shopping", "operations", "observations")),
        ReportKind("roi", (), ("transactions", "customers", "employees")),
        ReportKind("review_360", ("ratings_360",)),
    )
}


ALSO: tuple[TableName, ...] = ("customers", "employees")
"""What the current-state report sets beside the answers."""
BY_UNIT: tuple[TableName, ...] = ("transactions",)
"""The same, of management's report only."""
UNTOLD: tuple[TableName, ...] = ("ratings_360",)
"""Whose names no quotation may hold: a change counts, but a page that told their fingerprint would confirm a guess of the ratings."""


@dataclass(frozen=True)
class Task:
    """One file to make.

    Parameters
    ----------
    report
        Report kind's name.
    stem
        Path below ``reports/`` without the ending, e.g. ``current_state/management.fi``.
    template
        Template notebook.
    parameters
        What papermill gives the template besides the engagement's folder.
    also
        Tables that it uses, where they are there and can be read, besides those of its kind.
    untold
        Tables that it depends on and does not name.
    by_unit
        Tables that it uses as those of `also`, if the settings say where their units are.
    """

    report: str
    stem: str
    template: Path
    parameters: dict[str, str] = field(default_factory=dict)
    also: tuple[TableName, ...] = ()
    untold: tuple[TableName, ...] = ()
    by_unit: tuple[TableName, ...] = ()

    def tables(self, engagement: Engagement) -> tuple[TableName, ...]:
        """Return the engagement's tables that the file depends on."""
        more = [table for table in self.also if table in engagement.settings.sources]
        more += [table for table in self.by_unit if says_unit(engagement, table)]
        return (*KINDS[self.report].tables(engagement), *more)

    def files(self, engagement: Engagement) -> tuple[str, ...]:
        """Return the client's files that it is made from, as the settings name them."""
        sources = engagement.settings.sources
        files = [name for table in self.tables(engagement) for source in sources[table] for name in source.file]
        beside = [name for table in self.tables(engagement) for name in read_with(engagement, table)]
        return (*files, *dict.fromkeys(name for name in beside if engagement.path(name).is_file()))

    def untold_files(self, engagement: Engagement) -> tuple[str, ...]:
        """Return the client's files that it depends on and does not name."""
        sources = engagement.settings.sources
        return tuple(
            name for table in self.untold if table in sources for source in sources[table] for name in source.file
        )


def unused(engagement: Engagement) -> tuple[TableName, ...]:
    """Return the engagement's tables that no report is made of; they are read by ``check``, and by nothing else."""
    used = {table for kind in KINDS.values() for table in (*kind.needs, *kind.uses)} | {*ALSO, *BY_UNIT, *UNTOLD}
    return tuple(table for table in engagement.settings.sources if table not in used)


def available(engagement: Engagement) -> tuple[str, ...]:
    """Return the names of the reports whose sources are there."""
    return tuple(name for name in KINDS if _possible(engagement, KINDS[name]))


def _possible(engagement: Engagement, kind: ReportKind) -> bool:
    sources = engagement.settings.sources
    if kind.name == "roi":
        return any(table in sources for table in kind.uses)
    return all(table in sources for table in kind.needs)


def chosen(engagement: Engagement, names: Sequence[str]) -> tuple[str, ...]:
    """Return the reports to make: those named, else all that are possible.

    Raises
    ------
    SettingsError
        A name is not a report, or its sources are not in the engagement.
    """
    possible = available(engagement)
    for name in names:
        if name not in KINDS:
            raise SettingsError(
                say(
                    "There is no report called {name}. The reports are: {names}.",
                    name=repr(name),
                    names=", ".join(KINDS),
                )
            )
        if name not in possible:
            wanted = KINDS[name].needs or KINDS[name].uses
            sources = [say("the source `{table}`", table=table) for table in wanted]
            missing = together(sources) if KINDS[name].needs else either(sources)
            raise SettingsError(
                say(
                    "The report {name} needs {missing} in engagement.yaml. Add it, or leave --report {name} out.",
                    name=name,
                    missing=missing,
                )
            )
    if not possible:
        raise SettingsError(
            say("The engagement has no sources for any report. Add some under `sources` in engagement.yaml.")
        )
    return tuple(dict.fromkeys(names)) or possible


def tasks(
    reports: Iterable[str],
    languages: Sequence[Language],
    audience: str,
    tables: dict[str, pd.DataFrame],
    *,
    scores: bool = True,
    units: Sequence[str] = (),
) -> tuple[Task, ...]:
    """Return the files to make.

    Parameters
    ----------
    reports
        Report names.
    languages
        Languages of each report.
    audience
        Audience of the current-state report; `ALL` for each.
    tables
        Canonical tables; the 360 reports are one a reviewee.
    scores
        Whether the 360 review has scores; one in words only has no group report.
    units
        Units whose supervisors have a report of their own; without any they have one together.

    Raises
    ------
    DeliveryError
        A reviewee's id cannot be a file name, or two ids differ in case only; two units would have one file.
    """
    made: list[Task] = []
    for report in reports:
        for language in languages:
            made += _of_report(report, language, audience, tables, units)
    return tuple(task for task in made if scores or task.template.stem != GROUP)


def every_task(
    reports: Iterable[str], tables: dict[str, pd.DataFrame], *, scores: bool = True, units: Sequence[str] = ()
) -> tuple[Task, ...]:
    """Return the files that could be made, in every language and for every audience; as `tasks`."""
    return tasks(tuple(reports), LANGUAGES, ALL, tables, scores=scores, units=units)


def task_of(stem: str) -> Task | None:
    """Return the report that a path below ``reports/`` stands for, whether its source is there or not; None for no report's.

    Examples
    --------
    >>> task_of("roi/roi.sv").parameters, task_of("internal/roi/roi.sv")
    ({'language': 'sv'}, None)
    """
    report, _, name = stem.partition("/")
    subject, _, language = name.rpartition(".")
    if report not in KINDS or language not in LANGUAGES or not subject or "/" in name:
        return None
    if report == "roi":
        return _roi(language) if subject == "roi" else None
    if report == "current_state":
        audience, _, unit = subject.partition(".")
        fits = audience in AUDIENCES and (not unit or audience == SUPERVISOR)
        return _current_state(audience, language, [unit] if unit else [])[0] if fits else None
    return _group(language) if subject == "group" else _review(language, subject)


def _of_report(
    report: str, language: str, audience: str, tables: dict[str, pd.DataFrame], units: Sequence[str]
) -> list[Task]:
    if report == "review_360":
        return _reviews(language, tables["ratings_360"])
    if report == "roi":
        return [_roi(language)]
    return [task for each in AUDIENCES if audience in (each, ALL) for task in _current_state(each, language, units)]


def _roi(language: str) -> Task:
    return Task("roi", f"roi/roi.{language}", _template("roi"), {"language": language})


def _current_state(audience: str, language: str, units: Sequence[str]) -> list[Task]:
    """Return the current-state reports of an audience: of supervisors one a unit."""
    stem = f"current_state/{audience}"
    if audience == SUPERVISOR:
        check_units(units)
        template = _template("current_state_supervisor")
        named = [(unit, f"{stem}.{file_name_of(unit)}.{language}") for unit in units] or [("", f"{stem}.{language}")]
        return [
            Task("current_state", name, template, {"language": language, "unit": unit}, ALSO) for unit, name in named
        ]
    if audience == "employee":
        template = _template("current_state_employee")
        return [Task("current_state", f"{stem}.{language}", template, {"language": language}, ALSO)]
    parameters = {"language": language, "audience": audience}
    return [Task("current_state", f"{stem}.{language}", _template("current_state"), parameters, ALSO, UNTOLD, BY_UNIT)]


def _reviews(language: str, ratings: pd.DataFrame) -> list[Task]:
    reviewees = sorted(ratings["reviewee_id"].unique())
    check_names(reviewees)
    return [*(_review(language, name) for name in reviewees), _group(language)]


def _review(language: str, name: str) -> Task:
    parameters = {"language": language, "reviewee": name}
    return Task("review_360", f"review_360/{name}.{language}", _template("review_360"), parameters)


def _group(language: str) -> Task:
    return Task("review_360", f"review_360/group.{language}", _template(GROUP), {"language": language}, ("survey",))


def _template(name: str) -> Path:
    return bundled(f"templates/{name}.ipynb")


def check_names(names: Iterable[str]) -> None:
    """Refuse names that are unsafe as file names, reserved, or equal but for case.

    Examples
    --------
    >>> check_names(["r01", "r02"])
    """
    for unfit in unfit_names(names):
        raise DeliveryError(Said("{message} {advice}", {"message": unfit.message, "advice": unfit.advice}))
