"""The reports of a run that are being made: here, or executed elsewhere and delivered here; each with what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kohtaamo_utils.delivery.executed import deliver
from kohtaamo_utils.delivery.make import Outcome, here
from kohtaamo_utils.engine.crew import Brought, Died, Done
from kohtaamo_utils.errors import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kohtaamo_utils.delivery.parcel import Came, Elsewhere, Parcel
    from kohtaamo_utils.delivery.roster import Task
    from kohtaamo_utils.engine.crew import Crew


class Jobs:
    """What a crew makes for a run; a job that failed for a reason that may be gone is tried once more.

    Parameters
    ----------
    crew
        Who makes the reports.
    """

    def __init__(self, crew: Crew) -> None:
        self._crew = crew
        self._jobs: dict[int, tuple[Task, tuple[Any, ...]]] = {}
        self._again: set[str] = set()
        self._away: dict[str, tuple[Any, ...]] = {}

    def begin(self, task: Task, making: Callable[..., Outcome], *job: Any) -> None:
        """Have a report made here.

        Parameters
        ----------
        task
            The report.
        making, job
            What makes it, and with what.
        """
        self._jobs[self._crew.submit(here, making, *job)] = task, (making, *job)

    def send(self, elsewhere: Elsewhere, parcel: Parcel, jobs: Sequence[tuple[Any, ...]]) -> None:
        """Have notebooks executed elsewhere, and delivered here as they come.

        Parameters
        ----------
        elsewhere
            Who executes them.
        parcel
            What they need.
        jobs
            What each report is delivered with: the arguments of `deliver` but for the notebook, the task first.
        """
        self._away = {job[0].stem: job for job in jobs}
        self._crew.expect(len(jobs))
        self._crew.start()  # it gets ready while the first notebook is executed
        elsewhere.execute(parcel, [job[0] for job in jobs], self._crew.bring)

    def outcomes(self) -> Iterator[Outcome]:
        """Yield what became of each report, as it comes."""
        for message in self._crew.messages():
            if isinstance(message, Brought):
                yield from self._came(message.content)
            elif isinstance(message, Died | Done):
                yield from self._ended(message)

    def _came(self, came: Came) -> Iterator[Outcome]:
        if came.executed is None:
            yield Outcome(came.task, "failed", came.message)
        else:
            self.begin(came.task, deliver, came.executed, *self._away[came.task.stem])

    def _ended(self, message: Died | Done) -> Iterator[Outcome]:
        task, job = self._jobs.pop(message.number)
        outcome = _outcome(message, task)
        if outcome.unforeseen and task.stem not in self._again:  # it may go well now
            self._again.add(task.stem)
            self.begin(task, *job)
        else:
            yield outcome


def _outcome(message: Died | Done, task: Task) -> Outcome:
    if isinstance(message, Died):
        said = say(
            "The program that was making the reports was ended from outside, most often for want of memory. "
            "Run again with --jobs 1."
        )
        return Outcome(task, "failed", said, unforeseen=True)
    if message.outcome.error:
        said = say("Something unexpected happened: {what}", what=message.outcome.error)
        return Outcome(task, "failed", said, unforeseen=True)
    made: Outcome = message.outcome.value
    return made
