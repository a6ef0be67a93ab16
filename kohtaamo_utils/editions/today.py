"""What the inputs give now: reports made anew in a folder of their own, which is gone afterwards."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kohtaamo_utils.delivery.batch import Batch, run
from kohtaamo_utils.delivery.roster import available
from kohtaamo_utils.editions.edition import RESULTS, read_results
from kohtaamo_utils.errors import argument, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kohtaamo_utils.delivery.make import Outcome
    from kohtaamo_utils.delivery.roster import Task
    from kohtaamo_utils.engagement import Engagement


def _nothing(*_: object) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Hooks:
    """Who is told how making the reports goes on; as `kohtaamo_utils.delivery.batch.run`."""

    started: Callable[[int], None] = _nothing
    finished: Callable[[Outcome], None] = _nothing
    waiting: Callable[[], None] = _nothing


@dataclass(frozen=True)
class Today:
    """Reports as their inputs give them now.

    Parameters
    ----------
    folder
        Where they are, laid out as ``reports/``.
    reasons
        Why one is not there, by its path without the ending.
    """

    folder: Path
    reasons: Mapping[str, str] = field(default_factory=dict)

    def content(self, stem: str, ending: str) -> bytes | None:
        """Return a file of a report; None where the report has none."""
        file = self.folder / f"{stem}{ending}"
        return file.read_bytes() if file.is_file() else None

    def results(self, stem: str) -> dict[str, Any] | None:
        """Return a report's figures; None where it could not be made."""
        return read_results(self.folder / f"{stem}{RESULTS}")


@contextmanager
def made_today(engagement: Engagement, tasks: Iterable[Task], hooks: Hooks, jobs: int = 0) -> Iterator[Today]:
    """Make reports anew, beside the engagement: nothing in its folder is written.

    Parameters
    ----------
    engagement
        The client's folder.
    tasks
        Which reports.
    hooks
        Who is told.
    jobs
        How many at a time; 0 for as many as the machine bears.
    """
    stems = {task.stem: task.report for task in tasks}
    possible = set(available(engagement))
    reasons: dict[str, str] = {
        stem: say("its source is not in engagement.yaml any more")
        for stem, report in stems.items()
        if report not in possible
    }
    with tempfile.TemporaryDirectory(prefix="kohtaamo-") as folder:
        wanted = frozenset(stems) - set(reasons)
        if wanted:
            reasons |= _make(engagement, wanted, {stems[stem] for stem in wanted}, Path(folder), hooks, jobs)
        yield Today(Path(folder), reasons)


def _make(
    engagement: Engagement, stems: frozenset[str], reports: set[str], into: Path, hooks: Hooks, jobs: int
) -> dict[str, str]:
    """Make the reports; return why those that are not made are not."""
    batch = Batch(reports=tuple(sorted(reports)), jobs=jobs, force=True, only=stems, into=into)
    result = run(engagement, batch, hooks.started, hooks.finished, hooks.waiting)
    ended = {outcome.task.stem: outcome for outcome in result.outcomes}
    reasons: dict[str, str] = {}
    for stem in stems:
        report = stem.partition("/")[0]
        if report in result.skipped:
            reasons[stem] = say(
                "its data have problems; this lists them: kohtaamo check {folder}", folder=argument(engagement.folder)
            )
        elif stem not in ended:
            reasons[stem] = say("the data do not have what it speaks of any more")
        elif ended[stem].state == "failed":
            reasons[stem] = ended[stem].message
    return reasons
