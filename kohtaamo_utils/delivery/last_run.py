"""What the last run met, kept for the index: where the data have problems, and which reports could not be made."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from kohtaamo_utils.delivery.files import to_json, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from kohtaamo_utils.delivery.make import Outcome
    from kohtaamo_utils.errors import Problem

FILE = "internal/last_run.json"
_MOST_ROWS = 5


@dataclass(frozen=True)
class Trouble:
    """Problems at one place of the data, without the values that came: the index may be sent on by mistake.

    Parameters
    ----------
    file, column
        Where; empty where it is the settings, or no single column.
    count
        How many problems.
    rows
        The first rows that have one.
    """

    file: str
    column: str
    count: int
    rows: tuple[int, ...] = ()


@dataclass(frozen=True)
class LastRun:
    """What the last run met.

    Parameters
    ----------
    troubles
        Where the data have problems.
    failed
        Why a report could not be made, by its path without the ending, in the engagement's language.
    skipped
        Kinds of reports that were not tried, because their data have problems.
    """

    troubles: tuple[Trouble, ...] = ()
    failed: dict[str, str] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()


def after_run(
    before: LastRun,
    outcomes: Iterable[Outcome],
    problems: Iterable[Problem],
    skipped: Iterable[str],
    told: Callable[[str], str],
) -> LastRun:
    """Return what is to be kept of a run. A report that this run did not try keeps its failure.

    Parameters
    ----------
    before
        What was kept of the run before.
    outcomes, problems, skipped
        How this run ended.
    told
        Puts a message into the engagement's language.
    """
    ended = list(outcomes)
    tried = {outcome.task.stem for outcome in ended}
    failed = {stem: message for stem, message in before.failed.items() if stem not in tried}
    failed |= {
        outcome.task.stem: told(outcome.kept or outcome.message) for outcome in ended if outcome.state == "failed"
    }
    return LastRun(troubles_of(problems), failed, tuple(skipped))


def troubles_of(problems: Iterable[Problem]) -> tuple[Trouble, ...]:
    """Return where problems are, each place once.

    Examples
    --------
    >>> from kohtaamo_utils.errors import Problem
    >>> troubles_of([Problem(file="data/a.csv", row=row, column="nps", value="12", message="12") for row in (7, 9)])
    (Trouble(file='data/a.csv', column='nps', count=2, rows=(7, 9)),)
    """
    places: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        places.setdefault((str(problem.file), str(problem.column or "")), []).append(problem)
    return tuple(
        Trouble(file, column, len(its), tuple(problem.row for problem in its if problem.row is not None)[:_MOST_ROWS])
        for (file, column), its in places.items()
    )


def write_last_run(reports: Path, run: LastRun) -> None:
    """Keep what a run met."""
    write_whole(reports / FILE, to_json(asdict(run)))


def read_last_run(reports: Path) -> LastRun:
    """Return what the last run met; nothing where that is not kept."""
    try:
        found: dict[str, Any] = json.loads((reports / FILE).read_text(encoding="utf-8"))
        troubles = tuple(
            Trouble(str(one["file"]), str(one["column"]), int(one["count"]), tuple(map(int, one["rows"])))
            for one in found["troubles"]
        )
        failed = {str(stem): str(message) for stem, message in found["failed"].items()}
        return LastRun(troubles, failed, tuple(map(str, found["skipped"])))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return LastRun()
